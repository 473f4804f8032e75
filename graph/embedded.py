"""Starts the embedded store, or attaches to one that runs: ArcadeDB as a child process with Bolt on loopback.

The first process that needs it owns the child and stops it at the end, or leaves it to itself for those that
follow (`keep`); later ones find it by `run.json`.
"""

from __future__ import annotations

import atexit
import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from typing import BinaryIO

import psutil
from filelock import FileLock, Timeout
from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from graph.embedded_archive import forget
from graph.embedded_run import CLOSING_LIMIT, MODULE, RUN_FILE, RunInfo, read_run_file, write_run_file
from graph.embedded_server import DATABASE, HOLDER, KEEP, LOG, MARK, READER, ServerConfig
from graph.errors import StoreError

#: Seconds that a start may take; a slow disk with much to recover needs many.
START_LIMIT = 90
#: Seconds in which a child that runs answers to what it is told.
_ANSWER_LIMIT = 10
_TRIES = 3  # another process may take the free port before us
_LEAST_ROOM = 8_000_000  # an empty store takes 6 MB


@dataclass(slots=True)
class EmbeddedServer:
    """A running embedded store. `process` is None where another process owns it, or nobody."""

    info: RunInfo
    run_file: Path
    process: subprocess.Popen[str] | None = field(default=None, repr=False)
    said: Queue[str] = field(default_factory=Queue, repr=False)
    owner: int = field(default_factory=os.getpid)

    def stop(self) -> None:
        """Stop it if this process (not a fork of it) owns it; a second call does nothing."""
        process, self.process = self.process, None
        if process is None or self.owner != os.getpid():
            return
        atexit.unregister(self.stop)
        _end(process)
        if read_run_file(self.run_file) == self.info:  # as a rule it took it away itself
            self.run_file.unlink(missing_ok=True)

    def keep(self) -> None:
        """Where `idle` was given: let it run on after this process until nobody has used it that long."""
        process = self.process
        if process is None or not self.info.idle or self.owner != os.getpid():
            return
        self.process = None
        atexit.unregister(self.stop)
        assert process.stdin is not None
        with suppress(OSError, Empty):  # it has died: as where another's has
            process.stdin.write(f"{KEEP}\n")
            process.stdin.flush()
            if self.said.get(timeout=_ANSWER_LIMIT) == KEEP:
                process.stdin.close()
                return
        _end(process)

    def kill(self) -> None:
        """End it at once, also where another process owns it: it cannot end a query. Commits stay."""
        with suppress(psutil.Error):
            if process := self.info.process():
                process.kill()


def start_or_attach(
    folder: Path,
    statements: list[str],
    *,
    time_limit: float,
    idle: float = 0,
    tell: Callable[[str], object] = lambda line: None,
) -> EmbeddedServer:
    """The embedded store whose files are in `folder`. Raises StoreError.

    `statements`: SQL that makes the schema, run at a start; each must do nothing where it is done.
    `time_limit`: seconds that any query may take; where one runs already, its own limit holds.
    `idle`: seconds without use after which it ends, once it is kept; 0: it ends with this process.
    `tell` is given a line where another process has to be waited for.
    """
    folder = folder.absolute()
    run_file = folder / RUN_FILE
    _in_utf8(folder)  # raises before there is anything
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # two starters at once: the second waits and then attaches
        with FileLock(folder / "launch.lock", timeout=START_LIMIT + 30):
            info = read_run_file(run_file)
            if info and info.process() and _answers(info.uri, "root", info.password):
                return EmbeddedServer(info, run_file)
            run_file.unlink(missing_ok=True)
            return _start(folder, statements, time_limit, idle, tell)
    except Timeout as err:
        raise StoreError(
            f"{folder}: another process has been starting the store for too long; end it and try again"
        ) from err
    except OSError as err:
        raise StoreError(
            f"{folder}: cannot write here ({err.strerror}); "
            "set SUYIN_DATA_DIR to a folder that can be written to"
        ) from err


def check_room(folder: Path) -> None:
    """After something went wrong: raise StoreError where the disk is full."""
    if shutil.disk_usage(folder).free < _LEAST_ROOM:
        raise StoreError(f"{folder}: the disk is full; make room, or set SUYIN_DATA_DIR to another folder")


