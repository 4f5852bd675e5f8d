"""The register: every kind of problem in its exact words with its line, all at once; a broken edit changes nothing."""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from pathlib import Path
from typing import Any

import pytest

from council.live_register import LiveRegister
from council.municipality import AdministrationKind
from council.problem import RegisterError, RegisterProblem
from council.register import Register, read_register
from council.register_schema import json_schema
from council.system import System

OPARL = frozenset({System.OPARL})

SMALLEST = """\
municipalities:
  karlsruhe:
    name: Karlsruhe
    kind: Stadt
    ags: "08212000"
    system: oparl
    url: http://127.0.0.1:8101/oparl/system
    politeness: {delay_seconds: 0, parallel: 8}
"""
GOOD: dict[str, str | None] = {
    "name": "Karlsruhe",
    "kind": "Stadt",
    "ags": '"08212000"',
    "system": "oparl",
    "url": "https://ris.example.org/oparl/system",
}


def entry(key: str = "karlsruhe", /, **fields: str | None) -> str:
    """An entry's lines; a field that is None is left out, another one is changed or added below."""
    lines = [f"    {name}: {value}\n" for name, value in {**GOOD, **fields}.items() if value is not None]
    return f"  {key}:\n" + "".join(lines)


def file_of(*entries: str) -> str:
    return "municipalities:\n" + "".join(entries)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("entries.yaml")


def read(path: Path, text: str | bytes, readable: frozenset[System] | None = OPARL) -> Register:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_register(path, readable=readable)


def problems(path: Path, text: str | bytes, readable: frozenset[System] | None = OPARL) -> list[str]:
    with pytest.raises(RegisterError) as caught:
        read(path, text, readable)
    lines = [str(problem) for problem in caught.value.problems]
    assert str(caught.value) == "\n".join(lines)
    return lines


def test_the_smallest_entry(path: Path) -> None:
    register = read(path, SMALLEST)
    assert len(register) == 1
    karlsruhe = register.get("karlsruhe")
    assert karlsruhe is not None
    assert (karlsruhe.key, karlsruhe.name, karlsruhe.kind) == ("karlsruhe", "Karlsruhe", AdministrationKind.STADT)
    assert (karlsruhe.politeness.delay_seconds, karlsruhe.politeness.parallel) == (0, 8)
    assert register.municipalities == register.enabled() == (karlsruhe,)
    assert register.get("merseburg") is None
    assert register.digest == hashlib.sha256(SMALLEST.encode()).hexdigest()


def test_everything_an_entry_can_say(path: Path) -> None:
    text = file_of(
        entry("kreis", kind="Landkreis", ags='"08215"', url="https://kreis.example.org/"),
        entry(
            parent="kreis",
            body="Stadt Karlsruhe",
            ars='"082120000000"',
            schedule='{cron: "15 3 * * *"}',
            politeness="{delay_seconds: 2, parallel: 1}",
            robots="{ignore: true, reason: Allowed by the operator on 2026-11-02}",
            expect="{papers: 500, meetings: 100}",
            since="2019-07-01",
            enabled="false",
            coordinates="{lat: 49, lon: 8.4}",
            population="308_707",
            contact="ris@example.org",
            note="Slow at night.",
        ),
    )
    karlsruhe = read(path, text).municipalities[1]
    assert karlsruhe.schedule.cron == "15 3 * * *"
    assert karlsruhe.population == 308707
    assert str(karlsruhe.since) == "2019-07-01"
    assert karlsruhe.robots.ignore
    assert not karlsruhe.enabled


