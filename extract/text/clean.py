"""A cleaned text in which every kept character remembers its offset in the source.

Three steps make it: `fold` writes width variants alike without changing any offset, `noise.strip_noise` drops
lines that are not the report's, `unwrap` joins the lines that a page broke. Spaces inside Chinese text go; a
paragraph ends with one newline. Offsets are carried in segments and never searched for again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from extract.model import Cell
from extract.rules import Rules

_WIDTH = {chr(i): chr(i - 0xFEE0) for i in range(0xFF10, 0xFF5B) if chr(i - 0xFEE0).isalnum()}
_WIDTH |= zip(
    ",;:()?!．％｡､<>＜＞「」『』〝〞﹙﹚﹐﹔﹕–―─\u3000\t\xa0\u200b\ufeff",
    "，；：（）？！.%。、〈〉〈〉“”‘’“”（），；：———     ",
    strict=True,
)
_ANY_WIDTH = re.compile(f"[{re.escape(''.join(_WIDTH))}]")
# the sign first, then what stands before it: the search leaps from sign to sign
_IN_NUMBER = re.compile(r"，(?<=\d，)(?=\d{3}(?!\d))|：(?<=\d：)(?=\d)")
_DOT_AS_STOP = re.compile(r"\.(?<=[\u4e00-\u9fff）”\"]\.)(?=[\u4e00-\u9fff（“《\d]|[A-Z]{1,3}-?\d|\s*\n)")
_CN_NUMBER_BEFORE = re.compile(r"(?:^|[\n。；\s])[一二三四五六七八九十百零〇]{1,6}$")
_RUN = re.compile(r"[^\s]+(?: (?=[A-Za-z])(?<=[A-Za-z] )[^\s]+)*")
ENDS = "。！？；：…”》）"


def fold(text: str) -> str:
    """Write half-width punctuation, full-width digits and straight quotes alike; the length stays."""
    out = _ANY_WIDTH.sub(lambda m: _WIDTH[m[0]], text)
    out = _IN_NUMBER.sub(lambda m: "," if m[0] == "，" else ":", out)
    if "." in out:
        out = _DOT_AS_STOP.sub(
            lambda m: m[0] if _CN_NUMBER_BEFORE.search(out, max(0, m.start() - 8), m.start()) else "。", out
        )
    if '"' in out:
        out = "\n".join(_pair_quotes(line) for line in out.split("\n"))
    return out


def _pair_quotes(line: str) -> str:
    parts = line.split('"')
    return "".join(p + ("“" if i % 2 == 0 else "”") for i, p in enumerate(parts[:-1])) + parts[-1]


class Line(NamedTuple):
    """A line of the folded source without its margins: `start`, `end` offsets, `indent` in characters.

    `gap`: an empty line stands before it. `broken`: it goes on with a sentence of the page before.
    `page`: a form feed stands before it.
    """

    start: int
    end: int
    indent: int
    text: str
    gap: bool = False
    broken: bool = False
    page: bool = False


@dataclass(frozen=True, slots=True)
class CleanText:
    """`text` with the way back: `text[starts[i]:starts[i+1]]` stands in the source from `origins[i]` on."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    #: the cells of its lists of problems, by where they stand in this text
    cells: Mapping[int, Cell] = field(default_factory=dict)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open source span of a non-empty clean span."""
        i = bisect_right(self.starts, start) - 1
        j = bisect_right(self.starts, end - 1, i) - 1
        return self.origins[i] + start - self.starts[i], self.origins[j] + end - self.starts[j]


def split_lines(folded: str, cells: Iterable[Cell] = ()) -> list[Line]:
    """The lines that are not empty; a row of a table gives one for each cell."""
    feeds = {m.end() for m in re.finditer("\f", folded)}
    folded = folded.replace("\f", "\n")
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(folded.rfind("\n", 0, cell.start) + 1, []).append(cell)
    lines, at, gap, page = [], 0, False, False
    for raw in folded.split("\n"):
        if at in feeds:
            gap, page = False, True
        if at in rows:
            for cell in rows[at]:
                words = folded[cell.start : cell.end]
                start = cell.start + len(words) - len(words.lstrip())
                lines.append(Line(start, start + len(words.strip()), 0, words.strip()))
            at += len(raw) + 1
            continue
        stripped = raw.strip()
        if stripped:
            indent = len(raw) - len(raw.lstrip())
            lines.append(Line(at + indent, at + indent + len(stripped), indent, stripped, gap, page=page))
            page = False
        gap = not stripped
        at += len(raw) + 1
    return lines


def _has_blank(text: str) -> bool:
    return len(text.split(None, 1)) > 1


#: A marker after a blank within a line: the line breaks of the page were lost.
_RUN_IN = re.compile(
    r"(?<=\S)\s+(?=(?:（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、](?!\d)|（\d{1,2}）)\S)"
)
_HEAD_THEN_TEXT = re.compile(
    r"(?:（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、)?(?P<heading>\S{2,14})\s+(?=\S{12})"
)


def split_run_in(lines: list[Line], rules: Rules) -> list[Line]:
    """Give each marker that follows a blank a line of its own, and each heading that a blank ends."""
    out: list[Line] = []
    for line in lines:
        if not _has_blank(line.text):
            out.append(line)
            continue
        cuts = [0, *(m.end() for m in _RUN_IN.finditer(line.text)), len(line.text)]
        for a, b in pairwise(cuts):
            head = _HEAD_THEN_TEXT.match(line.text, a, b)
            middle = [head.end()] if head and rules.headings.role(head["heading"]) else []
            for s, e in pairwise([a, *middle, b]):
                text = line.text[s:e].rstrip()
                gap = line.gap and s == 0
                broken = line.broken and s == 0
                out.append(Line(line.start + s, line.start + s + len(text), line.indent, text, gap, broken))
    return out


#: So long, in characters, is a line that is no title.
_PROSE = 60


def wrap_width(lines: list[Line]) -> int:
    """The width at which lines were broken, in characters; 0 where each line is a paragraph."""
    widths = Counter(len(line.text) for line in lines if len(line.text) >= 16)
    total = sum(widths.values())
    if total < 6:
        return 0
    top = max(widths, key=lambda w: (sum(widths[w + d] for d in (-2, -1, 0, 1, 2)), w))
    near = sum(n for w, n in widths.items() if abs(w - top) <= 3)
    full = [line for line in lines if abs(len(line.text) - top) <= 3]
    open_ends = sum(line.text[-1] not in ENDS for line in full)
    beyond = sum(len(line.text) for line in lines if len(line.text) > 2 * top + _PROSE)
    if 2 * beyond > sum(len(line.text) for line in lines):
        return 0  # most of the text stands in paragraphs; the lines of one width are their titles
    return top if top <= 60 and near >= 0.5 * total and open_ends >= 0.4 * near else 0


def unwrap(lines: list[Line], starts_block: set[int], headings: set[int]) -> list[list[Line]]:
    """Group lines into paragraphs. `starts_block`: lines that open one; `headings`: that stand alone."""
    width = wrap_width([line for i, line in enumerate(lines) if i not in headings])
    paragraphs: list[list[Line]] = []
    for i, line in enumerate(lines):
        if line.broken:
            paragraphs[-1].append(line)
            continue
        if i and i not in starts_block and i not in headings and i - 1 not in headings and not line.gap:
            last = lines[i - 1]
            broken = last.text[-1] not in ENDS or last.text.endswith(("”", "）", "》"))
            full = width and len(last.text) >= width - 3
            if (width and full and line.indent <= last.indent) or (
                broken
                and (full if width else _goes_on(last.text, line.text))
                and not (line.indent >= 2 and not last.indent)
            ):
                paragraphs[-1].append(line)
                continue
            if broken and (line.text[0] in "，。；、）”：" or _splits_number(last.text, line.text)):
                paragraphs[-1].append(line)
                continue
        paragraphs.append([line])
    return paragraphs


#: What goes on with a number that a line breaks: 12/345万元, 3./5亿元, 3/00元.
_REST_OF_NUMBER = re.compile(
    r"[\d.,]*(?:[余多]?[万亿千百]*元|[万亿%‰]|[\d.,]+[余多]?[个名户家人次件项笔年月日])"
)


def _splits_number(line: str, following: str) -> bool:
    """Does a line of prose break off within a number?"""
    return (
        len(line) >= 8
        and (line[-1].isdecimal() or (line[-1] in ".," and line[-2].isdecimal()))
        and any("\u4e00" <= char <= "\u9fff" for char in line)
        and _REST_OF_NUMBER.match(following) is not None
    )


def _goes_on(line: str, following: str) -> bool:
    """Is a line without a stop broken off? A page's lines are of one length: what is much longer is a
    paragraph below its title; prose that breaks off within a sentence ended with its page.
    """
    return 30 <= len(line) >= 0.7 * len(following) or (len(line) > _PROSE and "。" in line)


def join(paragraphs: list[list[Line]], folded: str, cells: Mapping[int, Cell] | None = None) -> CleanText:
    """Put the paragraphs into one clean text; the newline after each is the source's own.

    `cells`: those of tables, by where they stand in the source.
    """
    standing: dict[int, Cell] = {}
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    at = following = 0

    def add(piece: str, origin: int) -> None:
        """A piece that goes on where the last one ended needs no segment of its own."""
        nonlocal at, following
        pieces.append(piece)
        if origin != following or not starts:
            starts.append(at)
            origins.append(origin)
        at += len(piece)
        following = origin + len(piece)

    for lines in paragraphs:
        if cells and lines[0].start in cells:
            standing[at] = cells[lines[0].start]
        for line in lines:
            if _has_blank(line.text):
                for run in _RUN.finditer(folded, line.start, line.end):
                    add(run[0], run.start())
            else:
                add(line.text, line.start)
        add("\n", min(lines[-1].end, len(folded) - 1))
    return CleanText("".join(pieces), tuple(starts), tuple(origins), standing)
