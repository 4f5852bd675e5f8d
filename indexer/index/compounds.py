"""Compounds: which words a German word is made of, by a vocabulary learned from the indexed texts themselves.

After Koehn and Knight, Empirical Methods for Compound Splitting (EACL 2003): parts must occur as words, and occur
more often, in the geometric mean, than the compound does.
"""

from __future__ import annotations

import json
import math
import os
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

SAMPLE_CHARACTERS: Final = 16_000_000
"""Texts a build learns from before its vocabulary stays as it is: some two million words."""

MOST_WORDS: Final = 80_000
SHORTEST_PART: Final = 3
SHORTEST_COMPOUND: Final = 6
LONGEST_COMPOUND: Final = 60
LINKS: Final = ("", "s", "n", "en", "es", "er", "e")
"""What may stand between two parts: Verkehr-s-konzept, Straße-n-bahn."""

SEED_FREQUENCY: Final = 200
