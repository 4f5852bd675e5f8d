"""The pages: what a citizen reads on them, and that every one is well made."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup

from archive.removal import remove
from council.model import File, Meeting, Paper
from indexer.index.contract import IndexNotReady, IndexUnavailable
from search_api.app import create_app
from search_api.params import NAMES
from search_api.settings import SearchSettings
from tests.search_api.conftest import Client, Clock
from tests.search_api.fake_index import FakeIndex, no_index
from tests.search_api.invented import TOWN, Town, entry

PAGES = {
    "/": 200,
    "/suche": 200,
    "/suche?q=Radweg": 200,
    "/suche?q=Radweg&kind=paper&municipality=lindquell&from=2026-01-01": 200,
    "/suche?q=nirgends": 200,
    "/suche?q=Radweg&year=1999": 200,
    "/suche?page=99": 200,
    "/suche?colour=red": 400,
    f"/papers/{TOWN}:paper:7": 200,
    f"/papers/{TOWN}:paper:8": 200,
    f"/papers/{TOWN}:paper:404": 404,
    f"/meetings/{TOWN}:meeting:m1": 200,
    f"/meetings/{TOWN}:meeting:m2": 200,
    f"/organizations/{TOWN}:organization:o1": 200,
    "/municipalities": 200,
    f"/municipalities/{TOWN}": 200,
    "/municipalities/nowhere": 404,
    f"/files/{TOWN}:file:f7/text?q=Radweg": 200,
    f"/files/{TOWN}:file:e1/text": 200,
    "/hilfe": 200,
    "/api": 200,
    "/impressum": 200,
    "/datenschutz": 200,
    "/status": 200,
    "/nirgends": 404,
}


def words(page: BeautifulSoup) -> str:
    main = page.select_one("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_well_made(client: Client, path: str) -> None:
    page = client.page(path, PAGES[path])
    assert page.select_one("html")["lang"] == "de"  # type: ignore[index]
    assert len(page.select("h1")) == 1
    levels = [int(h.name[1]) for h in page.select("h1, h2, h3, h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert [len(page.select(landmark)) for landmark in ("main", "body > header", "body > footer")] == [1, 1, 1]
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    labelled = {label["for"] for label in page.select("label[for]")}
    for field in page.select("input:not([type=hidden])"):
        assert field.get("id") in labelled or field.find_parent("label"), field
    for table in page.select("table"):
        assert table.select("th[scope]")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_loads_anything_from_elsewhere_or_has_scripts_in_it(client: Client, path: str) -> None:
    page = client.page(path, PAGES[path])
    (script,) = page.select("script")
    assert re.fullmatch(r"/static/suggest\.[0-9a-f]{12}\.js", str(script["src"]))
    assert not script.get_text()
    assert page.select("iframe, object, embed, style, [style], base") == []
    for tag in page.select("[src], link[href], form[action]"):
        address = str(tag.get("src") or tag.get("href") or tag.get("action"))
        assert address.startswith("/"), tag
        assert not address.startswith("//"), tag
    for tag in page.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on")], tag


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_ours_leads_somewhere(client: Client, path: str) -> None:
    for link in client.page(path, PAGES[path]).select("a[href]"):
        address = str(link["href"])
        if address.startswith("/"):
            assert client.get(address).status_code == 200, address
        elif not address.startswith("#"):
            assert urlsplit(address).scheme == "https"
            assert link["rel"] == ["noopener", "nofollow"]


def test_the_first_page_says_how_much_and_how_fresh(client: Client) -> None:
    text = words(client.page("/"))
    assert "2 Vorlagen und 2 Sitzungen aus 1 Kommune, Stand 24.11.2026, 13:00 Uhr" in text
    assert "Lindquell" in text


def test_results_show_hits_with_marked_passages(client: Client) -> None:
    page = client.page("/suche?q=Radweg&kind=paper")
    assert page.select_one("input[name=q]")["value"] == "Radweg"  # type: ignore[index]
    assert "1 Treffer für „Radweg“" in words(page)
    (hit,) = page.select(".hits > li")
    assert hit.select_one("h2 a")["href"] == f"/papers/{TOWN}:paper:7"  # type: ignore[index]
    assert "Vorlage · Lindquell · Beschlussvorlage" in hit.get_text()
    assert "BV/2026/0007" in hit.get_text()
    assert "04.05.2026" in hit.get_text()
    assert {mark.get_text() for mark in hit.select(".text mark")} == {"Radweg"}
    text_link = hit.select_one('p.meta a[href^="/files/"]')
    assert text_link is not None
    assert text_link["href"] in {
        f"/files/{TOWN}:file:f7/text?q=Radweg#seite-1",
        f"/files/{TOWN}:file:f7/text?q=Radweg&page=3#seite-3",
    }
    assert hit.select_one("details summary").get_text() == "1 weitere Fundstelle"  # type: ignore[union-attr]


def test_filters_are_chips_and_boxes(client: Client) -> None:
    page = client.page("/suche?q=Radweg&kind=paper&from=2026-01-01")
    chips = {chip.get_text(): chip["href"] for chip in page.select(".chips a")}
    assert chips["Filter entfernen: Art: Vorlagen ×"] == "/suche?q=Radweg&from=2026-01-01"
    assert chips["Filter entfernen: ab 01.01.2026 ×"] == "/suche?q=Radweg&kind=paper"
    assert chips["Alle entfernen"] == "/suche?q=Radweg"
    boxes = {box["value"]: box.has_attr("checked") for box in page.select("input[name=kind]")}
    assert boxes == {"paper": True, "meeting": False}
    assert "Filter (2 aktiv)" in page.select_one("aside summary").get_text()  # type: ignore[union-attr]
    assert [i["value"] for i in page.select("aside input[name=q]")] == ["Radweg"]
    assert {i["name"] for i in page.select("form[role=search] input[type=hidden]")} == {"kind", "from"}


def test_the_years_are_a_picture_of_links(client: Client) -> None:
    bars = client.page("/suche").select(".years svg a")
    assert [(bar["aria-label"], bar["href"]) for bar in bars] == [
        ("2025: 1 Treffer", "/suche?year=2025"),
        ("2026: 3 Treffer", "/suche?year=2026"),
    ]


def test_programs_read_of_every_parameter(client: Client) -> None:
    assert [th.get_text() for th in client.page("/api").select("table tbody th")] == list(NAMES)


def test_paging_is_by_addresses(client: Client) -> None:
    page = client.page("/suche?limit=1&page=2")
    links = {" ".join(a.get_text().split()): a for a in page.select("nav.paging a")}
    assert set(links) == {"Zurück", "Seite 1", "Seite 2", "Seite 3", "Seite 4", "Weiter"}
    assert links["Seite 2"]["aria-current"] == "page"
    assert links["Weiter"]["href"] == "/suche?page=3&limit=1"
    assert page.select_one("ol.hits")["start"] == "2"  # type: ignore[index]


def test_no_hits_offer_one_thing_to_do(client: Client) -> None:
    page = client.page("/suche?q=nirgends")
    assert "0 Treffer für „nirgends“" in words(page)
    assert [a["href"] for a in page.select("a.act")] == ["/hilfe"]
    page = client.page("/suche?q=Radweg&year=1999")
    assert [a["href"] for a in page.select("a.act")] == ["/suche?q=Radweg"]
    page = client.page("/suche?page=99")
    assert "Die letzte ist Seite 1" in words(page)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("colour=red", "„colour“. Das kennt diese Suche nicht"),
        ("from=gestern", "Der Anfang des Zeitraums ist nicht zu gebrauchen: Ein Tag sieht so aus: 2026-11-24"),
        ("from=2026-02-02&to=2026-01-01", "Der Zeitraum endet, bevor er anfängt"),
        ("q=" + "a" * 501, "Die Frage ist zu lang"),
        ("q=" + "+".join(f"w{n}x" for n in range(40)), "Die Frage hat zu viele Wörter"),
        ("page=1&page=2", "Die Seitenzahl steht mehrmals"),
        ("after=kaputt", "Die Stelle, an der es weitergehen soll"),
    ],
)
def test_a_bad_address_is_explained_in_german(client: Client, query: str, says: str) -> None:
    page = client.page(f"/suche?{query}", 400)
    assert says in words(page)
    assert [a["href"] for a in page.select("a.act")] == ["/suche"]


@pytest.mark.parametrize(
    ("fault", "says"), [(IndexNotReady, "noch nicht fertig"), (IndexUnavailable, "antwortet nicht")]
)
def test_an_index_that_does_not_answer_is_a_page_of_its_own(
    town: Town, fault: type[IndexNotReady | IndexUnavailable], says: str
) -> None:
    client = Client(create_app(SearchSettings(remember_seconds=0), no_index(fault), town.archive, town))
    page = client.page("/suche?q=Radweg", 503)
    assert says in words(page)
    assert [a["href"] for a in page.select("a.act")] == ["/suche?q=Radweg"]
    assert "10.0.0.7" not in words(page)
    assert "nicht fertig" in words(client.page("/status"))
    assert "antwortet gerade nicht" in words(client.page(f"/municipalities/{TOWN}"))
    assert client.get("/").status_code == 200


def test_an_unforeseen_error_is_a_page_without_a_trace(client: Client, index: FakeIndex) -> None:
    index.fault = RuntimeError("password is hunter2")
    text = words(client.page("/suche", 500))
    assert "schiefgegangen" in text
    assert "hunter2" not in text
    assert "Traceback" not in text


def test_a_paper_shows_its_way(client: Client) -> None:
    page = client.page(f"/papers/{TOWN}:paper:7")
    consultations = [" ".join(li.get_text(" ").split()) for li in page.select(".consultations li")]
    assert consultations == [
        "01.06.2026 Bauausschuss Vorberatung: empfohlen Sitzung des Bauausschusses, 01.06.2026, 18:30 Uhr · TOP Ö 2",
        "01.12.2026 Stadtrat Abgesagt beschlossen Sitzung des Stadtrates, 01.12.2026, 18:30 Uhr · TOP 3",
    ]
    files = [" ".join(li.get_text(" ").split()) for li in page.select(".files li")]
    assert files[0].startswith("Vorlage.pdf Hauptdokument · 3 Seiten · 2,3 MB Text lesen")
    assert files[1].startswith("Anlage 2.pdf Anlage · noch nicht geladen Original öffnen")
    assert "Haushaltssatzung" in words(page)
    assert "Geheimrat" not in words(page)


def test_a_meeting_shows_its_agenda_and_that_it_is_cancelled(client: Client) -> None:
    page = client.page(f"/meetings/{TOWN}:meeting:m1")
    text = words(page)
    assert "01.06.2026, 18:30 Uhr" in text
    assert "Ratssaal, Markt 1, Lindquell" in text
    rows = [[" ".join(td.get_text(" ").split()) for td in tr.select("td")] for tr in page.select(".agenda tbody tr")]
    assert rows == [["Ö 1", "Eröffnung", "", ""], ["Ö 2", "Radweg Bahnhofstraße", "BV/2026/0007", "empfohlen"]]
    assert "Diese Sitzung ist abgesagt" in words(client.page(f"/meetings/{TOWN}:meeting:m2"))


def test_a_town_shows_origin_counts_and_what_comes(client: Client, town: Town) -> None:
    text = words(client.page(f"/municipalities/{TOWN}"))
    assert "OParl-Schnittstelle" in text
    assert "Vorlagen 2 2" in text
    assert "Sitzungen 2 nicht gezählt" in text
    assert "war alles da" in text
    assert "Sitzung des Stadtrates 01.12.2026" in text
    assert "Sitzung des Bauausschusses" not in text, "it is over"


def test_old_and_incomplete_data_is_told_where_one_searches(client: Client, town: Town, clock: Clock) -> None:
    assert client.page("/suche?q=Radweg").select(".note") == []
    town.fill(listed_papers=9)
    clock.now += dt.timedelta(days=5)
    note = client.page("/suche?q=Radweg").select_one(".note")
    assert note is not None
    assert " ".join(note.get_text().split()) == "Lindquell: Daten sind veraltet, Bestand ist unvollständig."
    text = words(client.page(f"/municipalities/{TOWN}"))
    assert "Seit 24.11.2026, 13:00 Uhr ist kein Besuch mehr gelungen" in text
    town.municipalities = (entry(enabled=False),)
    assert client.page("/suche?q=Radweg").select(".note") == []


def test_a_partial_answer_is_told(client: Client, index: FakeIndex) -> None:
    index.partial = True
    assert "Es kann mehr Treffer geben" in words(client.page("/suche"))


def test_text_is_shown_page_by_page_with_marks(client: Client) -> None:
    page = client.page(f"/files/{TOWN}:file:f7/text?q=Radweg")
    assert [h["id"] for h in page.select("h2")] == ["seite-1", "seite-2", "seite-3"]
    assert [mark.get_text() for mark in page.select(".raw mark")] == ["Radweg", "Radweg"]


def test_a_file_without_text_says_why(client: Client, town: Town) -> None:
    town.read("https://ris.example/7-2.pdf", ())
    text = words(client.page(f"/files/{TOWN}:file:g7/text"))
    assert "kein Text zu lesen: kein Text enthalten" in text


def test_a_giant_text_is_shown_in_parts(client: Client, town: Town) -> None:
    pages = (*(f"Seite {n}. " + "Wort " * 500 for n in range(1, 401)), "Riese " * 60_000)
    town.read("https://ris.example/7-2.pdf", pages)
    address = f"/files/{TOWN}:file:g7/text"
    first = client.page(address)
    assert len(str(first)) < 400_000
    links = [str(a["href"]) for a in first.select("nav.paging a")]
    seen = {h.get_text() for link in links for h in client.page(link).select("section h2")}
    assert {f"Seite {n}" for n in range(1, 402)} <= seen
    assert client.page(f"{address}?page=333").select_one("#seite-333")
    assert client.get(f"{address}?part=99").status_code == 404
    assert client.get(f"{address}?part=x").status_code == 400


def test_what_was_withdrawn_is_a_page_of_its_own(client: Client, town: Town) -> None:
    remove(town.archive, f"{TOWN}:paper:7", "names a private person", "Admin")
    page = client.page(f"/papers/{TOWN}:paper:7", 410)
    assert "Das wurde zurückgezogen" in words(page)
    assert "private" not in words(page)
    assert "Radweg" not in words(page)


def test_the_operator_writes_imprint_and_privacy(town: Town, index: FakeIndex) -> None:
    settings = SearchSettings(imprint="Stadt <b>Lindquell</b>\nMarkt 1", contact="ris@lindquell.example")
    client = Client(create_app(settings, index, town.archive, town))
    page = client.page("/impressum")
    assert "Stadt <b>Lindquell</b> Markt 1" in words(page)
    assert "RATSLUPE_IMPRINT" not in words(page)
    assert "ris@lindquell.example" in words(client.page("/datenschutz"))


def test_pages_without_an_operator_say_what_is_missing(client: Client) -> None:
    assert "RATSLUPE_IMPRINT" in words(client.page("/impressum"))
    assert "RATSLUPE_PRIVACY" in words(client.page("/datenschutz"))


def test_a_page_of_ten_hits_is_light(client: Client, town: Town, index: FakeIndex) -> None:
    _, records = town.run()
    long_text = "Der Radweg wird gebaut. Die Verkehrsberuhigung folgt im nächsten Jahr. " * 100
    records.put(
        [
            Paper(
                native_id=f"n{n}",
                name=f"Radweg Nummer {n} " + "mit einem langen Titel, wie ihn Verwaltungen lieben, " * 3,
                paper_type=f"Vorlagenart {n}",
                date=dt.date(1990 + n, 1, 1),
                files=(File(native_id=f"n{n}", name="Beschlussvorlage öffentlich.pdf", text=long_text),),
            )
            for n in range(40)
        ]
    )
    index.entries = town.entries()
    answer = client.get("/suche?q=Radweg")
    page = BeautifulSoup(answer.text, "lxml")
    style = client.get(str(page.select_one("link[rel=stylesheet]")["href"]))  # type: ignore[index]
    assert len(page.select(".hits > li")) == 10
    assert len(page.select(".hits details")) >= 8
    assert len(answer.content) + len(style.content) < 60_000


def test_a_meeting_without_anything_is_still_a_page(client: Client, town: Town) -> None:
    _, records = town.run()
    records.put([Meeting(native_id="bare"), Paper(native_id="bare")])
    assert "Sitzung ohne Titel" in words(client.page(f"/meetings/{TOWN}:meeting:bare"))
    assert "Vorlage ohne Titel" in words(client.page(f"/papers/{TOWN}:paper:bare"))


def test_nothing_at_all_is_still_a_page(town: Town) -> None:
    town.municipalities = ()
    client = Client(create_app(SearchSettings(remember_seconds=0), FakeIndex(), town.archive, town))
    assert "Noch sind keine Unterlagen im Verzeichnis" in words(client.page("/suche"))
    assert "Noch ist keine Kommune eingetragen" in words(client.page("/municipalities"))
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("record", ["papers/{}:paper:7", "meetings/{}:meeting:m1", "organizations/{}:organization:o1"])
def test_a_record_s_page_has_a_search_box_and_its_own_address_for_print(client: Client, record: str) -> None:
    path = f"/{record.format(TOWN)}"
    page = client.page(path)
    form = page.select_one('form[action="/suche"]')
    assert form is not None
    assert form.select_one("input[name=q]")
    assert page.select_one(".address").get_text() == f"Diese Seite: http://ratslupe.example{path}"  # type: ignore[union-attr]


def test_the_text_of_a_file_leads_back_to_the_hits(client: Client) -> None:
    page = client.page(f"/files/{TOWN}:file:f7/text?q=Radweg")
    (back,) = [link for link in page.select("main a") if "Zurück zu den Treffern" in link.get_text()]
    assert back["href"] == "/suche?q=Radweg"
    plain = client.page(f"/files/{TOWN}:file:f7/text")
    assert "Zurück zu den Treffern" not in plain.get_text()


def test_the_keyboard_gets_to_the_hits_past_the_filters(client: Client) -> None:
    page = client.page("/suche?q=Radweg")
    skips = [(str(link["href"]), link.get_text()) for link in page.select("body > a.skip")]
    assert skips == [("#inhalt", "Zum Inhalt springen"), ("#treffer", "Zu den Treffern springen")]
    target = page.select_one("#treffer")
    assert target is not None
    assert target["tabindex"] == "-1"
    assert target.find_next("h2").find_parent("ol")["class"] == ["hits"]  # type: ignore[union-attr, index]


def test_an_address_for_programs_is_no_link_for_people(client: Client) -> None:
    page = client.page(f"/organizations/{TOWN}:organization:o1")
    assert "Bei Lindquell ansehen" not in page.get_text()
    assert (
        client.get(f"/api/v1/organizations/{TOWN}:organization:o1").json()["source_url"]
        == "https://ris.example/oparl/o1"
    )
    assert "Bei Lindquell ansehen" in client.page(f"/papers/{TOWN}:paper:7").get_text()


def test_filters_that_are_left_empty_do_not_stay_in_the_address(client: Client) -> None:
    answer = client.get("/suche?q=Radweg&kind=paper&from=&to=")
    assert (answer.status_code, answer.headers["location"]) == (303, "/suche?q=Radweg&kind=paper")
    answer = client.get("/suche?from=2026-01-01&to=&page=2")
    assert (answer.status_code, answer.headers["location"]) == (303, "/suche?from=2026-01-01&page=2")


def test_both_times_of_a_municipality_are_of_one_clock(client: Client) -> None:
    rows = {
        row.dt.get_text(): row.dd.get_text()
        for row in client.page(f"/municipalities/{TOWN}").select(".data div")
        if row.dt and row.dd
    }
    assert rows["Letzter Besuch"] == f"{rows['Letzter erfolgreicher Besuch']}: vollständig"


def test_the_years_below_the_bars_and_the_hits_without_a_date(client: Client, index: FakeIndex) -> None:
    figure = client.page("/suche").select_one("figure.years")
    assert figure is not None
    assert [label.get_text() for label in figure.select(".axis span")] == [
        "2021",
        "2022",
        "2023",
        "2024",
        "2025",
        "2026",
    ]
    assert "ohne Datum" not in figure.get_text()
    index.entries.append(replace(index.entries[0], date=None))
    assert "; 1 ohne Datum" in client.page("/suche").select_one("figure.years").get_text()  # type: ignore[union-attr]
    chosen = client.page("/suche?year=2026").select_one("figure.years")
    assert chosen is not None
    assert "ohne Datum" not in chosen.get_text()
