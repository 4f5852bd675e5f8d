"""The German text of invitations and minutes (Niederschriften). What is not public is left out of both."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from townhall.invention.model import AgendaItem, Committee, Meeting, Person
from townhall.invention.prose import german_day
from townhall.invention.setting import Setting
from townhall.invention.topics import Topic

_ROUTINE = (
    "Wortmeldungen liegen nicht vor.",
    "Die Verwaltung sagt zu, offene Punkte schriftlich nachzureichen.",
    "Ein Einwohner erkundigt sich nach der Baustelle vor seinem Haus; die Frage wird an das Fachamt weitergeleitet.",
    "Einwendungen werden nicht erhoben.",
)
_OUTCOMES = {
    "einstimmig": (1.0, 0.0),
    "mehrheitlich beschlossen": (0.6, 0.3),
    "mehrheitlich empfohlen": (0.6, 0.3),
    "mehrheitlich abgelehnt": (0.25, 0.65),
}

Debated = Mapping[int, tuple[Topic, Setting]]
"""What each agenda item is about, by the item's number."""


def write_invitation(municipality: str, meeting: Meeting, committee: Committee) -> str:
    """The invitation with the public agenda."""
    lines = [f"# Einladung zur Sitzung: {committee.name}", municipality, ""]
    lines += [f"am {german_day(meeting.start.date())} um {meeting.start:%H:%M} Uhr", _place(meeting), ""]
    lines += ["## Tagesordnung, öffentlicher Teil", *(f"{item.label}  {item.name}" for item in _public(meeting)), ""]
    return "\n".join([*lines, "Zuhörerinnen und Zuhörer sind willkommen. Der Saal ist barrierefrei erreichbar.", ""])


def write_minutes(
    municipality: str,
    meeting: Meeting,
    committee: Committee,
    people: Sequence[Person],
    debated: Debated,
    dice: random.Random,
) -> str:
    """The minutes of the public part: who was there, what was discussed, how the vote went."""
    seated = [people[membership.person - 1] for membership in committee.members]
    absent = dice.sample(seated[1:], 2)
    present = [person for person in seated if person not in absent]
    lines = [
        f"# Niederschrift: {committee.name}",
        municipality,
        "",
        f"Sitzung am {german_day(meeting.start.date())}",
        "",
    ]
    lines += [f"Beginn: {meeting.start:%H:%M} Uhr, Ende: {meeting.end:%H:%M} Uhr", _place(meeting), ""]
    lines += ["## Anwesend", ", ".join(f"{person.name} ({person.faction})" for person in present), ""]
    lines += ["## Entschuldigt", ", ".join(person.name for person in absent), "", "\f## Verlauf der Sitzung", ""]
    for item in _public(meeting):
        lines += [f"## TOP {item.label}: {item.name}", *_course(item, present, debated, dice), ""]
    return "\n".join([*lines, f"Vorsitz: {seated[0].name}", f"Schriftführung: {present[-1].name}", ""])


def _course(item: AgendaItem, present: Sequence[Person], debated: Debated, dice: random.Random) -> list[str]:
    if item.number not in debated:
        return [dice.choice(_ROUTINE)]
    topic, setting = debated[item.number]
    speakers = dice.sample(list(present), min(len(topic.speech), len(present)))
    lines = [
        setting.fill(f"{person.name} ({person.faction}) {speech}.")
        for person, speech in zip(speakers, topic.speech, strict=False)
    ]
    if item.resolution:
        lines += [f"Beschluss: {item.resolution}"]
    if item.result:
        lines += [f"Abstimmungsergebnis: {item.result}{_votes(item.result, len(present), dice)}"]
    return lines


def _votes(result: str, voters: int, dice: random.Random) -> str:
    shares = next((shares for words, shares in _OUTCOMES.items() if result.startswith(words)), None)
    if shares is None:
        return ""
    yes, no = (round(voters * share) for share in shares)
    return f" (Ja {yes}, Nein {no}, Enthaltung {voters - yes - no})"


def _public(meeting: Meeting) -> list[AgendaItem]:
    return [item for item in meeting.items if item.public]


def _place(meeting: Meeting) -> str:
    return f"Ort: {meeting.room}, {meeting.street_address}"
