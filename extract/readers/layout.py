"""The geometry of a PDF page: characters to lines, columns, running heads, footnotes, paragraphs.

Units are points, y grows upwards. Reading order is taken from the places of the lines: the order in which a
program drew them says nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from extract.readers.raised import lowered, raised

_MARGIN_ZONE = 0.12
#: Smaller than the rest of its line, and off it by a part of its size: raised or lowered.
_SMALL, _OFF_LINE = 0.8, 0.1
#: The text of a page is as wide as this, of the width between equal margins.
_LEAST_COLUMN = 0.6
#: Two places are one column's edge, in points.
_ALIGNED = 1.6
#: - 3 -, 第3页 共9页, 3/9, or what a browser prints: the address of the page and the hour
_PAGE_NUMBER = re.compile(
    r"[-—–·. ]*第?\s?\d{1,4}\s?(?:页|/\s?\d{1,4}|[，,\s]*共\s?\d+\s?页)*[-—–·. ]*"
    r"|(?:https?|file)://\S+(?:\s+\d+/\d+)?|\d{1,4}/\d{1,2}/\d{1,4}[, ]+\d{1,2}:\d\d(?: [AP]M)?.{0,80}"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands at one place: a character, a line of them, or a table."""

    x: float
    y: float
    right: float
    size: float
    text: str
    page: int = 0
    left: float = 0.0  # of its column
    margin: float = 0.0  # right margin of its column
    rows: tuple[tuple[str, ...], ...] = ()  # of a table


def find_rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """What stands on one line, from the top; within it from the left."""
    rows: list[list[Piece]] = []
    base: Piece | None = None
    for piece in sorted(pieces, key=lambda p: (-p.y, p.x)):
        if base is not None and abs(base.y - piece.y) < 0.5 * max(base.size, piece.size):
            rows[-1].append(piece)
            base = piece if piece.size > base.size else base  # a raised digit is no measure for its line
        else:
            rows.append([piece])
            base = piece
    for row in rows:
        row.sort(key=lambda p: p.x)
    return rows


def join_row(row: Sequence[Piece]) -> Piece:
    """The characters of a line as one. Blanks between Chinese ones are how a program spread them, and go."""
    text = ""
    base = max(row, key=lambda p: p.size)
    for before, piece in zip([None, *row[:-1]], row, strict=True):
        gap = piece.x - before.right if before is not None else 0.0
        if before is not None and gap > 2 * piece.size:
            text += "　"
        elif gap > 0.15 * piece.size and _latin(text[-1:]) and _latin(piece.text[:1]):
            text += " "
        text += _moved(piece, base) if piece.size < _SMALL * base.size else piece.text
    size = Counter({p.size: 0 for p in row})
    for p in row:
        size[p.size] += len(p.text.strip())
    return replace(row[0], right=max(p.right for p in row), size=size.most_common(1)[0][0], text=text.strip())


def _moved(piece: Piece, base: Piece) -> str:
    """A small character, raised or lowered where its place on the line says so: 10⁴."""
    off = (piece.y - base.y) / base.size
    return raised(piece.text) if off > _OFF_LINE else lowered(piece.text) if off < -_OFF_LINE else piece.text


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def order_page(
    pieces: Sequence[Piece], tables: Sequence[Piece], gutter: float | None, width: float
) -> list[Piece]:
    """Lines and tables of a page in reading order; two columns one after the other.

    `width`: of the page, where the document has one column; else 0.
    """
    rows = find_rows(pieces)
    if gutter is None:
        lines = [join_row(row) for row in rows]
        return sorted([*_with_margins(lines, width), *tables], key=lambda p: -p.y)
    ordered: list[Piece] = []
    left: list[Piece] = []
    right: list[Piece] = []

    def flush() -> None:
        for column in (left, right):
            ordered.extend(_with_margins(column))
            column.clear()

    for row in rows:
        if _crosses(row, gutter):
            flush()
            ordered += _with_margins([join_row(row)])
            continue
        for side, column in zip(_sides(row, gutter), (left, right), strict=True):
            if side:
                column.append(join_row(side))
    flush()
    for table in tables:  # stands before the first line that is below it in its column
        below = (
            i for i, p in enumerate(ordered) if p.y < table.y and p.x < table.right and table.x < p.right
        )
        at = next(below, len(ordered))
        ordered.insert(at, table)
    return ordered


