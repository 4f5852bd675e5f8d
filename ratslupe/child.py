"""A process that the conductor starts: ended with it, whatever happens to either."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

from ratslupe.installation import Installation

PARENT = "RATSLUPE_PARENT"
STOP_SECONDS = 20.0


def start_child(installation: Installation, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start `ratslupe ARGUMENTS` for the installation, in a session of its own so that a Ctrl-C on the terminal
    reaches only the conductor, which then ends its children in order."""
    command = [sys.executable, "-m", "ratslupe", "--home", str(installation.home)]
    command += ["--register", str(installation.register_path), *(["--quiet"] if installation.quiet else []), *arguments]
    environment = os.environ | {PARENT: str(os.getpid())}
    return subprocess.Popen(command, env=environment, start_new_session=True, stdin=subprocess.DEVNULL)  # noqa: S603


def stop_children(children: Sequence[subprocess.Popen[bytes]], seconds: float = STOP_SECONDS) -> None:
    """Ask the children to end (SIGTERM), wait, and end those that do not listen."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + seconds
    for child in children:
        try:
            child.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def end_with_parent() -> None:
    """In a child: end when the conductor is gone without having said so (killed, out of memory)."""
    parent = os.environ.get(PARENT)
    if parent is None or not parent.isdigit():
        return

    def watch() -> None:
        while os.getppid() == int(parent):
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(STOP_SECONDS)
        os._exit(1)

    if os.getppid() == int(parent):
        threading.Thread(target=watch, name="end-with-parent", daemon=True).start()
