"""Invented council members, and the committees they sit in."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from townhall.invention.model import Committee, Membership, Person
from townhall.invention.profile import Profile
from townhall.invention.setting import STREETS

FACTIONS = ("Bürgerbund", "Soziale Liste", "Grüne Mitte", "Wählerbund", "Junge Liste")
_SEATS = (9, 8, 6, 4, 3)
_WOMEN = ("Annegret", "Bilge", "Carlotta", "Dörte", "Elif", "Friederike", "Gesa", "Henrike", "Ilka", "Janina",
          "Katharina", "Leonie", "Mareike", "Nele", "Olga")  # fmt: skip
_MEN = ("Arndt", "Bekir", "Clemens", "Detlef", "Enno", "Falko", "Gereon", "Holger", "Ingo", "Jost", "Konrad",
        "Lennart", "Marius", "Norbert", "Ottokar")  # fmt: skip
_FAMILIES = (
    "Abendschein", "Brückenfels", "Czerniak-Holt", "Dornhaus", "Eschweger", "Fahlbusch", "Grünspecht", "Hühnerfeld",
    "Immenrode", "Jägersfeld", "Kaltwasser", "Löwenkamp", "Mühlenbrand", "Nachtweyh", "Oehlenschmidt", "Pfefferkorn",
    "Quellmann", "Rübenach", "Schöneschall", "Tannenzapf", "Uhlenbrock", "Vogelsanger", "Weißdörfer", "Yildiztan",
    "Zwetschgenbaum", "Birkenstock-Ruh", "Hainbüchler", "Sonnemann-Ott", "Krautwickel", "Ährenfeld",
)  # fmt: skip


def invent_people(dice: random.Random, postal_code: str, municipality: str) -> tuple[Person, ...]:
    """The council: thirty members of five factions, numbered from 1."""
    families, women, men = (dice.sample(names, len(names)) for names in (_FAMILIES, _WOMEN, _MEN))
    factions = [faction for faction, seats in zip(FACTIONS, _SEATS, strict=True) for _ in range(seats)]
    people = []
    for index, (family, faction) in enumerate(zip(families, factions, strict=True)):
        woman = index % 2 == 0
        given = (women if woman else men)[index // 2]
        people.append(
            Person(
                number=index + 1,
                given_name=given,
                family_name=family,
                form_of_address="Frau" if woman else "Herr",
                title="Dr." if index % 9 == 4 else None,
                faction=faction,
                street_address=f"{dice.choice(STREETS)} {dice.randrange(1, 90)}",
                postal_code=postal_code,
                phone=f"+49 30 23125 {dice.randrange(100, 999)}",  # a range that is never given out (BNetzA)
                email=f"mitglied{index + 1}@rat-{municipality.lower()}.example",
            )
        )
    return tuple(people)


def invent_committees(
    dice: random.Random, profile: Profile, people: tuple[Person, ...], term_start: dt.date, numbers: Iterator[int]
) -> tuple[Committee, ...]:
    """The council with everybody, committees with eleven members, factions, and the offices of the administration."""
    committees: list[Committee] = []

    def seat(members: list[Person], roles: tuple[str, ...]) -> tuple[Membership, ...]:
        return tuple(
            Membership(
                next(numbers), person.number, roles[index] if index < len(roles) else "Mitglied", True, term_start
            )
            for index, person in enumerate(members)
        )

    for key, name, short in profile.committees:
        members = list(people) if key == "council" else dice.sample(people, 11)
        chairs = ("Vorsitz", "stellvertretender Vorsitz")
        committees.append(Committee(len(committees) + 1, key, name, short, "Gremium", seat(members, chairs)))
    for faction in FACTIONS:
        members = [person for person in people if person.faction == faction]
        name = f"Fraktion {faction}"
        committees.append(
            Committee(len(committees) + 1, faction, name, faction, "Fraktion", seat(members, ("Fraktionsvorsitz",)))
        )
    for key, name in profile.offices.items():
        committees.append(Committee(len(committees) + 1, f"office {key}", name, name, "Verwaltungsbereich"))
    return tuple(committees)
