"""The readers that every spelling is read by. A new one is one more line."""

from __future__ import annotations

from typing import Final

from tests.spellings.adapters.allris3 import ALLRIS3, ALLRIS3_ICS, ALLRIS3_RESPONSIVE, ALLRIS3_XML
from tests.spellings.adapters.allris4 import ALLRIS4
from tests.spellings.adapters.councilservice import COUNCILSERVICE
from tests.spellings.adapters.ecics import ECICS
from tests.spellings.adapters.morerubin import MORERUBIN, MORERUBIN_OLD
from tests.spellings.adapters.notices import NOTICES
from tests.spellings.adapters.oparl import OPARL
from tests.spellings.adapters.sessionnet import SESSIONNET, SESSIONNET_JSON
from tests.spellings.reader import Reader

READERS: Final[tuple[Reader, ...]] = (
    OPARL,
    SESSIONNET,
    SESSIONNET_JSON,
    ALLRIS3,
    ALLRIS3_RESPONSIVE,
    ALLRIS3_XML,
    ALLRIS3_ICS,
    ALLRIS4,
    MORERUBIN,
    MORERUBIN_OLD,
    COUNCILSERVICE,
    ECICS,
    NOTICES,
)
