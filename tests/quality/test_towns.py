"""Seven invented towns of very different size in one index: no question falls behind what was reached once."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.quality import towns
from tests.quality.__main__ import main
from tests.quality.judging import EMPTY, Answer, Judged, Scores, below, score, scores


def test_judged_questions_find_their_papers(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["--engine", "tantivy", "--only", "towns"])
    assert status == 0, capsys.readouterr().out


def test_every_question_is_judged() -> None:
    judged = towns.questions()
    assert len(judged) >= 60
    assert [one.text for one in judged if (one.category == EMPTY) is bool(one.grades)] == []
    assert [text for text, count in Counter(one.text for one in judged).items() if count > 1] == []


def test_each_town_has_its_papers() -> None:
    counted = Counter(paper.entry.municipality for paper in towns.papers())
    assert counted == {town.key: town.papers for town in towns.towns()}
    assert len({paper.entry.id for paper in towns.papers()}) == counted.total()


def test_measures() -> None:
    question = Judged("1", "", "some", {"best": 3, "good": 2, "fair": 1})
    assert score(question, Answer(["best", "good", "fair"], 3)) == Scores(1, 1, 1)
    assert score(question, Answer(["fair", "other", "good", "best"], 4))[:2] == (1 / 3, 1)
    assert score(question, Answer([*"abcdefghij", "best"], 11)) == Scores(0, 0, 0)
    assert score(Judged("2", "", EMPTY, {}), Answer([], 0)) == Scores(1, 1, 1)
    assert score(Judged("2", "", EMPTY, {}), Answer([], 7)) == Scores(0, 0, 0)


def test_a_category_that_is_not_measured_breaks_its_floor() -> None:
    found = scores([Judged("1", "", "some", {"a": 3})], {"1": Answer(["a"], 1)})
    assert below(found, {"some": 0.9}) == {}
    assert below(found, {"other": 0.1}) == {"other": 0.0}
