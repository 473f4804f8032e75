"""Files to sources. The only place that knows file formats and encodings.

The readers of formats, and their libraries, are imported where a file needs them: reading a .txt loads none.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from extract.model import Source
from extract.readers.archives import find_reports, read_member
from extract.readers.kinds import kind_of
from extract.readers.limits import (
    MAX_BYTES,
    MAX_CHARS,
    WITH_PICTURES,
    Progress,
    ReadError,
    Warn,
    check_size,
)
from extract.readers.marks import take_marks
from extract.readers.text import decode

__all__ = ["MAX_BYTES", "Progress", "ReadError", "find_reports", "read_bytes", "read_report", "read_reports"]


def read_report(
    path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES, progress: Progress | None = None
) -> Source:
    """Read one report file; the path may go through a ZIP archive (archive.zip/report.txt).

    `Source.text` is the text as decoded from the format: offsets refer to it. `max_bytes` is the limit for
    text files; ten times as much for formats with pictures. `progress` is told (pages read, pages in all) of
    a scan, which takes seconds a page. Raises ReadError that names the file and the fix.
    """
    path = Path(path)
    raw = read_bytes(path, max_bytes * WITH_PICTURES)
    kind = kind_of(raw, name=str(path), suffix=path.suffix.lower())
    if kind in ("txt", "csv", "html", "mhtml"):
        check_size(len(raw), name=str(path), limit=max_bytes)
    warnings: list[str] = []
    marked, encoding = _text(kind, raw, path, progress, warnings.append)
    text, cells = take_marks(marked) if kind != "txt" else (marked, ())
    if not text.strip():
        raise ReadError(f"{path}: the file holds no text; give a report with text in it")
    if len(text) > MAX_CHARS:
        raise ReadError(
            f"{path}: its text of {len(text):,} characters is more than one report can be; "
            "split it into one file a report"
        )
    sha256 = hashlib.sha256(raw).hexdigest()
    return Source(path.name, text, sha256, kind, encoding, tuple(warnings), cells)


def read_reports(
    path: str | os.PathLike[str], *, failed: Callable[[ReadError], object] | None = None
) -> Iterator[Source]:
    """All reports in a folder or ZIP archive, or the one file; `Source.name` tells the place in it.

    `failed` is told of each file that cannot be read, and the others follow; without it the first one raises.
    """
    path = Path(path)
    for report in find_reports(path):
        try:
            source = read_report(report)
        except ReadError as error:
            if failed is None:
                raise
            failed(error)
            continue
        name = (Path(path.name) / report.relative_to(path)).as_posix()
        yield replace(source, name=name)


def _text(kind: str, raw: bytes, path: Path, progress: Progress | None, warn: Warn) -> tuple[str, str]:
    """(text with the marks of its tables, encoding) of a file; of formats that fix their own it is utf-8.

    `warn` is told of what cannot be read, with its place.
    """
    name = str(path)
    if kind == "txt":
        return decode(raw, name=name)
    if kind in ("csv", "xlsx", "xls", "ods"):
        from extract.readers.sheets import read_csv, read_workbook

        if kind == "csv":
            return read_csv(raw, name=name, warn=warn)
        return read_workbook(raw, name=name, warn=warn), "utf-8"
    if kind in ("html", "mhtml"):
        from extract.readers.html import read_html, read_mhtml

        return (read_html if kind == "html" else read_mhtml)(raw, name=name, warn=warn)
    if kind == "pdf":
        from extract.readers.pdf import read_pdf

        return read_pdf(raw, name=name, progress=progress, warn=warn), "utf-8"
    if kind == "picture":
        from extract.readers.scans import read_picture

        return read_picture(raw, name=name, progress=progress), "utf-8"
    if kind == "docx":
        from extract.readers.docx import read_docx

        return read_docx(raw, name=name, warn=warn), "utf-8"
    if kind == "doc":
        from extract.readers.doc import read_doc

        return read_doc(raw, name=name, warn=warn), "utf-8"
    raise ReadError(f"{name}: is a ZIP archive without reports in it, or in another one; unpack it first")


def read_bytes(path: Path, limit: int) -> bytes:
    """The bytes of a file, also of one in an archive. Raises ReadError, also where there are none."""
    try:
        if path.is_dir():
            os.scandir(path).close()  # raises where the folder is closed to us
            raise ReadError(f"{path}: is a folder; give report files, or a folder that holds some")
        raw = read_member(path, limit=limit)
        if raw is None:
            check_size(path.stat().st_size, name=str(path), limit=limit)
            raw = path.read_bytes()
    except FileNotFoundError:
        raise ReadError(f"{path}: no such file; check the path") from None
    except OSError as err:
        raise ReadError(f"{path}: cannot be read ({err.strerror}); check the permissions") from err
    if not raw:
        raise ReadError(f"{path}: the file is empty; give a report with text in it")
    return raw
