"""Starts the embedded store, or attaches to one that runs: ArcadeDB as a child process with Bolt on loopback.

The first process that needs it owns the child and stops it at the end; later ones find it by `run.json`. That
file holds the passwords, made anew at each start, so only the user can read it.
"""

from __future__ import annotations

import atexit
import importlib.util
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from queue import Empty, Queue
from typing import Any, BinaryIO

import psutil
from filelock import FileLock, Timeout
from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from graph.embedded_server import DATABASE, HOLDER, MARK, READER, RUN_FILE, ServerConfig
from graph.errors import StoreError

#: Seconds that a start may take; a slow disk with much to recover needs many.
START_LIMIT = 90
#: Seconds in which the process that had the store before closes its files; a big one needs some.
CLOSING_LIMIT = 30
_TRIES = 3                                                  # another process may take the free port before us
_LEAST_ROOM = 8_000_000                                     # an empty store takes 6 MB


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What is in run.json: how to reach a running child, and whether it is still the same process."""

    pid: int
    born: float
    uri: str
    password: str
    reader_password: str


@dataclass(slots=True)
class EmbeddedServer:
    """A running embedded store. `process` is None where another process owns it."""

    info: RunInfo
    run_file: Path
    process: subprocess.Popen[str] | None = field(default=None, repr=False)
    owner: int = field(default_factory=os.getpid)

    def stop(self) -> None:
        """Stop it if this process (not a fork of it) owns it; done twice is done once."""
        process, self.process = self.process, None
        if process is None or self.owner != os.getpid():
            return
        atexit.unregister(self.stop)
        _end(process)
        if _read_run_file(self.run_file) == self.info:      # as a rule it took it away itself
            self.run_file.unlink(missing_ok=True)

    def kill(self) -> None:
        """End it at once, also where another process owns it: it cannot end a query. Nothing is lost."""
        with suppress(psutil.Error):
            if _is_alive(self.info):
                psutil.Process(self.info.pid).kill()


def start_or_attach(folder: Path, statements: list[str], *, time_limit: float,
                    tell: Callable[[str], object] = lambda line: None) -> EmbeddedServer:
    """The embedded store whose files are in `folder`. Raises StoreError.

    `statements`: SQL that makes the schema, run at a start; each must do nothing where it is done.
    `time_limit`: seconds that any query may take; where one runs already, its own limit holds.
    `tell` is given a line where another process has to be waited for.
    """
    folder = folder.absolute()
    run_file = folder / RUN_FILE
    _in_utf8(folder)                                        # raises before there is anything
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # two starters at once: the second waits and then attaches
        with FileLock(folder / "launch.lock", timeout=START_LIMIT + 30):
            info = _read_run_file(run_file)
            if info and _is_alive(info) and _answers(info.uri, "root", info.password):
                return EmbeddedServer(info, run_file)
            run_file.unlink(missing_ok=True)
            return _start(folder, run_file, statements, time_limit, tell)
    except Timeout as err:
        raise StoreError(f"{folder}: another process has been starting the store for too long; "
                         "end it and try again") from err
    except OSError as err:
        raise StoreError(f"{folder}: cannot write here ({err.strerror}); "
                         "set SUYIN_DATA_DIR to a folder that can be written to") from err


def check_room(folder: Path) -> None:
    """After something went wrong: raise StoreError where the disk is full."""
    if shutil.disk_usage(folder).free < _LEAST_ROOM:
        raise StoreError(f"{folder}: the disk is full; make room, or set SUYIN_DATA_DIR to another folder")


def _start(folder: Path, run_file: Path, statements: list[str], time_limit: float,
           tell: Callable[[str], object]) -> EmbeddedServer:
    if importlib.util.find_spec("arcadedb_embedded") is None:
        raise StoreError("the embedded store has no package for this platform (musl, 32 bits, Intel Mac); "
                         "start a Neo4j (docker compose up) and set NEO4J_URI and NEO4J_PASSWORD")
    said = ""
    for _ in range(_TRIES):
        config = ServerConfig(_in_utf8(folder), _free_port(), _free_port(), secrets.token_urlsafe(24),
                              secrets.token_urlsafe(24), statements, time_limit, CLOSING_LIMIT)
        process = _spawn()
        try:
            said = _hear(process, config, folder, tell)
            uri = f"bolt://127.0.0.1:{config.bolt_port}"
            if said == "ready" and _answers(uri, READER, config.reader_password):
                info = RunInfo(process.pid, psutil.Process(process.pid).create_time(), uri,
                               config.password, config.reader_password)
                server = EmbeddedServer(info, run_file, process)
                atexit.register(server.stop)
                _write_private(run_file, asdict(info))
                return server
        except BaseException:                               # as Ctrl-C
            _end(process)
            raise
        _end(process)
        if said == "locked":
            raise StoreError(f"{folder}: {_holder(folder)} holds this store and does not answer; "
                             "end it or set SUYIN_DATA_DIR to another folder")
        if said.startswith("failed") and "listen" not in said.lower():
            break                                           # it is not about a port
    check_room(folder)
    raise StoreError(f"the embedded store did not start ({said or 'no answer'}); see {folder / 'server.out'}")


def _in_utf8(folder: Path) -> str:
    """The name as the child reads it, whatever our locale. Raises StoreError: Java knows no other bytes."""
    try:
        return os.fsencode(folder).decode("utf-8")
    except UnicodeDecodeError as err:
        raise StoreError(f"{str(folder)!a}: the name of this folder is not UTF-8; "
                         "set SUYIN_DATA_DIR to another folder") from err


def _spawn() -> subprocess.Popen[str]:
    # -P: what lies in the current folder is not imported. A session of its own: Ctrl-C is for the owner, who
    # finishes its transaction and then closes the child's standard input.
    return subprocess.Popen([sys.executable, "-P", "-X", "utf8", "-m", "graph.embedded_server"],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            text=True, encoding="utf-8", errors="replace", start_new_session=True)


def _hear(process: subprocess.Popen[str], config: ServerConfig, folder: Path,
          tell: Callable[[str], object]) -> str:
    """Configure the child and wait for its word: ready, locked, failed …; "" where it ended or time is up."""
    out = (folder / "server.out").open("wb", buffering=0)
    assert process.stdin is not None
    with suppress(OSError):                                 # it ended at once; the queue and the log say why
        process.stdin.write(config.to_json() + "\n")
        process.stdin.flush()
    said: Queue[str] = Queue()
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
    """The child's own lines to the queue, all others (the JVM's) to the log of this start."""
    assert process.stdout is not None
    with out:
        for line in process.stdout:
            if line.startswith(MARK):
                said.put(line.removeprefix(MARK).strip())
            else:
                with suppress(OSError):                     # a full disk; the child would wait for a reader
                    out.write(line.encode())
    said.put("")


def _end(process: subprocess.Popen[str]) -> None:
    """Close the child's standard input, which stops it; kill it where it does not."""
    assert process.stdin is not None
    with suppress(OSError):                                 # it is gone already
        process.stdin.close()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _answers(uri: str, user: str, password: str) -> bool:
    try:
        with GraphDatabase.driver(uri, auth=(user, password), connection_timeout=3,
                                  max_transaction_retry_time=3) as driver:
            driver.execute_query("RETURN 1", database_=DATABASE)
    except (DriverError, Neo4jError, OSError):
        return False
    return True


def _is_alive(info: RunInfo) -> bool:
    """A process id alone may be another process's by now."""
    try:
        return abs(psutil.Process(info.pid).create_time() - info.born) < 1
    except psutil.Error:
        return False


def _read_run_file(path: Path) -> RunInfo | None:
    """None where there is none, or one that another version or a crash left behind."""
    try:
        return RunInfo(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write_private(path: Path, value: dict[str, Any]) -> None:
    """Readable by its owner only from the first moment, and complete or not there."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(value, file)
    temporary.replace(path)


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])
