"""What vendors' servers do differently must not change what is held: each quirk over the wire, end states compared."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from archive.run import Outcome, RunMode
from council.model import Meeting, Paper
from tests.simulation.faults import failing, failing_share, slow
from tests.simulation.oparl import EditableOParl
from tests.whole.conftest import small_municipality
from tests.whole.house import House
from townhall.oparl.quirks import Quirks

HARMLESS = (
    "filter_ignored", "filter_dropped_from_next", "filter_404_when_empty", "rejects_encoded_filter",
    "body_as_object", "bare_lists", "missing_type", "control_characters", "numbers_as_strings",
    "auxiliary_file_as_object", "created_modified_today", "path_paging", "meetings_without_agenda_in_list",
    "deleted_in_unfiltered_lists", "mime_short", "octet_stream", "html_with_200", "limit_ignored", "bad_dates",
)  # fmt: skip
"""Quirks under which everything must be held all the same."""

INCOMPLETE = {
    "next_repeats": "found this page's own",
    "pages_without_news": "without anything new",
    "next_on_other_host": "on another server",
}
"""Quirks that hide a part of the lists: said, and nothing taken away."""

FAILED = {
    "inactive": "not active",
    "robots_disallow": "robots.txt",
}
"""Quirks that mean "no"."""


def essence(house: House) -> dict[str, object]:
    """What must be the same: names, references, agendas, ways, files."""
    found: dict[str, object] = {}
    for record_id, noun in house.held().items():
        if isinstance(noun, Paper):
            ways = [c.role for c in noun.consultations]
            found[record_id] = (noun.name, noun.reference, ways, sorted(f.name or "" for f in noun.files))
        if isinstance(noun, Meeting):
            agenda = [(item.number, item.name, item.result) for item in noun.agenda]
            found[record_id] = (noun.name, noun.start, agenda, sorted(f.name or "" for f in noun.files))
    return found


@cache
def undisturbed() -> dict[str, object]:
    with TemporaryDirectory() as folder, EditableOParl(small_municipality(), page_size=10) as server:
        house = House(Path(folder), server.url)
        assert house.crawl().outcome is Outcome.COMPLETE
        return essence(house)


@pytest.fixture
def quirky(request: pytest.FixtureRequest) -> Iterator[EditableOParl]:
    with EditableOParl(small_municipality(), page_size=10, quirks=Quirks.named(request.param)) as server:
        yield server


@pytest.mark.parametrize("quirky", HARMLESS, indirect=True)
def test_everything_is_held_whatever_the_server_does_differently(quirky: EditableOParl, tmp_path: Path) -> None:
    house = House(tmp_path, quirky.url)
    run = house.crawl()
    assert run.outcome is Outcome.COMPLETE, run
    assert essence(house) == undisturbed()
    again = house.crawl()
    assert again.outcome is Outcome.COMPLETE, again
    assert essence(house) == undisturbed()


@pytest.mark.parametrize(("quirky", "why"), INCOMPLETE.items(), indirect=["quirky"])
def test_a_list_that_cannot_be_read_to_its_end_is_said(quirky: EditableOParl, why: str, tmp_path: Path) -> None:
    run = House(tmp_path, quirky.url).crawl()
    assert run.outcome is Outcome.INCOMPLETE
    assert why in (run.detail or "")
    assert quirky.requests["paper list"] < 40


@pytest.mark.parametrize(("quirky", "why"), FAILED.items(), indirect=["quirky"])
def test_a_source_that_says_no_is_left_alone(quirky: EditableOParl, why: str, tmp_path: Path) -> None:
    run = House(tmp_path, quirky.url).crawl()
    assert run.outcome is Outcome.FAILED
    assert why in (run.detail or "")
    assert quirky.requests["paper list"] == 0


def test_a_server_whose_filter_is_ignored_is_always_read_in_full(tmp_path: Path) -> None:
    with EditableOParl(small_municipality(), page_size=10, quirks=Quirks(filter_ignored=True)) as server:
        house = House(tmp_path, server.url)
        house.crawl()
        assert house.crawl().mode is RunMode.FULL


def test_a_server_that_refuses_an_encoded_filter_is_asked_raw(tmp_path: Path) -> None:
    with EditableOParl(small_municipality(), page_size=10, quirks=Quirks(rejects_encoded_filter=True)) as server:
        house = House(tmp_path, server.url)
        house.crawl()
        assert house.crawl().mode is RunMode.INCREMENTAL


def test_the_filter_is_kept_on_every_page_though_next_drops_it(tmp_path: Path) -> None:
    quirks = Quirks(filter_dropped_from_next=True)
    with EditableOParl(small_municipality(), page_size=2, quirks=quirks) as server:
        house = House(tmp_path, server.url)
        house.crawl()
        for number in range(9):
            server.rename(number, f"Neuer Name {number}")
        server.requests.clear()
        run = house.crawl()
        assert run.counts["paper"].changed == 9
        pages = [line.path for line in server.requests.lines if line.kind == "paper list"]
        assert len(pages) == 5
        assert all("modified_since" in path for path in pages)


def test_text_inside_the_answer_makes_fetching_needless(tmp_path: Path) -> None:
    with EditableOParl(small_municipality(), page_size=10, quirks=Quirks(inline_text=True)) as server:
        house = House(tmp_path, server.url)
        house.crawl()
        inline = [server.file_address(file) for file in server.ids("file") if server.json_of(file).get("text")]
        asked = {server.base + line.path.split("?")[0] for line in server.requests.lines}
        assert len(inline) > 20
        assert not asked & set(inline)
        assert house.files()["text"] > 20


def test_one_body_of_several_must_be_named(tmp_path: Path) -> None:
    with EditableOParl(small_municipality(), page_size=10, quirks=Quirks(several_bodies=3)) as server:
        house = House(tmp_path, server.url)
        run = house.crawl()
        assert run.outcome is Outcome.FAILED
        assert "name one in the register as `body:`" in (run.detail or "")
        body = next(line for line in (run.detail or "").split("'") if line.startswith("Prüflingen") or "Stadt" in line)
        named = House(tmp_path / "named", server.url, f'    body: "{body}"\n')
        assert named.crawl().outcome is Outcome.COMPLETE


def test_a_body_with_another_ags_is_told(house: House) -> None:
    text = house.register.read_text(encoding="utf-8")
    house.register.write_text(text.replace("15999001", "15088220"), encoding="utf-8")
    run = house.crawl()
    assert run.outcome is Outcome.COMPLETE
    assert any("the register says 15088220" in warning.what for warning in run.warnings)


@pytest.mark.parametrize("html", [False, True], ids=["503", "html with 200"])
def test_faults_now_and_then_change_nothing(html: bool, tmp_path: Path) -> None:
    with EditableOParl(small_municipality(), page_size=10) as server:
        failing_share(server, 0.05, html=html)
        house = House(tmp_path, server.url)
        assert house.crawl().outcome is Outcome.COMPLETE
        assert essence(house) == undisturbed()
        assert set(house.files()) == {"pending", "not_fetched:withheld"}


def test_retry_after_is_waited_for(tmp_path: Path) -> None:
    with EditableOParl(small_municipality(), page_size=10) as server:
        house = House(tmp_path, server.url)
        failing(server, 1, status=503, retry_after=2)
        house.crawl()
        first, second = [line.time for line in server.requests.lines if line.kind != "robots"][:2]
        assert second - first >= 1.9


def test_never_more_requests_at_once_than_the_register_allows(tmp_path: Path) -> None:
    with EditableOParl(small_municipality(), page_size=10) as server:
        slow(server, 0.02)
        house = House(tmp_path, server.url)
        house.crawl()
        assert 1 < server.requests.most_at_once <= 4
        assert all(line.user_agent.startswith("Ratslupe/") for line in server.requests.lines)


def test_a_withdrawn_file_loses_its_text(tmp_path: Path) -> None:
    with EditableOParl(small_municipality(), page_size=10) as server:
        house = House(tmp_path, server.url)
        house.crawl()
        paper_id, paper = next((i, p) for i, p in house.held().items() if isinstance(p, Paper) and p.files)
        file = paper.files[0]
        assert file.source_id is not None
        server.change(file.source_id, name="Was anders heißt, wird noch einmal geholt")
        server.withdraw_file(file.source_id)
        house.crawl()
        now = house.held()[paper_id]
        assert isinstance(now, Paper)
        assert file.native_id not in [other.native_id for other in now.files]
        assert len(now.files) == len(paper.files) - 1
