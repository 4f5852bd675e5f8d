"""A meeting's own page (to010): its head, its documents and its agenda; and the page of one agenda item (to020).

The meeting of an item's page holds that one item: for a reader of a page, never to replace a meeting's whole agenda.
"""

from __future__ import annotations

import re
from typing import Final

from bs4 import Tag

from council.model import AgendaItem, Meeting, OrganizationRef
from crawlers.allris4 import quirks
from crawlers.allris4.agenda import COLUMNS, read_agenda
from crawlers.allris4.files import read_files
from crawlers.allris4.urls import KEYS, committee_number, is_own, linked_number, number_in, page_name, stable
from crawlers.parsing.agendas import Agenda, result_of
from crawlers.parsing.badges import read_badge
from crawlers.parsing.cancellation import bare_name, is_cancelled
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.heads import location, when
from crawlers.parsing.html import address, attribute, shown_text
from crawlers.parsing.labels import Label, Labels, LabelTable, pairs_by_id, pairs_in
from crawlers.parsing.lines import texts_of
from crawlers.parsing.references import leading_reference
from crawlers.parsing.tables import fields_of_header
from crawlers.parsing.verdicts import Evidence, is_proven_public
from crawlers.parsing.visibility import Section, names_nonpublic_file, section_of_heading, section_of_status

TABLE: Final = LabelTable(
    marks={
        Label.MEETING_NAME: ("sibetreff", "siname"),
        Label.ORGANIZATION: ("sigremium", "togremium"),
        Label.DATE: ("sidatum",),
        Label.TIME: ("sizeit",),
        Label.ROOM: ("siraum",),
        Label.PLACE: ("siort",),
        Label.OCCASION: ("sianlass",),
        Label.STATUS: ("tostatus", "toostatus", "sistatus"),
        Label.STATE: ("sistat",),
        Label.PAPER_STATUS: ("vostatus",),
        Label.ITEM_NUMBER: ("toname", "tonr", "tonummer"),
        Label.ITEM_NAME: ("tobetreff", "totext"),
        Label.RESULT: ("toBeschlussart", "tobeschlussart", "toba", "tobanr"),
        Label.PAPER_NAME: ("vobetreff",),
        Label.PAPER_TYPE: ("voart",),
        Label.REFERENCE: ("vonr", "vonummer"),
        Label.CREATED: ("vodatum",),
        Label.OFFICE: ("vofamt",),
        Label.ORGANIZATION_NAME: ("grname", "grbezeichnung"),
        Label.SHORT_NAME: ("grkurz", "grkurzname"),
        Label.ORGANIZATION_TYPE: ("grart",),
        Label.PERSON_NAME: ("kpname",),
    },
    labels={
        Label.ITEM_NUMBER: ("Nummer",),
        Label.ITEM_NAME: ("Tagesordnungspunkt",),
        Label.ORGANIZATION_NAME: ("Name",),
    },
    not_kept=("Status Beschluss", "NA"),
)


def labels_of(page: Tag) -> Labels:
    """What the head of a page says; where it stands in a website, not what that says around it."""
    own = page.select_one("#pageContent, #readOut, #allris, main")
    root = own if own is not None and own.select_one("dt") is not None else page
    return Labels((*pairs_by_id(page, TABLE), *pairs_in(root, "dt, th[scope=row], td.label, td.kb1", "dt")), TABLE)


def heading(page: Tag) -> str | None:
    """The page's own heading, not that of a website around it."""
    for selector in ("h1.title", quirks.HEADING_IN_A_WEBSITE, "h1"):
        found = page.select(selector)
        if found:
            return shown_text(found[-1] if selector == "h1" else found[0])
    return None


AGENDA = "table#toTreeTable, #toTable table, table.toTable"
DOCUMENTS = "#dokumenteHeaderPanel, #anlagenHeaderPanel, aside, #headRight"
_STATE = re.compile(r"\s*\((?!.*öffentlich)(?:sitzung|termin)\b[^)]*\)$", re.IGNORECASE)
"""What a status says of the meeting itself: "öffentlich (Sitzung abgeschlossen)"."""
_TITLE = re.compile(r"(?P<name>.+?)\s+-\s+(?P<day>\d{1,2}\.\d{1,2}\.\d{4})(?:.*)")


def read_meeting(page: Tag, diagnostics: Diagnostics) -> list[Meeting]:
    """The one meeting of the page. Raises UnexpectedResponse when its number is not known."""
    number = own_number(page, diagnostics.url, "to010")
    labels = labels_of(page)
    agenda = _agenda(page, number, section_of_status(_STATE.sub("", labels.text(Label.STATUS) or "")), diagnostics)
    documents = read_files(page.select(DOCUMENTS), diagnostics)
    items, files = agenda.with_files_once(documents)
    meeting = _head(number, labels, heading(page), diagnostics)
    labels.report_unknown(diagnostics)
    closed = {"withheld": agenda.closed_items(), "withheld_papers": agenda.closed_papers()}
    return [meeting.model_copy(update={"agenda": items, "files": files, **closed})]


