"""Notes on an OParl answer, and how much of it was left out since it is not public."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypedDict, TypeVar

from council.model import Kind, OrganizationRef
from crawlers.oparl import values
from crawlers.oparl.urls import native_id
from crawlers.parsing import diagnostics
from crawlers.parsing.provider import is_same_provider


@dataclass(slots=True)
class OParlDiagnostics(diagnostics.Diagnostics):
    """`withheld` counts what was left out because it is not public."""

    withheld: int = 0

    def ask_near(self, address: str) -> None:
        """Note an address a spider would ask next, unless it is of another provider (ris-systems A.5, 7)."""
        if is_same_provider(address, self.url):
            self.links.add(address)


T = TypeVar("T")


class Origin(TypedDict):
    """The fields every noun has."""

    native_id: str
    source_id: str | None
    created: dt.datetime | None
    modified: dt.datetime | None


@dataclass(slots=True)
class ObjectFields:
    """`where` is how a message names the object: its id, or its place in a list or in another object."""

    raw: dict[str, Any]
    where: str
    diagnostics: OParlDiagnostics

    def _read(self, key: str, understand: Callable[[object], T | None]) -> T | None:
        raw = self.raw.get(key)
        if raw is None:
            return None
        try:
            return understand(raw)
        except ValueError as error:
            self.diagnostics.add(f"{self.where} {key}", str(error))
            return None

    def line(self, key: str) -> str | None:
        """A short text on one line."""
        return self._read(key, values.one_line)

    def text(self, key: str) -> str | None:
        """A long text with its lines."""
        return self._read(key, values.paragraphs)

    def day(self, key: str) -> dt.date | None:
        """A day."""
        return self._read(key, values.day)

    def moment(self, key: str) -> dt.datetime | None:
        """A moment, aware, in Berlin's time."""
        return self._read(key, values.moment)

    def flag(self, key: str) -> bool | None:
        """True, False, or None for unknown."""
        return self._read(key, values.flag)

    def number(self, key: str) -> int | None:
        """A whole number from 0."""
        return self._read(key, values.whole_number)

    def size(self, key: str) -> int | None:
        """A size in bytes; never 0."""
        return self._read(key, values.size)

    def media_type(self, key: str) -> str | None:
        """A media type in its long form."""
        return self._read(key, values.media_type)

    def address(self, key: str) -> str | None:
        """An http(s) address."""
        return self._read(key, lambda raw: values.web_address(raw, self.diagnostics.url))

    def origin(self, kind: Kind | None) -> Origin | None:
        """Id and dates; None, and a note, where there is no usable id: the object cannot be kept then."""
        source_id = self._read("id", values.one_line)
        if source_id is None:
            self.diagnostics.add(self.where, "expected an object with an id, found none: left out")
            return None
        try:
            native = native_id(source_id, kind)
        except ValueError as error:
            self.diagnostics.add(f"{self.where} id", f"{error}: left out")
            return None
        created, modified = self._read("created", values.true_moment), self._read("modified", values.true_moment)
        return Origin(native_id=native, source_id=source_id, created=created, modified=modified)

    def is_deleted(self) -> bool:
        """Whether the source says `deleted` (true, "true", 1). What it says there and we cannot read counts as yes."""
        return self._says("deleted", True)

    def is_nonpublic(self) -> bool:
        """Whether the source says `public: false`. What it says there and we cannot read counts as yes."""
        return self._says("public", False)

    def _says(self, key: str, wanted: bool) -> bool:
        try:
            return values.flag(self.raw.get(key)) is wanted
        except ValueError as error:
            self.diagnostics.add(f"{self.where} {key}", str(error))
            return True

    def is_left_out(self) -> bool:
        """Whether this part of another object is deleted or not public; the latter is counted."""
        if self.is_deleted():
            return True
        if self.is_nonpublic():
            self.diagnostics.withheld += 1
            return True
        return False

    def inner(self, raw: dict[str, Any], key: str) -> ObjectFields:
        """An object that stands in this one."""
        return ObjectFields(raw, f"{self.where} {key}", self.diagnostics)

    def objects(self, key: str) -> Iterator[ObjectFields]:
        """The objects embedded under `key`. A bare address in an object's place is noted and asked for."""
        for raw in values.many(self.raw.get(key)):
            if isinstance(raw, dict) and raw:
                yield self.inner(raw, key)
            else:
                self._say_not_embedded(key, raw)

    def _say_not_embedded(self, key: str, raw: object) -> None:
        if raw is None or raw in ("", {}):
            return
        where = f"{self.where} {key}"
        address = self._address_of_object(raw)
        if address:
            self.diagnostics.ask_near(address)
            self.diagnostics.add(
                where, f"expected the object itself, found its address {values.found(raw)}: left out here"
            )
        else:
            self.diagnostics.add(where, f"expected an object, found {values.kind_of(raw)}: left out")

    def _address_of_object(self, raw: object) -> str | None:
        """The address that stands in an object's place; None for any other text, which may be the title of what is not
        public."""
        if not isinstance(raw, str) or not re.match(r"https?://|[./?]", raw.strip(), re.IGNORECASE):
            return None
        try:
            return values.web_address(raw, self.diagnostics.url)
        except ValueError:
            return None

    def _targets(self, key: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The ids under `key` as they stand there, each with the embedded object it was in, if any."""
        for raw in values.many(self.raw.get(key)):
            try:
                target = values.one_line(raw.get("id") if isinstance(raw, dict) else raw)
            except ValueError as error:
                self.diagnostics.add(f"{self.where} {key}", str(error))
                continue
            if target is not None:
                yield target, raw if isinstance(raw, dict) else {}

    def references(self, key: str, kind: Kind | None) -> tuple[str, ...]:
        """Native ids of the objects `key` points to: an address, a list of them, or the objects themselves."""
        natives = []
        for target, _ in self._targets(key):
            try:
                natives.append(native_id(target, kind))
            except ValueError as error:
                self.diagnostics.add(f"{self.where} {key}", str(error))
        return tuple(natives)

    def reference(self, key: str, kind: Kind | None) -> str | None:
        """The one native id `key` points to; of several the first, and a note."""
        natives = self.references(key, kind)
        if len(natives) > 1:
            self.diagnostics.add(
                f"{self.where} {key}", f"expected one address, found {len(natives)}: the first is taken"
            )
        return natives[0] if natives else None

    def organizations(self, key: str) -> tuple[OrganizationRef, ...]:
        """The committees or offices `key` points to, with the name where the object itself is embedded."""
        refs = []
        for target, embedded in self._targets(key):
            try:
                native = native_id(target, Kind.ORGANIZATION)
            except ValueError as error:
                self.diagnostics.add(f"{self.where} {key}", str(error))
                continue
            name = self.inner(embedded, key).line("name") if embedded else None
            refs.append(OrganizationRef(native_id=native, name=name))
        return tuple(refs)
