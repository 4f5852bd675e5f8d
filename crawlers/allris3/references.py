"""References: a paper's number as a town writes it ("VO/2026/181", "25/085", "DS 12/26")."""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = re.compile(r"[\w/.\-]{1,40}")
_LONGEST_WORD: Final = 5


def is_reference(said: str) -> bool:
    """Whether a text is a paper's number ("VO/2026/181", "DS 12/26", "VII/0401") and no subject ("Haushalt 2026")."""
    parts = said.split(" ")
    if len(parts) > 3 or len(said) > 40 or not all(_TOKEN.fullmatch(one) for one in parts):
        return False
    words = [one for one in parts if not any(sign.isdigit() for sign in one)]
    return len(words) < len(parts) and all(len(one) <= _LONGEST_WORD for one in words)
