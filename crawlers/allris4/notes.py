"""Notes: what the reading of one page brings to light beside its records."""

from __future__ import annotations

from dataclasses import dataclass, field

from bs4 import Tag

from crawlers.reading import NotUnderstood

_ENOUGH = 300


@dataclass(slots=True)
class Notes:
    """Collected while one page is read. `url` is where it came from, against which other addresses are resolved."""

    url: str
    not_understood: dict[NotUnderstood, None] = field(default_factory=dict)
    follow: dict[str, None] = field(default_factory=dict)

    def say(self, where: str, what: str) -> None:
        """Note one thing that was not understood, once; after 300 only that there are more."""
        if len(self.not_understood) < _ENOUGH:
            self.not_understood.setdefault(NotUnderstood(where, what))
        else:
            self.not_understood.setdefault(NotUnderstood("page", f"more than {_ENOUGH} notes: the rest is not listed"))

    def say_if_paged(self, tables: list[Tag]) -> None:
        """Note that a list goes on behind links that one session only understands (Wicket's navigator)."""
        page = next((table.find_parent("body") for table in tables), None)
        if page is not None and page.select_one("a[href*=pageLink], a[href*=navigator]") is not None:
            what = "the list has more pages, whose links answer in one session only: ask by month or committee"
            self.say("paging", what)

    def ask(self, address: str | None) -> None:
        """Note an address a spider would ask next; each once, in order."""
        if address is not None:
            self.follow.setdefault(address)
