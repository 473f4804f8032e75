"""Text over text on a page: recognised characters under those of a scan, and watermarks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from extract.readers.layout import Piece

#: A color of which each part is above this is pale, of 255; or drawn with an opacity below.
_PALE, _OPACITY = 128, 180
#: Invisible text lies over other text where this share of its characters does.
_COVERED = 0.5
#: The size of the cells in which places are looked up, in points.
_CELL = 24.0
#: No page that is made to be read has so many in one.
_CROWDED = 200
#: Larger than the other text by this, and across it: a watermark in a dark color.
_LARGE = 1.8


@dataclass(slots=True)
class Run:
    """The characters of one text object: size, quarter turns to the left, and how they are drawn.

    `lean`: in degrees, what a page that was scanned askew adds to the turn.
    """

    pieces: list[Piece]
    size: float
    turn: int = 0
    hidden: bool = False
    color: tuple[int, int, int, int] = (0, 0, 0, 255)  # red, green, blue, opacity
    lean: float = 0.0

    @property
    def style(self) -> tuple[float, tuple[int, int, int, int]]:
        return self.size, self.color

    @property
    def pale(self) -> bool:
        return self.color[3] < _OPACITY or min(self.color[:3]) > _PALE


def visible_runs(runs: Sequence[Run]) -> list[Run]:
    """Without invisible text that lies over other text, and without watermarks.

    A program that recognises scans puts what it takes them to say invisibly over the picture. Where the page
    says something there itself, that counts; where it does not, the invisible text is that of the page, and
    of two such texts the first. A watermark is pale or large and lies across other text, or it is large and
    one sees through it.
    """
    shown = [run for run in runs if not run.hidden]
    if len(shown) < len(runs):
        places = _Places(shown)
        for run in (run for run in runs if run.hidden):
            if places.share(run) < _COVERED:
                shown.append(run)
                places.add(run)
    usual = median(p.size for run in shown for p in run.pieces) if shown else 0.0
    marks = [run.pale or run.size > _LARGE * usual for run in shown]
    if not any(marks):
        return shown
    text = _Places(run for run, mark in zip(shown, marks, strict=True) if not mark)
    gone = {
        run.style
        for run, mark in zip(shown, marks, strict=True)
        if mark and ((run.color[3] < _OPACITY and run.size > _LARGE * usual) or text.share(run))
    }
    return [run for run in shown if run.style not in gone]


class _Places:
    """Where characters stand, to ask whether others lie across them."""

    def __init__(self, runs: Iterable[Run]) -> None:
        self.cells: dict[tuple[int, int, int], list[tuple[float, float]]] = defaultdict(list)
        for run in runs:
            self.add(run)

    def add(self, run: Run) -> None:
        for piece in run.pieces:
            x, y = (piece.x + piece.right) / 2, piece.y + 0.4 * piece.size
            cell = self.cells[run.turn, int(x // _CELL), int(y // _CELL)]
            if len(cell) < _CROWDED:
                cell.append((x, y))

    def share(self, run: Run) -> float:
        """The share of the characters of `run` that lie across the middle of one of these."""
        return sum(self._across(run.turn, piece) for piece in run.pieces) / len(run.pieces)

    def _across(self, turn: int, piece: Piece) -> bool:
        low, high = piece.y, piece.y + 0.8 * piece.size
        return any(
            piece.x < x < piece.right and low < y < high
            for column in range(int(piece.x // _CELL), int(piece.right // _CELL) + 1)
            for row in range(int(low // _CELL), int(high // _CELL) + 1)
            for x, y in self.cells.get((turn, column, row), ())
        )
