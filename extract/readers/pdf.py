"""PDF files that hold text. The library gives runs of characters with their places; the rest is geometry."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from statistics import median
from typing import Any

from extract.readers.grid import find_grids, find_rulings, join_tables
from extract.readers.layout import (
    Piece,
    body_size,
    drop_running,
    goes_on,
    order_page,
    split_notes,
)
from extract.readers.limits import ReadError
from extract.readers.tables import render_table

#: Fonts often give for a character the sign of its dictionary section: ⼀ (U+2F00) for 一. Unicode knows
#: which is meant for those from U+2F00 on; of the others these are in simplified use.
_RADICALS = {c: ord(unicodedata.normalize("NFKC", chr(c))) for c in range(0x2F00, 0x2FD6)}
_RADICALS |= str.maketrans(
    "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
    "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
)
_UNREADABLE = re.compile(r"[\ufffd\ue000-\uf8ff]")
#: A page with fewer characters than this on average is a picture of one.
_MIN_CHARS = 15


def read_pdf(raw: bytes, *, name: str) -> str:
    """The text of a PDF: a line for each of the page, an empty one between paragraphs. Raises ReadError."""
    import pdf_oxide

    pdf_oxide.disable_logging()  # it complains of each odd object on standard error
    try:
        document = pdf_oxide.PdfDocument.from_bytes(raw)
        if not document.authenticate(""):
            raise ReadError(f"{name}: is protected by a password; save it without one")
        count = int(document.page_count)
        pages = [_runs(document, number) for number in range(count)]
        rulings = [find_rulings(document.extract_paths(number)) for number in range(count)]
        height = max((document.page_media_box(number)[3] for number in range(count)), default=0.0)
    except (OSError, ValueError, RuntimeError) as err:
        raise ReadError(f"{name}: is a damaged PDF file; get it anew or save it as .docx") from err
    text = "".join(run.text for page in pages for run in page)
    if len(text.strip()) < _MIN_CHARS * count:
        raise ReadError(f"{name}: is a scan, pages without text; pip install 'suyin[ocr]' reads them")
    if len(_UNREADABLE.findall(text)) > 0.2 * len(text):
        raise ReadError(f"{name}: its fonts do not say which characters they show; save it as .docx")
    lines: list[list[Piece]] = []
    for runs, ruled in zip(drop_running(pages, height), rulings, strict=True):
        tables, rest = find_grids(runs, *ruled)
        lines.append(order_page(rest, tables))
    return _write(lines, height)


def _runs(document: Any, number: int) -> list[Piece]:
    return [
        Piece(s.bbox[0], s.bbox[1], s.bbox[0] + s.bbox[2], round(s.font_size, 1), _clean(s.text), number)
        for s in document.extract_spans(number)
        if s.text.strip()
    ]


def _clean(text: str) -> str:
    return text.translate(_RADICALS).replace("\0", "")


def _write(pages: list[list[Piece]], height: float) -> str:
    body = body_size(line for page in pages for line in page)
    lines: list[Piece] = []
    notes: list[Piece] = []
    for page in pages:
        text, foot = split_notes(page, body, height)
        lines += text
        notes += foot
    lines = join_tables(lines)
    leading = _leading(lines)
    out: list[str] = []
    for before, line in zip([None, *lines[:-1]], lines, strict=True):
        if before is not None and not goes_on(before, line, body=body, leading=leading):
            out.append("")
        out.append(render_table(line.rows) if line.rows else line.text)
    return "\n".join([*out, "", *(note.text for note in notes)]).strip() + "\n"


def _leading(lines: list[Piece]) -> float:
    """The usual distance of two lines."""
    steps = [a.y - b.y for a, b in pairwise(lines) if a.page == b.page and 0 < a.y - b.y < 5 * a.size]
    return median(steps) if steps else 0.0