def find_gutters(pages: Sequence[Sequence[Piece]]) -> list[float | None]:
    """For each page the x where the right one of two columns begins; None for one column.

    A last page with a few lines in its right column follows the other pages.
    """
    rows = [find_rows(page) for page in pages]
    gutters = [_gutter(page) for page in rows]
    usual = Counter(g for g in gutters if g is not None).most_common(1)
    for i, page in enumerate(rows):
        if gutters[i] is None and usual and _divides(usual[0][0], page, enough=1):
            gutters[i] = usual[0][0]
    return gutters


def _gutter(rows: Sequence[Sequence[Piece]]) -> float | None:
    pieces = [p for row in rows for p in row]
    if len(rows) < 8:
        return None
    low, high = min(p.x for p in pieces), max(p.right for p in pieces)
    starts = Counter(
        round(p.x)
        for row in rows
        for before, p in zip([None, *row[:-1]], row, strict=True)
        if 0.35 < (p.x - low) / (high - low) < 0.7 and not (before and _touch(before, p))
    )
    enough = max(6, 0.3 * len(rows))
    return next((x for x, _ in starts.most_common(5) if _divides(x, rows, enough)), None)


def _divides(x: float, rows: Sequence[Sequence[Piece]], enough: float) -> bool:
    return (
        sum(_begins(row, x) for row in rows) >= enough
        and sum(_crosses(row, x) for row in rows) <= 0.2 * len(rows)
        and all(_is_prose(column) for column in zip(*(_sides(row, x) for row in rows), strict=True))
    )


def _sides(row: Sequence[Piece], gutter: float) -> tuple[list[Piece], list[Piece]]:
    return [p for p in row if p.x < gutter - _ALIGNED], [p for p in row if p.x >= gutter - _ALIGNED]


def _begins(row: Sequence[Piece], gutter: float) -> bool:
    left, right = _sides(row, gutter)
    return bool(right) and right[0].x < gutter + _ALIGNED and not (left and _touch(left[-1], right[0]))


def _crosses(row: Sequence[Piece], gutter: float) -> bool:
    left, right = _sides(row, gutter)
    return bool(left and right) and _touch(left[-1], right[0])


def _touch(left: Piece, right: Piece) -> bool:
    return abs(right.x - left.right) < 0.3 * left.size


def _is_prose(column: Iterable[Sequence[Piece]]) -> bool:
    """Prose fills the width of its column; a list of names and figures does not."""
    lines = [line for line in column if line]
    widths = sorted(line[-1].right - line[0].x for line in lines)
    return bool(widths) and median(widths) >= 0.6 * widths[int(0.9 * (len(widths) - 1))]


def _with_margins(lines: Sequence[Piece], width: float = 0.0) -> list[Piece]:
    """Each with the margins of its column: where most lines begin, and where those that are long end.

    On a page of this `width` with one column, lines that are all short end before the margin.
    """
    if not lines:
        return []
    longest = max(line.right - line.x for line in lines)
    margin = median(line.right for line in lines if line.right - line.x >= 0.7 * longest)
    left = min(line.x for line in lines)
    for line in sorted(lines, key=lambda p: p.x):
        if sum(abs(other.x - line.x) < 0.5 * line.size for other in lines) >= 0.2 * len(lines):
            left = line.x
            break
    margin = max(margin, left + _LEAST_COLUMN * (width - 2 * left))
    return [replace(line, left=left, margin=margin) for line in lines]


def drop_running(pages: Sequence[Sequence[Piece]], heights: Sequence[float]) -> list[list[Piece]]:
    """Without page numbers, and heads and feet at one place of most pages (figures may differ)."""
    edges = [
        [row for row in find_rows(page) if _in_margin(row[0], height)]
        for page, height in zip(pages, heights, strict=True)
    ]
    seen = Counter(key for edge in edges for key in {_running_key(row) for row in edge})
    enough = max(2, 0.4 * len(pages))
    kept = []
    for page, edge in zip(pages, edges, strict=True):
        gone = {
            id(piece)
            for row in edge
            if seen[_running_key(row)] >= enough or _PAGE_NUMBER.fullmatch(join_row(row).text)
            for piece in row
        }
        kept.append([piece for piece in page if id(piece) not in gone])
    return kept


def _in_margin(piece: Piece, height: float) -> bool:
    return not _MARGIN_ZONE * height < piece.y < (1 - _MARGIN_ZONE) * height


def _running_key(row: Sequence[Piece]) -> tuple[str, int]:
    return re.sub(r"\d+", "#", re.sub(r"\s", "", join_row(row).text)), round(row[0].y / 6)
