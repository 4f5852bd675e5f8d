"""The part of a page that is the page's own: without menus, side columns, search forms and footers."""

from __future__ import annotations

import re
from typing import Final

from bs4 import BeautifulSoup, Tag

from council.notices import Notices
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import attribute, text
from crawlers.parsing.visibility import mentions_nonpublic

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
    ways = ("href", "data-target", "data-bs-target", "aria-controls")
    wanted = {f"#{name}", name} if name else set()
    return any(attribute(one, way) in wanted for way in ways for one in page.select(f"[{way}]"))


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
