"""What a probe found out, in words for people and as JSON for programs."""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Iterator
from typing import Any, Final

from council.model import Kind
from council.printable import printable_line
from crawlers.detection.findings import NOTICE_LIST, Findings
from crawlers.systems import READABLE
from ratslupe.probing.coverage import SampleItem, coverage, items
from ratslupe.probing.entry import EntryOptions, chosen_body, proposal
from ratslupe.probing.probe import Probed, ProbeVerdict

WIDTH: Final = 112
MOST_MISSING: Final = 8
MOST_BODIES: Final = 30


def probe_lines(probed: Probed, given: EntryOptions) -> Iterator[str]:
    """All of it, for a terminal: a source's words come without its control characters."""
    return (printable_line(line) for text in _lines(probed, given) for line in text.split("\n"))


def _lines(probed: Probed, given: EntryOptions) -> Iterator[str]:
    yield from _headline(probed)
    yield from _robots(probed)
    if probed.sample is not None:
        yield from _bodies(probed)
        yield from _items(probed)
        yield from _coverage(probed)
        yield from _missing(probed)
    if probed.system is not None:
        yield from _entry(probed, given)
    yield ""
    yield f"{_count(probed.requests, 'request')}. {_conclusion(probed)}"


def _headline(probed: Probed) -> Iterator[str]:
    found = probed.findings
    if found is None or probed.failure:
        yield f"{probed.asked}: {probed.failure or (probed.way or ['no answer'])[-1]}"
        if found is None:
            return
    name = " ".join(part for part in (found.product, found.version) if part)
    yield f"{probed.asked}: {name or 'no system that is known'}"
    yield from _labelled("begins at", [found.start] if found.start and found.start != probed.asked else [])
    yield from _labelled("because of", list(found.evidence))
    yield from _labelled("but", [found.refusal.reason] if found.refusal else [])
    yield from _labelled("done", list(probed.way))
    if found.product is None:
        yield from _labelled("seen", list(found.seen))
    if found.links and found.product in (None, NOTICE_LIST):
        yield from _links(found)
    yield from _labelled("advice", [found.advice] if found.advice else [])


def _links(found: Findings) -> Iterator[str]:
    shown = [
        f"{link.url}  ({', '.join(part for part in (link.product, _quoted(link.text)) if part) or 'by its address'})"
        for link in found.links
    ]
    yield from _labelled("the council information system is probably at", shown, under=True)


def _quoted(text: str) -> str:
    return f'"{textwrap.shorten(text, 60, placeholder="…")}"' if text else ""


def _robots(probed: Probed) -> Iterator[str]:
    yield ""
    for word in probed.robots:
        yield from textwrap.wrap(f"robots.txt of {word.host}: {word.meaning}", WIDTH, subsequent_indent=" " * 4)
    if not probed.robots:
        yield "robots.txt could not be had"


def _bodies(probed: Probed) -> Iterator[str]:
    if len(probed.bodies) < 2:
        return
    yield ""
    chosen = chosen_body(probed)
    yield f"The system holds {len(probed.bodies)} bodies; each is an entry of its own with `body:`"
    for body in probed.bodies[:MOST_BODIES]:
        mark = "->" if chosen is not None and body.id == chosen.id else "  "
        yield f" {mark} {body.name or body.id}" + (f" (ags {body.ags})" if body.ags else "")
    if len(probed.bodies) > MOST_BODIES:
        yield f"    … and {len(probed.bodies) - MOST_BODIES} more"


def _items(probed: Probed) -> Iterator[str]:
    sample = probed.sample
    shown = items(sample) if sample else []
    if sample is None or not shown:
        return
    seen = (len(sample.meetings), len(sample.papers))
    of = f"{_count(seen[0], 'meeting')} and {_count(seen[1], 'paper')}"
    which = f"the newest {len(shown)} of {of}" if len(shown) < sum(seen) else of
    totals = [_count(total, kind.value) for kind, total in sample.totals.items() if kind in (Kind.MEETING, Kind.PAPER)]
    yield ""
    yield f"Sample: {which}" + (f"; the lists hold {' and '.join(totals)}" if totals else "")
    for item in shown:
        yield _item(item)


def _item(item: SampleItem) -> str:
    counts = [
        _count(item.agenda, "agenda item") if item.agenda else "",
        _count(item.files, "file") if item.files else "",
    ]
    end = ", ".join(part for part in counts if part) or "-"
    what = f"{item.more}  {item.title}" if item.kind == "paper" and item.more else item.title
    if item.kind == "meeting" and item.more:
        what = f"{item.title}: {item.more}"
    return f"  {item.date or '    -     '}  {item.kind:<7}  {textwrap.shorten(what, 64, placeholder='…'):<64}  {end}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


