"""From entries of the store to the JSON on the wire, with the defects that sit in single fields."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any
from zoneinfo import ZoneInfo

from townhall.oparl.quirks import Quirks
from townhall.oparl.store import Embedded, Entry, Json, Link, Store

_TYPES = {"organization": "Organization", "agendaItem": "AgendaItem", "person": "Person", "membership": "Membership",
          "meeting": "Meeting", "paper": "Paper", "consultation": "Consultation", "file": "File",
          "location": "Location"}  # fmt: skip
_BAD_DATES = ("2019-12-16T11:21:11+01::00", "", "N/A", "0000-00-00")
_DATE_FIELDS = ("created", "modified", "date", "endDate", "startDate")
_MARK = "\ue000"  # a private character that stands for a raw control character until the text is bytes


class OParlJson:
    """Writes objects for one server: its address, its version, its quirks."""

    def __init__(self, store: Store, base: str, version: str, quirks: Quirks) -> None:
        self._store, self._base, self._version, self._quirks = store, base, version, quirks

    def type_url(self, name: str) -> str:
        return f"https://schema.oparl.org/{self._version}/{name}"

    def write(self, entry: Entry, inside: bool = False) -> Json:
        """One object; embedded ones leave out the way back to what they stand in."""
        written: Json = {"id": self._base + entry.path, "type": self.type_url(_TYPES[entry.kind])}
        if not entry.deleted:
            written |= self._fields(entry)
            if not inside:
                written |= {key: self._value(value) for key, value in entry.back.items()}
        written |= {"created": _text(entry.created), "modified": _text(entry.modified)}
        if entry.deleted:
            written["deleted"] = True
        return self._spoil(entry, written)

    def dump(self, value: object) -> bytes:
        """The bytes, with raw control characters where the quirk wants them."""
        text = json.dumps(value, ensure_ascii=False)
        return text.encode("utf-8").replace(_MARK.encode("utf-8"), b"\x01\x0b\t")

    def _fields(self, entry: Entry) -> Json:
        fields = {key: shown for key, value in entry.fields.items() if (shown := self._value(value)) is not None}
        if entry.kind in ("paper", "meeting"):
            fields["web"] = f"{self._base}/info/{entry.kind}/{entry.number}"
        if entry.kind == "file":
            content = entry.content()
            fields["size"] = len(content)
            if self._version == "1.0":
                fields["sha1Checksum"] = hashlib.sha1(content, usedforsecurity=False).hexdigest()
            else:
                fields["sha512Checksum"] = hashlib.sha512(content).hexdigest()
            if self._quirks.inline_text and entry.role in ("mainFile", "resolutionFile") and entry.document:
                fields["text"] = entry.document.plain_text
        return fields

    def _value(self, value: object) -> Any:
        """Links become addresses, embedded objects are written out; None where nothing is left to show."""
        match value:
            case Link(path):
                return self._base + path
            case Embedded():
                return next((self.write(entry, True) for entry in self._store.children_of(value)), None)
            case [Embedded(), *_]:
                return [self.write(entry, True) for entry in self._store.children_of(value)] or None
            case list():
                return [self._value(part) for part in value]
        return value

    def _spoil(self, entry: Entry, written: Json) -> Json:
        quirks = self._quirks
        if quirks.created_modified_today:
            written["created"] = written["modified"] = _text(today_at_midnight())
        if quirks.missing_type and (entry.deleted or entry.kind in ("organization", "location")):
            del written["type"]
        if quirks.main_file_among_auxiliary and "mainFile" in written:
            written["auxiliaryFile"] = [written.pop("mainFile"), *written.get("auxiliaryFile", [])]
        if quirks.auxiliary_file_as_object and len(written.get("auxiliaryFile", [])) == 1:
            written["auxiliaryFile"] = written["auxiliaryFile"][0]
        if quirks.mime_short and "fileName" in written:
            written["mimeType"] = written["fileName"].rsplit(".", 1)[-1]
        if quirks.bad_dates and entry.number % 5 < len(_BAD_DATES):
            written |= {key: _BAD_DATES[entry.number % 5] for key in _DATE_FIELDS if key in written}
        if quirks.numbers_as_strings:
            written = {key: _turned(key, value) for key, value in written.items()}
        if quirks.control_characters and isinstance(written.get("name"), str):
            written["name"] = written["name"].replace(" ", f"{_MARK} ", 1)
        return written


def _turned(key: str, value: object) -> object:
    """An int as a string; a number of an agenda item as an int."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if key == "number" and isinstance(value, str) and value.isdigit():
        return int(value)
    return value


def today_at_midnight() -> dt.datetime:
    """When everything was made and changed, says `Quirks.created_modified_today`."""
    return dt.datetime.now(ZoneInfo("Europe/Berlin")).replace(hour=0, minute=0, second=0, microsecond=0)


def _text(moment: dt.datetime) -> str:
    return moment.replace(microsecond=0).isoformat()
