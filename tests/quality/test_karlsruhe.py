"""Does the search find what people look for? Judged German questions over the real papers of one city."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.quality.__main__ import main
from tests.quality.karlsruhe import WHY_NOT


@pytest.mark.shared
@pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)
def test_judged_questions_find_their_papers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["--engine", "tantivy", "--only", "karlsruhe", "--folder", str(tmp_path)])
    assert status == 0, capsys.readouterr().out