def _coverage(probed: Probed) -> Iterator[str]:
    shown = coverage(probed.sample) if probed.sample else []
    if not shown:
        return
    yield ""
    yield "Fields that are filled"
    for covered in shown:
        how = "" if covered.opened else ", not opened"
        fields = "  ".join(f"{name} {share} %" for name, share in covered.percent.items())
        yield f"  {_count(covered.of, covered.kind.value)}{how}:  {fields}"


def _missing(probed: Probed) -> Iterator[str]:
    sample = probed.sample
    if sample is None:
        return
    missing = [f"the crawl would end: {sample.failure}"] if sample.failure else []
    for covered in coverage(sample):
        if covered.empty:
            missing.append(f"no {covered.kind.value} has: {', '.join(covered.empty)}")
    if not sample.failure and not sample.meetings and not sample.papers:
        missing.append("not one meeting or paper was seen in the last two months and the next one")
    missing += sample.missing
    if missing:
        yield ""
        yield "Missing or not understood"
        for line in missing[:MOST_MISSING]:
            yield from textwrap.wrap(line, WIDTH, initial_indent="  - ", subsequent_indent="    ")
        if len(missing) > MOST_MISSING:
            yield f"  … and {len(missing) - MOST_MISSING} more (--json shows all)"


def _entry(probed: Probed, given: EntryOptions) -> Iterator[str]:
    yield ""
    yield "Entry for config/municipalities.yaml (`ratslupe add` writes it there)"
    yield ""
    yield proposal(probed, given)


def _conclusion(probed: Probed) -> str:
    found, system = probed.findings, probed.system
    match probed.verdict:
        case ProbeVerdict.READABLE:
            return "It can be read."
        case ProbeVerdict.NOT_REACHED:
            return "It may not be asked, or does not answer; nothing was tried to get around that."
        case ProbeVerdict.UNKNOWN if found and found.links:
            return f"There is no system here; look where it points to: ratslupe probe {found.links[0].url}"
        case ProbeVerdict.UNKNOWN:
            return "It is no system that is known; if it has a list of public notices, give the address of that list."
    if system is None or system not in READABLE:
        names = ", ".join(sorted(READABLE))
        return f"There is no reader for {found.product if found else 'it'} yet; can be read: {names}."
    return "The system is known, but a crawl would bring nothing now."


def _labelled(label: str, values: list[str], under: bool = False) -> Iterator[str]:
    """A label, and its values beside or under it."""
    if under and values:
        yield f"  {label}"
    for place, value in enumerate(values):
        head = "" if under or place else label
        indent = "      " if under else f"  {head:<11}"
        blank = "      " if under else " " * 13
        yield from textwrap.wrap(
            value, WIDTH, initial_indent=indent, subsequent_indent=blank, break_long_words=False, break_on_hyphens=False
        ) or [indent]


def probe_json(probed: Probed, given: EntryOptions) -> dict[str, Any]:
    """All of it, for programs."""
    found, sample = probed.findings, probed.sample
    return {
        "asked": probed.asked,
        "verdict": probed.verdict.name.lower(),
        "system": probed.system.value if probed.system else None,
        "product": found.product if found else None,
        "version": found.version if found else None,
        "url": found.start if found else None,
        "evidence": list(found.evidence) if found else [],
        "refusal": dataclasses.asdict(found.refusal) if found and found.refusal else None,
        "failure": probed.failure,
        "advice": found.advice if found else None,
        "seen": list(found.seen) if found else [],
        "links": [dataclasses.asdict(link) for link in found.links] if found else [],
        "way": probed.way,
        "robots": [{"host": word.host, "said": word.meaning, "rules": list(word.rules)} for word in probed.robots],
        "bodies": [{"id": body.id, "name": body.name, "ags": body.ags} for body in probed.bodies],
        "requests": probed.requests,
        "sample": None if sample is None else _sample_json(probed),
        "entry": proposal(probed, given) if probed.system else None,
    }


def _sample_json(probed: Probed) -> dict[str, Any]:
    sample = probed.sample
    assert sample is not None  # noqa: S101 - asked for only where there is one
    return {
        "meetings": len(sample.meetings),
        "papers": len(sample.papers),
        "totals": {kind.value: total for kind, total in sample.totals.items()},
        "items": [
            dataclasses.asdict(item) | {"date": item.date.isoformat() if item.date else None} for item in items(sample)
        ],
        "coverage": {c.kind.value: {"of": c.of, "opened": c.opened, "percent": c.percent} for c in coverage(sample)},
        "failure": sample.failure,
        "missing": sample.missing,
        "license": sample.license,
    }
