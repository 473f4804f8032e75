"""The font that PDFium measures by where a PDF embeds none, so that it never looks at those of the machine.

PDFium takes the boxes of such characters from the font that the machine has for them. Without a Chinese one
the boxes are empty, and of equal lines at one margin all but the first pass for a shadow of it and are
dropped: the same PDF would give other findings on another machine. Here every character has a box, half or
whole an em wide; what counts, the places of the characters, PDFium takes from the widths that the PDF states.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from typing import Any

_EM, _ASCENT, _DESCENT = 1000, 880, -120
#: The widths of the glyphs: for what is missing, for Chinese characters, for Latin ones.
_ADVANCES = (500, 1000, 500)
#: (first code point, last, glyph)
_GROUPS = ((0x20, 0x2FF, 2), (0x300, 0x10FFFF, 1))


@cache
def use_own_font() -> Any:
    """Give PDFium this font for all that are not embedded; the cache holds the record that it points to."""
    from pypdfium2 import raw as pdfium

    font = box_font()
    kinds = dict(pdfium.FPDF_SYSFONTINFO._fields_)

    def give(_: Any, __: Any, table: int, buffer: Any, size: int) -> int:
        if table:
            return 0  # the whole file only
        if buffer and size >= len(font):
            ctypes.memmove(buffer, font, len(font))
        return len(font)

    calls = {
        "MapFont": lambda *_: 1,
        "GetFontData": give,
        "GetFaceName": lambda *_: 0,
        "GetFontCharset": lambda *_: 1,
        "DeleteFont": lambda *_: None,
    }
    info = pdfium.FPDF_SYSFONTINFO(version=1, **{name: kinds[name](call) for name, call in calls.items()})
    pdfium.FPDF_SetSystemFontInfo(info)
    return info


@cache
def box_font() -> bytes:
    """A TrueType font of 400 bytes. Its glyphs are strokes of no thickness: boxes that draw nothing."""
    glyphs = [_glyph(width) for width in _ADVANCES]
    ends = [sum(map(len, glyphs[:i])) for i in range(len(glyphs) + 1)]
    groups = b"".join(struct.pack(">LLL", *group) for group in _GROUPS)
    count = len(glyphs)
    many_to_one = struct.pack(">HHLLL", 13, 0, 16 + len(groups), 0, len(_GROUPS)) + groups
    tables = {
        b"cmap": struct.pack(">HHHHL", 0, 1, 3, 10, 12) + many_to_one,
        b"glyf": b"".join(glyphs),
        b"head": struct.pack(">LLLLHHQQhhhhHHhhh", 0x10000, 0, 0, 0x5F0F3CF5, 0, _EM, 0, 0,
                             0, 0, _EM, _ASCENT, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">LhhhHhhhhhhhhhhhH", 0x10000, _ASCENT, _DESCENT, 0, _EM, 0, 0, _EM,
                             *[0] * 8, count),
        b"hmtx": b"".join(struct.pack(">Hh", width, 0) for width in _ADVANCES),
        b"loca": struct.pack(f">{len(ends)}L", *ends),
        b"maxp": struct.pack(">LHHHHHHHHHHHHHH", 0x10000, count, 2, 1, 0, 0, 1, *[0] * 8),
    }  # fmt: skip
    directory = struct.pack(">LHHHH", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64)
    at, body = 12 + 16 * len(tables), b""
    for tag, data in tables.items():
        padded = data + bytes(-len(data) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
        directory += tag + struct.pack(">LLL", checksum, at + len(body), len(data))
        body += padded
    return directory + body


def _glyph(width: int) -> bytes:
    """One stroke from corner to corner; narrower than the advance, since a wider box would count."""
    x, y = int(0.6 * width), int(0.8 * _EM)
    outline = struct.pack(">hhhhhHH", 1, 0, 0, x, y, 1, 0) + b"\1\1" + struct.pack(">hhhh", 0, x, 0, y)
    return outline + bytes(-len(outline) % 4)
