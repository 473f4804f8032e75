"""Makes the archive of classes: python -m graph.embedded_training. Ends in any case, in some minutes.

A child starts a store like any other in a folder of its own, asks it what commands ask, and ends its JVM in
order: that then writes what it has loaded. The JVM cannot be made to write it where Python ends the process.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from graph.connect import _drivers
from graph.dialect import arcadedb_schema
from graph.embedded import EmbeddedServer, _free_port
from graph.embedded_archive import archive_file, failed_file
from graph.embedded_run import RunInfo
from graph.embedded_server import ServerConfig, start_server
from graph.queries import ask
from graph.schema import load_schema
from graph.store import GraphStore
from graph.version import mark

#: Seconds that making it may take.
LIMIT = 300


def main() -> int:
    """Make it where it is missing. Returns the exit code."""
    archive = archive_file()
    if archive is None:
        return 0
    try:
        archive.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(archive.with_suffix(".lock"), timeout=0):
            return 0 if archive.exists() or _make(archive) else 1
    except (OSError, Timeout):  # no place for it, or another makes it
        return 1


def _make(archive: Path) -> bool:
    os.nice(19)
    with tempfile.TemporaryDirectory(prefix="suyin-", ignore_cleanup_errors=True) as folder:
        made = archive.with_name(f"{archive.name}.{os.getpid()}")
        child = subprocess.Popen(
            [sys.executable, "-P", "-X", "utf8", "-m", "graph.embedded_training", str(made)],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            good = child.wait(LIMIT) == 0 and made.is_file()
        except subprocess.TimeoutExpired:
            good = False
        finally:
            with suppress(ProcessLookupError):  # with the Java that it started
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        if good:
            made.replace(archive)
        else:
            failed_file(archive).touch()
            for rest in archive.parent.glob(f"{made.name}*"):
                rest.unlink()
    return good


def train(archive: Path) -> None:
    """Start a store in the current folder, use it, and end this process by writing the archive."""
    config = ServerConfig(
        ".",
        _free_port(),
        _free_port(),
        "a-password",
        "another-password",
        arcadedb_schema(load_schema()),
        time_limit=30,
        patience=0,
    )
    server = start_server(config, [f"-XX:AOTCacheOutput={archive}"])
    info = RunInfo(
        os.getpid(),
        psutil.Process().create_time(),
        f"bolt://127.0.0.1:{config.bolt_port}",
        config.password,
        config.reader_password,
    )
    connection = _drivers(EmbeddedServer(info, Path("run.json")))
    with connection.driver.session(database=connection.database) as session:
        mark(session, load_schema().version)
    with GraphStore(lambda: connection) as store:
        for _ in range(3):
            store.counts()
            store.digest()
            ask(store, "causes-of-category", category="finance")
            ask(store, "MATCH (p:Problem) RETURN p.headline LIMIT 5")
            time.sleep(0.1)
    server.stop()
    import jpype  # noqa: PLC0415 - the JVM is for the child alone

    jpype.JClass("java.lang.System").exit(0)


if __name__ == "__main__":
    if sys.argv[1:]:
        train(Path(sys.argv[1]))
    else:
        sys.exit(main())
