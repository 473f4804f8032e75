"""What users get wrong: one line with the fix, an exit code, and the rest of the work done."""

from __future__ import annotations

import json
import re
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.commands import ENERGY, SIX_UNITS, SUYIN, done, suyin
from tests.support.neo4j_server import Neo4jServer

pytestmark = pytest.mark.usefixtures("stores_stay")

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"


def mistake(*args: object, code: int = 1, **env: object) -> str:
    """The one line of a command that must fail without a result."""
    run = suyin(*args, **env)
    assert run.returncode == code, run.stderr
    assert run.stdout == ""
    assert re.fullmatch(r"suyin: [^\n]+\n", run.stderr), run.stderr
    return run.stderr


def empty(path: Path) -> None:
    path.touch()


def picture(path: Path) -> None:
    path.write_bytes(PNG * 20)


def blank(path: Path) -> None:
    path.write_text(" \n\t\u3000\n", encoding="utf-8")


def unknown_encoding(path: Path) -> None:
    path.write_bytes(bytes(range(0x80, 0x100)) * 40)


def folder(path: Path) -> None:
    path.mkdir()


def missing(path: Path) -> None:
    assert not path.exists()


def large(path: Path) -> None:
    path.write_bytes("存在制度不健全的问题。\n".encode() * (50_000_000 // 34))


BAD_FILES = {
    empty: "empty",
    picture: "PNG",
    blank: "no text",
    unknown_encoding: "encoding",
    folder: "folder",
    missing: "no such file",
    large: "MB",
}


@pytest.mark.parametrize(("make", "word"), BAD_FILES.items(), ids=[make.__name__ for make in BAD_FILES])
def test_a_bad_file_is_named_with_the_fix(make: Callable[[Path], None], word: str, tmp_path: Path) -> None:
    path = tmp_path / "坏 report.txt"
    make(path)
    line = mistake("extract", path)
    assert line.startswith(f"suyin: {path}: ")
    assert word in line
    assert ";" in line


def test_the_other_files_are_still_read(tmp_path: Path) -> None:
    bad = []
    for make in BAD_FILES:
        bad.append(tmp_path / f"{make.__name__}.txt")
        make(bad[-1])
    run = suyin("extract", *bad[:3], ENERGY, *bad[3:], SIX_UNITS, "--out", tmp_path / "out")
    assert run.returncode == 1
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["energy-group.json", "six-units.json"]
    complaints = [line.split(": ")[1] for line in run.stderr.splitlines()]
    assert [words for words in complaints if words.startswith("/")] == [str(path) for path in bad]


@pytest.mark.store
def test_the_other_files_are_still_loaded(tmp_path: Path) -> None:
    env = {"SUYIN_DATA_DIR": tmp_path / "store"}
    picture(tmp_path / "picture.txt")
    (tmp_path / "broken.json").write_text('{"format": "suyin.findings/1"', encoding="utf-8")
    (tmp_path / "other.json").write_text('{"format": "other"}', encoding="utf-8")
    document = json.loads(done("extract", ENERGY))
    document["edges"][0]["target"] = "nowhere"  # found only when the graph is checked
    (tmp_path / "dangling.json").write_text(json.dumps(document), encoding="utf-8")
    bad = [tmp_path / name for name in ("picture.txt", "broken.json", "other.json", "dangling.json")]
    run = suyin("load", *bad, SIX_UNITS, "--json", **env)
    assert run.returncode == 1
    assert {row["file"]: row["status"] for row in json.loads(run.stdout)} == {
        **dict.fromkeys(map(str, bad), "failed"),
        str(SIX_UNITS): "loaded",
    }
    assert all(sum(str(path) in line for line in run.stderr.splitlines()) == 1 for path in bad)
    assert json.loads(done("status", "--json", **env))["nodes"]["Report"] == 1


def test_a_report_without_problems_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text("关于召开年度工作会议的通知\n\n定于下周三上午召开年度工作会议。\n", encoding="utf-8")
    run = suyin("extract", path)
    assert run.returncode == 0
    document = json.loads(run.stdout)
    assert not [node for node in document["nodes"] if node["label"] == "Problem"]
    assert document["report"]["warnings"]
    assert run.stderr.startswith(f"suyin: {path}: warning: ")


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["extract"], "FILE"),
        (["nothing"], "nothing"),
        (["extract", ENERGY, SIX_UNITS], "--out"),
        (["extract", ENERGY, SIX_UNITS, "--out", "x", "--id", "r"], "--id"),
        (["extract", ENERGY, "--colour"], "--colour"),
        (["draw", ENERGY, "--lang", "fr"], "fr"),
        (["query", "causes-of-category", "finance"], "KEY=VALUE"),
        (["serve", "--port", "http"], "--port"),
    ],
)
def test_usage(args: list[object], word: str) -> None:
    line = mistake(*args, code=2)
    assert word in line
    assert "--help" in line


