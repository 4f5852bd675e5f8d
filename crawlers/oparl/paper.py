"""Papers, and the consultations they go through."""

from __future__ import annotations

from collections.abc import Iterator

from council.model import Consultation, FileRole, Kind, Paper
from crawlers.oparl.fields import ObjectFields
from crawlers.oparl.files import read_files, with_main_file
from crawlers.parsing.documents import each_once

_FILES = (("mainFile", FileRole.MAIN), ("auxiliaryFile", FileRole.ATTACHMENT))


def read_paper(fields: ObjectFields) -> Paper | None:
    """A Paper object (OParl 3.9); None when it has no id."""
    origin = fields.origin(Kind.PAPER)
    if origin is None:
        return None
    (files,) = each_once([read_files(fields, _FILES)])
    return Paper(
        **origin,
        source_url=fields.address("web"),
        name=fields.line("name"),
        reference=fields.line("reference"),
        paper_type=fields.line("paperType"),
        date=fields.day("date"),
        files=with_main_file(files),
        consultations=tuple(_consultations(fields)),
        originator=fields.organizations("originatorOrganization"),
        under_direction_of=fields.organizations("underDirectionOf"),
        superordinated=fields.references("superordinatedPaper", Kind.PAPER),
        subordinated=fields.references("subordinatedPaper", Kind.PAPER),
        related=fields.references("relatedPaper", Kind.PAPER),
    )


def _consultations(paper: ObjectFields) -> Iterator[Consultation]:
    """In the source's order. Somacos uses an id again for a postponed one (Karlsruhe: 121 times): both are kept."""
    for fields in paper.objects("consultation"):
        if fields.is_left_out() or (origin := fields.origin(None)) is None:
            continue
        yield Consultation(
            **origin,
            meeting=fields.reference("meeting", Kind.MEETING),
            agenda_item=fields.reference("agendaItem", None),
            organization=fields.organizations("organization"),
            role=fields.line("role"),
            authoritative=fields.flag("authoritative"),
        )
