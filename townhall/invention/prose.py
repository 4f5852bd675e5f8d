"""The German text of papers: proposals, reports, motions, questions, answers and their attachments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from townhall.invention.setting import Setting, german_number
from townhall.invention.topics import Topic, common


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands at the top of a paper."""

    sender: str
    paper_type: str
    reference: str
    title: str
    date: dt.date

    def lines(self) -> list[str]:
        day = german_day(self.date)
        return [f"# {self.paper_type} {self.reference}", self.sender, f"Datum: {day}", "", f"## {self.title}", ""]


def german_day(date: dt.date) -> str:
    """2025-03-04 → "04.03.2025"."""
    return f"{date.day:02}.{date.month:02}.{date.year}"


def write_proposal(head: Letterhead, topic: Topic, setting: Setting, consultations: Sequence[str]) -> str:
    """A Beschlussvorlage: the way through the committees, the proposed resolution, and why."""
    dice = setting.dice
    lines = head.lines()
    lines += ["## Beratungsfolge", *(consultations or ["Die Beratungsfolge wird noch festgelegt."]), ""]
    lines += ["## Beschlussvorschlag", *_draw(topic.resolution, 1, setting), ""]
    lines += ["## Begründung", *_paragraphs(_draw(common()["openings"], 1, setting, topic))]
    lines += _paragraphs(_draw(topic.background, dice.randint(2, 3), setting))
    lines += ["## Vorgesehene Maßnahmen", *_paragraphs(_draw(topic.measures, dice.randint(2, 4), setting))]
    if dice.random() < 0.5:
        lines += ["## Geprüfte Varianten", *_paragraphs(_draw(common()["variants"], dice.randint(2, 4), setting))]
    if dice.random() < 0.6:
        lines += ["## Beteiligung", *_paragraphs(_draw(common()["involved"], dice.randint(1, 2), setting))]
    lines += ["## Zeitplan", *_paragraphs(_draw(common()["schedule"], dice.randint(1, 2), setting))]
    lines += ["## Finanzielle Auswirkungen", *_paragraphs(_draw(common()["money"], dice.randint(1, 2), setting))]
    lines += ["## Auswirkungen auf das Klima", *_paragraphs(_draw(common()["climate"], 1, setting))]
    return _close(lines)


def write_report(head: Letterhead, topic: Topic, setting: Setting) -> str:
    """A Mitteilungsvorlage: what happened, without anything to decide."""
    dice = setting.dice
    lines = [*head.lines(), "## Mitteilung", *_paragraphs(_draw(common()["openings"], 1, setting, topic))]
    lines += _paragraphs(_draw(topic.background, dice.randint(2, 4), setting))
    lines += ["## Sachstand der Umsetzung", *_paragraphs(_draw(topic.measures, dice.randint(1, 3), setting))]
    lines += ["## Ausblick", *_paragraphs(_draw(common()["schedule"], 2, setting))]
    return _close([*lines, "Um Kenntnisnahme wird gebeten."])


def write_motion(head: Letterhead, topic: Topic, setting: Setting, signed: str) -> str:
    """An Antrag of a faction."""
    wanted = _draw(topic.measures, setting.dice.randint(1, 2), setting)
    lines = [*head.lines(), "Sehr geehrte Damen und Herren,", "", "wir bitten, folgenden Antrag zu beraten:", ""]
    lines += ["## Antrag", *_draw(topic.resolution, 1, setting), ""]
    lines += ["Dabei soll insbesondere Folgendes berücksichtigt werden:", "", *_paragraphs(wanted)]
    lines += ["## Begründung", *_paragraphs(_draw(topic.background, 2, setting))]
    return _close([*lines, "Mit freundlichen Grüßen", signed])


def write_inquiry(head: Letterhead, topic: Topic, setting: Setting, signed: str) -> str:
    """An Anfrage: what somebody wants to know."""
    asked = [f"{number}. {line}" for number, line in enumerate(_draw(topic.questions, 3, setting), 1)]
    lines = [*head.lines(), *_paragraphs(_draw(topic.background, 1, setting))]
    lines += ["Dazu bitten wir die Verwaltung um Beantwortung folgender Fragen:", "", *_paragraphs(asked)]
    return _close([*lines, "Mit freundlichen Grüßen", signed])


