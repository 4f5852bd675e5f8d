"""LiveRegister: the register of a file that is edited while it is in use."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from council.problem import RegisterError
from council.register import Register, read_register, register_of
from council.register_file import content_of, digest_of
from council.system import System


class LiveRegister:
    """The register of a file that is edited while it is in use. A broken edit changes nothing: the last good register
    stays in force, and `problem` says what is wrong. Safe to be used by several threads."""

    SETTLED_SECONDS = 2.0
    """A file changed less than this before it was read may change again within the clock tick of its time stamp."""

    def __init__(self, path: Path, readable: frozenset[System] | None = None) -> None:
        """Reads the file for the first time. Raises RegisterError."""
        self._path = path
        self._readable = readable
        self._lock = threading.Lock()
        self._problem: RegisterError | None = None
        self._refused: tuple[str, RegisterError] | None = None
        self._seen = self._signature()
        self._register = read_register(path, readable=readable)

    @property
    def problem(self) -> RegisterError | None:
        """What was wrong with the file when `current` last looked; None if it was good."""
        with self._lock:
            return self._problem

    def current(self) -> Register:
        """The register as the file has it now, or the last good one."""
        with self._lock:
            signature = self._signature()
            if signature is None or signature != self._seen:
                self._read(signature)
            return self._register

    def _read(self, signature: tuple[int, int, int] | None) -> None:
        self._seen = signature
        try:
            content = content_of(self._path)
        except RegisterError as error:
            self._problem = error
            return
        digest = digest_of(content)
        if digest == self._register.digest:
            self._problem = None
        elif self._refused is not None and digest == self._refused[0]:
            self._problem = self._refused[1]
        else:
            self._judge(content, digest)

    def _judge(self, content: bytes, digest: str) -> None:
        try:
            self._register = register_of(content, str(self._path), self._readable)
            self._problem = self._refused = None
        except RegisterError as error:
            self._problem = error
            self._refused = (digest, error)

    def _signature(self) -> tuple[int, int, int] | None:
        """What shows a change without reading; None when it cannot be told, so that the content is looked at."""
        try:
            stat = os.stat(self._path)
        except OSError:
            return None
        if time.time() - stat.st_mtime < self.SETTLED_SECONDS:
            return None
        return stat.st_mtime_ns, stat.st_size, stat.st_ino
