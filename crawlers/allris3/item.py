"""An agenda item's own page (to020): the item with its decision, on the meeting it belongs to.

The meeting it gives holds this one item: for a reader of a page, never to replace a meeting's whole agenda.
"""

from __future__ import annotations

from bs4 import Tag

from council.model import AgendaItem, File, FileRole, Meeting
from crawlers.allris3.diagnostics import Diagnostics
from crawlers.allris3.embedded import TextBlock
from crawlers.allris3.files import read_files
from crawlers.allris3.labels import labels_of, shown_result
from crawlers.allris3.meeting import location, organizations, own_number, when
from crawlers.allris3.urls import Link, beside, links_in
from crawlers.allris3.visibility import own_marks
from crawlers.parsing.badges import read_badge
from crawlers.parsing.cancellation import is_cancelled
from crawlers.parsing.html import shown_text, text
from crawlers.parsing.labels import Field, Labels
from crawlers.parsing.restricted_markers import is_restricted
from crawlers.parsing.verdicts import Evidence, is_proven_public
from crawlers.parsing.visibility import Section, section_of_status

_TITLES = ("Auszug - ", "Tagesordnungspunkt - ", "Beschluss - ", "Niederschriftsauszug - ", "TOP - ")


def read_item(root: Tag, blocks: tuple[TextBlock, ...], diagnostics: Diagnostics) -> list[Meeting]:
    """The meeting with this one item; with none where the page does not prove it public. Nothing where the page does
    not name its meeting, which is noted."""
    number = own_number(root, "to020", diagnostics)
    labels = labels_of(root)
    links = list(links_in(root, diagnostics))
    meeting = next((one for one in links if one.page == "to010" and one.number()), None)
    if meeting is None:
        diagnostics.add("meeting", "the page does not lead to its meeting: the item is left out")
        return []
    paper = next((one for one in links if one.page == "vo020" and one.number()), None)
    papers = tuple(one for one in [paper.number() if paper else None] if one)
    shown = labels.text(Field.ITEM_NUMBER)
    name = _name(root, labels)
    if not _is_public(root, labels, shown, name, paper is not None, diagnostics):
        closed = _meeting(meeting, labels, (), links, diagnostics)
        return [closed.model_copy(update={"withheld": (number,), "withheld_papers": papers})]
    item = AgendaItem(
        native_id=number,
        number=read_badge(shown).number,
        name=name,
        public=True,
        paper=paper.number() if paper else None,
        reference=_reference(links, paper),
        result=shown_result(labels.text(Field.RESULT)),
        resolution_text=_resolution(blocks),
        files=(*_minutes(blocks, number), *read_files([root], number, diagnostics)),
    )
    labels.report_unknown(diagnostics)
    diagnostics.links.add(meeting.stable)
    diagnostics.links.add(paper.stable if paper else None)
    return [_meeting(meeting, labels, (item,), links, diagnostics)]


def _is_public(
    root: Tag, labels: Labels, shown: str | None, name: str | None, has_paper: bool, diagnostics: Diagnostics
) -> bool:
    """Proven by the Ö before the number, else by the status of a meeting that is public as a whole. The second
    "Status:" is the paper's."""
    own, *others = [shown_text(value) for value in labels.elements(Field.STATUS)] or [None]
    papers = others[-1] if has_paper and others else None
    denied = papers if section_of_status(papers) is Section.NONPUBLIC else None
    marks = (mark for node in root.select("td.text1, #tonr, h1") for mark in own_marks(node))
    evidence = Evidence(
        badge=read_badge(shown), titles=(name,), statuses=(own, denied), is_restricted=is_restricted(marks)
    )
    return is_proven_public(evidence, "item", diagnostics)


def _name(root: Tag, labels: Labels) -> str | None:
    labelled = labels.text(Field.ITEM_NAME)
    title = text(root.select_one("#risname h1, #risname_raw h1, h1.title, h1"))
    for start in _TITLES:
        if title and title.startswith(start):
            return labelled or title.removeprefix(start)
    return labelled or title


def _reference(links: list[Link], paper: Link | None) -> str | None:
    """The first word of "25/085 Annahme von Zuwendungen", where it is a number."""
    for link in links:
        said = shown_text(link.node)
        if paper and link.page == "vo020" and not link.is_form and link.number() == paper.number() and said:
            first = said.split(" ")[0]
            return first if any(one.isdigit() for one in first) else None
    return None


def _resolution(blocks: tuple[TextBlock, ...]) -> str | None:
    """The decision as it was taken, and the vote below it."""
    said = [one.text if one.code == "BS" else one.written() for one in blocks if one.code in {"BS", "AE"}]
    return "\n\n".join(said) or None


def _minutes(blocks: tuple[TextBlock, ...], number: str) -> list[File]:
    """The item's minutes, which stand in the page and in no file."""
    said = "\n\n".join(one.text for one in blocks if one.code == "WP")
    if not said:
        return []
    return [
        File(
            native_id=f"{number}/text", role=FileRole.MINUTES, name="Wortprotokoll", media_type="text/plain", text=said
        )
    ]


def _meeting(
    link: Link,
    labels: Labels,
    agenda: tuple[AgendaItem, ...],
    links: list[Link],
    diagnostics: Diagnostics,
) -> Meeting:
    number = link.number() or ""
    texts = [
        shown_text(one.node) for one in links if one.page == "to010" and not one.is_form and one.number() == number
    ]
    name = labels.text(Field.MEETING_NAME) or next((one for one in texts if one), None)
    start, end = when(labels, None, diagnostics)
    return Meeting(
        native_id=number,
        source_url=link.stable or beside(diagnostics, "to010", number),
        name=name,
        start=start,
        end=end,
        cancelled=is_cancelled(start, name),
        location=location(labels),
        organization=organizations(labels, diagnostics),
        agenda=agenda,
    )