def _head(number: str, labels: Labels, titled: str | None, diagnostics: Diagnostics) -> Meeting:
    """The meeting without its agenda. `titled` is the heading of its own page. That it is cancelled may stand at the
    committee and at the day as well."""
    title = _TITLE.fullmatch(titled or "")
    named = title["name"] if title else titled
    name = labels.text(Label.MEETING_NAME) or ((labels.text(Label.SUBJECT) or named) if titled is not None else None)
    state, status, day = _bare(labels.text(Label.STATE)), labels.text(Label.STATUS), labels.text(Label.DATE)
    is_dated = titled is not None or day is not None
    start, end = when(labels, title["day"] if title else None, diagnostics) if is_dated else (None, None)
    committees = map(shown_text, labels.elements(Label.ORGANIZATION))
    remarks = (name, state, status, titled, named, labels.text(Label.OCCASION), day, *committees)
    cancelled = is_cancelled(start, *remarks)
    return Meeting(
        native_id=number,
        source_url=stable(diagnostics.url, "to010", number),
        name=(bare_name(name) or name) if cancelled else name,
        start=start,
        end=end,
        cancelled=cancelled,
        state=state,
        location=location(labels.text(Label.ROOM), labels.text(Label.PLACE)),
        organization=_organization(labels, diagnostics),
    )


def own_number(page: Tag, url: str, name: str) -> str:
    """The page's own number: of the address asked for, else of what the page says of itself (reload, search form)."""
    number = number_in(url, name)
    if number:
        return number
    pattern = re.compile(rf"[?&;]{KEYS[name]}=(\d{{1,15}})")
    for link in page.select("form[action], nav#navIcon a[href], #navIcon a[href]"):
        written = attribute(link, "action") or attribute(link, "href") or ""
        target = address(link, url, "action" if link.name == "form" else "href")
        if target and is_own(target, url) and page_name(target) == name and (found := pattern.search(written)):
            return found[1]
    for script in page.select("script"):
        if "baseUrl" in (script.string or "") and (found := pattern.search(script.string or "")):
            return found[1]
    raise UnexpectedResponse(
        url, f"the number of this {name}", "none in its address or on it", "Give the page's address"
    )


def _agenda(page: Tag, number: str, section: Section | None, diagnostics: Diagnostics) -> Agenda:
    tables = page.select(AGENDA) or [
        table for table in page.select("table") if quirks.is_agenda(fields_of_header(table, COLUMNS))
    ]
    outer = [table for table in tables if not any(other is above for other in tables for above in table.parents)]
    agenda = Agenda()
    for table in outer:
        agenda.extend(read_agenda(table, number, _section_above(table) or section, diagnostics))
    return agenda


def _section_above(table: Tag) -> Section | None:
    """The section that the nearest heading above the table names, for each section may have a table of its own."""
    above = table.find_previous(["h2", "h3", "h4"])
    return section_of_heading(shown_text(above) or "") if isinstance(above, Tag) else None


def _organization(labels: Labels, diagnostics: Diagnostics) -> tuple[OrganizationRef, ...]:
    shown = labels.elements(Label.ORGANIZATION)
    found: dict[OrganizationRef, None] = {}
    for link in (link for committee in shown for link in committee.select("a[href]")):
        target = address(link, diagnostics.url)
        number = committee_number(target) if target and is_own(target, diagnostics.url) else None
        if number and (name := bare_name(shown_text(link))):
            found.setdefault(OrganizationRef(native_id=number, name=name))
        if gremium := linked_number(link, diagnostics.url, "gr020"):
            diagnostics.links.add(stable(diagnostics.url, "gr020", gremium))
    names = [name for committee in shown if (name := bare_name(shown_text(committee)))]
    return tuple(found) or tuple(OrganizationRef(name=name) for name in names)


def _bare(written: str | None) -> str | None:
    return (written.strip(" ()") or None) if written else None


_SHOWN = re.compile(r"(?:^|\bTOP\s+|[\-–:]\s+)((?:Ö|ö|N|NÖ|nö)\s?[\d.]+\w?)\b")
_DECIDED = re.compile(r"(?:\w*beschlu(?:ss|ß)|abstimmung|protokollauszug)(?!vorschlag)", re.IGNORECASE)
_FOLDING = re.compile(r"\s+(?:aus|ein)(?:blenden|klappen)$")


