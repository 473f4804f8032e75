"""The file by which commands find an embedded store that runs, and what it says: run.json.

It holds the passwords, made anew at each start, so only the user can read it. What it says is believed only
of the very process that it names: after kill -9, or the start of the machine, its number may be another's.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from extract.files import replacing
from extract.model import SuyinError

#: The file, in the store's folder; the module whose process it names.
RUN_FILE, MODULE = "run.json", "graph.embedded_server"
#: Seconds in which a store that is told to end closes its files; a big one needs some.
CLOSING_LIMIT = 30


@dataclass(frozen=True, slots=True)
class RunInfo:
    """How to reach a running store, and whether it is still the same process.

    `born`: seconds since 1970. `idle`: seconds after its last use when it ends by itself; 0: it ends with the
    process that started it.
    """

    pid: int
    born: float
    uri: str
    password: str
    reader_password: str
    idle: float = 0.0

    @property
    def port(self) -> int:
        return int(self.uri.rpartition(":")[2])

    def process(self) -> psutil.Process | None:
        """The process, which psutil does not take for a later one; None where it has ended."""
        with suppress(psutil.Error):
            process = psutil.Process(self.pid)
            if (
                abs(process.create_time() - self.born) < 1
                and process.status() != psutil.STATUS_ZOMBIE
                and MODULE in process.cmdline()
            ):
                return process
        return None


def read_run_file(path: Path) -> RunInfo | None:
    """None where there is none, or one that another version or a crash left behind."""
    try:
        return RunInfo(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_run_file(path: Path, info: RunInfo) -> None:
    """Write run.json whole or not at all; only its owner can ever read it, as it holds the passwords."""
    with replacing(path, private=True) as part:
        part.write_text(json.dumps(asdict(info)), encoding="utf-8")


def is_used(process: psutil.Process, port: int) -> bool:
    """Is anybody connected to the store? The system knows it, also of clients that were killed."""
    return any(
        c.laddr and c.laddr.port == port and c.status == psutil.CONN_ESTABLISHED
        for c in process.net_connections("tcp")
    )


def users_of(port: int) -> list[str]:
    """Who of this user is connected to a port, in words: process 4711 (suyin serve)."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if any(
                c.raddr and c.raddr.port == port and c.status == psutil.CONN_ESTABLISHED
                for c in process.net_connections("tcp")
            ):
                name, *words = (Path(word).name for word in process.cmdline()[:3])
                found.append(f"process {process.pid} ({' '.join(words or [name])})")
    return found


def stop_running(folder: Path, *, force: bool = False) -> int | None:
    """End the store of `folder`, in order. Returns its process id; None where none runs.

    Raises SuyinError where others use it, unless by `force`: those start it again when they need it.
    """
    info = read_run_file(folder / RUN_FILE)
    process = info.process() if info else None
    if info is None or process is None:
        return None
    if not force and is_used(process, info.port):
        users = ", ".join(users_of(info.port)) or "another process"
        raise SuyinError(f"{folder}: {users} uses this store; end that first, or: suyin stop --force")
    with suppress(psutil.Error):
        process.terminate()
        end = time.monotonic() + CLOSING_LIMIT
        while info.process() and time.monotonic() < end:
            time.sleep(0.05)
        if info.process():
            process.kill()  # nothing that was committed is lost
    return info.pid
