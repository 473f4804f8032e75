"""Which format a file is in: its content decides, its name only where the content cannot."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

from extract.readers.limits import ReadError

#: What is looked for in folders and archives. Those that cannot be read are named, with the fix.
PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"})
REPORT_SUFFIXES = PICTURE_SUFFIXES | {
    *(".txt", ".text", ".md", ".docx", ".docm", ".dotx", ".dotm", ".doc", ".wps", ".rtf", ".pdf", ".ofd"),
    *(".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"),
    *(".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".zip", ".rar", ".7z"),
}

_PICTURES = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"BM": "a bitmap picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
}
_OTHERS = {
    b"{\\rtf": ("an RTF file", "save it as .docx"),
    b"\x1f\x8b": ("a gzip archive", "unpack it first"),
    b"Rar!": ("a RAR archive", "unpack it first"),
    b"7z\xbc\xaf": ("a 7z archive", "unpack it first"),
    b"\x7fELF": ("a program", "give a report"),
    b"MZ": ("a program", "give a report"),
}
#: Marker among the names in a ZIP archive -> format; the first that is there.
_OFFICE = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsx",
    "content.xml": "ods",
    "ppt/presentation.xml": "pptx",
    "ofd.xml": "ofd",
}
#: What every package of Office has.
_PACKAGE = frozenset({"[content_types].xml", "_rels/.rels"})
_OFFICE_REFUSED = {
    "pptx": ("a PowerPoint file", "save its text as .docx"),
    "odt": ("an OpenDocument text", "save it as .docx"),
    "ofd": ("an OFD file", "save it as PDF or .docx"),
}
_MIME_PAGE = re.compile(
    rb"^Content-Type:\s*(?:multipart/(?:related|mixed|alternative)|text/html)", re.IGNORECASE | re.MULTILINE
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,1000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|div|table|p)\b",
    re.IGNORECASE | re.DOTALL,
)


def kind_of(raw: bytes, *, name: str, suffix: str) -> str:
    """txt, csv, html, mhtml, docx, doc, pdf, xlsx, xls, ods, picture or zip.

    Raises ReadError that names what else the file is.
    """
    head = raw[:4096]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed_kind(raw, name)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _ole_kind(raw, name)
    for magic, what in _PICTURES.items():
        if head.startswith(magic) and (len(magic) > 2 or b"\x00" in head[:64]):
            if suffix in PICTURE_SUFFIXES:
                return "picture"
            raise ReadError(f"{name}: is {what}, not text; convert it to a .txt file first")
    for magic, (what, fix) in _OTHERS.items():
        if head.startswith(magic) and (len(magic) > 2 or b"\x00" in head[:64]):
            raise ReadError(f"{name}: is {what}, not text; {fix}")
    text = head.removeprefix(b"\xef\xbb\xbf")
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = text[2:].replace(b"\x00", b"")
    if _MIME_PAGE.search(text) and re.search(rb"^MIME-Version:", text, re.I | re.M):
        return "mhtml"
    if b'progid="Word.Document"' in text:
        raise ReadError(f"{name}: is a Word 2003 XML file; save it as .docx")
    if _HTML.match(text) or (suffix in (".html", ".htm", ".shtml", ".xhtml") and b"</" in raw):
        return "html"
    return "csv" if suffix in (".csv", ".tsv") else "txt"


def office_kind(names: Iterable[str]) -> str | None:
    """The format of a ZIP archive that is one document; None for an archive of files."""
    found = {name.replace("\\", "/").lower() for name in names}  # as some programs write them
    kind = next((kind for marker, kind in _OFFICE.items() if marker in found), None)
    if kind is None and not found.isdisjoint(_PACKAGE):
        # the main part may have another name, such as word/document2.xml
        folders = {name.partition("/")[0] for name in found}
        return "docx" if "word" in folders else "xlsx" if "xl" in folders else None
    return kind if kind != "ods" or "mimetype" in found else None


def _packed_kind(raw: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            kind = office_kind(archive.namelist())
            if kind == "ods" and b"spreadsheet" not in archive.read("mimetype"):
                kind = "odt"
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as err:
        raise ReadError(
            f"{name}: is a ZIP archive (DOCX, XLSX …) that is cut off or damaged; get it anew"
        ) from err
    if kind in _OFFICE_REFUSED:
        what, fix = _OFFICE_REFUSED[kind]
        raise ReadError(f"{name}: is {what}; {fix}")
    return kind or "zip"


def _ole_kind(raw: bytes, name: str) -> str:
    """Old Office files name their streams in UTF-16."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in raw

    if holds("EncryptedPackage"):
        raise ReadError(f"{name}: is protected by a password; save it without one")
    if holds("WordDocument"):
        return "doc"
    if holds("Workbook") or holds("Book\0"):
        return "xls"
    raise ReadError(f"{name}: is an old Office file that is no text and no table; save it as .docx")
