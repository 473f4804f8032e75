"""Ruled tables on a PDF page: cells from the lines that are drawn round them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.readers.layout import Piece, find_rows, join_row
from extract.readers.marks import ABOVE, LEFT

#: Two rulings this near to one another are one, in points.
_SAME = 3.0


@dataclass(frozen=True, slots=True)
class Ruling:
    """A drawn line: `at` is its x (upright) or y (level), from `low` to `high` in the other direction."""

    at: float
    low: float
    high: float


def find_rulings(
    boxes: Iterable[tuple[float, float, float, float, bool]],
) -> tuple[list[Ruling], list[Ruling]]:
    """(upright, level) rulings of what is drawn: (left, bottom, right, top, with an outline) of each path."""
    upright: list[Ruling] = []
    level: list[Ruling] = []
    for left, bottom, right, top, outlined in boxes:
        wide, high = right - left >= _SAME, top - bottom >= _SAME
        if high and not wide:
            upright.append(Ruling((left + right) / 2, bottom, top))
        elif wide and not high:
            level.append(Ruling((bottom + top) / 2, left, right))
        elif wide and high and outlined:
            upright += [Ruling(left, bottom, top), Ruling(right, bottom, top)]
            level += [Ruling(bottom, left, right), Ruling(top, left, right)]
    return upright, level


def find_grids(
    pieces: Sequence[Piece], upright: Sequence[Ruling], level: Sequence[Ruling]
) -> tuple[list[Piece], list[Piece]]:
    """The tables of a page, and the runs that stand in none."""
    grids: list[Piece] = []
    rest = list(pieces)
    for low, high in _bands(upright):
        inside = [r for r in upright if r.low < high and r.high > low]
        across = [r for r in level if low - _SAME <= r.at <= high + _SAME]
        xs, ys = _merge(r.at for r in inside), _merge(r.at for r in across)
        if len(xs) < 3 or len(ys) < 3:
            continue
        cells: dict[tuple[int, int], list[Piece]] = {}
        for piece in rest:
            x, y = (piece.x + min(piece.right, piece.x + 2 * piece.size)) / 2, piece.y + 0.4 * piece.size
            if xs[0] < x < xs[-1] and ys[0] < y < ys[-1]:
                lefts = _merge(r.at for r in inside if r.low - _SAME <= y <= r.high + _SAME and r.at <= x)
                tops = _merge(r.at for r in across if r.low - _SAME <= x <= r.high + _SAME and r.at >= y)
                column = _index(xs, lefts[-1]) if lefts else 0
                row = _index(ys, tops[0]) if tops else len(ys) - 1
                cells.setdefault((row, column), []).append(piece)
        if cells:
            taken = {id(p) for cell in cells.values() for p in cell}
            rest = [p for p in rest if id(p) not in taken]
            parted, levels = _by_place(xs, inside), _by_place(ys, across)
            rows = (
                tuple(
                    _cell(cells[row, column])
                    if (row, column) in cells
                    else LEFT
                    if column and not _drawn(parted[column], (ys[row - 1] + ys[row]) / 2)
                    else ABOVE
                    if row < len(ys) - 1 and not _drawn(levels[row], (xs[column] + xs[column + 1]) / 2)
                    else ""
                    for column in range(len(xs) - 1)
                )
                for row in range(len(ys) - 1, 0, -1)
            )
            page = next(iter(cells.values()))[0].page
            grids.append(Piece(xs[0], ys[-1], xs[-1], 0.0, "", page, rows=tuple(filter(any, rows))))
    return grids, rest


def _bands(upright: Iterable[Ruling]) -> list[tuple[float, float]]:
    """Stretches of the page, from the top, in which upright rulings follow without a break."""
    bands: list[tuple[float, float]] = []
    for r in sorted(upright, key=lambda r: -r.high):
        if bands and r.high >= bands[-1][0] - _SAME:
            bands[-1] = (min(bands[-1][0], r.low), bands[-1][1])
        else:
            bands.append((r.low, r.high))
    return bands


def _merge(values: Iterable[float]) -> list[float]:
    merged: list[float] = []
    for value in sorted(values):
        if not merged or value - merged[-1] > _SAME:
            merged.append(value)
    return merged


def _by_place(places: Sequence[float], rulings: Iterable[Ruling]) -> dict[int, list[Ruling]]:
    """The rulings at each of the places, by its index."""
    found: dict[int, list[Ruling]] = {i: [] for i in range(len(places))}
    for r in rulings:
        found[_index(places, r.at)].append(r)
    return found


def _drawn(rulings: Iterable[Ruling], at: float) -> bool:
    """Does one of the rulings reach over a place? Where none does, the cells on both sides are one."""
    return any(r.low - _SAME <= at <= r.high + _SAME for r in rulings)


def _index(values: Sequence[float], value: float) -> int:
    return max(bisect_right(values, value + _SAME) - 1, 0)


def _cell(pieces: Sequence[Piece]) -> str:
    return "".join(join_row(row).text for row in find_rows(pieces))
