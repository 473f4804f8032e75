"""The cells of a table, of rows of one length, and the words that each place shows where cells are merged."""

from __future__ import annotations

from collections.abc import Sequence

from extract.readers.marks import ABOVE, LEFT, UNREAD, without_marks

Rows = Sequence[Sequence[str]]


class Grid(list[list[str]]):
    """Rows of one length, without blanks around cells; LEFT and ABOVE stay, for merged cells, and UNREAD."""

    def __init__(self, rows: Rows) -> None:
        width = max(map(len, rows), default=0)
        super().__init__([*map(_bare, row), *[""] * (width - len(row))] for row in rows)
        self._shown: list[list[str]] = []
        for row in self:
            shown: list[str] = []
            for j, cell in enumerate(row):
                if cell == LEFT:
                    shown.append(shown[j - 1] if j else "")
                elif cell == ABOVE:
                    shown.append(self._shown[-1][j] if self._shown else "")
                else:
                    shown.append(cell)
            self._shown.append(shown)

    def shown(self, i: int, j: int) -> str:
        """The words that a reader sees in row `i` and column `j`: those of the merged cell that covers it."""
        return self._shown[i][j]


def _bare(cell: str) -> str:
    return cell if cell in (LEFT, ABOVE, UNREAD) else without_marks(cell).strip()
