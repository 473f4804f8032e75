"""The child process that runs the embedded store: python -m graph.embedded_server.

It reads one line of JSON from standard input (ServerConfig), starts ArcadeDB with Bolt on loopback, answers
with one line on standard output and serves until standard input closes. So it ends with its owner, even by
kill -9, and even while it starts. An owner that says `keep` leaves it to itself: then it ends when nobody has
been connected for some time. No other process watches over that, so none can be left over.
"""

from __future__ import annotations

import json
import locale
import os
import shutil
import signal
import sys
import threading
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil
from filelock import FileLock, Timeout

from graph.embedded_archive import flags, make_in_the_background
from graph.embedded_run import RUN_FILE, is_used

DATABASE = "neo4j"
READER = "reader"
#: What the child's own lines on standard output begin with; the JVM writes there too.
MARK = "suyin-store: "
#: What the owner says that leaves it to itself, and what it answers.
KEEP = "keep"
#: Files in its folder: which process holds the store, and what the JVM said.
HOLDER, LOG = "server.pid", "server.out"
#: There while the database is first made: what was begun and not ended is made anew.
_UNFINISHED = Path("unfinished")
#: Seconds between two looks whether anybody is connected, and without use after which there is time for more.
_LOOK, _QUIET = 1.0, 20.0
_UTF8_LOCALES = ("C.UTF-8", "C.utf8", "en_US.UTF-8", "zh_CN.UTF-8")

# Time limits and LOAD CSV are obeyed only as flags of the JVM, not in the server's configuration.
_JVM = (
    "-Darcadedb.opencypher.loadCsv.allowFileUrls=false",
    "-Darcadedb.opencypher.loadCsv.allowRemoteUrls=false",
    "-Darcadedb.polyglotEngineEnabled=false",
    "-Dfile.encoding=UTF-8",
    "-Dsun.jnu.encoding=UTF-8",
    "-Darcadedb.server.saltIterations=1",  # more are for passwords that can be guessed
    "-XX:+DisableAttachMechanism",
    "-XX:-UsePerfData",
    "-XX:+ExitOnOutOfMemoryError",  # else it stays, deaf; its owner starts it again
)


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """What the owner tells the child. `statements`: SQL that makes the schema.

    In seconds: `time_limit` of a query, `patience` with the process that had the store before, `idle` time
    after which a kept one ends.

    `folder` is read from UTF-8, whatever the owner's locale is: so the child runs.
    """

    folder: str
    bolt_port: int
    http_port: int
    password: str
    reader_password: str
    statements: list[str]
    time_limit: float
    patience: float
    idle: float = 0
    heap: str = "512m"

    def to_json(self) -> str:
        return json.dumps(asdict(self))


def main() -> int:
    """Serve until the owner is done. Returns the exit code."""
    owner = os.getppid()
    config = ServerConfig(**json.loads(sys.stdin.readline()))
    ready, kept, done = threading.Event(), threading.Event(), threading.Event()
    for watch in (_listen, _await_end_of_owner):
        threading.Thread(target=watch, args=(owner, ready, kept, done), daemon=True).start()
    os.chdir(config.folder)  # Java writes ./log
    lock = FileLock("server.lock")  # forgotten, it would open
    if not _hold(lock, config.patience):
        return 3
    _speak_utf8()
    try:
        server = start_server(config, flags())
    except Exception as err:  # noqa: BLE001 - Java's exceptions share no base; the owner shows the line
        _say(f"failed {type(err).__name__}: {' '.join(str(err).split())[:300]}")
        return 4
    ready.set()
    _say("ready")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: done.set())
    _serve(config, kept, done)
    _withdraw()
    server.stop()
    return 0


def _serve(config: ServerConfig, kept: threading.Event, done: threading.Event) -> None:
    """Until the owner is done or, where there is none, nobody is connected and the time is up.

    Where there is no run file nobody can find it, as where the folder was deleted: then it ends at once.
    """
    itself, used, looked, quiet = psutil.Process(), time.monotonic(), 0.0, False
    while not done.wait(0.2):  # signals are seen in between
        if not kept.is_set() or (now := time.monotonic()) - looked < min(_LOOK, config.idle / 4):
            continue
        looked = now
        if is_used(itself, config.bolt_port):
            used = now
        elif now - used >= config.idle or not Path(RUN_FILE).exists():
            return
        elif now - used >= _QUIET and not quiet:
            quiet = True
            make_in_the_background()


def _hold(lock: FileLock, patience: float) -> bool:
    """Lock the store for this process; the one before may still be closing it. False: another keeps it."""
    for timeout, otherwise in ((1, "waiting"), (patience, "locked")):
        try:
            lock.acquire(timeout=timeout)
        except Timeout:
            _say(otherwise)
        else:
            Path(HOLDER).write_text(str(os.getpid()), "ascii")
            return True
    return False


