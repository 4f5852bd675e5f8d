"""An entry by itself: what is accepted, what it becomes, and what is refused with which words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from council.address import HTTPS_PROVIDERS, host_of, is_at_https_provider, is_loopback, source_of, with_https
from council.cron_line import cron_line
from council.municipality import AdministrationKind, Municipality, Politeness, Robots
from council.problem import WrongValue
from council.schedule import Schedule
from council.system import System

SMALLEST: dict[str, Any] = {
    "key": "karlsruhe",
    "name": "Karlsruhe",
    "kind": "Stadt",
    "ags": "08212000",
    "system": "oparl",
    "url": "https://ris.example.org/oparl/system",
}


def municipality(**fields: Any) -> Municipality:
    return Municipality.model_validate({**SMALLEST, **fields})


def test_what_the_smallest_entry_takes_by_default() -> None:
    entry = municipality()
    assert entry.kind is AdministrationKind.STADT
    assert entry.system is System.OPARL
    assert entry.schedule == Schedule(every=dt.timedelta(hours=24))
    assert entry.politeness == Politeness(delay_seconds=1.0, parallel=2)
    assert entry.robots == Robots(ignore=False, reason=None)
    assert entry.enabled
    assert (entry.body, entry.parent, entry.ars, entry.since, entry.expect, entry.coordinates) == (None,) * 6
    assert (entry.population, entry.contact, entry.note) == (None,) * 3


def test_an_entry_is_frozen_and_survives_json() -> None:
    entry = municipality(
        schedule="90m", since="2019-07-01", expect={"papers": 1}, coordinates={"lat": 49.0, "lon": 8.4}, parent="kreis"
    )
    assert Municipality.model_validate_json(entry.model_dump_json()) == entry
    assert hash(entry) == hash(entry.model_copy())
    with pytest.raises(ValidationError):
        setattr(entry, "name", "x")  # noqa: B010 - mypy knows that this cannot be done


@pytest.mark.parametrize("key", ["", "-a", "Köln", "A", "a" * 64, "a_b", "a\n"])
def test_keys_that_are_none(key: str) -> None:
    with pytest.raises(ValidationError):
        municipality(key=key)


@pytest.mark.parametrize(
    ("written", "every", "cron"),
    [
        ("6h", dt.timedelta(hours=6), None),
        ("30m", dt.timedelta(minutes=30), None),
        ({"every": "1d"}, dt.timedelta(days=1), None),
        ("15 3 * * *", None, "15 3 * * *"),
        ({"cron": "15 3 * * 1-5"}, None, "15 3 * * mon,tue,wed,thu,fri"),
    ],
)
def test_schedules(written: Any, every: dt.timedelta | None, cron: str | None) -> None:
    entry = municipality(schedule=written)
    assert entry.schedule == Schedule(every=every, cron=cron)
    assert Municipality.model_validate_json(entry.model_dump_json()) == entry


@pytest.mark.parametrize("schedule", [Schedule(every=dt.timedelta(minutes=m)) for m in (1, 60, 90, 1440)])
def test_an_interval_is_written_as_it_is_read(schedule: Schedule) -> None:
    assert Schedule.model_validate(schedule.model_dump()) == schedule


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("15 3 * * *", "15 3 * * *"),
        ("*/10  8-18 1,15 JAN-mar *", "*/10 8-18 1,15 jan-mar *"),
        ("0 0 * * 0", "0 0 * * sun"),
        ("0 0 * * 7", "0 0 * * sun"),
        ("0 0 * * 0-7", "0 0 * * *"),
        ("0 0 * * sat-sun", "0 0 * * sat,sun"),
        ("0 0 * * */2", "0 0 * * tue,thu,sat,sun"),
        ("0 0 29 2 *", "0 0 29 2 *"),
        ("0 0 31 2,3 *", "0 0 31 2,3 *"),
    ],
)
def test_cron_lines(line: str, read: str) -> None:
    assert cron_line(line) == read


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("15 3 * *", '"15 3 * *" has 4 fields, a cron line has five'),
        ("60 3 * * *", '"60" is no minute of a cron line'),
        ("0 24 * * *", '"24" is no hour of a cron line'),
        ("0 0 0 * *", '"0" is no day of the month of a cron line'),
        ("0 0 * 13 *", '"13" is no month of a cron line'),
        ("0 0 * * xyz", '"xyz" is no day of the week of a cron line'),
        ("0 0 * * fri-mon", '"fri-mon" is no day of the week of a cron line'),
        ("*/0 0 * * *", '"*/0" is no minute of a cron line'),
        ("0 a b c d", '"a" is no hour of a cron line'),
        ("5-1 0 * * *", '"5-1" is no minute of a cron line'),
        ("0 0 31 2,4 *", '"0 0 31 2,4 *" names a day that no such month has'),
    ],
)
def test_lines_that_are_no_cron_line(line: str, wrong: str) -> None:
    with pytest.raises(WrongValue) as caught:
        cron_line(line)
    assert caught.value.wrong == wrong
    assert str(caught.value) == f"{wrong}: {caught.value.instead}"


@pytest.mark.parametrize(
    "url", ["http://localhost/", "http://127.8.0.1:8101/x", "http://[::1]:1/", "http://a.localhost"]
)
def test_hosts_on_this_machine(url: str) -> None:
    assert is_loopback(url)
    assert municipality(url=url, politeness={"delay_seconds": 0, "parallel": 16}).politeness.parallel == 16


@pytest.mark.parametrize("url", ["http://localhost.example.org/", "http://10.0.0.1/", "http://128.0.0.1/", "nonsense"])
def test_hosts_elsewhere(url: str) -> None:
    assert not is_loopback(url)


@pytest.mark.parametrize("politeness", [{"delay_seconds": 0}, {"delay_seconds": 0.0}, {"parallel": 5}])
def test_haste_is_for_a_server_of_ones_own(politeness: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="is for a server of your own on this machine"):
        municipality(politeness=politeness)


def test_four_at_once_may_be_asked_of_others() -> None:
    assert municipality(politeness={"parallel": 4}).politeness.parallel == 4


@pytest.mark.parametrize("kind", ["Landkreis", "Kreis", "Region", "Städteregion", "Regionalverband"])
def test_a_county_has_a_key_of_five_digits(kind: str) -> None:
    assert municipality(kind=kind, ags="15088").ags == "15088"


@pytest.mark.parametrize(
    "fields",
    [
        {"ags": None},
        {"ags": "15088"},
        {"ags": "00000000"},
        {"ags": "17000000"},
        {"ags": "1508822x"},
        {"ags": "150882200"},
        {"ags": 8212000},
        {"ars": "1508802202201"},
        {"ars": "150880220220"},
    ],
)
def test_official_keys_that_are_none_or_do_not_fit(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        municipality(**fields)


def test_official_keys_that_fit() -> None:
    assert municipality(ags="15088220", ars="150880220220").ars == "150880220220"
    assert municipality(ags=None, ars="150885051", kind="Verbandsgemeinde").ags is None


@pytest.mark.parametrize("host", sorted(HTTPS_PROVIDERS))
def test_providers_that_speak_https(host: str) -> None:
    assert is_at_https_provider(f"http://ris.{host}/x")
    assert is_at_https_provider(f"http://{host.upper()}/x")
    assert not is_at_https_provider(f"http://not{host}/x")
    with pytest.raises(ValidationError, match=f"speaks https: write https://ris.{host}/x"):
        municipality(url=f"http://ris.{host}/x")


def test_http_is_for_hosts_of_which_nothing_is_known() -> None:
    assert municipality(url="http://ris.example.org/").url == "http://ris.example.org/"
    assert municipality(url="http://ris.gremien.info:8080/").url == "http://ris.gremien.info:8080/"


@pytest.mark.parametrize(
    "url",
    [
        "https://ris.example.org/Oparl",
        "http://RIS.example.org:80/Oparl/",
        "https://ris.example.org.:443/Oparl/#top",
    ],
)
def test_addresses_of_one_source(url: str) -> None:
    assert source_of(url) == "ris.example.org/Oparl"


def test_addresses_of_other_sources() -> None:
    urls = ("https://a.de/x", "https://a.de/X", "https://a.de:8443/x", "https://a.de/x?body=2", "https://b.de/x")
    assert len({source_of(url) for url in urls}) == len(urls)


def test_addresses_taken_apart() -> None:
    assert host_of("https://RIS.Example.org./x") == "ris.example.org"
    assert host_of("no address") == ""
    assert host_of("https://[broken/") == ""
    assert with_https("http://ris.example.org:80/x?y=1") == "https://ris.example.org/x?y=1"


def test_text_is_trimmed_and_stays_on_its_line() -> None:
    assert municipality(name="  Bad Dürrenberg ").name == "Bad Dürrenberg"
    with pytest.raises(ValidationError, match="holds a line break"):
        municipality(name="Bad\nDürrenberg")


def test_numbers_and_flags_are_not_made_from_text() -> None:
    for field, value in (("population", "7"), ("population", True), ("enabled", "yes"), ("enabled", 1)):
        with pytest.raises(ValidationError):
            municipality(**{field: value})
