"""What a robots.txt says for us, in words; what it means is decided by `crawlers.parsing.robots` alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from crawlers.parsing.robots import RobotsTxt, read_robots_txt

MOST_RULES: Final = 8


@dataclass(frozen=True, slots=True)
class RobotsWord:
    """The answer to a request for a host's robots.txt."""

    host: str
    status: int
    txt: RobotsTxt = field(repr=False)

    @property
    def rules(self) -> tuple[str, ...]:
        """The Allow and Disallow lines that are meant for us."""
        return self.txt.rules

    @property
    def crawl_delay(self) -> float | None:
        """Seconds between two requests that it asks for."""
        return self.txt.crawl_delay

    @property
    def forbids_all(self) -> bool:
        """Whether nothing of the host may be asked for."""
        nothing_allowed = not any(rule.startswith("Allow") for rule in self.rules)
        return nothing_allowed and not self.txt.allows(f"https://{self.host}/")

    def forbids(self, url: str) -> bool:
        """Whether it forbids an address of its host."""
        return self.status >= 500 or not self.txt.allows(url)

    @property
    def meaning(self) -> str:
        """All of it in a sentence's end."""
        if self.status >= 500:
            return f"cannot be had (HTTP {self.status}), so nothing may be asked for now"
        if self.status >= 400:
            return f"there is none (HTTP {self.status}): nothing is forbidden"
        delay = f"; asks for {self.crawl_delay:g} s between two requests" if self.crawl_delay else ""
        for_whom = "for ratslupe by name" if self.txt.named else "for all"
        if self.forbids_all:
            return f"forbids everything {for_whom}{delay}"
        if not self.rules:
            return f"forbids us nothing{delay}"
        shown = ", ".join(self.rules[:MOST_RULES]) + (", …" if len(self.rules) > MOST_RULES else "")
        return f"{for_whom}: {shown}{delay}"


def read_robots(host: str, status: int, body: bytes) -> RobotsWord:
    """What the robots.txt of a host says for us."""
    return RobotsWord(host, status, read_robots_txt(body if status < 400 else b""))
