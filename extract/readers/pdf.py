"""PDF files that hold text. The library gives characters with their places; the rest is geometry.

pypdfium2, and not pdf_oxide: version 0.3.78 of that mixed up the order of lines, took wrong widths for fonts
that are not embedded, and gave the characters of some fonts as bytes. PDFium's own text misplaces quotation
marks between fonts; their places are right.
"""

from __future__ import annotations

import re
import threading
from typing import Any

from extract.readers.fonts import use_own_font
from extract.readers.grid import find_grids
from extract.readers.layout import drop_running, find_gutters, order_page
from extract.readers.limits import ReadError, Warn
from extract.readers.paragraphs import write_pages
from extract.readers.pdf_fields import read_fields
from extract.readers.pdf_page import Part, View, read_parts
from extract.readers.scans import Progress, recognise, scan_page

_UNREADABLE = re.compile(r"[\0\ufffd-\uffff\ue000-\uf8ff]")
#: A page with fewer characters than this is a picture of one, where it holds a picture; all pages, where they
#: have fewer on average.
_MIN_CHARS = 15
#: PDFium is not made for threads.
_ONE_AT_A_TIME = threading.Lock()


def read_pdf(raw: bytes, *, name: str, warn: Warn, progress: Progress | None = None) -> str:
    """The text of a PDF, one paragraph a line; `progress` is told of the pages of a scan. Raises ReadError.

    Lines are joined here, not later: only the page tells which of them ended at the margin.
    """
    with _ONE_AT_A_TIME, open_pdf(raw, name=name) as document:
        pages: list[list[Part]] = []
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
    ordered = [
        order_page(rest, tables, x, part.view.width)
        for (tables, rest), x, part in zip(found, gutters, parts, strict=True)
    ]
    return write_pages(ordered, max(heights, default=0.0))


def _read_page(document: Any, number: int, warn: Warn) -> list[Part]:
    page = document[number]
    try:
        parts = read_parts(page, number)
        parts[0].pieces.extend(read_fields(document, page, parts[0].view, number, warn))
        return parts
    finally:
        page.close()


def _recognise(
    document: Any, pages: list[list[Part]], *, name: str, progress: Progress | None, warn: Warn
) -> list[Part]:
    """The parts of all pages; those of pages that are pictures are recognised, or warned of."""
    sizes = [sum(len(piece.text) for part in page for piece in part.pieces) for page in pages]
    whole = sum(sizes) < _MIN_CHARS * len(pages)
    scans = [i for i, size in enumerate(sizes) if whole or (size < _MIN_CHARS and _is_picture(document[i]))]
    if not scans:
        return [part for page in pages for part in page]
    pictures = ((i, scan_page(document[i])) for i in scans)
    try:
        found = recognise(pictures, len(scans), name=name, progress=progress)
    except ReadError as error:
        if whole:
            raise
        for i in scans:
            warn(f"page {i + 1} is a picture that is not read: 第{i + 1}页是图片，未读入 ({error})")
        found = {}
    for i, (lines, height) in found.items():
        pages[i] = [Part(lines, ([], []), View(0.0, 0.0, document[i].get_width(), height))]
    return [part for page in pages for part in page]


def _is_picture(page: Any) -> bool:
    """Whether a picture covers a third of the page or more."""
    from pypdfium2 import raw as pdfium

    left, bottom, right, top = page.get_bbox()
    return any(
        (min(x, right) - max(u, left)) * (min(y, top) - max(v, bottom)) > (right - left) * (top - bottom) / 3
        for u, v, x, y in (o.get_bounds() for o in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))
        if x > left and y > bottom
    )


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
