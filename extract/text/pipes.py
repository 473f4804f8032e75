"""Tables of plain text whose cells are parted by `|`, as pages are copied: tabs are put for the signs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.readers.heads import column_of

#: Lines of several cells: 问题 | 整改情况 |, with or without a sign at either end.
_ROWS = re.compile(r"(?:^[^|\n]*\|[^|\n]*[^|\s][^\n]*(?:\n|\Z)){2,}", re.MULTILINE)
#: Lines of one cell each, with its sign behind it.
_CELLS = re.compile(r"(?:^[^|\n]+\|[ \t]*(?:\n|\Z)){4,}", re.MULTILINE)
#: The line below the head of a table in Markdown.
_RULE = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t:-]*\n", re.MULTILINE)
#: A table has so many columns at most.
_WIDEST = 10


def write_pipes(text: str) -> str:
    """The text with tabs between the cells of such tables, a line for each row."""
    if "|" not in text:
        return text
    text = _RULE.sub(lambda m: " " * len(m[0]), text)
    text = _CELLS.sub(lambda m: _in_rows(m[0]), text)
    return _ROWS.sub(lambda m: _parted(m[0]), text)


def _parted(block: str) -> str:
    """Rows of several cells; a sign at the start of a line parts nothing."""
    return re.sub(r"^([ \t]*)\|", r"\1 ", block, flags=re.MULTILINE).replace("|", "\t")


def _in_rows(block: str) -> str:
    """One cell a line -> one row a line, as wide as the head says; left alone where no head is known."""
    cells = block.split("|")[:-1]
    width = _width([cell.strip() for cell in cells])
    if not width:
        return block
    rows = [cells[i : i + width] for i in range(0, len(cells), width)]
    # each cell but the first of a row brings the end of the line before it
    joined = ("\t".join([row[0], *(cell.replace("\n", " ") for cell in row[1:])]) for row in rows)
    return "\t".join(joined) + "\t" + block[block.rindex("|") + 1 :]


def _width(cells: Sequence[str]) -> int:
    """How many columns: up to the last cell, of those at the start, that names one; more where only so all
    rows are whole. 0 where fewer than two name one."""
    named = [i for i, cell in enumerate(cells[:_WIDEST]) if column_of(cell)]
    while named and named[-1] >= 2 * len(named):
        named.pop()
    if len(named) < 2:
        return 0
    least = named[-1] + 1
    return next((w for w in range(least, least + 3) if len(cells) % w == 0), least)
