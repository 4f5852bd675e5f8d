"""Which system an answer is of: one invented page a product and version, wrong ones, hostile ones; and every saved page
of a real council, where these are laid beside the repository."""

from __future__ import annotations

import faulthandler
import json
from pathlib import Path

import pytest

from council.system import System
from crawlers.detection.findings import Findings, ServerAnswer, detect
from crawlers.detection.products import PRODUCTS

SHARED = Path(__file__).resolve().parents[4] / "shared" / "pages"
BASE = "https://www.musterstadt.example"
ENDLESS = 60
"""Seconds after which the look at a page is taken to be endless, and ended. No measure of speed."""


def html(head: str = "", body: str = "") -> bytes:
    page = f'<!DOCTYPE html><html lang="de"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    return page.encode()


def found(url: str, body: bytes, status: int = 200, **headers: str) -> Findings:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return detect(ServerAnswer(url, status, body, {"content-type": "text/html; charset=utf-8"} | names))


LAYOUT_6 = (
    '<meta name="author" content="Somacos GmbH & Co. KG, SessionNet Version 5.4.7 bi (Layout 6)">'
    '<meta name="sessionnet" content="V:050407">'
)
LAYOUT_4 = '<meta name="Generator" content="Somacos GmbH, SessionNet Version 5.3.3 bi (Layout 4)">'
OLD_TABLE = '<table id="smc_page_to0040_contenttable1"><tr><td><a href="to0040.asp?__ksinr=4">Rat</a></td></tr></table>'
SI_LINK = '<a href="si0040.php?__cjahr=2026">Sitzungen</a>'
SIX = '<title>SessionNet | Bürgerinformationssystem</title><meta name="app-version" content="1.2.1 (2026-06-26)">'
V3 = '<meta name="description" content="ALLRIS net Version 3.9.4SP1 (180612)"><title>ALLRIS net</title>'
V4 = (
    '<meta name="description" content="ALLRIS net Version 4.1.5 (4150026) - 17.01.2025"><title>ALLRIS - Sitzung</title>'
)
RUBIN = '<title>Ratsinfosystem</title><script type="module" src="/components/index-Ab1cD2eF.js"></script>'
RUBIN_OLD = '<script>window.components["MeetingPage__1"] = {props: {}};</script>'
EXPORT = (
    '<script src="https://stadt-muster.mein-intra.net/export/js/initialize.js"></script>'
    '<script>initializeExport("00000000-11111111-22222222-33333333")</script>'
)

