"""Files that are written piece by piece and are there as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extract.files import replacing
from extract.model import SuyinError


class ExportError(SuyinError):
    """A file that cannot be written; names it and the fix."""


@contextmanager
def part_of(path: Path) -> Iterator[Path]:
    """A path to write to, which takes the place of `path` where the block ends well. Raises ExportError."""
    if path.is_dir():
        raise ExportError(f"{path}: is a folder; name a file")
    try:
        with replacing(path) as part:
            yield part
    except OSError as err:
        raise ExportError(f"{path}: cannot be written ({err.strerror or err}); choose another place") from err


def make_folder(path: Path) -> None:
    """Raises ExportError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        raise ExportError(f"{path}: cannot be made a folder ({err.strerror}); choose another") from err
