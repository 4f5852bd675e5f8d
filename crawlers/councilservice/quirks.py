"""What single municipalities write into councilservice in their own way, and numbers in it that are explained nowhere.

Each is told by what it looks like, never by a host's name. Where no other source is named, it stands in the answers of
Sonnewalde that were saved in October 2026. "Described": never seen, the notes beside those answers (FIELDS) say so.
"""

from __future__ import annotations

import re
from typing import Final

# --- the municipality's page ----------------------------------------------------------------------------------------

_OPENED: Final = re.compile(r"href(?:_[\w-]+)?", re.IGNORECASE)


def is_opened_view(parameter: str) -> bool:
    """Whether a parameter of the municipality's page says what is opened there: `href`, in its menus
    `href_<key>`, which holds the operator's key."""
    return bool(_OPENED.fullmatch(parameter))


# --- invited groups -------------------------------------------------------------------------------------------------

_STAFF: Final = re.compile(r"verantwortlich|amtsleit|verwaltung\b|mitarbeit|sekretariat|fraktion", re.IGNORECASE)
_BRACKET: Final = re.compile(r"\s*\(([^()]*)\)\s*$")
_PART_OF_TOWN: Final = re.compile(r"\b(?:OT|Ortsteil|Ortschaft|Stadtteil)\s+(.+)$")
_ALL: Final = re.compile(r"\b(?:aller?|sämtlicher?|gemeinsame)\b", re.IGNORECASE)


def without_bracket(group: str) -> str:
    """A group's name without the municipality behind it: "Stadtverordnetenversammlung (Sonnewalde)"."""
    return _BRACKET.sub("", group)


def district_of(group: str) -> str | None:
    """The place of a group, of which many have the same name: "Ortsbeirat (Sonnewalde OT Brenitz)" → "Brenitz"."""
    bracket = _BRACKET.search(group)
    place = _PART_OF_TOWN.search(bracket[1]) if bracket else None
    return place[1] if place else None


def is_staff(group: str) -> bool:
    """Whether a group, its bracket left out, is invited to be informed: "Amtsleiter Stadtverwaltung",
    "OT-Verantwortlicher Brenitz"."""
    return bool(_STAFF.search(group))


def is_of_all(title: str) -> bool:
    """Whether a meeting is that of all groups of a name: "Sitzung aller Ortsbeiräte"."""
    return bool(_ALL.search(title))


# --- labels of agenda items -----------------------------------------------------------------------------------------

_ADDED: Final = re.compile(r"^\s*in\s+der\s+sitzung\s+aufgenommen\s*:\s*", re.IGNORECASE)
_NUMBER: Final = re.compile(r"^(?:TOP\s*)?\d{1,3}(?:\.\d{1,3})*\s*[.):]?\s+(?=N?\.?\s?Ö\.?\s*[:.)\-–])")
_MARKS: Final = (
    re.compile(r"^Ö\s*[:.)\-–]\s*|^(?:N\.?\s?Ö\.?|NOE)(?:\s*[:.)\-–]|\s)\s*", re.IGNORECASE),
    re.compile(r"\s*[(\[]\s*(?:N\.?\s?)?(?:Ö\.?|öffentlich)\s*[)\]]\s*$", re.IGNORECASE),
)
"""Sonnewalde's items all have `visibility` 1: what is public begins "Ö: ", the others "NÖ: "; or it stands behind."""


def without_added(label: str) -> str:
    """A label without the note before its mark: "in der Sitzung aufgenommen: Ö: …"."""
    return _ADDED.sub("", label, count=1).strip()


def marks_and_name(label: str) -> tuple[str, str]:
    """What a label says of being public, and what it says else; a number before the mark is left out."""
    name = _NUMBER.sub("", label, count=1).strip()
    marks = []
    for place in _MARKS:
        if found := place.search(name):
            marks.append(found[0].strip())
            name = name.replace(found[0], "", 1) if found.start() == 0 else name[: found.start()]
    return " ".join(marks), name


# --- kinds of documents ---------------------------------------------------------------------------------------------

CALENDAR: Final = 3
"""Kind of a document (`field_1`): a calendar file (.ics) of the meeting, which is no document of the council."""
PAPER: Final = 4
RESOLUTION: Final = 6
"""Kinds of a document: the paper, the signed resolution. All three are inferred; of any other kind the name says
what it is."""
