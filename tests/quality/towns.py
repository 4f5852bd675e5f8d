"""Seven invented towns in one index, 12 to 2,000 papers each, and judged questions about them: `towns.toml`.

Which papers are right follows from what the generator drew (topic, town, place), not from the words in their texts.
The same file gives the same papers.
"""

from __future__ import annotations

import datetime as dt
import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from indexer.index.contract import Entry
from tests.quality.judging import Judged
from townhall.invention.prose import Letterhead, write_inquiry, write_motion, write_proposal, write_report
from townhall.invention.setting import FIRMS, Setting
from townhall.invention.topics import Topic, common, read_topics

FILE: Final = Path(__file__).with_suffix(".toml")
FIRST_DAY: Final = dt.date(2022, 1, 10)
DAYS: Final = 1500
STREETS: Final = ("Hauptstraße", "Bahnhofstraße", "Gartenstraße", "Schulstraße", "Kirchweg", "Ringstraße", "Lindenweg")
"""Streets that every town has."""

SCHOOLS: Final = ("Grundschule am Park", "Realschule am Stadtgraben", "Gesamtschule West", "Förderschule am Hang")
_TYPES: Final = {"BV": "Beschlussvorlage", "MV": "Mitteilungsvorlage", "AN": "Antrag", "AF": "Anfrage"}
_NEIGHBOURS: Final = (
    "Mit der Nachbargemeinde {town} wurde das Vorgehen abgestimmt.",
    "Die Buslinie nach {place} ist davon nicht betroffen.",
    "Ähnliche Erfahrungen liegen aus {town} vor.",
    "Die historischen Mühlen am Bach stehen unter Denkmalschutz.",
)


@dataclass(frozen=True, slots=True)
class Town:
    """A town as the file has it. `places` are its villages or districts."""

    key: str
    name: str
    papers: int
    places: tuple[str, ...]
    streets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TownPaper:
    """A paper, and what it was drawn to be about: a topic's key and places, or, for one of its own, its `key`."""

    entry: Entry
    topic: str = ""
    places: tuple[str, ...] = ()
    key: str = ""


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def towns() -> tuple[Town, ...]:
    """The towns, the biggest first."""
    return tuple(
        Town(row["key"], row["name"], row["papers"], tuple(row["places"]), tuple(row["streets"]))
        for row in _read()["town"]
    )


@cache
def papers() -> tuple[TownPaper, ...]:
    """All papers of all towns. Of every topic and place that is asked for there is at least one."""
    return tuple(paper for town in towns() for paper in _Drawing(town).papers())


def questions() -> list[Judged]:
    """All questions with the grades of the papers that answer them."""
    of_their_own = {paper.key: paper.entry for paper in papers() if paper.key}
    references = {key: entry.reference for key, entry in of_their_own.items()}
    return [
        Judged(
            f"towns-{number:02}",
            row["text"].format_map(references),
            row["category"],
            {of_their_own[key].id: grade for key, grade in row.get("papers", {}).items()} | dict(_right(row)),
            row.get("town"),
        )
        for number, row in enumerate(_read()["question"], 1)
    ]


