"""A file is written whole or not at all: who reads it sees the old one or the new one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[Path]:
    """A path to write to, which takes the place of `path` where the block ends well, and else is gone.

    Behind a link the file is replaced and not the link. `private`: for its owner's eyes only, from the first
    moment. Raises OSError.
    """
    path = path.resolve()
    # a part of the name, which may be as long as the file system allows
    part = path.with_name(f".{path.name[:40]}-{os.getpid()}.part")
    try:
        if private:
            part.unlink(missing_ok=True)
            os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield part
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
