"""What a file may hold, and how it is said that one cannot be read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from extract.model import SuyinError

#: 20 MB of text would be about ten million characters; what is larger is not one report.
MAX_BYTES = 20_000_000
#: Files with pictures and fonts in them may be so many times larger.
WITH_PICTURES = 10
#: The decoded text of one report, in characters.
MAX_CHARS = 10_000_000
#: A warning says so many characters of what it is about.
_SAID = 24
#: Markup of a text of that size, in bytes.
_MAX_MARKUP = 20 * MAX_CHARS


#: Readers call it with what they could not read, and where: one line each, in the findings' warnings.
Warn = Callable[[str], object]
#: Called with (pages of a scan that are read, pages in all).
Progress = Callable[[int, int], object]


class ReadError(SuyinError):
    """A file that cannot be read as a report; names the file and what to do."""


def shortened(text: str) -> str:
    """The first words of a text, for a warning that names it."""
    return text if len(text) <= _SAID else f"{text[: _SAID - 1]}…"


def check_size(size: int, *, name: str, limit: int, packed: bool = False) -> None:
    """Raise ReadError where `size` bytes are more than one report can be."""
    if size > limit:
        unpacked = " when unpacked" if packed else ""
        raise ReadError(
            f"{name}: {size / 1e6:.0f} MB{unpacked} is more than one report can be "
            f"(limit {limit / 1e6:.0f} MB); split it into one file a report"
        )


def check_package(raw: bytes, *, name: str) -> None:
    """Raise ReadError where an office file (.docx, .xlsx …) would unpack to more than a report can be."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = package.infolist()
    check_size(
        sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels", ".bin"))),
        name=name, limit=_MAX_MARKUP, packed=True,
    )  # fmt: skip
    check_size(sum(part.file_size for part in parts), name=name, limit=5 * _MAX_MARKUP, packed=True)
