"""An agenda item's own page (to020): the item with its result, on the meeting it belongs to.

The meeting it gives holds this one item: for a reader of a page, never to replace a meeting's whole agenda.
"""

from __future__ import annotations

import re

from bs4 import Tag

from council.model import AgendaItem, Meeting, OrganizationRef
from crawlers.allris4 import quirks
from crawlers.allris4.files import read_files
from crawlers.allris4.labels import heading, labels_of
from crawlers.allris4.meeting import DOCUMENTS, own_number
from crawlers.allris4.urls import committee_number, is_own, linked_number, stable
from crawlers.parsing.agendas import result_of
from crawlers.parsing.badges import read_badge
from crawlers.parsing.cancellation import bare_name, is_cancelled
from crawlers.parsing.clocks import moments, times_in
from crawlers.parsing.dates import reported_day
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.html import address, attribute, shown_text, text
from crawlers.parsing.labels import Field, Labels
from crawlers.parsing.lines import texts_of
from crawlers.parsing.references import leading_reference
from crawlers.parsing.verdicts import Evidence, is_proven_public
from crawlers.parsing.visibility import names_nonpublic_file

_NUMBER = re.compile(r"[?&;]TOLFDNR=(\d{1,15})")
_SHOWN = re.compile(r"(?:^|\bTOP\s+|[\-–:]\s+)((?:Ö|ö|N|NÖ|nö)\s?[\d.]+\w?)\b")
_DECIDED = re.compile(r"(?:\w*beschlu(?:ss|ß)|abstimmung|protokollauszug)(?!vorschlag)", re.IGNORECASE)
_FOLDING = re.compile(r"\s+(?:aus|ein)(?:blenden|klappen)$")


def read_item(page: Tag, diagnostics: Diagnostics) -> list[Meeting]:
    """The meeting with this one item; with none where the page does not prove it public. Nothing where the page does
    not name its meeting, which is noted."""
    number = own_number(page, diagnostics.url, "to020", _NUMBER)
    labels = labels_of(page)
    meeting = (
        _linked(page, "to010", diagnostics)
        or quirks.meeting_in_address(diagnostics.url)
        or _only_meeting(page, diagnostics)
    )
    if meeting is None:
        diagnostics.add("meeting", "the page does not lead to its meeting: the item is left out")
        return []
    name = labels.text(Field.ITEM_NAME)
    named = _paper_named(page, shown_text(page.select_one("#vobetreff")), diagnostics)
    shown = _shown_number(page, labels)
    paper = _linked(page, "vo020", diagnostics)
    if not _is_public(name or named[1], shown, labels, diagnostics):
        closed = _meeting(meeting, labels, (), diagnostics)
        papers = (paper,) if paper else ()
        return [closed.model_copy(update={"withheld": (number,), "withheld_papers": papers})]
    item = AgendaItem(
        native_id=number,
        number=read_badge(shown).number,
        name=name or named[1],
        public=True,
        paper=paper,
        reference=named[0],
        resolution_text=_resolution(page),
        result=result_of(labels.text(Field.RESULT)),
        files=tuple(read_files(page.select(DOCUMENTS), diagnostics)),
    )
    labels.report_unknown(diagnostics)
    diagnostics.links.add(stable(diagnostics.url, "to010", meeting))
    if paper:
        diagnostics.links.add(stable(diagnostics.url, "vo020", paper))
    return [_meeting(meeting, labels, (item,), diagnostics)]


def _is_public(name: str | None, shown: str | None, labels: Labels, diagnostics: Diagnostics) -> bool:
    evidence = Evidence(badge=read_badge(shown), titles=(name,), statuses=(_status(labels),))
    return is_proven_public(evidence, "item", diagnostics)


def _status(labels: Labels) -> str | None:
    """The item's or the meeting's, never the paper's that stands beside them (`#vostatus`)."""
    shown = labels.element(Field.STATUS)
    return None if shown is None or shown.select_one("#vostatus") is not None else shown_text(shown)


