"""Downloads of files: what the archive wants, asked for with its validators, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.file import AskAgain, FailedFile, WantedFile
from archive.file_writer import FileWriter
from crawlers.fetching.failures import failure_reason
from crawlers.fetching.retry import unexpected_html
from crawlers.fetching.robots import ForbiddenByRobots, RobotsUnreachable
from crawlers.frontier.context import CrawlContext
from crawlers.frontier.files import FilePolicy, HostFailures
from crawlers.parsing.access import denial_in_body, kind_of_status
from crawlers.parsing.errors import DenialKind

WITHDRAWN: Final = frozenset({DenialKind.LOGIN, DenialKind.FORBIDDEN, DenialKind.GONE})
REFUSED: Final = frozenset(DenialKind) - {DenialKind.GONE, DenialKind.SESSION_EXPIRED, DenialKind.ERROR_PAGE}
REFUSED_FOR_GOOD: Final = frozenset(range(400, 500)) - {408, 425, 429}
"""What is wrong with the request itself (RFC 9110, 15.5), but for those that ask to come later."""
CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """The bytes of a file, as they came."""

    url: str
    body: bytes
    media_type: str | None
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class FileUnchanged:
    """304: the bytes that are held are still the ones."""

    url: str


class FileDownloads:
    """The files of one crawl. `upgraded` makes https of the municipality's own http addresses."""

    def __init__(
        self, files: FileWriter, context: CrawlContext, policy: FilePolicy, upgraded: Callable[[str], str]
    ) -> None:
        self._files, self._report, self._policy, self._upgraded = files, context.report, policy, upgraded
        self._hosts = HostFailures(context.memory, context.clock())

    def chunks(self, is_full: bool) -> Iterator[Iterator[Request | FailedFile]]:
        """The requests of all files that are wanted, some at a time; each is made when it is taken."""
        self._report.files_wanted = self._files.count_wanted(is_full)
        after = ""
        while wanted := self._files.wanted(is_full, after, CHUNK):
            after = wanted[-1].url
            yield (self._request_or_failure(file) for file in wanted if not self._is_left_alone(file))

    def _is_left_alone(self, file: WantedFile) -> bool:
        why = self._hosts.why_left_alone(_host(file.url))
        if why:
            self._report.mark_incomplete(why)
        return why is not None

    def _request_or_failure(self, file: WantedFile) -> Request | FailedFile:
        try:
            return self.request(file)
        except ValueError as error:  # one address that is none must not keep the others from being asked for
            self._report.files_done += 1
            return self.mark_failed(file.url, f"not an address: {error}", withdrawn=False, again=AskAgain.NEVER)

    def request(self, file: WantedFile) -> Request:
        """The request for one file. Raises ValueError where its address is none."""
        headers = {}
        if file.etag:
            headers["If-None-Match"] = file.etag
        if file.last_modified:
            headers["If-Modified-Since"] = file.last_modified
        meta: dict[str, Any] = {"expect": file.declared_media_type or "application/octet-stream"}
        if not self._policy.follow_redirects:
            meta["dont_redirect"] = True
        return Request(
            self._policy.address(self._upgraded(file.url)),
            callback=self.handle_answer,
            errback=self.handle_no_answer,
            headers=headers,
            meta=meta,
            cb_kwargs={"url": file.url},
            dont_filter=True,
        )

    def handle_answer(self, response: Response, url: str) -> Iterator[Any]:
        """What came for a file."""
        self._report.files_done += 1
        if response.status == 304 and response.request is not None and _is_conditional(response.request):
            yield FileUnchanged(url)
        elif response.status != 200:
            kind, is_final = kind_of_status(response.status), response.status in REFUSED_FOR_GOOD
            is_gone = kind in WITHDRAWN
            again = AskAgain.LATER if is_gone or is_final else AskAgain.SOON
            yield self.mark_failed(url, f"HTTP {response.status}", is_gone, again, kind in REFUSED)
        elif response.request is not None and unexpected_html(response.request, response):
            yield self._page_for_file(response, url)
        elif not response.body:
            yield self.mark_failed(url, "an empty answer", withdrawn=False, again=AskAgain.SOON)
        else:
            self._hosts.succeeded()
            yield FileAnswer(
                url,
                response.body,
                _header(response, "Content-Type"),
                _header(response, "ETag"),
                _header(response, "Last-Modified"),
            )

    def _page_for_file(self, response: Response, url: str) -> FailedFile:
        """A page came instead of a file: an access check, the system's word that it is not for everybody, or any."""
        denial = denial_in_body(response.body, response.url)
        if denial and denial.kind is DenialKind.FORBIDDEN:
            return self.mark_failed(url, denial.words, withdrawn=True, again=AskAgain.LATER, refused=True)
        if denial and denial.kind.keeps_out:
            return self.mark_failed(url, denial.words, withdrawn=False, again=AskAgain.SOON, refused=True)
        expected = response.request.meta["expect"] if response.request else "a file"
        reason = f"an HTML page came where {expected} was to come"
        return self.mark_failed(url, reason, withdrawn=False, again=AskAgain.SOON)

    def handle_no_answer(self, failure: Failure) -> Iterator[Any]:
        """No answer for a file at all. One that robots.txt forbids is told of, and is no failure of the source."""
        self._report.files_done += 1
        url = failure.request.cb_kwargs["url"]  # type: ignore[attr-defined]
        reason = failure_reason(failure)
        if isinstance(failure.value, ForbiddenByRobots):
            self._report.warn(f"file: {reason}", url)
            yield FailedFile(url, reason, withdrawn=False, again=AskAgain.LATER)
        else:
            for_good = isinstance(failure.value, IgnoreRequest) and not isinstance(failure.value, RobotsUnreachable)
            again = AskAgain.LATER if for_good else AskAgain.SOON
            yield self.mark_failed(url, reason, withdrawn=False, again=again)

    def mark_failed(self, url: str, reason: str, withdrawn: bool, again: AskAgain, refused: bool = False) -> FailedFile:
        """Report it. Some failures tell the address that was asked."""
        reason = self._policy.mask(reason)
        self._report.files_failed_for_now += not withdrawn
        if refused or not withdrawn:
            left_alone = self._hosts.failed(_host(url), reason, refused)
            if left_alone:
                self._report.mark_incomplete(left_alone)
        self._report.warn(f"file: {reason}", url)
        return FailedFile(url, reason, withdrawn, again)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_conditional(request: Request) -> bool:
    return "If-None-Match" in request.headers or "If-Modified-Since" in request.headers


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1")[:500] if value else None
