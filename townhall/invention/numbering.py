"""The numbers that an invented municipality gives out, and the agenda items and documents that are made with them."""

from __future__ import annotations

import datetime as dt
from itertools import count

from townhall.invention.document import SUFFIXES
from townhall.invention.meeting_calendar import Slot
from townhall.invention.model import AgendaItem, Document, Format


class Numbering:
    """Counts from 1, each kind for itself, in the order of the invention."""

    def __init__(self) -> None:
        self.memberships = count(1)
        self._consultations = count(1)
        self._items = count(1)
        self._documents = count(1)

    def consultation(self) -> int:
        """The next consultation's number."""
        return next(self._consultations)

    def heading(self, name: str) -> AgendaItem:
        """An item that only says what follows: without a number, and nothing stated of whether it is public."""
        return AgendaItem(next(self._items), "", name, None)

    def item(self, slot: Slot, name: str) -> AgendaItem:
        """The next item of that meeting; it is not yet in `slot.items`."""
        return AgendaItem(next(self._items), str(len(slot.items) + 1), name)

    def document(self, stem: str, name: str, date: dt.date, text: str, form: Format = Format.PDF) -> Document:
        """A document with a file name that says its number and what it is."""
        number = next(self._documents)
        file_name = f"{number:05}_{stem.replace(' ', '_')}.{SUFFIXES[form]}"
        return Document(number, name, file_name, date, text, form)
