"""Tables in any format, as text: a list of problems 问题清单 as an outline, others as tab-separated lines.

Read first as a grid (`heads`), then as problems with what is said of each (`entries`, `forms`), then written;
`marks` keep in the text which line says what.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.readers.cell_text import one_line, sentence, without_number
from extract.readers.entries import Entry, status_of_cell
from extract.readers.forms import read_form
from extract.readers.heads import Column, Head, find_head, number_of, said_unit
from extract.readers.limits import Warn
from extract.readers.marks import ABOVE, LEFT, UNREAD, mark, without_marks
from extract.readers.numbering import chinese
from extract.readers.rows import read_entries
from extract.readers.table_grid import Grid, Rows

#: What a column says, as roles of marks.
_ROLES = {
    "cause": "causes",
    "advice": "recommendations",
    "measure": "measures",
    "done": "measures",
    "status": "measures",
    "unit": "unit",
    "aside": "aside",
}
#: A cell of so many characters with a stop in it is prose.
_PROSE = 80


class Tables:
    """The tables of one file, in order. `warn` is told of what cannot be read."""

    def __init__(self, warn: Warn = lambda _: None) -> None:
        self.warn = warn
        self.columns: tuple[Column, ...] = ()
        self.last = 0
        #: did any of them list problems?
        self.listed = False

    def render(self, rows: Rows, places: Sequence[int] = ()) -> str:
        """Lines of a table, with marks: an outline where it lists problems, else cells parted by tabs.

        A cell may be LEFT or ABOVE, where the table shows it as one with its neighbour, or UNREAD. `places`:
        the number of each row in its file.
        """
        if any(without_marks(cell) != cell for row in rows for cell in row if _is_said(cell)):
            return "\n".join(cell for row in rows for cell in row if cell.strip() and _is_said(cell))
        grid = Grid(rows)
        form = read_form(grid)
        if form is not None:
            self.listed = True
            return "\n".join(_form(form))
        head = find_head(grid) or self._goes_on(grid)
        if head is None:
            return _other(grid)
        return "\n".join(self._lists(grid, head, places))

    def _goes_on(self, grid: Grid) -> Head | None:
        """The head of the list before, where a table without one goes on with its numbers."""
        at = next((j for j, column in enumerate(self.columns) if column.role == "number"), None)
        if (
            at is None
            or not grid
            or len(grid[0]) != len(self.columns)
            or number_of(grid[0][at]) != self.last + 1
        ):
            return None
        return Head(0, 0, self.columns)

    def _lists(self, grid: Grid, head: Head, places: Sequence[int]) -> Iterator[str]:
        """One list of problems after another, each with the lines above its head."""
        above = 0
        while True:
            title = [
                words for row in grid[above : head.first] for words in dict.fromkeys(row) if _is_said(words)
            ]
            yield from title
            unit = next(filter(None, map(said_unit, title)), "")
            following = _next_head(grid, head)
            end = _end(grid, head, following)
            entries = read_entries(grid, head, end=end, unit=unit, places=places, warn=self.warn)
            yield from _outline(entries)
            self.columns, self.listed = head.columns, True
            self.last = max((entry.number for entry in entries), default=0)
            if following is None:
                return
            above, head = end, following


def _end(grid: Grid, head: Head, following: Head | None) -> int:
    """Where a list ends: before the title of the next."""
    end = following.first if following else len(grid)
    while following and end > head.body and len(set(filter(_is_said, grid[end - 1]))) < 2:
        end -= 1
    return end


def is_titled(rows: Rows) -> bool | None:
    """Does a list of problems say something above its head? None where there is no such list."""
    grid = Grid(rows)
    head = find_head(grid)
    return None if head is None else any(map(any, grid[: head.first]))


def _is_said(cell: str) -> bool:
    return cell not in ("", LEFT, ABOVE, UNREAD)


def _next_head(grid: Grid, head: Head) -> Head | None:
    """The head of another list further down."""
    same = grid[head.first]
    at = next((j for j, column in enumerate(head.columns) if column.role == "number"), None)
    for i in range(head.body, len(grid) - 1):
        if grid[i] == same:  # said again on another page, unless the numbers begin anew below a title
            titled = i > head.body and len(set(filter(_is_said, grid[i - 1]))) == 1
            body = i + head.body - head.first
            if titled and at is not None and body < len(grid) and number_of(grid[body][at]) == 1:
                return Head(i, body, head.columns)
        elif found := find_head(grid, i, most=1):
            return found
    return None


def _form(entries: list[Entry]) -> Iterator[str]:
    at = next((i for i, e in enumerate(entries) if e.kind == "problem"), 0)
    yield from (entry.words for entry in entries[:at])
    yield from _outline(entries[at:])


def _outline(entries: list[Entry]) -> Iterator[str]:
    """（一） for groups, 1. for problems, 整改措施：… below each."""
    yield mark("table", "存在的主要问题：")
    figures = any(without_number(one_line(e.words))[:1].isdecimal() for e in entries if not e.whose)
    group, groups = "", 0
    numbers = [e.number for e in entries if e.kind == "problem"]
    numbered = all(numbers) and len(set(numbers)) == len(numbers)
    problems = 0
    for entry in entries:
        if entry.kind == "note":
            yield mark("aside", entry.words)
            continue
        problems += 1
        if entry.group != group:
            group = entry.group
            groups += 1
            yield mark("group", group, label=f"（{chinese(groups)}）", row=groups)
        value = entry.number if numbered else problems
        # 3.3名党员 would be a figure
        yield from _problem(entry, f"（{value}）" if figures else f"{value}.", value)


def _problem(entry: Entry, label: str, row: int) -> Iterator[str]:
    words = sentence(without_number(entry.words)) if entry.words else ""
    if entry.whose:
        label += f"{entry.whose}："
    single = entry.items[0] if len(entry.items) == 1 else None
    if single is not None:
        words += one_line(single.words)
    facts = entry.stated()
    asides = [] if words else facts
    if words:
        words = "".join([sentence(words) if facts else words, *map(sentence, facts)])
    yield mark("problems", words, label=label, row=row)
    yield from _said(entry, row)
    yield from (mark("aside", fact, row=row) for fact in asides)
    for i, item in enumerate(entry.items if single is None else [], 1):
        words = "".join(map(sentence, [without_number(item.words), *item.stated()]))
        yield mark("item", words, label=f"（{i}）", row=i)
        yield from _said(item, i)


def _said(entry: Entry, row: int) -> Iterator[str]:
    for column, label, words in entry.ordered():
        status = status_of_cell(words) if column in ("status", "done") else None
        role = status or ("status" if column == "status" else _ROLES[column])
        yield mark(role, one_line(words), label=label, row=row)


def _other(grid: Grid) -> str:
    """A frame round paragraphs, and a page laid out by a table, as paragraphs; data as lines with tabs."""
    cells = [cell for row in grid for cell in row if _is_said(cell)]
    width = max((sum(map(_is_said, row)) for row in grid), default=0)
    prose = sum(len(cell) for cell in cells if len(cell) >= _PROSE and "。" in cell)
    if width <= 1 or 2 * prose > sum(map(len, cells)):
        return "\n".join(cells)
    rows = ["\t".join(cell.replace("\n", " ") if _is_said(cell) else "" for cell in row) for row in grid]
    return "\n".join(mark("data", row.rstrip("\t")) for row in rows if row.strip("\t"))
