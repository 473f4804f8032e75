"""suyin query gives a table, CSV, JSON or Parquet, on the screen or into a file."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from extract.model import SuyinError
from graph.exports.answers import to_parquet
from tests.support.commands import UNIVERSITY, done, suyin
from tests.support.extras import need_extra

pytestmark = pytest.mark.usefixtures("stores_stay")

CATEGORIES = "MATCH (k:Category) RETURN k.code AS code, 1234.5 AS number, [k.name] AS names, null AS none ORDER BY code"


@pytest.fixture
def parquet() -> None:
    need_extra("parquet", "pyarrow")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    env = {"SUYIN_DATA_DIR": tmp_path_factory.mktemp("graph")}
    done("load", UNIVERSITY, **env)
    return env


def read_parquet(path: Path) -> Any:
    from pyarrow import parquet

    return parquet.read_table(path)


def test_csv_into_a_file_has_numbers_that_programs_read(graph: dict[str, Path], tmp_path: Path) -> None:
    assert "rows" in done("query", CATEGORIES, "--out", tmp_path / "a.csv", **graph)
    head, first, *_ = csv.reader((tmp_path / "a.csv").read_text("utf-8").splitlines())
    assert head == ["code", "number", "names", "none"]
    assert (first[1], first[3], json.loads(first[2])[0] != "") == ("1234.5", "", True)


def test_json_into_a_file_is_what_the_screen_shows(graph: dict[str, Path], tmp_path: Path) -> None:
    done("query", "category-counts", "--format", "json", "--out", tmp_path / "a.txt", **graph)
    assert (tmp_path / "a.txt").read_text("utf-8") == done("query", "category-counts", "--json", **graph)


@pytest.mark.usefixtures("parquet")
def test_parquet_keeps_numbers_and_lists(graph: dict[str, Path], tmp_path: Path) -> None:
    done("query", CATEGORIES, "-o", tmp_path / "a.parquet", **graph)
    table = read_parquet(tmp_path / "a.parquet")
    assert [str(field.type).split("<")[0] for field in table.schema] == ["string", "double", "list", "string"]
    assert table.to_pylist() == json.loads(done("query", CATEGORIES, "--json", **graph))


@pytest.mark.usefixtures("parquet")
def test_parquet_of_a_named_query_has_all_columns_with_the_ids(
    graph: dict[str, Path], tmp_path: Path
) -> None:
    done("query", "unit-dossier", "unit=临澜理工大学党委", "-f", "parquet", "-o", tmp_path / "a", **graph)
    assert "problem_id" in read_parquet(tmp_path / "a").column_names
    done("query", "unit-dossier", "unit=nobody", "-o", tmp_path / "none.parquet", **graph)
    none = read_parquet(tmp_path / "none.parquet")
    assert (none.num_rows, none.column_names) == (0, read_parquet(tmp_path / "a").column_names)


@pytest.mark.usefixtures("parquet")
def test_parquet_of_mixed_values_and_maps_is_json_text(tmp_path: Path) -> None:
    rows = [{"a": 1, "b": {"c": ["甲"]}, "d": True, "e": [1, 2.5]}, {"a": "x", "b": None, "d": None, "e": []}]
    (tmp_path / "a.parquet").write_bytes(to_parquet(["a", "b", "d", "e"], rows))
    assert read_parquet(tmp_path / "a.parquet").to_pylist() == [
        {"a": "1", "b": '{"c": ["甲"]}', "d": True, "e": [1.0, 2.5]},
        {"a": '"x"', "b": None, "d": None, "e": []},
    ]


def test_parquet_without_pyarrow_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(SuyinError, match=r"needs pyarrow.*make setup EXTRAS=.*parquet"):
        to_parquet(["a"], [{"a": 1}])


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--format", "parquet"], "--out FILE"),
        (["--out", "a.txt"], "--format csv, json or parquet"),
        (["--out", "no/such/folder/a.json"], "a.json: cannot be written"),
        (["--out", "no/such/folder/a.parquet"], "a.parquet: cannot be written"),
    ],
)
def test_a_mistake_is_one_line(options: list[str], says: str, graph: dict[str, Path]) -> None:
    if options[-1].endswith("parquet") and len(options[-1]) > 9:
        pytest.importorskip("pyarrow")
    run = suyin("query", "category-counts", *options, **graph)
    assert (run.returncode, run.stdout, run.stderr.count("\n")) == (1, "", 1)
    assert says in run.stderr


def test_formulas_in_csv_are_text_and_excel_is_told_the_encoding(
    graph: dict[str, Path], tmp_path: Path
) -> None:
    query = "RETURN '=HYPERLINK(1)' AS headline, '1.10' AS number, '-5' AS text, -5 AS value"
    assert (
        done("query", query, "--csv", **graph)
        == """headline,number,text,value\n"'=HYPERLINK(1)","1.10","-5",-5\n"""
    )
    done("query", query, "--excel", "--out", tmp_path / "a.csv", **graph)
    assert (tmp_path / "a.csv").read_bytes().decode("utf-8") == (
        """\ufeffheadline,number,text,value\n"'=HYPERLINK(1)","\t1.10","-5",-5\n"""
    )
    assert "--excel is for CSV" in suyin("query", query, "--excel", "--json", **graph).stderr


def test_what_the_graph_does_not_know_is_told_beside_the_answer(graph: dict[str, Path]) -> None:
    run = suyin("query", "MATCH (p:Probelm) RETURN p", "--json", **graph)
    assert (run.returncode, json.loads(run.stdout), "did you mean Problem?" in run.stderr) == (0, [], True)
    run = suyin("query", "unit-problems", "unit=临澜理工", "--json", **graph)
    assert (run.returncode, json.loads(run.stdout), "did you mean 临澜理工大学" in run.stderr) == (
        0,
        [],
        True,
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["x=1", "x=2"], "x is given twice"),
        (["=1"], "is not KEY=VALUE"),
        ([f"x={2**70}"], "must be below 2^63"),
        ([f"x={'[' * 3000}"], "nested too deeply"),
        (["x=\udcff"], "broken character"),
    ],
)
def test_a_wrong_parameter_is_one_line(arguments: list[str], says: str, graph: dict[str, Path]) -> None:
    run = suyin("query", "RETURN $x AS x", *arguments, **graph)
    assert (run.returncode in (1, 2), run.stdout, run.stderr.count("\n")) == (True, "", 1)
    assert says in run.stderr


def test_a_text_does_nothing_to_the_terminal(graph: dict[str, Path]) -> None:
    shown = done("query", r"RETURN 'a\u001b[31mb\u0007\u202e' AS x", **graph)
    assert "a␛[31mb␇\ufffd" in shown
