"""Scans and pictures, by optical character recognition: the extra `ocr`, slow, and not always right."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import cache
from statistics import median
from typing import Any

from extract.readers.layout import Piece, find_gutters, order_page
from extract.readers.limits import Progress, ReadError
from extract.readers.paragraphs import write_pages

_DPI = 200
_POINTS = 72 / _DPI
#: What the recogniser itself holds for less likely than this is a stain.
_SURE = 0.5


def recognise(
    pages: Iterable[tuple[int, Any]], count: int, *, name: str, progress: Progress | None = None
) -> dict[int, tuple[list[Piece], float]]:
    """By page number its lines and its height in points. Raises ReadError, also where nothing is recognised.

    `pages`: `count` numbers, each with its picture, an array of height × width × 3.
    """
    engine = _engine(name)
    found: dict[int, tuple[list[Piece], float]] = {}
    for number, picture in pages:
        found[number] = _lines(engine(picture), number, picture.shape[0]), picture.shape[0] * _POINTS
        if progress is not None:
            progress(len(found), count)
    if not any(lines for lines, _ in found.values()):
        raise ReadError(f"{name}: no characters were recognised in it; scan it sharper, with 300 dpi")
    return found


def scan_page(page: Any) -> Any:
    """A page of an open PDF as a picture."""
    return page.render(scale=_DPI / 72, rev_byteorder=True).to_numpy()[:, :, :3]


def read_picture(raw: bytes, *, name: str, progress: Progress | None = None) -> str:
    """The text of one picture file. Raises ReadError."""
    _engine(name)
    import numpy as np
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(raw)) as image:
            picture = np.asarray(image.convert("RGB"))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as err:
        raise ReadError(f"{name}: is a damaged picture; scan it anew") from err
    lines, height = recognise([(0, picture)], 1, name=name, progress=progress)[0]
    return write_pages([order_page(lines, (), find_gutters([lines])[0], picture.shape[1] * _POINTS)], height)


@cache
def _load() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error"})


def _engine(name: str) -> Any:
    try:
        return _load()
    except ImportError as err:
        raise ReadError(f"{name}: is a scan or picture; pip install 'suyin[ocr]' reads it") from err


def _lines(result: Any, number: int, height: int) -> list[Piece]:
    """Recognised lines as pieces in points, y upwards; sizes near the usual one are made equal."""
    if result.txts is None:
        return []
    boxes = [(box[:, 0].min(), box[:, 1].min(), box[:, 0].max(), box[:, 1].max()) for box in result.boxes]
    usual = median(bottom - top for _, top, _, bottom in boxes)
    pieces = []
    for (left, top, right, bottom), text, score in zip(boxes, result.txts, result.scores, strict=True):
        if score >= _SURE and text.strip():
            size = bottom - top
            near = 0.3 if len(text) >= 6 else 0.8  # boxes of few characters are loose
            size = usual if abs(size - usual) < near * usual else size
            x, y, end, size = (float(v) * _POINTS for v in (left, height - bottom, right, size))
            pieces.append(Piece(x, y, end, size, text.strip(), number))
    return pieces
