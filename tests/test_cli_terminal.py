"""Bars on a terminal, and none elsewhere."""

from __future__ import annotations

import io

from rich.console import Console

from cli.terminal import Bars
from extract.model import SuyinError


def console(*, terminal: bool) -> Console:
    return Console(file=io.StringIO(), force_terminal=terminal, width=100, color_system=None)


def said(screen: Console) -> str:
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue()


def work(item: int) -> int:
    if item == 2:
        raise SuyinError("2: is even; give 3")
    return item * 10


def test_errors_are_given_back_and_the_others_go_on() -> None:
    done: list[int] = []
    with Bars(console(terminal=False)) as bars:
        failed = bars.for_each([1, 2, 3], lambda item: done.append(work(item)))
    assert done == [10, 30]
    assert [str(error) for error in failed.values()] == ["2: is even; give 3"]


def test_the_rate_on_a_terminal() -> None:
    screen = console(terminal=True)
    with Bars(screen, rate=True) as bars:
        bars.for_each([1, 3], work)
    assert "/s" in said(screen)


def test_files_and_pages_on_a_terminal() -> None:
    screen = console(terminal=True)

    def scan(item: int) -> None:
        for page in range(1, 4):
            bars.pages(page, 7)
            bars._progress.refresh()
        if item == 1:
            raise SuyinError("1: is torn; scan it anew")
        for page in range(4, 8):
            bars.pages(page, 7)

    with Bars(screen) as bars:
        bars.for_each([1, 2], scan)
        assert not bars._progress.tasks
    assert "文件 files" in said(screen)
    assert "页 pages" in said(screen)
    assert "3/7" in said(screen)
    assert "1/2" in said(screen)


def test_pages_of_one_file() -> None:
    screen = console(terminal=True)
    with Bars(screen) as bars:
        bars.pages(1, 2)
        bars._progress.refresh()
    assert "1/2" in said(screen)
    assert "files" not in said(screen)


def test_one_text_file_needs_no_bar() -> None:
    screen = console(terminal=True)
    with Bars(screen) as bars:
        bars.for_each([1], work)
    assert said(screen) == ""


def test_nothing_where_it_is_no_terminal() -> None:
    screen = console(terminal=False)
    with Bars(screen) as bars:
        bars.pages(1, 2)
        bars.for_each([1, 3], work)
    assert said(screen) == ""
