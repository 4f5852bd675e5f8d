"""Cancelled and rescheduled meetings: what a name, state or sentence says became of one, and the name without that.

There is no flag for it in most systems: "ABGESAGT: Rat", "Rat - entfällt", "Rat (verschoben auf 10.2.)". Judged by verb
and negation: a meeting that "wird nicht abgesagt" takes place, one that "findet nicht statt" does not; "TOP 5 entfällt"
says nothing of the meeting. A day to which it is moved counts where it is another than the meeting's own.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from crawlers.parsing.clocks import Place, times_in
from crawlers.parsing.dates import MONTH, FoundDay, find_days
from crawlers.parsing.wording import composed, visible


class ScheduleChange(IntEnum):
    """What became of a meeting on its day; where several are stated, the highest counts."""

    NOTHING = 0
    """It takes place as far as is stated: perhaps at another hour or place."""
    RESCHEDULED_HERE = 1
    """It was to take place on another day."""
    CANCELLED = 2
    RESCHEDULED_AWAY = 3


@dataclass(frozen=True, slots=True)
class Remark:
    """What a text says of a meeting. `name` is the text without that, None where nothing is left; `spans` are the
    places where it is stated, in the text as `composed` gives it."""

    outcome: ScheduleChange
    name: str | None
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def is_cancelled(self) -> bool:
        """Whether the meeting does not take place on this day."""
        return self.outcome >= ScheduleChange.CANCELLED


LONGEST: Final = 600
"""Characters of a text that are looked at: no name of a meeting is longer."""

_OFF: Final = (
    r"abgesagt|abgesetzt|abgeblasen|entf(?:ä|ae)llt|entfallen|entfiel|ausgefallen|annulliert|storniert|gestrichen"
    r"|cancell?ed|nicht\s+statt(?:finden|gefunden)?|(?:f(?:ä|ae)llt|fiel)(?:\s+[^\d\W]+){0,8}?(?<!nicht)\s+aus"
    r"|ausfallen|(?<=sitzung )nicht\s+erforderlich"
    r"|aufgehoben|a b g e s a g t|e n t f ä l l t"
    r"|(?:kein(?:e|en)?|mangels)\s+(?:sitzungs|beratungs)?bedarf|keine\s+sitzung"
)
_OFF_NOUN: Final = r"(?:termin|sitzungs?|veranstaltungs)?(?:absage|ausfall|annullierung|stornierung)"
_MOVED: Final = r"verschoben|verlegt|vertagt"
_MOVED_NOUN: Final = (
    r"(?:(?:termin|sitzungs)?(?:verschiebung|verlegung)|terminänderung|termin\s+geändert"
    r"|(?:neuer|anderer|geänderter)\s+termin|ersatztermin|nachholtermin)"
)
_MARK: Final = re.compile(
    rf"(?<![^\W_])(?:(?P<off>{_OFF})|(?P<off_noun>{_OFF_NOUN})|(?P<moved>{_MOVED})|(?P<moved_noun>{_MOVED_NOUN}))(?![^\W_])",
    re.IGNORECASE,
)
_ADVERB: Final = (
    r"(?:leider|kurzfristig|ersatzlos|heute|vorerst|vorläufig|bereits|erneut|wieder|komplett|jedoch|somit|daher|bis\s+auf"
    r"\s+weiteres|\w+bedingt)"
)
_VERB: Final = r"(?:wird|wurde|ist|muss(?:te)?|soll(?:te)?|kann|konnte|findet|fand|hat)"
_LEAD_IN: Final = re.compile(
    rf"(?<![^\W_])(?:{_VERB}\b(?:(?!\s-\s)[^;:()!]){{0,80}}|(?:bis\s+)?auf\b(?:(?!\s-\s)[^;:()!]){{0,60}}|(?:{_ADVERB}\s+)+)$",
    re.IGNORECASE,
)
"""What a sentence or a remark says before the mark itself: "wird auf den 12.3. ", "leider kurzfristig "."""
_SUBJECT: Final = re.compile(
    r"(?:(?:^|\s*[,:;!*·-]\s*)(?:(?:die|diese|der|dieser)\s+)?(?:sitzung|termin|veranstaltung|tagung|beginn|(?:sitzungs)?ort))?[\s,:;!*·(\[-]*$",
    re.IGNORECASE,
)
_MERE_SUBJECT: Final = re.compile(r"\W*(?:(?:die|der)\s+)?(?:sitzung|termin|veranstaltung|tagung)?\W*", re.IGNORECASE)
_MERE_TIME: Final = re.compile(r"[\W\d_]*(?:uhr)?[\W_]*", re.IGNORECASE)
_OF_ANOTHER: Final = re.compile(
    r"\b(?:tops?|(?:tagesordnungs)?punkte?|teil|\w*fragestunde|vorlage|antrag|livestream|übertragung)\b[^:;]{0,60}$",
    re.IGNORECASE,
)
_BESIDE: Final = re.compile(
    r"\b(?:ortstermin|\w*besichtigung|\w*begehung|empfang|pause|\w*führung|vortrag)\b[^:;]{0,40}$", re.I
)
_NOT: Final = re.compile(r"\b(?:nicht|keine?|keinesfalls)\s+(?:[^\W\d_]+\s+)?$", re.IGNORECASE)
_NOT_BEHIND: Final = re.compile(r"\s+(?:[^\W\d_]+\s+)?nicht\b", re.IGNORECASE)
_OF_A_THING: Final = re.compile(
    r"\s+(?:an|im|in|für|von|(?:der|des|einer?)\s+(?!(?:\w+\s+)?\w*(?:sitzung|termins?)\b))", re.IGNORECASE
)
_WHY: Final = re.compile(
    r"\s*[,(]?\s*(?:wegen|wg|mangels|aufgrund|auf\s+grund|da|weil|am|bis|durch|und|zu|ohne|infolge|nach|in|im|ins|auf|vom|von)\b",
    re.IGNORECASE,
)
_LEADING_TAIL: Final = re.compile(
    r"(?:\s+(?:auf|vom|von|am)\b(?:[^:]{0,60}:|(?:\s+den)?[\s\d.]+))?[\s:;,.!*·)\]-]*(?:(?:der|des)\s+(?=\w*sitzung))?",
    re.IGNORECASE,
)
_FROM: Final = re.compile(r"\b(?:vom|von|für|statt|anstatt|anstelle|ursprünglich)\b[^\d]{0,25}$", re.IGNORECASE)
_TO: Final = re.compile(r"\b(?:auf|nach|termin|ist)\b[^\d]{0,25}$", re.IGNORECASE)
_TO_A_PLACE: Final = re.compile(
    rf"\s+(?:in|im|ins|nach|zum|zur)\b(?!\s+(?:(?:den|das|die|der)\s+)?(?:nächst|kommend|folgend|neue\s+jahr|{MONTH}))",
    re.IGNORECASE,
)
_EDGES: Final = " ,:;!*·/_–—-"


def remark_in(text: str | None, day: dt.date | None = None) -> Remark:
    """What a text says of the meeting whose own day may be given."""
    head = visible(text)[:LONGEST]
    marks = [(mark, *_place(mark, head)) for mark in _MARK.finditer(head) if _is_of_the_meeting(mark, head)]
    if not marks:
        return Remark(ScheduleChange.NOTHING, " ".join((text or "").split()) or None)
    outcomes = [_outcome(mark, head[start:end], day) for mark, start, end in marks]
    if any(is_dated for _, is_dated in outcomes):  # "Verschoben: Rat (verschoben vom 5.3.)": the day decides
        outcomes = [found for mark, found in zip((mark for mark, _, _ in marks), outcomes, strict=True)
                    if found[1] or mark["off"] or mark["off_noun"]]  # fmt: skip
    spans = tuple((start, end) for _, start, end in marks)
    return Remark(max(outcome for outcome, _ in outcomes), _without(spans, composed(text)), spans)


def is_cancelled(start: dt.date | None, *texts: str | None) -> bool:
    """Whether one of these texts says that the meeting of this day, or moment, does not take place then."""
    day = start.date() if isinstance(start, dt.datetime) else start
    return any(remark_in(text, day).is_cancelled for text in texts if text)


def bare_name(text: str | None) -> str | None:
    """A name without what became of the meeting; None where nothing is left: "Rat (verschoben auf 9.9.)" → "Rat"."""
    return remark_in(text).name


def masked(text: str) -> str:
    """The text, as `composed` gives it, with "·" where it says what became of the meeting: a day that is stated there
    is not the meeting's own."""
    line = composed(text)
    for start, end in remark_in(line).spans:
        line = f"{line[:start]}{'·' * (end - start)}{line[end:]}"
    return line