PAGES: dict[str, tuple[str, bytes, str, System | None, str | None, str | None]] = {
    # name: address, page, product, system, version, where reading begins
    "SessionNet 5.4, Layout 6, PHP": (
        "/bi/info.php", html(LAYOUT_6, SI_LINK), "SessionNet", System.SESSIONNET, "5.4.7, Layout 6, php", "/bi/",
    ),
    "SessionNet 5.3, Layout 4, ASP": (
        "/bi/info.asp", html(LAYOUT_4, SI_LINK.replace("php", "asp")), "SessionNet", System.SESSIONNET,
        "5.3.3, Layout 4, asp", "/bi/",
    ),
    "SessionNet 3, only a table": (
        "/buergerinfo/to0040.asp?__ksinr=4", html(body=OLD_TABLE), "SessionNet", System.SESSIONNET, "asp",
        "/buergerinfo/",
    ),
    "SessionNet 6": ("/kalender", html(SIX, "<app-root></app-root>"), "SessionNet 6", System.SESSIONNET, "1.2.1", "/"),
    "ALLRIS 3": ("/bi/allris.net.asp", html(V3), "ALLRIS 3", System.ALLRIS3, "3.9.4SP1", "/bi/"),
    "ALLRIS 3 in the municipality's own frame": (
        "/allris/si010_e.asp", html(body='<a href="to010.asp?SILFDNR=9">Rat</a>'), "ALLRIS 3", System.ALLRIS3, None,
        "/allris/",
    ),
    "ALLRIS 4": ("/public/to010?SILFDNR=1", html(V4), "ALLRIS 4", System.ALLRIS4, "4.1.5", "/public/"),
    "ALLRIS 4 without its declaration": (
        "/public/si018", html('<script src="/public/wicket/resource/a.js"></script>'), "ALLRIS 4", System.ALLRIS4, None,
        "/public/",
    ),
    "SD.NET RIM 4": (
        "/startseite", html("<title>Startseite - SD.NET RIM 4 | Musterstadt</title>"), "SD.NET RIM", System.SDNET, "4",
        "/",
    ),
    "SD.NET RIM below a folder": (
        "/rim4170/tops/?__=UGhVM0hpd2NXNFdFcExjZW",
        html(body='<a href="/rim4170/vorgang/?__=abc">V</a><div id="rimcontent"></div>'),
        "SD.NET RIM", System.SDNET, None, "/rim4170/",
    ),
    "more!rubin, new": ("/", html(RUBIN, '<div id="app"></div>'), "more!rubin", System.MORERUBIN, "new (api.php)", "/"),
    "more!rubin, older": (
        "/meeting.php?id=2026-SR-1", html(RUBIN_OLD), "more!rubin", System.MORERUBIN, "older (PHP pages)", "/",
    ),
    "councilservice": (
        "/seite/4711/ris.html?href=/councilservice/session/list", html(EXPORT), "councilservice", System.COUNCILSERVICE,
        None, "/seite/4711/ris.html",
    ),
    "regisafe": (
        "/sitzungen", html('<link rel="stylesheet" href="/o/obis-theme/css/a.css">'), "regisafe RIS-Portal", None, None,
        "/",
    ),
    "KIC": (
        "/", html('<title>Ratsinformationssystem</title><script src="/1.2/static/js/index-a.js"></script>',
                  '<div id="root"></div>'), "KIC / komuna RIS", None, None, "/",
    ),
    "KOMFA": (
        "/", html(body='<a href="/index.php?module=komfaris&amp;action=cal">K</a>'), "KOMFA-RIS", None, None, "/",
    ),
    "TI-Generator": (
        "/ris/ti-1/", html(body='<a href="listen/ti_3__1_el_.php">E</a>'), "TI-Generator", None, None, "/ris/ti-1/",
    ),
    "SD.NET RIM's calendar file": (
        "/termine/ics/", b"BEGIN:VCALENDAR\r\nPRODID:-//SD.NET RIM v1.0//DE\r\nEND:VCALENDAR", "SD.NET RIM",
        System.SDNET, None, "/",
    ),
    "regisafe's sessions": (
        "/o/sessions", b'[{"sitzungId": 7, "sessionLink": "https://x.example/a"}]', "regisafe RIS-Portal", None, None,
        "/",
    ),
    "SIM": (
        "/mhsimwebre.nsf/Termin.xsp",
        html('<title>SIM - Rat am 3.9.2026</title><script src="/mhsimwebre.nsf/jquery.min.js"></script>'), "SIM", None,
        None, "/mhsimwebre.nsf/",
    ),
    "PARLIS": (
        "/PARLISLINK/DDW?W=DOK_NAME='A_1'", html("<title>PARLIS - Tagesordnung</title>"), "PARLIS", None, None,
        "/",
    ),
    "ecics": (
        "/ris", html(body='<h2 class="risng">2026</h2><a href="/ris?action=show_sitzung&amp;sitzung_id=5">Rat</a>'),
        "ecics RIS", System.ECICS, None, "/ris",
    ),
    "cEasy": (
        "/de/", html(body='<div id="cRis_publish_meeting"><h2>R</h2></div>'), "cEasy cRis (hitcom)", None, None, "/",
    ),
    "Provox": (
        "/ris/muster/meeting/list", html(body='<a href="/ris/muster/meeting/details/7">S</a>'), "Provox IIP", None,
        None, "/ris/muster/",
    ),
    "PV-Internet": (
        "/ratsinfo/muster/Meeting.html?month=3", html(), "PV-Internet", None, None, "/ratsinfo/muster/",
    ),
    "cron TYPO3": (
        "/rat", html(body='<a href="/rat?tx_cronmmratsinfo_pi[view]=sitzung">S</a>'), "cron Ratsinfo (TYPO3)", None,
        None, "/rat",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_each_product_and_version_is_recognised(name: str) -> None:
    path, body, product, system, version, start = PAGES[name]
    it = found(BASE + path, body)
    assert (it.product, it.system, it.version, it.start) == (product, system, version, f"{BASE}{start}")
    assert it.evidence
    assert it.refusal is None


def test_every_product_has_a_page_here() -> None:
    by_host = {"Kommune aktiv", "RIS München"}
    assert {product.name for product in PRODUCTS} - by_host == {page[2] for page in PAGES.values()}


@pytest.mark.parametrize(
    ("host", "product"),
    [
        ("muster.gremien.info", "more!rubin"),
        ("ris-muster.zv-kisa.de", "more!rubin"),
        ("muster.ratsinfomanagement.net", "SD.NET RIM"),
        ("muster.ris-portal.de", "regisafe RIS-Portal"),
        ("ris-muster.komfa.de", "KOMFA-RIS"),
        ("muster.ris.kommune-aktiv.de", "Kommune aktiv"),
    ],
)
def test_a_vendors_host_is_a_sign_even_where_it_refuses(host: str, product: str) -> None:
    it = found(f"https://{host}/", b"<html><h1>403 Forbidden</h1></html>", 403)
    assert it.product == product
    assert it.refusal
    assert it.refusal.keeps_out


def test_places_of_oparl_are_the_products_own() -> None:
    def places(name: str) -> tuple[str, ...]:
        path, body, *_ = PAGES[name]
        return found(BASE + path, body).oparl_places

    assert places("SD.NET RIM below a folder")[0] == f"{BASE}/rim4170/webservice/oparl/v1.1/system"
    assert places("ALLRIS 3") == (f"{BASE}/bi/oparl/1.0/system.asp", f"{BASE}/bi/oparl/1.1/system.asp")
    assert places("ALLRIS 4") == (f"{BASE}/public/oparl/system", f"{BASE}/oparl/system")
    assert places("more!rubin, new") == (f"{BASE}/oparl/system",)
    assert places("KOMFA") == ()


# --- OParl


def oparl(kind: str, **more: object) -> bytes:
    return json.dumps({"id": "https://ris.example/x", "type": f"https://schema.oparl.org/1.1/{kind}", **more}).encode()


SYSTEM = {"oparlVersion": "https://schema.oparl.org/1.1/", "body": "https://ris.example/oparl/bodies", "name": "RIS"}


def test_an_oparl_system_is_recognised() -> None:
    it = found("https://ris.example/oparl/system", oparl("System", **SYSTEM))
    assert (it.product, it.system, it.version, it.start) == (
        "OParl",
        System.OPARL,
        "1.1",
        "https://ris.example/oparl/system",
    )
    assert it.evidence[1] == "it says of itself: RIS"


def test_a_body_leads_to_its_system() -> None:
    it = found("https://ris.example/oparl/body/1", oparl("Body", name="M", system="https://ris.example/oparl/system"))
    assert (it.system, it.start) == (System.OPARL, "https://ris.example/oparl/system")


def test_an_oparl_that_is_switched_off_says_so() -> None:
    body = json.dumps({"type": "https://schema.oparl.org/1.0/Error", "message": "OParl is not active."}).encode()
    it = found("https://muster.gremien.info/oparl/system", body)
    assert it.system is None
    assert it.refusal
    assert "OParl is not active" in it.refusal.reason
    assert not it.refusal.keeps_out


@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b"{}", b'{"a": 1}', b"{", b"%PDF-1.7", b"\x00\x01", b"[" * 100_000]
)
def test_what_is_no_oparl_is_none(body: bytes) -> None:
    it = found("https://ris.example/oparl/system", body)
    assert it.product is None
    assert it.seen