K = "municipalities.karlsruhe"
OF_FIELDS: list[tuple[dict[str, str | None], str]] = [
    # keys and text that YAML takes for something else
    (
        {"ags": "8212000"},
        f'5: {K}.ags: 8212000 is a number, so a leading zero may be lost: quote it: ags: "08212000"',
    ),
    (
        {"ags": "15088220"},
        f'5: {K}.ags: 15088220 is a number, so a leading zero may be lost: quote it: ags: "15088220"',
    ),
    (
        {"ags": "01001000"},  # YAML takes it for an octal number
        f'5: {K}.ags: 01001000 is a number, so a leading zero may be lost: quote it: ags: "01001000"',
    ),
    (
        {"ars": "82120000000"},
        f'8: {K}.ars: 82120000000 is a number, so a leading zero may be lost: quote it: ars: "082120000000"',
    ),
    ({"name": "no"}, f'3: {K}.name: no is read as true or false: quote it: name: "no"'),
    ({"name": "2024-01-01"}, f'3: {K}.name: 2024-01-01 is read as a date: quote it: name: "2024-01-01"'),
    ({"body": "5205"}, f'8: {K}.body: 5205 is a number: quote it: body: "5205"'),
    ({"name": "[Karlsruhe]"}, f"3: {K}.name: a list is not text: write name: Merseburg"),
    ({"name": "{de: Karlsruhe}"}, f"3: {K}.name: a mapping is not text: write name: Merseburg"),
    ({"name": ""}, f"3: {K}.name: has no value: write one, or leave the line out"),
    ({"name": '""'}, f"3: {K}.name: is empty: write a value, or leave the line out"),
    ({"name": '"a\\nb"'}, f"3: {K}.name: holds a line break or a control character: write it on one line"),
    ({"name": "x" * 501}, f"3: {K}.name: is longer than 500 characters: shorten it"),
    ({"name": "!secret x"}, f"3: {K}.name: has the tag !secret, which is not read here: write the value without it"),
    # official keys
    (
        {"ags": '"8212000"'},
        f'5: {K}.ags: "8212000" does not have 8 or 5 digits: write it in full, for example ags: "15088220", '
        'or "15088" for a county',
    ),
    ({"ags": '"99212000"'}, f'5: {K}.ags: "99212000" begins with 99, which is no state: write 01 to 16 in front'),
    ({"ags": '"08212"'}, f'5: {K}.ags: "08212" is a county\'s key: write all 8 digits: this is a Stadt'),
    (
        {"ars": '"082120000001"'},
        f'8: {K}.ars: "082120000001" is another place than ags "08212000": look up which of them is right',
    ),
    ({"ags": None}, f'2: {K}.ags: is missing, and so is ars: write ags: "15088220" (8 digits, in quotes)'),
    # missing and unknown
    ({"name": None}, f"2: {K}.name: is missing: write name: Merseburg"),
    ({"kind": None}, f"2: {K}.kind: is missing: write kind: Stadt"),
    ({"system": None}, f"2: {K}.system: is missing: write system: oparl"),
    ({"url": None}, f"2: {K}.url: is missing: write url: https://merseburg.gremien.info/oparl/system"),
    ({"schedul": "6h"}, f"8: {K}.schedul: is no field: did you mean schedule?"),
    (
        {"politeness": "{delay: 1}"},
        f"8: {K}.politeness.delay: is no field: leave it out; there are: delay_seconds, parallel",
    ),
    ({"politeness": "{paralel: 1}"}, f"8: {K}.politeness.paralel: is no field: did you mean parallel?"),
    (
        {"system": "OParl1"},
        f'6: {K}.system: "OParl1" is not known: did you mean oparl? known are: {", ".join(System)}',
    ),
    (
        {"system": "xyz"},
        f'6: {K}.system: "xyz" is not known: known are: {", ".join(System)}',
    ),
    ({"system": "sessionnet"}, f"6: {K}.system: no reader yet for sessionnet: set enabled: false"),
    ({"<<": "{a: b}"}, f"8: {K}.<<: merges another entry, which is not read here: write the fields out"),
    # addresses
    ({"url": "ris.example.org/x"}, f'7: {K}.url: "ris.example.org/x" has no scheme: write https://ris.example.org/x'),
    (
        {"url": "https://ris.example.org/a b"},
        f"7: {K}.url: holds a blank, a backslash, a quotation mark or < >: copy it from the browser's address bar",
    ),
    (
        {"url": "https://anna:secret@ris.example.org/"},
        f"7: {K}.url: holds a user name or a password: write it without: only public sources are read",
    ),
    (
        {"url": "ftp://ris.example.org/"},
        f"7: {K}.url: ftp: is not read here: write an address that begins with https:// or http://",
    ),
    ({"url": "https:///x"}, f"7: {K}.url: names no host: write https://host/path"),
    ({"url": "https://[::1/x"}, f"7: {K}.url: is no address: write https://host/path"),
    ({"url": "https://a.de:99999/"}, f"7: {K}.url: is no address: write https://host/path"),
    (
        {"url": "http://x.gremien.info/oparl/system"},
        f"7: {K}.url: x.gremien.info speaks https: write https://x.gremien.info/oparl/system",
    ),
    # schedule
    (
        {"schedule": "6 hours"},
        f'8: {K}.schedule.every: "6 hours" is no interval: write a number and m, h or d: every: 6h',
    ),
    ({"schedule": "0h"}, f'8: {K}.schedule.every: "0h" is no interval: write a number and m, h or d: every: 6h'),
    (
        {"schedule": "{every: 30}"},
        f"8: {K}.schedule.every: 30 is no interval: write a number and m, h or d: every: 6h",
    ),
    ({"schedule": "6"}, f"8: {K}.schedule: 6 is not a mapping: write schedule: {{every: 6h}}"),
    (
        {"schedule": '"61 3 * * *"'},
        f'8: {K}.schedule.cron: "61" is no minute of a cron line: write *, a number from 0 to 59, or */2',
    ),
    (
        {"schedule": "{}"},
        f'8: {K}.schedule: has neither every nor cron: write one of them: {{every: 6h}}, or {{cron: "15 3 * * *"}}',
    ),
    (
        {"schedule": '{every: 6h, cron: "15 3 * * *"}'},
        f'8: {K}.schedule: has both every and cron: write one of them: {{every: 6h}}, or {{cron: "15 3 * * *"}}',
    ),
    # politeness and robots
    (
        {"politeness": "{delay_seconds: 0}"},
        f"8: {K}.politeness.delay_seconds: 0 is for a server of your own on this machine: write delay_seconds: 1.0",
    ),
    (
        {"politeness": "{parallel: 5}"},
        f"8: {K}.politeness.parallel: 5 is for a server of your own on this machine: write 4 or less",
    ),
    ({"politeness": "{parallel: 17}"}, f"8: {K}.politeness.parallel: 17 is too large: write 16 or less: parallel: 2"),
    ({"politeness": "{parallel: 0}"}, f"8: {K}.politeness.parallel: 0 is too small: write 1 or more: parallel: 2"),
    (
        {"politeness": "{parallel: 1.5}"},
        f"8: {K}.politeness.parallel: 1.5 is no whole number: write digits only: parallel: 2",
    ),
    (
        {"politeness": '{delay_seconds: "1"}'},
        f'8: {K}.politeness.delay_seconds: "1" is no number: '
        "write it with a point and without quotes: delay_seconds: 1.0",
    ),
    (
        {"politeness": "{delay_seconds: .nan}"},
        f"8: {K}.politeness.delay_seconds: .nan is no number: "
        "write it with a point and without quotes: delay_seconds: 1.0",
    ),
    (
        {"politeness": "slow"},
        f'8: {K}.politeness: "slow" is not a mapping: write politeness: {{delay_seconds: 1.0, parallel: 2}}',
    ),
    (
        {"robots": "{ignore: true}"},
        f'8: {K}.robots: ignores robots.txt without a reason: write reason: "…" beside it: who allowed it, when, '
        "where that is written (at least 20 characters)",
    ),
    (
        {"robots": "{ignore: true, reason: because}"},
        f"8: {K}.robots.reason: is shorter than 20 characters: say more: "
        "reason: Allowed by the clerk by e-mail on 2026-11-02",
    ),
    # the rest
    ({"enabled": '"ja"'}, f'8: {K}.enabled: "ja" is neither true nor false: write enabled: true, or enabled: false'),
    (
        {"since": "2020-02-30"},
        f"8: {K}.since: 2020-02-30 is not a day of the calendar: correct it, or quote it if it is text",
    ),
    ({"since": "2020"}, f"8: {K}.since: 2020 is not a day of the calendar: write year-month-day: since: 2019-07-01"),
    (
        {"since": "1.7.2019"},
        f'8: {K}.since: "1.7.2019" is not a day of the calendar: write year-month-day: since: 2019-07-01',
    ),
    (
        {"population": "308.707"},
        f"8: {K}.population: 308.707 is no whole number: write digits only: population: 35000",
    ),
    ({"expect": "{papers: -1}"}, f"8: {K}.expect.papers: -1 is too small: write 0 or more: papers: 500"),
    ({"expect": "500"}, f"8: {K}.expect: 500 is not a mapping: write expect: {{papers: 500}}"),
    ({"coordinates": "{lat: 49}"}, f"8: {K}.coordinates.lon: is missing: write lon: 12.0"),
    (
        {"coordinates": "{lat: 60, lon: 8}"},
        f"8: {K}.coordinates.lat: 60 is too large: write 55.1 or less: lat: 51.36",
    ),
    (
        {"contact": "Frau Meier"},
        f'8: {K}.contact: "Frau Meier" is neither an e-mail address nor a page: write contact: ris@example.org, '
        "or contact: https://www.example.org/kontakt",
    ),
    (
        {"parent": "kreis"},
        f'8: {K}.parent: "kreis" is not in the register: write the key of an entry, or leave parent out',
    ),
    ({"parent": "karlsruh"}, f'8: {K}.parent: "karlsruh" is not in the register: did you mean karlsruhe?'),
    (
        {"parent": "karlsruhe"},
        f"8: {K}.parent: leads back to itself (karlsruhe → karlsruhe): take one of these parents out",
    ),
]


