"""Real Elasticsearch servers as plain processes on loopback: single nodes and clusters, stopped and started at will.

with Ground() as ground:
    server = ground.server("8.19.5")
    server.start()
    ...  # server.url, server.pid, server.stop(), server.kill(), server.restart()
"""

from __future__ import annotations

import json
import os
import pwd
import random
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from base64 import b64encode
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests.servers.ingredients import elasticsearch_zip, java_home, unpack
from tests.servers.security import Security, install_plugin, make_security

# Kills what still runs and removes the folder when the pipe from its parent closes, which even a kill -9 does.
WATCH: Final = """
read -r _
[ -d "$0" ] || exit
for group in "$0"/*/group; do [ -f "$group" ] && kill -s KILL -- "-$(cat "$group")"; done
sleep 1
rm -rf -- "$0"
"""
GRACE: Final = 30.0  # seconds that a server has to stop by itself
PATIENCE: Final = 600.0  # seconds that one has to answer; one that ends is noticed at once


class NotUp(RuntimeError):
    """A server did not come up; the message has the end of its log."""


class Ground:
    """A temporary folder with unpacked versions, and the servers on it. Nothing is left of them after close(), nor
    when this process is killed."""

    def __init__(self, *, security: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="ratslupe-elasticsearch-"))
        watch = ["sh", "-c", WATCH, str(self.folder)]
        self._watcher = subprocess.Popen(
            watch, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        self._servers: list[Server] = []
        try:
            self.security = make_security(self.folder / "security") if security else None
        except BaseException:
            self.close()
            raise

    def server(self, version: str) -> Server:
        """A single node with a heap of 768 MB, not started yet."""
        return self._made(version, "node", free_ports(2), "768m", {"discovery.type": "single-node"}, 1)

    def cluster(self, version: str, nodes: int) -> list[Server]:
        """The nodes of one cluster with heaps of 512 MB, not started yet: launch() all, then wait() for each."""
        ports = free_ports(2 * nodes)
        names = [f"node-{number}" for number in range(1, nodes + 1)]
        settings: dict[str, object] = {
            "discovery.seed_hosts": [f"127.0.0.1:{port}" for port in ports[nodes:]],
            "cluster.initial_master_nodes": names,
        }
        pairs = zip(names, zip(ports[:nodes], ports[nodes:], strict=True), strict=True)
        return [self._made(version, name, list(pair), "512m", settings, nodes) for name, pair in pairs]

    def _made(
        self, version: str, name: str, ports: list[int], heap: str, settings: dict[str, object], nodes: int
    ) -> Server:
        home = self.folder / version
        java = java_home(version, self.folder / "java")
        if not home.exists():
            unpack(elasticsearch_zip(version), self.folder / "unpacking")
            (self.folder / "unpacking" / f"elasticsearch-{version}").rename(home)
            if self.security:
                install_plugin(home, version, java, self.folder)
        folder = self.folder / f"{version}-{name}-{ports[0]}"
        self._servers.append(Server(home, folder, java, ports, heap, {"node.name": name, **settings}, nodes, self))
        hand_over(self.folder)
        return self._servers[-1]

    def close(self) -> None:
        """End every server at once and remove the folder."""
        for server in self._servers:
            server.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
        self._watcher.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Server:
    """One node. Its port and its data stay the same however often it is stopped and started."""

    def __init__(
        self,
        home: Path,
        folder: Path,
        java: Path,
        ports: list[int],
        heap: str,
        settings: dict[str, object],
        nodes: int,
        ground: Ground,
    ) -> None:
        self.security: Security | None = ground.security
        self.url = f"{'https' if self.security else 'http'}://127.0.0.1:{ports[0]}"
        self.folder = folder
        self._home, self._nodes = home, nodes
        self._process: subprocess.Popen[bytes] | None = None
        self._environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(folder),
            "ES_JAVA_HOME": str(java),
            "ES_JAVA_OPTS": f"-Xms{heap} -Xmx{heap}",
            "ES_PATH_CONF": str(folder / "config"),
            "ES_TMPDIR": str(folder / "tmp"),
        }
        self._configure(ports, settings)

    def _configure(self, ports: list[int], settings: dict[str, object]) -> None:
        (self.folder / "tmp").mkdir(parents=True)
        config = shutil.copytree(self._home / "config", self.folder / "config")
        options = (config / "jvm.options").read_text().splitlines()
        # The vector module is in no slim Java, and the garbage collector's log would go beside the program.
        kept = [line for line in options if "jdk.incubator.vector" not in line and "-Xlog:gc" not in line]
        (config / "jvm.options").write_text("\n".join(kept) + "\n")
        every: dict[str, object] = {
            "network.host": "127.0.0.1",
            "http.port": ports[0],
            "transport.port": ports[1],
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
            "cluster.routing.allocation.disk.threshold_enabled": False,
            "xpack.security.enabled": self.security is not None,
        }
        if self.security:
            for name in ("http.pem", "http.key"):
                shutil.copy(self.security.ca.with_name(name), config / name)
            every["xpack.security.http.ssl.enabled"] = True
            every["xpack.security.http.ssl.certificate"] = "http.pem"
            every["xpack.security.http.ssl.key"] = "http.key"
        lines = [f"{name}: {json.dumps(value)}\n" for name, value in (every | settings).items()]
        (config / "elasticsearch.yml").write_text("".join(lines))

    @property
    def pid(self) -> int:
        """The process that answers, for os.kill() and SIGSTOP."""
        return int((self.folder / "pid").read_text())

    def start(self, patience: float = PATIENCE) -> None:
        """Start and wait until it answers. Raises NotUp after PATIENCE seconds."""
        self.launch()
        self.wait(patience)

    def launch(self) -> None:
        """Start and do not wait. A node that a test killed by its pid may be started too."""
        self.stop()
        if self.security and not (self.folder / "config" / "elasticsearch.keystore").exists():
            keystore = self._run("elasticsearch-keystore", "add", "-x", "-f", "bootstrap.password")
            keystore.communicate(self.security.password.encode())
            if keystore.returncode:
                raise NotUp("The password could not be set:\n" + self.last_words())
        (self.folder / "pid").unlink(missing_ok=True)
        self._process = self._run("elasticsearch", "-p", str(self.folder / "pid"))
        (self.folder / "group").write_text(str(self._process.pid))
        if self._process.stdin:
            self._process.stdin.close()

    def _run(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        owner = unprivileged()
        with (self.folder / "out").open("ab") as log:
            return subprocess.Popen(
                [self._home / "bin" / program, *arguments],
                cwd=self.folder,
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=owner and owner.pw_uid,
                group=owner and owner.pw_gid,
                extra_groups=[] if owner else None,
            )

    def wait(self, patience: float = PATIENCE) -> None:
        """Wait until it answers with every index there, and every node of its cluster. Raises NotUp."""
        until = time.monotonic() + patience
        while not self.healthy():
            ended = self._process is None or self._process.poll() is not None
            if ended or time.monotonic() > until:
                fate = "ended" if ended else f"did not answer within {patience:.0f} s"
                self.kill()
                raise NotUp(f"Elasticsearch at {self.url} {fate}. Its last words:\n{self.last_words()}")
            time.sleep(0.2)

    def last_words(self) -> str:
        lines = (self.folder / "out").read_text(errors="replace").splitlines()
        return "\n".join([line for line in lines if not line.startswith("\tat ")][-40:])

    def healthy(self) -> bool:
        health = f"/_cluster/health?wait_for_status=yellow&wait_for_nodes=>={self._nodes}&timeout=2s"
        up = self._answer(health).get("timed_out") is False  # `GET /` is not in this distribution
        if up and self.security:
            # The first key makes the index behind passwords and keys; while that comes up, right passwords are refused.
            up = "api_key" in self._answer("/_security/api_key", b'{"name": "is it up?"}')
        return up

    def _answer(self, path: str, body: bytes | None = None) -> dict[str, object]:
        """The answer, empty where there is none or an error."""
        request = urllib.request.Request(self.url + path, body, {"Content-Type": "application/json"})
        handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({})]
        if self.security:
            secret = b64encode(f"{self.security.user}:{self.security.password}".encode()).decode()
            request.add_header("Authorization", f"Basic {secret}")
            context = ssl.create_default_context(cafile=str(self.security.ca))
            handlers.append(urllib.request.HTTPSHandler(context=context))
        try:
            with urllib.request.build_opener(*handlers).open(request, timeout=10) as answer:
                told: dict[str, object] = json.load(answer)
                return told
        except urllib.error.HTTPError as error:
            error.close()
        except (OSError, ValueError, HTTPException):
            pass
        return {}

    def stop(self) -> None:
        """Stop as an administrator does (SIGTERM); its data stay."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End at once (SIGKILL), as a power cut does; its data stay."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Stop, then start on the same port with the same data."""
        self.stop()
        self.start()

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        group, self._process = self._process, None
        with suppress(ProcessLookupError):
            os.killpg(group.pid, how)
        with suppress(subprocess.TimeoutExpired):
            group.wait(GRACE)
        with suppress(ProcessLookupError):  # nobody left: until then the launcher has ended, the server perhaps not
            for _ in range(100):
                os.killpg(group.pid, signal.SIGKILL)
                time.sleep(0.05)
        group.wait()
        (self.folder / "group").unlink(missing_ok=True)


def free_ports(count: int) -> list[int]:
    """Free loopback ports below those that the system gives to clients: a client must not take one during a restart."""
    ports = random.sample(range(20_000, 32_000), 200)
    return [port for port in ports if not is_taken(port)][:count]


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
        return False


def unprivileged() -> pwd.struct_passwd | None:
    """Whom a server runs as: it refuses root."""
    return pwd.getpwnam("nobody") if os.getuid() == 0 else None


def hand_over(folder: Path) -> None:
    """Give FOLDER to the user that the servers run as."""
    if owner := unprivileged():
        for path in (folder, *folder.rglob("*")):
            os.chown(path, owner.pw_uid, owner.pw_gid, follow_symlinks=False)
