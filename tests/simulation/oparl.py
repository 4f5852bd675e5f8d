"""A simulated OParl server that a test can change while it runs."""

from __future__ import annotations

from townhall.invention.model import Document, Format, Paper
from townhall.oparl.server import OParlServer
from townhall.oparl.store import Entry, Json


class EditableOParl(OParlServer):
    """The controls take an object's id as the whole URL, as a path, or shortly as "paper/12" or "file/33"."""

    # Reading

    def ids(self, kind: str, body: int = 1) -> list[str]:
        """The ids of all objects of a kind ("paper", "meeting", "file" …) that are still to be seen, in list order."""
        with self.lock:
            found = self.store.of_kind(kind, body)
            return [self.base + entry.path for entry in found if entry.listed and not entry.deleted]

    def json_of(self, identity: str) -> Json:
        """An object's JSON as the server would answer it now."""
        with self.lock:
            return self.json.write(self._entry(identity))

    def file_address(self, identity: str) -> str:
        """Where the bytes of a file are."""
        return str(self.json_of(identity)["accessUrl"])

    # Changing

    def rename(self, paper: int | str, name: str) -> str:
        """Give a paper (its place in the list, from 0, or any object's id) a new name; its id."""
        identity = self.ids("paper")[paper] if isinstance(paper, int) else paper
        return self.change(identity, name=name)

    def change(self, identity: str, **fields: object) -> str:
        """Set OParl fields of an object (None removes one); it is modified now. Its id."""
        with self.lock:
            entry = self._entry(identity)
            entry.fields |= fields
            entry.fields = {key: value for key, value in entry.fields.items() if value is not None}
            self.store.touch(entry)
            return self.base + entry.path

    def cancel(self, meeting: str) -> str:
        """Call a meeting off."""
        return self.change(meeting, cancelled=True)

    def delete(self, identity: str) -> None:
        """Delete softly: `deleted: true`, with everything embedded in it; its files answer 410."""
        with self.lock:
            entry = self._entry(identity)
            self.store.touch(entry)
            for member in self.store.family(entry):
                member.deleted, member.modified = True, entry.modified

    def vanish(self, identity: str) -> None:
        """Take an object out of all lists without a word: it and everything embedded in it answer 404."""
        with self.lock:
            for member in self.store.family(self._entry(identity)):
                member.vanished = True

    def forbid(self, identity: str, status: int = 403) -> None:
        """For members only from now on: not in lists, and 401 or 403 for it, what is embedded in it, and its files."""
        with self.lock:
            for member in self.store.family(self._entry(identity)):
                member.forbidden = status

    def withdraw_file(self, identity: str) -> None:
        """The file's object stays, its bytes answer 410."""
        with self.lock:
            entry = self._entry(identity)
            entry.withdrawn = True
            self.store.touch(entry)

    def change_file(self, identity: str, text: str) -> None:
        """Other text in the same file; it and what it hangs on are modified now."""
        with self.lock:
            entry = self._entry(identity)
            old = entry.document
            if not old:
                raise ValueError(f"{identity} is no file")
            form = Format.PDF if old.format is Format.SCAN else old.format
            entry.document = Document(old.number, old.name, old.file_name, old.date, text, form)
            entry.cached = None
            self.store.touch(entry)

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
        with self.lock:
            moment = self.now()
            number = 1 + max(self._short_number(entry) for entry in self.store.of_kind("paper", body))
            document = None
            if text is not None:
                taken = 1 + max(self._short_number(entry) for entry in self.store.of_kind("file", body))
                document = Document(taken, name, f"{taken:05}_Vorlage.pdf", moment.date(), text)
            office = self.municipalities[body - 1].committee("office council").number
            reference = reference or f"NEU/{moment.year}/{number:04}"
            paper = Paper(number, name, reference, paper_type, moment.date(), office, main=document)
            path = self.bodies[body - 1].put_paper(paper)
            for member in self.store.family(self.store.entries[path]):
                member.created = member.modified = moment
            return self.base + path

    # Small parts

    def _entry(self, identity: str) -> Entry:
        """The entry of an id; KeyError names what was asked for."""
        path = identity.removeprefix(self.base)
        return self.store.entries[path if path.startswith("/") else f"{self.root}/{path}"]

    def _short_number(self, entry: Entry) -> int:
        return entry.number % 100_000
