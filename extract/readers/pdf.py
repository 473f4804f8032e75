"""PDF files that hold text. The library gives characters with their places; the rest is geometry.

pypdfium2, and not pdf_oxide: version 0.3.78 of that mixed up the order of lines, took wrong widths for fonts
that are not embedded, and gave the characters of some fonts as bytes. PDFium's own text misplaces quotation
marks between fonts; their places are right.
"""

from __future__ import annotations

import ctypes
import math
import re
import threading
import unicodedata
from typing import Any

from extract.readers.grid import Ruling, find_grids, find_rulings
from extract.readers.layout import Piece, drop_running, find_gutters, order_page
from extract.readers.limits import ReadError
from extract.readers.paragraphs import write_pages
from extract.readers.scans import Progress, read_pictures, scan_pages

#: Fonts often give for a character the sign of its dictionary section: ⼀ (U+2F00) for 一. Unicode knows
#: which is meant for those from U+2F00 on; of the others these are in simplified use.
_RADICALS = {c: unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)}
_RADICALS |= dict(zip(map(ord, "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰"),
                      "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙", strict=True))  # fmt: skip
_UNREADABLE = re.compile(r"[\0\ufffd-\uffff\ue000-\uf8ff]")
#: A page with fewer characters than this on average is a picture of one.
_MIN_CHARS = 15
#: PDFium is not made for threads.
_ONE_AT_A_TIME = threading.Lock()


def read_pdf(raw: bytes, *, name: str, progress: Progress | None = None) -> str:
    """The text of a PDF, one paragraph a line; `progress` is told of the pages of a scan. Raises ReadError.

    Lines are joined here, not later: only the page tells which of them ended at the margin.
    """
    with _ONE_AT_A_TIME, open_pdf(raw, name=name) as document:
        try:
            pages, rulings, heights = [], [], [0.0]
            for number in range(len(document)):
                page = document[number]
                pages.append(_characters(page, number))
                rulings.append(_rulings(page))
                heights.append(page.get_height())
                page.close()
        except (RuntimeError, OSError, ValueError) as err:
            raise ReadError(f"{name}: page {len(heights)} is damaged; save it anew, or as .docx") from err
    text = "".join(char.text for page in pages for char in page)
    if len(text) < _MIN_CHARS * len(pages):
        with _ONE_AT_A_TIME, open_pdf(raw, name=name) as document:
            return read_pictures(scan_pages(document), len(pages), name=name, progress=progress)
    if len(_UNREADABLE.findall(text)) > 0.2 * len(text):
        raise ReadError(f"{name}: its fonts do not say which characters they show; save it as .docx")
    height = max(heights)
    found = [
        find_grids(page, *ruled) for page, ruled in zip(drop_running(pages, height), rulings, strict=True)
    ]
    gutters = find_gutters([rest for _, rest in found])
    ordered = [order_page(rest, tables, x) for (tables, rest), x in zip(found, gutters, strict=True)]
    return write_pages(ordered, height)


def open_pdf(raw: bytes, *, name: str) -> Any:
    """The document, to be closed. Raises ReadError."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as err:
        if "password" in str(err).lower():
            raise ReadError(f"{name}: is protected by a password; save it without one") from err
        raise ReadError(f"{name}: is a damaged PDF file; get it anew or save it as .docx") from err


def _characters(page: Any, number: int) -> list[Piece]:
    """The upright characters of a page; slanting ones are watermarks."""
    from pypdfium2 import raw as pdfium

    textpage = page.get_textpage()
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    sizes: dict[int | None, float] = {}
    found: list[Piece] = []
    for i in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage, i)
        if code in _BLANK:
            continue
        run = ctypes.cast(pdfium.FPDFText_GetTextObject(textpage, i), ctypes.c_void_p).value
        if run not in sizes:
            sizes[run] = _size(pdfium, textpage, i)
        if not sizes[run]:
            continue
        pdfium.FPDFText_GetCharOrigin(textpage, i, x, y)
        pdfium.FPDFText_GetLooseCharBox(textpage, i, box)
        text = _RADICALS.get(code) or chr(code)
        found.append(Piece(x.value, y.value, max(box.right, x.value), sizes[run], text, number))
    textpage.close()
    return found


#: Blanks are seen by the gaps they leave.
_BLANK = frozenset(map(ord, "\0\t\n\r\x02 \xa0\u3000\u200b\ufeff\xad"))


def _size(pdfium: Any, textpage: Any, i: int) -> float:
    """The size in which a character is shown; 0 where it does not stand upright."""
    matrix = pdfium.FS_MATRIX()
    size = float(pdfium.FPDFText_GetFontSize(textpage, i))
    if not pdfium.FPDFText_GetMatrix(textpage, i, matrix):
        return round(size, 1)
    if abs(matrix.b) > 0.1 * abs(matrix.a):
        return 0.0
    return round(size * math.hypot(matrix.c, matrix.d), 1)


def _rulings(page: Any) -> tuple[list[Ruling], list[Ruling]]:
    from pypdfium2 import raw as pdfium

    stroked, filled = ctypes.c_int(), ctypes.c_int()
    boxes = []
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        pdfium.FPDFPath_GetDrawMode(path, filled, stroked)
        boxes.append((*path.get_bounds(), bool(stroked.value)))
    return find_rulings(boxes)
