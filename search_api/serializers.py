"""Turns what was found into the JSON models."""

from __future__ import annotations

from collections.abc import Iterable

from archive.record_reader import HeldRecord
from archive.run import Run
from council.model import Kind
from indexer.index.contract import FacetName
from indexer.index.query import written
from search_api import schemas as r
from search_api import search_schemas as s
from search_api.dependencies import Services
from search_api.details import MeetingDetails, OrganizationDetails, PaperDetails, TextDetails
from search_api.links import municipality_path, page_path, source_link, source_page, text_path, web_url
from search_api.municipalities import FileCounts, MunicipalityState
from search_api.offering_texts import OfferingText
from search_api.params import SearchParams
from search_api.related_records import ConsultationDetails, FileDetails, NamedOrganization, RecordLink, record_link
from search_api.schemas import MunicipalityBody
from search_api.search import SearchHit, SearchPassage, SearchResult


class Serializer:
    """The models of one installation: they hold its address and its municipalities' names."""

    def __init__(self, services: Services) -> None:
        self._base = services.settings.base_url
        self._names = services.municipalities.names()

    def search(self, found: SearchResult) -> s.SearchAnswer:
        """An answer to a question."""
        params, results = found.params, found.results
        return s.SearchAnswer(
            total=results.total,
            page=None if params.after else params.page,
            limit=params.limit,
            next=results.next,
            partial=results.partial,
            took_ms=round(results.took_ms, 2),
            query=s.QueryBody(
                q=params.q,
                written=written(found.clauses),
                clauses=[
                    s.ClauseBody(
                        text=c.text, occur=c.occur.value, phrase=c.phrase, prefix=c.prefix,
                        alternatives=list(c.alternatives),
                    )
                    for c in found.clauses
                ],
                sort=params.order.value,
                filters=_filters(params),
            ),
            hits=[self._hit(hit, params.q) for hit in found.hits],
            similar=[self._similar(record) for record in found.similar],
            facets={
                name.value: [
                    s.FacetValue(value=c.value, label=self._label(name, c.value), count=c.count) for c in counts
                ]
                for name, counts in results.facets.items()
            },
        )  # fmt: skip

    def paper(self, details: PaperDetails) -> r.PaperBody:
        """A paper."""
        paper = details.paper
        return r.PaperBody(
            **self._record(details.held),
            name=paper.name,
            reference=paper.reference,
            paper_type=paper.paper_type,
            date=paper.date,
            originators=self._named(details.originators),
            files=self._files(details.files),
            consultations=[self._consultation(step) for step in details.consultations],
            related=self._links(details.related),
            similar=[self._similar(record) for record in details.similar],
        )

    def meeting(self, details: MeetingDetails) -> r.MeetingBody:
        """A meeting."""
        meeting = details.meeting
        return r.MeetingBody(
            **self._record(details.held),
            name=meeting.name,
            start=meeting.start,
            end=meeting.end,
            cancelled=meeting.cancelled,
            state=meeting.state,
            location=r.LocationBody(**meeting.location.model_dump()) if meeting.location else None,
            organizations=self._named(details.organizations),
            agenda=[
                r.AgendaItemBody(
                    id=shown.item.native_id,
                    number=shown.item.number,
                    name=shown.item.name,
                    result=shown.item.result,
                    resolution_text=shown.item.resolution_text,
                    paper=self._link(shown.paper) if shown.paper else None,
                    reference=shown.item.reference,
                    files=self._files(shown.files),
                )
                for shown in details.agenda
            ],
            agenda_state=details.agenda_state,
            files=self._files(details.files),
        )

    def organization(self, details: OrganizationDetails) -> r.OrganizationBody:
        """An organization."""
        organization = details.organization
        return r.OrganizationBody(
            **self._record(details.held),
            name=organization.name,
            short_name=organization.short_name,
            organization_type=organization.organization_type,
            classification=organization.classification,
            start_date=organization.start_date,
            end_date=organization.end_date,
            meetings=self._links(details.meetings),
            papers=self._links(details.papers),
        )

    def text(self, details: TextDetails) -> r.FileTextAnswer:
        """The text of a file."""
        return r.FileTextAnswer(
            file=self._file(details.file),
            record=details.owner.id,
            municipality=self._municipality(details.owner.municipality),
            source_id=details.file.file.source_id,
            source_url=web_url(details.file.file.url),
            url=self._base + text_path(details.file.id),
            pages=[r.PageBody(page=number, text=text) for number, text in enumerate(details.pages, start=1)],
        )

    def municipality(self, state: MunicipalityState) -> MunicipalityBody:
        """A state."""
        return municipality_body(state, self._base)

    def _hit(self, found: SearchHit, q: str) -> s.HitBody:
        hit = found.hit
        return s.HitBody(
            id=hit.id,
            kind="meeting" if hit.kind == Kind.MEETING.value else "paper",
            title=hit.title,
            title_highlights=[list(span) for span in found.title_highlights],
            reference=hit.reference,
            date=hit.date,
            municipality=self._municipality(hit.municipality),
            paper_type=hit.paper_type,
            organizations=list(hit.organizations),
            result=found.result,
            cancelled=found.cancelled,
            agenda_state=found.agenda_state,
            source_id=hit.source_id,
            source_url=web_url(hit.source_url),
            url=self._url(hit.id),
            passages=[self._passage(passage, q) for passage in found.passages],
            more_passages=found.more_passages,
            agenda=[
                s.AgendaLineBody(
                    number=line.number, name=line.name, highlights=[list(span) for span in line.highlights]
                )
                for line in found.agenda
            ],
        )

    def _passage(self, found: SearchPassage, q: str) -> s.PassageBody:
        passage = found.passage
        return s.PassageBody(
            file=s.FileRef(
                id=passage.file_id,
                name=passage.file_name or None,
                url=web_url(found.file.url if found.file else None),
            ),
            page=passage.page,
            text=passage.text,
            highlights=[list(span) for span in passage.highlights],
            url=self._base + text_path(passage.file_id, passage.page or 1, q),
            text_url=f"{self._base}/api/v1{text_path(passage.file_id)}",
        )

    def _label(self, facet: FacetName, value: str) -> str:
        return self._names.get(value, value) if facet is FacetName.MUNICIPALITY else value

    def _municipality(self, key: str) -> r.MunicipalityRef:
        return r.MunicipalityRef(key=key, name=self._names.get(key, key))

    def _url(self, record_id: str) -> str:
        return self._base + (page_path(record_id) or "")

    def _record(self, held: HeldRecord) -> dict[str, object]:
        return {
            "id": held.id,
            "municipality": self._municipality(held.municipality),
            "source_id": held.noun.source_id,
            "source_url": web_url(source_link(held.noun)),
            "url": self._url(held.id),
            "first_seen": held.first_seen,
            "last_seen": held.last_seen,
            "changed_at": held.changed_at,
        }

    def _named(self, organizations: Iterable[NamedOrganization]) -> list[r.OrganizationRefBody]:
        return [
            r.OrganizationRefBody(id=ref.id, name=ref.name, url=self._url(ref.id) if ref.id else None)
            for ref in organizations
        ]

    def _link(self, link: RecordLink) -> r.LinkBody:
        return r.LinkBody(
            id=link.id, url=self._url(link.id), title=link.title, reference=link.reference, date=link.date
        )

    def _similar(self, record: HeldRecord) -> r.SimilarPaperBody:
        link = record_link(record)
        assert link is not None  # noqa: S101 - only papers are similar
        return r.SimilarPaperBody(**self._link(link).model_dump(), municipality=self._municipality(record.municipality))

    def _links(self, links: Iterable[RecordLink]) -> list[r.LinkBody]:
        return [self._link(link) for link in links]

    def _consultation(self, step: ConsultationDetails) -> r.ConsultationBody:
        consultation = step.consultation
        return r.ConsultationBody(
            id=consultation.native_id if consultation else None,
            date=step.date,
            role=consultation.role if consultation else None,
            authoritative=consultation.authoritative if consultation else None,
            organizations=self._named(step.organizations),
            meeting=self._link(step.meeting) if step.meeting else None,
            agenda_number=step.item.number if step.item else None,
            result=step.result,
        )

    def _files(self, files: Iterable[FileDetails]) -> list[r.FileBody]:
        return [self._file(file) for file in files]

    def _file(self, shown: FileDetails) -> r.FileBody:
        file, held = shown.file, shown.held
        return r.FileBody(
            id=shown.id,
            role=file.role.value,
            name=file.name,
            file_name=file.file_name,
            url=web_url(file.url),
            source_id=file.source_id,
            media_type=(held.media_type if held else None) or file.media_type,
            size=(held.size if held else None) or file.size,
            date=file.date,
            license=file.license,
            status=held.status.value if held else "unknown",
            text_status=held.text_status.value if held and held.text_status else None,
            reason=(held.text_reason or held.reason) if held else None,
            pages=held.pages_total if held else None,
            text_url=f"{self._base}/api/v1{text_path(shown.id)}" if shown.has_text else None,
        )