@pytest.mark.parametrize(("fields", "expected"), OF_FIELDS, ids=[expected for _, expected in OF_FIELDS])
def test_problems_of_one_field(path: Path, fields: dict[str, str | None], expected: str) -> None:
    assert problems(path, file_of(entry(**fields))) == [f"entries.yaml:{expected}"]


def test_the_key_is_no_field(path: Path) -> None:
    text = file_of(entry(), "    key: karlsruhe\n")
    found = "is no field: leave it out: the key is what stands before the colon"
    assert problems(path, text) == [f"entries.yaml:8: {K}.key: {found}"]


def test_problem_of_a_kind(path: Path) -> None:
    found = problems(path, file_of(entry(kind="stadt")))[0]
    assert found.startswith(f'entries.yaml:4: {K}.kind: "stadt" is not known: did you mean Stadt? known are: Stadt, ')


def test_without_a_list_of_readers_nobody_asks_for_one(path: Path) -> None:
    assert len(read(path, file_of(entry(system="sdnet")), readable=None)) == 1
    assert len(read(path, file_of(entry(system="sdnet", enabled="false")))) == 1


def test_a_message_is_one_printable_line(path: Path) -> None:
    (found,) = problems(path, file_of(entry(contact='"a\\nb\\e[31m' + "x" * 400 + '"')))
    assert found.isprintable()
    assert len(found) < 600


