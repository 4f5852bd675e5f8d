"""An invented country: municipalities at providers as they are spread in reality, and how long their crawls take.

A few providers host hundreds to a thousand municipalities, some host a few dozen, most municipalities run their own
server. Six visits of seven are incremental (half a minute), the seventh compares everything (some minutes)."""

from __future__ import annotations

import datetime as dt
import math
import random

from council.municipality import Municipality
from council.schedule import Schedule

GERMANY = 11_000
SHARES = (1000, 700, 500, 400, 300, 250, 200, 200, 150, 150, *[50] * 40, *[10] * 150)
"""Municipalities of each large and middling provider, of GERMANY; all others stand alone."""
INCREMENTAL, FULL = (15.0, 0.8), (120.0, 1.0)
"""Median seconds and spread (the logarithm's standard deviation) of a crawl."""
FULL_SHARE = 1 / 7
LONGEST = 7200.0


def invent_country(size: int, day: float) -> list[Municipality]:
    """So many municipalities, each visited once a day of `day` seconds."""
    schedule = Schedule(every=dt.timedelta(seconds=day))
    return [
        Municipality.model_validate(
            {
                "key": key, "name": key, "kind": "Gemeinde", "ags": "15088220", "system": "oparl",
                "url": f"https://{key}.{provider_of(key)}.de/oparl", "schedule": schedule,
            }
        )
        for key in _keys(size)
    ]  # fmt: skip


def provider_of(key: str) -> str:
    """The provider's name, which stands in the key."""
    return key.partition("-")[0]


def crawl_seconds(chance: random.Random) -> float:
    """How long a crawl takes in real seconds."""
    median, spread = FULL if chance.random() < FULL_SHARE else INCREMENTAL
    return min(chance.lognormvariate(math.log(median), spread), LONGEST)


def _keys(size: int) -> list[str]:
    sizes = [max(round(share * size / GERMANY), 1) for share in SHARES]
    hosted = [f"p{number}-{member}" for number, members in enumerate(sizes) for member in range(members)][:size]
    return hosted + [f"own{number}-0" for number in range(size - len(hosted))]
