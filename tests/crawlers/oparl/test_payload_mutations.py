"""Whatever a server sends: an OParlAnswer or UnexpectedResponse, and never another exception."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

from crawlers.oparl.pages import OParlAnswer, read_answer
from crawlers.parsing.errors import UnexpectedResponse

HOST = "https://rat.example.test/oparl"
FILE = {
    "id": f"{HOST}/files/1",
    "type": "File",
    "name": "Anlage",
    "mimeType": "pdf",
    "date": "2026-09-01",
    "size": 5,
    "accessUrl": f"{HOST}/1.pdf",
    "text": "Text",
}
VALID: dict[str, Any] = {
    "data": [
        {
            "id": f"{HOST}/papers/1",
            "type": "https://schema.oparl.org/1.1/Paper",
            "name": "Schwimmbad",
            "date": "2026-09-01",
            "mainFile": FILE,
            "auxiliaryFile": [FILE],
            "superordinatedPaper": [f"{HOST}/papers/2"],
            "consultation": [
                {
                    "id": f"{HOST}/consultations/1",
                    "meeting": f"{HOST}/meetings/1",
                    "organization": [f"{HOST}/organizations/1"],
                    "authoritative": True,
                }
            ],
            "created": "2026-09-01T10:00:00+02:00",
            "deleted": False,
        },
        {
            "id": f"{HOST}/meetings/1",
            "type": "https://schema.oparl.org/1.1/Meeting",
            "name": "Rat",
            "start": "2026-09-01T18:00:00+02:00",
            "end": "2026-09-01T20:00:00+02:00",
            "location": {"id": f"{HOST}/locations/1", "description": "Rathaus"},
            "invitation": FILE,
            "agendaItem": [
                {
                    "id": f"{HOST}/agendaitems/1",
                    "number": "1",
                    "order": 1,
                    "name": "Haushalt",
                    "public": True,
                    "consultation": f"{HOST}/consultations/1",
                    "resolutionFile": FILE,
                },
                {"id": f"{HOST}/agendaitems/2", "number": "N 1", "order": 2, "name": "Grundstück", "public": False},
            ],
        },
        {
            "id": f"{HOST}/people/1",
            "type": "https://schema.oparl.org/1.1/Person",
            "name": "Erika Beispiel",
            "membership": [
                {"id": f"{HOST}/memberships/1", "organization": f"{HOST}/organizations/1", "votingRight": True}
            ],
        },
        {
            "id": f"{HOST}/organizations/1",
            "type": "https://schema.oparl.org/1.1/Organization",
            "startDate": "2024-01-01",
        },
        {
            "id": f"{HOST}/bodies/1",
            "type": "https://schema.oparl.org/1.1/Body",
            "ags": "05754040",
            "paper": f"{HOST}/papers",
        },
        {"id": f"{HOST}/system", "type": "https://schema.oparl.org/1.1/System", "body": f"{HOST}/bodies"},
        FILE,
    ],
    "pagination": {"totalElements": 7},
    "links": {"next": f"{HOST}/papers?page=2"},
}
VALID_TEXT = json.dumps(VALID)
STRANGE: list[Any] = [
    None, True, False, 0, -1, 1.5, 10**40, float("inf"), float("nan"), "", " ", "x", "N/A", [], {}, [[]], [{}], [None],
    {"id": None}, {"0": {}}, {"id": []}, "\ud800", "\x00", "http://[", "https://x.test:99999999/", "javascript:1",
    "0000-00-00", "9999-12-31T23:59:59Z", "1900-01-01T00:00:00+23:59", "2100-12-31T23:59:59-23:59", "a" * 5000,
    "nichtöffentlich " * 200, "öffentlich - " * 200, "&#xD800;&#1114112;", {"a": {"b": {"c": []}}},
    "https://x.test/" + "ä" * 2000,
]  # fmt: skip


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) in a JSON value."""
    if not isinstance(value, dict | list):
        return []
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    return [place for key in keys for place in [(value, key), *_places(value[key])]]


def _mutate(chance: random.Random) -> bytes:
    value = json.loads(VALID_TEXT)
    for _ in range(chance.choice((1, 1, 2, 5))):
        container, key = chance.choice(_places(value) or [(None, None)])
        if container is None:
            break
        if isinstance(container, dict) and chance.random() < 0.2:
            del container[key]
        elif chance.random() < 0.2:
            container[key] = copy.deepcopy(chance.choice(_places(value))[0])
        else:
            container[key] = copy.deepcopy(chance.choice(STRANGE))
    body = json.dumps(value).encode()
    if chance.random() < 0.1:
        cut = chance.randrange(len(body))
        body = body[:cut] + bytes([chance.randrange(256)]) + body[cut + chance.randrange(3) :]
    return body


def test_three_thousand_mutations_of_a_valid_answer() -> None:
    chance = random.Random(4711)
    for _ in range(3000):
        body = _mutate(chance)
        try:
            answer = read_answer(body, f"{HOST}/papers")
        except UnexpectedResponse:
            continue
        assert isinstance(answer, OParlAnswer)
        assert "Grundstück" not in repr(answer.warnings)
        for record in answer.records:
            record.model_dump_json()
        repr(answer.warnings).encode()


def test_the_valid_answer_itself_is_read_without_a_note() -> None:
    answer = read_answer(json.dumps(VALID).encode(), f"{HOST}/papers")
    assert (len(answer.records), len(answer.bodies), len(answer.files), answer.warnings) == (4, 1, 1, ())
    assert answer.system is not None
