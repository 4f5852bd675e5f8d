"""Reading one page of a website without a council information system: bytes → council nouns. Pure: asks for nothing.

The order: is it a page at all? → its own part (`content_of`) → `listing` or `notice`, both reading titles
through `title`, files through `collector`, an invitation's agenda through `agenda`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from bs4 import BeautifulSoup, Tag

from council.notices import DEFAULT, Notices
from crawlers.notices.collector import Collector
from crawlers.notices.feed import is_feed, read_events, read_feed
from crawlers.notices.listing import read_entries
from crawlers.notices.meeting import meeting_details_in
from crawlers.notices.notice import above_agenda, announces_agenda, read_notice, read_sections, sections_of
from crawlers.notices.title import NoticeKind, Title, read_title
from crawlers.notices.urls import next_page, year_pages
from crawlers.parsing import access
from crawlers.parsing.errors import UnexpectedResponse, looks_like_html
from crawlers.parsing.html import apply_base, attribute, decoded, parsed, text
from crawlers.parsing.lines import lines_of
from crawlers.parsing.page import Page
from crawlers.parsing.silence import says_empty
from crawlers.parsing.visibility import mentions_nonpublic

_EXPECTED: Final = "a page of notices"
LIST, NOTICE, FEED = "notice-list", "notice", "feed"

_SINGLE: Final = (
    "article.single, body.single, .news-single, .news-detail, .com-content-article, .item-page, [itemprop=articleBody]"
    ", meta[property='og:type'][content=article], [itemtype$=NewsArticle]"
    ", [itemtype$='schema.org/Article'], .tx-news-single"
)
_LIST_TITLE = re.compile(
    r"\W*(?:(?:aktuelle|amtliche|öffentliche|alle|unsere|weitere|sonstige|ortsübliche|neueste|letzte)\s+)*"
    r"(?:(?:bekanntmachungen|amtsblätter|sitzungen|(?:rats|gemeinderats|stadtrats|gremien)?sitzungen|sitzungs(?:termine|kalender"
    r"|einladungen|protokolle|unterlagen|dienst)|niederschriften|protokolle|mitteilungen|meldungen|einladungen|gremien"
    r"|tagesordnungen|ausschreibungen|satzungen|verordnungen|bekanntgaben|veröffentlichungen|beschlüsse|termine)\b.*"
    r"|(?:amtsblatt|mitteilungsblatt)(?:[- ]?archiv)?(?:\s+(?:der|des|für)\s.*)?|aktuelles(?:\s.{0,40})?|archiv|news"
    r"|nachrichten|rathaus|bürgerservice|ortsrecht|amtliches|downloads?)\W*",
    re.IGNORECASE,
)
_NOTICE_WORDS = re.compile(
    r"bekanntmachung|satzung|ausschreibung|auslegung|verordnung|wahl|haushalt|bebauungsplan|flächennutzungsplan|verfügung"
    r"|widmung|beteiligung|aufstellung|zustellung|planfeststellung|jahresabschluss|beschluss|hinweis",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class NoticesPage(Page):
    """`after` is the next page of a list, `years` are the same list's pages of other years; all are in `follow` too.
    `ends` is False where the page does not end as pages do."""

    after: str | None = None
    years: tuple[str, ...] = ()
    ends: bool = True


def read_page(body: bytes, url: str, description: Notices = DEFAULT) -> NoticesPage:
    """Read one page: a list of notices, one notice, or a feed (RSS, Atom). `description` is the register's.

    Raises UnexpectedResponse where it is none of these or where a selector of the entry finds nothing; AccessDenied
    where it is an error, a log-in or an access check.
    """
    if not looks_like_html(body):
        found = "a PDF" if body.startswith(b"%PDF") else "no markup" if body else "nothing"
        raise UnexpectedResponse(url, "a page with notices", found, "Look at what the server sends there")
    collector = Collector(url)
    if is_feed(body):
        read_feed(body, collector, description)
        return _page(FEED, collector)
    page = parsed(body, url)
    _refuse(page, decoded(body), url)
    apply_base(page, url)
    after, years = next_page(page, url, description), tuple(dict.fromkeys(year_pages(page, url)))
    events = read_events(page, collector, description)
    head_title = text(page.title)
    single = page.select_one(_SINGLE) is not None
    shared_title = attribute(page.select_one("meta[property='og:title']"), "content")
    root = content_of(page, url, description)
    ends = b"</html" in body[-20_000:].lower() or b"</body" in body[-20_000:].lower()
    if not ends:
        collector.diagnostics.add(url, "the page does not end as pages do: it may be cut off")
    kind = _read(root, [head_title, shared_title], single, collector, description, events)
    if kind != LIST:
        after, years = None, ()
    for address in (after, *years):
        collector.follow(address)
    return _page(kind, collector, after, years, ends)


def _refuse(page: BeautifulSoup, markup: str, url: str) -> None:
    """Raise AccessDenied for an access check, a log-in or an error that answers like a page; UnexpectedResponse for an
    empty one."""
    if found := access.denial_announced(page, markup):
        raise access.denied(found, url, _EXPECTED)
    if text(page.body) is None:
        raise UnexpectedResponse(url, _EXPECTED, "a page without any text", "Look whether it needs JavaScript")


def _page(
    kind: str, collector: Collector, after: str | None = None, years: tuple[str, ...] = (), ends: bool = True
) -> NoticesPage:
    follow = tuple(
        address for address in collector.diagnostics.links if collector.id_of(address) not in collector.withheld
    )
    records = tuple(collector.records.values())
    return NoticesPage(kind, records, follow, tuple(collector.diagnostics.warnings), after, years, ends)


def _read(
    root: Tag, heads: list[str | None], single: bool, collector: Collector, description: Notices, events: int
) -> str:
    described = bool(description.item and root.select(description.item))
    if not described:
        title = _notice_title(root, heads, single, description)
        if title is not None:
            read_notice(root, title, collector, description)
            return NOTICE
    count = 0 if described else read_sections(root, collector, description)
    count += read_entries(root, collector, description)
    if count == 0 and not events and not says_empty(text(root) or ""):
        heading = (text(root.select_one("h1, h2")) or heads[0] or "")[:100]
        raise UnexpectedResponse(
            collector.url,
            "a list of notices, or a notice",
            f'a page "{heading}" without any that is dated or a document',
            "Write `item`, `title`, `date` and `link` into the entry as docs/systems/notices.md shows",
        )
    return LIST


def _notice_title(root: Tag, heads: list[str | None], single: bool, description: Notices) -> Title | None:
    """The title of the one notice that a page holds; None where it holds a list."""
    titles = [read_title(heading, description) for heading in _headings(root, heads)]
    sittings = {title.meeting for title in (_titles_below(root, description))}
    if len(sittings) > 1:
        return None
    for at, title in enumerate(titles[:2]):
        if title.announces or title.of_a_meeting or (title.nonpublic and title.kind is not NoticeKind.NOTICE):
            return None if at and not single and _lists_others(root, title.day, description) else title
    if _looks_like_list(root):
        return None
    if titles and _is_dated_invitation(titles[0], root, description):
        return titles[0]
    if title_of_text := _announced_in_text(root, titles, description):
        return title_of_text
    if not titles or _LIST_TITLE.fullmatch(titles[0].text):
        return None
    first = titles[0]
    if single or (first.issue and first.kind is NoticeKind.GAZETTE) or _NOTICE_WORDS.search(first.text):
        return first
    return None


def _titles_below(root: Tag, description: Notices) -> list[Title]:
    return [title for title, _ in sections_of(lines_of(root), description)]


def _lists_others(root: Tag, day: dt.date | None, description: Notices) -> bool:
    """Whether links on a page, whose first heading is not the notice's, are about meetings on other days."""
    listed = (read_title(words, description) for link in root.select("a[href]") if (words := text(link)))
    return len({title.day for title in listed if title.of_a_meeting or title.announces} - {day}) > 0


