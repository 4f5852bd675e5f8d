"""The lists of the suite: every system has its readers, and what is declared is meant."""

from __future__ import annotations

import pytest

from crawlers.systems import READERS as SYSTEMS
from tests.spellings.concerns import CONCERNS
from tests.spellings.declared import DECLARED
from tests.spellings.readers import READERS
from tests.spellings.suite import Declared


def test_every_system_with_a_reader_has_its_line() -> None:
    assert {reader.system for reader in READERS} == SYSTEMS.keys()
    assert len({reader.name for reader in READERS}) == len(READERS)


@pytest.mark.parametrize("declared", DECLARED, ids=lambda declared: f"{declared.concerns[0]}: {declared.reason[:40]}")
def test_what_is_declared_names_rows_that_there_are(declared: Declared) -> None:
    rows = {concern.name: concern.rows for concern in CONCERNS}
    assert set(declared.readers) <= {reader.name for reader in READERS}
    for concern in declared.concerns:
        assert set(declared.rows) <= rows[concern].keys()
        assert any(declared.becomes(spelling) != rows[concern][spelling] for spelling in declared.rows)
