"""`ratslupe probe` on simulated servers: what it finds, what it shows, and how little it asks; and on ill ones."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import subprocess
import sys
import time
from functools import cache
from typing import Any

import pytest

from council.problem import WrongValue
from council.register import register_of
from council.system import System
from crawlers.systems import READABLE
from ratslupe.probing.asking import MOST_REQUESTS, target_of
from ratslupe.probing.coverage import coverage
from ratslupe.probing.entry import EntryOptions, key_of, proposal
from ratslupe.probing.lines import probe_json, probe_lines
from ratslupe.probing.probe import Probed, ProbeVerdict, probed_address
from ratslupe.probing.robots import read_robots
from ratslupe.probing.sample import LEFT_OUT
from tests.ratslupe.probing.probed import HTML, PagesServer, page, probed
from tests.simulation.faults import Fault, faults_of, slow
from tests.whole.house import environment
from townhall.councilservice.server import CouncilserviceServer
from townhall.invention.municipalities import Municipality, invent_municipality
from townhall.morerubin.names import Layout
from townhall.morerubin.server import MoreRubinServer
from townhall.oparl.quirks import Quirks
from townhall.oparl.server import OParlServer
from townhall.server.loopback import Answer

NOBODY = EntryOptions()


@cache
def municipality() -> Municipality:
    return invent_municipality("Prüflingen", 11, papers=24, meetings=8, today=dt.datetime.now(dt.UTC).date())


def text_of(it: Probed, given: EntryOptions = NOBODY) -> str:
    return "\n".join(probe_lines(it, given))


# --- what is there


SERVERS: dict[System, tuple[str, str]] = {
    System.OPARL: ("townhall.oparl.server", "OParlServer"),
    System.MORERUBIN: ("townhall.morerubin.server", "MoreRubinServer"),
    System.COUNCILSERVICE: ("townhall.councilservice.server", "CouncilserviceServer"),
    System.ALLRIS3: ("townhall.allris3.server", "Allris3Server"),
    System.ALLRIS4: ("townhall.allris4.server", "Allris4Server"),
    System.SESSIONNET: ("townhall.sessionnet.server", "SessionNetServer"),
    System.ECICS: ("townhall.ecics.server", "EcicsServer"),
    System.NOTICES: ("townhall.notices.server", "NoticesServer"),
}
"""The simulated server of each system, as module and class; some of them are still being built."""


def is_there(system: System) -> bool:
    """Whether a system can be crawled and has a simulated server."""
    return system in READABLE and importlib.util.find_spec(SERVERS[system][0]) is not None


def server_of(system: System) -> Any:
    module, name = SERVERS[system]
    return getattr(importlib.import_module(module), name)(municipality())


@pytest.mark.parametrize("system", [system for system in SERVERS if is_there(system)])
def test_each_system_is_found_tasted_and_written_down(system: System) -> None:
    with server_of(system) as server:
        it = probed(server.url)
        assert server.requests.most_at_once == 1
        assert len(server.requests) == it.requests <= MOST_REQUESTS
    assert (it.system, it.verdict) == (system, ProbeVerdict.READABLE)
    assert it.sample
    assert it.sample.meetings
    assert bool(it.sample.papers) == (system is not System.ECICS)  # of which only the list of meetings is read
    assert it.sample.failure is None
    assert LEFT_OUT not in text_of(it)
    filled = {row.kind.value: row.percent for row in coverage(it.sample)}
    assert filled["meeting"]["start"] == filled["meeting"]["committee"] == 100
    if it.sample.papers:
        assert filled["paper"]["name"] == 100
    if system not in (System.NOTICES, System.ECICS):  # a website's list of notices has neither agendas nor numbers
        assert filled["meeting"]["agenda"] == filled["paper"]["reference"] == filled["paper"]["files"] == 100
    assert [word.host for word in it.robots] == [server.url.split("/")[2]]
    entry = proposal(it, EntryOptions(name="Prüflingen", kind="Stadt", ags="15999001"))
    assert register_of(f"municipalities:\n{entry}\n".encode(), "register.yaml", READABLE).get("prueflingen")


def test_what_is_shown_says_everything_a_newcomer_asks() -> None:
    with MoreRubinServer(municipality()) as server:
        shown = text_of(probed(server.url))
        log = server.requests.lines
    assert log[0].kind == "robots"
    assert all(request.user_agent.startswith("Ratslupe/") for request in log)
    assert "more!rubin new (api.php)" in shown.splitlines()[0]
    assert "because of" in shown
    assert "OParl is not active" in " ".join(shown.split())
    assert "Disallow /config/, Disallow /documents.php" in shown
    assert "Sample: " in shown
    assert "agenda items" in shown
    assert "Fields that are filled" in shown
    assert "room 100 %" in shown
    assert "system: morerubin" in shown
    assert "# ags:" in shown
    assert shown.splitlines()[-1].endswith("It can be read.")
    assert max(len(line) for line in shown.splitlines()) <= 120


def test_oparl_goes_before_pages() -> None:
    """A system with pages, and OParl at its usual place."""
    with OParlServer(municipality(), page_size=10) as server:
        target = server.url
        pages = {"/": page('<div id="app"></div>', "Ratsinfosystem", '<script src="/components/index-a1.js"></script>')}
        with PagesServer(pages | {"/oparl/system": Answer(302, b"", HTML, {"Location": target})}) as front:
            it = probed(front.base + "/")
    assert (it.system, it.findings.start if it.findings else None) == (System.OPARL, target)
    assert it.verdict is ProbeVerdict.READABLE
    assert "its pages are more!rubin" in text_of(it)


def test_several_bodies_are_listed_and_one_is_chosen() -> None:
    with OParlServer(municipality(), page_size=10, quirks=Quirks(several_bodies=3)) as server:
        first, second = probed(server.url), probed(server.url, body=f"{server.url.removesuffix('/system')}/body/2")
    assert len(first.bodies) == 3
    assert first.body == first.bodies[0].id
    assert "The system holds 3 bodies" in text_of(first)
    assert f"body: {first.bodies[0].id}" in text_of(first)
    assert second.body == first.bodies[1].id
    assert second.sample
    assert second.sample.meetings


@pytest.mark.parametrize(
    "quirk", ["bare_lists", "body_as_object", "missing_type", "limit_ignored", "path_paging", "bad_dates"]
)
def test_oparl_with_the_defects_of_real_servers(quirk: str) -> None:
    with OParlServer(municipality(), page_size=10, quirks=Quirks.named(quirk)) as server:
        it = probed(server.url)
    assert it.verdict is ProbeVerdict.READABLE
    assert it.requests <= MOST_REQUESTS


def test_a_website_that_links_to_its_system_is_followed() -> None:
    with MoreRubinServer(municipality()) as server:
        links = f'<a href="{server.url}">Ratsinformationssystem</a><a href="/kontakt">Kontakt</a>'
        with PagesServer({"/": page(links)}) as website:
            it = probed(website.base + "/")
    assert (it.system, it.verdict) == (System.MORERUBIN, ProbeVerdict.READABLE)
    assert any("followed its link" in step for step in it.way)
    assert website.asked == ["/robots.txt", "/"]


def test_a_link_to_another_site_is_told_but_not_followed() -> None:
    links = '<a href="https://ris.elsewhere.example/bi/si0040.php">Bürgerinformationssystem</a>'
    with PagesServer({"/": page(links)}) as website:
        it = probed(website.base + "/")
    assert it.verdict is ProbeVerdict.UNKNOWN
    assert "the council information system is probably at" in text_of(it)
    assert "https://ris.elsewhere.example/bi/si0040.php" in text_of(it)
    assert it.requests <= 4


def test_a_list_of_notices_is_offered() -> None:
    rows = "".join(
        f"<li><a href='/b/{day}.pdf'>Bekanntmachung der Sitzung des Stadtrates am {day}.10.2026 (PDF)</a></li>"
        for day in range(10, 16)
    )
    with PagesServer({"/bek": page(f"<h1>Bekanntmachungen</h1><ul>{rows}</ul>", "Bekanntmachungen")}) as website:
        it = probed(website.base + "/bek")
    assert it.system is System.NOTICES
    assert "system: notices" in text_of(it)
    assert it.sample
    assert it.sample.meetings


def test_a_known_system_without_a_reader_is_named_with_advice() -> None:
    with PagesServer({"/": page('<a href="/index.php?module=komfaris&action=cal">Kalender</a>')}) as server:
        it = probed(server.base + "/")
    assert (it.system, it.verdict) == (None, ProbeVerdict.IN_PART)
    assert "There is no reader for KOMFA-RIS yet" in text_of(it)
    assert "ask the operator to switch OParl on" in text_of(it)


def test_an_unknown_page_is_described() -> None:
    with PagesServer(
        {"/": page("<h1>Verein</h1>", "Kegelverein", '<meta name="generator" content="WordPress 6.8">')}
    ) as site:
        it = probed(site.base + "/")
    assert it.verdict is ProbeVerdict.UNKNOWN
    shown = text_of(it)
    for expected in ("no system that is known", "title: Kegelverein", "generator: WordPress 6.8", "server: townhall"):
        assert expected in shown
    assert it.requests == 4


def test_an_oparl_that_is_switched_off_leads_to_the_pages() -> None:
    with MoreRubinServer(municipality()) as server:
        it = probed(server.url + "oparl/system")
    assert (it.system, it.verdict) == (System.MORERUBIN, ProbeVerdict.READABLE)
    assert it.findings
    assert it.findings.start == server.url
    assert "OParl is not active" in it.way[0]


def test_the_entry_of_a_system_without_a_reader_is_not_enabled() -> None:
    with PagesServer({"/": page("<div id='rimcontent'></div>", "Start - SD.NET RIM 4 | Musterstadt")}) as server:
        it = probed(server.base + "/")
    assert (it.system, it.verdict) == (System.SDNET, ProbeVerdict.IN_PART)
    entry = proposal(it, EntryOptions(name="Musterstadt", kind="Stadt", ags="15999001"))
    assert "    enabled: false  # no reader for SD.NET RIM yet" in entry
    assert register_of(f"municipalities:\n{entry}\n".encode(), "register.yaml", READABLE).get("musterstadt")


# --- what must not be asked


def test_robots_comes_first_and_is_obeyed() -> None:
    with OParlServer(municipality(), quirks=Quirks(robots_disallow=True)) as server:
        it = probed(server.url)
    assert it.verdict is ProbeVerdict.NOT_REACHED
    assert it.requests == 1
    assert "robots.txt" in (it.failure or "")
    assert "forbids everything for all" in text_of(it)


def test_what_robots_forbids_in_part_is_left_alone() -> None:
    home = page('<div id="app"></div>', "Ratsinfosystem", '<script src="/components/index-a1.js"></script>')
    with PagesServer({"/": home}, robots="User-agent: *\nDisallow: /api.php\nDisallow: /oparl\n") as server:
        it = probed(server.base + "/")
        asked = server.asked
    assert asked == ["/robots.txt", "/"]
    assert it.verdict is ProbeVerdict.IN_PART
    assert it.sample
    assert "robots.txt" in (it.sample.failure or "")


def test_files_that_robots_forbids_are_counted() -> None:
    """The older interface keeps its documents behind an address that its robots.txt forbids."""
    with MoreRubinServer(municipality(), layout=Layout.SCRIPT) as server:
        it = probed(server.url)
    assert it.sample
    assert it.sample.meetings
    assert any(line.startswith("robots.txt forbids ") and "files" in line for line in it.sample.missing)


def test_the_delay_that_robots_asks_for_goes_into_the_entry() -> None:
    with MoreRubinServer(
        municipality(), robots="User-agent: *\nCrawl-delay: 1.1\nDisallow: /documents.php\n"
    ) as server:
        began = time.monotonic()
        it = probed(server.url)
        took = time.monotonic() - began
    assert it.verdict is ProbeVerdict.READABLE
    assert took > 1.1 * (it.requests - 2)
    assert "politeness: {delay_seconds: 1.1, parallel: 1}" in text_of(it)


def test_a_delay_that_is_too_long_for_a_probe_ends_it() -> None:
    with MoreRubinServer(municipality(), robots="User-agent: *\nCrawl-delay: 60\n") as server:
        it = probed(server.url)
    assert it.requests == 2
    assert "asks for 60 s between two requests" in text_of(it)


def test_others_servers_are_asked_once_a_second() -> None:
    assert target_of("https://ris.example/", System.OPARL).politeness.delay_seconds == 1.0
    assert target_of("http://127.0.0.1:9/", System.OPARL).politeness.delay_seconds == 0.0


def test_a_robots_txt_with_an_error_forbids() -> None:
    with PagesServer({"/robots.txt": Answer(503, b"", "text/plain"), "/": page("x")}) as server:
        it = probed(server.base + "/")
        assert server.asked == ["/robots.txt"]
    assert it.verdict is ProbeVerdict.NOT_REACHED


def test_a_bot_challenge_is_reported_and_nothing_more_asked() -> None:
    with MoreRubinServer(municipality()) as server:
        faults_of(server).switch_on(Fault.GATE)
        it = probed(server.url)
    assert it.verdict is ProbeVerdict.NOT_REACHED
    assert it.requests == 2
    assert "an access check stands before it (ALTCHA)" in text_of(it)


@pytest.mark.parametrize(("fault", "message"), [(Fault.FORBIDDEN, "refuses programs"), (Fault.LOGIN, "log-in page")])
def test_a_refusal_ends_it(fault: Fault, message: str) -> None:
    with MoreRubinServer(municipality()) as server:
        faults_of(server).switch_on(fault)
        it = probed(server.url)
    assert (it.verdict, it.requests) == (ProbeVerdict.NOT_REACHED, 2)
    assert message in text_of(it)


def test_a_bot_challenge_behind_the_first_page_ends_the_sample() -> None:
    with MoreRubinServer(municipality()) as server:
        faults_of(server).switch_on(Fault.GATE, kinds={"calendar"})
        it = probed(server.url)
    assert it.verdict is ProbeVerdict.IN_PART
    assert it.requests <= 5
    assert it.sample
    assert "ALTCHA" in (it.sample.failure or "")


def test_a_server_may_not_send_the_probe_into_the_network_beside_it() -> None:
    with PagesServer({}, host="127.0.0.2") as server:
        inside = Answer(302, b"", HTML, {"Location": f"{server.base}/inside"})
        with PagesServer({"/": inside}) as front:
            it = probed(front.base + "/")
        assert server.asked == []
    assert it.verdict is ProbeVerdict.NOT_REACHED
    assert "private network (127.0.0.2)" in (it.failure or "")


def test_an_oparl_elsewhere_that_a_page_names_is_not_asked() -> None:
    body = {"type": "https://schema.oparl.org/1.1/Body", "name": "M", "system": "http://127.0.0.2:9/oparl/system"}
    told = Answer(200, json.dumps(body | {"id": "http://127.0.0.1/oparl/body/1"}).encode())
    links = page('<a href="http://127.0.0.2:9/oparl/v1.1/system">OParl</a>')
    with PagesServer({"/oparl/body/1": told, "/": links}) as server:
        named, linked = probed(server.base + "/oparl/body/1"), probed(server.base + "/")
    assert "is on another server" in text_of(named)
    assert "127.0.0.2" not in "".join(step for step in linked.way if "OParl at" in step)


def test_a_source_can_do_nothing_to_the_terminal() -> None:
    title = "Rat\x1b[2J\x07\u202e"
    with PagesServer({"/": page("<h1>x</h1>", title)}) as server:
        it = probed(server.base + "/")
    with OParlServer(
        invent_municipality("Prüf\x1b[31mlingen\u202e", 11, papers=24, meetings=8), page_size=10
    ) as server:
        other = probed(server.url)
    for report in (it, other):
        assert all(line.isprintable() for line in text_of(report).splitlines())
    entry = proposal(other, EntryOptions(name="Prüflingen", kind="Stadt", ags="15999001"))
    assert "\x1b" not in entry


# --- what goes wrong


def test_404_everywhere() -> None:
    with PagesServer({}) as server:
        it = probed(server.base + "/bi/")
    assert it.verdict is ProbeVerdict.NOT_REACHED
    assert "there is nothing at this address (HTTP 404)" in text_of(it)
    assert it.requests <= 5


def test_an_endless_redirect_is_bounded() -> None:
    loop = {f"/{n}": Answer(302, b"", HTML, {"Location": f"/{n + 1}"}) for n in range(100)}
    with PagesServer(loop) as server:
        it = probed(server.base + "/0")
    assert it.verdict is ProbeVerdict.NOT_REACHED
    assert it.requests <= 7
    assert "redirect" in text_of(it)


def test_a_huge_answer_is_not_taken() -> None:
    with PagesServer({"/": Answer(200, b"<html>" + b"a" * 25_000_000, HTML)}) as server:
        it = probed(server.base + "/")
    assert it.verdict is ProbeVerdict.NOT_REACHED
    assert "larger than 20 MB" in text_of(it)


def test_a_slow_server_is_not_waited_for_without_end() -> None:
    with PagesServer({"/": page("x")}) as server:
        slow(server, 30)
        it = probed(server.base + "/", timeout=1)
    assert it.verdict is ProbeVerdict.NOT_REACHED


def test_nobody_there() -> None:
    with PagesServer({}) as server:
        address = server.base + "/"
    it = probed(address)
    assert it.verdict is ProbeVerdict.NOT_REACHED
    assert "refused" in text_of(it)


@pytest.mark.parametrize("fault", [Fault.ERROR, Fault.ERROR_PAGE, Fault.HALF, Fault.MARKUP])
def test_ill_answers_behind_a_good_start_are_told(fault: Fault) -> None:
    with MoreRubinServer(municipality()) as server:
        faults_of(server).switch_on(fault, kinds={"calendar", "meeting"})
        it = probed(server.url)
    assert it.verdict in (ProbeVerdict.IN_PART, ProbeVerdict.READABLE)
    assert it.requests <= MOST_REQUESTS
    assert it.sample
    assert it.sample.failure or it.sample.missing or not it.sample.meetings
    assert "Missing or not understood" in text_of(it)


# --- small parts


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("muster.gremien.info", "https://muster.gremien.info/"),
        ("http://muster.gremien.info/oparl", "https://muster.gremien.info/oparl"),
        (" https://www.muster.example/rat#oben ", "https://www.muster.example/rat"),
        ("http://ris.muster.example/bi/", "http://ris.muster.example/bi/"),
    ],
)
def test_an_address_as_people_write_it(written: str, asked: str) -> None:
    assert probed_address(written) == asked


@pytest.mark.parametrize(
    "written", ["", "https://", "ftp://a.example/", "https://a:b@c.example/", "file:///etc/passwd", "a b"]
)
def test_an_address_that_is_none(written: str) -> None:
    with pytest.raises(WrongValue):
        probed_address(written)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Bad Dürrenberg", "bad-duerrenberg"),
        ("Mücheln (Geiseltal)", "muecheln"),
        ("Verbandsgemeinde Weida-Land", "weida-land"),
        ("Groß Ößel", "gross-oessel"),
        ("Landkreis Saalekreis", "saalekreis"),
        ("!", ""),
    ],
)
def test_a_key_from_a_name(name: str, key: str) -> None:
    assert key_of(name) == key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "forbids us nothing"),
        ("User-agent: *\nDisallow: /\n", "forbids everything for all"),
        ("User-agent: *\nDisallow: /\nUser-agent: ratslupe\nDisallow: /x\n", "for ratslupe by name: Disallow /x"),
        ("User-agent: *\nDisallow: /\nAllow: /oparl\n", "for all: Disallow /, Allow /oparl"),
        ("User-agent: *\nCrawl-delay: 10\n", "forbids us nothing; asks for 10 s between two requests"),
        ("User-agent: other\nDisallow: /\n", "forbids us nothing"),
        ("\ufeff<html>nonsense", "forbids us nothing"),
    ],
)
def test_what_a_robots_txt_says_for_us(text: str, expected: str) -> None:
    assert read_robots("ris.example", 200, text.encode()).meaning == expected


# --- the command


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ratslupe", "probe", *arguments],
        capture_output=True, text=True, timeout=600, check=False, env=environment(),
    )  # fmt: skip


def test_the_command_speaks_json_and_ends_with_0() -> None:
    with OParlServer(municipality(), page_size=10) as server:
        done = command(server.url, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert (answer["system"], answer["verdict"], answer["version"]) == ("oparl", "readable", "1.1")
    assert answer["sample"]["coverage"]["meeting"]["percent"]["start"] == 100
    assert 0 < len(answer["sample"]["items"]) <= 20
    assert "system: oparl" in answer["entry"]


def test_the_command_ends_with_3_for_an_unknown_system_without_a_trace() -> None:
    with PagesServer({"/": page("<h1>Verein</h1>")}) as server:
        done = command(server.base + "/")
    assert done.returncode == 3
    assert "Traceback" not in done.stdout + done.stderr
    assert done.stderr == ""


def test_json_holds_what_is_shown() -> None:
    with CouncilserviceServer(municipality()) as server:
        it = probed(server.url)
        key = server.key
    told = json.dumps(probe_json(it, NOBODY), ensure_ascii=False) + text_of(it)
    assert key not in told
    assert '"system": "councilservice"' in told
