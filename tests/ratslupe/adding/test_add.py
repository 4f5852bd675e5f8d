"""`ratslupe add`: the entry in the file, every other byte as it was, and nothing written where anything is wrong."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from council.register import read_register
from council.system import System
from crawlers.detection.findings import Findings
from crawlers.detection.refusals import Refusal
from crawlers.parsing.errors import DenialKind
from ratslupe.cli import app
from ratslupe.probing.probe import Probed
from tests.ratslupe.probing.probed import probed
from tests.simulation.oparl import EditableOParl
from townhall.invention.municipalities import invent_municipality
from townhall.morerubin.server import MoreRubinServer
from townhall.oparl.quirks import Quirks

ROOT = Path(__file__).parents[3]
REGISTER = """\
# The register of   a county.  Two   blanks stay, and so does this very long line, which goes far beyond any width at which a writer might fold it.

municipalities:
  saalekreis:   # the county
    name: 'Landkreis Saalekreis'
    kind: Landkreis
    ags: "15088"
    system: sdnet
    url: https://ratsinfo.saalekreis.example/bi/
    enabled: false  # no reader yet

  merseburg:
    name: Merseburg
    kind: Stadt
    ags: "15088220"
    parent: saalekreis
    system: oparl
    url: "https://merseburg.gremien.info/oparl/system"
    note: |
      Two lines
      of a note.

  # A comment behind the last entry stays where it is.