def _right(row: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """The grades of the papers that are not named one by one."""
    place, own = row.get("place"), row.get("papers", {})
    named = {paper.entry.reference for paper in papers() if paper.key in own} if "{" in row["text"] else ()
    for paper in papers():
        if paper.entry.reference in named:  # several towns give out the same number
            yield paper.entry.id, 3
        elif paper.topic and paper.topic == row.get("topic") and paper.entry.municipality == row["town"]:
            if place is None or place in paper.entry.title:
                yield paper.entry.id, 3
            else:
                yield paper.entry.id, 2 if place in paper.places else 1


class _Drawing:
    """The papers of one town. All chance comes from one source with the town's name for a seed."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._dice = random.Random(town.name)
        self._running = 100

    def papers(self) -> Iterator[TownPaper]:
        own = [row for row in _read()["paper"] if row["town"] == self._town.key]
        for row in own:
            yield self._of_its_own(row)
        asked = [(row["topic"], row.get("place")) for row in _read()["question"] if row.get("town") == self._town.key]
        by_key = {topic.key: topic for topic in read_topics()}
        for key, place in asked:
            yield self._about(by_key[key], place, named=True)
        for _ in range(self._town.papers - len(own) - len(asked)):
            yield self._about(self._dice.choice(read_topics()), None)

    def _about(self, topic: Topic, place: str | None, *, named: bool = False) -> TownPaper:
        date = self._date()
        setting = self._setting(place, date)
        titles = [title for title in topic.titles if not (named and place) or place in setting.fill(title)]
        head = self._head(setting.fill(self._dice.choice(titles or topic.titles)), date, self._dice.choice([*_TYPES]))
        match head.paper_type:
            case "Beschlussvorlage":
                text = write_proposal(head, topic, setting, [])
            case "Mitteilungsvorlage":
                text = write_report(head, topic, setting)
            case "Antrag":
                text = write_motion(head, topic, setting, "Für die Fraktion")
            case _:
                text = write_inquiry(head, topic, setting, "Für die Fraktion")
        fixed = setting.fixed
        return TownPaper(self._entry(head, text), topic.key, (fixed["quarter"], fixed["street"], fixed["street2"]))

    def _of_its_own(self, row: Mapping[str, Any]) -> TownPaper:
        date = self._date()
        head = self._head(row["title"], date, "BV")
        fitting = [line for line in (*common()["money"], *common()["schedule"]) if "hort" not in line]
        filler = [self._setting(None, date).fill(line) for line in self._dice.sample(fitting, 3)]
        return TownPaper(self._entry(head, "\n\n".join([*head.lines(), row["text"], *filler])), key=row["key"])

    def _setting(self, place: str | None, date: dt.date) -> Setting:
        """Where and when a paper plays; at the place, if one is given."""
        town, dice = self._town, self._dice
        street, street2 = dice.sample((*town.streets, *STREETS), 2)
        in_street = place in town.streets
        return Setting(
            {
                "municipality": town.name,
                "council": "Rat",
                "quarter": place if place and not in_street else dice.choice(town.places),
                "street": place if place and in_street else street,
                "street2": street2,
                "school": dice.choice(SCHOOLS),
                "firm": dice.choice(FIRMS),
                "year": str(date.year + 1),
                "last_year": str(date.year - 1),
                "school_year": f"{date.year - 1}/{date.year}",
            },
            dice,
        )

    def _date(self) -> dt.date:
        return FIRST_DAY + dt.timedelta(days=self._dice.randrange(DAYS))

    def _head(self, title: str, date: dt.date, prefix: str) -> Letterhead:
        self._running += self._dice.randint(1, 3)
        reference = f"{prefix}/{date.year}/{self._running:04}"
        return Letterhead(f"{self._town.name} · Verwaltung", _TYPES[prefix], reference, title, date)

    def _entry(self, head: Letterhead, text: str) -> Entry:
        if self._dice.random() < 0.06:
            text += "\n\n" + self._neighbour()
        return Entry(
            id=f"{self._town.key}:paper:{self._running}",
            kind="paper",
            municipality=self._town.key,
            title=head.title,
            reference=head.reference,
            date=head.date,
            paper_type=head.paper_type,
            texts=(text,),
        )

    def _neighbour(self) -> str:
        """A sentence about another town: the names of places stand in others' papers too, now and then."""
        other = self._dice.choice([town for town in towns() if town is not self._town])
        return self._dice.choice(_NEIGHBOURS).format(town=other.name, place=self._dice.choice(other.places))


def names() -> dict[str, str]:
    """The names of the towns by their keys, as a register has them."""
    return {town.key: town.name for town in towns()}
