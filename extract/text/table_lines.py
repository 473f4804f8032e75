"""Tables in plain text, as lines of cells parted by tabs: which cell names a problem, which what was done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.model import Cell
from extract.readers.entries import status_of_cell
from extract.readers.heads import find_head, label_of
from extract.readers.table_grid import Grid

_FORM = re.compile(
    r"^[ \u3000]*(?P<label>[^\s][^\t\n]{0,11})\t[\t \u3000]*(?P<words>[^\s][^\t\n]*)$", re.MULTILINE
)
_ROWS = re.compile(r"(?:^[^\t\n]*\t[^\t\n]*\t[^\n]*\n?){2,}", re.MULTILINE)
#: What the cells of a column say; those of the others (number, date, office) are no part of a statement.
_ROLES = {
    "problem": "problems",
    "detail": "problems",
    "cause": "causes",
    "advice": "recommendations",
    "measure": "measures",
    "done": "measures",
    "status": "status",
}
#: So long a cell of a table that lists no problems is prose, which may name some.
_PROSE = 60


def find_cells(text: str) -> tuple[Cell, ...]:
    """The cells of the tables in a text, in order: each of a list of problems, each row of other data."""
    if "\t" not in text:
        return ()
    return tuple(sorted([*_rows(text), *_forms(text)], key=lambda cell: cell.start))


def _cell(start: int, end: int, column: str | None, row: int, words: str) -> Cell:
    role = _ROLES.get(column or "", "aside") if row else "aside"
    status = status_of_cell(words) if column in ("status", "done") and row else None
    return Cell(start, end, "status" if status else role, row, start, status)


def _forms(text: str) -> Iterator[Cell]:
    """A form for each problem: lines of a label and what it says, parted by a tab."""
    lines = [(m, column) for m in _FORM.finditer(text) if (column := label_of(m["label"])[0])]
    if sum(column in ("problem", "detail") for _, column in lines) < 2:
        return
    row = 0
    for m, column in lines:
        row += column == "problem"
        yield Cell(*m.span("label"), "aside", row, m.start("label"))
        yield replace(_cell(*m.span("words"), column, row, m["words"]), label=m.span("label"))


def _rows(text: str) -> Iterator[Cell]:
    for block in _ROWS.finditer(text):
        lines = list(re.finditer(r"[^\n]+", block[0]))
        grid = Grid([line[0].split("\t") for line in lines])
        head = find_head(grid)
        if head is None:
            if max(len(cell) for row in grid for cell in row) < _PROSE:
                for line in lines:
                    start = block.start() + line.start() + len(line[0]) - len(line[0].lstrip())
                    yield Cell(start, block.start() + line.end(), "data", 0, start)
            continue
        labels: list[tuple[int, int] | None] = [None] * len(head.columns)
        for i, line in enumerate(lines[head.first :], head.first):
            at = block.start() + line.start()
            row = max(i - head.body + 1, 0)
            for j, (column, words) in enumerate(zip(head.columns, line[0].split("\t"), strict=False)):
                if words.strip():
                    start = at + len(words) - len(words.lstrip())
                    end = start + len(words.strip())
                    yield replace(_cell(start, end, column.role, row, words), label=labels[j])
                    if not row:
                        labels[j] = start, end
                at += len(words) + 1
