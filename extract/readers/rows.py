"""The rows of a list of problems: which begin a problem, which go on with one, group some, or are notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.readers.cell_text import is_bare, is_figure, one_line, split_items, with_unit, without_number
from extract.readers.entries import Entry, parts_of, said_label
from extract.readers.heads import Column, Head, number_of, unit_of, unitless
from extract.readers.limits import Warn
from extract.readers.marks import ABOVE, LEFT, UNREAD
from extract.readers.table_grid import Grid
from extract.rules import load_rules

#: Longest name of a group, in characters; a longer row across the table is a note.
_GROUP = 30
#: Characters of merged cells that are said again for each of their rows; no list of a report needs more.
_SHARED = 1_000_000
_BLANK = frozenset(("", "/", "\\", "-", "—", "——", "--", UNREAD))
_NOTHING = _BLANK | {"无", "暂无"}
_NO_PROBLEM = frozenset(("无", "暂无", "无问题", "未发现问题", "未发现", "未发现异常"))


@dataclass(frozen=True, slots=True)
class _Cell:
    column: Column
    words: str
    merged: bool  # shown here, written in a row above

    @property
    def own(self) -> str:
        return "" if self.merged else self.words


def read_entries(
    rows: Grid,
    head: Head,
    *,
    end: int,
    unit: str = "",
    places: Sequence[int] = (),
    warn: Warn,
) -> list[Entry]:
    """The problems in the rows from `head.body` to `end`, and its notes, in order.

    `unit`: of money, where the table sets one; `warn` is told of rows that name no problem, by `places` (the
    numbers of rows as the file shows them).
    """
    for j, column in enumerate(head.columns):
        figures = (is_bare(rows.shown(i, j)) for i in range(head.body, end))
        if unitless(column, unit) and any(figures):
            warn(f"column {column.name} of a table says no unit: 表格中“{column.name}”一列没有写明单位")
    room = _SHARED
    found: list[Entry] = []
    last: Entry | None = None
    group = whose = ""
    for i in range(head.body, end):
        row = [_cell(rows, i, j, column) for j, column in enumerate(head.columns)]
        room -= sum(len(cell.words) for cell in row if cell.merged)
        if room < 0:
            if room + sum(len(cell.words) for cell in row if cell.merged) >= 0:
                place = _place(places, i)
                warn(f"merged cells from row {place} on are not said again: 合并单元格未逐行重复")
            row = [replace(cell, words=cell.own) for cell in row]
        filled = [cell for cell in row if cell.own]
        if not filled or _repeats_head(rows[i], head, rows) or _only_number(filled):
            continue
        if note := _note(filled, rows[i]):
            found.append(Entry(note, "note"))
            continue
        if across := _across(filled, rows[i]):
            group, last = across, None
            if i + 1 == end:
                found.append(Entry(across, "note"))
            continue
        if any(c.own in _NO_PROBLEM for c in row if c.column.role == "problem"):
            found.append(Entry("　".join(one_line(cell.own) for cell in filled), "note"))
            continue
        said = next((c.words for c in row if c.column.role == "group"), "")
        group = without_number(one_line(said)) if said else group
        if last is not None and _goes_on(row):
            _extend(last, row, unit)
            continue
        last = _entry(row, unit, group)
        last.whose = whose = last.whose or whose  # a cell left empty below it is its own too
        if not last.words:
            place = _place(places, i)
            warn(f"row {place} of the table names no problem: 表格第{place}行没有写明问题")
        found.append(last)
    return list(_by_group(part for entry in found for part in parts_of(entry)))


def _place(places: Sequence[int], i: int) -> int:
    """The number of a row as its file shows it."""
    return places[i] if i < len(places) else i + 1


def _cell(rows: Grid, i: int, j: int, column: Column) -> _Cell:
    return _Cell(column, "" if rows[i][j] == LEFT else rows.shown(i, j), rows[i][j] == ABOVE)


def _repeats_head(row: Sequence[str], head: Head, rows: Grid) -> bool:
    """The head said again, as at the top of a page."""
    return any(
        all(cell in ("", LEFT, ABOVE) or cell == rows[i][j] for j, cell in enumerate(row))
        for i in range(head.first, head.body)
    )


def _only_number(filled: list[_Cell]) -> bool:
    return all(cell.column.role == "number" and number_of(cell.own) for cell in filled)


def _note(filled: list[_Cell], row: Sequence[str]) -> str:
    """A row of totals, or a remark across the table."""
    rules = load_rules()["tables"]
    signed = len(filled[0].own) <= _GROUP and rules["note"].any(filled[0].own) and len(filled) > 1
    if any(rules["total"].any(cell.own) for cell in filled[:2]) or (
        filled[0].column.role in ("number", "group") and signed  # 填报人：某某 | 审核人：某某
    ):
        return "　".join(one_line(cell.own) for cell in filled)
    spread = len(filled) == 1 and (LEFT in row or filled[0].column.role in ("number", "group", None))
    words = filled[0].own
    return one_line(words) if spread and (len(words) > _GROUP or rules["note"].any(words)) else ""


def _across(filled: list[_Cell], row: Sequence[str]) -> str:
    """The name of a group in a row of its own."""
    first = filled[0].column.role in ("number", "group")
    wide = all(cell == LEFT for cell in row[1:]) or len(filled) > 1
    alike = len({cell.own for cell in filled}) == 1
    if filled[0].own in _NOTHING or not (alike and (first or wide)):
        return ""
    return without_number(one_line(filled[0].own))


def _goes_on(row: list[_Cell]) -> bool:
    """Does a row say more on the problem above: its cell is merged or empty, and no new number stands?"""
    problem = next(cell for cell in row if cell.column.role == "problem")
    if problem.merged:
        return not any(cell.own for cell in row if cell.column.role == "whose")
    numbered = any(cell.own for cell in row if cell.column.role == "number")
    return not problem.words and not numbered


def _entry(row: list[_Cell], unit: str, group: str) -> Entry:
    words = next(cell.words for cell in row if cell.column.role == "problem")
    value = next((number_of(c.own) for c in row if c.column.role == "number"), 0)
    whose = one_line(next((c.words for c in row if c.column.role == "whose"), ""))
    entry = Entry("" if words in _BLANK else words, number=value, group=group, whose=whose)
    _add(entry, row, unit)
    for cell in (cell for cell in row if cell.column.role == "detail" and cell.words not in _BLANK):
        if is_figure(cell.words):
            entry.facts.append(_fact(cell, unit))
        elif not entry.words:
            entry.words = cell.words
        else:
            entry.items.append(Entry(cell.words))
    return entry


def _extend(entry: Entry, row: list[_Cell], unit: str) -> None:
    """Add what a further row says: of a part, where it tells another detail, else of the problem."""
    detail = next((cell.own for cell in row if cell.column.role == "detail"), "")
    if detail and not is_figure(detail):
        if len(entry.items) == 1:  # what was said of one detail alone is no longer said of all
            entry.items[0] = replace(entry.items[0], says=entry.says, facts=entry.facts)
            entry.says, entry.facts = [], []
        part = Entry(detail)
        _add(part, row, unit)
        entry.items.append(part)
    else:
        _add(entry.items[-1] if entry.items else entry, [c for c in row if c.own], unit)


def _add(entry: Entry, row: Iterable[_Cell], unit: str) -> None:
    """What a row says beside its problem. A figure in a merged cell is for all its rows: said once."""
    for cell in row:
        role, words = cell.column.role, cell.words
        if words in _NOTHING or role in ("problem", "detail", "number", "group", "whose"):
            continue
        if role in (None, "count"):
            if not cell.merged:
                entry.facts.append(_fact(cell, unit))
        else:
            words = with_unit(words, unit_of(cell.column, unit)) if role == "done" else words
            entry.says.append((role, said_label(role, cell.column.name), words))


def _fact(cell: _Cell, unit: str) -> tuple[str, tuple[str, ...]]:
    """The name of a column and what a cell says, in lines where those are figures, each with its unit."""
    unit = unit_of(cell.column, unit)
    _, items = split_items(cell.words)
    lines = items or [line.strip() for line in cell.words.split("\n") if line.strip()]
    if not items and not all(map(is_figure, lines)):
        lines = [one_line(cell.words)]
    return cell.column.name, tuple(with_unit(line, unit) for line in lines)


def _by_group(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The problems of one group together, in the order in which the groups appear; notes last."""
    groups: dict[str, list[Entry]] = {}
    notes: list[Entry] = []
    for entry in entries:
        if entry.kind == "note":
            notes.append(entry)
        else:
            groups.setdefault(entry.group, []).append(entry)
    for group in groups.values():
        yield from group
    yield from notes
