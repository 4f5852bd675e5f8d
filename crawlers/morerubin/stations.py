"""Stations of papers that are known from agendas alone: the older interfaces list none, so that every meeting shows
its own only."""

from __future__ import annotations

from collections.abc import Iterable

from council.model import Consultation, Paper


def is_from_agendas(paper: Paper) -> bool:
    """Whether no list of stations was there: then an agenda item stands for its station."""
    return all(station.native_id == station.agenda_item for station in paper.consultations)


def with_stations(paper: Paper, others: Iterable[Consultation]) -> Paper:
    """The paper with stations that other agendas show, by day; one whose list is there keeps that."""
    if not is_from_agendas(paper):
        return paper
    stations = {one.native_id: one for one in (*others, *paper.consultations)}
    ordered = sorted(stations.values(), key=lambda one: (str(one.date or "9999"), one.native_id))
    return paper.model_copy(update={"consultations": tuple(ordered)})