def _filters(params: SearchParams) -> dict[str, list[str]]:
    apart = {"q", "sort", "page", "limit", "after", "facets"}
    filters: dict[str, list[str]] = {}
    for name, value in params.pairs():
        if name not in apart:
            filters.setdefault(name, []).append(value)
    return filters


def municipality_body(state: MunicipalityState, base: str) -> r.MunicipalityBody:
    """A municipality; `base` stands before the paths of our pages."""
    entry = state.entry
    return r.MunicipalityBody(
        key=entry.key,
        name=entry.name,
        kind=entry.kind.value,
        ags=entry.ags,
        ars=entry.ars,
        system=entry.system.value,
        enabled=entry.enabled,
        offering=_offering(state.offering),
        source_url=entry.url,
        source_page=source_page(entry),
        url=base + municipality_path(entry.key),
        last_run=_run(state.last_run),
        last_complete_run=_run(state.last_success),
        held=dict(state.held),
        not_shown=dict(state.not_shown),
        files=_files(state.files),
        counted={c.kind: r.ListedHeldBody(listed=c.listed, held=c.held) for c in state.counted},
        counted_at=state.counted_at,
        complete=state.complete,
        warnings=[warning.value for warning in state.warnings],
    )


def _offering(offering: OfferingText) -> r.OfferingBody:
    parts = [r.OfferedBody(part=o.part, extent=o.extent, title=o.title, remark=o.remark) for o in offering.parts]
    return r.OfferingBody(product=offering.product, about=offering.about, parts=parts)


def _files(files: FileCounts) -> r.FilesBody:
    return r.FilesBody(
        total=files.total,
        with_text=files.with_text,
        without_text=files.without_text,
        unreadable=files.unreadable,
        waiting=files.waiting,
        not_fetched=files.not_fetched,
        by=dict(files.by),
    )


def _run(run: Run | None) -> r.RunBody | None:
    if run is None:
        return None
    return r.RunBody(
        mode=run.mode.value,
        outcome=run.outcome.value,
        detail=run.detail,
        started_at=run.started_at,
        finished_at=run.finished_at,
        requests=run.requests,
        seconds=run.seconds,
    )