def test_a_password_is_not_repeated(path: Path) -> None:
    found = problems(path, file_of(entry(contact="https://anna:secret@example.org/")))
    wrong = "holds a user name or a password: write it without: only public sources are read"
    assert found == [f"entries.yaml:8: {K}.contact: {wrong}"]


OF_FILES: list[tuple[str, str | bytes, list[str]]] = [
    ("empty", "", ["1: the file: is empty: write municipalities: and an entry below it"]),
    ("blank", " \n\n", ["1: the file: is empty: write municipalities: and an entry below it"]),
    ("comment", "# x\n", ["1: the file: holds only comments: write municipalities: and an entry below it"]),
    (
        "latin-1",
        "municipalities:\n  köln: {}\n".encode("latin-1"),
        ["2: the file: is not UTF-8 (byte 0xf6): save it with the encoding UTF-8"],
    ),
    ("control character", "a: 1\nb: \x07\n", ["2: the file: holds the control character U+0007: take it out"]),
    (
        "list",
        "- a\n",
        ["1: the file: is not a mapping: begin it with municipalities: and write the entries below, indented"],
    ),
    ("other key", "\nmayors: {}\n", [
        "2: mayors: is no field: leave it out; there are: municipalities",
        "2: the file: has no municipalities: write municipalities: and an entry below it",
    ]),
    ("typo", "munipalities: {}\n", ["1: munipalities: is no field: did you mean municipalities?"]),
    ("nothing below", "municipalities:\n", [
        "1: municipalities: is not a mapping: write a key and a colon for each municipality"
    ]),
    ("a list below", "municipalities:\n  - name: x\n", [
        "1: municipalities: is not a mapping: write a key and a colon for each municipality"
    ]),
    ("empty entry", "municipalities:\n  a:\n", ["2: municipalities.a: has no value: write one, or leave the line out"]),
    ("text for an entry", "municipalities:\n  a: b\n", [
        "2: municipalities.a: is not a mapping: write its fields below it, indented: name: Merseburg"
    ]),
    ("key that is no text", "municipalities:\n  ? [a]\n  : {}\n", [
        "2: municipalities: has a key that is no text: write a name and a colon"
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in OF_FILES], ids=[case[0] for case in OF_FILES])
def test_problems_of_the_file(path: Path, text: str | bytes, expected: list[str]) -> None:
    assert problems(path, text) == [f"entries.yaml:{line}" for line in expected]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("municipalities:\n  a: b: c\n", 2, 7),
        ("municipalities:\n\t- b\n", 2, 1),
        ("municipalities: *x\n", 1, 17),
        ("municipalities: {}\n---\nb: 2\n", 2, 1),
        ("municipalities: " + "[" * 5000, 1, None),
    ],
)
def test_text_that_is_no_yaml(path: Path, text: str, line: int, column: int | None) -> None:
    (found,) = problems(path, text)
    at = r"\d+" if column is None else str(column)
    # The words in brackets are the YAML parser's own, and its C and Python versions differ in them.
    assert re.fullmatch(
        rf"entries\.yaml:{line}: the file: is no YAML (at column {at} \(.+\): indent with blanks, quote text that "
        rf"holds : or #|that can be read: compare it with docs/add-a-municipality\.md)",
        found,
    )


