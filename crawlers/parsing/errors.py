"""Strict reading: what a reader raises when an answer is not what it should be."""

from __future__ import annotations

from enum import StrEnum


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


class DenialKind(StrEnum):
    """Why an answer is not given."""

    BOT_CHALLENGE = "bot_challenge"
    """An access check or a firewall keeps programs out."""
    RATE_LIMITED = "rate_limited"
    """Too many requests: programs are kept out for a while."""
    LOGIN = "login"
    """A user name and a password are wanted."""
    FORBIDDEN = "forbidden"
    """The one object that was asked for is not for everybody."""
    GONE = "gone"
    """There is no such object, or no longer."""
    SESSION_EXPIRED = "session_expired"
    """The session on the server is over: the same can be asked for in a new one."""
    ERROR_PAGE = "error_page"
    """An error, works on the server, a parked domain: says nothing about the object."""

    @property
    def keeps_out(self) -> bool:
        """Whether the whole source is to be left alone for the day."""
        return self in (DenialKind.BOT_CHALLENGE, DenialKind.RATE_LIMITED)

    @property
    def is_about_object(self) -> bool:
        """Whether it says of the one object that it is not, or no longer, shown."""
        return self in (DenialKind.FORBIDDEN, DenialKind.GONE)


class AccessDenied(UnexpectedResponse):
    """The source, or a wall before it, answers that it does not serve this. What follows hangs on `kind` alone, `found`
    is for people. `status` is the HTTP status where that alone says so; None where the words of a page do."""

    def __init__(
        self, url: str, expected: str, found: str, advice: str, kind: DenialKind, status: int | None = None
    ) -> None:
        super().__init__(url, expected, found, advice)
        self.kind = kind
        self.status = status

    @property
    def keeps_out(self) -> bool:
        """Whether the source is left alone for the day: programs are kept out, or everybody without a password. A 403
        without words of the system about its object is taken for that, too."""
        return self.kind.keeps_out or self.status in (401, 403)


def looks_like_html(body: bytes) -> bool:
    """Whether the first byte that is no blank opens a tag: markup, whatever the Content-Type says."""
    return body[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"
