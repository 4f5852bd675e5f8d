"""Called off or moved: what a meeting's words say of it, and names without those words."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from crawlers.parsing.cancellation import says_cancelled
from crawlers.parsing.rescheduling import is_moved_away

_LONGEST_NAME: Final = 500
_BRACKETED: Final = re.compile(r"[(\[][^)\]]*[)\]]")
_OFF: Final = r"(?:abgesagt|absage|abgesetzt|entfällt|entfallen|ausgefallen|fällt\s+(?:leider\s+)?aus)"
_MOVED: Final = (
    r"(?:(?:wird|wurde|ist)\s+)?(?:verschoben|verlegt|vertagt|termin\s+geändert|terminänderung|neuer\s+termin"
    r"|verschiebung|verlegung)"
)
_AROUND: Final = re.compile(
    rf"^\W*{_OFF}\W+|[\W_]+{_OFF}\W*$|[\W_]+{_MOVED}(?:\W*|\W+(?:auf|vom|von|zum)\b.*|\W*\d.*)$", re.IGNORECASE
)
_SAYS_MOVED: Final = re.compile(rf"\W*{_MOVED}\b", re.IGNORECASE)


def is_off(said: str | None, start: dt.datetime | None) -> bool:
    """Whether a name or state says that the meeting is called off, or held on another day than this."""
    if not said:
        return False
    return says_cancelled(said) or (start is not None and is_moved_away(said, start.date()))


def without_notice(name: str) -> str:
    """A name without what became of the meeting: "Rat (verschoben auf 9.9.)", "Rat - entfällt" → "Rat"."""
    if len(name) > _LONGEST_NAME:
        return name
    bare = _BRACKETED.sub(lambda found: " " if _is_notice(found[0]) else found[0], name)
    return _AROUND.sub("", " ".join(bare.split())).strip() or name


def _is_notice(bracketed: str) -> bool:
    return says_cancelled(bracketed) or bool(_SAYS_MOVED.match(bracketed))