def test_files_that_cannot_be_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def message() -> str:
        with pytest.raises(RegisterError) as caught:
            read_register(path)
        return str(caught.value)

    assert message() == "entries.yaml:1: the file: does not exist: write it, or name another with --register"
    path.mkdir()
    assert message() == "entries.yaml:1: the file: cannot be read (Is a directory): give a file that may be read"
    path.rmdir()
    path.write_bytes(b"#" * (20 * 1024 * 1024 + 1))
    assert message() == "entries.yaml:1: the file: is larger than 20 MB: check that it is the register"


def test_a_byte_order_mark_is_no_problem(path: Path) -> None:
    assert len(read(path, b"\xef\xbb\xbf" + SMALLEST.encode())) == 1


def test_an_empty_register_is_one(path: Path) -> None:
    assert len(read(path, "municipalities: {}\n")) == 0


@pytest.mark.parametrize(("key", "better"), [("Köln", "koeln"), ("Bad Straße", "bad-strasse"), ("-", "musterstadt")])
def test_keys(path: Path, key: str, better: str) -> None:
    found = f'entries.yaml:2: municipalities.{key}: "{key}" is no key (a-z, 0-9 and -, 63 at most): write {better}:'
    assert problems(path, file_of(entry(f'"{key}"'))) == [found]


def test_keys_are_text_whatever_yaml_thinks(path: Path) -> None:
    text = file_of(entry("no"), entry("08212", ags='"08212001"', url="https://x.example.org/"))
    assert [each.key for each in read(path, text).municipalities] == ["no", "08212"]


def test_keys_that_stand_twice_at_any_level(path: Path) -> None:
    text = file_of(entry(politeness="\n      parallel: 1\n      parallel: 2"), "    name: no\n", entry())
    text += "municipalities: {}\n"
    assert problems(path, text) == [
        f"entries.yaml:10: {K}.politeness.parallel: stands twice, in lines 9 and 10: keep one of them",
        f"entries.yaml:11: {K}.name: stands twice, in lines 3 and 11: keep one of them",
        f"entries.yaml:12: {K}: stands twice, in lines 2 and 12: keep one of them",
        "entries.yaml:18: municipalities: stands twice, in lines 1 and 18: keep one of them",
    ]