def _shown_number(page: Tag, labels: Labels) -> str | None:
    labelled = labels.text(Field.ITEM_NUMBER)
    for said in (labelled, heading(page)):
        found = _SHOWN.search(said or "")
        if found:
            return found[1]
    return labelled if labelled and len(labelled) < 15 else None


def _linked(page: Tag, name: str, diagnostics: Diagnostics) -> str | None:
    """The object that the head leads to; texts below link to others."""
    heads = page.select("#head, .header") or [page]
    links = [link for head in heads for link in head.select("a[href]") if link.find_parent(class_="docPart") is None]
    return next((one for link in links if (one := linked_number(link, diagnostics.url, name))), None)


def _only_meeting(page: Tag, diagnostics: Diagnostics) -> str | None:
    """The one meeting that the page's own part leads to, outside of texts and tables."""
    links = [one for one in page.select("#pageContent a[href], main a[href]") if one.find_parent("table") is None]
    outside = (one for one in links if one.find_parent(class_="docPart") is None)
    found = {number for one in outside if (number := linked_number(one, diagnostics.url, "to010"))}
    return found.pop() if len(found) == 1 else None


def _paper_named(page: Tag, subject: str | None, diagnostics: Diagnostics) -> tuple[str | None, str | None]:
    """Reference and subject of the item's paper: of the line that names it, "DRS. 25/161 Haushaltssatzung", else the
    text of a link to it is the reference."""
    reference, rest = leading_reference(subject) if subject else (None, None)
    if reference is None:
        links = (one for one in page.select("a[href]") if linked_number(one, diagnostics.url, "vo020"))
        said = (one for link in links if (one := shown_text(link)) and one != subject)
        reference = next((one for one in said), None)
    return reference, rest


def _resolution(page: Tag) -> str | None:
    """What was decided, and the vote: the texts in the folds that are called so. Where a fold's heading is empty, the
    tooltip of the link that folds it tells ("Beschluss ausblenden")."""
    folds = ((_fold_title(one), one) for one in page.select(".docPart"))
    texts = (
        "\n".join(texts_of(part))
        for title, part in folds
        if title and _DECIDED.match(title) and not names_nonpublic_file(title)
    )
    return "\n\n".join(one for one in texts if one) or None


def _fold_title(part: Tag) -> str | None:
    heading_above = part.find_previous_sibling(["h2", "h3"])
    said = shown_text(heading_above) if isinstance(heading_above, Tag) else None
    if said:
        return said
    fold = next((one for one in part.parents if one.select_one(".expcol") is not None), None)
    link = fold.select_one(".expcol a") if fold is not None else None
    tip = attribute(link, "data-simpletooltip-text") or attribute(link, "title")
    return _FOLDING.sub("", tip) if tip else None


def _meeting(number: str, labels: Labels, agenda: tuple[AgendaItem, ...], diagnostics: Diagnostics) -> Meeting:
    name = labels.text(Field.MEETING_NAME)
    said = labels.text(Field.DATE)
    times = times_in(labels.text(Field.TIME))
    start, end = moments(reported_day(bare_name(said), "date", diagnostics), times.begin, times.end)
    committee = labels.text(Field.ORGANIZATION)
    cancelled = is_cancelled(start, name, said, committee)
    return Meeting(
        native_id=number,
        source_url=stable(diagnostics.url, "to010", number),
        name=(bare_name(name) or name) if cancelled else name,
        start=start,
        end=end,
        cancelled=cancelled,
        organization=_organization(labels, diagnostics),
        agenda=agenda,
    )


def _organization(labels: Labels, diagnostics: Diagnostics) -> tuple[OrganizationRef, ...]:
    shown = labels.element(Field.ORGANIZATION)
    if shown is None:
        return ()
    target = address(shown.select_one("a[href]"), diagnostics.url)
    number = committee_number(target) if target and is_own(target, diagnostics.url) else None
    name = bare_name(text(shown))
    return (OrganizationRef(native_id=number, name=name),) if name or number else ()
