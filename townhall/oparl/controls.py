"""What a simulated OParl server holds, and the controls by which a test changes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

from townhall.invention.model import Document, Format, Paper, Town
from townhall.invention.municipalities import invent_town
from townhall.oparl.objects import BodyObjects
from townhall.oparl.quirks import Quirks
from townhall.oparl.serializer import OParlJson
from townhall.oparl.store import Entry, Json, Store
from townhall.server.loopback import LoopbackServer

_FURTHER = ("Harlbach", "Ellernscheid", "Mückenwiese", "Tannenkropf", "Weidenfurt")


class OParlControls(LoopbackServer):
    """Holds one body a town, and changes what it holds. `OParlServer` answers from it.

    The controls take an object's id as the whole URL, as a path, or shortly as "paper/12" or "file/33".
    """

    def __init__(
        self,
        *towns: Town,
        version: str = "1.1",
        quirks: Quirks | None = None,
        page_size: int = 25,
        port: int = 0,
        host: str = "127.0.0.1",
        now: Callable[[], dt.datetime] | None = None,
    ) -> None:
        """`now` is the clock of the controls (what they touch is modified then); the real one by default."""
        super().__init__(port, host)
        if not towns or version not in ("1.0", "1.1"):
            raise ValueError(f"{len(towns)} towns, OParl {version}: at least one town, and 1.0 or 1.1, are expected")
        self.town = towns[0]
        self.quirks = quirks or Quirks()
        self.version, self._page_size = version, page_size
        self._now = now or (lambda: dt.datetime.now(ZoneInfo("Europe/Berlin")))
        self._root = f"/oparl/v{version}"
        self._store = Store(self._now)
        self._shown_once: set[str] = set()
        further = range(len(towns), self.quirks.several_bodies)
        self.towns = towns + tuple(_small_town(number, self.town.day) for number in further)
        self._bodies = [
            BodyObjects(self._store, self._root, number, self.quirks.ni_prefix)
            for number, _ in enumerate(self.towns, 1)
        ]
        for body, town in zip(self._bodies, self.towns, strict=True):
            body.put_town(town)

    @property
    def url(self) -> str:
        """The address of the System object."""
        return f"{self.base}{self._root}/system"

    # Controls: reading

    def ids(self, kind: str, body: int = 1) -> list[str]:
        """The ids of all objects of a kind ("paper", "meeting", "file" …) that are still to be seen, in list order."""
        with self._lock:
            found = self._store.of_kind(kind, body)
            return [self.base + entry.path for entry in found if entry.listed and not entry.deleted]

    def json_of(self, identity: str) -> Json:
        """An object's JSON as the server would answer it now."""
        with self._lock:
            return self._json.write(self._entry(identity))

    def file_address(self, identity: str) -> str:
        """Where the bytes of a file are."""
        return str(self.json_of(identity)["accessUrl"])

    @property
    def secret_addresses(self) -> frozenset[str]:
        """Where the files are that are not public: no well-behaved program asks for one of them."""
        with self._lock:
            paths = [
                body.path("file", number)
                for body, town in zip(self._bodies, self.towns, strict=True)
                for number in town.secret_documents
            ]
            return frozenset(self.base + self._store.entries[path].fields["accessUrl"].path for path in paths)

    # Controls: changing

    def rename(self, paper: int | str, name: str) -> str:
        """Give a paper (its place in the list, from 0, or any object's id) a new name; its id."""
        identity = self.ids("paper")[paper] if isinstance(paper, int) else paper
        return self.change(identity, name=name)

    def change(self, identity: str, **fields: object) -> str:
        """Set OParl fields of an object (None removes one); it is modified now. Its id."""
        with self._lock:
            entry = self._entry(identity)
            entry.fields |= fields
            entry.fields = {key: value for key, value in entry.fields.items() if value is not None}
            self._store.touch(entry)
            return self.base + entry.path

    def cancel(self, meeting: str) -> str:
        """Call a meeting off."""
        return self.change(meeting, cancelled=True)

    def delete(self, identity: str) -> None:
        """Delete softly: `deleted: true`, with everything embedded in it; its files answer 410."""
        with self._lock:
            entry = self._entry(identity)
            self._store.touch(entry)
            for member in self._store.family(entry):
                member.deleted, member.modified = True, entry.modified

    def vanish(self, identity: str) -> None:
        """Take an object out of all lists without a word: it and everything embedded in it answer 404."""
        with self._lock:
            for member in self._store.family(self._entry(identity)):
                member.vanished = True

    def forbid(self, identity: str, status: int = 403) -> None:
        """For members only from now on: not in lists, and 401 or 403 for it, what is embedded in it, and its files."""
        with self._lock:
            for member in self._store.family(self._entry(identity)):
                member.forbidden = status

    def withdraw_file(self, identity: str) -> None:
        """The file's object stays, its bytes answer 410."""
        with self._lock:
            entry = self._entry(identity)
            entry.withdrawn = True
            self._store.touch(entry)

    def change_file(self, identity: str, text: str) -> None:
        """Other text in the same file; it and what it hangs on are modified now."""
        with self._lock:
            entry = self._entry(identity)
            old = entry.document
            if not old:
                raise ValueError(f"{identity} is no file")
            form = Format.PDF if old.format is Format.SCAN else old.format
            entry.document = Document(old.number, old.name, old.file_name, old.date, text, form)
            entry.cached = None
            self._store.touch(entry)

    def add_paper(
        self,
        name: str,
        text: str | None = None,
        *,
        reference: str | None = None,
        paper_type: str = "Mitteilungsvorlage",
        body: int = 1,
    ) -> str:
        """A new paper, created now, with a PDF of the text where there is one; its id."""
        with self._lock:
            moment = self._now()
            number = 1 + max(self._short_number(entry) for entry in self._store.of_kind("paper", body))
            document = None
            if text is not None:
                taken = 1 + max(self._short_number(entry) for entry in self._store.of_kind("file", body))
                document = Document(taken, name, f"{taken:05}_Vorlage.pdf", moment.date(), text)
            office = self.towns[body - 1].committee("office council").number
            reference = reference or f"NEU/{moment.year}/{number:04}"
            paper = Paper(number, name, reference, paper_type, moment.date(), office, main=document)
            path = self._bodies[body - 1].put_paper(paper)
            for member in self._store.family(self._store.entries[path]):
                member.created = member.modified = moment
            return self.base + path

    # Small parts

    @property
    def _json(self) -> OParlJson:
        return OParlJson(self._store, self.base, self.version, self.quirks)

    def _entry(self, identity: str) -> Entry:
        """The entry of an id; KeyError names what was asked for."""
        path = identity.removeprefix(self.base)
        return self._store.entries[path if path.startswith("/") else f"{self._root}/{path}"]

    def _short_number(self, entry: Entry) -> int:
        return entry.number % 100_000


def _small_town(number: int, day: dt.date) -> Town:
    name = _FURTHER[(number - 1) % len(_FURTHER)] + (f" {number}" if number > len(_FURTHER) else "")
    return invent_town(name, 100 + number, kind="Verbandsgemeinde", papers=8, meetings=4, today=day)
