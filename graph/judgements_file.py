"""Writes the file of judgements: one writer at a time, and readers see the old file or the whole new one.

What stands in it is left as it stands, to the byte: people keep it by hand too, and under version control.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from extract.files import replacing
from graph.judgements import COLUMNS, JudgementError, Judgements, parse_judgements, read_judgements

#: Seconds to wait for another who writes.
_PATIENCE = 20
#: The same for a graph to follow it, which others may have to do before.
_LONG_PATIENCE = 120


def edit_judgements(path: Path, change: Callable[[str], str]) -> Judgements:
    """Give the file the text that `change` makes of its own, and return the judgements that it then has.

    Raises JudgementError where the file, as it is or as it would be, cannot be used; then it is left alone.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{path}.lock", timeout=_PATIENCE):
            read_judgements(path)  # says what is wrong with the file as it is
            old = path.read_bytes().decode() if path.exists() else ""
            mark = "\ufeff" if old.startswith("\ufeff") else ""  # by which Excel knows UTF-8
            text = change(old.removeprefix(mark))
            judgements = parse_judgements(text, where=str(path))
            with replacing(path) as part:
                part.write_text(mark + text, encoding="utf-8", newline="")
    except Timeout as err:
        raise JudgementError(f"{path}: another process is writing it; try again") from err
    except OSError as err:
        raise JudgementError(
            f"{path}: cannot be written ({err.strerror}); make room, check its permissions, "
            "or set SUYIN_JUDGEMENTS to another file"
        ) from err
    return judgements


@contextmanager
def following(path: Path) -> Iterator[Judgements]:
    """The judgements of the file as it is now, for whoever makes a graph follow them; one at a time.

    So no graph is made to follow an older state of the file after it followed a newer one.
    Raises JudgementError.
    """
    try:
        with FileLock(f"{path}.follow.lock", timeout=_LONG_PATIENCE):
            yield read_judgements(path)
    except Timeout as err:
        raise JudgementError(
            f"{path}: 判断已记下，图还没有跟上 is written, but others write the graph, "
            "which does not follow yet; suyin resolve --apply"
        ) from err


def add_line(text: str, cells: Mapping[str, str]) -> str:
    """The text of a file with a line more, and with the columns that it needs."""
    text = text if not text or text.endswith("\n") else f"{text}\n"
    reader = csv.reader(io.StringIO(text, newline=""))
    columns = [name.strip() for name in next((row for row in reader if any(row)), [])]
    rest = "".join(_lines(text)[reader.line_num :])
    needed = [name for name in (*COLUMNS, *cells) if name not in columns]
    if needed and (not columns or any(cells.get(name) for name in needed)):
        columns += needed
        text = _line(columns) + rest
    return text + _line([cells.get(name, "") for name in columns])


def drop_lines(text: str, numbers: set[int]) -> str:
    """The text of a file without the judgements of these lines (`Judgement.line`: its last one)."""
    lines = _lines(text)
    reader = csv.reader(io.StringIO(text, newline=""))
    kept, last = [], 0
    for _ in reader:
        if reader.line_num not in numbers:
            kept += lines[last : reader.line_num]
        last = reader.line_num
    return "".join(kept)


def _lines(text: str) -> list[str]:
    return list(io.StringIO(text, newline=""))  # as csv counts them


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()
