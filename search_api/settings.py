"""What an operator may say about the pages: read from the environment once, by a function."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """`base_url` stands before the addresses in JSON answers (without a slash at its end; "" means paths only).
    `contact`, `imprint` and `privacy` are plain texts for the pages that the law asks for; None: not filled in yet.
    `remember_seconds`: for how long counts and the state of the municipalities are kept in memory."""

    base_url: str = ""
    contact: str | None = None
    imprint: str | None = None
    privacy: str | None = None
    remember_seconds: float = 10.0
    demo: bool = False
    """Whether the municipalities are invented, which every page then says."""


def search_settings(environment: Mapping[str, str] = os.environ) -> SearchSettings:
    """RATSLUPE_BASE_URL, RATSLUPE_CONTACT, RATSLUPE_IMPRINT, RATSLUPE_PRIVACY; a `\\n` in a text is a new line.
    RATSLUPE_DEMO (any value): the municipalities are invented.
    Raises ValueError when the address is none."""
    base_url = environment.get("RATSLUPE_BASE_URL", "").strip().rstrip("/")
    if base_url and not base_url.startswith(("http://", "https://")):
        raise ValueError(f"RATSLUPE_BASE_URL is {base_url!r}: write an address such as https://suche.example")
    return SearchSettings(
        base_url=base_url,
        contact=_text(environment, "RATSLUPE_CONTACT"),
        imprint=_text(environment, "RATSLUPE_IMPRINT"),
        privacy=_text(environment, "RATSLUPE_PRIVACY"),
        demo=_text(environment, "RATSLUPE_DEMO") is not None,
    )


def _text(environment: Mapping[str, str], name: str) -> str | None:
    return environment.get(name, "").replace("\\n", "\n").strip() or None
