"""Drawings in Word files: which of them may hold words that are not read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_PLACE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
#: Smaller pictures are seals, logos and signs: in centimetres.
_WIDE, _HIGH = 8.0, 4.0
_SIZE = re.compile(r"(width|height)\s*:\s*([\d.]+)(pt|in|cm|mm)")
_IN_CM = {"pt": 2.54 / 72, "in": 2.54, "cm": 1.0, "mm": 0.1}


def is_unread(drawing: Element) -> bool:
    """Whether a w:drawing, w:pict or w:object is a large picture, a chart, a diagram or an embedded file."""
    if next(drawing.iter(f"{_OFFICE}OLEObject"), None) is not None:
        return True
    data = next(drawing.iter(f"{_MAIN}graphicData"), None)
    if data is not None and data.get("uri", "").endswith(("/chart", "/diagram")):
        return True
    extent = next(drawing.iter(f"{_PLACE}extent"), None)
    if extent is not None and next(drawing.iter(f"{_MAIN}blip"), None) is not None:
        return all(_cm(extent.get(key), least) for key, least in (("cx", _WIDE), ("cy", _HIGH)))
    for shape in drawing.iter(f"{_VML}shape"):
        if shape.find(f"{_VML}imagedata") is not None:
            size = {key: float(n) * _IN_CM[unit] for key, n, unit in _SIZE.findall(shape.get("style", ""))}
            return size.get("width", 0) >= _WIDE and size.get("height", 0) >= _HIGH
    return False


def _cm(emu: str | None, least: float) -> bool:
    return emu is not None and emu.isdecimal() and int(emu) / 360_000 >= least
