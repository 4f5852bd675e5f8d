"""What a file is by its name, for every product."""

from __future__ import annotations

import pytest

from council.model import FileRole
from crawlers.parsing.documents import role_by_name


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Öffentliche Niederschrift.pdf", FileRole.MINUTES),
        ("Beschlussprotokoll", FileRole.MINUTES),
        ("Wörtliches Protokoll", FileRole.VERBATIM_MINUTES),
        ("Einladung mit Anlagen", FileRole.INVITATION),
        ("2026_Ladung", FileRole.INVITATION),
        ("Anlage zur Niederschrift", FileRole.ATTACHMENT),
        ("03_Anl._2_Protokoll.pdf", FileRole.ATTACHMENT),
        ("Niederschrift Rat Anl. TOP 14 Bericht", FileRole.ATTACHMENT),
        ("Präsentation zum Protokoll", FileRole.ATTACHMENT),
        ("Auszug", FileRole.RESOLUTION),
        ("Beschlussauszug", FileRole.RESOLUTION),
        ("2. Auszug aus dem Bebauungsplan", None),
        ("Beschlussvorlage", None),
        ("Verladungskonzept", None),
        ("Protokollarisches", None),
        ("", None),
        (None, None),
    ],
)
def test_role_by_name(name: str | None, role: FileRole | None) -> None:
    assert role_by_name(name) is role
