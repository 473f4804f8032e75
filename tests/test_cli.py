"""The commands as a user runs them: the installed `suyin`, in a process of its own."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.demo import DEMO_QUERIES
from cli.program import app
from graph.store import GraphStore, open_store
from tests.support.commands import ENERGY, SIX_UNITS, SUYIN, UNIVERSITY, done, held, suyin
from tests.support.neo4j_server import Neo4jServer

COMMANDS = [str(command.callback.__name__) for command in app.registered_commands if command.callback]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """The environment of a store that runs and holds two sample reports."""
    folder = tmp_path_factory.mktemp("图 store")
    env = {"SUYIN_DATA_DIR": folder}
    with open_store(data_dir=folder):  # the commands attach to it and need not start it
        done("load", UNIVERSITY, ENERGY, **env)
        yield env


class TestHelp:
    def test_lists_all_commands_in_both_languages(self) -> None:
        page = done("--help")
        assert page == done()
        for command in COMMANDS:
            assert re.search(rf"│ {command} +[一-鿿].*·", page), command

    @pytest.mark.parametrize("command", COMMANDS)
    def test_each_command_has_an_example(self, command: str) -> None:
        assert re.search(rf"例 Example.*suyin {command}", done(command, "--help"), re.DOTALL)

    def test_version(self) -> None:
        assert re.fullmatch(r"suyin \d+\.\d+\.\d+\S*\n", done("--version"))


class TestExtract:
    def test_prints_one_document(self) -> None:
        document = json.loads(done("extract", UNIVERSITY))
        assert document["format"] == "suyin.findings/1"
        assert document["report"]["source"]["name"] == "university.txt"
        text = UNIVERSITY.read_bytes().decode("utf-8-sig")
        grounded = [node for node in document["nodes"] if node["start"] is not None]
        assert {"Problem", "Recommendation"} <= {node["label"] for node in grounded}
        assert all(text[node["start"] : node["end"]] == node["text"] for node in grounded)

    def test_prints_the_same_each_time(self) -> None:
        assert done("extract", UNIVERSITY) == done("extract", UNIVERSITY, PYTHONHASHSEED=7)

    def test_out_holds_one_document_each(self, tmp_path: Path) -> None:
        folder = tmp_path / "a" / "b"
        done("extract", UNIVERSITY, SIX_UNITS, "--out", folder)
        assert sorted(path.name for path in folder.iterdir()) == ["six-units.json", "university.json"]
        assert (folder / "university.json").read_text("utf-8") == done("extract", UNIVERSITY).rstrip("\n")

    def test_equal_stems_keep_the_full_name(self, tmp_path: Path) -> None:
        first, second, third = (tmp_path / name for name in ("r.txt", "R.text", "other.txt"))
        for path in (first, second, third):
            path.write_bytes(UNIVERSITY.read_bytes())
        done("extract", first, second, third, "--out", tmp_path / "out")
        written = sorted(path.name for path in (tmp_path / "out").iterdir())
        assert written == ["R.text.json", "other.json", "r.txt.json"]

    def test_long_chinese_name(self, tmp_path: Path) -> None:
        path = tmp_path / f"{'巡' * 83}.txt"  # 253 bytes, the file system's limit is 255
        path.write_bytes(UNIVERSITY.read_bytes())
        done("extract", path, "--out", tmp_path / "out")
        assert (tmp_path / "out" / f"{'巡' * 83}.json").is_file()

    def test_id_is_the_reports(self) -> None:
        assert json.loads(done("extract", UNIVERSITY, "--id", "r-1"))["report"]["id"] == "r-1"

    def test_written_files_are_as_readable_as_others(self, tmp_path: Path) -> None:
        done("extract", UNIVERSITY, "--out", tmp_path / "out")
        plain = tmp_path / "plain"
        plain.touch()
        assert (tmp_path / "out" / "university.json").stat().st_mode == plain.stat().st_mode


@pytest.mark.store
class TestExport:
    def test_files_of_an_import(self, tmp_path: Path) -> None:
        said = done("export", "neo4j-import", UNIVERSITY, ENERGY, "--out", tmp_path / "导入 import")
        folder = tmp_path / "导入 import"
        assert f"cd '{folder}' && neo4j-admin database import full neo4j @import.args" in said
        options = (folder / "import.args").read_text("utf-8").splitlines()
        assert {option.split("=")[-1] for option in options[3:]} == {
            file.name for file in folder.glob("*.csv")
        }
        assert len((folder / "Report.csv").read_text("utf-8").splitlines()) == 3

    def test_a_bad_file_does_not_stop_the_others(self, tmp_path: Path) -> None:
        run = suyin(
            "export",
            "neo4j-import",
            UNIVERSITY,
            tmp_path / "missing.txt",
            UNIVERSITY.with_suffix(".docx"),
            "--out",
            tmp_path / "import",
        )
        assert run.returncode == 1
        assert run.stderr.splitlines()[-1] == f"suyin: 2 failed and are not in {tmp_path / 'import'}"
        assert len((tmp_path / "import" / "Report.csv").read_text("utf-8").splitlines()) == 2


class TestGraph:
    def test_status(self, graph: dict[str, Path]) -> None:
        status = json.loads(done("status", "--json", **graph))
        assert set(status) == {"digest", "nodes", "edges", "running"}
        assert status["nodes"]["Report"] == 2
        assert status["edges"]["STATED_IN"] > 20
        assert status["digest"] in done("status", **graph)

    def test_load_again_changes_nothing(self, graph: dict[str, Path]) -> None:
        before = done("status", "--json", **graph)
        (row,) = json.loads(done("load", UNIVERSITY, "--json", **graph))
        assert row["status"] == "unchanged"
        assert row["file"] == str(UNIVERSITY)
        assert done("status", "--json", **graph) == before

    def test_load_shows_what_became_of_the_files(self, graph: dict[str, Path]) -> None:
        table = done("load", UNIVERSITY, ENERGY, **graph)
        assert re.search(r"unchanged +│ +2 │", table)
        assert re.search(r"failed +│ +0 │", table)

    def test_findings_documents_are_loaded(self, tmp_path: Path, graph: dict[str, Path]) -> None:
        done("extract", UNIVERSITY, "--id", "from-json", "--out", tmp_path)
        env = {"SUYIN_DATA_DIR": tmp_path / "store"}
        (row,) = json.loads(done("load", tmp_path / "university.json", "--json", **env))
        assert (row["status"], row["report"]) == ("loaded", "from-json")

    def test_queries_are_listed(self, graph: dict[str, Path]) -> None:
        rows = json.loads(done("query", "--json", **graph))
        assert len(rows) >= 8
        assert all(re.search("[一-鿿]", row["question_zh"]) and row["question_en"] for row in rows)

    @pytest.mark.parametrize("command", DEMO_QUERIES, ids=" ".join)
    def test_the_queries_of_the_demo_find_something(self, command: list[str], graph: dict[str, Path]) -> None:
        assert json.loads(done(*command, "--json", **graph))

    def test_cypher_with_a_parameter(self, graph: dict[str, Path]) -> None:
        cypher = "MATCH (r:Report) WHERE r.title CONTAINS $word RETURN r.name AS name, $n AS n"
        rows = json.loads(done("query", cypher, "word=大学", "n=3", "--json", **graph))
        assert rows == [{"name": "university.txt", "n": 3}]

    def test_csv(self, graph: dict[str, Path]) -> None:
        cypher = "UNWIND [1, 2] AS n RETURN n, '逗号, \"引号\"' AS text, ['甲', '乙'] AS list, null AS none"
        rows: list[list[Any]] = list(csv.reader(io.StringIO(done("query", cypher, "--csv", **graph))))
        cells = ['逗号, "引号"', '["甲", "乙"]', ""]
        assert rows == [["n", "text", "list", "none"], ["1", *cells], ["2", *cells]]

    def test_markup_in_the_data_is_text(self, graph: dict[str, Path]) -> None:
        assert "[red]甲[/]" in done("query", "UNWIND ['[red]甲[/]'] AS x RETURN x", **graph)

    def test_a_narrow_terminal_gets_one_line_a_value(self, graph: dict[str, Path]) -> None:
        cypher = "RETURN '甲甲甲甲甲甲甲甲甲甲' AS first, ['乙', '丙'] AS second, 3 AS third"
        narrow = done("query", cypher, COLUMNS=36, **graph)
        assert [line.split() for line in narrow.splitlines()] == [
            ["first", "甲甲甲甲甲甲甲甲甲甲"],
            ["second", "乙"],
            ["丙"],
            ["third", "3"],
        ]
        wide = done("query", cypher, COLUMNS=80, **graph)
        assert wide.splitlines()[0].split() == ["first", "┃", "second", "┃", "third"]

    @pytest.mark.parametrize("cypher", ["CREATE (x:Problem {id: 'x'})", "MATCH (n) DETACH DELETE n"])
    def test_writing_is_refused(self, cypher: str, graph: dict[str, Path]) -> None:
        before = done("status", "--json", **graph)
        run = suyin("query", cypher, **graph)
        assert run.returncode == 1
        assert re.fullmatch(r"suyin: [^\n]+\n", run.stderr)
        assert done("status", "--json", **graph) == before

    def test_serve_answers_and_stops(self, graph: dict[str, Path]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        env = os.environ | {key: str(value) for key, value in graph.items()}
        server = subprocess.Popen(
            [SUYIN, "serve", "--port", str(port)],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        try:
            assert server.stdout
            assert server.stdout.readline() == f"http://127.0.0.1:{port}\n"
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/openapi.json", timeout=30) as answer:
                assert json.load(answer)["info"]["title"]
        finally:
            server.send_signal(signal.SIGINT)
            _, complaints = server.communicate(timeout=30)
        assert "Traceback" not in complaints

    def test_demo_leaves_a_map_and_nothing_running(self, tmp_path: Path) -> None:
        page = done("demo", "--output", tmp_path / "map.html", NEO4J_URI="bolt://127.0.0.1:1")
        assert "suyin query causes-of-category" in page
        assert "<html" in (tmp_path / "map.html").read_text("utf-8")


@pytest.mark.store
@pytest.mark.neo4j
@pytest.mark.usefixtures("stores_stay")
def test_the_graph_is_the_same_in_both_stores_and_in_either_order(
    tmp_path: Path, neo4j_server: Neo4jServer, neo4j_store: GraphStore
) -> None:
    neo4j = {
        "NEO4J_URI": neo4j_server.uri,
        "NEO4J_USER": neo4j_server.user,
        "NEO4J_PASSWORD": neo4j_server.password,
    }
    embedded = {"SUYIN_DATA_DIR": tmp_path}
    done("load", UNIVERSITY, ENERGY, SIX_UNITS, **neo4j)
    done("load", SIX_UNITS, ENERGY, **embedded)
    done("load", UNIVERSITY, ENERGY, **embedded)
    assert held(**neo4j) == held(**embedded)


@pytest.mark.store
@pytest.mark.usefixtures("stores_stay")
def test_check_compares_the_store_with_its_texts(tmp_path: Path) -> None:
    done("load", ENERGY, SUYIN_DATA_DIR=tmp_path)
    checked = json.loads(done("check", "--json", SUYIN_DATA_DIR=tmp_path))
    assert (checked["reports"], checked["without_text"], checked["violations"]) == (1, 0, [])
    assert checked["quotes"] > 50
    with open_store(data_dir=tmp_path) as store:
        connection = store._connected()
        with connection.driver.session(database=connection.database) as session:
            session.execute_write(lambda tx: tx.run("MATCH (n:RootCause) SET n.text = '别的'").consume())
    run = suyin("check", SUYIN_DATA_DIR=tmp_path)
    assert run.returncode == 1
    assert "its text is not what stands there" in " ".join(run.stdout.split())


@pytest.mark.store
def test_export_writes_what_the_graph_holds(graph: dict[str, Path], tmp_path: Path) -> None:
    counts = json.loads(done("status", "--json", **graph))
    total = sum(counts["nodes"].values()) + sum(counts["edges"].values())
    for kind, out in (("graphml", "g.graphml"), ("json-ld", "g.jsonld"), ("csv", "tables")):
        assert str(total) in done("export", kind, "--out", tmp_path / out, **graph)
        assert (tmp_path / out).exists()
    run = suyin("export", "csv", "--out", tmp_path / "t", "--report", "nothing", **graph)
    assert (run.returncode, run.stderr.count("\n")) == (1, 1)
    assert "there is no report 'nothing'" in run.stderr
