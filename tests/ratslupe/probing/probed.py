"""Probes in tests: each in a process of its own, since Scrapy's reactor starts once; and a server of invented pages."""

from __future__ import annotations

import multiprocessing
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from ratslupe.probing.probe import Probed, probe
from townhall.server.loopback import Answer, Asked, LoopbackServer

HTML = "text/html; charset=utf-8"
LONGEST = 600

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["ratslupe.probing.probe"])


def probed(url: str, **more: Any) -> Probed:
    """The probe of an address, by the real way, in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=_SERVER) as pool:
        return pool.submit(_probe, url, more).result(LONGEST)


def _probe(url: str, more: dict[str, Any]) -> Probed:
    return probe(url, **more)


def page(body: str, title: str = "Musterstadt", head: str = "") -> Answer:
    """An HTML page."""
    whole = f'<!DOCTYPE html><html lang="de"><head><title>{title}</title>{head}</head><body>{body}</body></html>'
    return Answer(200, whole.encode(), HTML)


class PagesServer(LoopbackServer):
    """Answers what a table of paths says; 404 for all else. `asked` are the paths that came, in order."""

    def __init__(self, pages: Mapping[str, Answer], robots: str | None = None, host: str = "127.0.0.1") -> None:
        super().__init__(host=host)
        self._pages = dict(pages)
        self._robots = robots
        self.asked: list[str] = []

    def kind_of(self, path: str) -> str:
        return "robots" if path == "/robots.txt" else "page"

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked.path)
        if asked.path == "/robots.txt" and self._robots is not None:
            return Answer(200, self._robots.encode(), "text/plain")
        missing = Answer(404, b"<html><head><title>404</title></head><h1>Nicht gefunden</h1></html>", HTML)
        return self._pages.get(asked.path, missing)
