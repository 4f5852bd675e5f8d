"""Cancelled meetings: what their names and states say."""

from __future__ import annotations

import re

from crawlers.parsing.visibility import plain

_CALLED_OFF = (
    r"(?:(?:wird|wurde|ist|ist leider)\s+)?(?:abgesagt|abgesetzt|entfällt|entfallen|fällt\s+(?:leider\s+)?aus"
    r"|ausgefallen|ausfall|annulliert|storniert|gestrichen|findet\s+(?:leider\s+)?nicht\s+statt)"
)
_CANCELLED = re.compile(
    rf"\W*(?:{_CALLED_OFF}|absage)(?!\w)|.*[(\[]\W*{_CALLED_OFF}[^)\]]*[)\]]|.*(?<!\w)(?<!nicht ){_CALLED_OFF}\W*$"
)


def says_cancelled(name: str) -> bool:
    """Whether a meeting's name or state says that it is called off: "ABGESAGT: …", "… (entfällt)", "… fällt aus!"."""
    return bool(_CANCELLED.match(plain(name)[:500]))
