"""PDF files to try the reader on, drawn with a Chinese font that is not embedded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"


def draw(path: Path, page: Callable[[Canvas], None], **options: object) -> Path:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(path), **options)
    page(canvas)
    canvas.save()
    return path


def put(canvas: Canvas, x: float, y: float, text: str, size: float = 12) -> None:
    canvas.setFont(FONT, size)
    canvas.drawString(x, y, text)
