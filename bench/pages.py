"""What the measurements say, as Markdown: printed, or put into a page between its two markers."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.result_lines import RESULTS, add
from extract.model import SuyinError


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    return "\n".join(lines)


def parser(command: str, description: str | None) -> argparse.ArgumentParser:
    """A parser for one measurement, with the option that all have."""
    made = argparse.ArgumentParser(prog=f"python -m bench {command}", description=description)
    made.add_argument("--write", type=Path, metavar="FILE", help="put the result into this Markdown file")
    return made


def show(content: str, part: str, page: Path | None) -> None:
    """Print a result, and put it into a page where one is given, and into the file of results."""
    print(content)
    if results := os.environ.get(RESULTS):
        add(part, content, Path(results))
    if page is not None:
        page.write_text(
            replace_part(page.read_text(encoding="utf-8"), part, content + "\n"), encoding="utf-8"
        )


def replace_part(text: str, part: str, content: str) -> str:
    """Replace what stands between `<!-- PART: begin -->` and `<!-- PART: end -->`. Raises SuyinError."""
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    before, mark, rest = text.partition(begin)
    _, closing, after = rest.partition(end)
    if not mark or not closing:
        raise SuyinError(f"no {begin} … {end}; put these two lines where the result belongs")
    return f"{before}{begin}\n\n{content}\n{end}{after}"