def test_a_key_that_stands_twice_hides_no_other_problem(path: Path) -> None:
    text = file_of(entry(name="no"), "    name: Karlsruhe\n", entry(ags="8212000"))
    assert problems(path, text) == [
        f'entries.yaml:3: {K}.name: no is read as true or false: quote it: name: "no"',
        f"entries.yaml:8: {K}.name: stands twice, in lines 3 and 8: keep one of them",
        f"entries.yaml:9: {K}: stands twice, in lines 2 and 9: keep one of them",
        f'entries.yaml:12: {K}.ags: 8212000 is a number, so a leading zero may be lost: quote it: ags: "08212000"',
    ]


def test_two_entries_with_one_ags(path: Path) -> None:
    text = file_of(entry(), entry("other", url="https://other.example.org/"))
    assert problems(path, text) == [
        'entries.yaml:11: municipalities.other.ags: "08212000" is the key of karlsruhe (line 2) too: '
        "look up which of them is right"
    ]


@pytest.mark.parametrize(
    ("url", "body", "other_body"),
    [
        (GOOD["url"], None, None),
        ("https://RIS.example.org:443/oparl/system/", None, None),
        (GOOD["url"], "Durlach", None),
        (GOOD["url"], None, "Durlach"),
        (GOOD["url"], "Durlach", '" durlach "'),
    ],
)
def test_two_entries_on_one_body(path: Path, url: str, body: str | None, other_body: str | None) -> None:
    text = file_of(entry(body=body), entry("other", ags='"08212001"', url=url, body=other_body))
    line = 13 if body is None else 14
    assert problems(path, text) == [
        f"entries.yaml:{line}: municipalities.other.url: is the source of karlsruhe (line 2) too: "
        "give each of them its own body, or leave one of them out"
    ]


def test_two_bodies_of_one_system(path: Path) -> None:
    assert len(read(path, file_of(entry(body="a"), entry("other", ags='"08212001"', body="b")))) == 2


def test_http_where_another_entry_uses_https(path: Path) -> None:
    text = file_of(
        entry(url="http://ris.example.org/x"),
        entry("other", ags='"08212001"'),
        entry("third", ags='"08212002"', url="http://ris.example.org:8080/x"),
        entry("fourth", ags='"08212003"', url="http://elsewhere.example.org/x"),
    )
    assert problems(path, text) == [
        f"entries.yaml:7: {K}.url: ris.example.org speaks https, see other (line 8): write https://ris.example.org/x"
    ]


def test_parents_in_a_circle_are_told_once(path: Path) -> None:
    text = file_of(
        entry("a", ags='"08212001"', url="https://a.de", parent="b"),
        entry("b", ags='"08212002"', url="https://b.de", parent="c"),
        entry("c", ags='"08212003"', url="https://c.de", parent="b"),
    )
    assert problems(path, text) == [
        "entries.yaml:15: municipalities.b.parent: leads back to itself (b → c → b): take one of these parents out"
    ]


def test_all_problems_are_told_at_once(path: Path) -> None:
    text = file_of(
        entry(ags="8212000", robots="{ignore: true}", url="foo", nam="x"),
        entry("other", ags=None, politeness="{delay_seconds: 0, parallel: 5}", kind="[x]", system="sdnet"),
        entry("third", ags='"08212003"', parent="fourth", url="https://third.example.org"),
    )
    assert problems(path, text + "mayors: 1\n") == [
        f'entries.yaml:5: {K}.ags: 8212000 is a number, so a leading zero may be lost: quote it: ags: "08212000"',
        f'entries.yaml:7: {K}.url: "foo" has no scheme: write https://foo',
        f'entries.yaml:8: {K}.robots: ignores robots.txt without a reason: write reason: "…" beside it: who allowed it,'
        " when, where that is written (at least 20 characters)",
        f"entries.yaml:9: {K}.nam: is no field: did you mean name?",
        "entries.yaml:10: municipalities.other.ags: is missing, and so is ars: "
        'write ags: "15088220" (8 digits, in quotes)',
        "entries.yaml:12: municipalities.other.kind: a list is not text: write kind: Stadt",
        "entries.yaml:13: municipalities.other.system: no reader yet for sdnet: set enabled: false",
        "entries.yaml:15: municipalities.other.politeness.delay_seconds: 0 is for a server of your own on this machine:"
        " write delay_seconds: 1.0",
        "entries.yaml:15: municipalities.other.politeness.parallel: 5 is for a server of your own on this machine: "
        "write 4 or less",
        'entries.yaml:22: municipalities.third.parent: "fourth" is not in the register: '
        "write the key of an entry, or leave parent out",
        "entries.yaml:23: mayors: is no field: leave it out; there are: municipalities",
    ]  # fmt: skip


