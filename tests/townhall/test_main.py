"""`python -m townhall` says where it serves."""

from __future__ import annotations

import re
import signal
import subprocess
import sys

import pytest

from tests.townhall.client import get


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_asked_to_stop(asked: signal.Signals) -> None:
    command = [sys.executable, "-m", "townhall", "--municipality", "obermuehlgrund", "--quirk", "missing_type"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+\S+", line)
        assert found, line
        assert get(found[0]).json["name"].endswith("Obermühlgrund")
        process.send_signal(asked)
        try:
            assert process.wait(10) == 0
        finally:
            process.kill()


def test_an_unknown_quirk_is_explained() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "townhall", "--quirk", "x"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "filter_ignored" in done.stderr
