"""Which of the invited groups hold a meeting: a meeting names the staff to be informed and its guests, too."""

from __future__ import annotations

import re

from council.model import OrganizationRef
from crawlers.councilservice import quirks
from crawlers.parsing.json_fields import Fields

_BODY = re.compile(
    r"versammlung|vertretung|rat\b|räte?\b|beirat|ausschuss|kreistag|bezirkstag|kommission", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_LITTLE = frozenset({"für", "und", "der", "des", "die", "dem", "den", "das", "sowie", "von", "zur", "zum", "aus"})
_FOLDED = str.maketrans("äöü", "aou")


def committees(entry: Fields, title: str) -> tuple[OrganizationRef, ...]:
    """The groups that the title names; of several "Ortsbeirat" the one whose place it names; else the only council
    body among the groups; else none that is known. What the names look like: see quirks."""
    bodies = [group for group in _groups(entry) if _is_body(group.name or "")]
    words = _stems(title)
    named = [group for group in bodies if _stems(quirks.without_bracket(group.name or "")) <= words]
    if not quirks.is_of_all(title):
        places = ((group, quirks.district_of(group.name or "")) for group in named)
        here = [group for group, place in places if place and _stems(place) <= words]
        kinds = {quirks.without_bracket(group.name or "") for group in here}
        named = [group for group in named if group in here or quirks.without_bracket(group.name or "") not in kinds]
    return tuple(named or (bodies if len(bodies) == 1 else ()))


def _groups(entry: Fields) -> list[OrganizationRef]:
    refs = []
    for fields in entry.objects("groups"):
        number, name = fields.ident("group_id"), fields.line("group_name")
        if number and name:
            refs.append(OrganizationRef(native_id=number, name=name))
    return refs


def _is_body(name: str) -> bool:
    bare = quirks.without_bracket(name)
    return bool(_BODY.search(bare)) and not quirks.is_staff(bare)


def _stems(text: str) -> set[str]:
    """The words of a name without their endings: "Ausschusses", "Ausschüsse" → the same as "Ausschuss"."""
    words = (word.lower() for word in _WORD.findall(text))
    return {word.translate(_FOLDED).rstrip("esn") for word in words if word not in _LITTLE}
