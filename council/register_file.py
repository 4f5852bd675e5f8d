"""The register's file: its bytes, their digest, and the one field at its top."""

from __future__ import annotations

import hashlib
from pathlib import Path

from council.problem import one_problem

MAX_BYTES = 20 * 1024 * 1024
TOP = "municipalities"


def digest_of(content: bytes) -> str:
    """The SHA-256 of the content, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def content_of(path: Path) -> bytes:
    """The file's bytes. Raises RegisterError when there are none, or too many."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise one_problem(path, 1, "does not exist", "write it, or name another with --register") from None
    except OSError as error:
        raise one_problem(path, 1, f"cannot be read ({error.strerror})", "give a file that may be read") from None
    if len(content) > MAX_BYTES:
        raise one_problem(path, 1, f"is larger than {MAX_BYTES // 1024 // 1024} MB", "check that it is the register")
    if not content.strip():
        raise one_problem(path, 1, "is empty", f"write {TOP}: and an entry below it")
    return content
