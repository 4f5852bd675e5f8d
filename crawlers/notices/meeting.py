"""When and where a meeting is, as the text of a notice says it: behind labels, or in a sentence."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from council.model import Location
from crawlers.notices.title import Committee, committee_in
from crawlers.parsing.cancellation import ScheduleChange, is_cancelled, remark_in
from crawlers.parsing.clocks import Place, times_in
from crawlers.parsing.dates import find_days
from crawlers.parsing.labels import Label, LabelTable
from crawlers.parsing.lines import Line

_LABELS: Final = LabelTable(
    marks={},
    labels={
        Label.PLACE: ("Ort der Sitzung", "Tagungsstätte", "Wo", "Treffpunkt", "Lokal"),
        Label.ROOM: ("Saal", "Sitzungssaal", "Tagungsraum"),
        Label.DATE: ("Datum/Uhrzeit", "Datum und Uhrzeit", "Zeitpunkt", "Wann", "Sitzung am"),
        Label.END: ("Voraussichtliches Ende",),
    },
)
_WANTED: Final = (Label.PLACE, Label.ROOM, Label.END, Label.DATE, Label.TIME, Label.ORGANIZATION)
_SEVERAL: Final = re.compile(r"[/,|&+]|\bund\b")
_LABELLED = re.compile(r"(?P<label>[A-Za-zÄÖÜäöü/ ]{2,30}?)\s*:\s*(?P<value>.*)", re.DOTALL)
_IN_A_SENTENCE = re.compile(
    r"(?:\bUhr\b|\d{4})\)?,?\s*(?:findet\s+)?"
    r"(?P<place>(?:im|in der|in dem|in den|in|auf dem|auf der|beim|bei der)\s+.+?)"
    r"(?=,?\s+(?:statt|findet|eine|einer|die|zu einer|zur|mit|ein)\b|[;!]|\.\s|\.?$)",
)
_LEAD = re.compile(r"^(?:im|in der|in dem|in den|in|auf dem|auf der|beim|bei der)\s+(?:der|dem|den)?\s*", re.IGNORECASE)
_STREET = re.compile(
    r"[A-ZÄÖÜ][\wäöüß.\- ]*?(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|ufer|damm|markt|hof|chaussee|berg)"
    r"\s*\d+(?:\s?[a-z])?(?:\s?[-–/]\s?\d+)?\b"
    r"|\b(?:Markt|Platz|Ring|Anger|Plan)\s+\d+(?:\s?[a-z])?\b"
    r"|(?:Am|An der|Auf der|Zum|Zur|Im|Alte|Neue)\s+[A-ZÄÖÜ][\wäöüß\- ]*\s\d+(?:\s?[a-z])?\b",
)
_LOCALITY = re.compile(r"\b(?P<code>\d{5})\s+(?P<locality>[A-ZÄÖÜ][\wäöüß./() -]*)")
_SITTING = re.compile(r"\b\w*sitzung\b[^;!?]{0,120}", re.IGNORECASE)


PUBLISHED = re.compile(
    r"(?:veröffentlicht|erstellt|eingestellt|aktualisiert|geändert|bekannt ?gemacht|geschrieben|stand|ausgehängt"
    r"|meldung)\b",
    re.IGNORECASE,
)
"""Words before the day of a publication."""
_PUBLISHED = re.compile(
    r"\W*(?:(?:zuletzt )?(?:veröffentlicht|erstellt|eingestellt|aktualisiert|geändert|bekannt ?gemacht|geschrieben)"
    r"|letzte (?:aktualisierung|änderung)|stand|meldung vom|artikel vom|datum der (?:veröffentlichung|bekanntmachung)"
    r"|ausgehängt|aushang|veröffentlichung(?:sdatum)?|bekanntmachung vom|ausgefertigt)\b(?=.{0,40}\d)",
    re.IGNORECASE,
)


_SITS = re.compile(r"sitzung|statt\b|tagt\b", re.IGNORECASE)
DAY_OF_SITTING = re.compile(
    r"(?:\b(?:am|für|auf)\s+(?:den\s+|dem\s+)?|(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi"
    r"|do|fr|sa|so)\.?,?\s*(?:(?:den|dem)\s+)?)$",
    re.IGNORECASE,
)
"""What stands before the day of a sitting: "am Mittwoch, dem", "Do.,"; not before the day of a signature."""


@dataclass(slots=True)
class MeetingDetails:
    """What was found; None where nothing is stated."""

    day: dt.date | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    location: Location | None = None
    committee: Committee | None = None
    cancelled: bool = False
    is_room: bool = False
    """Whether the place is but a room."""


def meeting_details_in(lines: list[Line], place: str | None) -> MeetingDetails:
    """What the lines above an agenda say about the meeting."""
    found = MeetingDetails()
    for kind, value in _labelled(lines):
        _add_labelled(kind, value, found, place)
    texts = [line.text for line in lines]
    sitting = [text for text in texts if _SITS.search(text)]
    moved = next((text for text in sitting if _moved_from(text)), None)
    if moved is not None:
        return MeetingDetails(
            day=_moved_from(moved), committee=found.committee or committee_in(moved, place), cancelled=True
        )
    for text in (*sitting, " ".join(texts)[:3000]):
        _from_sentence(text, found, place)
    found.cancelled = any(_is_cancelled(text, found.day) for text in texts)
    return found


def _is_cancelled(text: str, day: dt.date | None) -> bool:
    """Whether a line says that the sitting is cancelled; one that speaks of no sitting only where it is short."""
    if sitting := _SITTING.search(text):
        return is_cancelled(day, sitting[0])
    return len(text) < 60 and remark_in(text, day).outcome is ScheduleChange.CANCELLED


def _moved_from(text: str) -> dt.date | None:
    """The day from which a sitting is moved to another: nothing else that is stated holds for it."""
    days = [found_day for found_day in find_days(text) if found_day.day]
    if len(days) != 2 or days[0].day == days[1].day:
        return None
    return days[0].day if remark_in(text, days[0].day).outcome is ScheduleChange.RESCHEDULED_AWAY else None


def without_published(lines: list[Line], published: dt.date | None) -> list[Line]:
    """Lines without those that say when the notice was published: "Veröffentlicht am 1.11.2026", or that day alone."""
    return [line for line in lines if not _PUBLISHED.match(line.text) and not _is_only(published, line.text)]


def _is_only(day: dt.date | None, text: str) -> bool:
    days = find_days(text) if day and len(text) < 40 else []
    return (
        len(days) == 1
        and days[0].day == day
        and not re.search(r"[^\W\d_]{3}", text.replace(text[days[0].start : days[0].end], ""))
    )


def names_place(head: str) -> bool:
    """Whether the head of a column, or one of several in it, says that places stand below: "Ort / Raum"."""
    return any(_LABELS.names(part, kind) for part in _SEVERAL.split(head) for kind in (Label.PLACE, Label.ROOM))


def _labelled(lines: list[Line]) -> Iterator[tuple[Label, str]]:
    """Labels and values: "Ort: Rathaus", a row of two cells, or a label and its value on lines of their own."""
    for at, line in enumerate(lines):
        label, value = "", ""
        if len(line.cells) == 2:
            label, value = line.cells
        elif labelled := _LABELLED.fullmatch(line.text):
            label, value = labelled["label"], labelled["value"]
        elif at + 1 < len(lines) and len(line.text) < 25:
            label, value = line.text, lines[at + 1].text
        if not value and at + 1 < len(lines):
            label, value = label or line.text, lines[at + 1].text
        kind = next((kind for kind in _WANTED if _LABELS.names(label, kind)), None)
        if kind and value and not value.endswith(":"):
            yield kind, value


def _add_labelled(kind: Label, value: str, found: MeetingDetails, place: str | None) -> None:
    match kind:
        case Label.PLACE | Label.ROOM:
            _add_place(value, found, is_room=kind is Label.ROOM)
        case Label.ORGANIZATION:
            found.committee = found.committee or committee_in(value, place)
        case Label.END:
            found.end = found.end or times_in(value).first
        case _:
            days = [found_day.day for found_day in find_days(value) if found_day.day]
            found.day = found.day or (days[0] if days else None)
            times = times_in(value)
            found.start, found.end = found.start or times.begin, found.end or times.end


def _add_place(value: str, found: MeetingDetails, *, is_room: bool) -> None:
    """A place; a room beside one that says where the house is."""
    location = location_of(value)
    held = found.location
    if held is None or location is None:
        found.location, found.is_room = held or location, is_room if held is None else found.is_room
    elif is_room and not found.is_room and held.room is None:
        found.location = held.model_copy(update={"room": " ".join(value.split())[:300]})
    elif found.is_room and not is_room and held.street_address is None:
        found.location, found.is_room = location.model_copy(update={"room": held.description}), False


def _from_sentence(text: str, found: MeetingDetails, place: str | None) -> None:
    days = [found_day for found_day in find_days(text) if found_day.day]
    meant = [
        found_day for found_day in days if DAY_OF_SITTING.search(text[max(0, found_day.start - 40) : found_day.start])
    ]
    if days and (meant or _SITS.search(text)):
        found.day = found.day or (meant or days)[0].day
    if found.start is None:
        times = times_in(text, Place.PROSE)
        found.start, found.end = times.begin, found.end or times.end
    found.location = found.location or place_in(text)
    found.committee = found.committee or committee_in(text, place)


def place_in(sentence: str) -> Location | None:
    """The place that stands behind day and time: "am 12.11.2026 um 19 Uhr im Bürgersaal"."""
    found = _IN_A_SENTENCE.search(sentence)
    return location_of(found["place"]) if found else None


def location_of(written: str) -> Location | None:
    """ "Rathaus, Sitzungssaal, Hauptstraße 1, 06193 Musterdorf" in its parts."""
    rest = " ".join(written.split())[:300]
    locality = _LOCALITY.search(rest)
    if locality:
        rest = rest[: locality.start()] + rest[locality.end() :]
    street = _STREET.search(rest)
    if street:
        rest = rest[: street.start()] + rest[street.end() :]
    described = re.sub(r"\s*(?:,\s*)+", ", ", _LEAD.sub("", rest.replace("()", ""))).strip(" ,.;–-")
    location = Location(
        description=described or None,
        street_address=street[0].strip() if street else None,
        postal_code=locality["code"] if locality else None,
        locality=locality["locality"].strip(" .,-(") if locality else None,
    )
    return location if location != Location() else None