def test_aliases_are_read(path: Path) -> None:
    text = file_of(
        entry(politeness="&slow {delay_seconds: 3, parallel: 1}"),
        entry("other", ags='"08212001"', url="https://other.example.org", politeness="*slow"),
    )
    assert {each.politeness.delay_seconds for each in read(path, text).municipalities} == {3.0}


def test_a_bomb_of_aliases_is_put_out(path: Path) -> None:
    wide = "{" + ", ".join(f"k{i}: *{{}}" for i in range(60)) + "}"
    bomb = "municipalities:\n  a: &a0 {x: 1}\n"
    bomb += "".join(f"  b{level}: &a{level} {wide.replace('{}', f'a{level - 1}')}\n" for level in range(1, 7))
    found = problems(path, bomb)
    assert any("repeats more than 100000 values by * aliases: write the values out" in line for line in found)


def test_an_alias_of_itself_comes_to_an_end(path: Path) -> None:
    found = problems(path, "municipalities:\n  a: &a\n    note: *a\n")
    assert any("is nested more than 8 deep: no field is: compare the indentation" in line for line in found)


def test_a_problem_prints_itself() -> None:
    assert str(RegisterProblem("a.yaml", 7, "b.c", "is wrong", "write right")) == "a.yaml:7: b.c: is wrong: write right"


# ---------------------------------------------------------------------------------------------------------------------
# The live register


def change(path: Path, text: str, age: float) -> None:
    """Write the file as if that many seconds ago."""
    path.write_text(text, encoding="utf-8")
    moment = path.stat().st_mtime - age
    os.utime(path, (moment, moment))


def test_the_first_read_raises(path: Path) -> None:
    with pytest.raises(RegisterError, match="does not exist"):
        LiveRegister(path)


@pytest.mark.parametrize("age", [0, 1000])
def test_an_edit_is_seen(path: Path, age: int) -> None:
    change(path, SMALLEST, age + 10)
    live = LiveRegister(path, OPARL)
    first = live.current()
    assert live.current() is first
    change(path, SMALLEST.replace("name: Karlsruhe", "name: Durlacher"), age)
    assert live.current().municipalities[0].name == "Durlacher"
    assert live.current().digest != first.digest
    assert live.problem is None


def test_an_edit_of_the_same_size_in_the_same_tick_is_seen(path: Path) -> None:
    path.write_text(SMALLEST)
    stamp = path.stat().st_mtime_ns
    live = LiveRegister(path)
    path.write_text(SMALLEST.replace("name: Karlsruhe", "name: Durlacher"))
    os.utime(path, ns=(stamp, stamp))
    assert live.current().municipalities[0].name == "Durlacher"


def test_a_broken_edit_keeps_the_last_good_one(path: Path) -> None:
    change(path, SMALLEST, 500)
    live = LiveRegister(path, OPARL)
    good = live.current()
    for age, broken in ((400, SMALLEST.replace("oparl\n", "opral\n")), (300, "{"), (0, "")):
        change(path, broken, age)
        assert live.current() is good
        assert live.problem is not None
        assert live.current() is good
    path.unlink()
    assert live.current() is good
    assert "does not exist" in str(live.problem)
    change(path, SMALLEST, 0)
    assert live.current() is good
    assert live.problem is None


def test_a_broken_edit_that_comes_back_is_told_again(path: Path) -> None:
    change(path, SMALLEST, 500)
    live = LiveRegister(path, OPARL)
    change(path, "mayors: {}\n", 400)
    live.current()
    path.unlink()
    live.current()
    change(path, "mayors: {}\n", 300)
    live.current()
    assert "entries.yaml:1: mayors: is no field" in str(live.problem)


