"""What a robots.txt says for us: its rules for our name, or those for everybody, and the delay it asks for (RFC 9309).

Whether an address may be asked for is decided by `crawlers.fetching.robots` alone; here it is only put into words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from protego import Protego

OURS: Final = "ratslupe"
MOST_RULES: Final = 8
LARGEST: Final = 500_000
"""Bytes that are looked at, as RFC 9309 (2.5) asks for."""


@dataclass(frozen=True, slots=True)
class RobotsWord:
    """`rules` are the Allow and Disallow lines that are meant for us; `named` whether they are for our own name; `text`
    is all of it."""

    host: str
    status: int
    rules: tuple[str, ...] = ()
    named: bool = False
    crawl_delay: float | None = None
    forbids_all: bool = False
    text: str = field(default="", repr=False)

    def forbids(self, url: str, agent: str) -> bool:
        """Whether it forbids an address of its host."""
        return self.status < 400 and not Protego.parse(self.text).can_fetch(url, agent)

    @property
    def said(self) -> str:
        """All of it in a sentence's end."""
        if self.status >= 500:
            return f"cannot be had (HTTP {self.status}), so nothing may be asked for now"
        if self.status >= 400:
            return f"there is none (HTTP {self.status}): nothing is forbidden"
        delay = f"; asks for {self.crawl_delay:g} s between two requests" if self.crawl_delay else ""
        for_whom = "for ratslupe by name" if self.named else "for all"
        if self.forbids_all:
            return f"forbids everything {for_whom}{delay}"
        if not self.rules:
            return f"forbids us nothing{delay}"
        shown = ", ".join(self.rules[:MOST_RULES]) + (", …" if len(self.rules) > MOST_RULES else "")
        return f"{for_whom}: {shown}{delay}"


def read_robots(host: str, status: int, body: bytes, agent: str) -> RobotsWord:
    """What the robots.txt of a host says for this User-Agent."""
    if status >= 400:
        return RobotsWord(host, status)
    text = body[:LARGEST].decode("utf-8", "replace")
    parser = Protego.parse(text)
    delay = parser.crawl_delay(agent)
    rules, named = _rules_for_us(text)
    root = f"https://{host}/"
    closed = not parser.can_fetch(root, agent) and not any(rule.lower().startswith("allow") for rule in rules)
    return RobotsWord(host, status, rules, named, delay, closed, text)


def _rules_for_us(text: str) -> tuple[tuple[str, ...], bool]:
    """The lines of the groups with our name; where there is none, of those for everybody."""
    groups: dict[str, list[str]] = {}
    agents: list[str] = []
    in_rules = False
    for line in text.splitlines():
        found = re.match(r"\s*(user-agent|allow|disallow)\s*:\s*([^#]*)", line, re.IGNORECASE)
        if found is None:
            continue
        word, value = found[1].lower(), found[2].strip()
        if word == "user-agent":
            agents = [] if in_rules else agents
            in_rules = False
            agents.append(value.lower())
            groups.setdefault(value.lower(), [])
            continue
        in_rules = True
        for agent in agents:
            if value:
                groups[agent].append(f"{word.capitalize()} {''.join(c for c in value if c.isprintable())[:80]}")
    named = next((agent for agent in groups if agent and agent != "*" and OURS.startswith(agent)), None)
    rules = groups.get(named or "*", [])
    return tuple(dict.fromkeys(rules)), named is not None
