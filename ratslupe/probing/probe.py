"""`ratslupe probe`: which system a server runs, what a crawl would bring, and the entry for the register.

The way: the address itself → what it is (`crawlers.detection`) → where a municipality's website points → OParl, at this
product's usual places → a sample by the system's own spider. Twelve requests at most, one at a time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Final
from urllib.parse import urljoin, urlsplit

from council.address import is_at_https_provider, is_plain_http, usable_address, with_https
from council.model import Meeting, Paper, files_of
from council.problem import WrongValue
from council.system import System
from crawlers.detection.findings import NOTICE_LIST, Findings, ServerAnswer, detect
from crawlers.detection.links import vendor_of
from crawlers.oparl.body import Body
from crawlers.oparl.pages import read_answer
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.provider import provider
from crawlers.systems import READABLE, READERS
from ratslupe.probing.asking import Asking, NoAnswer, NotAsked, ask, target_of
from ratslupe.probing.robots import RobotsWord
from ratslupe.probing.sample import Sample, take_sample

MOST_OPARL_PLACES: Final = 3
ANYWHERE: Final = ("/oparl/v1.1/system", "/oparl/system")
"""Where OParl lies most often, for a server of which nothing else is known."""


class ProbeVerdict(IntEnum):
    """How a probe ended; the number is the command's exit code."""

    READABLE = 0
    NOT_REACHED = 1
    UNKNOWN = 3
    IN_PART = 4


@dataclass(slots=True)
class Probed:
    """All that one probe found out. `way` is what was done, in sentences; `failure` why there was no answer at all."""

    asked: str
    findings: Findings | None = None
    way: list[str] = field(default_factory=list)
    robots: list[RobotsWord] = field(default_factory=list)
    bodies: tuple[Body, ...] = ()
    body: str | None = None
    sample: Sample | None = None
    requests: int = 0
    failure: str | None = None

    @property
    def system(self) -> System | None:
        """The system to write into the register; None where there is nothing to write."""
        return self.findings.system if self.findings and self.findings.start else None

    @property
    def verdict(self) -> ProbeVerdict:
        """How it ended."""
        found = self.findings
        if found is None or self.failure or (found.product is None and found.refusal):
            return ProbeVerdict.NOT_REACHED
        if found.refusal and found.refusal.keeps_out:
            return ProbeVerdict.NOT_REACHED
        if found.product is None:
            return ProbeVerdict.UNKNOWN
        if self.system is None or self.system not in READABLE:
            return ProbeVerdict.IN_PART
        sample = self.sample
        if sample is None or sample.failure or not (sample.meetings or sample.papers):
            return ProbeVerdict.IN_PART
        return ProbeVerdict.READABLE

    @property
    def crawl_delay(self) -> float | None:
        """The delay that robots.txt of the source's host asks for."""
        host = urlsplit(self.findings.start or "").netloc if self.findings else ""
        return next((word.crawl_delay for word in self.robots if word.host == host), None)


def probed_address(written: str) -> str:
    """The address as it can be asked for: with a scheme, by https where the provider speaks it. Raises WrongValue."""
    address = written.strip()
    url = usable_address(address if "://" in address else f"https://{address}")
    url = urlsplit(url)._replace(fragment="").geturl()
    if urlsplit(url).path == "":
        url = urljoin(url, "/")
    return with_https(url) if is_plain_http(url) and is_at_https_provider(url) else url


def probe(url: str, *, ags: str | None = None, body: str | None = None, timeout: float = 30.0) -> Probed:
    """Probe the server at this address (as `probed_address` gives it). Once in a process. `ags` and `body` choose among
    the bodies of an OParl system."""
    probed = Probed(url, body=body)

    async def work(asking: Asking) -> None:
        try:
            await _find(asking, probed)
            await _sample(asking, probed, ags)
        except NotAsked as end:
            probed.way.append(f"ended early: {end}")
        except NoAnswer as no:
            probed.failure = str(no)
        probed.robots, probed.requests = list(asking.robots.values()), asking.count

    ask(url, work, timeout)
    return probed


# --- which system it is


async def _find(asking: Asking, probed: Probed) -> None:
    seen = await asking.seen(probed.asked)
    if seen.url != probed.asked:
        probed.way.append(f"it leads on to {seen.url}")
    found = detect(seen)
    if found.refusal and found.refusal.of_oparl:
        probed.way.append(f"{found.url}: {found.refusal.reason}; its start page was asked instead")
        seen = await asking.seen(urljoin(found.url, "/"))
        found = detect(seen)
    probed.findings = found
    if followed := await _followed(asking, probed, found):
        seen, found = followed
        probed.findings = found
    if found.refusal and found.refusal.keeps_out:
        return
    if found.system is not System.OPARL:
        found = await _with_oparl(asking, probed, found)
    elif found.start and found.start != found.url:
        found = await _at_system(asking, probed, found)
    probed.findings = found
    if found.system is not None and found.system is not System.OPARL and found.system not in READABLE:
        probed.sample = _read_here(found.system, seen)


