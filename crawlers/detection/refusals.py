"""Refusals: an answer by which a server, or a wall before it, keeps us out. Nothing of the kind is ever passed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from crawlers.detection.page_fingerprint import PageFingerprint
from crawlers.parsing.access import kind_of_status
from crawlers.parsing.errors import DenialKind

_OF_STATUS: Final = {
    401: "it asks for a user name and a password (HTTP 401)",
    403: "it refuses programs (HTTP 403)",
    407: "a proxy asks for a password (HTTP 407)",
    404: "there is nothing at this address (HTTP 404)",
    410: "what was at this address is gone for good (HTTP 410)",
    429: "it says that it is asked too often (HTTP 429)",
    451: "it may not be shown for legal reasons (HTTP 451)",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """`reason` is the end of a sentence for people; `of_oparl`: OParl answers so, not the server."""

    kind: DenialKind
    reason: str
    of_oparl: bool = False

    @property
    def keeps_out(self) -> bool:
        """Whether programs are kept out: then nothing more is asked for."""
        return not self.of_oparl and (self.kind.keeps_out or self.kind in (DenialKind.LOGIN, DenialKind.FORBIDDEN))


def refusal_of(status: int, headers: Mapping[str, str], fingerprint: PageFingerprint) -> Refusal | None:
    """Why an answer is none, where it is none."""
    if challenge := headers.get("cf-mitigated"):
        reason = f"Cloudflare checks whether a person asks (cf-mitigated: {challenge[:40]})"
        return Refusal(DenialKind.BOT_CHALLENGE, reason)
    denial = fingerprint.denial
    if denial is not None and denial.kind.keeps_out:
        also = f"; {_of_status(status)}" if status != 200 else ""
        return Refusal(denial.kind, f"an access check stands before it ({denial.name}){also}")
    if status != 200:
        return Refusal(kind_of_status(status) or DenialKind.ERROR_PAGE, _of_status(status))
    if denial is not None and denial.kind is DenialKind.LOGIN:
        return Refusal(denial.kind, "it is a log-in page")
    return None


def _of_status(status: int) -> str:
    usual = f"its server has an error (HTTP {status})" if status >= 500 else f"it answers with HTTP {status}"
    return _OF_STATUS.get(status, usual)
