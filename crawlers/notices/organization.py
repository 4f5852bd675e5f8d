"""Which committee a title names: "Sitzung des Ortschaftsrates Unterdorf" → Ortschaftsrat Unterdorf."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from crawlers.notices import quirks

_PLENARY = (
    r"(?:gemeinde|stadt|orts|ortschafts|ortsgemeinde|samtgemeinde|verbandsgemeinde|marktgemeinde|markt|kreis|bezirks"
    r"|stadtbezirks|verwaltungs|stiftungs|inselgemeinde|flecken|stadtteil)rat"
)
_FEMININE = (
    r"(?:(?:gemeinde|stadt|bezirks|orts)vertretung|stadtverordnetenversammlung"
    r"|(?:verbands|gemeinschafts|regional|zweckverbands)versammlung|bürgerschaft)"
)
_OTHER = (
    r"(?:[\wäöüß]*ausschu(?:ss|ß)|[\wäöüß]*beirat|kreistag|regionalversammlung|verwaltungsgemeinschaft(?=ssitzung))"
)
_WORD_PART = r"[A-ZÄÖÜ][\wäöüß]*-\s*(?:,\s*|und\s+|u\.\s*|&\s*|/\s*)?"
_ADJECTIVE = (
    r"(?:(?:technische|zeitweilige|beschließende|beratende|gemeinsame|ständige|örtliche|vorberatende)[nrs]?\s+)?"
)
_COMMITTEE = re.compile(
    rf"(?<![\wäöüß])(?P<adjective>(?i:{_ADJECTIVE}))(?P<chain>(?:{_WORD_PART}){{0,6}})"
    rf"(?P<noun>(?i:{_PLENARY}|{_FEMININE}|{_OTHER}|rat(?=(?:e?s)?(?:s?-?sitzung|\s+der\s)|es\b)))"
    r"(?P<genitive>(?i:es|e?s)?)(?P<sitting>(?i:s?-?\s?sitzung(?:en)?)?)(?![\wäöüß])"
)
_VERTRETER = re.compile(r"(?<![\wäöüß])(gemeinde|stadt|bezirks)vertretersitzung(?![\wäöüß])", re.IGNORECASE)
_END = re.compile(
    r"\s+(?:am|vom|den|dem|um|im|in der zeit|mit|zur|zum|statt|findet|wird|wurde|ist|entfällt|fällt|abgesagt|verschoben"
    r"|[-–|:]|für (?:den|das|die) (?:\d|monat|jahr))(?=\W|$)|\s*[:;|!?(\[\"“]|\s*[–]|\s+\d"
    r"|,\s*(?:(?:den|am|dem)\b|\d|(?:mon|diens|mitt|donners|frei|sams|sonn)\w*)|\.\s|\.?$|[,\s-]*$",
    re.IGNORECASE,
)
_PLACE_AHEAD = re.compile(
    r"\s+(?:der|des|von)\s+(?=(?:\w*stadt|\w*gemeinde|ortschaft\w*|ortsteil\w*|markt\w*|land\w*|kreis\w*|amt\w*)\b)",
    re.I,
)
_PLACE_START = re.compile(r"^(?:der|des|von|in)\s+", re.IGNORECASE)
_NO_PLACE = re.compile(
    r"^(?:(?:nicht|öffentlich|sitzung|protokoll|niederschrift|einladung|tagesordnung|beschl|bekannt|amtsblatt|sonder"
    r"|legislatur|ergebnis|nachtrag|\W|\d)|(?:pdf|nr|teil|wahl|und|sowie|top|termin|januar|februar|märz|april|mai|juni|juli"
    r"|august|september|oktober|november|dezember|absage|neu)\b)",
    re.IGNORECASE,
)
_BEARS_ITS_TAIL = re.compile(
    r"^(?:orts|ortschafts|ortsgemeinde|bezirks|stadtbezirks|stadtteil)|ortsbeirat$|^(?:ausschuss|beirat)$",
    re.IGNORECASE,
)
"""Of a part of the town, or called so by what stands behind it: "Ausschuss Umwelt und Verkehr"."""


@dataclass(frozen=True, slots=True)
class Committee:
    """`name` as a citizen would say it; `key` tells it from others of the same site; where it stands in the text."""

    name: str
    key: str
    start: int
    end: int
    sitting: bool


def slug(written: str) -> str:
    """A text as part of an id: "Bau- und Umweltausschuss" → "bau-und-umweltausschuss"."""
    lower = written.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def committee_in(title: str, place: str | None = None) -> Committee | None:
    """The first committee that a title names. `place` is the town's own name, which says nothing in a committee's."""
    title = unicodedata.normalize("NFC", title)[:600].replace("_", " ")
    if found := _VERTRETER.search(title):
        name = f"{found[1].capitalize()}vertretung"
        return Committee(name, slug(name), found.start(), found.end(), sitting=True)
    found = _COMMITTEE.search(title)
    if found is None:
        return None
    base, tail = _nominative(found), title[found.end() :]
    cut = _END.search(tail)
    tail = tail[: cut.start()] if cut else tail
    subject, where, used = _tail(tail, has_subject=not re.search(_FEMININE + "|" + _PLENARY, base, re.IGNORECASE))
    name = base + (f" {subject}" if subject else "")
    if where and place and slug(where) == slug(place):
        where = None
    key = slug(name) + (f"-{slug(where)}" if where else "")
    if where and _BEARS_ITS_TAIL.search(base):
        name = f"{name} {where}"
    return Committee(name, key, found.start(), found.end() + used, bool(found["sitting"]))


def _nominative(found: re.Match[str]) -> str:
    noun, adjective = found["noun"].replace("ß", "ss"), found["adjective"].strip()
    if adjective and not re.search(_FEMININE, noun, re.IGNORECASE):
        adjective = re.sub(r"e[nrs]?$", "er", adjective)
    elif adjective:
        adjective = re.sub(r"e[nrs]$", "e", adjective)
    name = quirks.KIND_AHEAD.sub("", found["chain"]) + noun
    return " ".join(f"{adjective} {name[:1].upper()}{name[1:]}".split())


def _tail(tail: str, *, has_subject: bool) -> tuple[str | None, str | None, int]:
    """What stands behind the noun: a subject ("für Bau und Umwelt"), a place, and how much of it was used."""
    stripped = tail.strip()
    subject = None
    if has_subject and re.match(r"(?:für|zur|zum)\s", stripped):
        ahead = _PLACE_AHEAD.search(tail)
        subject = " ".join(tail[: ahead.start() if ahead else None].split())
        if ahead is None:
            return subject, None, len(tail)
        stripped = tail[ahead.start() :].strip()
    if not stripped or _NO_PLACE.search(stripped):
        return subject, None, 0
    named = _PLACE_START.sub("", stripped)
    words = named.split()
    if named != stripped and len(words) > 1:
        words = words[1:]
    if len(words) > 5 or not words or not words[0][0].isupper():
        return subject, None, 0
    return subject, " ".join(words).strip(",.-– "), len(tail)


def further_committees(title: str, first: Committee) -> list[str]:
    """The names of the committees behind the first one: of a joint meeting."""
    plain = unicodedata.normalize("NFC", title)[:600].replace("_", " ")
    names = [_nominative(found) for found in _COMMITTEE.finditer(plain, first.start + 1)]
    return [name for name in dict.fromkeys(names) if not first.name.startswith(name)]
