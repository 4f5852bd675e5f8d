"""What can go wrong while answering, and the one table of how each is answered: status, title, when to try again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from archive.archive import ArchiveUnavailable
from indexer.index.contract import BadCursor, IndexFault, IndexNotReady, IndexUnavailable


class Fault(StrEnum):
    """What is wrong with a parameter."""

    UNKNOWN = "unknown"
    REPEATED = "repeated"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    BAD_VALUE = "bad_value"
    BAD_RANGE = "bad_range"
    BAD_QUERY = "bad_query"
    BAD_CURSOR = "bad_cursor"


class BadParameter(ValueError):
    """A parameter of the URL cannot be used."""

    def __init__(self, parameter: str, fault: Fault, detail: str) -> None:
        super().__init__(f"parameter {parameter!r}: {detail}")
        self.parameter = parameter
        self.fault = fault


class NotHeld(LookupError):
    """There is no such thing here."""


class Withdrawn(LookupError):
    """It was here, and its source has withdrawn it or a person has removed it."""


class NotAnswering(RuntimeError):
    """`/readyz`: a part that every answer needs does not answer."""


class Overloaded(RuntimeError):
    """More is asked at once than can be answered soon."""


class RequestTooLong(ValueError):
    """The address or the request is longer than any that makes sense here."""


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A problem type as in RFC 9457. `secret`: the error's own message is not shown to the outside."""

    status: int
    slug: str
    title: str
    retry_after: int | None = None
    secret: bool = False


PROBLEM_TYPES: Final[Mapping[type[Exception], ProblemType]] = {
    BadParameter: ProblemType(400, "bad-parameter", "A parameter cannot be used"),
    BadCursor: ProblemType(400, "bad-parameter", "A parameter cannot be used"),
    NotHeld: ProblemType(404, "not-found", "There is no such thing here"),
    Withdrawn: ProblemType(410, "withdrawn", "It was withdrawn"),
    RequestTooLong: ProblemType(414, "too-long", "The address is too long"),
    IndexNotReady: ProblemType(503, "index-not-ready", "The index is being built", retry_after=30),
    IndexUnavailable: ProblemType(503, "index-unavailable", "The index does not answer", retry_after=10, secret=True),
    IndexFault: ProblemType(503, "index-unavailable", "The index does not answer", retry_after=10, secret=True),
    ArchiveUnavailable: ProblemType(
        503, "archive-unavailable", "The archive does not answer", retry_after=10, secret=True
    ),
    Overloaded: ProblemType(503, "overloaded", "Too much is asked at once", retry_after=2),
    NotAnswering: ProblemType(503, "not-ready", "A part does not answer", retry_after=10),
    Exception: ProblemType(500, "internal", "Something went wrong here", secret=True),
}
"""Looked up by the exception's own class, then by its parents."""

NOT_ALLOWED: Final = ProblemType(405, "method-not-allowed", "This address is only read: GET or HEAD")


@dataclass(frozen=True, slots=True)
class ProblemDetails:
    """An error as in RFC 9457; `parameter` and `fault` where a parameter is to blame."""

    type: ProblemType
    detail: str
    instance: str
    parameter: str | None = None
    fault: Fault | None = None

    def as_json(self, base_url: str) -> dict[str, object]:
        """The body of application/problem+json."""
        body: dict[str, object] = {
            "type": f"{base_url}/api#{self.type.slug}",
            "title": self.type.title,
            "status": self.type.status,
            "detail": self.detail,
            "instance": self.instance,
        }
        return body | ({"parameter": self.parameter} if self.parameter else {})


def problem_of(error: Exception, instance: str) -> ProblemDetails:
    """The problem that an error is answered with. `instance` is the path that was asked for, without its query."""
    problem_type = next(PROBLEM_TYPES[kind] for kind in type(error).__mro__ if kind in PROBLEM_TYPES)
    detail = problem_type.title if problem_type.secret or not error.args else str(error.args[0])
    match error:
        case BadParameter():
            return ProblemDetails(problem_type, detail, instance, error.parameter, error.fault)
        case BadCursor():
            return ProblemDetails(problem_type, detail, instance, "after", Fault.BAD_CURSOR)
        case _:
            return ProblemDetails(problem_type, detail, instance)
