"""Where the data come from: what a town's source offers, what it keeps back, and who is read with whom."""

from __future__ import annotations

import pytest

from archive.record_writer import RecordWriter
from archive.run import Outcome, RunMode
from archive.run_writer import RunWriter
from council.offering import OFFERINGS, Extent, OfferedPart
from council.system import System
from search_api.links import source_page
from search_api.offering_texts import OFFERING_TEXTS, PART_TITLES
from tests.search_api.conftest import Client, Clock
from tests.search_api.invented import TOWN, Town, entry
from tests.search_api.test_site import words

SYSTEMS = [system.value for system in System]


def ended(town: Town, outcome: Outcome) -> None:
    run, records = town.run()
    run.finish(outcome, "HTTP 403", records.counts, [], (1, 100), 0.5)


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_town_says_what_its_system_offers_and_what_not(client: Client, town: Town, system: str) -> None:
    town.municipalities = (entry(system=system, url="https://ris.example/bi/"),)
    page = client.page(f"/municipalities/{TOWN}")
    section = page.select_one("section[aria-labelledby=herkunft]")
    assert section is not None
    text, offering = " ".join(section.get_text(" ").split()), OFFERING_TEXTS[System(system)]
    assert offering.about in text
    assert f"System {offering.product}" in text
    for part in offering.parts:
        assert text.count(part.title) >= 1
        assert part.remark is None or f"{part.title}: {part.remark}" in text
    listed = [li.get_text().split(":")[0] for li in section.select(".offers li")]
    assert listed == [one.title for one in (*offering.to_extent(Extent.PARTLY), *offering.to_extent(Extent.NO))]
    assert "fragen Sie die Verwaltung" in text or "Fragen Sie die Verwaltung" in text


@pytest.mark.parametrize("system", SYSTEMS)
def test_programs_are_told_the_same(client: Client, town: Town, system: str) -> None:
    town.municipalities = (entry(system=system),)
    (body,) = client.get("/api/v1/municipalities").json()["municipalities"]
    assert body["offering"]["product"] == OFFERING_TEXTS[System(system)].product
    assert {one["part"]: one["title"] for one in body["offering"]["parts"]} == {
        p.value: t for p, t in PART_TITLES.items()
    }
    assert {one["part"]: one["extent"] for one in body["offering"]["parts"]} == {
        part.value: OFFERINGS[System(system)].of(part).value for part in OfferedPart
    }


def test_the_description_of_the_api_names_every_part_and_extent(client: Client) -> None:
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    assert schemas["OfferedPart"]["enum"] == [part.value for part in OfferedPart]
    assert schemas["Extent"]["enum"] == [extent.value for extent in Extent]
    assert set(schemas["AgendaState"]["enum"]) == {"published", "not_yet", "none", "in_invitation", "unknown"}
    assert {"offering", "source_page"} <= set(schemas["MunicipalityBody"]["required"])


@pytest.mark.parametrize(
    ("system", "url", "page"),
    [
        ("oparl", "https://merseburg.gremien.info/oparl/system", "https://merseburg.gremien.info/"),
        ("oparl", "https://a.example/rim4240/webservice/oparl/v1.1/system", "https://a.example/rim4240/"),
        ("oparl", "https://a.example/bi/oparl/1.0/system.asp?x=1", "https://a.example/bi/"),
        ("oparl", "https://a.example/Oparl/system", "https://a.example/"),
        ("oparl", "https://ruhr.example/oparl", "https://ruhr.example/"),
        ("oparl", "https://oparl.dresden.example/system", None),
        ("oparl", "https://oparl.dresden.example/oparl/system", None),
        ("oparl", "https://a.example/api/system", None),
        ("sessionnet", "https://a.example/bi/", "https://a.example/bi/"),
        ("notices", "https://a.example/seite/1?x=2", "https://a.example/seite/1?x=2"),
    ],
)
def test_the_sources_page_for_people(system: str, url: str, page: str | None) -> None:
    assert source_page(entry(system=system, url=url)) == page