# --- websites, lists of notices, refusals

WEBSITE = html(
    "<title>Musterstadt</title><meta name='generator' content='TYPO3 CMS'>",
    "<nav><a href='/rathaus/sitzungskalender'>Sitzungskalender</a>"
    "<a href='https://muster.gremien.info/'>Ratsinformationssystem</a>"
    "<a href='https://elsewhere.example/bi/si0040.php'>Bürgerinfo des Kreises</a>"
    "<a href='/bi/si0040.php'>Gremien</a><a href='/kontakt'>Kontakt</a></nav>",
)


def test_a_website_that_links_to_its_system_is_not_that_system() -> None:
    it = found(f"{BASE}/", WEBSITE)
    assert it.product is None
    assert it.links[0].url == "https://muster.gremien.info/"
    assert it.links[0].product == "more!rubin"
    followable = {link.url: link.followable for link in it.links}
    assert followable[f"{BASE}/bi/si0040.php"]
    assert not followable["https://elsewhere.example/bi/si0040.php"]
    assert f"{BASE}/kontakt" not in followable
    assert "title: Musterstadt" in it.seen
    assert "generator: TYPO3 CMS" in it.seen


def test_a_list_of_notices_is_offered_as_such() -> None:
    rows = "".join(
        f"<li><a href='/b/{n}.pdf'>Bekanntmachung der Sitzung des Stadtrates am {n:02}.10.2026 (PDF)</a></li>"
        for n in range(10, 16)
    )
    it = found(
        f"{BASE}/bekanntmachungen", html("<title>Bekanntmachungen</title>", f"<h1>Bekanntmachungen</h1><ul>{rows}</ul>")
    )
    assert (it.product, it.system, it.start) == ("list of notices", System.NOTICES, f"{BASE}/bekanntmachungen")