def test_an_unchanged_file_is_not_read_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(path, SMALLEST, 500)
    live = LiveRegister(path)

    def refuse(*_: Any) -> bytes:
        raise AssertionError("the file was read again")

    monkeypatch.setattr("council.live_register.content_of", refuse)
    assert len(live.current()) == 1


def test_many_threads_may_ask(path: Path) -> None:
    change(path, SMALLEST, 500)
    live = LiveRegister(path, OPARL)
    wrong: list[str] = []

    def ask() -> None:
        for _ in range(50):
            if live.current().municipalities[0].name not in ("Karlsruhe", "Durlach"):
                wrong.append("half a register")

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for turn in range(20):
        change(path, SMALLEST.replace("name: Karlsruhe", f"name: {('Durlach', 'Karlsruhe')[turn % 2]}"), 0)
    for thread in threads:
        thread.join()
    assert wrong == []
    assert live.current().municipalities[0].name == "Karlsruhe"


# ---------------------------------------------------------------------------------------------------------------------
# The schema


def walk(node: Any) -> list[dict[str, Any]]:
    """Every mapping of a schema."""
    if isinstance(node, list):
        return [found for item in node for found in walk(item)]
    if isinstance(node, dict):
        return [node, *(found for item in node.values() for found in walk(item))]
    return []


def test_the_schema_is_of_the_file() -> None:
    schema = json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["required"] == ["municipalities"]
    assert schema["additionalProperties"] is False
    entries = schema["properties"]["municipalities"]
    assert entries["type"] == "object"
    assert entries["additionalProperties"] is False
    (pattern,) = entries["patternProperties"]
    assert re.search(pattern, "weida-land")
    assert not re.search(pattern, "Köln")
    assert entries["patternProperties"][pattern] == {"$ref": "#/$defs/Municipality"}


def test_the_schema_of_an_entry() -> None:
    definitions = json_schema()["$defs"]
    municipality = definitions["Municipality"]
    fields = municipality["properties"]
    assert "key" not in fields
    assert municipality["required"] == ["name", "kind", "system", "url"]
    assert municipality["anyOf"] == [{"required": ["ags"]}, {"required": ["ars"]}]
    assert municipality["additionalProperties"] is False
    assert definitions["System"]["enum"] == list(System)
    assert definitions["AdministrationKind"]["enum"] == list(AdministrationKind)
    assert fields["schedule"]["anyOf"][1]["type"] == "string"
    assert set(GOOD) <= set(fields)
    for name, about in fields.items():
        assert about["description"].isascii(), name
        assert about["description"].endswith("."), name
        assert about["examples"], name
    for key, good, bad in (("ags", "08212000", "8212000"), ("ars", "150885051", "15088505"), ("ags", "15088", "1508")):
        assert fields[key]["type"] == "string"
        assert re.search(fields[key]["pattern"], good)
        assert not re.search(fields[key]["pattern"], bad)
    interval = definitions["Schedule"]["properties"]["every"]["pattern"]
    assert re.search(interval, "6h")
    assert not re.search(interval, "6 hours")


def test_the_schema_has_no_loose_ends() -> None:
    schema = json_schema()
    for node in walk(schema):
        if isinstance(node.get("$ref"), str):
            assert node["$ref"].removeprefix("#/$defs/") in schema["$defs"]
        assert node.get("type") != "null"
        assert "default" not in node or node["default"] is not None


def test_the_examples_of_the_schema_are_accepted(path: Path) -> None:
    municipality = json_schema()["$defs"]["Municipality"]["properties"]
    for name, about in municipality.items():
        for example in about["examples"]:
            fields = {**GOOD, "ags": '"15088220"', name: json.dumps(example)}  # JSON is YAML
            fields |= {"system": "notices"} if name == "notices" else {}
            county = entry("saalekreis", ags='"15088"', kind="Landkreis", url="https://other.example.org/")
            assert len(read(path, file_of(county, entry(**fields)), readable=None)) == 2
