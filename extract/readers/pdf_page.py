"""One page of a PDF: its characters with their places, when it is held so that it can be read.

Units are points from the lower left corner of the page as it is held, y upwards.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from extract.readers.grid import Ruling, find_rulings
from extract.readers.layers import Run, visible_runs
from extract.readers.layout import Piece
from extract.text.characters import FORMS

#: Fonts often give for a character the sign of its dictionary section: ⼀ (U+2F00) for 一.
_RADICALS = {ord(sign): form for sign, form in FORMS.items() if "\u2e80" <= sign <= "\u2fd5"}
#: Blanks are seen by the gaps they leave.
_BLANK = frozenset(map(ord, "\0\t\n\r\x02 \xa0\u3000\u200b\ufeff\xad"))
#: What slants more than this, in degrees from level or upright, is a watermark.
_SLANT = 6.0
#: A page leans where its lines do, in radians: by less a line of text stays in its row.
_ASKEW = 0.003
#: A part of a page that is turned against the rest, such as a wide table, has as many characters or more.
_PART = 20


@dataclass(frozen=True, slots=True)
class View:
    """How a page is held: its visible box, and by how many quarter turns its text stands to the left."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0

    @property
    def height(self) -> float:
        return self.right - self.left if self.turn % 2 else self.top - self.bottom

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.turn % 2 else self.right - self.left

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 0:
            return x - self.left, y - self.bottom
        if self.turn == 1:
            return y - self.bottom, self.right - x
        if self.turn == 2:
            return self.right - x, self.top - y
        return self.top - y, x - self.left

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        (x, y), (u, v) = self.point(left, bottom), self.point(right, top)
        return min(x, u), min(y, v), max(x, u), max(y, v)


@dataclass(frozen=True, slots=True)
class Part:
    """What is read as a page: its characters, upright and level rulings, view; how many paths it has."""

    pieces: list[Piece]
    rulings: tuple[list[Ruling], list[Ruling]]
    view: View
    paths: int = 0


def read_parts(page: Any, number: int) -> list[Part]:
    """The page as it is read, and what is turned against it, each held upright; without watermarks."""
    whole = View(*page.get_bbox())
    runs = visible_runs(_runs(page, whole, number))
    sizes: Counter[int] = Counter()
    for run in runs:
        sizes[run.turn] += len(run.pieces)
    usual = max(sizes, key=sizes.__getitem__, default=0)
    lines = _lines(page)
    parts = []
    for turn in (usual, *(turn for turn, n in sorted(sizes.items()) if turn != usual and n >= _PART)):
        view = replace(whole, turn=turn)
        pieces = _straight([run for run in runs if run.turn == turn])
        rulings = find_rulings((*view.box(*bounds), drawn) for bounds, drawn in lines)
        parts.append(Part(pieces, rulings, view, len(lines)))
    return parts


def _straight(runs: Sequence[Run]) -> list[Piece]:
    """The characters of a page that lies askew as they stand when it lies straight."""
    pieces = [piece for run in runs for piece in run.pieces]
    lean = math.radians(median(run.lean for run in runs for _ in run.pieces)) if pieces else 0.0
    if abs(lean) < _ASKEW:
        return pieces
    cos, sin = math.cos(lean), math.sin(lean)
    at = [(piece.x * cos + piece.y * sin, piece.y * cos - piece.x * sin) for piece in pieces]
    return [replace(p, x=x, y=y, right=p.right + x - p.x) for p, (x, y) in zip(pieces, at, strict=True)]


def _runs(page: Any, whole: View, number: int) -> list[Run]:
    """The characters by the text objects that draw them, in the order of drawing."""
    from pypdfium2 import raw as pdfium

    textpage = page.get_textpage()
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    runs: dict[int | None, Run | None] = {}
    views = [replace(whole, turn=turn) for turn in range(4)]
    for i in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage, i)
        if code in _BLANK:
            continue
        drawn = pdfium.FPDFText_GetTextObject(textpage, i)
        key = ctypes.cast(drawn, ctypes.c_void_p).value
        if key not in runs:
            runs[key] = _run(pdfium, textpage, drawn, i)
        run = runs[key]
        if run is None:
            continue
        pdfium.FPDFText_GetCharOrigin(textpage, i, x, y)
        if not (whole.left <= x.value <= whole.right and whole.bottom <= y.value <= whole.top):
            continue  # cut off
        pdfium.FPDFText_GetLooseCharBox(textpage, i, box)
        view = views[run.turn]
        at, base = view.point(x.value, y.value)
        end = view.box(box.left, box.bottom, box.right, box.top)[2]
        text = _RADICALS.get(code) or chr(code)
        run.pieces.append(Piece(at, base, max(end, at), run.size, text, number))
    textpage.close()
    return [run for run in runs.values() if run is not None and run.pieces]


def _run(pdfium: Any, textpage: Any, drawn: Any, i: int) -> Run | None:
    """How the characters of a text object are drawn; None where they slant."""
    matrix = pdfium.FS_MATRIX()
    size = float(pdfium.FPDFText_GetFontSize(textpage, i))
    turn, lean = 0, 0.0
    if pdfium.FPDFText_GetMatrix(textpage, i, matrix):
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
        lean = (angle + 45) % 90 - 45
        if abs(lean) > _SLANT:
            return None
        turn = round(angle / 90) % 4
        size *= math.hypot(matrix.c, matrix.d)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn) if drawn else pdfium.FPDF_TEXTRENDERMODE_FILL
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    color = (0, 0, 0, 255)
    if drawn and pdfium.FPDFPageObj_GetFillColor(drawn, red, green, blue, alpha):
        color = (red.value, green.value, blue.value, alpha.value)
    hidden = mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP) or not color[3]
    return Run([], round(size, 1), turn, hidden, color, lean)


def _lines(page: Any) -> list[tuple[tuple[float, float, float, float], bool]]:
    """The box of each path that is drawn, and whether it has an outline."""
    from pypdfium2 import raw as pdfium

    stroked, filled = ctypes.c_int(), ctypes.c_int()
    boxes = []
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        pdfium.FPDFPath_GetDrawMode(path, filled, stroked)
        boxes.append((path.get_bounds(), bool(stroked.value)))
    return boxes
