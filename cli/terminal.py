"""What the commands print: results on standard output, progress and complaints on standard error."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Self, TypeVar

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Column, Table
from rich.text import Text

from extract.model import SuyinError
from graph.exports.answers import to_json

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

#: A column that gets no more than this is hard to read, unless its texts are shorter.
_NARROW = 20
_out, _err = Console(highlight=False), Console(stderr=True, highlight=False)


def use_utf8() -> None:
    """Programs that read our output expect UTF-8, also where the system's own encoding is another.

    They also expect all of it or an error: Python's unbuffered output (PYTHONUNBUFFERED, as in a container)
    forgets what a full disk has not taken.
    """
    if isinstance(sys.stdout, io.TextIOWrapper) and isinstance(sys.stdout.buffer, io.RawIOBase):
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(sys.stdout.buffer), line_buffering=True)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def complain(message: object) -> None:
    """One line on standard error, whatever the message holds."""
    _err.print(Text("suyin: " + _visible(" ".join(str(message).split()))), soft_wrap=True)


def show(text: str) -> None:
    """Text and a line end to standard output, at once: a full disk is an OSError here and not at the exit."""
    if sys.stdout is None:
        raise SuyinError("standard output: it is closed; name a file to write to")
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def drop_output() -> None:
    """Forget what standard output did not take; Python would try it again at the exit and complain."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def show_json(value: Any) -> None:
    show(to_json(value))


def show_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A table, numbers to the right; one line a value where the terminal is too narrow for the columns."""
    cells = [
        [_visible("\n".join(map(_cell, value if isinstance(value, list) else [value]))) for value in row]
        for row in rows
    ]
    columns = [*map(_visible, columns)]
    widths = [max(map(cell_len, [name, *texts])) for name, *texts in zip(columns, *cells, strict=True)]
    if sum(min(width, _NARROW) + 3 for width in widths) > _out.width:
        indent = max(map(cell_len, columns)) + 2
        grid = Table.grid(Column(width=indent, style="bold"), Column(overflow="fold"))
        for row in cells:
            for name, text in zip(columns, row, strict=True):
                grid.add_row(Text(name), Text(text))
            grid.add_row()
        _print(grid)
        return
    table = Table(show_edge=False)
    for i, name in enumerate(columns):
        numbers = bool(rows) and all(isinstance(row[i], int | float) for row in rows)
        table.add_column(Text(name), justify="right" if numbers else "left", overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    _print(table)


def _print(what: RenderableType) -> None:
    with _out.capture() as page:
        _out.print(what)
    show(page.get().rstrip())


def working(text: str) -> AbstractContextManager[object]:
    """A turning sign while something takes its time; nothing where standard error is no terminal."""
    return _err.status(text)


@contextmanager
def counting(text: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that is told (done, of how many); none where standard error is no terminal."""
    with Progress(
        TextColumn(text),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=_err,
        transient=True,
        disable=not _err.is_terminal,
    ) as progress:
        task = progress.add_task(text)
        yield lambda done, total: progress.update(task, completed=done, total=total)


class _RateColumn(ProgressColumn):
    def render(self, task: Task) -> Text:
        """Over the whole run: what shares a transaction is done in one moment."""
        done = task.completed / task.elapsed if task.elapsed else 0
        return Text(f"{done:,.1f}/s")


class Bars:
    """Bars while many files, or the pages of a scan, are read; none where standard error is no terminal."""

    def __init__(self, console: Console = _err, *, rate: bool = False) -> None:
        """`rate`: tell also how many files are done in a second."""
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            *([_RateColumn()] if rate else []),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._pages: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def pages(self, read: int, total: int) -> None:
        """A page of a scan has been read: a bar of its own below that of the files."""
        self._progress.start()  # does nothing where it runs
        if self._pages is None:
            self._pages = self._progress.add_task("页 pages", total=total)
        self._progress.update(self._pages, completed=read, total=total)
        if read == total:
            self._end_pages()

    def for_each(self, items: Collection[K], work: Callable[[K], object]) -> dict[K, SuyinError]:
        """`work` on each item; returns the errors. An error is told at once; the others go on.

        Nothing else is kept: there may be a million.
        """
        failed: dict[K, SuyinError] = {}
        if len(items) > 1:
            self._progress.start()
        files = self._progress.add_task("文件 files", total=len(items), visible=len(items) > 1)
        for item in items:
            try:
                work(item)
            except SuyinError as error:
                complain(error)
                failed[item] = error
            self._end_pages()  # of a scan that failed half way
            self._progress.advance(files)
        self._progress.remove_task(files)
        return failed

    def _end_pages(self) -> None:
        if self._pages is not None:
            self._progress.remove_task(self._pages)
            self._pages = None


#: What would move the cursor, colour the screen or turn the order of characters, as a sign that is seen.
_CONTROLS = {code: 0x2400 + code for code in range(32) if code not in (9, 10)} | dict.fromkeys(
    [*range(0x7F, 0xA0), *range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD
)


def _visible(text: str) -> str:
    """For a terminal: a text of a report may hold what the terminal would obey."""
    return text if text.isprintable() else text.replace("\r\n", "\n").translate(_CONTROLS)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
