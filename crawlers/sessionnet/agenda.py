"""The agenda of a meeting: its public items, and the numbers of what is withheld; and one item's own page (to0050).

An item's page, or the part that an agenda loads (to0058), gives a meeting with this one item: for a reader of a page,
never to replace a meeting's whole agenda.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from bs4 import BeautifulSoup, Tag

from council.model import AgendaItem, Meeting
from crawlers.parsing.agendas import Agenda
from crawlers.parsing.badges import Badge, Marking, read_badge
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import classes_of
from crawlers.parsing.labels import Label, Labels
from crawlers.parsing.restricted_markers import is_restricted
from crawlers.parsing.verdicts import AgendaSections, Evidence, verdict_on_item
from crawlers.parsing.visibility import Section
from crawlers.sessionnet import quirks
from crawlers.sessionnet.agenda_lines import Heading, Item, Line, item_number, own_marks, paragraphs
from crawlers.sessionnet.files import document_numbers, read_links
from crawlers.sessionnet.labels import PRODUCT, TABLE, in_content, is_within, labels_of, shown, title_of
from crawlers.sessionnet.urls import MEETING_PAGES, PAPER_PAGES, number, only_number_in, page_name, page_url, target

_REPORTER = re.compile(r"\s*\bBericht(?:erstatter(?:in|/in|\*in|:in)?|erstattung):\s.*$", re.DOTALL)
_OPEN_RESULT = re.compile(r"\(?(?:offen|-|–|\.{3}|ohne|kein(?:e|er)?)\)?\.?", re.IGNORECASE)
_NO_TITLE: Final = (
    "p[class*=smc_field_smcdv]", ".smc-documents", "table", ".badge", ".smc-badges", "ul.smc-detail-list", "form",
    ".smc-doc-icon",
)  # fmt: skip
_LONGEST_TITLE: Final = 10_000
_DECISIONS: Final = (Label.RESULT, Label.VOTE, Label.RESOLUTION)
_LONGEST_RESULT: Final = 200
_LONGEST_REFERENCE: Final = 60
_OF_PAPERS: Final = frozenset({"smc_field_voname", "smc_datatype_vo"})


def consultation_id(paper: str, meeting: str) -> str:
    """The native id of a paper's consultation in a meeting: the agenda and the paper's own page both can tell it."""
    return f"{paper}/{meeting}"


def read_agenda(lines: Iterable[Line], meeting: str, diagnostics: Diagnostics) -> Agenda:
    """The agenda of these lines. Public is what has the badge Ö, or stands below a public heading; nothing else."""
    agenda, sections = Agenda(), AgendaSections()
    has_items = False
    for place, line in enumerate(lines):
        where = f"agenda line {place + 1}"
        if isinstance(line, Heading):
            if line.part is None:
                is_end = sections.section is Section.PUBLIC or not has_items
                what = "the public part ends here" if is_end else "outside the public part"
                diagnostics.add(where, f"a heading that is not known: {what}")
            sections.enter(line.part)
            _withhold(line.node, agenda, diagnostics)
            continue
        title, has_items = _title(line), True
        if sections.proves_public(_evidence(line, title), where, diagnostics):
            _add(line, title, meeting, agenda, where, diagnostics)
        else:
            _withhold_item(line, meeting, agenda, diagnostics)
    closed = agenda.withheld_files
    agenda.items = [
        item.model_copy(update={"files": tuple(file for file in item.files if file.native_id not in closed)})
        for item in agenda.items
    ]
    return agenda


def withheld_in(agenda: Agenda, meeting: str) -> tuple[str, ...]:
    """Items, and papers' consultations, that stand in the non-public part only."""
    return (*agenda.closed_items(), *(consultation_id(paper, meeting) for paper in agenda.closed_papers()))


def _title(item: Item) -> str | None:
    raw = (shown(item.title, *_NO_TITLE) or "")[:_LONGEST_TITLE]
    for label, _ in item.details:
        raw = re.split(rf"\s{re.escape(label)}:\s", raw, maxsplit=1, flags=re.IGNORECASE)[0] if raw else raw
    return (quirks.without_late_mark(_REPORTER.sub("", raw)).strip() or None) if raw else None


def _evidence(item: Item, title: str | None) -> Evidence:
    marks = (mark for node in item.nodes for mark in own_marks(node))
    return Evidence(badge=read_badge(item.number), titles=(title,), is_restricted=is_restricted(marks))


