"""Lines of pages to text: which of them go on in the next, tables over two pages, footnotes at the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from extract.readers.layout import Piece
from extract.readers.limits import Warn
from extract.readers.marks import ABOVE, LEFT
from extract.readers.tables import Tables

Rows = tuple[tuple[str, ...], ...]

#: A paragraph goes on where its line came this near to the right margin, in characters.
_NEAR_MARGIN = 1.8
#: Or this near, where a word or number was too long for the line and every new paragraph would be indented.
_LOOSE_MARGIN = 4.5
_INDENT = 0.8
_MARKER = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[）)、.．](?!\d)|[①-⑳]|第[一二三四五六七八九十]{1,3}[章节条]"
)
_ENDS = "。！？：；"
_NOTE = re.compile(r"(?:[①-⑳]|\[\d{1,2}\]|〔\d{1,2}〕|\d{1,2}\s|注\s?[\d：:])")


def write_pages(pages: Sequence[Sequence[Piece]], height: float, warn: Warn = lambda _: None) -> str:
    """Lines in reading order as text: one paragraph a line, footnotes at the end.

    `warn` is told of what the tables hold that cannot be read.
    """
    body = body_size(line for page in pages for line in page)
    parts = [split_notes(page, body, height) for page in pages]
    notes = [note for _, foot in parts for note in foot]
    lines = join_tables([line for text, _ in parts for line in text])
    steps = [a.y - b.y for a, b in pairwise(lines) if a.page == b.page and 0 < a.y - b.y < 5 * a.size]
    leading = median(steps) if steps else 0.0
    indented = are_indented(lines)
    tables = Tables(warn)
    out: list[str] = []
    for before, line in zip([None, *lines[:-1]], lines, strict=True):
        text = tables.render(line.rows) if line.rows else line.text
        if before is not None and goes_on(before, line, body=body, leading=leading, indented=indented):
            words = out[-1][-1:].isascii() and out[-1][-1:].isalpha() and text[:1].isascii()
            out[-1] += f" {text}" if words else text
        else:
            out.append(text)
    return "\n".join([*out, *(note.text for note in notes)]) + "\n"


def split_notes(page: Sequence[Piece], body: float, height: float) -> tuple[list[Piece], list[Piece]]:
    """(text, footnotes): the smaller lines at the foot of a page, from the first that opens with a mark."""
    first = len(page)
    while first and page[first - 1].size <= 0.88 * body and page[first - 1].y < 0.5 * height:
        first -= 1
    while first < len(page) and not _NOTE.match(page[first].text):
        first += 1
    return list(page[:first]), list(page[first:])


def body_size(lines: Iterable[Piece]) -> float:
    """The size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def are_indented(lines: Iterable[Piece]) -> bool:
    """Whether paragraphs open with an indent here."""
    indents = [(line.x - line.left) / line.size for line in lines if not line.rows]
    return sum(1.5 < indent < 2.6 for indent in indents) > 0.1 * len(indents)


def goes_on(line: Piece, following: Piece, *, body: float, leading: float, indented: bool) -> bool:
    """Whether the paragraph of `line` goes on in the line after it."""
    if line.rows or following.rows or abs(line.size - following.size) > 0.1 * body:
        return False
    if line.page == following.page and line.y - following.y > 1.7 * max(leading, line.size):
        return False
    if not indented and line.text[-1] in _ENDS and _MARKER.match(following.text):
        return False  # the next item of a list, though this one fills its line
    if line.size > 1.15 * body:  # a title in the middle of the page, in several lines
        middle = [(p.x - p.left) - (p.margin - p.right) for p in (line, following)]
        return all(abs(off) < 2 * line.size for off in middle)
    loose = indented and line.text[-1] not in _ENDS and not _MARKER.match(following.text)
    full = line.margin - line.right < (_LOOSE_MARGIN if loose else _NEAR_MARGIN) * line.size
    return full and following.x - following.left < _INDENT * following.size


def join_tables(lines: Sequence[Piece]) -> list[Piece]:
    """With the tables in one that go on at the top of the next page."""
    joined: list[Piece] = []
    for line in lines:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.rows
            and line.rows
            and before.page != line.page
            and len(before.rows[0]) == len(line.rows[0])
        ):
            joined[-1] = replace(before, page=line.page, rows=_join_rows(before.rows, line.rows))
        else:
            joined.append(line)
    return joined


def _join_cells(above: str, below: str) -> str:
    """A cell that the page cut."""
    if below in (LEFT, ABOVE):
        return above
    return below if above in (LEFT, ABOVE) and below else above + below


def _join_rows(first: Rows, second: Rows) -> Rows:
    """The head said again goes; a row that the page cut, without its number, is one."""
    rows = second[1:] if second[0] == first[0] else second
    if rows and not rows[0][0] and first[-1][0]:
        last = tuple(map(_join_cells, first[-1], rows[0]))
        return (*first[:-1], last, *rows[1:])
    return (*first, *rows)
