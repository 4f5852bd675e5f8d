"""Invented municipalities: the same every time, complete, and silent about what is not public."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from townhall.district import District
from townhall.invention.model import SECRET_WORD, Format, Municipality
from townhall.invention.municipalities import invent_municipality, lindquell, obermuehlgrund
from townhall.invention.people import FACTIONS
from townhall.invention.secret_papers import NONPUBLIC_HEADING


def test_the_same_seed_gives_the_same_municipality_and_another_one_another() -> None:
    first, again, other = (invent_municipality("Prüfhausen", seed, papers=20, meetings=8) for seed in (3, 3, 4))
    assert first == again
    assert first != other


@pytest.mark.parametrize(("municipality", "papers", "meetings"), [(lindquell(), 120, 42), (obermuehlgrund(), 45, 18)])
def test_ready_municipalities_are_of_their_size(municipality: Municipality, papers: int, meetings: int) -> None:
    assert len([paper for paper in municipality.papers if paper.public]) == papers
    assert len(municipality.meetings) == meetings
    assert len({paper.reference for paper in municipality.papers}) == len(municipality.papers)
    assert len({paper.name for paper in municipality.papers}) == len(municipality.papers)


def test_every_number_is_given_once() -> None:
    municipality = lindquell()
    items = [item.number for meeting in municipality.meetings for item in meeting.items]
    documents = [document.number for document in municipality.documents()]
    assert len(set(items)) == len(items)
    assert len(set(documents)) == len(documents)
    for meeting in municipality.meetings:
        labels = [item.label for item in meeting.items if item.label]
        assert labels == sorted(set(labels), key=int)


def test_papers_and_agendas_point_at_each_other() -> None:
    municipality = lindquell()
    items = {item.number: item for meeting in municipality.meetings for item in meeting.items}
    for paper in municipality.papers:
        for consultation in paper.consultations:
            assert consultation.item is not None
            assert items[consultation.item].paper == paper.number
            assert items[consultation.item].consultation == consultation.number


def test_nothing_public_says_the_secret_word() -> None:
    for municipality in (lindquell(), obermuehlgrund()):
        for document in municipality.documents():
            told = SECRET_WORD in document.text + document.name
            assert told == (document.number in municipality.secret_documents), document.name
        for paper in municipality.papers:
            assert (SECRET_WORD in paper.name) != paper.public
        for meeting in municipality.meetings:
            for item in meeting.items:
                told = SECRET_WORD in f"{item.name} {item.resolution}"
                assert told == (item.public is not True and item.name != NONPUBLIC_HEADING)


def test_one_meeting_says_what_is_not_public_only_in_a_heading() -> None:
    municipality = lindquell()
    unsaid = [meeting for meeting in municipality.meetings if any(item.public is None for item in meeting.items)]
    assert len(unsaid) == 1
    names = [item.name for item in unsaid[0].items if item.public is None]
    assert names[0] == NONPUBLIC_HEADING
    assert len(names) == 3
    assert sum(item.public is False for meeting in municipality.meetings for item in meeting.items) >= 4


def test_every_kind_of_file_and_papers_without_any() -> None:
    formats = Counter(document.format for document in lindquell().documents())
    assert [formats[form] for form in (Format.SCAN, Format.DOCX, Format.TXT)] == [1, 1, 1]
    assert any(not paper.documents for paper in lindquell().papers)


def test_documents_differ() -> None:
    texts = [
        document.text for document in lindquell().documents() if document.number not in lindquell().secret_documents
    ]
    assert len(set(texts)) == len(texts)
    assert "{" not in "".join(texts)


def test_what_the_demo_tells_people_to_search_for_is_there() -> None:
    municipalities = District().municipalities.values()
    everything = " ".join(document.text for municipality in municipalities for document in municipality.documents())
    for word in ("Radverkehrskonzept", "Kita-Neubau", "Feuerwehrgerätehaus", "Spielplatz", "Hitzeaktionsplan"):
        assert word in everything


def test_two_meetings_are_still_to_come() -> None:
    today = dt.date(2026, 11, 24)
    municipality = lindquell(today)
    coming = [meeting for meeting in municipality.meetings if meeting.start.date() > today]
    assert len(coming) == 2
    assert all(meeting.state == "eingeladen" and not meeting.minutes for meeting in coming)
    assert any(item.paper for meeting in coming for item in meeting.items)
    assert len(lindquell(today).papers) == len(lindquell().papers)
    assert all(document.date <= today for document in municipality.documents())


def test_one_meeting_is_called_off() -> None:
    cancelled = [meeting for meeting in lindquell().meetings if meeting.cancelled]
    assert len(cancelled) == 1
    assert cancelled[0].minutes is None


def test_minutes_name_votes_and_members() -> None:
    minutes = [meeting.minutes.text for meeting in lindquell().meetings if meeting.minutes]
    assert len(minutes) > 30
    assert any("Enthaltung" in text and "einstimmig beschlossen" in text for text in minutes)
    assert all(any(faction in text for faction in FACTIONS) for text in minutes)


def test_a_municipality_too_small_for_one_of_everything_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 8 papers"):
        invent_municipality("Klein", 1, papers=3)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="none of Stadt, Verbandsgemeinde"):
        invent_municipality("Klein", 1, kind="Reich")