def write_answer(head: Letterhead, topic: Topic, setting: Setting, asked: str) -> str:
    """An Antwort on an Anfrage, named by its reference."""
    answers = [*_draw(topic.background, 2, setting), *_draw(topic.measures, 2, setting)]
    lines = [*head.lines(), f"Die Anfrage {asked} beantwortet die Verwaltung wie folgt:", ""]
    for number, (question, answer) in enumerate(zip(_draw(topic.questions, 3, setting), answers, strict=False), 1):
        lines += [f"## Zu Frage {number}", question, "", f"Antwort: {answer}", ""]
    return _close([*lines, *_draw(common()["schedule"], 1, setting)])


def write_explanation(title: str, topic: Topic, setting: Setting) -> str:
    """A long attachment: an engineer's report over several pages."""
    chapters = {
        "1 Veranlassung": [*_draw(common()["openings"], 1, setting, topic), *_draw(topic.background, 2, setting)],
        "2 Bestand und Grundlagen": [*_draw(topic.background, 4, setting), *_draw(common()["involved"], 2, setting)],
        "3 Variantenvergleich": _draw(common()["variants"], 4, setting),
        "4 Vorzugsvariante": [*_draw(topic.measures, 4, setting), *_draw(common()["climate"], 2, setting)],
        "5 Kosten": _draw(common()["money"], 3, setting),
        "6 Weiteres Vorgehen": _draw(common()["schedule"], 4, setting),
    }
    lines = [f"# {title}", setting.fill("Bearbeitung: {firm}"), ""]
    for number, (heading, paragraphs) in enumerate(chapters.items()):
        lines += [("\f" if number in (2, 4) else "") + f"## {heading}", *_paragraphs(paragraphs)]
    return _close(lines)


def write_costs(title: str, setting: Setting) -> str:
    """A table of costs."""
    names = ("Grunderwerb", "Herrichten und Erschließen", "Bauwerk, Baukonstruktion", "Technische Anlagen",
             "Außenanlagen und Freiflächen", "Ausstattung", "Baunebenkosten")  # fmt: skip
    sums = [setting.dice.randrange(8, 640) * 500 for _ in names]
    rows = [
        f"{number}00  {name}: {german_number(value)} Euro"
        for number, (name, value) in enumerate(zip(names, sums, strict=True), 1)
    ]
    total = f"Gesamtkosten einschließlich Umsatzsteuer: {german_number(sum(sums))} Euro"
    place = setting.fill("Kostenberechnung für {street}, {quarter}")
    return _close([f"# {title}", place, "", "## Kostengruppen", *rows, "", total])


def write_comparison(title: str, topic: Topic, setting: Setting) -> str:
    """An old and a new wording side by side, one under the other."""
    lines = [f"# {title}", ""]
    for number, (old, new) in enumerate(
        zip(_draw(topic.background, 2, setting), _draw(topic.measures, 2, setting), strict=True), 1
    ):
        lines += [f"## § {number}", f"Bisherige Fassung: {old}", "", f"Neue Fassung: {new}", ""]
    return _close(lines)


def write_statement(title: str, topic: Topic, setting: Setting) -> str:
    """What somebody concerned wrote about it."""
    lines = [f"# {title}", setting.fill("Interessengemeinschaft {street}, {quarter}"), ""]
    lines += _paragraphs([*_draw(topic.background, 1, setting), *_draw(topic.questions, 2, setting)])
    return _close([*lines, setting.fill("Wir bitten den {council}, unsere Hinweise in die Abwägung einzubeziehen.")])


def _draw(sentences: Sequence[str], count: int, setting: Setting, topic: Topic | None = None) -> list[str]:
    chosen = setting.dice.sample(list(sentences), min(count, len(sentences)))
    if topic:
        short = topic.short
        chosen = [line.replace("{Short}", short[0].upper() + short[1:]).replace("{short}", short) for line in chosen]
    return [setting.fill(line) for line in chosen]


def _paragraphs(lines: Sequence[str]) -> list[str]:
    return [part for line in lines for part in (line, "")]


def _close(lines: Sequence[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"
