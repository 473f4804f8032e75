"""The embedded store as a process: who owns it, who attaches, and what happens when either dies."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import neo4j
import psutil
import pytest
from neo4j.exceptions import Neo4jError

from graph import embedded
from graph.embedded_run import RunInfo, read_run_file, write_run_file
from graph.load import load
from graph.store import GraphStore, StoreError, open_store
from tests.graph.data import feedback, notice

pytestmark = pytest.mark.store
ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a name that has to be quoted."""
    return tmp_path / "数据 data"


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """A store that this process owns; its folder is `home(owner)`."""
    with open_store(data_dir=tmp_path_factory.mktemp("所有 owner")) as store:
        load(feedback(), store)
        yield store


def home(owner: GraphStore) -> Path:
    assert owner._connection is not None
    assert owner._connection.server is not None
    return owner._connection.server.run_file.parents[1]


def child(folder: Path) -> psutil.Process:
    return psutil.Process(json.loads((folder / "arcadedb" / "run.json").read_text("utf-8"))["pid"])


def script(code: str, folder: Path) -> subprocess.Popen[str]:
    """Another process: `store` is open in it; it ends when it reads a line."""
    head = f"import sys\nfrom graph.store import open_store\nstore = open_store(data_dir={str(folder)!r})\n"
    env = {k: v for k, v in os.environ.items() if not k.startswith("NEO4J_")}
    return subprocess.Popen(
        [sys.executable, "-c", head + textwrap.dedent(code)],
        cwd=ROOT,
        env=env,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


class TestOwnerAndAttached:
    def test_a_second_command_attaches(self, owner: GraphStore) -> None:
        before = child(home(owner))
        out, err = script("print(store.digest())", home(owner)).communicate(timeout=60)
        assert (out.strip(), err) == (owner.digest(), "")
        assert child(home(owner)) == before
        assert before.is_running()

    def test_nothing_is_left_running(self, folder: Path) -> None:
        with open_store(data_dir=folder) as store:
            load(feedback(), store)
            process, digest = child(folder), store.digest()
            family = [process, *process.children(recursive=True)]
        assert not any(p.is_running() for p in family)
        assert not (folder / "arcadedb" / "run.json").exists()
        with open_store(data_dir=folder) as store:  # and what was stored is there at the next start
            assert store.digest() == digest

    def test_a_command_that_forgets_to_close_leaves_nothing_running(self, folder: Path) -> None:
        other = script(f"print(open({str(folder / 'arcadedb' / 'run.json')!r}).read())", folder)
        out, _ = other.communicate(timeout=60)
        assert not psutil.pid_exists(json.loads(out)["pid"])

    def test_one_that_attached_takes_over_when_the_owner_ends(self, folder: Path) -> None:
        first = script("print('ready', flush=True)\nsys.stdin.readline()\nstore.close()", folder)
        assert first.stdout is not None
        assert first.stdout.readline() == "ready\n"
        with open_store(data_dir=folder) as store:
            load(feedback(), store)
            before, digest = child(folder), store.digest()
            first.communicate("\n", timeout=60)
            assert store.digest() == digest
            assert child(folder) != before


class TestSecrecy:
    def test_listens_on_loopback_with_bolt_only(self, owner: GraphStore) -> None:
        process = child(home(owner))
        listening = {
            c.laddr
            for p in (process, *process.children(recursive=True))
            for c in p.net_connections("inet")
            if c.status == psutil.CONN_LISTEN
        }
        addresses = {address.ip.removeprefix("::ffff:") for address in listening}
        assert addresses == {"127.0.0.1"}
        assert {f"bolt://127.0.0.1:{address.port}" for address in listening} == {owner.uri}

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
    def test_the_password_is_for_the_user_alone(self, owner: GraphStore) -> None:
        run_file = home(owner) / "arcadedb" / "run.json"
        assert stat.S_IMODE(run_file.stat().st_mode) == 0o600
        assert stat.S_IMODE(run_file.parent.stat().st_mode) == 0o700
        password = json.loads(run_file.read_text("utf-8"))["password"]
        assert all(password not in word for word in child(home(owner)).cmdline())
        assert password not in child(home(owner)).environ().values()

    @pytest.mark.parametrize(
        "cypher",
        [
            "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
            "LOAD CSV FROM 'http://127.0.0.1:9/' AS line RETURN line",
        ],
    )
    def test_reads_no_files_and_calls_nobody(self, owner: GraphStore, cypher: str) -> None:
        with pytest.raises(StoreError):
            owner.read_only(cypher)
        with pytest.raises(StoreError):
            owner.read(cypher)


class TestRecovery:
    def test_the_child_is_killed(self, owner: GraphStore) -> None:
        before, digest = child(home(owner)), owner.digest()
        before.kill()
        assert load(notice(), owner).status == "loaded"
        assert owner.delete_report("notice")
        assert owner.digest() == digest

    def test_the_owner_is_killed(self, folder: Path) -> None:
        first = script(
            f"sys.path.insert(0, {str(ROOT)!r})\nfrom graph.load import load\n"
            "from tests.graph.data import feedback\nload(feedback(), store)\n"
            "print(store.digest(), flush=True)\nsys.stdin.readline()",
            folder,
        )
        assert first.stdout is not None
        digest = first.stdout.readline().strip()
        process = child(folder)
        first.kill()
        first.communicate(timeout=60)
        process.wait(10)  # it sees its input close and ends by itself
        with open_store(data_dir=folder) as store:
            assert store.digest() == digest

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no signals")
    @pytest.mark.parametrize(
        ("number", "stage"),
        [
            ("SIGHUP", "server.out"),
            ("SIGTERM", "config"),
            ("SIGINT", "databases/neo4j"),
            ("SIGKILL", "databases/neo4j/schema.json"),
        ],
    )
    def test_the_owner_ends_while_the_child_starts(self, folder: Path, stage: str, number: str) -> None:
        first = script("", folder)
        while not (folder / "arcadedb" / stage).exists():
            assert first.poll() is None
        [starting] = psutil.Process(first.pid).children()
        first.send_signal(signal.Signals[number])
        first.communicate(timeout=60)
        starting.wait(3)
        with open_store(data_dir=folder) as store:
            assert load(feedback(), store).status == "loaded"

    def test_the_child_is_killed_while_it_makes_the_database(self, folder: Path) -> None:
        """What it began is not taken for a database."""
        with open_store(data_dir=folder):
            pass
        made = folder / "arcadedb" / "databases" / "neo4j"
        for file in [*made.iterdir()][::2]:
            file.unlink()
        (folder / "arcadedb" / "unfinished").touch()
        with open_store(data_dir=folder) as store:
            assert load(feedback(), store).status == "loaded"
        assert not (folder / "arcadedb" / "unfinished").exists()

    def test_the_password_is_refused_by_a_store_that_closes(self, folder: Path) -> None:
        """As ArcadeDB does, which forgets its users before it is deaf."""
        first = script("print('ready', flush=True)\nsys.stdin.readline()\nstore.close()", folder)
        assert first.stdout is not None
        first.stdout.readline()
        with open_store(data_dir=folder) as store:
            connection, refusals = store._connected(), iter(["Security.Unauthorized", "Request.Invalid"])

            def work(session: neo4j.Session) -> str:
                if code := next(refusals, None):
                    raise Neo4jError._hydrate_neo4j(code=f"Neo.ClientError.{code}", message="no longer valid")
                return "done"

            assert store._run(work) == "done"
            assert store._connected() is not connection
            first.communicate("\n", timeout=60)

    def test_many_at_once_lose_nothing(self, folder: Path) -> None:
        """Each in turn owns the store, ends, and takes it away from the others."""
        code = f"""
            sys.path.insert(0, {str(ROOT)!r})
            from graph.load import load_many
            from tests.graph.data import audit, feedback, notice
            for _ in range(3):
                for outcome in load_many([feedback(), notice(), audit()], store, force=True, patience=0):
                    if isinstance(outcome, Exception):
                        raise outcome
            store.close()
            """
        processes = [script(code, folder) for _ in range(3)]
        assert [process.communicate(timeout=120)[1] for process in processes] == [""] * 3
        with open_store(data_dir=folder) as store:
            assert store.counts()["nodes"]["Report"] == 3

    @pytest.mark.parametrize("content", ["", "{}", "[1]", '{"pid": 1, "from": "another version"}'])
    def test_a_run_file_that_cannot_be_read_is_none(self, tmp_path: Path, content: str) -> None:
        (tmp_path / "run.json").write_text(content, encoding="utf-8")
        assert read_run_file(tmp_path / "run.json") is None

    def test_a_stale_run_file_names_a_process_that_is_another_by_now(self, folder: Path) -> None:
        (folder / "arcadedb").mkdir(parents=True)
        stale = RunInfo(os.getpid(), 0.0, "bolt://127.0.0.1:9", "x", "y")
        write_run_file(folder / "arcadedb" / "run.json", stale)
        with open_store(data_dir=folder) as store:
            assert store.read("RETURN 1 AS one") == [{"one": 1}]


class TestCannotStart:
    def test_no_wheel_for_this_platform(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "arcadedb_embedded", None)
        with pytest.raises(StoreError, match=r"no package for this platform .*NEO4J_URI"):
            open_store(data_dir=folder)

    def test_the_data_folder_is_a_file(self, folder: Path) -> None:
        folder.write_text("")
        with pytest.raises(StoreError, match=r"数据 data.*set SUYIN_DATA_DIR"):
            open_store(data_dir=folder)

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
    def test_the_data_folder_is_not_writable(self, folder: Path) -> None:
        folder.mkdir(mode=0o500)
        with pytest.raises(StoreError, match="set SUYIN_DATA_DIR"):
            open_store(data_dir=folder)

    def test_what_the_server_says_is_shown(self, folder: Path) -> None:
        with pytest.raises(StoreError, match=r"did not start \(failed .*server\.out"):
            embedded.start_or_attach(folder, ["NONSENSE"], time_limit=30)
        assert not (folder / "run.json").exists()

    def test_a_child_that_cannot_be_attached_to(
        self, owner: GraphStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Its run file is gone, and it holds the files, so no other may start."""
        monkeypatch.setattr(embedded, "CLOSING_LIMIT", 2)
        folder, holder, told = home(owner), child(home(owner)).pid, list[str]()
        (folder / "arcadedb" / "run.json").rename(folder / "away")
        try:
            with pytest.raises(
                StoreError, match=f"process {holder} holds this store and does not answer; end it"
            ):
                open_store(data_dir=folder, tell=told.append)
            [line] = told
            assert f"waiting until process {holder} has closed this store" in line
        finally:
            (folder / "away").rename(folder / "arcadedb" / "run.json")


def test_a_port_that_another_took_is_left_to_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken, free_port = other.getsockname()[1], embedded._free_port
        ports = iter([taken, free_port()])
        monkeypatch.setattr(embedded, "_free_port", lambda: next(ports, None) or free_port())
        with open_store(data_dir=folder) as store:
            assert store.uri != f"bolt://127.0.0.1:{taken}"