"""  # noqa: E501 - the long line is meant
ONE = '{name: A, kind: Stadt, ags: "15088220", system: oparl, url: "https://a.example/"}'
NEW = ["--name", "Bad Dürrenberg", "--kind", "Stadt", "--ags", "15088020", "--parent", "saalekreis"]
BY_HAND = ["--no-probe", "--system", "oparl"]
URL = "https://ris.duerrenberg.example/oparl/system"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "own.yaml"
    path.write_text(REGISTER, encoding="utf-8")
    return path


def add(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["--register", "own.yaml", "add", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def refused(file: Path, *arguments: str) -> tuple[int, str]:
    """The code and the message of a command that must not change the file."""
    before = file.read_bytes()
    code, _, err = add(*arguments)
    assert code != 0
    assert file.read_bytes() == before
    assert list(file.parent.glob(".*")) == []
    return code, err


def test_an_entry_is_written_and_every_other_byte_stays(file: Path) -> None:
    code, out, err = add(URL, *NEW, *BY_HAND)
    assert (code, err) == (0, "")
    written = file.read_text(encoding="utf-8")
    assert written == REGISTER + (
        "\n"
        "  bad-duerrenberg:\n"
        "    name: Bad Dürrenberg\n"
        "    kind: Stadt\n"
        '    ags: "15088020"\n'
        "    parent: saalekreis\n"
        "    system: oparl\n"
        f"    url: {URL}\n"
    )
    line = written[: written.index("  bad-duerrenberg:")].count("\n") + 1
    assert f"line {line}; next: ratslupe crawl bad-duerrenberg" in out
    assert read_register(file).get("bad-duerrenberg")


def test_the_projects_own_register_keeps_every_byte(file: Path) -> None:
    before = (ROOT / "config" / "municipalities.yaml").read_bytes()
    file.write_bytes(before)
    assert add(URL, "--name", "Halle (Saale)", "--kind", "kreisfreie Stadt", "--ags", "15002000", *BY_HAND)[0] == 0
    after = file.read_bytes()
    assert after.startswith(before)
    assert after[len(before) :].startswith(b"\n  halle:\n    name: Halle (Saale)\n")


@pytest.mark.parametrize(
    "text",
    [
        REGISTER.replace("\n", "\r\n"),
        "\ufeff" + REGISTER,
        REGISTER.rstrip("\n"),
        REGISTER.replace("\n  ", "\n    "),
        REGISTER.replace("\n\n", "\n"),
        REGISTER + "\n\n\n",
    ],
    ids=["CRLF", "BOM", "no line end", "wide", "no blank lines", "blank lines behind"],
)
def test_files_as_people_have_them(file: Path, text: str) -> None:
    before = text.encode("utf-8")
    file.write_bytes(before)
    held = read_register(file).municipalities
    assert add(URL, *NEW, *BY_HAND)[0] == 0
    after = file.read_bytes()
    assert after.startswith(before)
    assert read_register(file).municipalities[:-1] == held
    if b"\r\n" in before:
        assert after.count(b"\n") == after.count(b"\r\n")
    own = next(line for line in text.splitlines() if "merseburg:" in line)
    new = next(line for line in after.decode("utf-8-sig").splitlines() if "bad-duerrenberg:" in line)
    assert len(new) - len(new.lstrip()) == len(own) - len(own.lstrip())


@pytest.mark.parametrize(
    "text",
    [
        f"{{municipalities: {{a: {ONE}}}}}\n",
        f"municipalities: {{a: {ONE}}}  # one\n",
        "# empty\nmunicipalities: {}\n",
        f"municipalities:\n  a: {ONE}\n...\n",
    ],
    ids=["all in flow style", "entries in flow style", "empty", "an end mark"],
)
def test_a_register_in_another_style_is_written_anew_with_its_comments(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    held = read_register(file).municipalities
    code, out, err = add(URL, "--name", "Bad Dürrenberg", "--kind", "Stadt", "--ags", "15088020", *BY_HAND)
    assert (code, err) == (0, "")
    assert read_register(file).municipalities[:-1] == held
    assert [part for part in ("# one", "# empty") if part in text] == [
        part for part in ("# one", "# empty") if part in file.read_text(encoding="utf-8")
    ]
    assert file.read_text(encoding="utf-8").splitlines()[int(out.rpartition("line ")[2].split(";")[0]) - 1].strip() == (
        "bad-duerrenberg:"
    )
    assert 'ags: "15088020"' in file.read_text(encoding="utf-8")


def test_all_that_may_be_given_is_written_in_the_registers_order(file: Path) -> None:
    code, _, err = add(
        "https://ris.example/oparl/system", "--name", "Weida-Land: Verbandsgemeinde", "--kind", "Verbandsgemeinde",
        "--ars", "150885051", "--parent", "saalekreis", "--key", "weida-land", "--body", "VG Weida-Land",
        "--coordinates", "51.4", "11.7", "--disabled-with-reason", "the clerk # asked\nfor it", *BY_HAND,
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert file.read_text(encoding="utf-8").endswith(
        "  weida-land:\n"
        "    name: 'Weida-Land: Verbandsgemeinde'\n"
        "    kind: Verbandsgemeinde\n"
        '    ars: "150885051"\n'
        "    parent: saalekreis\n"
        "    system: oparl\n"
        "    url: https://ris.example/oparl/system\n"
        "    body: VG Weida-Land\n"
        "    enabled: false  # the clerk # asked for it\n"
        "    coordinates: {lat: 51.4, lon: 11.7}\n"
    )
    entry = read_register(file).get("weida-land")
    assert entry
    assert not entry.enabled


def test_a_dry_run_shows_and_writes_nothing(file: Path) -> None:
    code, out, _ = add(URL, *NEW, *BY_HAND, "--dry-run")
    assert code == 0
    assert "  bad-duerrenberg:" in out
    assert "nothing was written" in out
    assert file.read_text(encoding="utf-8") == REGISTER


def test_permissions_and_links_stay(file: Path) -> None:
    real = file.with_name("real.yaml")
    file.rename(real)
    real.chmod(0o640)
    file.symlink_to(real)
    assert add(URL, *NEW, *BY_HAND)[0] == 0
    assert file.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert "bad-duerrenberg" in real.read_text(encoding="utf-8")


# --- what is refused


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([URL, "--name", "Merseburg", "--kind", "Stadt", "--ags", "15088021"], 1, "merseburg is in own.yaml already"),
        (["https://merseburg.gremien.info/oparl/system/", *NEW], 1, "merseburg in own.yaml has this source already"),
        ([URL, "--name", "Neu", "--kind", "Stadt", "--ags", "15088220"], 1, 'is the key of merseburg'),
        ([URL, "--name", "Neu", "--kind", "Stadt"], 2, "--ags with 8 digits"),
        ([URL, "--name", "Neu", "--ags", "15088021"], 2, "--kind Stadt"),
        ([URL, "--name", "Neu", "--kind", "Stadtt", "--ags", "15088021"], 2, "did you mean Stadt?"),
        ([URL, "--name", "Neu", "--kind", "Stadt", "--ags", "1508802"], 2, "does not have 8 or 5 digits"),
        ([URL, "--name", "Neu", "--kind", "Stadt", "--ags", "15088"], 1, "is a county's key"),
        ([URL, "--name", "Neu", "--kind", "Stadt", "--ags", "15088021", "--parent", "saale"], 2, "mean saalekreis?"),
        ([URL, "--name", "!!!", "--kind", "Stadt", "--ags", "15088021"], 2, "give one with --key"),
        ([URL, "--name", "Neu", "--key", "Neu!", "--kind", "Stadt", "--ags", "15088021"], 2, '"Neu!" is no key'),
        (["ftp://a.example/", "--name", "Neu", "--kind", "Stadt", "--ags", "15088021"], 2, "is not read here"),
        ([URL, "--name", "Neu\nx: y", "--kind", "Stadt", "--ags", "15088021"], 1, "control character"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_reported_and_nothing_written(
    file: Path, arguments: list[str], code: int, message: str
) -> None:
    got, err = refused(file, *arguments, *BY_HAND)
    assert (got, message in err) == (code, True), err
    assert "Traceback" not in err


def test_a_file_with_a_problem_is_not_touched(file: Path) -> None:
    file.write_text(REGISTER.replace("kind: Stadt", "kind: Statd"), encoding="utf-8")
    code, err = refused(file, URL, *NEW, *BY_HAND)
    assert code == 1
    assert "own.yaml:14: municipalities.merseburg.kind" in err


def test_a_file_that_is_not_there(file: Path) -> None:
    file.unlink()
    code, _, err = add(URL, *NEW, *BY_HAND)
    assert code == 1
    assert "does not exist" in err
    assert not file.exists()


def test_a_system_without_a_reader_needs_a_reason(file: Path) -> None:
    arguments = [URL, *NEW, "--no-probe", "--system", "sdnet"]
    assert "--disabled-with-reason" in refused(file, *arguments)[1]
    assert add(*arguments, "--disabled-with-reason", "no reader yet")[0] == 0
    assert "    enabled: false  # no reader yet\n" in file.read_text(encoding="utf-8")


def test_no_probe_and_system_go_together(file: Path) -> None:
    assert refused(file, URL, *NEW, "--no-probe")[0] == 2
    assert refused(file, URL, *NEW, "--system", "oparl")[0] == 2


def test_a_file_that_changes_meanwhile_is_not_overwritten(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def changing(url: str, **more: Any) -> Probed:
        return Probed(url, findings=Findings(url=url, product="OParl", system=System.OPARL, start=url))

    monkeypatch.setattr("ratslupe.probing.probe.probe", changing)
    say = "ratslupe.commands.sources.say"
    monkeypatch.setattr(say, lambda *lines: file.write_text(REGISTER + "  # somebody else\n", encoding="utf-8"))
    code, _, err = add(URL, *NEW)
    assert code == 1
    assert "was changed meanwhile" in err
    assert file.read_text(encoding="utf-8") == REGISTER + "  # somebody else\n"


def test_a_write_that_fails_leaves_the_old_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ratslupe.adding.writing.os.fsync", full)
    code, err = refused(file, URL, *NEW, *BY_HAND)
    assert code == 1
    assert "No space left on device" in err


# --- with the probe


def with_probe(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    """`add` probes in a process of its own."""
    monkeypatch.setattr("ratslupe.probing.probe.probe", lambda url, **more: replace(probed(url, **more), **changes))


def test_the_probe_fills_in_what_it_found(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_probe(monkeypatch)
    with EditableOParl(invent_municipality("Prüflingen", 11, papers=24, meetings=8)) as server:
        code, _, err = add(server.base + "/", "--name", "Prüflingen")
        assert (code, err) == (0, "")
        entry = read_register(file).get("prueflingen")
        assert entry
        assert (entry.system, entry.url, entry.kind.value) == (System.OPARL, server.url, "Stadt")
        assert entry.ags == invent_municipality("Prüflingen", 11, papers=24, meetings=8).ags
        assert "has this source already" in refused(file, server.url, "--name", "Anders", "--key", "anders")[1]


def test_an_ags_that_contradicts_the_source_is_not_written(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_probe(monkeypatch)
    with EditableOParl(invent_municipality("Prüflingen", 11, papers=24, meetings=8)) as server:
        assert "look which is right" in refused(file, server.url, "--name", "Prüflingen", "--ags", "15088021")[1]


def test_of_several_bodies_one_must_be_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_probe(monkeypatch)
    municipality = invent_municipality("Prüflingen", 11, papers=24, meetings=8)
    with EditableOParl(municipality, quirks=Quirks(several_bodies=3)) as server:
        code, err = refused(file, server.url, "--name", "Prüflingen", "--ags", "15088021", "--kind", "Stadt")
        assert (code, "holds 3 bodies" in err) == (2, True)
        assert add(server.url, "--name", "Prüflingen", "--ags", municipality.ags)[0] == 0
    entry = read_register(file).get("prueflingen")
    assert entry
    assert entry.body


def test_more_rubin_needs_the_kind_to_be_said(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_probe(monkeypatch)
    with MoreRubinServer(invent_municipality("Prüflingen", 11, papers=24, meetings=8)) as server:
        assert "--kind" in refused(file, server.url, "--name", "Prüflingen", "--ags", "15088021")[1]
        assert add(server.url, "--name", "Prüflingen", "--ags", "15088021", "--kind", "Stadt")[0] == 0
    entry = read_register(file).get("prueflingen")
    assert entry
    assert entry.system is System.MORERUBIN


@pytest.mark.parametrize(
    ("findings", "code", "message"),
    [
        (
            Findings(url=URL, refusal=Refusal(DenialKind.BOT_CHALLENGE, "an access check stands before it (ALTCHA)")),
            1,
            "ALTCHA",
        ),
        (Findings(url=URL), 3, "no system that is known"),
        (Findings(url=URL, product="KOMFA-RIS", start=URL, advice="no reader"), 4, "is KOMFA-RIS (no reader)"),
        (None, 1, "--no-probe --system"),
    ],
)
def test_what_the_probe_did_not_find_is_not_written(
    file: Path, monkeypatch: pytest.MonkeyPatch, findings: Findings | None, code: int, message: str
) -> None:
    monkeypatch.setattr("ratslupe.probing.probe.probe", lambda url, **_: Probed(url, findings=findings))
    got, err = refused(file, URL, *NEW)
    assert (got, message in err) == (code, True), err