def _is_dated_invitation(title: Title, root: Tag, description: Notices) -> bool:
    """Whether a page's first heading invites a committee, and the text says when: "Termin: Donnerstag, 12.11.2026"."""
    if title.kind is not NoticeKind.INVITATION or title.committee is None or _LIST_TITLE.fullmatch(title.text):
        return False
    found = meeting_details_in(above_agenda(lines_of(root)), description.place)
    return (
        found.day is not None
        and (found.start is not None or found.cancelled)
        and not _lists_others(root, found.day, description)
    )


def _announced_in_text(root: Tag, titles: list[Title], description: Notices) -> Title | None:
    """The title of a notice whose agenda stands on the page, where only its text says which meeting that is of."""
    lines = lines_of(root)
    if not announces_agenda(lines):
        return None
    meeting = next((title for title in titles if title.kind is NoticeKind.INVITATION), None)
    announced = (read_title(line.text[:300], description) for line in above_agenda(lines)[:20] if not line.is_link)
    return meeting or next((title for title in announced if title.announces or title.nonpublic), None)


def _headings(root: Tag, heads: list[str | None]) -> list[str]:
    """What may be the page's title, the likeliest first."""
    own = [words for node in root.find_all("h1") if (words := text(node))]
    marked = root.select("[itemprop=headline], .entry-title")
    own += [words for node in marked if len(marked) == 1 and (words := text(node))]
    second = [words for node in root.find_all("h2") if node.find("a", href=True) is None and (words := text(node))]
    if len(second) == 1 or (not own and second):
        own += second[:1]
    return own + [re.split(r"\s+[|–-]\s+", head)[0] for head in heads if head and not own]


