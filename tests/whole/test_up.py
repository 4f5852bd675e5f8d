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
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from archive.run import Outcome
from ratslupe.demo import free_port
from tests.whole.house import KEY, House, environment
from townhall.oparl import OParlServer

PATIENCE = 60


def get(url: str) -> tuple[int, Any]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
    except OSError:
        return 0, {}


def until(holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.2)


def test_up_crawls_indexes_serves_and_ends_with_all_its_children(house: House, server: OParlServer) -> None:
    port = free_port("127.0.0.1", 18200)
    base = f"http://127.0.0.1:{port}"
    process = house.start("up", "--port", str(port))
    try:
        until(lambda: get(f"{base}/api/v1/search?q=")[1].get("total", 0) > 25)
        until(lambda: house.last_run().outcome is Outcome.COMPLETE)
        state = json.loads(house.run("status", "--json").stdout)
        assert state["conductor"] == process.pid
        assert state["municipalities"][0]["next_run"] is not None
        children = psutil.Process(process.pid).children(recursive=True)
        assert len(children) >= 2
        process.send_signal(signal.SIGTERM)
        assert process.wait(40) == 0
        assert not [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]
    finally:
        process.kill()
        process.communicate()


def test_a_second_conductor_on_the_same_home_is_refused(house: House) -> None:
    port = free_port("127.0.0.1", 18700)
    process = house.start("up", "--port", str(port))
    try:
        until(lambda: get(f"http://127.0.0.1:{port}/healthz")[0] == 200)
        second = house.run("up", "--port", str(port + 60))
        assert second.returncode == 5
        assert f"already, as process {process.pid}" in second.stderr
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=40)


def test_a_town_that_is_away_is_shown_as_such_and_the_server_stays_up(tmp_path: Path) -> None:
    house = House(tmp_path, "http://127.0.0.1:9/oparl/system")
    port = free_port("127.0.0.1", 18300)
    base = f"http://127.0.0.1:{port}"
    process = house.start("up", "--port", str(port))

    def outcome() -> Any:
        towns = get(f"{base}/api/v1/municipalities")[1].get("municipalities", [])
        return (towns[0].get("last_run") or {}).get("outcome") if towns else None

    try:
        until(lambda: outcome() == "failed")
        assert get(f"{base}/healthz")[0] == 200
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=40)


def test_children_end_when_the_conductor_is_killed(house: House) -> None:
    port = free_port("127.0.0.1", 18400)
    process = house.start("up", "--port", str(port))
    try:
        until(lambda: get(f"http://127.0.0.1:{port}/healthz")[0] == 200)
        children = psutil.Process(process.pid).children(recursive=True)
    finally:
        process.kill()
        process.wait()
    until(lambda: not any(c.is_running() and c.status() != psutil.STATUS_ZOMBIE for c in children))
    process.communicate(timeout=10)


def test_a_broken_edit_of_the_register_changes_nothing(house: House, server: OParlServer) -> None:
    port = free_port("127.0.0.1", 18500)
    process = house.start("up", "--port", str(port))
    try:
        until(lambda: get(f"http://127.0.0.1:{port}/api/v1/search?q=")[1].get("total", 0) > 25)
        house.register.write_text("municipalities: [", encoding="utf-8")
        time.sleep(7)
        assert get(f"http://127.0.0.1:{port}/api/v1/municipalities")[1]["municipalities"][0]["key"] == KEY
    finally:
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=40)
    assert "the last good one stays in force" in out


def test_the_demo_shows_a_town_and_ends_on_ctrl_c(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ratslupe", "demo", "--port", "18600"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=tmp_path,
        env=environment() | {"PYTHONPATH": os.getcwd()},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        address = next(found[0] for line in process.stdout if (found := re.search(r"http://\S+:\d+/", line)))
        until(lambda: get(f"{address}api/v1/search?q=Radverkehrskonzept")[1].get("total", 0) > 0)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode == 0
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"
