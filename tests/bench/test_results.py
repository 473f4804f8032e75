"""The file of results: each measurement adds a line, and the page tells the latest of each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.pages import show, table
from bench.result_lines import RESULTS, latest
from bench.results import AIMS, figure, main, page, value


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "results.jsonl"
    monkeypatch.setenv(RESULTS, str(file))
    return file


def test_a_measurement_adds_a_line_with_its_tables_and_the_machine(results: Path) -> None:
    head, rows = (
        ("", "n", "against raw"),
        [("raw", "1,234", "1"), ("`load_many`, first load", "", "0.58 (0.5–0.6)")],
    )
    show(f"Some words:\n\n{table(head, rows)}\n\nMore.", "load", None)
    entry = json.loads(results.read_text(encoding="utf-8"))
    assert entry["tables"] == [{"columns": [*head], "rows": [[*row] for row in rows]}]
    assert entry["machine"]["cores"] > 0
    assert entry["machine"]["versions"]["suyin"]


def test_the_latest_of_each_counts(results: Path) -> None:
    for ratio in ("0.4", "0.8"):
        show(table(("", "ratio"), [("`jieba.cut` alone", "1"), ("Suyin, all", ratio)]), "speed", None)
    show(table(("look-up", "ratio"), [("a", "1.1"), ("b", "1.2"), ("c", "1.6")]), "lookups", None)
    found = latest(results)
    by_part = {aim.part: value(aim, found) for aim in AIMS}
    assert (by_part["speed"], by_part["lookups"], by_part["load"]) == (0.8, 1.2, None)
    assert "0.8, at least 0.75" in figure(found)
    assert "not measured" in figure(found)
    assert "| Suyin, all | 0.8 |" in page(found)
    assert "0.4" not in page(found)


def test_the_page_is_rebuilt(results: Path, tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    show(table(("", "ratio"), [("rules", "1.72 (1.66–1.85)")]), "jobs", None)
    main(["--docs", str(tmp_path)])
    assert "1.72" in (tmp_path / "images" / "benchmarks.svg").read_text(encoding="utf-8")
    assert "## jobs" in (tmp_path / "benchmarks.md").read_text(encoding="utf-8")
