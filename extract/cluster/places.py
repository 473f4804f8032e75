"""Where reports are and partitions go: a folder that all machines see, or an fsspec address (s3://…)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from extract.model import SuyinError
from extract.readers import find_reports
from extract.readers.kinds import REPORT_SUFFIXES


class PlaceError(SuyinError):
    """An address that cannot be read or written; names it and the fix."""


def is_address(text: str) -> bool:
    """Is it more than a path of this machine?"""
    return "://" in text or "::" in text


def whole(place: str) -> str:
    """The place as another machine or process is to be told of it."""
    return place if is_address(place) else os.path.abspath(place)


def find_files(places: Sequence[str]) -> list[str]:
    """The reports in folders and archives of this machine, and the files at addresses. Raises PlaceError."""
    here = (report for place in places if not is_address(place) for report in find_reports(place))
    found = [*dict.fromkeys(map(os.path.abspath, here))]
    for place in filter(is_address, places):
        with _told(place):
            fs, path = fsspec.url_to_fs(place)
            names = sorted(fs.find(path)) if fs.isdir(path) else [path]
            found += [fs.unstrip_protocol(n) for n in names if _wanted(n)] or [place]
    return found


@contextmanager
def at_hand(file: str) -> Iterator[Path]:
    """A path by which the file can be read: its own, or that of a copy with its name. Raises PlaceError."""
    if not is_address(file):
        yield Path(file)
        return
    with TemporaryDirectory(prefix="suyin-") as folder:
        with _told(file):
            fs, path = fsspec.url_to_fs(file)
            copy = Path(folder, PurePosixPath(path).name)
            fs.get_file(path, str(copy))
        yield copy


class Folder:
    """A folder for partitions. Its files are there as a whole or not at all; all methods raise PlaceError."""

    def __init__(self, address: str) -> None:
        self.address = whole(address)
        with _told(address):
            self.fs, self.path = fsspec.url_to_fs(self.address)
            self.local = isinstance(self.fs, LocalFileSystem)

    def names(self, of: str, ending: str) -> list[str]:
        """Names without their ending of the files in one of its folders, sorted."""
        with _told(self.address):
            try:
                self.fs.invalidate_cache()
                found = self.fs.ls(f"{self.path}/{of}", detail=False)
            except FileNotFoundError:
                return []
        names = (PurePosixPath(str(path)) for path in found)
        return sorted(name.stem for name in names if name.suffix == ending and name.name[0] != ".")

    def write(self, name: str, data: bytes) -> None:
        with _told(self.address):
            path = f"{self.path}/{name}"
            if self.local:
                part = PurePosixPath(path).with_name(f".{PurePosixPath(path).name}-{os.getpid()}")
                self.fs.makedirs(str(part.parent), exist_ok=True)
                self.fs.pipe_file(str(part), data)
                os.replace(part, path)
            else:  # where an object is there when it is whole
                self.fs.pipe_file(path, data)

    def read(self, name: str) -> bytes | None:
        """None where there is none."""
        with _told(self.address), suppress(FileNotFoundError):
            return bytes(self.fs.cat_file(f"{self.path}/{name}"))
        return None

    def delete(self, name: str) -> None:
        with _told(self.address), suppress(FileNotFoundError):
            self.fs.rm_file(f"{self.path}/{name}")


def _wanted(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() in REPORT_SUFFIXES and not path.name.startswith((".", "~$"))


@contextmanager
def _told(place: str) -> Iterator[Any]:
    """What a library of another store says, as one line."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (ImportError, ValueError) as error:  # of a kind that nobody has installed, or that there is not
        raise PlaceError(
            f"{place}: cannot be opened ({error}); install what it names, also on the workers"
        ) from error
    except Exception as error:
        said = getattr(error, "strerror", None) or error
        raise PlaceError(
            f"{place}: cannot be read or written ({said}); check address and permissions"
        ) from error
