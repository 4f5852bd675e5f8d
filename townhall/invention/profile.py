"""Two kinds of municipality: how their councils, offices and quarters are called and how they number their papers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """`committees` are (key, name, short name); several topics may share a committee (see `serving`)."""

    kind: str
    council: str
    head: str
    quarters: tuple[str, ...]
    committees: tuple[tuple[str, str, str], ...]
    serving: dict[str, str]
    offices: dict[str, str]
    typed_references: bool
    room: str

    def committee_for(self, key: str) -> str:
        """The key of the committee that deals with topics of that key here."""
        return self.serving.get(key, key)

    def reference(self, prefix: str, year: int, running: int) -> str:
        """ "BV/2025/0123" where the municipality writes the kind of paper into the number, else "2025/0123"."""
        return f"{prefix}/{year}/{running:04}" if self.typed_references else f"{year}/{running:04}"


_OFFICES = {
    "council": "Büro des Rates",
    "finance": "Fachbereich Finanzen",
    "building": "Fachbereich Planen und Bauen",
    "social": "Fachbereich Soziales und Jugend",
    "school": "Fachbereich Bildung und Kultur",
    "environment": "Stabsstelle Klima und Umwelt",
}

STADT = Profile(
    kind="Stadt",
    council="Stadtrat",
    head="Die Bürgermeisterin",
    quarters=("Altlindquell", "Niederwöhr", "Kranichsmoor", "Hasselbrunn", "Ohlehöfe", "Steinpfort", "Wiesengrund-Ost"),
    committees=(
        ("council", "Stadtrat", "Rat"),
        ("finance", "Haupt- und Finanzausschuss", "HFA"),
        ("building", "Ausschuss für Planung, Bau und Verkehr", "PBV"),
        ("social", "Ausschuss für Jugend, Familie und Soziales", "JFS"),
        ("school", "Ausschuss für Schule, Kultur und Sport", "SKS"),
        ("environment", "Ausschuss für Umwelt und Klimaschutz", "UKA"),
    ),
    serving={},
    offices=_OFFICES,
    typed_references=True,
    room="Großer Sitzungssaal",
)

VERBANDSGEMEINDE = Profile(
    kind="Verbandsgemeinde",
    council="Verbandsgemeinderat",
    head="Der Verbandsbürgermeister",
    quarters=("Tiefenmühlau", "Oberharlbach", "Krähenrod", "Sankt Wendelpforte", "Mühlgrundhausen", "Ellernscheidt"),
    committees=(
        ("council", "Verbandsgemeinderat", "VGR"),
        ("finance", "Haupt- und Finanzausschuss", "HuF"),
        ("building", "Bau- und Umweltausschuss", "BUA"),
        ("social", "Schulträger- und Sozialausschuss", "STA"),
    ),
    serving={"environment": "building", "school": "social"},
    offices=_OFFICES,
    typed_references=False,
    room="Bürgersaal der Mühlgrundhalle",
)

PROFILES = (STADT, VERBANDSGEMEINDE)


def profile_of(kind: str) -> Profile:
    """The profile of "Stadt" or "Verbandsgemeinde"; ValueError for any other kind."""
    for profile in PROFILES:
        if profile.kind == kind:
            return profile
    raise ValueError(f"kind {kind!r} is none of {', '.join(profile.kind for profile in PROFILES)}")
