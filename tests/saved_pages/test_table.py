"""`python -m tests.saved_pages FOLDER` looks at pages that no table knows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawlers.systems import READERS
from tests.saved_pages.__main__ import main
from tests.saved_pages.systems import SYSTEMS


def test_every_system_with_a_reader_has_its_line() -> None:
    assert [pages.system for pages in SYSTEMS] == list(dict.fromkeys(pages.system for pages in SYSTEMS))
    assert {pages.system for pages in SYSTEMS} == READERS.keys()


def test_unknown_pages_are_listed_and_nothing_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    town = tmp_path / "oparl" / "musterdorf"
    town.mkdir(parents=True)
    paper = {"id": "https://rat.example.test/papers/1", "type": "https://schema.oparl.org/1.1/Paper", "name": "Radweg"}
    (town / "papers.json").write_text(json.dumps({"data": [paper], "links": {}}), encoding="utf-8")
    result = {"file": "papers.json", "papers": [{"nativeId": "papers/1", "name": "Gehweg"}]}
    (town / "papers.expected.json").write_text(json.dumps(result), encoding="utf-8")
    (town / "other.json").write_text("no JSON", encoding="utf-8")
    (tmp_path / "allris3" / "musterdorf").mkdir(parents=True)
    (tmp_path / "allris3" / "musterdorf" / "vo020-1.html").write_text("<p>nothing", encoding="utf-8")
    (tmp_path / "allris3" / "musterdorf" / "vo020-1.expected.json").write_text("{}", encoding="utf-8")

    assert main([str(tmp_path)]) == 0

    said = capsys.readouterr().out
    oparl = next(line.split() for line in said.splitlines() if line.startswith("oparl "))
    assert oparl[1:8] == ["2", "1", "1", "0", "1", "3", "1"]
    assert "oparl/musterdorf/papers.expected.json: papers[0].name: read 'Radweg', expected 'Gehweg'" in said
    assert "oparl/musterdorf/other.json: refused: " in said
    assert "allris3/musterdorf/vo020-1.expected.json: cannot be compared: " in said


def test_no_folder_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "nowhere")]) == 2
    assert "no pages at " in capsys.readouterr().out
