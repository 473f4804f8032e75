"""The child process that runs the embedded store: python -m graph.embedded_server.

It reads one line of JSON from standard input (ServerConfig), starts ArcadeDB with Bolt on loopback, answers
with one line on standard output and serves until standard input closes. So it ends with its owner, even by
kill -9.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import traceback
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

DATABASE = "neo4j"
READER = "reader"
#: What the child's own lines on standard output begin with; the JVM writes there too.
MARK = "suyin-store: "

# Time limits and LOAD CSV are obeyed only as flags of the JVM, not in the server's configuration.
_JVM = (
    "-Darcadedb.opencypher.loadCsv.allowFileUrls=false",
    "-Darcadedb.opencypher.loadCsv.allowRemoteUrls=false",
    "-Darcadedb.polyglotEngineEnabled=false",
    "-Dfile.encoding=UTF-8", "-Dsun.jnu.encoding=UTF-8",
    "-XX:+DisableAttachMechanism", "-XX:-UsePerfData",
)


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """What the owner tells the child. `statements`: SQL that makes the schema; `time_limit` in seconds."""

    folder: str
    bolt_port: int
    http_port: int
    password: str
    reader_password: str
    statements: list[str]
    time_limit: float
    heap: str = "512m"

    def to_json(self) -> str:
        return json.dumps(asdict(self))


def main() -> int:
    """Serve until the owner is done. Returns the exit code."""
    owner = os.getppid()
    config = ServerConfig(**json.loads(sys.stdin.readline()))
    lock = FileLock(Path(config.folder) / "server.lock")
    try:
        lock.acquire(timeout=5)                             # the one before may still be closing its files
    except Timeout:
        _say("locked")
        return 3
    os.chdir(config.folder)                                 # Java writes ./log
    try:
        server = _start(config)
    except Exception as err:  # noqa: BLE001 - Java's exceptions share no base; the owner shows the line
        _say(f"failed {type(err).__name__}: {' '.join(str(err).split())[:300]}")
        return 4
    _say("ready")
    done = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: done.set())
    threading.Thread(target=_await_end_of_input, args=(done,), daemon=True).start()
    # a fork of the owner may keep our standard input open after the owner's end, so look at the parent too
    while not done.wait(0.2) and os.getppid() == owner:
        pass
    server.stop()
    return 0


def _start(config: ServerConfig) -> Any:
    """Start ArcadeDB, make the database, its schema and the user that may only read."""
    import jpype  # noqa: PLC0415 - the JVM is for the child alone
    from arcadedb_embedded.server import ArcadeDBServer  # noqa: PLC0415

    settings = Path("config")
    settings.mkdir(exist_ok=True)
    (settings / "server-users.jsonl").unlink(missing_ok=True)   # else the new root password is not applied
    (settings / "server-groups.json").write_text(json.dumps(_groups()), encoding="utf-8")
    server = ArcadeDBServer(
        root_path=config.folder, root_password=config.password,
        config={"server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin", "host": "127.0.0.1",
                "bolt_port": config.bolt_port, "http_port": config.http_port, "mode": "development"},
        jvm_kwargs={"heap_size": config.heap,
                    "jvm_args": [*_JVM, f"-Darcadedb.command.timeout={int(config.time_limit * 1000)}"]})
    server.start()
    java = server._java_server
    java.getHttpServer().stopService()                      # Bolt is all that is needed
    if not (Path("databases") / DATABASE).is_dir():
        server.create_database(DATABASE)
    security = java.getSecurity()
    user = {"name": READER, "password": str(security.encodePassword(config.reader_password)),
            "databases": {DATABASE: [READER]}}
    security.createUser(jpype.JClass("com.arcadedb.serializer.json.JSONObject")(json.dumps(user)))
    database = server.get_database(DATABASE)
    for statement in config.statements:
        database.command("sql", statement)
    return server


def _groups() -> dict[str, Any]:
    """Who may do what: root is in `admin`; `reader` is refused every kind of write by the server."""
    everything = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]

    def group(access: list[str], records: list[str]) -> dict[str, Any]:
        return {"access": access, "resultSetLimit": -1, "readTimeout": -1,
                "types": {"*": {"access": records}}}

    return {"version": 2, "databases": {"*": {"groups": {
        "admin": group(["updateSecurity", "updateSchema", "updateDatabaseSettings"], everything),
        READER: group([], ["readRecord"]),
        "*": group([], [])}}}}


def _await_end_of_input(done: threading.Event) -> None:
    sys.stdin.read()
    done.set()


def _say(line: str) -> None:
    with suppress(OSError):                                 # the owner may be gone; then our input ends too
        sys.stdout.write(f"\n{MARK}{line}\n")               # the JVM leaves its last line open
        sys.stdout.flush()


if __name__ == "__main__":
    code = 1
    try:
        code = main()
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(code)                                      # the JVM's own threads would keep the process
