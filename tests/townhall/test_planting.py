"""The planted secrets are all there, and a municipality's documents know which of them are secret."""

from __future__ import annotations

from tests.simulation.planting import marker, plant
from townhall.invention.model import SECRET_WORD
from townhall.invention.municipalities import invent_municipality


def test_every_secret_is_somewhere_and_none_in_what_is_public() -> None:
    before = invent_municipality("Prüflingen", 11, papers=24, meetings=8)
    municipality = plant(before, 100)
    everything = repr(municipality)
    assert all(marker(number) in everything for number in range(1, 101))
    public = [document for document in municipality.documents() if document.number not in municipality.secret_documents]
    assert SECRET_WORD not in repr(public)
    assert {document.number for document in before.documents()} <= {
        document.number for document in municipality.documents()
    }
    assert SECRET_WORD not in repr([item for meeting in municipality.meetings for item in meeting.items if item.public])
    assert len({item.number for meeting in municipality.meetings for item in meeting.items}) == sum(
        len(meeting.items) for meeting in municipality.meetings
    )


def test_planted_items_stand_between_public_ones_too() -> None:
    municipality = plant(invent_municipality("Prüflingen", 11, papers=24, meetings=8), 100)
    shapes = [[item.public for item in meeting.items] for meeting in municipality.meetings]
    assert any(shape[0] is True and shape[1] is False and shape[-2:] == [False, False] for shape in shapes)
