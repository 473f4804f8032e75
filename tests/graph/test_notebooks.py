"""The notebooks run from first cell to last, on either store with the sample reports."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("nbclient", reason="the extra `notebook` is not installed")

import nbclient
import nbformat

from extract.pipeline import build_nlp, extract_report
from graph.load import load
from graph.store import GraphStore

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture
def samples(store: GraphStore, named: None) -> None:
    nlp = build_nlp()
    for path in sorted((ROOT / "samples" / "reports").glob("*.txt")):
        load(extract_report(path, nlp=nlp), store)


def outputs(notebook: Any, kind: str) -> list[str]:
    return [
        output["data"][kind]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if kind in output.get("data", {})
    ]


#: What matplotlib says of its plots on a machine without Chinese fonts, and the line of code that it quotes.
_NO_FONT = re.compile(r"Glyph \d+ .* missing from font|\.print_figure\(")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(path: Path, samples: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    notebook = nbformat.read(path, as_version=4)
    assert not [cell for cell in notebook.cells if cell.get("outputs")], "commit it without outputs"
    nbclient.NotebookClient(notebook, timeout=120).execute()  # raises where a cell does
    assert outputs(notebook, "image/png")
    tables = outputs(notebook, "text/html")
    assert tables
    assert all("<td>" in table for table in tables)
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if output.get("name") == "stderr":
                said = [line for line in output["text"].splitlines() if line and not _NO_FONT.search(line)]
                assert not said, output["text"]


def test_there_are_two() -> None:
    assert len(NOTEBOOKS) == 2