def test_a_link_leads_to_the_page_for_people_or_says_that_it_is_for_programs(client: Client, town: Town) -> None:
    links = [a["href"] for a in client.page(f"/municipalities/{TOWN}").select("#herkunft ~ dl a")]
    assert links == ["https://ris.example/"]
    town.municipalities = (entry(url="https://oparl.example/system"),)
    (link,) = client.page(f"/municipalities/{TOWN}").select("#herkunft ~ dl a")
    assert (link["href"], link.get_text()) == ("https://oparl.example/system", "Schnittstelle für Programme")


def test_who_runs_the_source_can_be_asked(client: Client, town: Town) -> None:
    town.municipalities = (entry(contact="ris@lindquell.example"),)
    assert "Die Quelle betreut: ris@lindquell.example" in words(client.page(f"/municipalities/{TOWN}"))
    town.municipalities = (entry(contact="https://lindquell.example/kontakt"),)
    links = {a["href"] for a in client.page(f"/municipalities/{TOWN}").select("a.out")}
    assert "https://lindquell.example/kontakt" in links


def test_a_source_that_keeps_programs_out_is_told_kindly(client: Client, town: Town, clock: Clock) -> None:
    ended(town, Outcome.BLOCKED)
    text = words(client.page(f"/municipalities/{TOWN}"))
    assert (
        "Die Quelle sperrt Programme aus; der Bestand bleibt, wie er war, seit 24.11.2026, 13:00 Uhr. "
        "Neueres zeigt nur ihre eigene Seite"
    ) in text
    assert "von der Quelle gesperrt" in text
    assert "die Quelle sperrt Programme aus" in words(client.page("/suche?q=Radweg"))
    (body,) = client.get("/api/v1/municipalities").json()["municipalities"]
    assert (body["warnings"], body["last_run"]["outcome"]) == (["blocked"], "blocked")
    ended(town, Outcome.COMPLETE)
    assert "sperrt" not in words(client.page(f"/municipalities/{TOWN}"))


def test_a_source_that_never_let_programs_in(client: Client, town: Town) -> None:
    town.municipalities = (entry(), entry(key="neu", name="Neustadt", ags="15088225", url="https://neu.example/oparl"))
    run = RunWriter(town.archive, "neu")
    records = RecordWriter(town.archive, "neu", run.begin(RunMode.FULL))
    run.finish(Outcome.BLOCKED, "gate", records.counts, [], (1, 100), 0.5)
    text = words(client.page("/municipalities/neu"))
    assert "Die Quelle sperrt Programme aus; deshalb ist hier noch nichts zu finden." in text
    assert "noch nicht erfolgreich besucht" not in text
    assert "Nächste Sitzungen" not in text, "nobody could look whether there are any"


def test_a_member_leads_to_the_town_it_is_read_with(client: Client, town: Town) -> None:
    member = entry(
        key="dorf", name="Dorf", kind="Mitgliedsgemeinde", ags="15088225", parent=TOWN, enabled=False,
        system="morerubin", url="https://ris.example/", body="Dorf",
    )  # fmt: skip
    town.municipalities = (entry(), member)
    page = client.page("/municipalities/dorf")
    assert "Diese Kommune nutzt das System von Lindquell" in words(page)
    assert page.select_one("form input[type=hidden]")["value"] == TOWN  # type: ignore[index]
    assert page.select_one("p > a.act")["href"] == f"/suche?q=%22Dorf%22&municipality={TOWN}"  # type: ignore[index]
    assert "wird aber noch nicht besucht" not in words(page)
    assert "Dorf Mitgliedsgemeinde · im System von Lindquell" in words(client.page("/municipalities"))
    town.municipalities = (entry(), member.model_copy(update={"url": "https://elsewhere.example/"}))
    assert "wird aber noch nicht besucht" in words(client.page("/municipalities/dorf"))
