"""Starts the installed wheel's demo, waits until a search finds something, looks at a page, and ends it with Ctrl-C."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

ratslupe = sys.argv[1]
with tempfile.TemporaryDirectory() as empty:
    for arguments in (["--help"], ["schema"]):
        subprocess.run([ratslupe, *arguments], cwd=empty, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    demo = subprocess.Popen([ratslupe, "demo", "--port", "18480"], cwd=empty, stdout=subprocess.PIPE, text=True)  # noqa: S603
    assert demo.stdout is not None  # noqa: S101
    address = next(found[0] for line in demo.stdout if (found := re.search(r"http://\S+:\d+/", line)))
    deadline = time.monotonic() + 120
    total = 0
    while time.monotonic() < deadline and total < 50:
        time.sleep(1)
        try:
            with urllib.request.urlopen(address + "api/v1/search?q=", timeout=10) as answer:  # noqa: S310
                total = json.load(answer)["total"]
        except OSError:
            continue
    with urllib.request.urlopen(address, timeout=10) as page:  # noqa: S310
        assert b"<h1" in page.read()  # noqa: S101
    demo.send_signal(signal.SIGINT)
    code = demo.wait(timeout=60)
assert total >= 50, f"the demo found only {total}"  # noqa: S101
assert code == 0, f"the demo ended with {code}"  # noqa: S101
print(f"the wheel's demo found {total} papers and meetings and ended on Ctrl-C")  # noqa: T201
