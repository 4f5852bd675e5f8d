"""robots.txt (RFC 9309): which of its rules are meant for us, and what they allow."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from protego import Protego

from council.printable import printable_line

PRODUCT: Final = "ratslupe"
"""Our product token (2.2.1): the word before the slash in our User-Agent."""
LARGEST: Final = 500 * 1024
"""Bytes that are looked at (2.5)."""

_USER_AGENT: Final = re.compile(r"user[-\s]?agents?\s*[:\s]\s*(.*)", re.IGNORECASE)
_OF_THE_SITE: Final = re.compile(r"(?:site-?maps?|host)\b", re.IGNORECASE)
_RULE: Final = re.compile(r"(allow|disallow)\s*:\s*(.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RobotsTxt:
    """The rules that are meant for us. `named`: they stand under our own name; `rules` are their Allow and Disallow
    lines for people to read; `crawl_delay` the seconds between two requests that they ask for, None for none."""

    parser: Protego
    named: bool
    rules: tuple[str, ...]
    crawl_delay: float | None

    def allows(self, url: str) -> bool:
        """Whether an address of this host may be asked for."""
        return self.parser.can_fetch(url, "*")


def read_robots_txt(body: bytes) -> RobotsTxt:
    """The rules of a robots.txt for us: those of all groups with our name; where there is none, of those for everybody.
    What is no robots.txt has no rules."""
    text = body[:LARGEST].decode("utf-8-sig", "replace")
    ours: list[str] = []
    everybodys: list[str] = []
    named = False
    for names, line in _lines(text):
        named = named or PRODUCT in names
        if line is not None:
            ours += [line] if PRODUCT in names else []
            everybodys += [line] if "*" in names else []
    lines = ours if named else everybodys
    parser = Protego.parse("\n".join(["User-agent: *", *lines]))
    return RobotsTxt(parser, named, tuple(dict.fromkeys(_spoken(lines))), _seconds(parser.crawl_delay("*")))


def _lines(text: str) -> Iterator[tuple[frozenset[str], str | None]]:
    """Every line of rules with the names of its group; a line that names whom the group is for comes as None."""
    names: frozenset[str] = frozenset()
    in_rules = False
    for raw in text.splitlines():
        line = raw.partition("#")[0].strip()
        if agent := _USER_AGENT.fullmatch(line):
            names = (frozenset() if in_rules else names) | {_product(agent[1])}
            in_rules = False
            yield names, None
        elif line and not _OF_THE_SITE.match(line):
            in_rules = True
            yield names, line


def _product(value: str) -> str:
    """Whom a group is for: "Ratslupe/1.0" and "RATSLUPE*" are us, "rats" and "ratslupe.example" are somebody else."""
    first = next(iter(value.lower().split()), "")
    return first if first == "*" else first.partition("/")[0].rstrip("*")


def _spoken(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if (rule := _RULE.fullmatch(line)) and rule[2]:
            yield f"{rule[1].capitalize()} {printable_line(rule[2][:80])}"


def _seconds(delay: float | None) -> float | None:
    return delay if delay is not None and math.isfinite(delay) and delay > 0 else None
