"""tests/with_elasticsearch: runs a command beside Elasticsearch servers, which are gone afterwards."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from typing import Final

from tests.servers.elasticsearch import Ground, NotUp, Server
from tests.servers.ingredients import VERSIONS, Missing
from tests.servers.security import Security

PREFIX: Final = "RATSLUPE_TEST_ELASTICSEARCH"
HELP: Final = f"""The command finds the servers in its environment:
  {PREFIX}           VERSION=URL,VERSION=URL   (--nodes: VERSION=URL;URL;URL)
  {PREFIX}_PIDS      the same with process ids
  {PREFIX}_CA        with --security: the authority's certificate, a PEM file
  {PREFIX}_USER      with --security
  {PREFIX}_PASSWORD  with --security
Needed once: Maven and Java 17 (Debian: apt-get install maven openjdk-17-jre-headless). What was fetched is kept in
${{XDG_CACHE_HOME:-~/.cache}}/ratslupe (190 MB) and in Maven's own ~/.m2. The command runs with whatever servers there
are; of one that cannot be had or does not come up it is not told."""


class Told(BaseException):
    """A signal told this process to end."""

    def __init__(self, number: int) -> None:
        self.number = number


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, told)
    try:
        return beside_servers(options)
    except Told as end:
        return 128 + end.number


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "tests/with_elasticsearch", None, __doc__, HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="append", help=f"may be given more than once (else: {', '.join(VERSIONS)})")
    parser.add_argument("--nodes", type=int, default=1, help="a cluster of so many nodes")
    parser.add_argument("--security", action="store_true", help="TLS, a password, API keys")
    parser.add_argument("--must", action="store_true", help="fail, after the command, when a server was missing")
    parser.add_argument("command", nargs=argparse.REMAINDER, metavar="[--] COMMAND ...")
    options = parser.parse_args(arguments)
    if options.command[:1] == ["--"]:
        del options.command[0]
    if not options.command or options.nodes < 1:
        parser.error("say which command to run, and at least one node")
    return options


def beside_servers(options: argparse.Namespace) -> int:
    """Run the command beside all servers that come up; its exit code, or 1 where it went well and one is missing that
    must be there."""
    with ExitStack() as stack:
        variables, missing = started(options, stack)
        if missing:
            loudly("\n".join(missing))
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        try:
            code = run(options.command, inherited | variables)
        finally:
            ignore_signals()
    if missing and options.must:
        loudly("a server was missing (--must): " + "; ".join(why.partition("\n")[0] for why in missing))
        return code or 1
    return code


def started(options: argparse.Namespace, stack: ExitStack) -> tuple[dict[str, str], list[str]]:
    """Start all, then wait for all; what the command is told of those that are up, and why the others are not."""
    missing: list[str] = []
    try:
        ground = Ground(security=options.security)
    except Missing as why:
        return {}, [str(why)]
    stack.callback(ground.close)
    stack.callback(ignore_signals)  # runs first: the servers are ended in peace
    launched: dict[str, list[Server]] = {}
    for version in options.version or VERSIONS:
        try:
            launched[version] = (
                ground.cluster(version, options.nodes) if options.nodes > 1 else [ground.server(version)]
            )
            for server in launched[version]:
                server.launch()
        except (Missing, NotUp) as why:
            launched.pop(version, None)
            missing.append(f"{version}: {why}")
    up: dict[str, list[Server]] = {}
    for version, nodes in launched.items():
        try:
            for node in nodes:
                node.wait()
            up[version] = nodes
        except NotUp as why:
            missing.append(f"{version}: {why}")
    return variables_of(up, ground.security), missing


def variables_of(up: dict[str, list[Server]], secrets: Security | None) -> dict[str, str]:
    """What the command is told; nothing where no server is up."""
    if not up:
        return {}
    variables = {
        PREFIX: ",".join(f"{version}={';'.join(node.url for node in nodes)}" for version, nodes in up.items()),
        f"{PREFIX}_PIDS": ",".join(
            f"{version}={';'.join(str(node.pid) for node in nodes)}" for version, nodes in up.items()
        ),
    }
    if secrets:
        variables[f"{PREFIX}_CA"] = str(secrets.ca)
        variables[f"{PREFIX}_USER"] = secrets.user
        variables[f"{PREFIX}_PASSWORD"] = secrets.password
    return variables


def loudly(why: str) -> None:
    print(f"{'=' * 100}\nNO ELASTICSEARCH: {why}\n{'=' * 100}", file=sys.stderr, flush=True)


def run(command: list[str], environment: dict[str, str]) -> int:
    try:
        child = subprocess.Popen(command, env=environment)
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
        return 127
    try:
        code = child.wait()
    except Told as end:
        if end.number != signal.SIGINT or not sys.stdin.isatty():  # a terminal has told the command itself
            child.send_signal(end.number)
        try:
            child.wait(30)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        raise
    return 128 - code if code < 0 else code


def told(number: int, _frame: object) -> None:
    ignore_signals()
    raise Told(number)


def ignore_signals() -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
