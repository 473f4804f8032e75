"""PDF files that hold text. The library gives characters with their places; the rest is geometry.

pypdfium2, and not pdf_oxide: version 0.3.78 of that mixed up the order of lines, took wrong widths for fonts
that are not embedded, and gave the characters of some fonts as bytes. PDFium's own text misplaces quotation
marks between fonts; their places are right.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from typing import Any

from extract.readers.fonts import use_own_font
from extract.readers.grid import find_grids
from extract.readers.layout import drop_running, find_gutters, order_page
from extract.readers.limits import Progress, ReadError, Warn
from extract.readers.paragraphs import write_pages
from extract.readers.pdf_fields import read_fields
from extract.readers.pdf_page import Part, View, read_parts
from extract.readers.scans import recognise, scan_page

_UNREADABLE = re.compile(r"[\0\ufffd-\uffff\ue000-\uf8ff]")
#: A page with a large picture and fewer characters than this is a picture of one; so are all pages that have
#: fewer on average.
_MIN_CHARS = 15
#: A picture with this share of its page is more than a seal.
_LARGE = 0.15
#: So many paths on a page without characters draw them.
_OUTLINES = 200
#: PDFium is not made for threads.
_ONE_AT_A_TIME = threading.Lock()


def read_pdf(raw: bytes, *, name: str, warn: Warn, progress: Progress | None = None) -> str:
    """The text of a PDF, one paragraph a line; `progress` is told of the pages of a scan. Raises ReadError.

    Lines are joined here, not later: only the page tells which of them ended at the margin.
    """
    with _ONE_AT_A_TIME, open_pdf(raw, name=name) as document:
        pages: list[_Page] = []
        try:
            for number in range(len(document)):
                pages.append(_read_page(document, number, warn))
        except (RuntimeError, OSError, ValueError) as err:
            raise ReadError(f"{name}: page {len(pages) + 1} is damaged; save it anew, or as .docx") from err
        parts = _recognise(document, pages, name=name, progress=progress, warn=warn)
    text = "".join(piece.text for part in parts for piece in part.pieces)
    if len(_UNREADABLE.findall(text)) > 0.2 * len(text):
        raise ReadError(f"{name}: its fonts do not say which characters they show; save it as .docx")
    heights = [part.view.height for part in parts]
    pieces = drop_running([part.pieces for part in parts], heights)
    found = [find_grids(page, *part.rulings) for page, part in zip(pieces, parts, strict=True)]
    gutters = find_gutters([rest for _, rest in found])
    one_column = not any(gutters)
    ordered = [
        order_page(rest, tables, x, part.view.width if one_column else 0.0)
        for (tables, rest), x, part in zip(found, gutters, parts, strict=True)
    ]
    return write_pages(ordered, max(heights, default=0.0), warn)


@dataclass(slots=True)
class _Page:
    """What is read of a page, and the share of it that pictures without text on them take."""

    parts: list[Part]
    drawn: float

    @property
    def is_empty(self) -> bool:
        return sum(len(piece.text) for part in self.parts for piece in part.pieces) < _MIN_CHARS


def _read_page(document: Any, number: int, warn: Warn) -> _Page:
    page = document[number]
    try:
        parts = read_parts(page, number)
        drawn = _drawn(page, parts[0])
        parts[0].pieces.extend(read_fields(document, page, parts[0].view, number, warn))
        return _Page(parts, drawn)
    finally:
        page.close()


def _drawn(page: Any, part: Part) -> float:
    """The share of the largest picture with few characters on it; 1 where lines draw the characters."""
    from pypdfium2 import raw as pdfium

    whole = part.view.width * part.view.height
    largest = 0.0
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = part.view.box(*picture.get_bounds())
        wide, high = min(right, part.view.width) - max(left, 0), min(top, part.view.height) - max(bottom, 0)
        if wide > 0 and high > 0 and wide * high > max(largest, _LARGE) * whole:
            inside = sum(left < piece.x < right and bottom < piece.y < top for piece in part.pieces)
            largest = wide * high / whole if inside < _MIN_CHARS else largest
    return 1.0 if part.paths > _OUTLINES and len(part.pieces) < _MIN_CHARS else largest


def _recognise(
    document: Any, pages: list[_Page], *, name: str, progress: Progress | None, warn: Warn
) -> list[Part]:
    """The parts of all pages; those of pages that are pictures are recognised. What is not is warned of."""
    chars = sum(len(piece.text) for page in pages for part in page.parts for piece in part.pieces)
    whole = chars < _MIN_CHARS * len(pages)
    scans = [i for i, page in enumerate(pages) if whole or (page.is_empty and page.drawn > _LARGE)]
    try:
        pictures = ((i, scan_page(document[i])) for i in scans)
        found = recognise(pictures, len(scans), name=name, progress=progress) if scans else {}
    except ReadError as error:
        if whole:
            raise
        for i in scans:
            warn(f"page {i + 1} is a picture that is not read: 第{i + 1}页是图片，未读入 ({error})")
        found = {}
    for i, page in enumerate(pages):
        if i in found:
            lines, height = found[i]
            page.parts = [Part(lines, ([], []), View(0.0, 0.0, document[i].get_width(), height))]
        elif i not in scans and page.drawn > _LARGE:
            warn(f"page {i + 1}: a picture is not read: 第{i + 1}页的图片未读入")
    return [part for page in pages for part in page.parts]


def open_pdf(raw: bytes, *, name: str) -> Any:
    """The document, to be closed. Raises ReadError."""
    import pypdfium2

    use_own_font()
    try:
        document = pypdfium2.PdfDocument(raw)
        document.init_forms()
    except pypdfium2.PdfiumError as err:
        if "password" in str(err).lower():
            raise ReadError(f"{name}: is protected by a password; save it without one") from err
        raise ReadError(f"{name}: is a damaged PDF file; get it anew or save it as .docx") from err
    if document.get_formtype() == pypdfium2.raw.FORMTYPE_XFA_FULL:
        document.close()
        raise ReadError(f"{name}: is a form that only Adobe's programs show (XFA); print it as PDF there")
    return document
