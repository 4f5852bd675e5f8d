"""Why a request brought nothing, in words."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest
from twisted.python.failure import Failure


def failure_reason(failure: Failure) -> str:
    """One line: our own words where one of our rules forbade the request, else the exception's name and first line."""
    error = failure.value
    text = str(error).strip().splitlines()
    if text and isinstance(error, IgnoreRequest):
        return text[0][:300]
    return f"{type(error).__name__}: {text[0][:200]}" if text else type(error).__name__