def read_item(page: Tag, diagnostics: Diagnostics) -> list[Meeting]:
    """The meeting with this one item; with none where the page does not prove it public. Nothing where the page does
    not name its meeting, which is reported."""
    number = own_number(page, diagnostics.url, "to020")
    labels = labels_of(page)
    meeting = (
        _linked(page, "to010", diagnostics)
        or quirks.meeting_in_address(diagnostics.url)
        or _only_meeting(page, diagnostics)
    )
    if meeting is None:
        diagnostics.add("meeting", "the page does not lead to its meeting: the item is left out")
        return []
    name = labels.text(Label.ITEM_NAME)
    named = _paper_named(page, shown_text(page.select_one("#vobetreff")), diagnostics)
    shown = _shown_number(page, labels)
    paper = _linked(page, "vo020", diagnostics)
    evidence = Evidence(badge=read_badge(shown), titles=(name or named[1],), statuses=(_status(labels),))
    if not is_proven_public(evidence, "item", diagnostics):
        closed = {"withheld": (number,), "withheld_papers": (paper,) if paper else ()}
        return [_head(meeting, labels, None, diagnostics).model_copy(update=closed)]
    item = AgendaItem(
        native_id=number,
        number=read_badge(shown).number,
        name=name or named[1],
        public=True,
        paper=paper,
        reference=named[0],
        resolution_text=_resolution(page),
        result=result_of(labels.text(Label.RESULT)),
        files=tuple(read_files(page.select(DOCUMENTS), diagnostics)),
    )
    labels.report_unknown(diagnostics)
    diagnostics.links.add(stable(diagnostics.url, "to010", meeting))
    if paper:
        diagnostics.links.add(stable(diagnostics.url, "vo020", paper))
    return [_head(meeting, labels, None, diagnostics).model_copy(update={"agenda": (item,)})]


def _status(labels: Labels) -> str | None:
    """The item's or the meeting's, never the paper's that stands beside them (`#vostatus`). One that is marked and
    empty says nothing, whatever else is labelled so."""
    status = next(iter(labels.places(Label.STATUS)), None)
    if status is None or attribute(status, "id") == "vostatus" or status.select_one("#vostatus") is not None:
        return None
    return shown_text(status)


def _shown_number(page: Tag, labels: Labels) -> str | None:
    labelled = labels.text(Label.ITEM_NUMBER)
    for written in (labelled, heading(page)):
        found = _SHOWN.search(written or "")
        if found:
            return found[1]
    return labelled if labelled and len(labelled) < 15 else None


def _linked(page: Tag, name: str, diagnostics: Diagnostics) -> str | None:
    """The object that the head leads to; texts below link to others."""
    heads = page.select("#head, .header") or [page]
    links = [link for head in heads for link in head.select("a[href]") if link.find_parent(class_="docPart") is None]
    return next((number for link in links if (number := linked_number(link, diagnostics.url, name))), None)


def _only_meeting(page: Tag, diagnostics: Diagnostics) -> str | None:
    """The one meeting that the page's own part leads to, outside of texts and tables."""
    links = [link for link in page.select("#pageContent a[href], main a[href]") if link.find_parent("table") is None]
    outside = (link for link in links if link.find_parent(class_="docPart") is None)
    found = {number for link in outside if (number := linked_number(link, diagnostics.url, "to010"))}
    return found.pop() if len(found) == 1 else None


def _paper_named(page: Tag, subject: str | None, diagnostics: Diagnostics) -> tuple[str | None, str | None]:
    """Reference and subject of the item's paper: of the line that names it, "DRS. 25/161 Haushaltssatzung", else the
    text of a link to it is the reference."""
    reference, rest = leading_reference(subject) if subject else (None, None)
    if reference is None:
        links = (link for link in page.select("a[href]") if linked_number(link, diagnostics.url, "vo020"))
        written = (words for link in links if (words := shown_text(link)) and words != subject)
        reference = next((words for words in written), None)
    return reference, rest


def _resolution(page: Tag) -> str | None:
    """What was decided, and the vote: the texts in the folds that are called so. Where a fold's heading is empty, the
    tooltip of the link that folds it tells ("Beschluss ausblenden")."""
    folds = ((_fold_title(node), node) for node in page.select(".docPart"))
    texts = (
        "\n".join(texts_of(node))
        for title, node in folds
        if title and _DECIDED.match(title) and not names_nonpublic_file(title)
    )
    return "\n\n".join(words for words in texts if words) or None


def _fold_title(text_node: Tag) -> str | None:
    heading_above = text_node.find_previous_sibling(["h2", "h3"])
    written = shown_text(heading_above) if isinstance(heading_above, Tag) else None
    if written:
        return written
    fold = next((parent for parent in text_node.parents if parent.select_one(".expcol") is not None), None)
    link = fold.select_one(".expcol a") if fold is not None else None
    tip = attribute(link, "data-simpletooltip-text") or attribute(link, "title")
    return _FOLDING.sub("", tip) if tip else None