async def _followed(asking: Asking, probed: Probed, website: Findings) -> tuple[ServerAnswer, Findings] | None:
    """What the likeliest link of a website leads to, where that is a system."""
    url = next((link.url for link in website.links if link.followable), None)
    if url is None or website.product not in (None, NOTICE_LIST):
        return None
    try:
        seen = await asking.seen(url)
        found = detect(seen)
    except NoAnswer as no:
        probed.way.append(f"its link {url} could not be followed: {no}")
        return None
    if found.product is None and not (found.refusal and found.refusal.keeps_out):
        probed.way.append(f"its link {url} leads to nothing that is known")
        return None
    probed.way.append(f"followed its link to {found.url}")
    return seen, found


async def _with_oparl(asking: Asking, probed: Probed, found: Findings) -> Findings:
    """OParl instead of pages, where the server has it."""
    places = [place for place in found.oparl_places if _is_near(place, found.url)]
    if found.product is None:
        places += [urljoin(found.url, place) for place in ANYWHERE]
    for place in list(dict.fromkeys(places))[:MOST_OPARL_PLACES]:
        outcome, oparl = await _oparl_at(asking, place)
        probed.way.append(f"OParl at {place}: {outcome}")
        if oparl is not None:
            behind = f"; its pages are {found.product}" if found.product else ""
            return replace(oparl, evidence=(*oparl.evidence, f"found at {place}{behind}"))
    return found


def _is_near(place: str, url: str) -> bool:
    """Whether an address that a page names is at the same provider, or at a vendor of such systems."""
    host, own = urlsplit(place).hostname or "", urlsplit(url).hostname or ""
    return provider(host) == provider(own) or vendor_of(host) is not None


async def _oparl_at(asking: Asking, place: str) -> tuple[str, Findings | None]:
    try:
        seen = await asking.seen(place)
    except NoAnswer as no:
        return str(no), None
    found = detect(seen)
    if found.system is System.OPARL and found.start:
        return "yes", found
    if found.refusal:
        return found.refusal.reason, None
    return f"no, but {seen.headers.get('content-type') or 'something else'} (HTTP {seen.status})", None


async def _at_system(asking: Asking, probed: Probed, found: Findings) -> Findings:
    """The System object that another OParl object names, if it is at the same provider."""
    start = found.start or ""
    if not _is_near(start, found.url):
        probed.way.append(f"the system it names is on another server: {start}")
        return found
    outcome, oparl = await _oparl_at(asking, start)
    probed.way.append(f"its System object is at {start}: {outcome}")
    return replace(oparl, evidence=found.evidence) if oparl else found


# --- what a crawl would bring


async def _sample(asking: Asking, probed: Probed, ags: str | None) -> None:
    found = probed.findings
    if found is None or found.start is None or found.system is None or found.system not in READABLE:
        return
    if found.refusal and found.refusal.keeps_out:
        return
    try:
        if found.system is System.OPARL:
            await _choose_body(asking, probed, ags)
        target = target_of(found.start, found.system, ags, probed.body)
    except WrongValue as wrong:
        probed.way.append(f"no sample: {wrong}")
        return
    probed.sample = await take_sample(asking, target)
    _count_forbidden_files(asking, probed.sample)


def _count_forbidden_files(asking: Asking, sample: Sample) -> None:
    files = [file for meeting in sample.meetings for file in files_of(meeting)]
    files += [file for paper in sample.papers for file in paper.files]
    urls = {file.url for file in files if file.url}
    if forbidden := [url for url in urls if asking.forbids(url)]:
        sample.missing.insert(0, f"robots.txt forbids {len(forbidden)} of {len(urls)} files: their texts stay unread")


async def _choose_body(asking: Asking, probed: Probed, ags: str | None) -> None:
    """Which bodies an OParl system has; of several, none of which was named, the first is looked at."""
    probed.bodies = await _bodies(asking, probed)
    if probed.body is None and len(probed.bodies) > 1:
        chosen = [body for body in probed.bodies if ags and body.ags == ags] or list(probed.bodies[:1])
        probed.body = chosen[0].id


async def _bodies(asking: Asking, probed: Probed) -> tuple[Body, ...]:
    start = probed.findings.start if probed.findings else None
    try:
        system = read_answer((await asking.seen(start or "")).body, start or "").system
        if system is None or not system.body or not _is_near(system.body, start or ""):
            return ()
        return read_answer((await asking.seen(system.body)).body, system.body).bodies
    except (UnexpectedResponse, NoAnswer):
        return ()  # the spider asks for the same and says what is wrong


def _read_here(system: System, seen: ServerAnswer) -> Sample | None:
    """Where there is a reader but no spider yet: what it reads out of the page that came."""
    reader = READERS.get(system)
    if reader is None:
        return None
    try:
        page = reader(seen.body, seen.url)
    except UnexpectedResponse:
        return None  # a start page holds nothing to read
    if not page.records:
        return None
    return Sample(
        meetings=[record for record in page.records if isinstance(record, Meeting)],
        papers=[record for record in page.records if isinstance(record, Paper)],
        missing=[str(gap) for gap in page.warnings],
    )
