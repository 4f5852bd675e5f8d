"""The command line: words, exit codes, errors that say what to do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from ratslupe.cli import app
from ratslupe.installation import SETTINGS, warn_of_unknown_settings
from tests.whole.house import REGISTER

WORDS = {"check", "schema", "crawl", "index", "serve", "up", "demo", "search", "status", "read", "work", "schedule"}
PAPERS = {
    "data": [
        {
            "id": "https://ris.example/oparl/papers/7",
            "type": "https://schema.oparl.org/1.1/Paper",
            "name": "Brunnen am Markt",
            "reference": "BV/7",
            "paperType": "Beschlussvorlage",
            "date": "2026-02-03",
            "mainFile": {
                "id": "https://ris.example/oparl/files/9",
                "type": "https://schema.oparl.org/1.1/File",
                "name": "Vorlage",
                "accessUrl": "https://ris.example/9.pdf",
            },
        }
    ],
    "links": {"next": "https://ris.example/oparl/papers?page=2"},
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("RATSLUPE_HOME", "RATSLUPE_REGISTER", "RATSLUPE_ENGINE", "RATSLUPE_ARCHIVE_URL"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "register.yaml").write_text(
        REGISTER.format(key="prueflingen", url="http://127.0.0.1:9/oparl/system", system="oparl")
    )
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["--register", "register.yaml", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_the_fixed_words_are_there_with_help_and_example(place: Path) -> None:
    for word in WORDS:
        code, out, _ = run(word, "--help")
        assert code == 0
        assert "Example" in out, word


def test_check_says_that_all_is_well(place: Path) -> None:
    assert run("check") == (0, "1 municipalities, 1 enabled: no problem found\n", "")


def test_check_tells_every_problem_with_its_line(place: Path) -> None:
    (place / "register.yaml").write_text("municipalities:\n  a:\n    name: A\n    ags: 8212000\n    colour: red\n")
    code, out, err = run("check")
    assert code == 1
    assert out == ""
    assert "register.yaml:4: municipalities.a.ags" in err
    assert "quote it" in err
    assert "register.yaml:5: municipalities.a.colour" in err


def test_a_register_that_is_not_there(place: Path) -> None:
    (place / "register.yaml").unlink()
    code, _, err = run("check")
    assert code == 1
    assert "register.yaml" in err


def test_schema_is_json(place: Path) -> None:
    code, out, _ = run("schema")
    assert code == 0
    assert json.loads(out)["properties"]["municipalities"]


def test_an_unknown_key_is_told_with_the_known_ones(place: Path) -> None:
    code, _, err = run("crawl", "nirgendwo")
    assert code == 1
    assert "not in the register: nirgendwo; it has: prueflingen" in err


def test_a_system_without_a_reader_is_told(place: Path) -> None:
    text = (place / "register.yaml").read_text().replace("system: oparl", "system: sdnet\n    enabled: false")
    (place / "register.yaml").write_text(text)
    code, _, err = run("crawl", "prueflingen")
    assert code == 1
    assert "no reader yet for: prueflingen (sdnet); can be read: " in err


def test_search_before_anything_is_indexed(place: Path) -> None:
    code, out, err = run("search", "Radweg")
    assert (code, out) == (1, "")
    assert "ratslupe index" in err


@pytest.mark.parametrize(
    ("option", "value", "names"),
    [
        ("--from", "gestern", "from"),
        ("--sort", "schön", "sort"),
        ("--match", "half", "match"),
        ("--kind", "x", "kind"),
        ("--municipality", "Ä Ö", "municipality"),
        ("--paper-type", "x" * 301, "paper_type"),
        ("--organization", "x" * 301, "organization"),
        ("--originator", "x" * 301, "originator"),
        ("--year", "x", "year"),
        ("--without", "guessing", "'spelling', 'synonyms'"),
    ],
)
def test_a_bad_option_of_search_is_named(place: Path, option: str, value: str, names: str) -> None:
    code, _, err = run("search", "Radweg", option, value)
    assert code == 2
    assert names in err


def test_an_engine_that_is_not_there_is_said(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RATSLUPE_ENGINE", "xapian")
    code, _, err = run("index")
    assert code == 1
    assert "there are: elasticsearch, tantivy" in err


def test_a_cluster_that_is_away_is_one_sentence(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RATSLUPE_ENGINE", "elasticsearch")
    monkeypatch.setenv("RATSLUPE_ELASTICSEARCH_URL", "http://127.0.0.1:9")
    code, _, err = run("search", "Radweg")
    assert code == 1
    assert "Traceback" not in err
    assert len(err.splitlines()) == 1
    assert "the cluster cannot be reached; is RATSLUPE_ELASTICSEARCH_URL right?" in err


def test_read_shows_what_a_spider_would_read(place: Path) -> None:
    (place / "papers.json").write_text(json.dumps(PAPERS))
    code, out, _ = run("read", "papers.json", "--system", "oparl", "--url", "https://ris.example/oparl/papers")
    assert code == 0
    read = json.loads(out)
    assert set(read) == {"page", "records", "follow", "not_understood"}
    assert read["page"] == "paper-list"
    assert read["follow"] == ["https://ris.example/oparl/papers?page=2"]
    (paper,) = read["records"]
    assert (paper["kind"], paper["native_id"], paper["reference"]) == ("paper", "papers/7", "BV/7")
    assert (paper["paper_type"], paper["date"]) == ("Beschlussvorlage", "2026-02-03")
    assert paper["consultations"] == []
    assert {k: paper["files"][0][k] for k in ("native_id", "name", "url")} == {
        "native_id": "files/9",
        "name": "Vorlage",
        "url": "https://ris.example/9.pdf",
    }


def test_read_ends_with_3_when_the_page_is_not_what_it_should_be(place: Path) -> None:
    (place / "page.html").write_text("<html><h1>Fehlermeldung</h1></html>")
    code, out, err = run("read", "page.html", "--system", "oparl", "--url", "https://ris.example/oparl/papers")
    assert (code, out) == (3, "")
    assert "https://ris.example/oparl/papers" in err
    assert "HTML" in err


def test_a_removal_needs_a_reason_and_a_name(place: Path) -> None:
    code, _, err = run("remove", "prueflingen:paper:7")
    assert code == 2
    assert "--reason" in err
    assert run("remove", "prueflingen:paper:7", "--reason", "privat", "--by", "A")[0] == 0
    assert run("remove", "nonsense", "--reason", "privat", "--by", "A")[0] == 1
    assert run("remove", "prueflingen:paper:7", "--undo")[0] == 0


@pytest.mark.parametrize("home", ["file", "file/below"])
def test_a_home_that_cannot_be_one_is_said_in_a_sentence(place: Path, home: str) -> None:
    (place / "file").write_text("not a folder")
    code, _, error = run("--home", str(place / home), "status")
    assert code == 1
    assert "cannot be the folder of an archive" in error


def test_the_version_is_told(place: Path) -> None:
    code, out, _ = run("--version")
    assert code == 0
    assert re.fullmatch(r"ratslupe \d+\.\d+\.\d+\n", out)


def test_a_setting_that_nothing_reads_is_told_and_all_others_are_known(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    root = Path(__file__).parents[2]
    documented = set(re.findall(r"`(RATSLUPE_[A-Z_]+)`", (root / "docs" / "settings.md").read_text(encoding="utf-8")))
    assert documented == {f"RATSLUPE_{name}" for name in SETTINGS}
    with caplog.at_level("WARNING"):
        warn_of_unknown_settings(dict.fromkeys(documented, "x") | {"RATSLUPE_TEST_POSTGRESQL": "x", "PATH": "x"})
        assert caplog.messages == []
        warn_of_unknown_settings({"RATSLUPE_WOKERS": "3"})
    assert caplog.messages == ["RATSLUPE_WOKERS is no setting: did you mean RATSLUPE_WORKERS?"]


def test_status_says_why_a_municipality_is_not_visited(place: Path) -> None:
    text = (place / "register.yaml").read_text()
    (place / "register.yaml").write_text(f"{text}    enabled: false\n    note: asked for leave\n")
    code, out, _ = run("status")
    assert code == 0
    assert "prueflingen (Prüflingen): not enabled: asked for leave" in out


def test_a_first_entry_makes_the_register(place: Path) -> None:
    path = place / "config" / "municipalities.yaml"
    words = ["add", "http://127.0.0.1:9/oparl/system", "--name", "Oberau", "--kind", "Stadt", "--ags", "15088221"]
    words += ["--no-probe", "--system", "oparl"]
    result = CliRunner().invoke(app, [*words, "--dry-run"])
    assert (result.exit_code, path.exists()) == (0, False)
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    assert CliRunner().invoke(app, ["check"]).exit_code == 0
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["municipalities"]["oberau"]["name"] == "Oberau"
