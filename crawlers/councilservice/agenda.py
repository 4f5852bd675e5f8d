"""Topics: the agenda of a session, nested; only what is proven public becomes an item.

Most municipalities give non-public items `visibility` 0; others give all of them 1 and mark the labels "Ö: …" and
"NÖ: …" (see quirks). Where an agenda marks public items, one without is not proven.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from council.model import AgendaItem
from crawlers.councilservice import quirks
from crawlers.councilservice.files import read_documents
from crawlers.parsing.agendas import Agenda, in_order
from crawlers.parsing.badges import Badge, Marking, read_badge
from crawlers.parsing.json_fields import Fields
from crawlers.parsing.verdicts import AgendaSections, Evidence, Visibility
from crawlers.parsing.visibility import Section, section_of_heading

_REFERENCE = re.compile(
    r"(?<![^\W_])((?:[BIMA]V|DS|AN|Beschlussvorlage|Vorlage|Drucksache)(?:-[A-ZÄÖÜ]{1,5})?)(?:[\s.-]*Nr\.?)?"
    r"[\s:.-]*(\d{1,4})\s*[/_]\s*(\d{4}|\d{2})(?!\d)"
)
_REFERENCE_AS_WRITTEN = re.compile(
    r"(?<![^\W_])(?!E[UG]/)([A-ZÄÖÜ]{1,5})/(?:\d{4}/\d{1,5}|\d{1,5}/(?:19|20)\d\d|\d{1,5}/\d\d)(?![\d/])"
)
_REFERENCE_BY_YEAR = re.compile(
    r"(?<![^\W_])([BIMA]V|DS|AN|(?:[Bb]eschluss|[Ii]nformations|[Mm]itteilungs)?[Vv]orlage|Drucksache)(?:[\s.-]*Nr\.?)?[\s:.-]+"
    r"((?:19|20)\d\d/\d{1,5})(?![\d/])"
)
_DEEPEST = 12


@dataclass(slots=True)
class _Topics:
    """One agenda while it is read. `view` is the meeting's human page; `is_marked`: its labels say which items are
    public."""

    view: str | None
    is_marked: bool
    agenda: Agenda = field(default_factory=Agenda)
    sections: AgendaSections = field(default_factory=lambda: AgendaSections(Section.PUBLIC))


def read_topics(entry: Fields, view: str | None) -> Agenda:
    """The public items in the council's order, and what is withheld. `view`: the meeting's human page."""
    labels = (topic.line("label") for topic in _all(entry, "topics"))
    topics = _Topics(view, any(_is_marked(label) for label in labels if label))
    _walk(entry, "topics", None, topics)
    return topics.agenda


def reference_in(label: str) -> tuple[str, str] | None:
    """(the kind of paper, its reference) of the last number in a label: "… (BV 33/2026)" → ("BV", "BV 33/2026"). A year
    of two digits is one of this century, so that "BV 033/26" is the same. "BV/2026/0033", "BV/033/2026" and
    "Vorlage 2026/033" stay as they are written."""
    patterns = (_REFERENCE_AS_WRITTEN, _REFERENCE_BY_YEAR, _REFERENCE)
    found = (match for pattern in patterns for match in pattern.finditer(label))
    last = max(found, key=lambda match: match.start(), default=None)
    if last is None:
        return None
    if last.re is _REFERENCE_AS_WRITTEN:
        return last[1], last[0]
    if last.re is _REFERENCE_BY_YEAR:
        return last[1], f"{last[1]} {last[2]}"
    kind, number, year = last[1], int(last[2]), last[3]
    return kind, f"{kind} {number}/{year if len(year) == 4 else f'20{year}'}"


def _all(holder: Fields, key: str, depth: int = 0) -> Iterator[Fields]:
    for topic in holder.objects(key):
        yield topic
        if depth < _DEEPEST:
            yield from _all(topic, "children", depth + 1)


def _marks_and_name(label: str) -> tuple[str, str]:
    """What a label says of being public, and its name; a heading ("Ö-Teil") is a name and no mark."""
    bare = quirks.without_added(label)
    return ("", bare) if section_of_heading(bare) else quirks.marks_and_name(bare)


def _is_marked(label: str) -> bool:
    marks, _ = _marks_and_name(label)
    return read_badge(marks).marking is Marking.PUBLIC


def _walk(holder: Fields, key: str, parent: str | None, topics: _Topics, depth: int = 0) -> None:
    for topic in in_order(list(holder.objects(key)), lambda topic: topic.number("position")):
        _read_topic(topic, parent, topics, depth)


def _read_topic(topic: Fields, parent: str | None, topics: _Topics, depth: int) -> None:
    marks, name = _marks_and_name(topic.line("label") or "")
    if section_of_heading(name) is Section.PUBLIC and topic.is_one("visibility"):
        topics.sections.enter(Section.PUBLIC)
        _walk(topic, "children", None, topics, depth + 1)
    elif _is_public(topic, marks, name, topics) and depth <= _DEEPEST:
        number = _number(topic, parent)
        _add_item(topic, name if topics.is_marked else f"{name} {marks}", number, topics)
        _walk(topic, "children", number, topics, depth + 1)
    else:
        _withhold(topic, topics.agenda)


def _is_public(topic: Fields, marks: str, name: str, topics: _Topics) -> bool:
    """Whether a topic is proven public: by its flag, which counts in the public part only, and by its mark where others
    have one."""
    badge, number = read_badge(marks), read_badge(topic.line("numeration", "custom_numeration"))
    is_denied = Marking.NONPUBLIC in (badge.marking, number.marking)
    is_visible = topic.is_one("visibility") and topics.sections.section is Section.PUBLIC
    declared = Visibility.PUBLIC if is_visible and name else Visibility.NONPUBLIC
    if topics.is_marked and badge.marking is not Marking.PUBLIC and declared is Visibility.PUBLIC:
        declared = Visibility.UNPROVEN
    evidence = Evidence(
        badge=Badge(Marking.NONPUBLIC if is_denied else number.marking, number.number),
        titles=(name,),
        declared=declared,
    )
    return topics.sections.proves_public(evidence, topic.where, topic.diagnostics)


def _number(topic: Fields, parent: str | None) -> str | None:
    """A child's number is "1" under "3" or already "3.1"."""
    own = topic.line("numeration", "custom_numeration")
    return f"{parent}.{own}" if own and parent and "." not in own.rstrip(".") else own


def _add_item(topic: Fields, name: str, number: str | None, topics: _Topics) -> None:
    native = topic.ident("id")
    if native is None:
        topic.diagnostics.add(topic.where, "expected a topic with an id, found none: left out")
        return
    reference = reference_in(name)
    item = AgendaItem(
        native_id=native,
        number=number,
        order=len(topics.agenda.items),
        name=name.strip() or None,
        public=True,
        paper=reference[1] if reference else None,
        consultation=native if reference else None,
        reference=reference[1] if reference else None,
        files=read_documents(topic, "documents-topic", topics.view),
    )
    topics.agenda.items.append(item)


def _withhold(topic: Fields, agenda: Agenda) -> None:
    """Leave an item out with all below it: only their numbers are kept, and those of their papers and documents."""
    for below in (topic, *_all(topic, "children")):
        reference = reference_in(below.line("label") or "")
        if number := below.ident("id"):
            agenda.withheld_items.setdefault(number)
        if reference:
            agenda.withheld_papers.setdefault(reference[1])
        documents = below.objects("documents-topic")
        agenda.withheld_files.update(number for document in documents if (number := document.ident("id")))
