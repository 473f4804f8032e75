"""Equations of Word (Office Math) as one line of text: 3.5×10⁴, (a+b)/2, √2."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.readers.raised import lowered, raised

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ONE = re.compile(r"[\w.,%√]*")


def write_equation(element: Element) -> str:
    """The text of m:oMath or of a part of one."""
    return "".join(_write(child) for child in element)


def _write(element: Element) -> str:
    kind = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    if kind == "t":
        return element.text or ""
    if kind in ("del", "moveFrom"):  # tracked changes, of the text round it
        return ""
    if kind in ("sSup", "sSub", "sSubSup", "nary"):
        below, above = lowered(_part(element, "sub")), raised(_part(element, "sup"))
        if kind == "nary":
            return (_sign(element, "chr") or "∫") + below + above + _part(element, "e")
        return _part(element, "e") + below + above
    if kind == "sPre":
        return lowered(_part(element, "sub")) + raised(_part(element, "sup")) + _part(element, "e")
    if kind == "f":
        return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"
    if kind == "rad":
        return f"{raised(_part(element, 'deg'))}√{_grouped(_part(element, 'e'))}"
    if kind == "d":
        inner = (_sign(element, "sepChr") or "|").join(write_equation(e) for e in element.iterfind(f"{M}e"))
        return f"{_sign(element, 'begChr', '(')}{inner}{_sign(element, 'endChr', ')')}"
    if kind in ("m", "eqArr"):
        return "；".join(write_equation(row) for row in element if row.tag in (f"{M}mr", f"{M}e"))
    return write_equation(element)


def _part(element: Element, tag: str) -> str:
    found = element.find(f"{M}{tag}")
    return write_equation(found) if found is not None else ""


def _grouped(text: str) -> str:
    return text if _ONE.fullmatch(text) else f"({text})"


def _sign(element: Element, tag: str, default: str = "") -> str:
    found = element.find(f"{M}{element.tag.removeprefix(M)}Pr/{M}{tag}")
    said: str = found.get(f"{M}val", "") if found is not None else default
    return said
