"""Labels: the labelled values at the head of a page, by the element's id and by the label itself."""

from __future__ import annotations

from bs4 import Tag

from crawlers.allris4 import quirks
from crawlers.parsing.html import shown_text, text


class Labels:
    """What `#head` says. Ids (sidatum, vofamt) stay the same where labels are worded by each town."""

    def __init__(self, page: Tag) -> None:
        self._page = page
        self._by_label: dict[str, Tag] = {}
        for term in page.select("dt"):
            value = term.find_next_sibling()
            label = text(term)
            if label and isinstance(value, Tag) and value.name == "dd":
                self._by_label.setdefault(label.rstrip(": ").lower(), value)
        for term in page.select("th[scope=row], td.label, td.kb1"):
            value = term.find_next_sibling("td")
            label = text(term)
            if label and label.endswith(":") and isinstance(value, Tag):
                self._by_label.setdefault(label.rstrip(": ").lower(), value)

    def element(self, ids: tuple[str, ...], labels: tuple[str, ...] = ()) -> Tag | None:
        """The element with the first of these ids; else the value beside the first of these labels."""
        for name in ids:
            found = self._page.find(id=name)
            if isinstance(found, Tag):
                return found
        return next((self._by_label[label] for label in labels if label in self._by_label), None)

    def value(self, ids: tuple[str, ...], labels: tuple[str, ...] = ()) -> str | None:
        """Its text in one line, without what is hidden."""
        found = self.element(ids, labels)
        return shown_text(found) if found is not None else None

    def elements(self, name: str) -> list[Tag]:
        """Every element with this id: a page may give it to several."""
        return [one for one in self._page.find_all(id=name) if isinstance(one, Tag)]

    def has(self, *labels: str) -> bool:
        """Whether every one of these labels stands on the page."""
        return all(label in self._by_label for label in labels)


def heading(page: Tag) -> str | None:
    """The page's own heading, not that of a website around it."""
    for selector in ("h1.title", quirks.HEADING_IN_A_WEBSITE, "h1"):
        found = page.select(selector)
        if found:
            return shown_text(found[-1] if selector == "h1" else found[0])
    return None