def _start(
    folder: Path, statements: list[str], time_limit: float, idle: float, tell: Callable[[str], object]
) -> EmbeddedServer:
    if importlib.util.find_spec("arcadedb_embedded") is None:
        raise StoreError(
            "the embedded store has no package for this platform (musl, 32 bits, Intel Mac); "
            "start a Neo4j (docker compose up) and set NEO4J_URI and NEO4J_PASSWORD"
        )
    said = ""
    for _ in range(_TRIES):
        config = ServerConfig(
            _in_utf8(folder),
            _free_port(),
            _free_port(),
            secrets.token_urlsafe(24),
            secrets.token_urlsafe(24),
            statements,
            time_limit,
            CLOSING_LIMIT,
            idle,
        )
        process, words = _spawn(), Queue[str]()
        try:
            said = _hear(process, words, config, folder, tell)
            uri = f"bolt://127.0.0.1:{config.bolt_port}"
            if said == "ready" and _answers(uri, READER, config.reader_password):
                info = RunInfo(
                    process.pid,
                    psutil.Process(process.pid).create_time(),
                    uri,
                    config.password,
                    config.reader_password,
                    idle,
                )
                server = EmbeddedServer(info, folder / RUN_FILE, process, words)
                atexit.register(server.stop)
                write_run_file(server.run_file, info)
                return server
        except BaseException:  # as Ctrl-C
            _end(process)
            raise
        _end(process)
        if said == "locked":
            raise StoreError(
                f"{folder}: {_holder(folder)} holds this store and does not answer; "
                "end it or set SUYIN_DATA_DIR to another folder"
            )
        if not said:
            forget()
        if said.startswith("failed") and "listen" not in said.lower():
            break  # it is not about a port
    check_room(folder)
    raise StoreError(f"the embedded store did not start ({said or 'no answer'}); see {folder / LOG}")


def _in_utf8(folder: Path) -> str:
    """The name as the child reads it, whatever our locale. Raises StoreError: Java knows no other bytes."""
    try:
        return os.fsencode(folder).decode("utf-8")
    except UnicodeDecodeError as err:
        raise StoreError(
            f"{str(folder)!a}: the name of this folder is not UTF-8; set SUYIN_DATA_DIR to another folder"
        ) from err


def _spawn() -> subprocess.Popen[str]:
    # -P: what lies in the current folder is not imported. A session of its own: Ctrl-C is for the owner, who
    # finishes its transaction and then closes the child's standard input.
    return subprocess.Popen(
        [sys.executable, "-P", "-X", "utf8", "-m", MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )


def _hear(
    process: subprocess.Popen[str],
    said: Queue[str],
    config: ServerConfig,
    folder: Path,
    tell: Callable[[str], object],
) -> str:
    """Send the child its configuration and wait for its answer: ready, locked, failed …; "" where it ended or
    the time is up.
    """
    log = folder / LOG
    log.write_bytes(b"")
    out = log.open("ab", buffering=0)  # as the child does, once it is kept
    assert process.stdin is not None
    with suppress(OSError):  # it ended at once; the queue and the log say why
        process.stdin.write(config.to_json() + "\n")
        process.stdin.flush()
    threading.Thread(target=_pump, args=(process, out, said), daemon=True).start()
    with suppress(Empty):
        word = said.get(timeout=START_LIMIT)
        if word == "waiting":
            tell(f"{folder}: waiting until {_holder(folder)} has closed this store")
            word = said.get(timeout=START_LIMIT)
        return word
    return ""


def _holder(folder: Path) -> str:
    """Which process has the store, in words."""
    try:
        return f"process {int((folder / HOLDER).read_text('ascii'))}"
    except (OSError, ValueError):
        return "another process"


def _pump(process: subprocess.Popen[str], out: BinaryIO, said: Queue[str]) -> None:
    """The child's own lines to the queue, all others (the JVM's) to the log, until it ends or is kept."""
    assert process.stdout is not None
    with out:
        for line in process.stdout:
            if line.startswith(MARK):
                said.put(line.removeprefix(MARK).strip())
            else:
                with suppress(OSError):  # a full disk; the child would wait for a reader
                    out.write(line.encode())
    said.put("")
    process.wait()  # a kept one that ends before us is no zombie


def _end(process: subprocess.Popen[str]) -> None:
    """Close the child's standard input, which stops it; kill it where it does not."""
    assert process.stdin is not None
    with suppress(OSError):  # it is gone already
        process.stdin.close()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _answers(uri: str, user: str, password: str) -> bool:
    try:
        with GraphDatabase.driver(
            uri, auth=(user, password), connection_timeout=3, max_transaction_retry_time=3
        ) as driver:
            driver.execute_query("RETURN 1", database_=DATABASE)
    except (DriverError, Neo4jError, OSError):
        return False
    return True


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])
