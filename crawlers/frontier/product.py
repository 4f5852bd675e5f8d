"""A product as the crawler knows it: one row of `crawlers.systems`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from crawlers.frontier.actions import Crawl
from crawlers.frontier.context import CrawlContext
from crawlers.parsing.page import Page


@dataclass(frozen=True, slots=True)
class Product:
    """One system. `read` is its reader, `begin` makes a crawl; `settings` are Scrapy's beside those of all crawls.
    `full_crawl_is_expensive`: it takes a request for every object, so one that was incomplete is not repeated at once.
    `lists_are_complete`: see `CrawlContext`."""

    read: Callable[[bytes, str], Page]
    begin: Callable[[CrawlContext], Crawl]
    settings: Mapping[str, Any] = field(default_factory=dict)
    full_crawl_is_expensive: bool = False
    lists_are_complete: bool = True
