"""Papers, put together from all meetings that deal with them: this system has none of its own, only items that name
one, each with its own uploads. A visit asks a part of the meetings; what the others said of a paper is held."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable

from council.model import Consultation, File, Paper

_SESSION = re.compile(r"href=/councilservice/entry/view/(\d+)#")


def whole_paper(told: Iterable[Paper], held: Paper | None, is_known: Callable[[str], bool]) -> Paper | None:
    """The paper as the entries of this visit (`told`, each with its one station) and the meetings that were not asked
    say it; None where no meeting names it any more. `is_known`: whether this visit knows all that the meeting of that
    number says. The newest station gives the name; stations and files stand in the order of the days."""
    parts = list(told)
    if held is not None:
        ways = [step for step in held.consultations if not is_known(step.meeting or "")]
        files = [file for file in held.files if not is_known(session_of(file) or "")]
        if ways:
            parts.append(held.model_copy(update={"consultations": tuple(ways), "files": tuple(files)}))
    if not parts:
        return None
    newest = max(parts, key=lambda part: max(map(_when, part.consultations)))
    steps = sorted((step for part in parts for step in part.consultations), key=_when)
    order = {step.meeting: place for place, step in enumerate(steps)}
    hung = sorted((file for part in parts for file in part.files), key=lambda file: order.get(session_of(file), -1))
    once = {file.native_id: file for file in hung}
    return newest.model_copy(update={"consultations": tuple(steps), "files": tuple(once.values())})


def session_of(file: File) -> str | None:
    """The number of the meeting on whose human page a document is."""
    found = _SESSION.search(file.url or "")
    return found[1] if found else None


def _when(step: Consultation) -> tuple[dt.date, str]:
    return step.date or dt.date.min, step.native_id
