"""`ratslupe up` and `ratslupe demo`: everything at once, a source that is away, the end on a signal."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import psutil
import pytest

from archive.run import Outcome
from tests.servers.elasticsearch import free_ports
from tests.waiting import PATIENCE, stretched, until
from tests.whole.house import KEY, House, environment
from townhall.oparl.server import OParlServer


def get(url: str) -> tuple[int, Any]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
    except OSError:
        return 0, {}


def test_up_crawls_indexes_serves_and_ends_with_all_its_children(house: House, server: OParlServer) -> None:
    port = free_ports(1)[0]
    base = f"http://127.0.0.1:{port}"
    process = house.start("up", "--port", str(port))
    try:
        until(lambda: get(f"{base}/api/v1/search?q=")[1].get("total", 0) > 25)
        until(lambda: house.last_run().outcome is Outcome.COMPLETE)
        state = json.loads(house.run("status", "--json").stdout)
        assert state["supervisor"] == state["conductor"] == process.pid
        assert state["municipalities"][0]["next_run"] is not None
        children = psutil.Process(process.pid).children(recursive=True)
        assert len(children) >= 2
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
        assert not [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]
    finally:
        process.kill()
        process.communicate()


def test_a_second_supervisor_on_the_same_home_is_refused(house: House) -> None:
    port = free_ports(1)[0]
    process = house.start("up", "--port", str(port))
    try:
        until(lambda: get(f"http://127.0.0.1:{port}/healthz")[0] == 200)
        second = house.run("up", "--port", str(free_ports(1)[0]))
        assert second.returncode == 5
        assert f"already, as process {process.pid}" in second.stderr
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)


def test_a_municipality_that_is_away_is_shown_as_such_and_the_server_stays_up(tmp_path: Path) -> None:
    house = House(tmp_path, "http://127.0.0.1:9/oparl/system")
    port = free_ports(1)[0]
    base = f"http://127.0.0.1:{port}"
    process = house.start("up", "--port", str(port))

    def outcome() -> Any:
        municipalities = get(f"{base}/api/v1/municipalities")[1].get("municipalities", [])
        return (municipalities[0].get("last_run") or {}).get("outcome") if municipalities else None

    try:
        until(lambda: outcome() == "failed")
        assert get(f"{base}/healthz")[0] == 200
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)


def test_children_end_when_the_supervisor_is_killed(house: House) -> None:
    port = free_ports(1)[0]
    process = house.start("up", "--port", str(port))
    try:
        until(lambda: get(f"http://127.0.0.1:{port}/healthz")[0] == 200)
        children = psutil.Process(process.pid).children(recursive=True)
    finally:
        process.kill()
        process.wait()
    until(lambda: not any(c.is_running() and c.status() != psutil.STATUS_ZOMBIE for c in children))
    process.communicate(timeout=PATIENCE)


def test_a_broken_edit_of_the_register_changes_nothing(house: House, server: OParlServer) -> None:
    port = free_ports(1)[0]
    process = house.start("up", "--port", str(port))
    try:
        until(lambda: get(f"http://127.0.0.1:{port}/api/v1/search?q=")[1].get("total", 0) > 25)
        house.register.write_text("municipalities: [", encoding="utf-8")
        assert process.stdout is not None
        assert any("the last good one stays in force" in line for line in process.stdout)
        assert get(f"http://127.0.0.1:{port}/api/v1/municipalities")[1]["municipalities"][0]["key"] == KEY
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)


def demo(cwd: Path, port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "ratslupe", "demo", "--port", str(port)], stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, cwd=cwd, env=environment() | {"PYTHONPATH": os.getcwd()},
    )  # fmt: skip


def ended(process: subprocess.Popen[str], within: float) -> str:
    """What a process still said after Ctrl-C; it ends in time, in order, and with all its children."""
    children = psutil.Process(process.pid).children(recursive=True)
    started = time.monotonic()
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=PATIENCE)
    assert time.monotonic() - started < stretched(within)
    assert process.returncode == 0, said
    assert "Traceback" not in said
    assert not [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]
    return said


def test_the_demo_shows_a_municipality_is_quiet_and_ends_on_ctrl_c(tmp_path: Path) -> None:
    process = demo(tmp_path, free_ports(1)[0])
    assert process.stdout is not None
    shown = ""
    try:
        for line in process.stdout:
            shown += line
            if "Ctrl-C ends everything" in line:
                break
        address = re.findall(r"http://\S+:\d+/", shown)[0]
        until(lambda: get(f"{address}api/v1/search?q=Radverkehrskonzept")[1].get("total", 0) > 0)
        said = ended(process, within=15)
    finally:
        process.kill()
    assert len(re.findall(r"http://127\.0\.0\.\d+:\d+/", shown)) >= 7, "where the simulated servers are"
    assert "GET " not in shown + said
    assert "INFO" not in shown + said
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"


def test_the_demo_ends_on_ctrl_c_in_the_middle_of_its_crawls(tmp_path: Path) -> None:
    process = demo(tmp_path, free_ports(1)[0])

    def crawls() -> int:
        children = psutil.Process(process.pid).children(recursive=True)
        return sum("crawl" in child.cmdline() for child in children if child.status() != psutil.STATUS_ZOMBIE)

    try:
        until(lambda: crawls() >= 2)
        time.sleep(0.5)
        assert crawls()
        ended(process, within=15)
    finally:
        process.kill()
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("RATSLUPE_ENGINE", "solr", "There is no engine 'solr'"),
        ("RATSLUPE_ENGINE", "elasticsearch", "RATSLUPE_ELASTICSEARCH_URL"),
        ("RATSLUPE_BASE_URL", "ratslupe.example.org", "RATSLUPE_BASE_URL is 'ratslupe.example.org'"),
        ("RATSLUPE_WORKERS", "abc", "RATSLUPE_WORKERS is 'abc'"),
        ("RATSLUPE_HOME", "/proc/nope", "/proc/nope"),
    ],
)
def test_up_ends_at_once_with_settings_that_cannot_be_used(tmp_path: Path, name: str, value: str, said: str) -> None:
    house = House(tmp_path, "http://127.0.0.1:9/oparl/system")
    port = str(free_ports(1)[0])
    home = [] if name == "RATSLUPE_HOME" else ["--home", str(house.home)]
    done = subprocess.run(
        [sys.executable, "-m", "ratslupe", *home, "--register", str(house.register), "up", "--port", port],
        capture_output=True, text=True, timeout=PATIENCE, check=False, env=environment() | {name: value},
    )  # fmt: skip
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
