"""The register that is shipped: the Saalekreis, whole, and nothing in it that the readers there are cannot hold."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path

import pytest

from council.municipality import AdministrationKind, Municipality
from council.register import read_register
from council.system import System
from crawlers.parsing.provider import provider
from crawlers.systems import READABLE

SHIPPED = Path(__file__).parents[2] / "config" / "municipalities.yaml"
MUNICIPALITIES = read_register(SHIPPED).municipalities
BY_KEY = {entry.key: entry for entry in MUNICIPALITIES}
DISTRICT = {"lat": (51.2, 51.75), "lon": (11.35, 12.3)}
"""A frame around the Saalekreis, in degrees."""

ADMINISTRATIONS = {
    "bad-duerrenberg": "15088020", "bad-lauchstaedt": "15088025", "braunsbedra": "15088065", "kabelsketal": "15088150",
    "landsberg": "15088195", "leuna": "15088205", "merseburg": "15088220", "muecheln": "15088235",
    "petersberg": "15088295", "querfurt": "15088305", "salzatal": "15088319", "schkopau": "15088330",
    "teutschenthal": "15088365", "wettin-loebejuen": "15088216", "weida-land": None,
}  # fmt: skip
MEMBERS = {
    "barnstaedt": "15088030", "farnstaedt": "15088100", "nemsdorf-goehrendorf": "15088250", "obhausen": "15088265",
    "schraplau": "15088340", "steigra": "15088355",
}  # fmt: skip
NO_READER = re.compile(r"Not visited: no reader for \S.* yet\.")

each = pytest.mark.parametrize("entry", MUNICIPALITIES, ids=[entry.key for entry in MUNICIPALITIES])


def hosters(entry: Municipality) -> str:
    host = entry.url.split("/")[2]
    return "verwaltungsportal.de" if entry.system is System.COUNCILSERVICE else provider(host)


def test_it_has_no_problem_with_the_readers_there_are() -> None:
    assert len(read_register(SHIPPED, readable=READABLE)) == len(MUNICIPALITIES)


def test_it_has_the_county_its_administrations_and_their_members() -> None:
    assert set(BY_KEY) == {"saalekreis", *ADMINISTRATIONS, *MEMBERS}
    assert len(ADMINISTRATIONS) == 15
    assert (BY_KEY["saalekreis"].kind, BY_KEY["saalekreis"].ags) == (AdministrationKind.LANDKREIS, "15088")
    assert {key: BY_KEY[key].ags for key in (*ADMINISTRATIONS, *MEMBERS)} == ADMINISTRATIONS | MEMBERS


def test_everybody_belongs_somewhere() -> None:
    assert {key: BY_KEY[key].parent for key in ADMINISTRATIONS} == dict.fromkeys(ADMINISTRATIONS, "saalekreis")
    assert {key: BY_KEY[key].parent for key in MEMBERS} == dict.fromkeys(MEMBERS, "weida-land")


def test_the_associations_members_have_its_regional_key() -> None:
    association = BY_KEY["weida-land"].ars
    assert association == "150885051"
    for key in MEMBERS:
        assert BY_KEY[key].ars == f"{association}{MEMBERS[key][5:]}"


@each
def test_who_is_not_visited_says_why(entry: Municipality) -> None:
    assert entry.enabled or (entry.note or "").startswith("Not visited"), "write the reason into its note"
    assert not entry.enabled or "Not visited" not in (entry.note or "")


@each
def test_a_reader_that_has_come_is_used(entry: Municipality) -> None:
    if NO_READER.match(entry.note or ""):
        assert entry.system not in READABLE, f"{entry.key}: there is a reader now: set enabled: true, and mend the note"


@each
def test_coordinates_lie_in_the_district(entry: Municipality) -> None:
    assert entry.coordinates
    for name, (least, most) in DISTRICT.items():
        assert least <= getattr(entry.coordinates, name) <= most


def test_the_inhabitants_of_the_parts_are_those_of_the_whole() -> None:
    people = {entry.key: entry.population or 0 for entry in MUNICIPALITIES}
    assert sum(people[key] for key in ADMINISTRATIONS) == pytest.approx(people["saalekreis"], abs=500)
    assert sum(people[key] for key in MEMBERS) == pytest.approx(people["weida-land"], abs=100)


def test_visits_are_spread_over_the_night() -> None:
    visited_alone = [entry for entry in MUNICIPALITIES if entry.key not in MEMBERS]
    times = Counter(entry.schedule.cron for entry in visited_alone)
    assert times.most_common(1)[0][1] == 1, "no two at once"
    for entry in visited_alone:
        minute, hour, *rest = (entry.schedule.cron or "").split()
        assert (int(hour) < 5, minute.isdigit(), rest) == (True, True, ["*", "*", "*"])


def test_what_shares_a_server_is_visited_half_an_hour_apart_at_least() -> None:
    minutes: dict[str, list[int]] = {}
    for entry in MUNICIPALITIES:
        if entry.schedule.cron:
            minute, hour, *_ = entry.schedule.cron.split()
            minutes.setdefault(hosters(entry), []).append(int(hour) * 60 + int(minute))
    assert sum(len(some) > 1 for some in minutes.values()) >= 3
    for host, some in minutes.items():
        ordered = sorted(some)
        assert all(b - a >= 30 for a, b in itertools.pairwise(ordered)), host


@each
def test_strangers_servers_are_asked_gently(entry: Municipality) -> None:
    assert not entry.robots.ignore
    assert entry.politeness.delay_seconds >= (4 if entry.system is System.COUNCILSERVICE else 1)
    assert entry.politeness.parallel <= 2