GATES = {
    "ALTCHA": html("<title>Zugriff prüfen</title>", "<altcha-widget challengeurl='/_gate/c'></altcha-widget>"),
    "Cloudflare": html("<title>Just a moment...</title>", "<script src='/cdn-cgi/challenge-platform/h.js'></script>"),
    "a sentence": html("<title>Zu viele Zugriffe aus Ihrem Netzwerk</title>"),
}


@pytest.mark.parametrize("name", GATES)
def test_a_bot_challenge_is_reported_and_keeps_out(name: str) -> None:
    it = found(f"{BASE}/public/si010", GATES[name])
    assert it.refusal
    assert it.refusal.kind.keeps_out
    assert it.refusal.keeps_out


def test_a_bot_challenge_that_only_a_header_tells() -> None:
    it = found(BASE, html(), 200, cf_mitigated="challenge")
    assert it.refusal
    assert it.refusal.keeps_out


@pytest.mark.parametrize(
    ("status", "kind"), [(401, "login"), (403, "forbidden"), (429, "rate_limited"), (404, "gone"), (500, "error_page")]
)
def test_a_status_that_refuses(status: int, kind: str) -> None:
    it = found(BASE, html("<title>x</title>"), status)
    assert it.refusal
    assert it.refusal.kind == kind


def test_a_log_in_page_is_one_and_a_page_with_a_log_in_is_none() -> None:
    form = "<form action='/login'><input name='u'><input type='password' name='p'></form>"
    assert (it := found(BASE, html("<title>Anmeldung</title>", form)).refusal)
    assert it.kind == "login"
    assert found(f"{BASE}/bi/info.php", html(LAYOUT_6, SI_LINK + form)).refusal is None


def test_a_form_with_a_captcha_on_an_ordinary_page_is_no_bot_challenge() -> None:
    page = html(
        "<title>Kontakt</title>", "<nav><a href='/'>Start</a></nav><main><altcha-widget></altcha-widget></main>"
    )
    assert found(f"{BASE}/kontakt", page).refusal is None
    long = html("<title>Sicherheitsabfrage im Netz</title>", f"<p>{'Wort ' * 900}</p><altcha-widget></altcha-widget>")
    assert found(f"{BASE}/artikel", long).refusal is None


# --- hostile


def test_an_article_about_products_is_none_of_them() -> None:
    text = (
        "SessionNet V:050407, ALLRIS net Version 4.1.5, SD.NET RIM 4, initializeExport(, smc_page_si0040, api.php?id="
    )
    assert found(f"{BASE}/artikel", html("<title>Welches System?</title>", f"<p>{text}</p>")).product is None


def test_signs_of_several_products_are_said_not_chosen() -> None:
    it = found(
        f"{BASE}/", html("<meta name='sessionnet' content='V:050407'><meta name='author' content='more! software'>")
    )
    assert it.product is None
    assert it.advice
    assert "SessionNet, more!rubin" in it.advice


def test_the_operators_key_is_in_nothing_that_is_told() -> None:
    key = "00000000-11111111-22222222-33333333"
    page = html(EXPORT, f'<a href="/ris.html?href_{key}=/councilservice/group/list">Sitzungsdienst</a>')
    it = found(f"{BASE}/ris.html?href_{key}=/councilservice/x", page)
    other = found(
        f"{BASE}/", html(body=f'<a href="/ris.html?href_{key}=/councilservice/group/list">Sitzungsdienst</a>')
    )
    assert other.links
    told = [*it.evidence, *it.seen, it.start, *(link.url for link in (*it.links, *other.links))]
    assert not [text for text in told if text and "11111111" in text]


