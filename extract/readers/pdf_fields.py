"""What stands on a PDF page besides its text: values of form fields, typed remarks; notes are said."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

from extract.readers.layout import Piece
from extract.readers.limits import Warn, shortened
from extract.readers.pdf_page import View

#: The size of text that fills its field, in points.
_USUAL = 12.0
_CHECKED = "√"


def read_fields(document: Any, page: Any, view: View, number: int, warn: Warn) -> Iterator[Piece]:
    """The values of the page's form fields and its typed remarks, as lines at their places.

    Fields that are hidden are passed over. Notes that a viewer shows beside the page are warned of.
    """
    from pypdfium2 import raw as pdfium

    for i in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        text = ""
        if pdfium.FPDFAnnot_GetFlags(annotation) & _hidden(pdfium):
            pass
        elif kind == pdfium.FPDF_ANNOT_WIDGET and document.formenv:
            text = _value(pdfium, document.formenv, annotation)
        elif kind not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
            text = _string(lambda *to, a=annotation: pdfium.FPDFAnnot_GetStringValue(a, b"Contents", *to))
            if kind != pdfium.FPDF_ANNOT_FREETEXT and (said := " ".join(text.split())):
                warn(f"page {number + 1}: a note is not read: 批注未读入：{shortened(said)}")
                text = ""
        yield from _lines(pdfium, annotation, text, view, number)
        pdfium.FPDFPage_CloseAnnot(annotation)


def _hidden(pdfium: Any) -> int:
    return int(pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW)


def _value(pdfium: Any, form: Any, annotation: Any) -> str:
    """What a field shows: its text, the options chosen, or a tick."""
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON):
        return _CHECKED if pdfium.FPDFAnnot_IsChecked(form, annotation) else ""
    if kind in (pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX):
        chosen = [
            _string(lambda *to, k=k: pdfium.FPDFAnnot_GetOptionLabel(form, annotation, k, *to))
            for k in range(pdfium.FPDFAnnot_GetOptionCount(form, annotation))
            if pdfium.FPDFAnnot_IsOptionSelected(form, annotation, k)
        ]
        if chosen:
            return "、".join(chosen)
    if kind in (pdfium.FPDF_FORMFIELD_PUSHBUTTON, pdfium.FPDF_FORMFIELD_SIGNATURE):
        return ""
    return _string(lambda *to: pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, *to))


def _string(get: Callable[..., int]) -> str:
    """What a function of PDFium writes as UTF-16, which is asked for the size first."""
    from pypdfium2 import raw as pdfium

    size = get(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    get(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", errors="replace")


def _lines(pdfium: Any, annotation: Any, text: str, view: View, number: int) -> Iterator[Piece]:
    """The lines of a text in the box of its annotation; a single one stands in the middle of it."""
    box = pdfium.FS_RECTF()
    lines = [line.strip() for line in text.replace("\r", "\n").split("\n") if line.strip()]
    if not lines or not pdfium.FPDFAnnot_GetRect(annotation, box):
        return
    left, bottom, right, top = view.box(box.left, box.bottom, box.right, box.top)
    step = min((top - bottom) / len(lines), 1.5 * _USUAL)
    size = min(_USUAL, 0.8 * step)
    first = (top + bottom) / 2 - 0.35 * size if len(lines) == 1 else top - size
    for i, line in enumerate(lines):
        yield Piece(left, first - i * step, min(right, left + size * len(line)), size, line, number)