def _is_of_the_meeting(mark: re.Match[str], line: str) -> bool:
    """Whether a word says something of the meeting: it is not denied, not of an item, and no part of a subject."""
    before, behind = line[: mark.start()], line[mark.end() :]
    clause = re.split(r"[;:()\[\]]|\s-\s", before)[-1]
    if _OF_ANOTHER.search(clause) or (clause != before and _BESIDE.search(clause)):
        return False
    own_negation = re.match(r"nicht|kein|mangels", mark[0], re.IGNORECASE)
    if not own_negation and (_NOT.search(before) or (mark["off"] and _NOT_BEHIND.match(behind))):
        return False
    if mark["off"]:
        if mark[0].lower() == "ausfallen":
            return bool(_LEAD_IN.search(before))
        is_mere = _MERE_SUBJECT.fullmatch(clause) or _LEAD_IN.search(before) or clause == before
        return bool(is_mere) or mark[0].lower() not in {"entfallen", "aufgehoben"}
    if mark["moved"]:
        return True
    if _OF_A_THING.match(behind) and "termin" not in mark[0].lower():
        return False
    if mark["moved_noun"] and not re.search(r"termin", mark[0], re.IGNORECASE):
        return bool(re.match(r"\D{0,40}\d", behind))
    return bool(_MERE_TIME.fullmatch(clause)) or not re.match(r"\s+[^\W\d_]", behind) or bool(_WHY.match(behind))


