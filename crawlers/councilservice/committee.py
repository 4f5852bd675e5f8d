"""Which of the invited groups hold a meeting: a meeting names the staff to be informed and its guests, too."""

from __future__ import annotations

import re

from council.model import OrganizationRef
from crawlers.councilservice.fields import Fields

_BODY = re.compile(
    r"versammlung|vertretung|rat\b|räte?\b|beirat|ausschuss|kreistag|bezirkstag|kommission", re.IGNORECASE
)
_STAFF = re.compile(r"verantwortlich|amtsleit|verwaltung\b|mitarbeit|sekretariat|fraktion", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*$")
_PART_OF_TOWN = re.compile(r"\b(?:OT|Ortsteil|Ortschaft|Stadtteil)\s+(.+)$")
_WORD = re.compile(r"[^\W\d_]{3,}")
_LITTLE = frozenset({"für", "und", "der", "des", "die", "dem", "den", "das", "sowie", "von", "zur", "zum", "aus"})
_ALL = re.compile(r"\b(?:aller?|sämtlicher?|gemeinsame)\b", re.IGNORECASE)
_FOLDED = str.maketrans("äöü", "aou")


def committees(entry: Fields, title: str) -> tuple[OrganizationRef, ...]:
    """The groups that the title names; of several "Ortsbeirat" the one whose place it names; else the only council
    body among the groups; else none that is known. Source: Sonnewalde, October 2026."""
    bodies = [group for group in _groups(entry) if _is_body(group.name or "")]
    words = _stems(title)
    named = [group for group in bodies if _stems(_bare(group.name or "")) <= words]
    if not _ALL.search(title):
        here = [group for group in named if (place := _place(group.name or "")) and _stems(place) <= words]
        kinds = {_bare(group.name or "") for group in here}
        named = [group for group in named if group in here or _bare(group.name or "") not in kinds]
    return tuple(named or (bodies if len(bodies) == 1 else ()))


def _groups(entry: Fields) -> list[OrganizationRef]:
    refs = []
    for fields in entry.objects("groups"):
        number, name = fields.ident("group_id"), fields.line("group_name")
        if number and name:
            refs.append(OrganizationRef(native_id=number, name=name))
    return refs


def _is_body(name: str) -> bool:
    bare = _bare(name)
    return bool(_BODY.search(bare)) and not _STAFF.search(bare)


def _bare(name: str) -> str:
    return _BRACKET.sub("", name)


def _place(name: str) -> str | None:
    bracket = _BRACKET.search(name)
    place = _PART_OF_TOWN.search(bracket[1]) if bracket else None
    return place[1] if place else None


def _stems(text: str) -> set[str]:
    """The words of a name without their endings: "Ausschusses", "Ausschüsse" → the same as "Ausschuss"."""
    words = (word.lower() for word in _WORD.findall(text))
    return {word.translate(_FOLDED).rstrip("esn") for word in words if word not in _LITTLE}