def _add(item: Item, title: str | None, meeting: str, agenda: Agenda, where: str, diagnostics: Diagnostics) -> None:
    number_shown = read_badge(item.number).number
    if title is None:
        diagnostics.add(where, "an item without a title")
    swallowed = item.swallowed()
    for table in swallowed:
        diagnostics.add(where, "lines of an agenda within the row: left out with all they link to")
        _withhold(table, agenda, diagnostics)
    papers = _papers(item, diagnostics)
    if len(papers) > 1:
        diagnostics.add(where, f"{len(papers)} papers: the first is taken for the item's own")
    paper, reference = papers[0] if papers else (None, None)
    result, resolution = results([detail for detail in item.details if not is_within(detail[1], swallowed)])
    order = len(agenda.items)
    native = item.native or f"{meeting}/{number_shown or f'line {order + 1}'}"
    is_taken = any(other.native_id == native for other in agenda.items)
    agenda.items.append(
        AgendaItem(
            native_id=f"{native}/{order + 1}" if is_taken else native,
            number=number_shown,
            order=order,
            name=title,
            public=True,
            consultation=consultation_id(paper, meeting) if paper else None,
            paper=paper,
            reference=reference,
            result=result,
            resolution_text=resolution,
            files=read_links(item.links(), diagnostics),
        )
    )
    for native, _ in papers:
        diagnostics.links.add(paper_page(native, diagnostics.url))


def paper_page(native: str, base: str) -> str:
    """The page of a paper; of motions, which have numbers of their own, theirs."""
    if native.startswith("ag"):
        return page_url(base, "ag0050", "kagnr", native.removeprefix("ag"))
    return page_url(base, "vo0050", "kvonr", native)


def paper_of(link: Tag, base: str) -> str | None:
    """The native id of the paper that a link leads to; "ag" stands before the numbers of motions and inquiries."""
    found = target(link, base)
    if found is None or page_name(found) not in PAPER_PAGES | {"vo0053", "ag0053"}:
        return None
    motion = number(found, "kagnr")
    return f"ag{motion}" if motion else number(found, "kvonr")


def _papers(item: Item, diagnostics: Diagnostics) -> list[tuple[str, str | None]]:
    """The papers of an item with their references: the link's text, where that is one."""
    found: dict[str, str | None] = {}
    for link in item.links():
        paper = paper_of(link, diagnostics.url)
        if paper:
            found[paper] = found.get(paper) or _reference(link, item)
    return list(found.items())


def _reference(link: Tag, item: Item) -> str | None:
    is_own = bool(_OF_PAPERS & classes_of(link)) or link.find_parent(class_="tovo") is not None
    in_title = item.title is not None and is_within(link, [item.title])
    return None if in_title and not is_own else reference_in(link)


def reference_in(link: Tag) -> str | None:
    """What a link to a paper says, where that may be the paper's reference: it is short and has a digit."""
    words = shown(link, ".sr-only")
    return words if words and len(words) <= _LONGEST_REFERENCE and any(sign.isdigit() for sign in words) else None


def results(details: list[tuple[str, Tag]]) -> tuple[str | None, str | None]:
    """What was decided: the short result, and the text of the resolution with the vote below it."""
    texts: dict[Label, str] = {}
    for label, node in details:
        field = next((field for field in _DECISIONS if TABLE.names(label, field)), None)
        words = re.sub(rf"^{re.escape(label)}\s*:\s*", "", shown(node) or "", flags=re.IGNORECASE).strip()
        if field and words and not _OPEN_RESULT.fullmatch(words):
            is_wording = field is Label.RESULT and len(words) > _LONGEST_RESULT
            texts.setdefault(Label.RESOLUTION if is_wording else field, words)
    vote = f"Abstimmung: {texts[Label.VOTE]}" if Label.VOTE in texts else None
    resolution = "\n".join(filter(None, (texts.get(Label.RESOLUTION), vote)))
    return texts.get(Label.RESULT), resolution or None


def _withhold_item(item: Item, meeting: str, agenda: Agenda, diagnostics: Diagnostics) -> None:
    if item.native:
        agenda.withheld_items.setdefault(item.native)
    elif (badge := read_badge(item.number)).number:
        prefix = "N " if badge.marking is Marking.NONPUBLIC else ""  # Both parts may count from 1.
        agenda.withheld_items.setdefault(f"{meeting}/{prefix}{badge.number}")
    for node in item.nodes:
        _withhold(node, agenda, diagnostics)


def _withhold(node: Tag, agenda: Agenda, diagnostics: Diagnostics) -> None:
    if native := item_number(node, diagnostics.url):
        agenda.withheld_items.setdefault(native)
    for link in node.select("a[href]"):
        if paper := paper_of(link, diagnostics.url):
            agenda.withheld_papers.setdefault(paper)
    agenda.withheld_files |= document_numbers(node, diagnostics.url)


