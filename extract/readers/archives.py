"""Folders and ZIP archives: which reports are in them, and the bytes of one in an archive.

A report in an archive has a path that goes through it: archive.zip/2023/report.txt.
"""

from __future__ import annotations

import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath

from extract.readers.kinds import REPORT_SUFFIXES, office_kind
from extract.readers.limits import ReadError, check_size

_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
#: A browser puts the pictures and scripts of a saved page into such a folder.
_PAGE_FILES = re.compile(r"(?:_files|\.files|_文件)$")


def find_reports(path: str | os.PathLike[str], *, also: frozenset[str] = frozenset()) -> Iterator[Path]:
    """The reports in a folder or ZIP archive, by name; of any other path, and an empty one, itself.

    `also`: further endings (".json") of files to find in folders, which are no archives.
    Does not raise: what cannot be read, a folder too, says so when it is.
    """
    path = Path(path)
    found = False
    for report in _in_folder(path, also) if os.path.isdir(path) else _in_archive(path):  # Path's may raise
        found = True
        yield report
    if not found:
        yield path


def _in_folder(folder: Path, also: frozenset[str]) -> Iterator[Path]:
    closed: list[Path] = []
    for place, folders, files in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = sorted(f for f in folders if _wanted(f) and not _PAGE_FILES.search(f))
        for file in sorted(files):
            path = Path(place, file)
            if _wanted(file) and path.suffix.lower() in REPORT_SUFFIXES | also:
                yield from find_reports(path)
    yield from closed


def _in_archive(path: Path) -> Iterator[Path]:
    try:
        archive = _open(path)
    except ReadError:
        return
    if archive is not None and office_kind(archive.infos) is None:
        for name in sorted(archive.infos):
            parts = PurePosixPath(name)
            if (
                all(map(_wanted, parts.parts))
                and not any(map(_PAGE_FILES.search, parts.parts[:-1]))
                and parts.suffix.lower() in REPORT_SUFFIXES
            ):
                yield path / name


def _wanted(name: str) -> bool:
    """No hidden files, no locks of Word (~$…), no leavings of macOS."""
    return not name.startswith(("~$", "__MACOSX")) and not (name.startswith(".") and name != "..")


class Archive:
    """An open ZIP archive. `infos`: its files by the name that a person reads, without a leading slash."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.zip = zipfile.ZipFile(path)
        self.infos: dict[str, zipfile.ZipInfo] = {}
        self.unsafe: set[str] = set()
        for info in self.zip.infolist():
            if info.is_dir() or stat.S_ISLNK(info.external_attr >> 16):
                continue
            said = member_name(info)
            name = PurePosixPath(re.sub(r"^(?:[A-Za-z]:)?/+", "", said)).as_posix()
            self.infos[name] = info
            if name != PurePosixPath(said).as_posix() or ".." in PurePosixPath(name).parts:
                self.unsafe.add(name)

    def read(self, name: str, *, limit: int) -> bytes:
        """The bytes of one file. Raises ReadError."""
        shown = f"{self.path}/{name}"
        if name not in self.infos:
            raise ReadError(f"{shown}: no such file in the archive; check the name")
        if name in self.unsafe:
            raise ReadError(f"{shown}: its name leads out of the archive; pack it anew with plain names")
        info = self.infos[name]
        if info.flag_bits & _ENCRYPTED:
            raise ReadError(f"{shown}: is encrypted; unpack the archive with its password first")
        check_size(info.file_size, name=shown, limit=limit, packed=True)
        try:
            return self.zip.read(info)  # never gives more than file_size
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as err:
            raise ReadError(f"{shown}: is damaged in the archive; get the archive anew") from err
        except NotImplementedError as err:
            raise ReadError(f"{shown}: is packed in a way that is not known here; unpack it first") from err


def member_name(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: Chinese Windows writes GBK, without saying so."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/").partition("\0")[0]


def read_member(path: Path, *, limit: int) -> bytes | None:
    """The bytes of a report whose path goes through an archive; None where it goes through none."""
    for parent in reversed(path.parents):
        if parent.is_file():
            archive = _open(parent)
            if archive is None:
                return None
            return archive.read(path.relative_to(parent).as_posix(), limit=limit)
    return None


def _open(path: Path) -> Archive | None:
    """None where the file is no archive. Raises ReadError where it cannot be opened."""
    try:
        at = path.stat()
        return _opened(path, at.st_mtime_ns, at.st_size)
    except OSError:
        return None
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as err:
        raise ReadError(f"{path}: is a damaged ZIP archive; get it anew") from err


@lru_cache(maxsize=1)
def _opened(path: Path, mtime_ns: int, size: int) -> Archive | None:
    """The last archive stays open: its directory is read once for all its reports."""
    with path.open("rb") as file:
        if file.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
            return None
    return Archive(path)
