"""What one OParl answer holds, read: the council's nouns in it, and where a spider goes from here."""

from __future__ import annotations

from dataclasses import dataclass

from council.model import File, Kind, Record, Tombstone
from crawlers.parsing.diagnostics import ParseWarning


@dataclass(frozen=True, slots=True)
class System:
    """OParl's System object: the entry of a server. `version` is "1.0" or "1.1" as the server says it."""

    id: str
    name: str | None = None
    version: str | None = None
    vendor: str | None = None
    product: str | None = None
    website: str | None = None
    license: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """OParl's Body object: one municipality on a server. The lower fields are the addresses of its lists.

    Of a body's contact nothing is kept: it is the name and the e-mail address of a person.
    """

    id: str
    name: str | None = None
    short_name: str | None = None
    ags: str | None = None
    rgs: str | None = None
    website: str | None = None
    license: str | None = None
    classification: str | None = None
    system: str | None = None
    organization: str | None = None
    person: str | None = None
    meeting: str | None = None
    paper: str | None = None
    agenda_item: str | None = None
    consultation: str | None = None
    file: str | None = None

    @property
    def lists(self) -> dict[Kind, str]:
        """The addresses of the four lists every server has, organizations first: what the later ones point to."""
        addresses = {
            Kind.ORGANIZATION: self.organization,
            Kind.PERSON: self.person,
            Kind.MEETING: self.meeting,
            Kind.PAPER: self.paper,
        }
        return {kind: address for kind, address in addresses.items() if address}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, read.

    `page` is the page type: "system", "body", "paper" … for one object, "paper-list" … for a list (named after its
    first object), "empty-list", "unknown" and "unknown-list". `records` are in the answer's order; `files` are File
    objects that stand alone. `follow` are the addresses a spider would ask next, `next` among them. `total` is how
    many objects the server says the whole list has. `withheld` counts what was left out because it is not public,
    `left_out` the objects of the answer that could not be understood: of these nothing may be concluded.
    `cut_off`: there is a next page, but no usable address of it.
    """

    page: str
    records: tuple[Record | Tombstone, ...] = ()
    files: tuple[File, ...] = ()
    system: System | None = None
    bodies: tuple[Body, ...] = ()
    next: str | None = None
    follow: tuple[str, ...] = ()
    total: int | None = None
    warnings: tuple[ParseWarning, ...] = ()
    withheld: int = 0
    left_out: int = 0
    cut_off: bool = False
