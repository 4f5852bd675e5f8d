"""One suite of spellings, run through every reader."""

from __future__ import annotations

import pytest

from crawlers.systems import READERS as SYSTEMS
from tests.spellings.concerns import CONCERNS, Concern
from tests.spellings.declared import DECLARED
from tests.spellings.reader import Reader
from tests.spellings.readers import READERS
from tests.spellings.suite import Outcome, read_rows


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@pytest.mark.parametrize("concern", CONCERNS, ids=lambda concern: concern.name)
def test_every_row_is_decided_as_is_right(concern: Concern, reader: Reader) -> None:
    failing = [str(result) for result in read_rows(concern, reader, DECLARED) if result.outcome is Outcome.FAILING]
    assert not failing, "\n".join(failing)


def test_every_system_with_a_reader_has_its_line() -> None:
    assert {reader.system for reader in READERS} == SYSTEMS.keys()
    assert len({reader.name for reader in READERS}) == len(READERS)


@pytest.mark.parametrize("declared", DECLARED, ids=lambda declared: f"{declared.concerns[0]}: {declared.reason[:40]}")
def test_what_is_declared_names_rows_that_there_are(declared) -> None:  # type: ignore[no-untyped-def]
    rows = {concern.name: concern.rows for concern in CONCERNS}
    assert set(declared.readers) <= {reader.name for reader in READERS}
    for concern in declared.concerns:
        assert set(declared.rows) <= rows[concern].keys()
        assert any(declared.becomes(spelling) != rows[concern][spelling] for spelling in declared.rows)