def test_out_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert str(tmp_path / "file") in mistake("extract", ENERGY, "--out", tmp_path / "file" / "out")


def test_out_where_a_document_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "energy-group.json").mkdir()
    run = suyin("extract", ENERGY, SIX_UNITS, "--out", tmp_path)
    assert run.returncode == 1
    assert str(tmp_path / "energy-group.json") in run.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["energy-group.json", "six-units.json"]


def test_two_documents_of_one_name(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "r.txt").write_bytes(ENERGY.read_bytes())
    line = mistake("extract", tmp_path / "a" / "r.txt", tmp_path / "b" / "r.txt", "--out", tmp_path / "out")
    assert "r.txt.json" in line


def test_map_that_cannot_be_written(tmp_path: Path) -> None:
    assert str(tmp_path) in mistake("draw", ENERGY, "-o", tmp_path)
    assert str(tmp_path / "no") in mistake("draw", ENERGY, "-o", tmp_path / "no" / "map.html")


def shell(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", command], capture_output=True, encoding="utf-8", timeout=300, check=False
    )


def test_a_reader_that_stops_reading() -> None:
    run = shell(f"'{SUYIN}' extract '{ENERGY}' | head -c 20")
    assert run.stdout == '{\n "format": "suyin.'
    assert run.stderr == ""


@pytest.mark.parametrize("target", [">&-", "> /dev/full"])
def test_standard_output_that_takes_nothing(target: str) -> None:
    run = shell(f"'{SUYIN}' extract '{ENERGY}' {target}")
    assert run.returncode == 1
    assert re.fullmatch(r"suyin: standard output: [^\n]+\n", run.stderr)


def test_neo4j_away() -> None:
    line = mistake("status", NEO4J_URI="bolt://127.0.0.1:1", NEO4J_PASSWORD="x")
    assert "bolt://127.0.0.1:1" in line
    assert "NEO4J_URI" in line


@pytest.mark.neo4j
def test_neo4j_with_a_wrong_password(neo4j_server: Neo4jServer) -> None:
    """As nobody: after some failures a server locks the user, and other tests use theirs."""
    line = mistake("status", NEO4J_URI=neo4j_server.uri, NEO4J_USER="nobody", NEO4J_PASSWORD="wrong")
    assert "NEO4J_PASSWORD" in line


@pytest.mark.parametrize("uri", ["localhost:7687", "http://localhost:7474", "bolt://"])
def test_neo4j_uri_that_is_none(uri: str) -> None:
    assert "NEO4J_URI" in mistake("status", NEO4J_URI=uri, NEO4J_PASSWORD="x")


def test_data_dir_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "SUYIN_DATA_DIR" in mistake("status", SUYIN_DATA_DIR=tmp_path / "file" / "store")


@pytest.mark.store
def test_query_that_is_none(tmp_path: Path) -> None:
    env = {"SUYIN_DATA_DIR": tmp_path}
    assert "causes-of-nothing" in mistake("query", "causes-of-nothing", **env)
    mistake("query", "MATCH (n RETURN n", **env)


def test_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert "--port" in mistake("serve", "--port", port, SUYIN_DATA_DIR=tmp_path)
