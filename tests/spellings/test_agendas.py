"""Spellings on agendas: badges, numbers, headings, titles; every one through every reader."""

from __future__ import annotations

import pytest

from tests.spellings.concerns import AGENDAS, Concern
from tests.spellings.declared import DECLARED
from tests.spellings.reader import Reader
from tests.spellings.readers import READERS
from tests.spellings.suite import Outcome, read_rows


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@pytest.mark.parametrize("concern", AGENDAS, ids=lambda concern: concern.name)
def test_every_row_is_decided_as_is_right(concern: Concern, reader: Reader) -> None:
    assert [str(result) for result in read_rows(concern, reader, DECLARED) if result.outcome is Outcome.FAILING] == []