@pytest.mark.parametrize(
    "body",
    [
        b"<" * 200_000,
        b"<div>" * 20_000,
        b"<html><title>" + b"a" * 2_000_000,
        b"<a href='http://[::1'>x</a>" * 2_000,
        b"<a href='https://h.example/bi/si0040.php?" + b"a" * 100_000 + b"'>RIS</a>",
        b"<!DOCTYPE html [<!ENTITY a 'aaaa'>]><html>&a;&a;</html>",
        b"<?xml version='1.0'?><rss><channel><title>x</title></channel></rss>",
        "<html><title>\x1b[31mrot\u202e</title></html>".encode(),
        b"<html><meta charset='no-such-charset'><title>\xff\xfe</title></html>",
    ],
    ids=["angles", "deep", "long title", "bad addresses", "long address", "entities", "feed", "escapes", "charset"],
)
def test_hostile_pages_are_looked_at_to_the_end_and_printable(body: bytes) -> None:
    faulthandler.dump_traceback_later(ENDLESS, exit=True)
    try:
        it = found(f"{BASE}/", body)
    finally:
        faulthandler.cancel_dump_traceback_later()
    assert all(text.isprintable() and len(text) < 200 for text in it.seen)


# --- the real pages beside the repository

FOLDERS: dict[str, tuple[str, str]] = {
    "allris3": ("ALLRIS 3", "/bi/"),
    "allris4": ("ALLRIS 4", "/public/"),
    "councilservice": ("councilservice", "/seite/"),
    "ecics": ("ecics RIS", "/seite"),
    "hitcom": ("cEasy cRis (hitcom)", "/"),
    "komfa": ("KOMFA-RIS", "/"),
    "morerubin": ("more!rubin", "/"),
    "muenchen": ("RIS München", "/"),
    "oparl": ("OParl", "/oparl/"),
    "parlis": ("PARLIS", "/"),
    "provox": ("Provox IIP", "/ris/hameln/"),
    "regisafe": ("regisafe RIS-Portal", "/"),
    "sdnet": ("SD.NET RIM", "/"),
    "sessionnet": ("SessionNet", "/bi/"),
    "sessionnet6": ("SessionNet 6", "/"),
    "sim": ("SIM", "/"),
    "website": ("list of notices", "/"),
}
"""What the pages of a folder are of, and the folder of an address such as they came from."""

NO_ANSWERS = (".md", ".yaml", ".yml", ".sql", ".txt", ".odt", ".pdf", ".tiff", ".expected.json", "LICENSE")
EXCEPTIONS: dict[str, str] = {
    "kic/": "answers of an interface behind the page; the page itself was not saved",
    "councilservice/*.json": "answers behind the page; asked with a key, and no page of their own",
    "morerubin/*.json": "answers of api.php: known by their address, which a file does not have",
    "sessionnet6/*.json": "answers of its interface: no page of their own",
    "upstream-expected": "no answer of a server, but what another project read out of one",
    "provox/*.json": "an answer behind the page",
    "oparl/spec-examples/File-01.json": "an OParl object from which no way leads to its system",
    "oparl/spec-examples/Location-01.json": "an OParl object from which no way leads to its system",
    "oparl/defects/importer/test-data/amtzell": "a page of a list without OParl's types, as an old server sent it",
}
"""What is not recognised, and why that is right."""


def _excepted(name: str) -> bool:
    return (
        any(
            (name.startswith(part.split("*")[0]) and name.endswith(part.split("*")[1])) if "*" in part else part in name
            for part in EXCEPTIONS
        )
        and "_synthetic-oparl" not in name
    )


def _saved() -> list[str]:
    if not SHARED.is_dir():
        return []
    names = (str(path.relative_to(SHARED)) for path in sorted(SHARED.rglob("*")) if path.is_file())
    return [name for name in names if not name.endswith(NO_ANSWERS) and "__snapshots__" not in name]


def _address_of(name: str) -> str:
    folder, *_, file = name.split("/")
    stem = file.partition(".")[0]
    page = stem.partition("-")[0]
    end = {"allris3": f"{page}.asp", "sessionnet": f"{page}.php"}.get(folder, stem)
    return f"https://ris.musterstadt.example{FOLDERS.get(folder, ('', '/'))[1]}{end}"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real pages are not laid beside the repository (../shared/pages)")
def test_every_saved_page_is_recognised_or_excepted() -> None:
    wrong, right, excepted = [], 0, 0
    for name in _saved():
        it = found(_address_of(name).replace(" ", "%20"), (SHARED / name).read_bytes())
        expected = "OParl" if "_synthetic-oparl" in name else FOLDERS.get(name.split("/")[0], ("",))[0]
        off = it.refusal is not None and it.refusal.of_oparl
        if it.product == expected or (off and "error" in name):
            right += 1
            assert not _excepted(name), f"{name} is recognised: take it out of the exceptions"
        elif _excepted(name):
            excepted += 1
            assert it.product is None, name
        else:
            wrong.append(f"{name}: {it.product}, {it.links[:1]}")
    assert wrong == []
    assert right >= 160
    assert excepted <= 45
