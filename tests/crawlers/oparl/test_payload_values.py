"""Single values: texts, days, moments, numbers, addresses, in all the ways servers write them."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from council.model import Meeting, Paper
from crawlers.oparl.pages import OParlAnswer, read_answer
from crawlers.parsing.dates import BERLIN

URL = "https://rat.example.test/oparl/x"


def paper(**fields: object) -> tuple[Paper, OParlAnswer]:
    raw: dict[str, Any] = {"id": "https://x.test/oparl/papers/1", "type": "Paper", **fields}
    answer = read_answer(json.dumps(raw).encode(), URL)
    (record,) = answer.records
    assert isinstance(record, Paper)
    return record, answer


def meeting(**fields: object) -> tuple[Meeting, OParlAnswer]:
    raw: dict[str, Any] = {"id": "https://x.test/oparl/meetings/1", "type": "Meeting", **fields}
    answer = read_answer(json.dumps(raw).encode(), URL)
    (record,) = answer.records
    assert isinstance(record, Meeting)
    return record, answer


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("  Haushalt \r\n 2027\t", "Haushalt 2027"),
        ("Bau\u00a0und\u2003Verkehr", "Bau und Verkehr"),
        ("Wasser &amp; Boden &quot;Süd&quot; &#8211; Teil&nbsp;1", 'Wasser & Boden "Süd" – Teil 1'),
        ("Kunst&notfall & Müller&Sohn", "Kunst&notfall & Müller&Sohn"),
        ("Zeile 1<br/>Zeile 2", "Zeile 1 Zeile 2"),
        ("Silben\u00adtrennung\u200b", "Silbentrennung"),
        (7, "7"),
        (7.0, "7"),
        (7.5, "7.5"),
        (["einer"], "einer"),
        ("", None),
        (" \u00a0", None),
        ("N/A", None),
        ("n/a", None),
        ("null", None),
        (None, None),
        ([], None),
        ({}, None),
        ("-", "-"),
    ],
)
def test_names(value: object, name: str | None) -> None:
    record, answer = paper(name=value, reference=value)
    assert (record.name, record.reference, answer.warnings) == (name, name, ())


@pytest.mark.parametrize("value", [{"de": "x"}, ["a", "b"], True])
def test_a_name_that_is_no_text_is_noted(value: object) -> None:
    record, answer = paper(name=value)
    assert record.name is None
    assert [gap.where for gap in answer.warnings] == ["https://x.test/oparl/papers/1 name"]


def test_long_texts_keep_their_lines() -> None:
    item = {
        "id": "https://x.test/oparl/agendaitems/1",
        "name": "A",
        "resolutionText": " Der Rat\r\nbeschließt &amp; \x02mehr.\n",
    }
    record, _ = meeting(agendaItem=[item])
    assert record.agenda[0].resolution_text == "Der Rat\nbeschließt &amp; mehr."


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-09-01", dt.date(2026, 9, 1)),
        ("2026-09-01T18:30:00+02:00", dt.date(2026, 9, 1)),
        ("2014-01-01T00:00:00+02:00", dt.date(2014, 1, 1)),
        ("2026-08-31T22:00:00Z", dt.date(2026, 9, 1)),
        ("2026-09-01T00:00:00", dt.date(2026, 9, 1)),
        ("1971-05-04T00:00:00+01::00", dt.date(1971, 5, 4)),
        ("01.09.2026", dt.date(2026, 9, 1)),
        ("1.9.2026 08:00 Uhr", dt.date(2026, 9, 1)),
        ("0000-00-00", None),
        ("0000-00-00T00:00:00+01:00", None),
        ("0001-01-01T00:00:00", None),
        ("9999-12-31", None),
        ("", None),
        (None, None),
    ],
)
def test_days(value: object, day: dt.date | None) -> None:
    record, answer = paper(date=value)
    assert (record.date, answer.warnings) == (day, ())


@pytest.mark.parametrize(
    "value",
    ["1066-10-14", "2201-01-01", "2026-02-30", "31.02.2026", "2026-13-01", "demnächst", 20260901, ["a", "b"], "2026"],
)
def test_days_that_cannot_be_are_unknown_and_noted(value: object) -> None:
    record, answer = paper(date=value)
    assert record.date is None
    assert [gap.where for gap in answer.warnings] == ["https://x.test/oparl/papers/1 date"]


SUMMER = dt.datetime(2026, 9, 1, 18, 30, tzinfo=BERLIN)


@pytest.mark.parametrize(
    "value",
    [
        "2026-09-01T18:30:00+02:00",
        "2026-09-01T18:30:00+0200",
        "2026-09-01T18:30:00+02",
        "2026-09-01T18:30:00+02::00",
        "2026-09-01T18:30:00.1234567+02:00",
        "2026-09-01T16:30:00Z",
        "2026-09-01T16:30:00.000Z",
        "2026-09-01T18:30:00",
        "2026-09-01T18:30",
        "2026-09-01 18:30:00",
        "01.09.2026 18:30",
        "01.09.2026, 18.30 Uhr",
    ],
)
def test_moments(value: str) -> None:
    record, answer = meeting(start=value)
    assert record.start == SUMMER
    assert record.start is not None
    assert record.start.isoformat() == "2026-09-01T18:30:00+02:00"
    assert answer.warnings == ()


def test_a_day_where_a_moment_belongs() -> None:
    assert meeting(start="2026-09-01")[0].start == dt.datetime(2026, 9, 1, tzinfo=BERLIN)


@pytest.mark.parametrize(
    "value", ["2026-09-01T25:00:00", "2026-09-01T18:30:00+99:00", "gleich", "3000-01-01T00:00:00Z"]
)
def test_moments_that_cannot_be_are_unknown_and_noted(value: str) -> None:
    record, answer = meeting(start=value)
    assert (record.start, len(answer.warnings)) == (None, 1)


@pytest.mark.parametrize(
    "never", ["2000-01-01T00:00:00+01:00", "2000-01-01T00:00:00", "2000-01-01", "1999-12-31T23:00:00Z"]
)
def test_allris_never_is_unknown(never: str) -> None:
    record, answer = paper(created=never, modified=never, date="2000-01-01")
    assert (record.created, record.modified, answer.warnings) == (None, None, ())
    assert record.date == dt.date(2000, 1, 1)


def test_a_true_moment_of_that_day_stays() -> None:
    assert paper(created="2000-01-01T09:00:00+01:00")[0].created is not None


@pytest.mark.parametrize(
    ("start", "end", "known"),
    [
        ("2026-09-01T18:30:00+02:00", "2026-09-01T21:00:00+02:00", True),
        ("2026-09-01T18:30:00+02:00", "2026-09-02T00:00:00+02:00", True),
        ("2026-09-01T18:30:00+02:00", "2026-09-01T00:00:00+02:00", False),
        ("2026-09-01T00:00:00+02:00", "2026-09-01T00:00:00+02:00", False),
        ("2024-10-17T16:45:00+02:00", "2024-10-17T15:17:00+02:00", False),
        (None, "2024-10-17T15:17:00+02:00", True),
    ],
)
def test_karlsruhe_unknown_end(start: str | None, end: str, known: bool) -> None:
    assert (meeting(start=start, end=end)[0].end is not None) is known


@pytest.mark.parametrize(
    ("end", "known"),
    [
        ("2021-05-12T00:00:00+02:00", False),
        ("2021-05-11T00:00:00+02:00", False),
        ("2021-05-11T23:59:00+02:00", True),
        ("2021-05-12T00:30:00+02:00", True),
        ("2021-05-13T00:00:00+02:00", True),
    ],
)
def test_allris_says_by_midnight_of_the_next_day_that_the_end_is_not_known(end: str, known: bool) -> None:
    own = "https://rat.quellenthal.example/public/oparl/meetings?id=12"
    assert (meeting(id=own, start="2021-05-11T17:00:00+02:00", end=end)[0].end is not None) is known


@pytest.mark.parametrize(
    ("value", "cancelled"),
    [(True, True), ("true", True), (1, True), ("1", True), (False, False), ("nein", False), (None, False)],
)
def test_the_cancelled_flag(value: object, cancelled: bool) -> None:
    assert meeting(cancelled=value)[0].cancelled is cancelled


def test_cancelled_by_name_or_state() -> None:
    assert meeting(cancelled=False, name="Abgesagt - 7. Sitzung")[0].cancelled
    assert meeting(meetingState="entfällt")[0].cancelled
    assert not meeting(name="7. Sitzung", meetingState="terminiert")[0].cancelled


def attached(**fields: object) -> tuple[Any, OParlAnswer]:
    raw = {"id": "https://x.test/oparl/files/1", "accessUrl": "https://x.test/view/1.pdf", **fields}
    record, answer = paper(mainFile=raw)
    return record.files[0], answer


@pytest.mark.parametrize(
    ("value", "size"), [("123", 123), (123, 123), (123.0, 123), (0, None), ("0", None), ("", None), (None, None)]
)
def test_sizes(value: object, size: int | None) -> None:
    file, answer = attached(size=value)
    assert (file.size, answer.warnings) == (size, ())


@pytest.mark.parametrize("value", [-1, "75 KB", True, [1, 2], 10**30, 10**18])
def test_sizes_that_cannot_be(value: object) -> None:
    file, answer = attached(size=value)
    assert file.size is None
    assert len(answer.warnings) == (0 if value == 10**30 else 1)


@pytest.mark.parametrize(
    ("value", "media_type"),
    [
        ("pdf", "application/pdf"),
        (".PDF", "application/pdf"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("application/pdf", "application/pdf"),
        ("Application/PDF; charset=UTF-8", "application/pdf"),
        ("", None),
        (None, None),
    ],
)
def test_media_types(value: object, media_type: str | None) -> None:
    file, answer = attached(mimeType=value)
    assert (file.media_type, answer.warnings) == (media_type, ())


def test_a_media_type_that_is_none() -> None:
    file, answer = attached(mimeType="Dokument")
    assert (file.media_type, len(answer.warnings)) == (None, 1)


@pytest.mark.parametrize(
    ("download", "url"),
    [
        ("https://x.test/get/1.pdf", "https://x.test/get/1.pdf"),
        ("", "https://x.test/view/1.pdf"),
        (None, "https://x.test/view/1.pdf"),
        ("N/A", "https://x.test/view/1.pdf"),
        ("/get/1.pdf", "https://rat.example.test/get/1.pdf"),
        ("//y.test/1.pdf", "https://y.test/1.pdf"),
        (
            "https://x.test/webservice/oparl/v1.1/body/1/files//rim1",
            "https://x.test/webservice/oparl/v1.1/body/1/files/rim1",
        ),
    ],
)
def test_a_files_address(download: object, url: str) -> None:
    file, answer = attached(downloadUrl=download)
    assert (file.url, answer.warnings) == (url, ())


@pytest.mark.parametrize(
    "bad",
    [
        "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://", "https://[", "mailto:a@b.c",
        "http://[:::]/x", "http://a\u2100b.de/x", "http://y.test:99999/x", "http://y.test:0/x",
    ],
)  # fmt: skip
def test_only_http_addresses_are_kept(bad: str) -> None:
    file, answer = attached(downloadUrl=bad)
    assert file.url == "https://x.test/view/1.pdf"
    assert len(answer.warnings) == 1
    assert paper(web=bad)[0].source_url is None


@pytest.mark.parametrize(
    "identity", ["PRIVATID erika@privat.example", "erika@privat.example 7", "Erika Musterfrau, 0151"]
)
def test_what_stands_in_place_of_an_id_is_not_repeated(identity: str) -> None:
    person = {"id": identity, "type": "https://schema.oparl.org/1.1/Person", "name": "Erika Musterfrau", "birth": 7}
    page = read_answer(json.dumps({"data": [person], "links": {}}).encode(), "https://ris.example/oparl/persons")
    value = [f"{warning.where} {warning.what}" for warning in page.warnings]
    assert not page.records
    assert any(f"a text of {len(identity)} characters" in line for line in value), value
    assert not any(word in line for line in value for word in ("erika", "Erika", "0151", "PRIVATID"))