def _looks_like_list(root: Tag) -> bool:
    """Whether several parts of a page are alike, each with a heading or a day: entries, not paragraphs."""
    articles = [node for node in root.find_all("article") if node.find("a", href=True)]
    return len(articles) > 1


# --- the page's own part


_ROOTS: Final = (
    "main", "[role=main]", "#maincontent", "#main-content", "#content", "#inhalt", "#hauptinhalt", "#main",
    ".content-area",
    ".main-content", ".site-content", "#contentarea", "#content_main", "#seiteninhalt", ".inhalt", "body",
)  # fmt: skip
"""The first that is there once and holds text: TYPO3, Joomla, WordPress have main, others one of the ids."""
_NEVER: Final = (
    "script, style, noscript, template, iframe, svg, nav, footer, aside, [role=navigation], [role=search]"
    ", [role=complementary], [role=contentinfo], [role=banner]"
    ", .breadcrumb, .breadcrumbs, #breadcrumb, .menu, .navigation, .sidebar"
    ", .cookie, #cookie, .skip-link, .skiplinks, .sr-only, .visually-hidden, .screen-reader-text, .share, .social"
    ", .related, .tagcloud, .menu-item, .comments, #comments, .widget"
)
_PAGING: Final = (
    ".pagination, .pager, .page-navigation, .f3-widget-paginator, .nav-links, .paging, .blaettern, .seitenzahlen"
)
_OPENABLE = re.compile(r"accordion|akkordeon|collaps|panel|tab(?!le)|toggle|aufklapp|klapp|faq|spoiler", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def content_of(page: BeautifulSoup, url: str, description: Notices) -> Tag:
    """The page's own part. Takes everything else out of the tree: read the head and the paging before. Raises
    UnexpectedResponse where the entry names a part that is not there."""
    root = _root(page, url, description)
    for node in list(root.select(f"{_NEVER}, {_PAGING}")):
        if not node.decomposed and node is not root:
            node.decompose()
    for node in root.select("[style], [hidden]"):  # what follows a hidden heading of a non-public part is not public
        hidden = not node.decomposed and (node.has_attr("hidden") or _HIDDEN.search(str(node.get("style"))))
        if hidden and not _opens(node, page) and not mentions_nonpublic(node.get_text(" ")):
            node.decompose()
    for node in root.select("header"):
        if (
            not node.decomposed
            and node.find_parent(["main", "article", "section", "li"]) is None
            and root.name != "main"
        ):
            node.decompose()
    if description.exclude:
        for node in root.select(description.exclude):
            if not node.decomposed:
                node.decompose()
    return root


def _opens(node: Tag, page: BeautifulSoup) -> bool:
    """Whether something on the page shows what is hidden: accordions and tabs are closed until a person opens them."""
    name, classes = attribute(node, "id") or "", attribute(node, "class") or ""
    if _OPENABLE.search(f"{name} {classes}"):
        return True
    attributes = ("href", "data-target", "data-bs-target", "aria-controls")
    wanted = {f"#{name}", name} if name else set()
    return any(attribute(opener, key) in wanted for key in attributes for opener in page.select(f"[{key}]"))


def _root(page: BeautifulSoup, url: str, description: Notices) -> Tag:
    if description.content:
        found = page.select_one(description.content)
        if found is None:
            raise UnexpectedResponse(
                url, f"the content ({description.content})", "none", "Mend `content` in the entry, or leave it out"
            )
        return found
    for selector in _ROOTS:
        roots = page.select(selector)
        if len(roots) == 1 and len(text(roots[0]) or "") > 20:
            return roots[0]
    raise UnexpectedResponse(url, "a page with a body", "none", "Look at what the server sends there")