def _withdraw() -> None:
    """Take the run file away before closing: who attached now would be refused, or cut off."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        if json.loads(Path(RUN_FILE).read_text("utf-8"))["pid"] == os.getpid():
            Path(RUN_FILE).unlink()


def _speak_utf8() -> None:
    """Java takes the encoding of names of files from the locale of its environment, and from nowhere else.

    In the locale C it cannot name a Chinese folder, and makes one called ??? beside it.
    """
    if sys.platform == "win32":  # there names are not bytes
        return
    with suppress(locale.Error):
        locale.setlocale(locale.LC_CTYPE, "")
        if locale.nl_langinfo(locale.CODESET).upper().replace("-", "") == "UTF8":
            return
    for name in _UTF8_LOCALES:
        with suppress(locale.Error):
            locale.setlocale(locale.LC_CTYPE, name)
            os.environ["LC_ALL"] = name
            return


def start_server(config: ServerConfig, jvm: Sequence[str]) -> Any:
    """Start ArcadeDB in the current folder, make the database, its schema and the user that may only read.

    `jvm`: more flags of the JVM. Raises what Java raises.
    """
    import jpype  # noqa: PLC0415 - the JVM is for the child alone
    from arcadedb_embedded.server import ArcadeDBServer  # noqa: PLC0415

    database_folder = Path("databases") / DATABASE
    if _UNFINISHED.exists():
        shutil.rmtree(database_folder, ignore_errors=True)
    settings = Path("config")
    settings.mkdir(exist_ok=True)
    (settings / "server-users.jsonl").unlink(missing_ok=True)  # else the new root password is not applied
    (settings / "server-groups.json").write_text(json.dumps(_groups()), encoding="utf-8")
    server = ArcadeDBServer(  # ".": in a path it would fill in ${HOME}
        root_path=".",
        root_password=config.password,
        config={
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "host": "127.0.0.1",
            "bolt_port": config.bolt_port,
            "http_port": config.http_port,
            "mode": "development",
        },
        jvm_kwargs={
            "heap_size": config.heap,
            "jvm_args": [*_JVM, *jvm, f"-Darcadedb.command.timeout={int(config.time_limit * 1000)}"],
        },
    )
    server.start()
    java = server._java_server
    java.getHttpServer().stopService()  # Bolt is all that is needed
    if not database_folder.is_dir():
        _UNFINISHED.touch()
        server.create_database(DATABASE)
    security = java.getSecurity()
    user = {
        "name": READER,
        "password": str(security.encodePassword(config.reader_password)),
        "databases": {DATABASE: [READER]},
    }
    security.createUser(jpype.JClass("com.arcadedb.serializer.json.JSONObject")(json.dumps(user)))
    database = server.get_database(DATABASE)
    for statement in config.statements:
        database.command("sql", statement)
    _UNFINISHED.unlink(missing_ok=True)
    return server


def _groups() -> dict[str, Any]:
    """Who may do what: root is in `admin`; `reader` is refused every kind of write by the server."""
    everything = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]

    def group(access: list[str], records: list[str]) -> dict[str, Any]:
        return {
            "access": access,
            "resultSetLimit": -1,
            "readTimeout": -1,
            "types": {"*": {"access": records}},
        }

    return {
        "version": 2,
        "databases": {
            "*": {
                "groups": {
                    "admin": group(["updateSecurity", "updateSchema", "updateDatabaseSettings"], everything),
                    READER: group([], ["readRecord"]),
                    "*": group([], []),
                }
            }
        },
    }


def _listen(owner: int, ready: threading.Event, kept: threading.Event, done: threading.Event) -> None:
    with suppress(OSError):
        if sys.stdin.readline().strip() == KEEP:  # it waits for the answer, so it lives until then
            kept.set()
            _say(KEEP)
            _write_the_log()
            return
    _end(ready, done)


def _write_the_log() -> None:
    """The owner, who did it until now, is about to go."""
    with Path(LOG).open("ab") as log:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(log.fileno(), stream.fileno())


def _await_end_of_owner(
    owner: int, ready: threading.Event, kept: threading.Event, done: threading.Event
) -> None:
    """A fork of the owner may keep our standard input open after the owner's end."""
    while os.getppid() == owner:
        time.sleep(0.2)
    if not kept.is_set():
        _end(ready, done)


def _end(ready: threading.Event, done: threading.Event) -> None:
    """In order where the store serves; at once where it still starts and has nothing to lose."""
    if ready.is_set():
        done.set()
    else:
        os._exit(5)


def _say(line: str) -> None:
    with suppress(OSError):  # the owner may be gone; then our input ends too
        sys.stdout.write(f"\n{MARK}{line}\n")  # the JVM leaves its last line open
        sys.stdout.flush()


if __name__ == "__main__":
    code = 1
    try:
        code = main()
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(code)  # the JVM's own threads would keep the process