def _place(mark: re.Match[str], line: str) -> tuple[int, int]:
    """From where to where it is stated: a pair of brackets, all before the name, or the end of the text."""
    before = line[: mark.start()]
    opened = max(before.rfind("("), before.rfind("["))
    if opened > max(before.rfind(")"), before.rfind("]")):
        closed = re.search(r"[)\]]", line[mark.end() :])
        return opened, mark.end() + closed.end() if closed else len(line)
    dash = re.search(r"\s-\s", line[mark.end() :])
    end = mark.end() + dash.start() if dash else len(line)
    if not before.strip(_EDGES + "*([."):
        name = _name_behind(mark.end(), line)
        return 0, end if name is None else name
    lead_in = _LEAD_IN.search(before)
    start = lead_in.start() if lead_in and (mark["moved"] or not lead_in[0].lower().startswith("auf")) else mark.start()
    subject = _SUBJECT.search(line[:start])
    return subject.start() if subject else start, end


def _name_behind(place: int, line: str) -> int | None:
    """Where the name begins behind a mark that stands before it; None where none does: "abgesagt wegen Krankheit"."""
    tail = _LEADING_TAIL.match(line, place)
    if tail is None or tail.end() == len(line) or (not tail[0].strip() and _WHY.match(line, place)):
        return None
    return tail.end()


def _without(spans: tuple[tuple[int, int], ...], line: str) -> str | None:
    """The text without what is stated in brackets or before the name, up to where it is stated behind the name."""
    kept, behind = "", 0
    for start, end in sorted(spans):
        if start > behind or start == 0:
            kept += line[behind:start] + " "
        behind = max(behind, end)
        if start and line[start] not in "([":
            behind = len(line)
            break
    return " ".join(f"{kept}{line[behind:]}".split()).strip(_EDGES + " ([") or None


def _outcome(mark: re.Match[str], phrase: str, day: dt.date | None) -> tuple[ScheduleChange, bool]:
    """What became of the meeting, and whether a day says so."""
    if mark["off"] or mark["off_noun"]:
        return ScheduleChange.CANCELLED, False
    days = find_days(phrase, year=day.year if day else 2000)
    others = [found for found in days if not _FROM.search(phrase[: found.start])]
    if others:
        return _to(others, phrase, day), True
    if days:
        return ScheduleChange.RESCHEDULED_HERE, True
    word = mark[0].lower()
    if mark["moved_noun"]:
        return ScheduleChange.RESCHEDULED_HERE if "termin" in word else ScheduleChange.NOTHING, False
    if times_in(phrase, Place.PROSE).is_understood or _TO_A_PLACE.match(phrase, phrase.lower().find(word) + len(word)):
        return ScheduleChange.NOTHING, False
    is_away = word != "verlegt" or re.search(r"\b(?:auf|bis)\b", phrase, re.IGNORECASE)
    return ScheduleChange.RESCHEDULED_AWAY if is_away else ScheduleChange.NOTHING, False


def _to(days: list[FoundDay], phrase: str, day: dt.date | None) -> ScheduleChange:
    """By the day to which it is moved; nothing where that does not exist."""
    to = next((found for found in days if _TO.search(phrase[: found.start])), days[0])
    if to.day is None:
        return ScheduleChange.NOTHING
    return ScheduleChange.RESCHEDULED_HERE if to.day == day else ScheduleChange.RESCHEDULED_AWAY
