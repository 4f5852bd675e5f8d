"""A whole crawl of a simulated server in memory, without network, Scrapy and archive: each page of it is read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any
from urllib.parse import urljoin, urlsplit

import yaml

from archive.run import RunMode
from council.model import Record
from council.municipality import AdministrationKind, Municipality
from crawlers.frontier.actions import Answer, Emit, Fetch
from crawlers.frontier.context import CrawlContext
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.systems import PRODUCTS
from tests.crawlers.frontier.driving import HeldInMemory
from tests.whole.content import Content, content_of_records
from tests.whole.products.product import Product
from townhall.server.loopback import Asked

REDIRECTS = 5


class SimulatedCrawl:
    """One full crawl, driven to its end. `page_types`: how many pages of each were read, in the product's own names;
    `refused`: the answers that the reader did not take for a page, by what it says."""

    def __init__(self, product: Product, server: Any, settings: str = "") -> None:
        """`settings`: the lines of the register's entry, where they are not the product's usual ones."""
        self._server, self._cookies = server, dict[str, str]()
        self._read = PRODUCTS[product.system].read
        self.page_types: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.held = HeldInMemory()
        day = dt.datetime.combine(server.municipality.day, dt.time(12), dt.UTC)
        context = CrawlContext(_municipality(product, server, settings), RunMode.FULL, {}, self.held, lambda: day)
        self._crawl = PRODUCTS[product.system].begin(context)
        self._waiting: list[Fetch] = []
        self._take(self._crawl.start())
        while self._waiting:
            fetch = max(self._waiting, key=lambda waiting: waiting.priority)
            self._waiting.remove(fetch)
            answer = self._ask(fetch)
            self._note(answer)
            self._take(self._crawl.handle_answer(fetch, answer))

    def content(self) -> Content:
        """What is held, in words of no vendor; files by their names alone, for none is asked for."""
        return content_of_records(list(self.held.records.values()), lambda file: "")

    def _take(self, actions: Any) -> None:
        for action in actions:
            match action:
                case Fetch():
                    self._waiting.append(action)
                case Emit():
                    self._hold(action.record)

    def _hold(self, record: Record) -> None:
        key = (record.kind, record.native_id)
        self.held.records[key] = record
        self.held.written.add(key)

    def _ask(self, fetch: Fetch) -> Answer:
        url = fetch.url
        for _ in range(REDIRECTS):
            parts = urlsplit(url)
            headers = {name.lower(): value for name, value in fetch.headers.items()}
            cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
            asked = Asked(parts.path or "/", parts.query, headers | {"cookie": cookie}, fetch.body.decode())
            answer = self._server.answer(asked)
            if "Set-Cookie" in answer.headers:
                name, _, value = answer.headers["Set-Cookie"].partition(";")[0].partition("=")
                self._cookies[name] = value
            if "Location" not in answer.headers or not fetch.follow_redirects:
                break
            url = urljoin(url, answer.headers["Location"])
        return Answer(url, answer.status, answer.body, answer.media_type)

    def _note(self, answer: Answer) -> None:
        try:
            self.page_types[self._read(answer.body, answer.url).page] += answer.status == 200
        except (UnexpectedResponse, AccessDenied) as refusal:
            self.refused[type(refusal).__name__] += 1


def _municipality(product: Product, server: Any, settings: str) -> Municipality:
    more = yaml.safe_load(settings or product.settings(server)) or {}
    return Municipality(
        key="prueflingen", name="Prüflingen", kind=AdministrationKind.STADT, ags="15999001", system=product.system,
        url=server.url, **more,
    )  # fmt: skip
