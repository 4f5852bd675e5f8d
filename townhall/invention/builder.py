"""Invents one municipality: people, meetings, papers on their way through the committees, and every document's text."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from townhall.invention.meeting_calendar import OPEN, Slot, plan_meetings
from townhall.invention.minutes import write_invitation, write_minutes
from townhall.invention.model import (
    Committee,
    Consultation,
    Document,
    Format,
    Meeting,
    Municipality,
    Paper,
)
from townhall.invention.numbering import Numbering
from townhall.invention.people import FACTIONS, invent_committees, invent_people
from townhall.invention.profile import profile_of
from townhall.invention.prose import (
    Letterhead,
    german_day,
    write_answer,
    write_comparison,
    write_costs,
    write_explanation,
    write_inquiry,
    write_motion,
    write_proposal,
    write_report,
    write_statement,
)
from townhall.invention.secret_papers import secret_papers
from townhall.invention.setting import Setting, draw_setting
from townhall.invention.topics import Topic, read_topics

_TYPES = {
    "BV": "Beschlussvorlage",
    "MV": "Mitteilungsvorlage",
    "AN": "Antrag",
    "AF": "Anfrage",
    "AW": "Antwort auf Anfrage",
}
_WEIGHTS = {"BV": 10, "MV": 4, "AN": 4, "AF": 3}
_ADVICE = ("einstimmig empfohlen", "einstimmig empfohlen", "mehrheitlich empfohlen", "ohne Empfehlung weitergeleitet")
_DECISIONS = ("einstimmig beschlossen", "einstimmig beschlossen", "mehrheitlich beschlossen", "mehrheitlich abgelehnt",
              "vertagt", "zurückgezogen")  # fmt: skip
_BEFORE = (
    "Eröffnung und Feststellung der Beschlussfähigkeit",
    "Genehmigung der letzten Niederschrift",
    "Einwohnerfragestunde",
)
_AFTER = ("Mitteilungen der Verwaltung", "Verschiedenes")


@dataclass(slots=True)
class _Plan:
    """A paper before it has a number and a text."""

    prefix: str
    topic: Topic
    setting: Setting
    title: str
    date: dt.date
    slots: list[Slot]
    asks: _Plan | None = None
    number: int = 0
    reference: str = ""


class Invention:
    """One run of the generator. All chance comes from one seeded source, so the order of the steps matters."""

    def __init__(self, name: str, seed: int, kind: str, today: dt.date) -> None:
        self._name, self._today = name, today
        self._dice = random.Random(seed)
        self._profile = profile_of(kind)
        self._numbers = Numbering()
        self._debated: dict[int, tuple[Topic, Setting]] = {}
        self._titles: set[str] = set()
        self._postal_code = f"00{self._dice.randrange(100, 999)}"  # no German postal code starts with 00

    def invent(self, papers: int, meetings: int) -> Municipality:
        """The municipality with so many public papers and past meetings."""
        term_start = OPEN - dt.timedelta(days=60)
        people = invent_people(self._dice, self._postal_code, self._name)
        self._people = people
        self._committees = invent_committees(self._dice, self._profile, people, term_start, self._numbers.memberships)
        by_key = {committee.key: committee for committee in self._committees}
        slots = plan_meetings(by_key, self._profile.serving, meetings, self._today)
        for slot in slots:
            self._routine(slot, _BEFORE)
        plans = self._plan_papers(papers, slots)
        written = [self._write_paper(plan, index, len(plans)) for index, plan in enumerate(plans)]
        for slot in slots:
            self._routine(slot, _AFTER)
        written += secret_papers(slots, len(written), self._profile, self._committee("office council"), self._numbers)
        return Municipality(
            name=self._name,
            kind=self._profile.kind,
            ags=f"0799{self._dice.randrange(1000, 9999)}",
            postal_code=self._postal_code,
            day=self._today,
            term_start=term_start,
            committees=self._committees,
            people=people,
            meetings=tuple(self._write_meeting(slot) for slot in slots),
            papers=tuple(written),
        )

    # Papers

    def _plan_papers(self, number: int, slots: list[Slot]) -> list[_Plan]:
        topics = list(read_topics())
        order = [topic for _ in range(number // len(topics) + 1) for topic in self._dice.sample(topics, len(topics))]
        plans = [self._plan(topic, slots) for topic in order[:number]]
        plans.sort(key=lambda plan: plan.date)
        running: Counter[tuple[str, int]] = Counter()
        for index, plan in enumerate(plans, 1):
            asked = [
                earlier for earlier in plans[: index - 1] if earlier.prefix == "AF" and earlier.topic is plan.topic
            ]
            if asked and plan.prefix == "MV":
                plan.prefix, plan.asks = "AW", asked[-1]
            year = plan.date.year
            counted = (plan.prefix if self._profile.typed_references else "", year)
            running[counted] += self._dice.randint(1, 5)
            plan.number, plan.reference = index, self._profile.reference(plan.prefix, year, running[counted])
        return plans

    def _plan(self, topic: Topic, slots: list[Slot]) -> _Plan:
        prefix = self._dice.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
        if self._dice.random() < 0.06:
            way: list[Slot] = []
            date = slots[-1].date - dt.timedelta(days=self._dice.randrange(30, 90))
        else:
            way = self._way(topic, prefix, [slot for slot in slots if not slot.cancelled])
            date = way[0].date - dt.timedelta(days=self._dice.randrange(12, 31))
        setting = draw_setting(self._dice, self._profile, self._name, date)
        return _Plan(prefix, topic, setting, self._title(topic, setting), date, way)

    def _way(self, topic: Topic, prefix: str, slots: list[Slot]) -> list[Slot]:
        """The committee of the topic, sometimes finance, then the council where it has to decide."""
        keys = [self._profile.committee_for(topic.committee)]
        if prefix == "BV" and keys[0] != "finance" and self._dice.random() < 0.35:
            keys.append("finance")
        if topic.decided or (prefix in ("BV", "AN") and self._dice.random() < 0.6):
            keys.append("council")
        meeting = [slot for slot in slots if slot.committee.key == keys[0]]
        first = self._dice.choice(meeting or [slot for slot in slots if slot.committee.key == "council"])
        way = [first]
        for key in keys[1:]:
            later = [slot for slot in slots if slot.committee.key == key and slot.start > way[-1].start]
            way += later[:1]
        return way

    def _title(self, topic: Topic, setting: Setting) -> str:
        """A title nobody had yet; a sequel is numbered."""
        for pattern in self._dice.sample(topic.titles, len(topic.titles)):
            title = setting.fill(pattern)
            if title not in self._titles:
                break
        else:
            title += f" (Fortsetzung {len(self._titles)})"
        self._titles.add(title)
        return title

    def _write_paper(self, plan: _Plan, index: int, total: int) -> Paper:
        office = self._office(plan.topic)
        faction = self._committee(self._dice.choice(FACTIONS))
        by_faction = plan.prefix in ("AN", "AF")
        consultations = tuple(self._consult(plan, step) for step in range(len(plan.slots)))
        special = {total // 4: Format.SCAN, total // 3: Format.DOCX, total // 2: Format.TXT}.get(index)
        without_files = special is None and self._dice.random() < 0.06
        title = plan.title if not plan.asks else f"Beantwortung der Anfrage {plan.asks.reference}: {plan.title}"
        sender = faction if by_faction else office
        head = Letterhead(f"{self._name} · {sender.name}", _TYPES[plan.prefix], plan.reference, title, plan.date)
        main = None if without_files else self._main(plan, head, sender)
        return Paper(
            number=plan.number,
            name=title,
            reference=plan.reference,
            paper_type=_TYPES[plan.prefix],
            date=plan.date,
            office=None if by_faction else office.number,
            originator=faction.number if by_faction else None,
            main=main,
            attachments=() if without_files else self._attachments(plan, special),
            consultations=consultations,
            answers=plan.asks.number if plan.asks else None,
        )

    def _main(self, plan: _Plan, head: Letterhead, sender: Committee) -> Document:
        signed = f"Für die {sender.name}: {self._people[sender.members[0].person - 1].name}" if sender.members else ""
        match plan.prefix:
            case "BV":
                last = len(plan.slots) - 1
                consultations = [
                    f"{german_day(slot.date)}  {slot.committee.name} ({_role(step == last)})"
                    for step, slot in enumerate(plan.slots)
                ]
                text = write_proposal(head, plan.topic, plan.setting, consultations)
            case "AN":
                text = write_motion(head, plan.topic, plan.setting, signed)
            case "AF":
                text = write_inquiry(head, plan.topic, plan.setting, signed)
            case "AW":
                asked = plan.asks.reference if plan.asks else ""
                text = write_answer(head, plan.topic, plan.setting, asked)
            case _:
                text = write_report(head, plan.topic, plan.setting)
        return self._numbers.document(head.paper_type, f"{head.paper_type} {plan.reference}", plan.date, text)

    def _attachments(self, plan: _Plan, special: Format | None) -> tuple[Document, ...]:
        topic, setting = plan.topic, plan.setting
        writers = {
            f"Anlage Erläuterungsbericht: {plan.title}": lambda title: write_explanation(title, topic, setting),
            f"Anlage Kostenberechnung: {plan.title}": lambda title: write_costs(title, setting),
            f"Anlage Synopse: {plan.title}": lambda title: write_comparison(title, topic, setting),
            f"Anlage Stellungnahme: {plan.title}": lambda title: write_statement(title, topic, setting),
        }
        most = 3 if plan.prefix == "BV" else 1
        chosen = self._dice.sample(list(writers), self._dice.randint(0, most))
        found = [self._numbers.document(name.split(":")[0], name, plan.date, writers[name](name)) for name in chosen]
        if special is Format.SCAN:
            found.append(self._numbers.document("Lageplan", "Anlage Lageplan (Scan)", plan.date, "", Format.SCAN))
        elif special:
            name = f"Anlage Synopse: {plan.title}"
            found.append(
                self._numbers.document("Synopse", name, plan.date, write_comparison(name, topic, setting), special)
            )
        return tuple(found)

    def _consult(self, plan: _Plan, step: int) -> Consultation:
        """A consultation of the paper, together with the agenda item it puts on that meeting."""
        slot, last = plan.slots[step], step == len(plan.slots) - 1
        role = {"MV": "Kenntnisnahme", "AF": "Kenntnisnahme", "AW": "Kenntnisnahme"}.get(plan.prefix, _role(last))
        number = self._numbers.consultation()
        item = self._numbers.item(slot, plan.title)
        result, resolution = None, None
        if slot.held:
            outcomes = {"Kenntnisnahme": ("zur Kenntnis genommen",), "Vorberatung": _ADVICE}.get(role, _DECISIONS)
            result = self._dice.choice(outcomes)
            if role != "Kenntnisnahme" and result not in ("vertagt", "zurückgezogen"):
                resolution = plan.setting.fill(self._dice.choice(plan.topic.resolution))
        documents: tuple[Document, ...] = ()
        if resolution and role == "Entscheidung" and self._dice.random() < 0.4:
            where = f"{slot.committee.name}, {german_day(slot.date)}"
            text = f"# Beschlussauszug\n{where}\n\n{resolution}\n\nErgebnis: {result}\n"
            documents = (
                self._numbers.document("Beschlussauszug", f"Beschlussauszug {plan.reference}", slot.date, text),
            )
        self._debated[item.number] = (plan.topic, plan.setting)
        slot.items.append(
            replace(
                item,
                paper=plan.number,
                consultation=number,
                result=result,
                resolution=resolution,
                documents=documents,
            )
        )
        return Consultation(number, slot.committee.number, role, role == "Entscheidung", slot.number, item.number)

    # Meetings

    def _write_meeting(self, slot: Slot) -> Meeting:
        committee = slot.committee
        meeting = Meeting(
            number=slot.number,
            name=f"{slot.number}. Sitzung {committee.name}",
            committee=committee.number,
            start=slot.start,
            end=slot.start + dt.timedelta(minutes=self._dice.randrange(70, 200)),
            room=self._profile.room,
            street_address="Marktgasse 1",
            held=slot.held and not slot.cancelled,
            cancelled=slot.cancelled,
            items=tuple(slot.items),
        )
        day = slot.date
        letter = write_invitation(self._name, meeting, committee)
        invitation = self._numbers.document(
            "Einladung", f"Einladung {committee.short_name}", _before(day, 8, self._today), letter
        )
        minutes: Document | None = None
        attachments: tuple[Document, ...] = ()
        if meeting.held and day < self._today - dt.timedelta(days=21):
            text = write_minutes(self._name, meeting, committee, self._people, self._debated, self._dice)
            minutes = self._numbers.document(
                "Niederschrift", f"Niederschrift {committee.short_name}", day + dt.timedelta(days=14), text
            )
        if meeting.held and slot.number % 5 == 0:
            attachments = (self._speech(slot),)
        return replace(meeting, invitation=invitation, minutes=minutes, attachments=attachments)

    def _speech(self, slot: Slot) -> Document:
        topic = self._dice.choice(read_topics())
        setting = draw_setting(self._dice, self._profile, self._name, slot.date)
        title = f"Präsentation zu {setting.fixed['quarter']}"
        return self._numbers.document("Präsentation", title, slot.date, write_statement(title, topic, setting))

    # Small parts

    def _routine(self, slot: Slot, names: Sequence[str]) -> None:
        for name in names:
            slot.items.append(self._numbers.item(slot, name))

    def _committee(self, key: str) -> Committee:
        return next(committee for committee in self._committees if committee.key == key)

    def _office(self, topic: Topic) -> Committee:
        return self._committee(f"office {topic.committee}")


def _role(last: bool) -> str:
    return "Entscheidung" if last else "Vorberatung"


def _before(day: dt.date, days: int, today: dt.date) -> dt.date:
    """So many days before, but never later than today."""
    return min(day - dt.timedelta(days=days), today)