_NUMBER: Final = re.compile(
    r"^(?:TOP|Tagesordnungspunkt)?\s*((?:N?Ö|N|ö|nö)\s*\.?\s*[\d.]+\w?|[\d.]+\w?)\s*[:\-–.)]?\s+(.*)$"
)
_TEXTS: Final = ".smcdocmsword, .smc-dv-text, .smcdv6_data"
_LONGEST_TEXT: Final = 200_000


def read_item(page: BeautifulSoup, diagnostics: Diagnostics) -> list[Meeting]:
    """The meeting with this one item; with none where the page does not prove it public, or does not name its
    meeting, both of which are noted. Raises UnexpectedResponse where it is no item's page."""
    native = number(diagnostics.url, "ktonr") or number(diagnostics.url, "smctonr")
    if native is None:
        raise UnexpectedResponse(diagnostics.url, "an agenda item with its number (ktonr)", "none", "Look at the page")
    labels = labels_of(page)
    badge, title = _heading(page, labels)
    meeting = _meeting(page, diagnostics)
    if meeting is None:
        diagnostics.add("meeting", "the page does not lead to its meeting: the item is left out")
        return []
    if not _is_public(page, labels, badge, title):
        diagnostics.add("item", "nothing on the page proves the item public: left out")
        return [Meeting(native_id=meeting, withheld=(native,))]
    paper = _paper(page, diagnostics)
    result, resolution = results([*paragraphs(page), *_labelled(labels)])
    text = "\n".join(filter(None, map(shown, page.select(_TEXTS))))[:_LONGEST_TEXT]
    item = AgendaItem(
        native_id=native,
        number=badge.number,
        name=title,
        public=True,
        consultation=consultation_id(paper[0], meeting) if paper else None,
        paper=paper[0] if paper else None,
        reference=paper[1] if paper else None,
        result=result,
        resolution_text=text or resolution,
        files=read_links(in_content(page, "a[href], form"), diagnostics),
    )
    if paper:
        diagnostics.links.add(paper_page(paper[0], diagnostics.url))
    return [Meeting(native_id=meeting, agenda=(item,))]


def _heading(page: BeautifulSoup, labels: Labels) -> tuple[Badge, str | None]:
    """The number and title: of their own cells; else of the heading "Ö 3.1 - Neubau"."""
    badge = page.select_one("h1 .badge, h2 .badge, .smc-badge-top, span.badge")
    number_shown = labels.text(Label.ITEM_NUMBER) or shown(badge)
    headings = (shown(node, ".badge") for node in page.select("h1"))
    title = labels.text(Label.ITEM_NAME) or next(filter(None, headings), None)
    title = title or PRODUCT.sub("", title_of(page.title) or "") or None
    found = _NUMBER.match(title or "")
    if found:
        return read_badge(number_shown or found[1]), found[2]
    return read_badge(number_shown), title


def _meeting(page: Tag, diagnostics: Diagnostics) -> str | None:
    native = number(diagnostics.url, "ksinr") or only_number_in(
        page, diagnostics.url, "ksinr", *MEETING_PAGES, "to0045"
    )
    for link in page.select("a[href]"):
        address = target(link, diagnostics.url)
        if native and address and page_name(address) in MEETING_PAGES and number(address, "ksinr") == native:
            diagnostics.links.add(page_url(address, page_name(address) or "si0057", "ksinr", native))
            break
    return native


def _is_public(page: Tag, labels: Labels, badge: Badge, title: str | None) -> bool:
    marks = (mark for heading in page.select("h1, h2, .card-header") for mark in own_marks(heading))
    evidence = Evidence(
        badge=badge, titles=(title,), statuses=(labels.text(Label.STATUS),), is_restricted=is_restricted(marks)
    )
    return verdict_on_item(evidence).is_public


def _labelled(labels: Labels) -> list[tuple[str, Tag]]:
    words = {Label.RESULT: "ergebnis", Label.VOTE: "abstimmung", Label.RESOLUTION: "beschlusstext"}
    return [(label, value) for field, label in words.items() if (value := labels.element(field)) is not None]


def _paper(page: Tag, diagnostics: Diagnostics) -> tuple[str, str | None] | None:
    links = ((link, paper_of(link, diagnostics.url)) for link in in_content(page, "a[href]"))
    return next(((paper, reference_in(link)) for link, paper in links if paper), None)
