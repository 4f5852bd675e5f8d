"""What every product must do, over the wire: hold what its server shows and nothing secret, ask little when nothing
changed, see what happened, lose nothing to faults and gates, go on after an interruption."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.run import Outcome, RunMode
from tests.simulation.edits import cancel_meeting, keep_secret, rename_paper, withdraw_document, withdraw_paper
from tests.simulation.faults import Fault, faults_of, slow
from tests.waiting import until
from tests.whole.house import KEY, REGISTER, House
from tests.whole.products import PRODUCTS
from tests.whole.products.product import Product, Unreadable, Variant, papers_of
from tests.whole.products.visit import Visit, at, changed, gone

NEW_TEXT = "Der Wendehammer in der Zwetschgengasse wird verlegt.\n" * 9
BEFORE_THE_GATE = 4
"""Requests that are answered before the gate shuts."""


class _Faults:
    def __init__(self, switched: Mapping[Fault, Mapping[str, Any]]) -> None:
        self.switched = switched
        self.name = "+".join(fault.name for fault in switched)


def each(name: str, of: Callable[[Product], Iterable[Any]]) -> pytest.MarkDecorator:
    """One test for every product and every value of something of its own."""
    cases = [
        pytest.param(product, value, id=f"{product}-{getattr(value, 'name', value)}")
        for product in PRODUCTS
        for value in of(product)
    ]
    return pytest.mark.parametrize(("product", name), cases)


# --- what is asked for and held


@pytest.mark.parametrize("product", PRODUCTS, ids=str)
def test_a_first_visit_an_ordinary_one_and_a_full_one_again(product: Product, visited: Visit) -> None:
    assert visited.held_first == visited.content()
    assert visited.wrong() == []
    assert visited.secrets_held() == []
    first = [line.kind for line in visited.first]
    ordinary = visited.crawl()
    assert (ordinary.mode, ordinary.outcome, changed(ordinary)) == (RunMode.INCREMENTAL, Outcome.COMPLETE, 0)
    for kind, most in product.ordinary.items():
        assert len(visited.asked(kind)) <= most, kind
    assert visited.asked("file") == []
    assert 0 < len(visited.asked(*product.pages)) <= sum(kind in product.pages for kind in first) * 0.6
    full = visited.crawl("--full")
    assert (full.mode, full.outcome, changed(full)) == (RunMode.FULL, Outcome.COMPLETE, 0)
    assert visited.asked("file") == []
    assert visited.secrets_asked() == []
    assert visited.content() == visited.held_first


@each("variant", lambda product: product.variants)
def test_every_layout_shows_the_same(product: Product, variant: Variant, tmp_path: Path) -> None:
    municipality = (variant.municipality or product.municipality)()
    with product.serve(municipality, **variant.options) as server:
        visit = at(product, server, tmp_path, variant.settings)
        run = visit.crawl()
        assert (run.outcome, run.mode) == (Outcome.COMPLETE, RunMode.FULL), run.detail
        assert visit.wrong() == []
        visit.house.index()
        assert visit.house.texts()
        assert visit.secrets_held() == []
        assert visit.secrets_asked() == []
        held = visit.content()
        server.requests.clear()
        again = visit.crawl()
        assert (again.outcome, again.mode, changed(again)) == (Outcome.COMPLETE, RunMode.INCREMENTAL, 0)
        for kind, most in variant.ordinary.items():
            assert len(visit.asked(kind)) <= most, kind
        assert visit.asked("file") == []
        assert visit.content() == held
        if product.afterwards:
            product.afterwards(visit)


# --- faults


@each("faults", lambda product: [_Faults(switched) for switched in product.faults])
def test_a_fault_that_ends_leaves_nothing_behind(product: Product, faults: _Faults, tmp_path: Path) -> None:
    with product.serve(product.municipality()) as server:
        for fault, how in faults.switched.items():
            faults_of(server).switch_on(fault, **how)
        visit = at(product, server, tmp_path)
        run = visit.crawl()
        assert gone(run) == 0
        faults_of(server).mend()
        run = visit.crawl(*(() if run.outcome is Outcome.COMPLETE else ("--full",)))
        assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 0), run.detail
        assert visit.wrong() == []


@each("unreadable", lambda product: product.unreadable)
def test_what_cannot_be_read_takes_nothing_away(product: Product, unreadable: Unreadable, visited: Visit) -> None:
    faults_of(visited.server).switch_on(unreadable.fault, kinds=unreadable.kinds)
    run = visited.crawl(*unreadable.options)
    assert (run.outcome, gone(run)) == (unreadable.outcome, 0), run.detail
    if run.outcome is Outcome.BLOCKED:
        assert len(visited.asked(*unreadable.kinds)) <= product.under_way, "what was under way, and nothing after it"
        if product.under_way == 1:
            assert visited.asked()[-1].kind in unreadable.kinds
    assert visited.asked("file") == []
    assert len(visited.asked()) < product.at_most
    assert visited.content() == visited.held_first


@pytest.mark.parametrize("product", [product for product in PRODUCTS if "paper" in product.pages], ids=str)
def test_pages_that_are_gone_are_not_asked_for_in_the_next_visit(product: Product, tmp_path: Path) -> None:
    with product.serve(product.municipality()) as server:
        faults_of(server).switch_on(Fault.GONE, kinds={"paper"})
        visit = at(product, server, tmp_path)
        assert gone(visit.crawl()) == 0
        assert visit.asked("paper")
        server.requests.clear()
        run = visit.crawl()
        assert (run.mode, gone(run), visit.asked("paper")) == (RunMode.INCREMENTAL, 0, [])
        faults_of(server).mend()
        assert visit.crawl("--full").outcome is Outcome.COMPLETE
        assert visit.wrong() == []


@pytest.mark.parametrize("product", PRODUCTS, ids=str)
def test_a_robots_txt_that_forbids_is_obeyed(product: Product, tmp_path: Path) -> None:
    with product.serve(product.municipality(), robots="User-agent: *\nDisallow: /\n") as server:
        run = at(product, server, tmp_path).crawl()
        assert run.outcome is Outcome.FAILED
        assert "robots.txt" in f"{run.detail} {run.warnings}"
        assert set(server.requests.counts) == {"robots"}


@pytest.mark.parametrize("product", PRODUCTS, ids=str)
@pytest.mark.parametrize("fault", [Fault.BOT_CHALLENGE, Fault.GATE])
def test_a_server_that_becomes_a_gate_is_left_alone(fault: Fault, product: Product, tmp_path: Path) -> None:
    """One request at a time, so that none is under way beside the one that meets the gate."""
    with product.serve(product.municipality()) as server:
        register = REGISTER.format(key=KEY, url=server.url, system=product.system.value)
        register = register.replace("parallel: 4", "parallel: 1") + product.settings(server)
        faults_of(server).switch_on(fault, after=BEFORE_THE_GATE)
        run = House.of(tmp_path, register, {}).crawl()
        asked = [line for line in server.requests.lines if line.kind != "robots"]
    assert run.outcome is Outcome.BLOCKED, run.detail
    assert BEFORE_THE_GATE < len(asked) <= BEFORE_THE_GATE + 3, "the one that meets the gate, and two more at most"


@pytest.mark.parametrize("product", PRODUCTS, ids=str)
def test_a_visit_that_was_interrupted_goes_on(product: Product, first_visit: Visit, tmp_path: Path) -> None:
    with product.serve(product.municipality()) as server:
        slow(server, 0.1)
        visit = at(product, server, tmp_path)
        crawl = visit.house.start("crawl", KEY)
        until(lambda: len(visit.asked()) >= 6)
        crawl.send_signal(signal.SIGTERM)
        said, _ = crawl.communicate(timeout=60)
        assert "Traceback" not in said
        assert visit.house.last_run().outcome is Outcome.INTERRUPTED
        server.middleware.clear()
        run = visit.crawl()
        assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 0), run.detail
        assert visit.content() == first_visit.held_first


# --- edits


@each("variant", lambda product: product.edited)
def test_what_happens_is_seen_in_the_next_ordinary_visit(
    product: Product, variant: Variant, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if not variant.options:
        _edits_are_seen(request.getfixturevalue("visited"))
        return
    with product.serve(product.municipality(), **variant.options) as server:
        visit = at(product, server, tmp_path)
        assert visit.crawl().outcome is Outcome.COMPLETE
        _edits_are_seen(visit)


def _edits_are_seen(visit: Visit) -> None:
    product, server = visit.product, visit.server
    coming = server.municipality.meetings[-1]
    renamed, withdrawn, secret, *others = product.recent_papers(server.municipality)
    replaced = next((paper.main for paper in [*others, renamed] if paper.main), None)
    municipality = rename_paper(server.municipality, renamed.number, "Quittenbaumallee")
    municipality = keep_secret(withdraw_paper(municipality, withdrawn.number), secret.number)
    server.municipality = cancel_meeting(municipality, coming.number)
    if replaced:
        server.municipality = product.replace_file(server, replaced, NEW_TEXT)
    run = visit.crawl()
    assert (run.mode, run.outcome) == (RunMode.INCREMENTAL, Outcome.COMPLETE), run.detail
    assert visit.meeting(coming)["cancelled"]
    held = visit.paper(replace(renamed, name="Quittenbaumallee"))
    assert held is not None
    assert "Quittenbaumallee" in held["name"]
    assert [visit.paper(paper) for paper in (withdrawn, secret)] == [None, None]
    if product.sees_all_in_ordinary_visits:
        assert visit.wrong() == []
    minutes = next(meeting.minutes for meeting in server.municipality.meetings if meeting.minutes)
    server.municipality = withdraw_document(server.municipality, minutes.number)
    full = visit.crawl("--full")
    assert (full.outcome, gone(full)) == (Outcome.COMPLETE, 0)
    assert visit.wrong() == []
    assert visit.secrets_held() == []


@each("options", lambda product: product.unlisted_papers_stay)
def test_a_paper_that_leaves_an_agenda_stays_where_it_has_a_page(
    product: Product, options: tuple[str, ...], visited: Visit
) -> None:
    server = visited.server
    coming = server.municipality.meetings[-1]
    left = papers_of(server.municipality, coming)[0]
    kept = tuple(item for item in coming.items if item.paper != left.number)
    server.municipality = replace(
        server.municipality, meetings=(*server.municipality.meetings[:-1], replace(coming, items=kept))
    )
    assert gone(visited.crawl(*options)) == 0
    assert visited.paper(left) is not None


@each("variant", lambda product: product.agenda_comes)
def test_an_upcoming_meeting_has_no_agenda_yet_and_gets_one(product: Product, variant: Variant, tmp_path: Path) -> None:
    whole = product.municipality()
    coming = whole.meetings[-1]
    bare = replace(whole, meetings=(*whole.meetings[:-1], replace(coming, invitation=None)))
    with product.serve(bare, **variant.options) as server:
        visit = at(product, server, tmp_path)
        assert visit.crawl().outcome is Outcome.COMPLETE
        assert visit.meeting(coming)["agenda"] == []
        server.municipality = whole
        run = visit.crawl()
        assert (run.outcome, run.mode) == (Outcome.COMPLETE, RunMode.INCREMENTAL)
        assert visit.meeting(coming)["agenda"] != []
        assert visit.wrong() == []
