"""A Neo4j server for the tests, without installation or container: its jars from Maven, run by Java 17."""

from __future__ import annotations

import os
import re
import secrets
import shlex
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import neo4j
from filelock import FileLock
from neo4j.exceptions import DriverError, Neo4jError

from graph.bulk import COMMAND

VERSION = "5.26.12"
_POM = Path(__file__).with_name("pom.xml")
_START_LIMIT = 90
OPENS = [
    f"--add-opens=java.base/{package}=ALL-UNNAMED"
    for package in ("java.nio", "java.io", "java.lang", "java.util.concurrent", "sun.nio.ch")
]
#: As much memory as it needs to collect seldom, and more than the 48 MB for compiled code that a JVM with one compiler
#: (tests/conftest.py) has: they do not suffice, and it compiles again what it has thrown away.
_JVM = ["-Xms1g", "-Xmx1g", "-Xmn512m", "-XX:MetaspaceSize=256m", "-XX:ReservedCodeCacheSize=128m"]
_CONF = {
    "server.default_listen_address": "127.0.0.1",
    "server.http.enabled": "false",
    "server.https.enabled": "false",
    "dbms.usage_report.enabled": "false",
    "server.memory.heap.max_size": "1g",
    "server.memory.pagecache.size": "64m",
    "db.memory.transaction.max": "256m",
    "dbms.memory.transaction.total.max": "512m",
    # each test empties the graph and fills it again: a plan would be out of date with every one
    "dbms.cypher.min_replan_interval": "1d",
}


class Unavailable(Exception):
    """This machine cannot run a Neo4j; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Neo4jServer:
    """Where a server is and how to get in. `home` and `process` are None where it is not ours."""

    uri: str
    password: str
    user: str = "neo4j"
    home: Path | None = None
    process: subprocess.Popen[bytes] | None = None

    def stop(self, *, orderly: bool = False) -> None:
        """End it at once, for its files go anyway; or orderly, which takes 10 s and leaves a log to be dumped."""
        if self.process:
            self.process.terminate() if orderly else self.process.kill()
            self.process.wait()

    def start_again(self, settings: Mapping[str, str] = MappingProxyType({})) -> Neo4jServer:
        """One on the same files and the same port, after `stop`; it answers some seconds later.

        `settings` are added to those it had.
        """
        assert self.home is not None
        with _conf(self.home).open("a", encoding="utf-8") as conf:
            conf.writelines(f"{name}={value}\n" for name, value in settings.items())
        return replace(self, process=_launch(self.home))

    def await_answer(self) -> None:
        """Wait until the database answers, after `start_again`. Raises RuntimeError where it does not."""
        assert self.home is not None
        _insist(
            self,
            self.password,
            "RETURN 1",
            database="neo4j",
            log=self.home / "console.log",
            end=time.monotonic() + _START_LIMIT,
        )


def start_neo4j(home: Path, settings: Mapping[str, str] = MappingProxyType({})) -> Neo4jServer:
    """Start a server with its files in `home`: new and empty, or on a database that was imported there.

    `settings` of neo4j.conf, by name, go before our own. Raises Unavailable.
    """
    java_and_jars()
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    _conf(home).parent.mkdir(parents=True, exist_ok=True)
    chosen = _CONF | {"server.bolt.listen_address": f"127.0.0.1:{port}"} | settings
    _conf(home).write_text("".join(f"{name}={value}\n" for name, value in chosen.items()), encoding="utf-8")
    process = _launch(home)
    server = Neo4jServer(f"bolt://127.0.0.1:{port}", secrets.token_urlsafe(16), home=home, process=process)
    try:
        _set_password(server, home / "console.log")
    except BaseException:
        process.kill()
        process.wait()
        raise
    return server


def java_and_jars() -> tuple[str, Path]:
    """The java to run and the folder of Neo4j's jars. Raises Unavailable."""
    java = shutil.which("java")
    if java is None or _major(java) < 17:
        raise Unavailable("Java 17 or later is not on the PATH")
    return java, _jars()


def import_files(folder: Path, home: Path) -> str:
    """Run the import of Neo4j on the files in `folder`, for a server in `home`. Returns what it said."""
    return run_admin(COMMAND, folder, home)


def run_admin(command: str, folder: Path, home: Path) -> str:
    """Run a command line that begins with neo4j-admin, in `folder`, for a server in `home` that is stopped.

    Returns what it said. Raises RuntimeError where it fails.
    """
    java, jars = java_and_jars()
    _conf(home).parent.mkdir(parents=True, exist_ok=True)
    run = subprocess.run(
        [java, "-Xmx1g", *OPENS, "-cp", f"{jars}/*", "org.neo4j.cli.AdminTool", *shlex.split(command)[1:]],
        cwd=folder,
        env=os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise RuntimeError(f"{command}: {run.stdout[-1500:]} {run.stderr[-1500:]}")
    return run.stdout


def _conf(home: Path) -> Path:
    return home / "conf" / "neo4j.conf"


def _launch(home: Path) -> subprocess.Popen[bytes]:
    java, jars = java_and_jars()
    with (home / "console.log").open("wb") as log:
        return subprocess.Popen(
            [
                java,
                *_JVM,
                *OPENS,
                "-cp",
                f"{jars}/*",
                "org.neo4j.server.CommunityEntryPoint",
                f"--home-dir={home}",
                f"--config-dir={home / 'conf'}",
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )


def _set_password(server: Neo4jServer, log: Path) -> None:
    """Wait until the server answers, change the password that every new one has, wait for the database."""
    end = time.monotonic() + _START_LIMIT
    new = "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new"
    for password, query, database in (("neo4j", new, "system"), (server.password, "RETURN 1", "neo4j")):
        _insist(server, password, query, database=database, log=log, end=end)


def _insist(server: Neo4jServer, password: str, query: str, *, database: str, log: Path, end: float) -> None:
    """Run the query as soon as that is possible."""
    assert server.process is not None
    with neo4j.GraphDatabase.driver(
        server.uri, auth=(server.user, password), max_transaction_retry_time=0
    ) as driver:
        while True:
            try:
                driver.execute_query(query, new=server.password, database_=database)
                break
            except (DriverError, Neo4jError, OSError) as err:
                if server.process.poll() is not None or time.monotonic() > end:
                    said = log.read_text("utf-8")[-2000:]
                    raise RuntimeError(f"Neo4j did not start: {err}\n{said}") from err
                time.sleep(0.2)


def _jars() -> Path:
    """The folder of the server's jars (116 MB), fetched by Maven the first time."""
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    cache = caches / "suyin-test" / f"neo4j-{VERSION}"
    jars = cache / "lib"
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(cache / "fetch.lock"):
        if jars.is_dir():
            return jars
        maven = shutil.which("mvn")
        if maven is None:
            raise Unavailable("Maven (mvn), which fetches Neo4j, is not on the PATH")
        part = cache / "part"  # renamed when it is complete
        shutil.rmtree(part, ignore_errors=True)
        run = subprocess.run(
            [
                maven,
                "-q",
                "-B",
                "-f",
                _POM,
                "dependency:copy-dependencies",
                f"-DoutputDirectory={part}",
                "-DincludeScope=runtime",
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            raise Unavailable(f"Maven could not fetch Neo4j: {run.stdout[-500:]}")
        part.rename(jars)
    return jars


def _major(java: str) -> int:
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    return int(version[1]) if version else 0
