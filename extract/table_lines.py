"""Tables in plain text, as lines of cells parted by tabs: which cell names a problem, which what was done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.readers.tables import column_of, find_columns

#: Labels of a form that say nothing of the finding.
_ASIDE = re.compile(
    r"(?:整改|完成|办理|责任|牵头|验收|销号)?(?:时限|期限|时间|目标|责任人|领导|单位|标准|备注)"
)
_FORM = re.compile(r"^(?P<label>[^\t\n]{1,12})\t+(?P<words>[^\t\n]+)$", re.MULTILINE)
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


def find_cells(text: str) -> list[Cell]:
    """The cells of the lists of problems in a text, in order; other tables give none."""
    if "\t" not in text:
        return []
    return sorted([*_rows(text), *_forms(text)], key=lambda cell: cell.start)


def _forms(text: str) -> Iterator[Cell]:
    """A form for each problem: lines of a label and what it says, parted by a tab."""
    lines = [
        (m, name)
        for m in _FORM.finditer(text)
        if (name := column_of(m["label"]) or _ASIDE.fullmatch(m["label"]))
    ]
    if sum(name in ("problem", "detail") for _, name in lines) < 2:
        return
    row = 0
    for m, name in lines:
        row += name == "problem"
        role = _ROLES.get(name, "process") if row and isinstance(name, str) else "process"
        yield Cell(*m.span("label"), "process", row)
        yield Cell(*m.span("words"), role, row)


def _rows(text: str) -> Iterator[Cell]:
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
