"""The servers themselves leave nothing behind, and what they are made of is fetched once.

That they keep their data, lose a node and know TLS and keys is seen in tests/whole/test_cluster.py."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from tests.servers.absence import or_skip
from tests.servers.elasticsearch import Ground, NotUp, free_ports
from tests.servers.ingredients import VERSIONS, Missing, elasticsearch_zip, kept
from tests.waiting import PATIENCE, until

pytest_plugins = ["tests.servers.fixtures"]
SCRIPT = Path(__file__).parents[1] / "with_elasticsearch"
SHOW = "printenv RATSLUPE_TEST_ELASTICSEARCH_PIDS; "


def is_gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that a server run as nobody can reach; pytest shuts its own again and again."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_server_that_does_not_come_up_is_told_with_its_last_words(ground: Ground) -> None:
    with or_skip():
        server = ground.server(VERSIONS[0])
    with socket.create_server(("127.0.0.1", int(server.url.rpartition(":")[2]))), pytest.raises(NotUp) as error:
        server.start()
    assert "Address already in use" in str(error.value)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_when_the_script_is_ended(number: signal.Signals, open_folder: Path) -> None:
    with or_skip():
        elasticsearch_zip(VERSIONS[0])
    with subprocess.Popen(
        [sys.executable, SCRIPT, "--must", "--version", VERSIONS[0], "--", "sh", "-c", SHOW + "exec cat >/dev/null"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"TMPDIR": str(open_folder)},
        text=True,
    ) as script:
        assert script.stdout is not None
        version, _, pid = script.stdout.readline().strip().partition("=")
        assert version == VERSIONS[0]
        assert psutil.Process(int(pid)).is_running()
        script.send_signal(number)
        code = script.wait(PATIENCE)
    assert code == (-number if number == signal.SIGKILL else 128 + number)
    until(lambda: is_gone(int(pid)), "the end of the server")
    until(lambda: not list(open_folder.iterdir()), "the end of its folder")


def test_the_commands_code_is_the_scripts_code(open_folder: Path) -> None:
    with or_skip():
        elasticsearch_zip(VERSIONS[0])
    done = subprocess.run(
        [sys.executable, SCRIPT, "--must", "--version", VERSIONS[0], "sh", "-c", SHOW + "exit 7"],
        input="",
        capture_output=True,
        env=os.environ | {"TMPDIR": str(open_folder)},
        text=True,
        check=False,
    )
    assert done.returncode == 7
    assert is_gone(int(done.stdout.partition("=")[2]))
    assert list(open_folder.iterdir()) == []


@pytest.mark.parametrize(("options", "ends", "code"), [([], 0, 0), ([], 7, 7), (["--must"], 0, 1), (["--must"], 7, 7)])
def test_without_maven_it_says_so_and_goes_on_and_fails_at_the_end_if_it_must(
    options: list[str], ends: int, code: int, tmp_path: Path
) -> None:
    command = ["/bin/sh", "-c", f'echo "ran ${{RATSLUPE_TEST_ELASTICSEARCH-without}}"; exit {ends}']
    environment = {"PATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "RATSLUPE_TEST_ELASTICSEARCH": "stale"}
    (tmp_path / "sh").symlink_to("/bin/sh")
    done = subprocess.run(
        [sys.executable, SCRIPT, *options, "--", *command], capture_output=True, env=environment, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (code, "ran without\n")
    assert done.stderr.count("NO ELASTICSEARCH") == (2 if options else 1)
    assert "apt-get install maven openjdk-17-jre-headless" in done.stderr


def packed(folder: Path, content: str) -> Path:
    with zipfile.ZipFile(folder / "fetched", "w") as archive:
        archive.writestr("content", content)
    return folder / "fetched"


def test_what_two_runs_want_at_once_is_fetched_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    fetched = []

    def fetch(folder: Path) -> Path:
        fetched.append(folder)
        time.sleep(0.3)
        return packed(folder, "whole")

    with ThreadPoolExecutor(4) as runs:
        paths = set(runs.map(lambda _: kept("thing.zip", fetch), range(4)))
    assert paths == {tmp_path / "ratslupe" / "thing.zip"}
    assert len(fetched) == 1


def test_what_is_broken_in_the_cache_is_fetched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = kept("thing.zip", lambda folder: packed(folder, "first"))
    path.write_bytes(path.read_bytes().replace(b"first", b"fxrst"))
    kept("thing.zip", lambda folder: packed(folder, "second"))
    assert zipfile.ZipFile(path).read("content") == b"second"


def test_what_arrives_broken_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    def fetch(folder: Path) -> Path:
        (folder / "half").write_bytes(packed(folder, "word").read_bytes()[:-30])
        return folder / "half"

    with pytest.raises(Missing, match="broken"):
        kept("thing.zip", fetch)
    assert not (tmp_path / "ratslupe" / "thing.zip").exists()


def test_ports_are_free_and_different() -> None:
    ports = free_ports(6)
    assert len(set(ports)) == 6
    with socket.create_server(("127.0.0.1", ports[0])), pytest.raises(OSError, match="in use"):
        socket.create_server(("127.0.0.1", ports[0]))
