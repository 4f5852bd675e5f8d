"""Topics: the agenda of a session, nested; only what is proven public becomes an item.

Most towns give non-public items `visibility` 0; others give all of them 1 and mark the labels "Ö: …" and "NÖ: …" (see
quirks). Where an agenda marks public items, one without is not proven.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from council.model import AgendaItem
from crawlers.councilservice import quirks
from crawlers.councilservice.fields import Fields
from crawlers.councilservice.files import read_documents
from crawlers.parsing.visibility import (
    Section,
    ends_public_section,
    is_nonpublic_number,
    names_nonpublic_item,
    section_of_heading,
)

_NUMBERING = re.compile(r"^(?:TOP\s*)?\d{1,3}(?:\.\d{1,3})*\s*[.):]?\s+(?=N?\s?Ö\s*[:.)\-–])")
_PUBLIC_END = re.compile(r"\s*[(\[]\s*(?:Ö|öffentlich)\s*[)\]]\s*$", re.IGNORECASE)
_NONPUBLIC_END = re.compile(r"[(\[]\s*N\.?\s?Ö\.?\s*[)\]]\s*$", re.IGNORECASE)
_SHUTS = re.compile(
    r"(?:beginn|eröffnung)\s+(?:des|der)\s+nicht[\s\-–]*öffentlichen|(?:in\s+)?geschlossene[rn]?\s+(?:teil|sitzung)"
    r"|(?:ausschlu(?:ss|ß)|ausschließung)\s+der\s+öffentlichkeit|herstellung\s+der\s+nicht[\s\-–]*öffentlichkeit"
    r"|nicht[\s\-–]*öffentliche[rn]?\s+(?:teil|sitzung)",
    re.IGNORECASE,
)
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
class Topics:
    """The public items with their references, and what was withheld."""

    items: list[AgendaItem] = field(default_factory=list)
    withheld: dict[str, None] = field(default_factory=dict)
    withheld_papers: dict[str, None] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    is_marked: bool = False
    is_open: bool = True


def read_topics(entry: Fields, session: str) -> Topics:
    """The public items in the council's order."""
    topics = Topics()
    topics.is_marked = any(_is_marked(label) for topic in _all(entry, "topics") if (label := topic.line("label")))
    _walk(entry, "topics", None, session, topics)
    for item in topics.items:
        topics.withheld_papers.pop(item.paper or "", None)
    return topics


def reference_in(label: str) -> tuple[str, str] | None:
    """(the kind of paper, its reference) of the last number in a label: "… (BV 33/2026)" → ("BV", "BV 33/2026"). A year
    of two digits is one of this century, so that "BV 033/26" is the same. "BV/2026/0033", "BV/033/2026" and
    "Vorlage 2026/033" stay as they are written."""
    ways = (_REFERENCE_AS_WRITTEN, _REFERENCE_BY_YEAR, _REFERENCE)
    last = max((one for way in ways for one in way.finditer(label)), key=lambda one: one.start(), default=None)
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


def _core(label: str) -> str:
    """The label without the note that the item was added, and without a number before its mark."""
    return _NUMBERING.sub("", quirks.without_added(label), count=1).strip()


def _is_marked(label: str) -> bool:
    is_marked = quirks.PUBLIC_MARK.match(_core(label)) or _PUBLIC_END.search(label)
    return bool(is_marked) and section_of_heading(label) is None


def _walk(holder: Fields, key: str, parent: str | None, session: str, topics: Topics, depth: int = 0) -> None:
    held = list(holder.objects(key))
    places = [topic.number("position") for topic in held]
    known = [place for place in places if place is not None]
    if len(set(known)) == len(held):
        held = [topic for _, topic in sorted(zip(known, held, strict=True), key=lambda pair: pair[0])]
    for topic in held:
        _read_topic(topic, parent, session, topics, depth)


def _read_topic(topic: Fields, parent: str | None, session: str, topics: Topics, depth: int) -> None:
    label = topic.line("label") or ""
    core = _core(label)
    heading, is_visible = section_of_heading(core), topic.is_one("visibility")
    if heading is Section.PUBLIC and is_visible:
        topics.is_open = True
        _walk(topic, "children", None, session, topics, depth + 1)
        return
    shuts = heading is Section.NONPUBLIC or bool(_SHUTS.match(core))
    if shuts and not quirks.is_placeholder(core):
        topics.is_open = False
    is_taken = topics.is_open and is_visible and depth <= _DEEPEST and _is_public(topic, label, core, topics)
    number = _number(topic, parent)
    if is_taken:
        _take(topic, label, number, session, topics)
    else:
        _withhold(topic, topics)
    if quirks.closes_public_part(core) or ends_public_section(core):
        topics.is_open = False
    if is_taken:
        _walk(topic, "children", number, session, topics, depth + 1)


def _is_public(topic: Fields, label: str, core: str, topics: Topics) -> bool:
    """Whether a visible item in the public part says nothing else of itself, and has the mark where others have it."""
    number = topic.line("numeration", "custom_numeration") or ""
    says_no = quirks.NONPUBLIC_MARK.match(core) or _NONPUBLIC_END.search(label) or names_nonpublic_item(core)
    if says_no or quirks.is_placeholder(core) or _SHUTS.match(core) or is_nonpublic_number(number) or not label:
        return False
    if topics.is_marked and not _is_marked(label):
        topic.diagnostics.add(
            topic.where, "expected the mark of a public item as others here have it, found none: left out"
        )
        return False
    return True


def _number(topic: Fields, parent: str | None) -> str | None:
    """A child's number is "1" under "3" or already "3.1"."""
    own = topic.line("numeration", "custom_numeration")
    return f"{parent}.{own}" if own and parent and "." not in own.rstrip(".") else own


def _take(topic: Fields, label: str, number: str | None, session: str, topics: Topics) -> None:
    native = topic.ident("id")
    if native is None:
        topic.diagnostics.add(topic.where, "expected a topic with an id, found none: left out")
        return
    core = _core(label)
    name = _PUBLIC_END.sub("", quirks.PUBLIC_MARK.sub("", core, count=1)) if topics.is_marked else core
    reference = reference_in(name)
    item = AgendaItem(
        native_id=native,
        number=number,
        order=len(topics.items),
        name=name or None,
        public=True,
        paper=reference[1] if reference else None,
        consultation=native if reference else None,
        reference=reference[1] if reference else None,
        files=read_documents(topic, "documents-topic", session),
    )
    topics.items.append(item)


def _withhold(topic: Fields, topics: Topics) -> None:
    """Leave an item out with all below it: only their numbers are kept, and those of their papers and documents."""
    for one in (topic, *_all(topic, "children")):
        reference = reference_in(one.line("label") or "")
        if number := one.ident("id"):
            topics.withheld.setdefault(number)
        if reference:
            topics.withheld_papers.setdefault(reference[1])
        topics.closed.update(number for held in one.objects("documents-topic") if (number := held.ident("id")))
