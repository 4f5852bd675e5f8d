"""Papers, put together from all meetings that deal with them: this system has none of its own, only items that name
one, each with its own uploads. A visit asks a part of the meetings; what the others tell of a paper is held."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Final

from council.model import Consultation, File, Meeting, Paper
from crawlers.councilservice.agenda import reference_in
from crawlers.parsing.consultations import consultation_in

_SESSION = re.compile(r"href=/councilservice/entry/view/(\d+)#")
_PAPER_TYPES: Final = {
    "BV": "Beschlussvorlage",
    "Beschlussvorlage": "Beschlussvorlage",
    "MV": "Mitteilungsvorlage",
    "AN": "Antrag",
    "AF": "Anfrage",
    "Drucksache": "Drucksache",
}


def papers_of(meeting: Meeting) -> list[Paper]:
    """There are no papers in this system, only their references in the items' labels: those are their numbers."""
    papers: dict[str, Paper] = {}
    for item in meeting.agenda:
        if item.paper is None:
            continue
        consultation = consultation_in(meeting, item.native_id)
        held = papers.get(item.paper)
        if held is None:
            kind = (reference_in(item.name or "") or ("", ""))[0]
            papers[item.paper] = Paper(
                native_id=item.paper,
                source_url=meeting.source_url,
                name=item.name,
                reference=item.reference,
                paper_type=_PAPER_TYPES.get(kind),
                files=item.files,
                consultations=(consultation,),
            )
        else:
            update = {"files": held.files + item.files, "consultations": (*held.consultations, consultation)}
            papers[item.paper] = held.model_copy(update=update)
    return list(papers.values())


def whole_paper(told: Iterable[Paper], held: Paper | None, is_known: Callable[[str], bool]) -> Paper | None:
    """The paper as the entries of this visit (`told`, each with its one consultation) and the meetings that were not
    asked say it; None where no meeting names it any more. `is_known`: whether this visit knows all that the meeting of
    that number says. The newest consultation gives the name; consultations and files stand in the order of the days."""
    parts = list(told)
    if held is not None:
        steps = [step for step in held.consultations if not is_known(step.meeting or "")]
        files = [file for file in held.files if not is_known(session_of(file) or "")]
        if steps:
            parts.append(held.model_copy(update={"consultations": tuple(steps), "files": tuple(files)}))
    if not parts:
        return None
    newest = max(parts, key=lambda part: max(map(_when, part.consultations)))
    history = sorted((step for part in parts for step in part.consultations), key=_when)
    order = {step.meeting: place for place, step in enumerate(history)}
    hung = sorted((file for part in parts for file in part.files), key=lambda file: order.get(session_of(file), -1))
    once = {file.native_id: file for file in hung}
    return newest.model_copy(update={"consultations": tuple(history), "files": tuple(once.values())})


def session_of(file: File) -> str | None:
    """The number of the meeting on whose human page a document is."""
    found = _SESSION.search(file.url or "")
    return found[1] if found else None


def _when(step: Consultation) -> tuple[dt.date, str]:
    return step.date or dt.date.min, step.native_id
