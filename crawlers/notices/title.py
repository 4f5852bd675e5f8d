"""What a notice's title says: an invitation, minutes, an issue of the gazette; of which committee ("Sitzung des
Ortschaftsrates Unterdorf" → Ortschaftsrat Unterdorf), on which day.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from council.model import FileRole
from council.notices import Notices
from crawlers.notices import quirks
from crawlers.parsing.cancellation import ScheduleChange, is_cancelled, remark_in
from crawlers.parsing.clocks import Place, times_in
from crawlers.parsing.dates import FoundDay, find_days
from crawlers.parsing.documents import without_size
from crawlers.parsing.visibility import Section, names_nonpublic_file, sections_named
from crawlers.parsing.wording import composed


class NoticeKind(StrEnum):
    """What kind of notice a title is; the value is the paper_type where it becomes a paper."""

    INVITATION = "Einladung"
    MINUTES = "Niederschrift"
    REPORT = "Sitzungsbericht"
    RESOLUTIONS = "Beschluss"
    GAZETTE = "Amtsblatt"
    NOTICE = "Bekanntmachung"


ROLES: dict[NoticeKind, FileRole] = {
    NoticeKind.INVITATION: FileRole.INVITATION,
    NoticeKind.MINUTES: FileRole.MINUTES,
    NoticeKind.RESOLUTIONS: FileRole.RESOLUTION,
}

_REPORTS = r"sitzungsbericht|unterrichtung|kurzbericht|\bbericht\b|aus (?:dem|der) \w*(?:rat|sitzung)"
_RESOLVED = r"^\W*(?:bekannt(?:gabe|machung) (?:der|von) )?(?:gefassten? )?beschl(?:üsse|uss)\b"
_KINDS: tuple[tuple[NoticeKind, re.Pattern[str]], ...] = (
    (NoticeKind.MINUTES, re.compile(r"niederschrift|protokoll(?!arisch)", re.IGNORECASE)),
    (NoticeKind.REPORT, re.compile(_REPORTS, re.IGNORECASE)),
    (NoticeKind.RESOLUTIONS, re.compile(_RESOLVED, re.IGNORECASE)),
    (NoticeKind.INVITATION, re.compile(r"einladung|tagesordnung|\bladung\b|sitzung|nachtrag|tagung", re.IGNORECASE)),
)
_GAZETTE = re.compile(
    r"\b(?:amts|mitteilungs|gemeinde|verbands|verkündungs|nachrichten)blatt|\bamtliche (?:mitteilungen|nachrichten)\b"
    r"|\bamtskurier\b|\bstadtanzeiger\b|\bamtsbote\b",
    re.IGNORECASE,
)
_ISSUE = re.compile(
    r"(?:blatt(?=\s+\d+\s*[/-])|\bNr\.?|\bNummer|\bAusgabe)\s*"
    r"(\d{1,3}(?:\s*[/-]\s*|\s+(?=20))(?:\d{4}|\d{2})|\d{1,3}\b(?!\.\d))",
    re.IGNORECASE,
)
_SITTING = re.compile(
    r"(?P<number>\d{1,3}\.\s+)?(?:\w+e[nrs]?\s+)?(?P<sitting>[\wäöü]*sitzung)\s+(?:der|des)\s+$", re.I
)
_SITS = re.compile(r"sitzung|einladung|\bladung\b|tagung\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Title:
    """A title read. `day` is the meeting's, or the minutes' or issue's own; None where none is stated.
    `others` are the names of the committees that sit together with it."""

    text: str
    kind: NoticeKind
    committee: Committee | None
    day: dt.date | None
    start: dt.time | None
    end: dt.time | None
    nonpublic: bool
    public: bool
    cancelled: bool
    impossible_day: bool
    others: tuple[str, ...] = ()

    @property
    def of_a_meeting(self) -> bool:
        """Whether it is about one meeting of a known committee on a known day."""
        meeting = self.kind not in (NoticeKind.GAZETTE, NoticeKind.NOTICE)
        return meeting and self.committee is not None and self.day is not None

    @property
    def meeting(self) -> tuple[str | None, dt.date | None]:
        """Which meeting it is about: the same for its invitation, supplement and minutes."""
        return (self.committee.key if self.committee else None), self.day

    @property
    def announces(self) -> bool:
        """Whether it announces one meeting, of whichever committee, on a known day."""
        return self.kind is NoticeKind.INVITATION and self.day is not None and (self.committee is not None or self.sits)

    @property
    def sits(self) -> bool:
        """Whether it speaks of a sitting at all."""
        return bool(_SITS.search(self.text))

    @property
    def meeting_name(self) -> str:
        """ "Einladung zur Sitzung des Gemeinderates am 14.10.2026" → "Sitzung des Gemeinderates"."""
        if self.committee is None:
            return self.text
        named = self.text[self.committee.start : self.committee.end].strip(" ,.-–")
        if before := _SITTING.search(self.text[: self.committee.start]):
            return f"{before['number'] or ''}{before['sitting']} {'der' if _is_feminine(named) else 'des'} {named}"
        return named if self.committee.sitting else self.committee.name

    @property
    def issue(self) -> str | None:
        """The number of an issue of the gazette: "12/2026"."""
        found = _ISSUE.search(self.text)
        if found is None:
            return None
        apart = re.fullmatch(r"(\d+)\s+(20\d\d)", found[1])
        return f"{apart[1]}/{apart[2]}" if apart else "".join(found[1].split())


def _is_feminine(named: str) -> bool:
    return bool(re.match(r"[\wäöüß]*(?:vertretung|versammlung|bürgerschaft)", named, re.IGNORECASE))


def read_title(written: str, description: Notices, near: Committee | None = None) -> Title:
    """What a title says. `near` is the committee that the heading above it names, if any."""
    text = composed(without_size(written) or written)[:600]
    committee = committee_in(text, description.place)
    found_days = find_days(text, in_names=True)
    times = times_in(text, Place.PROSE)
    day = _meeting_day(found_days, text, committee)
    sections = sections_named(text)
    kind = _kind_of(text, committee, found_days, description)
    if kind is NoticeKind.GAZETTE or (kind is NoticeKind.NOTICE and committee is None):
        near = None
    return Title(
        text=text,
        kind=kind,
        committee=committee or near,
        day=day,
        start=times.begin,
        end=times.end,
        nonpublic=_is_nonpublic(text, kind, sections),
        public=sections == {Section.PUBLIC},
        cancelled=is_cancelled(day, text),
        impossible_day=bool(found_days) and all(found_day.day is None for found_day in found_days),
        others=tuple(_others(text, committee)),
    )


def _is_moved(text: str, found_days: list[FoundDay]) -> bool:
    """Whether a sitting is moved from the day that is stated first to another: on that day there is none."""
    days = [found_day for found_day in found_days if found_day.day]
    if len(days) < 2 or days[0].day == days[1].day:
        return False
    return remark_in(text, days[0].day).outcome is ScheduleChange.RESCHEDULED_AWAY


def _others(text: str, committee: Committee | None) -> list[str]:
    """The further committees of "gemeinsame Sitzung des Bauausschusses und des Finanzausschusses"."""
    joint = committee is not None and re.search(r"gemeinsam|zusammen mit", text, re.IGNORECASE)
    return further_committees(text, committee) if committee and joint else []


def _is_nonpublic(text: str, kind: NoticeKind, sections: frozenset[Section]) -> bool:
    """A sitting that is called only non-public; of other notices, what their names say."""
    if kind is NoticeKind.INVITATION and Section.NONPUBLIC in sections:
        return Section.PUBLIC not in sections
    return names_nonpublic_file(text)


def _kind_of(text: str, committee: Committee | None, days: list[FoundDay], description: Notices) -> NoticeKind:
    if description.matches(description.meeting, text):
        return NoticeKind.INVITATION
    gazette = bool(_GAZETTE.search(text) or description.matches(description.gazette, text))
    for kind, way in _KINDS:
        if way.search(text) and (kind is not NoticeKind.INVITATION or committee or (_SITS.search(text) and days)):
            if gazette and committee is None:
                break
            return _sitting_or_not(kind, text, committee)
    if gazette:
        return NoticeKind.GAZETTE
    return NoticeKind.INVITATION if committee and _is_bare(text, committee, days) else NoticeKind.NOTICE


def _sitting_or_not(kind: NoticeKind, text: str, committee: Committee | None) -> NoticeKind:
    """ "Einladung zum Seniorenfest" and "Bericht des Bauhofs" are about no meeting."""
    if committee is None and kind in (NoticeKind.INVITATION, NoticeKind.REPORT):
        council = re.search(r"sitzung|unterrichtung", text, re.IGNORECASE)
        return kind if council else NoticeKind.NOTICE
    return kind


def _is_bare(text: str, committee: Committee, days: list[FoundDay]) -> bool:
    """Whether a title is nothing but a committee and a day: "Gemeinderat, 12.11.2026"."""
    rest = text[: committee.start] + text[committee.end :]
    for found_day in days:
        rest = rest.replace(text[found_day.start : found_day.end], "")
    return (
        bool(days)
        and len(re.sub(r"\W|\d|uhr|am|vom|den|der|des|montag|\w+tag|mittwoch|öffentliche?r?", "", rest.lower())) < 4
    )


def _meeting_day(found_days: list[FoundDay], text: str, committee: Committee | None) -> dt.date | None:
    """The first day behind the sitting that is spoken of: "Nachtrag vom 8.11. zur Sitzung am 12.11.2026". One from or
    to which it is moved only where there is no other; the first of these, where it is moved away from that."""
    valid = [found_day for found_day in found_days if found_day.day]
    spans = remark_in(text).spans
    own = [found_day for found_day in valid if not any(start <= found_day.start < end for start, end in spans)]
    if not own and _is_moved(text, found_days):
        return valid[0].day
    valid = own or valid
    sitting = re.search(r"sitzung", text, re.IGNORECASE)
    behind = committee.start if committee else sitting.start() if sitting else 0
    return next((found_day.day for found_day in valid if found_day.start >= behind), valid[0].day if valid else None)


def meeting_id(title: Title, address: str) -> str:
    """A meeting's id: its committee and day, since invitation, supplement and minutes each have an address of their
    own; where no committee is named, the address of its notice."""
    if title.committee is None or title.day is None:
        return f"sitzung/{address}"
    return f"sitzung/{title.committee.key or slug(title.committee.name)}/{title.day.isoformat()}"


# --- which committee a title names


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
"""Of a part of the municipality, or called so by what stands behind it: "Ausschuss Umwelt und Verkehr"."""


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
    """The first committee that a title names. `place` is the municipality's own name, which says nothing."""
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
