"""Tables in plain text, as lines of cells parted by tabs: which cell names a problem, which what was done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.readers.tables import find_columns

_ROWS = re.compile(r"(?:^[^\t\n]*\t[^\t\n]*\t[^\n]*\n?){2,}", re.MULTILINE)
#: What the cells of a column say; those of the others (number, date, office) are no part of a statement.
_ROLES = {
    "problem": "problems",
    "detail": "problems",
    "cause": "causes",
    "advice": "recommendations",
    "measure": "measures",
    "done": "measures",
    "status": "measures",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a list of problems: its offset in the text, its role, and its row (0 for the head)."""

    start: int
    end: int
    role: str
    row: int


def find_cells(text: str) -> Iterator[Cell]:
    """The cells of the lists of problems in a text, in order; other tables give none."""
    for block in _ROWS.finditer(text):
        lines = list(re.finditer(r"[^\n]+", block[0]))
        columns = find_columns([[cell.strip() for cell in line[0].split("\t")] for line in lines])
        if columns is None:
            continue
        names = {at: name for name, at in columns.at.items()}
        for row, line in enumerate(lines[columns.head :]):
            at = 0
            for column, words in enumerate(line[0].split("\t")):
                start = block.start() + line.start() + at
                at += len(words) + 1
                if words.strip():
                    role = _ROLES.get(names.get(column, ""), "process") if row else "process"
                    yield Cell(start, start + len(words), role, row)
