"""Commands of `ratslupe`, each run to its end in a process of its own that is forked from one which has everything
loaded: what `python -m ratslupe` does after its imports, without the seconds that these take each time."""

from __future__ import annotations

import atexit
import importlib
import json
import os
import random
import runpy
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

LOADED: Final = (
    "ratslupe.cli", "ratslupe.searching", "ratslupe.several_machines", "ratslupe.status", "ratslupe.following",
    "crawlers.crawl", "crawlers.lock", "indexer.pipeline", "search_api.app",
)  # fmt: skip
_SIZE: Final = struct.Struct("!I")


def run_forked(
    arguments: Sequence[str], environment: Mapping[str, str], timeout: float
) -> subprocess.CompletedProcess[str]:
    """`ratslupe ARGUMENTS`, as subprocess.run() would have it; raises TimeoutExpired."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        request = {"arguments": list(arguments), "environment": dict(environment), "folder": os.getcwd()}
        code = _server().run(json.dumps(request).encode(), (out.fileno(), err.fileno()), timeout)
        out.seek(0)
        err.seek(0)
        said, complained = out.read(), err.read()
    if code is None:
        raise subprocess.TimeoutExpired(list(arguments), timeout, said, complained)
    return subprocess.CompletedProcess(list(arguments), code, said, complained)


class _Server:
    """The process that has everything loaded, and the way to it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._socket, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "tests.whole.forked", str(theirs.fileno())]
            self._process = subprocess.Popen(
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, env=environment
            )
        self._sending = threading.Lock()

    def run(self, request: bytes, outputs: tuple[int, int], timeout: float) -> int | None:
        """The exit code; None when it did not end in time and was killed."""
        reading, writing = os.pipe()
        with os.fdopen(reading, "rb") as told:
            with self._sending:
                socket.send_fds(self._socket, [_SIZE.pack(len(request))], [*outputs, writing])
                self._socket.sendall(request)
            os.close(writing)
            pid = int(told.readline())
            if not select.select([told], [], [], timeout)[0]:
                os.kill(pid, signal.SIGKILL)
                return None
            return int(told.readline())

    def close(self) -> None:
        """End it."""
        self._socket.close()
        self._process.wait()


@cache
def _server() -> _Server:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RATSLUPE_")}
    server = _Server(kept | {"PYTHONWARNINGS": "default"})
    atexit.register(server.close)
    return server


def serve(connection: socket.socket) -> dict[str, Any] | None:
    """Fork for every request; returns twice: in each new process with what it is to do, at the end with None."""
    while True:
        head, files, _, _ = socket.recv_fds(connection, _SIZE.size, 3)
        if not head:
            return None
        (size,) = _SIZE.unpack(head)
        request = json.loads(connection.recv(size, socket.MSG_WAITALL))
        if os.fork() == 0:
            return _watched(request, *files)
        for file in files:
            os.close(file)


def _watched(request: dict[str, Any], out: int, err: int, told: int) -> dict[str, Any]:
    """Fork once more: this process tells who the new one is, and its exit code."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if pid := os.fork():
        with os.fdopen(told, "w") as telling:
            print(pid, file=telling, flush=True)
            print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), file=telling)
        os._exit(0)
    os.dup2(out, 1)
    os.dup2(err, 2)
    for file in (out, err, told):
        os.close(file)
    return request


def become(request: dict[str, Any]) -> None:
    """Be `python -m ratslupe ARGUMENTS`."""
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    random.seed()
    sys.argv = ["ratslupe", *request["arguments"]]
    runpy.run_module("ratslupe", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    for name in LOADED:
        importlib.import_module(name)
    assert threading.active_count() == 1, "a fork would lose the other threads"
    assert "twisted.internet.reactor" not in sys.modules, "the forks would share its file descriptors"
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that watch
    with socket.socket(fileno=int(sys.argv[1])) as requests:
        todo = serve(requests)
    if todo is not None:
        become(todo)
