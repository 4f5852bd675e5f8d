"""Where a paper plays: streets, quarters and years that stay the same in it, and figures drawn anew each time."""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import dataclass

from townhall.invention.profile import Profile

STREETS = (
    "Gerberstraße", "Bleichgasse", "Kornblumenallee", "Ohlestraße", "Sägmühlenstraße", "Ulmenstraße",
    "Glockengießergasse", "Heckenrosenstraße", "Färbergasse", "Hohlwegstraße", "Torfstecherstraße", "Marktgasse",
    "Steinbruchstraße", "Eisvogelstraße", "Brunnenallee", "Schlehenstraße", "Ziegelhüttenstraße", "Weidengasse",
)  # fmt: skip
SCHOOLS = (
    "Grundschule am Kranichteich", "Gesamtschule Ohletal", "Grundschule Sonnenhang", "Realschule an der Bleiche",
    "Förderschule am Erlenweg", "Albertine-Rautmann-Schule",
)  # fmt: skip
FIRMS = (
    "Ingenieurbüro Tannhoff und Wiesinger", "Planungsgruppe Quellwerk", "Büro Harsdörfling + Voss",
    "Gutachterbüro Immergrün", "Atelier Steinlechner-Oppau",
)  # fmt: skip
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Setting:
    """Fills the {placeholders} of `topics.toml`."""

    fixed: dict[str, str]
    dice: random.Random

    def fill(self, text: str) -> str:
        return _PLACEHOLDER.sub(lambda found: self.fixed.get(found[1]) or _figure(found[1], self.dice), text)


def draw_setting(dice: random.Random, profile: Profile, municipality: str, date: dt.date) -> Setting:
    """A setting for one paper of a date."""
    street, street2 = dice.sample(STREETS, 2)
    fixed = {
        "municipality": municipality,
        "council": profile.council,
        "quarter": dice.choice(profile.quarters),
        "street": street,
        "street2": street2,
        "school": dice.choice(SCHOOLS),
        "firm": dice.choice(FIRMS),
        "year": str(date.year + 1),
        "last_year": str(date.year - 1),
        "school_year": f"{date.year - 1}/{date.year}",
    }
    return Setting(fixed, dice)


def _figure(name: str, dice: random.Random) -> str:
    match name:
        case "amount":
            return german_number(dice.randrange(120, 4800) * 1000)
        case "medium":
            return german_number(dice.randrange(18, 190) * 1000)
        case "small":
            return german_number(dice.randrange(12, 98) * 100)
        case "percent":
            return str(dice.randrange(6, 38))
        case "days":
            return str(dice.randrange(12, 29))
        case "count":
            return str(dice.randrange(13, 79))
    raise KeyError(f"topics.toml: {{{name}}} is no placeholder that townhall.invention.setting knows")


def german_number(number: int) -> str:
    """1234567 → "1.234.567"."""
    return f"{number:,}".replace(",", ".")
