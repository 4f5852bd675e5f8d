"""Who proposed a paper: factions, bodies and offices, by a labelled value at its head. Persons are not kept."""

from __future__ import annotations

import re
from typing import Final

from bs4 import Tag

from council.model import OrganizationRef
from crawlers.parsing.lines import texts_of

_GENDERED: Final = re.compile(r"(?<=[a-zäöü])(?:\s?[/:*_·(]\s?-?\s?in(?:nen)?\)?|in(?:nen)?)$")
_PAIR: Final = re.compile(r"\s*(?:/|\bund\b|\bbzw\.?|\boder\b)\s*")
_LABELS: Final = frozenset(
    {
        "verfasser", "antragsteller", "antragstellend", "antragstellende", "initiator", "ursprung", "urheber",
        "einreicher", "einreichend", "einreichende", "einbringer", "einbringend", "einbringende", "fragesteller",
        "anfragesteller", "anfragend", "anfragende", "eingebracht von", "eingebracht durch", "eingereicht von",
        "eingereicht durch", "beantragt von", "gestellt von", "antrag von", "antrag der", "anfrage von",
        "anfrage der", "von",
    }
)  # fmt: skip
"""What stands before who proposed a paper, without the endings of either gender."""

_BODY: Final = re.compile(
    r"fraktion|gruppe|partei|ausschuss|\b\w*amt\b|verwaltung|beirat|ortsrat|\brat\b|\bstadtrat\b|dezernat|fachbereich",
    re.IGNORECASE,
)
_PARTY: Final = (
    r"(?:cdu|csu|spd|fdp|afd|bsw|volt|ödp|oedp|ssw|uwg|fwg|fw|bfb|piraten(?:partei)?|freie\s+wähler|die\s+linke|linke"
    r"|(?:bündnis\s*90|b\s*'?\s*90)\s*/?\s*(?:die\s+)?grünen?|die\s+grünen|grünen?|die\s+partei|freie\s+demokraten)"
)
_PARTIES: Final = re.compile(rf"{_PARTY}(?:\s*(?:[,/&+;]|\bund\b|-)\s*{_PARTY})*", re.IGNORECASE)
_LONGEST: Final = 200


def names_originator(label: str | None) -> bool:
    """Whether a label says who proposed a paper: "Verfasser:in", "Antragsteller/innen", "Verfasser/Verfasserin",
    "Verfasser 1", "Eingereicht von"."""
    words = re.sub(r"\s*\d{1,2}$", "", (label or "").strip().rstrip(":").strip()).lower()
    if words in _LABELS:
        return True
    bare = _GENDERED.sub("", words)
    parts = [_GENDERED.sub("", part) for part in _PAIR.split(words)]
    return bare in _LABELS or (len(parts) > 1 and all(part in _LABELS for part in parts))


def originators(values: list[Tag]) -> tuple[OrganizationRef, ...]:
    """The bodies that values name, one a line: a faction, a party, a committee, an office. The names of those who wrote
    a paper for the administration are not kept."""
    named = [name for value in values for name in texts_of(value) if is_body(name)]
    return tuple(OrganizationRef(name=name) for name in dict.fromkeys(named))


def is_body(name: str) -> bool:
    """Whether a text names a body or a party, not a person."""
    return len(name) < _LONGEST and bool(_BODY.search(name) or _PARTIES.fullmatch(name))
