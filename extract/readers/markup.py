"""Elements of a web page to lines: one a block, numbers for ordered lists, tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.readers.limits import Warn
from extract.readers.marks import ABOVE, LEFT
from extract.readers.numbering import format_number
from extract.readers.raised import lowered, raised
from extract.readers.tables import Tables

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = frozenset(
    {
        *(
            "address",
            "article",
            "blockquote",
            "body",
            "center",
            "dd",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figure",
        ),
        *("figcaption", "form", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "main", "ol", "p", "pre"),
        *("section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
        *("header", "footer", "hgroup", "details", "summary", "legend", "caption", "dir", "menu"),
    }
)
_MOVED = {"sup": raised, "sub": lowered}
#: How a list says what its numbers look like, and what that is called in Word.
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
_TYPES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_STYLES = {
    **{"lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter"},
    **{"upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman"},
    **{"decimal-leading-zero": "decimalZero", "cjk-ideographic": "chineseCounting"},
    **dict.fromkeys(("simp-chinese-informal", "trad-chinese-informal", "cjk-decimal"), "chineseCounting"),
}
_UNNUMBERED = frozenset({"none", "disc", "circle", "square"})
#: Beyond these, what a cell spans is not followed.
_MAX_COLUMNS = 60


def write_lines(main: Element, warn: Warn = lambda _: None) -> str:
    """The text of an element as a browser shows it, one block a line, without empty lines.

    `warn` is told of what its tables hold that cannot be read.
    """
    return _Writer(Tables(warn)).write(main)


@dataclass(slots=True)
class _List:
    """A list and the number of its next item; `style`: how it is written, "none" where it is not."""

    style: str
    number: int = 1
    step: int = 1

    @classmethod
    def of(cls, element: Element) -> _List:
        said = _LIST_STYLE.search(element.get("style", ""))
        style = said[1].lower() if said else _TYPES.get(element.get("type", ""), "decimal")
        if element.tag == "ul" or style in _UNNUMBERED:
            return cls("none")
        step = -1 if "reversed" in element.attrib else 1
        first = 1 if step > 0 else sum(1 for _ in element.iterchildren("li"))
        return cls(_STYLES.get(style, "decimal"), _whole(element.get("start"), first), step)

    def label(self, item: Element) -> str:
        """The label of the next item, as browsers write it: 3. or 三、"""
        if self.style == "none":
            return ""
        number = _whole(item.get("value"), self.number)
        self.number = number + self.step
        return f"{format_number(number, self.style)}{'、' if self.style == 'chineseCounting' else '.'}"


def _whole(said: str | None, default: int) -> int:
    return int(said) if said and re.fullmatch(r"\s*-?\d{1,6}\s*", said) else default


@dataclass(slots=True)
class _Writer:
    tables: Tables
    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)

    def write(self, main: Element) -> str:
        from lxml import etree

        counters: list[_List] = []
        tables = {t for t in main.iter("table") if t is not main and is_data_table(t)}
        walk = etree.iterwalk(main, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if tag in _BLOCKS:
                    self.end_line()
                if tag == "br":
                    self.end_line()
                elif tag in ("ol", "ul"):
                    counters.append(_List.of(element))
                elif tag == "li" and counters:
                    self.line.append(counters[-1].label(element))
                elif tag == "q":
                    self.line.append("“")
                if tag in _MOVED:
                    self.line.append(_MOVED[tag]("".join(element.itertext())))
                    walk.skip_subtree()
                elif element in tables:
                    self.lines.append(self.tables.render(_rows(element)))
                    walk.skip_subtree()
                else:
                    self.add(element.text, element)
            else:
                if tag in ("ol", "ul") and counters:
                    counters.pop()
                if tag in _BLOCKS:
                    self.end_line()
                elif tag == "q":
                    self.line.append("”")
                if element is not main:
                    self.add(element.tail, element.getparent())
        self.end_line()
        return "\n".join(line for line in self.lines if line)

    def add(self, text: str | None, holder: Element | None) -> None:
        if not text:
            return
        if holder is not None and holder.tag == "pre":
            *whole, rest = text.split("\n")
            for line in whole:
                self.line.append(line)
                self.end_line()
            text = rest
        self.line.append(_SPACE.sub(" ", text))

    def end_line(self) -> None:
        text = _SPACE.sub(" ", "".join(self.line)).strip(" ")
        if text.strip():
            self.lines.append(text)
        self.line.clear()


def is_data_table(table: Element) -> bool:
    """Rows and columns of things that belong together; old sites also lay out whole pages by tables."""
    if table.find(".//table") is not None:
        return False
    rows = _rows(table)
    sizes = [len(cell) for row in rows for cell in row]
    return sum(len(row) >= 2 for row in rows) >= 2 and max(sizes, default=0) <= max(1000, 0.6 * sum(sizes))


def _rows(table: Element) -> list[list[str]]:
    """Cells by row; LEFT and ABOVE where a merged cell goes on."""
    rows: list[list[str]] = []
    below: dict[int, int] = {}  # column -> how many more rows a cell reaches down
    for tr in table.iter("tr"):
        row: list[str] = []
        for cell in tr.iterchildren("td", "th"):
            _fill(row, below)
            if len(row) >= _MAX_COLUMNS:
                row.append(write_lines(cell))
                continue
            width, height = (_span(cell.get(key)) for key in ("colspan", "rowspan"))
            for column in range(len(row), len(row) + width):
                below[column] = height - 1
            row += [write_lines(cell), *[LEFT] * (width - 1)]
        _fill(row, below)
        rows.append(row)
    return rows


def _fill(row: list[str], below: dict[int, int]) -> None:
    while below.get(len(row), 0) and len(row) < _MAX_COLUMNS:
        below[len(row)] -= 1
        row.append(ABOVE)


def _span(said: str | None) -> int:
    return min(max(int(said), 1), _MAX_COLUMNS) if said and said.isdecimal() and len(said) < 6 else 1
