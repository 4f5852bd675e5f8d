"""Turns a town's state into its JSON model."""

from __future__ import annotations

from archive.run import Run
from search_api import municipality_answer as m
from search_api.links import source_page, town_path
from search_api.municipalities import FileAccount, TownState
from search_api.offering_texts import OfferingText


def town_body(town: TownState, base: str) -> m.MunicipalityBody:
    """A municipality; `base` stands before the paths of our pages."""
    entry = town.entry
    return m.MunicipalityBody(
        key=entry.key,
        name=entry.name,
        kind=entry.kind.value,
        ags=entry.ags,
        ars=entry.ars,
        system=entry.system.value,
        enabled=entry.enabled,
        offering=_offering(town.offering),
        source_url=entry.url,
        source_page=source_page(entry),
        url=base + town_path(entry.key),
        last_run=_run(town.last_run),
        last_complete_run=_run(town.last_success),
        held=dict(town.held),
        not_shown=dict(town.not_shown),
        files=_files(town.files),
        counted={one.kind: m.ListedHeldBody(listed=one.listed, held=one.held) for one in town.counted},
        counted_at=town.counted_at,
        complete=town.complete,
        warnings=[warning.value for warning in town.warnings],
    )


def _offering(offering: OfferingText) -> m.OfferingBody:
    parts = [m.OfferedBody(part=o.part, extent=o.extent, title=o.title, remark=o.remark) for o in offering.parts]
    return m.OfferingBody(product=offering.product, about=offering.about, parts=parts)


def _files(files: FileAccount) -> m.FilesBody:
    return m.FilesBody(
        total=files.total,
        with_text=files.with_text,
        without_text=files.without_text,
        unreadable=files.unreadable,
        waiting=files.waiting,
        not_fetched=files.not_fetched,
        by=dict(files.by),
    )


def _run(run: Run | None) -> m.RunBody | None:
    if run is None:
        return None
    return m.RunBody(
        mode=run.mode.value,
        outcome=run.outcome.value,
        detail=run.detail,
        started_at=run.started_at,
        finished_at=run.finished_at,
        requests=run.requests,
        seconds=run.seconds,
    )
