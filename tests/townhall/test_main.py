"""`python -m townhall` says where it serves."""

from __future__ import annotations

import re
import signal
import subprocess
import sys

from tests.townhall.client import get


def test_it_serves_until_interrupted() -> None:
    command = [sys.executable, "-m", "townhall", "--municipality", "obermuehlgrund", "--quirk", "missing_type"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+\S+", line)
        assert found, line
        assert get(found[0]).json["name"].endswith("Obermühlgrund")
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0


def test_an_unknown_quirk_is_explained() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "townhall", "--quirk", "x"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "filter_ignored" in done.stderr
