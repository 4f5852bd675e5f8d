"""One crawl, from the lock to the closed run: the only way in for whoever wants a municipality visited."""

from __future__ import annotations

import datetime as dt
import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess

from archive.archive import Archive, ArchiveUnavailable
from archive.run import KindCount, Outcome, Run, RunMode
from archive.run_reader import RunReader
from archive.run_writer import RunWriter
from council.municipality import Municipality
from crawlers.fetching.scrapy_spider import CouncilSpider
from crawlers.frontier.conclusions import FULL_THROUGH
from crawlers.frontier.context import ALL_READ, LISTS_READ
from crawlers.frontier.report import CrawlReport
from crawlers.lock import crawl_lock
from crawlers.settings import CrawlSettings, scrapy_settings
from crawlers.systems import PRODUCTS

FULL_EVERY = dt.timedelta(days=7)
"""Many servers never report deletions, so a run that compares whole lists comes at least this often."""

STOPPING: Final = (signal.SIGINT, signal.SIGTERM)

LOG = logging.getLogger("ratslupe.crawl")


def crawl(municipality: Municipality, archive: Archive, settings: CrawlSettings, full: bool = False) -> Run:
    """Visit one municipality in this process, which can do so only once in its life (Scrapy's reactor does not start
    twice). `full`: compare everything, not only what changed. Returns the run as it stands in the archive.
    Raises CrawlRunning."""
    with crawl_lock(archive, municipality.key):
        archive.blobs.sweep_parts()
        run_writer = RunWriter(archive, municipality.key)
        runs = RunReader(archive)
        product = PRODUCTS[municipality.system]
        memory = run_writer.memory()
        last_full = _last_full(runs, municipality.key, memory, product.full_crawl_is_expensive)
        mode = choose_mode(last_full, archive.clock(), full)
        with _ending_in_order() as pass_on:
            run_writer.begin(mode)
            started = time.monotonic()
            process = quiet_process(scrapy_settings(municipality, settings) | dict(product.settings))
            crawler = process.create_crawler(CouncilSpider)
            crawler.signals.connect(pass_on, signal=signals.spider_opened, weak=False)
            process.crawl(
                crawler,
                municipality=municipality,
                archive=archive,
                run_writer=run_writer,
                mode=mode,
                memory=memory,
                last_success=_last_success(runs, municipality.key, memory),
                product=product,
            )
            process.start(install_signal_handlers=True)
            spider = crawler.spider
            stats = crawler.stats.get_stats() if crawler.stats else {}
            if not isinstance(spider, CouncilSpider):
                run_writer.finish(Outcome.FAILED, "the spider did not start; see the log", {}, [], (0, 0), 0.0)
            else:
                _close(spider, run_writer, stats, time.monotonic() - started)
        return runs.history(municipality.key, 1)[0]


@contextmanager
def _ending_in_order() -> Iterator[Callable[[], None]]:
    """A run that is begun is closed, too: what asks this process to stop before Scrapy listens waits for the function
    that is given to be called. Handlers, not a mask of signals: other threads would take them."""
    asked: list[int] = []
    before = {number: signal.signal(number, lambda number, _: asked.append(number)) for number in STOPPING}

    def pass_on() -> None:
        for number in asked:
            os.kill(os.getpid(), number)

    try:
        yield pass_on
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def quiet_process(settings: dict[str, Any]) -> AsyncCrawlerProcess:
    """Scrapy's process; making it turns on all of Scrapy's own talk, which is turned down again."""
    talk = logging.getLogger("scrapy")
    talk.propagate = False
    process = AsyncCrawlerProcess(settings)
    talk.setLevel(logging.ERROR)
    # What the run's report tells in a sentence, Scrapy would tell with a stack trace: an unreachable robots.txt, and an
    # archive that cannot be written.
    logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
    logging.getLogger("scrapy.core.scraper").addFilter(_is_no_fault_of_the_archive)
    talk.propagate = True
    return process


def _is_no_fault_of_the_archive(line: logging.LogRecord) -> bool:
    return not (line.exc_info and isinstance(line.exc_info[1], ArchiveUnavailable | OSError))


def choose_mode(last_full: dt.datetime | None, now: dt.datetime, full: bool) -> RunMode:
    """Full when asked for, when there was no full run yet, or when that was too long ago."""
    return RunMode.FULL if full or last_full is None or now - last_full >= FULL_EVERY else RunMode.INCREMENTAL


def _last_success(runs: RunReader, key: str, memory: dict[str, Any]) -> dt.datetime | None:
    """When the last run began that read all its lists: files that failed are asked for again without them."""
    if LISTS_READ in memory:
        return dt.datetime.fromisoformat(memory[LISTS_READ])
    complete = runs.last_complete().get(key)  # of a release that did not remember it
    return complete.started_at if complete else None


def _last_full(runs: RunReader, key: str, memory: dict[str, Any], is_expensive: bool) -> dt.datetime | None:
    """When the last full run read everything. Where it is expensive, one that got through counts though pages were
    missing: the next run asks for these again."""
    if is_expensive:
        return dt.datetime.fromisoformat(memory[FULL_THROUGH]) if FULL_THROUGH in memory else None
    if ALL_READ in memory:
        return dt.datetime.fromisoformat(memory[ALL_READ])
    complete = runs.last_full().get(key)
    return complete.started_at if complete else None


def _close(spider: CouncilSpider, run_writer: RunWriter, stats: dict[str, Any], seconds: float) -> None:
    spider.flush()
    context, report = spider.context, spider.report
    counts = dict(spider.writer.counts)
    for kind, listed in report.lists.items():
        count = counts.setdefault(kind.value, KindCount())
        count.listed = len(listed.taken) if listed.finished and context.is_full else None
    if report.withheld:
        report.warnings["left out as not public"] = report.withheld
    _count_files(report)
    outcome, detail = report.outcome(str(stats.get("finish_reason", "shutdown")))
    traffic = (int(stats.get("downloader/request_count", 0)), int(stats.get("downloader/response_bytes", 0)))
    run_writer.remember(context.memory)
    run_writer.finish(outcome, detail, counts, report.warned(), traffic, seconds, context.mode)


def _count_files(report: CrawlReport) -> None:
    """Files that should have come and did not for now make the run incomplete; those the source itself does not
    have are only told of."""
    if report.files_failed_for_now:
        report.incomplete.append(f"{report.files_failed_for_now} files could not be had this time")
