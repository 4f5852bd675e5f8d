"""A whole district, one municipality a system, crawled over the wire: what is not public is nowhere."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.file_reader import FileReader
from archive.held_reader import HeldReader
from archive.record_reader import RecordReader
from archive.run_reader import RunReader
from council.identity import make_id
from council.model import Kind
from council.system import System
from search_api.app import create_app
from search_api.settings import search_settings
from tests.search_api.conftest import Client
from tests.simulation.faults import Fault, failing_share, faults_of
from tests.simulation.planting import marker, plant
from tests.whole.content import content_of, content_of_municipality, differences
from tests.whole.house import LONGEST, House
from tests.whole.products.declared import DECLARED
from townhall.district import District
from townhall.invention.model import SECRET_WORD
from townhall.oparl.server import OParlServer
from townhall.server.council_server import CouncilServer

SECRETS = 100
STEM = SECRET_WORD.lower()
PAGES = ("/", "/suche", "/municipalities", "/status", "/hilfe", "/api", "/api/v1/municipalities")


class Seen:
    """The district after its crawl: what the commands said, and the application over what they made."""

    def __init__(self, house: House, district: District, said: str) -> None:
        self.house = house
        self.district = district
        self.said = said
        installation = house.installation
        self.archive = house.archive()
        app = create_app(
            search_settings({}), installation.engine().reader(), self.archive, installation.live_register()
        )
        self.client = Client(app)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    home = tmp_path_factory.mktemp("district")
    with District(papers=24, meetings=12, change=lambda municipality: plant(municipality, SECRETS)) as district:
        house = House.of(home, district.register(), {})
        said = ""
        for place in district.places:
            done = house.run("crawl", place.key)
            said += done.stdout + done.stderr
        said += house.run("index").stdout + house.run("status").stdout + house.run("status", "--json").stdout
        found = Seen(house, district, said)
        yield found
        found.archive.close()


def test_every_municipality_ends_in_its_own_content(seen: Seen) -> None:
    archive = seen.archive
    runs = RunReader(archive).last()
    wrong = [
        (place.key, *difference)
        for place in seen.district.places
        for difference in differences(
            content_of_municipality(seen.district.municipalities[place.key]),
            content_of(archive, place.key),
            DECLARED[System(place.system)],
        )
    ]
    assert {key: (run.outcome.value, run.detail) for key, run in runs.items() if run.outcome != "complete"} == {}
    assert not wrong, "\n".join(str(difference) for difference in wrong[:30])


def test_no_secret_is_in_the_archive(seen: Seen) -> None:
    archive = seen.archive
    reader = RecordReader(archive)
    ids = [i for some in reader.ids(list(Kind)) for i in some]
    records = json.dumps([record.noun.model_dump(mode="json") for record in reader.records(ids)], ensure_ascii=False)
    texts = repr(FileReader(archive).texts(ids))
    runs = repr([RunReader(archive).history(place.key) for place in seen.district.places])
    assert len(ids) > 30 * len(seen.district.places)
    assert "Beschlussvorlage" in texts
    for what, where in (("records", records), ("texts", texts), ("accounts of runs", runs)):
        assert STEM not in where.lower(), what


def test_no_secret_is_in_what_the_commands_say(seen: Seen) -> None:
    assert all(place.key in seen.said for place in seen.district.places)
    assert STEM not in seen.said.lower()


def test_no_secret_document_was_asked_for(seen: Seen) -> None:
    for place in seen.district.places:
        server = seen.district.servers[place.key]
        if isinstance(server, OParlServer):
            secret = {address.removeprefix(server.base) for address in server.secret_addresses}
            assert secret, "there is something that must not be asked for"
            assert not secret & set(server.requests.paths)
        else:
            assert server.documents_asked, place.key
            assert not server.documents_asked & server.municipality.secret_documents, place.key


def test_no_search_finds_a_secret(seen: Seen) -> None:
    client = seen.client
    assert client.get("/api/v1/search?q=Beschlussvorlage").json()["total"] > 0
    for question in (SECRET_WORD, f"{SECRET_WORD}*", f'"{SECRET_WORD}"', *(marker(n) for n in range(1, SECRETS + 1))):
        answer = client.request("GET", "/api/v1/search", params={"q": question}).json()
        assert answer["total"] == 0, question
        page = client.request("GET", "/suche", params={"q": question}).text
        assert page.lower().count(STEM) == page.lower().count(question.lower().strip('*"')), question


def test_no_suggestion_goes_on_to_a_secret(seen: Seen) -> None:
    beginnings = [SECRET_WORD[:length] for length in range(2, len(SECRET_WORD) + 1)]
    words = ("Vertragsangelegenheit", "Grundstücksangelegenheit", "Personalangelegenheit", "Rechtsstreit", "Vergabe")
    numbers = [f"NV/{year}/{number}" for year in range(2020, 2030) for number in (8, 80, 81)]
    suggested = 0
    for typed in (*beginnings, *map(marker, range(1, SECRETS + 1)), *words, *numbers, "Vertragsangelegenheit: G"):
        answer = seen.client.request("GET", "/api/v1/suggest", params={"q": typed, "limit": 20})
        suggestions = answer.json()["suggestions"]
        suggested += len(suggestions)
        assert STEM not in json.dumps(suggestions).lower(), typed
        assert not [suggestion for suggestion in suggestions if suggestion["text"].startswith("NV/")]
    assert suggested, "something is suggested"


def test_no_page_and_no_answer_shows_a_secret(seen: Seen) -> None:
    archive = seen.archive
    reader = RecordReader(archive)
    ids = [
        make_id(place.key, kind, native_id)
        for place in seen.district.places
        for kind in (Kind.PAPER, Kind.MEETING, Kind.ORGANIZATION)
        for native_id in HeldReader(archive, place.key).native_ids(kind)
    ]
    kinds = {"paper": "papers", "meeting": "meetings", "organization": "organizations"}
    records = [f"/{kinds[i.split(':')[1]]}/{i}" for i in ids]
    municipalities = [f"/municipalities/{place.key}" for place in seen.district.places]
    shown = {record.id for record in reader.records(ids)}
    for path in (*PAGES, *municipalities, *records, *(f"/api/v1{path}" for path in records)):
        answer = seen.client.get(path)
        is_kept_back = ":" in path and not any(path.endswith(f"/{i}") for i in shown)
        assert answer.status_code == (404 if is_kept_back else 200), (path, answer.text[:300])
        assert STEM not in answer.text.lower(), path


def test_no_file_of_the_installation_holds_a_secret(seen: Seen) -> None:
    """Texts are packed there; names, questions and logs are not."""
    wanted = SECRET_WORD.encode()
    for path in sorted(path for path in seen.house.home.rglob("*") if path.is_file()):
        assert wanted not in path.read_bytes(), path


def test_the_day_of_the_district_is_today_s() -> None:
    today = dt.date(2031, 3, 5)
    assert all(
        municipality.day == today for municipality in District(today, papers=8, meetings=4).municipalities.values()
    )


FAULTS = (
    (Fault.ERROR, 0.1, ()),
    (Fault.HALF, 0.3, ("calendar", "meeting", "paper", "organization")),
    (Fault.ERROR_PAGE, 0.2, ()),
    (Fault.HTML_FOR_FILE, 0.3, ("file",)),
)


def test_a_district_with_faults_ends_in_the_same_content(tmp_path: Path) -> None:
    """All systems at once, each failing in its own places; when that is over the next day's visit brings what was
    missed."""
    with District(papers=16, meetings=8) as district:
        house = House.of(tmp_path, district.register(), {})
        for server in district.servers.values():
            failing(server)
        crawl_all(house, district)
        first = outcomes(house)
        assert len([outcome for outcome in first.values() if outcome != "complete"]) > 2, (
            f"the faults have been felt: {first}"
        )
        for server in district.servers.values():
            mended(server)
        house.a_day_passes()
        crawl_all(house, district)
        assert set(outcomes(house).values()) == {"complete"}, outcomes(house)
        archive = house.archive()
        wrong = [
            (place.key, *difference)
            for place in district.places
            for difference in differences(
                content_of_municipality(district.municipalities[place.key]),
                content_of(archive, place.key),
                DECLARED[System(place.system)],
            )
        ]
        archive.close()
    assert not wrong, "\n".join(str(difference) for difference in wrong[:30])


def failing(server: CouncilServer | OParlServer) -> None:
    if isinstance(server, OParlServer):
        failing_share(server, 0.1)
        return
    for fault, share, kinds in FAULTS:
        faults_of(server).switch_on(fault, share=share, kinds=kinds)


def mended(server: CouncilServer | OParlServer) -> None:
    if isinstance(server, OParlServer):
        server.middleware.clear()
    else:
        faults_of(server).mend()


def crawl_all(house: House, district: District) -> None:
    """All of them at once, each in a process of its own."""
    running = [house.start("crawl", place.key, "--full") for place in district.places]
    for crawl in running:
        said, _ = crawl.communicate(timeout=LONGEST)
        assert "Traceback" not in said, said


def outcomes(house: House) -> dict[str, str]:
    archive = house.archive()
    try:
        return {key: run.outcome.value for key, run in RunReader(archive).last().items()}
    finally:
        archive.close()
