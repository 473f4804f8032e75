"""Files that are written piece by piece and are there as a whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from extract.model import SuyinError


class ExportError(SuyinError):
    """A file that cannot be written; names it and the fix."""


@contextmanager
def part_of(path: Path) -> Iterator[Path]:
    """A path to write to, which takes the place of `path` where the block ends well. Raises ExportError."""
    part = path.with_name(f".{path.name[:40]}-{os.getpid()}.part")
    try:
        if path.is_dir():
            raise ExportError(f"{path}: is a folder; name a file")
        yield part
        part.replace(path)
    except OSError as err:
        raise ExportError(f"{path}: cannot be written ({err.strerror or err}); choose another place") from err
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Raises ExportError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        raise ExportError(f"{path}: cannot be made a folder ({err.strerror}); choose another") from err
