"""Strict reading: what a reader raises when an answer is not what it should be."""

from __future__ import annotations


class UnexpectedResponse(Exception):
    """The answer is not what we think it is. Never to be taken for "nothing there": what is held stays as it is.

    `url` is what was asked for, `expected` and `found` are short phrases, `advice` says what a person should do.
    """

    def __init__(self, url: str, expected: str, found: str, advice: str) -> None:
        super().__init__(url, expected, found, advice)
        self.url = url
        self.expected = expected
        self.found = found
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.url}: expected {self.expected}, found {self.found}. {self.advice}"


class AccessDenied(UnexpectedResponse):
    """The source itself answers, in its own words, that it does not serve this: switched off, expired, an error."""

    @property
    def is_gate(self) -> bool:
        """Whether programs are kept out (an access check, a firewall): the source is left alone for the day."""
        return self.found.startswith("gate:")


def looks_like_html(body: bytes) -> bool:
    """Whether the first byte that is no blank opens a tag: markup, whatever the Content-Type says."""
    return body[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"
