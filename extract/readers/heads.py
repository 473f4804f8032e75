"""The grid of a table, its head rows, and what its columns hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.readers.cell_text import is_figure
from extract.readers.marks import ABOVE, LEFT
from extract.readers.table_grid import Grid
from extract.rules import load_rules
from extract.text.characters import simplify

#: So many rows may stand above a head: titles, notes, a cover.
_ABOVE_HEAD = 200
#: Characters of a head, and of a cell of prose; so many rows show which a column holds.
_LONGEST, _PROSE, _SAMPLE = 24, 6, 50
_DEEPEST = 3
_UNIT = re.compile(
    r"(?:[（(\[【]\s*(?:单位[：:]?\s*)?|[/／])(?P<unit>(?:人民币)?[百千万亿]*元|[%％]"
    r"|[百千万亿]*(?:人次|平方米|平方公里|公里|立方米|吨|亩|公顷|户|人|个|家|套|台|件|次|天|辆|栋|米|千瓦时))"
    r"\s*(?:[)）\]】]|$)"
)
_UNIT_SAID = re.compile(r"(?:金额)?单位[：:]\s*(?:人民币)?([百千万亿]?元)")
_MONEY = re.compile(r"金额|资金|费用|支出|收入|预算|投资|款|价|损失|欠|经费")
_BRACKETS = re.compile(r"[/／][百千万亿]*元$|[\s*＊:：]|[（(][^）)]*[）)]|[\[【][^\]】]*[\]】]")
_LABEL_NUMBER = re.compile(
    r"^[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.、．]\s*|[（(]?(\d{1,3}|[一二三四五六七八九十]{1,3})[)）]?$"
)


@dataclass(frozen=True, slots=True)
class Column:
    """`role`: a column of rules/tables.toml, None for an unknown one; `name`: its head without its unit."""

    role: str | None
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Head:
    """The rows `first` to `body` (exclusive) name the columns."""

    first: int
    body: int
    columns: tuple[Column, ...]

    def has(self, role: str) -> bool:
        return any(c.role == role for c in self.columns)


def column_of(head: str) -> str | None:
    """Which column a head names: 存在问题 is a problem, 整改措施 a measure; None for others."""
    return _column(simplify(_BRACKETS.sub("", head)[:_LONGEST]))


@lru_cache(maxsize=4096)
def _column(said: str) -> str | None:
    rules = load_rules()["tables"]["column"]
    rule = rules.first(said) if said and rules.any(said) else None
    return str(rule.props["column"]) if rule else None


def label_of(cell: str) -> tuple[str | None, int]:
    """(column, number) that a label of a form names: 问题3 is the third problem; 0 where it has no number."""
    said = simplify(re.sub(r"[\s*＊:：【】]", "", cell))
    if len(said) > _LONGEST:
        return None, 0
    column = column_of(said)
    if column is not None:
        return column, 0
    m = _LABEL_NUMBER.search(said)
    if m is None:
        return None, 0
    number = m[1] or ""
    value = (
        int(number)
        if number.isdecimal()
        else "一二三四五六七八九十".find(number) + 1
        if len(number) == 1
        else 0
    )
    return column_of(_LABEL_NUMBER.sub("", said)), value


def number_of(cell: str) -> int:
    """The number of a row; 0 where the cell holds none."""
    bare = cell.strip("．.、（()） ")
    return int(bare) if bare.isdecimal() and len(bare) < 6 else 0


def said_unit(title: str) -> str:
    """The unit of money that a line above a table sets for it: 单位：万元; "" for none."""
    m = _UNIT_SAID.search(title)
    return m[1] if m else ""


def find_head(rows: Grid, start: int = 0, *, most: int = _ABOVE_HEAD) -> Head | None:
    """The head of a list of problems, in one to three rows; None where a grid holds no such list."""
    for i in range(start, min(len(rows) - 1, start + most)):
        if not _could_head(rows[i]):
            continue
        depth = _depth(rows, i)
        columns = tuple(_name(rows, i, depth, j) for j in range(len(rows[i])))
        head = Head(i, i + depth, _unique(columns))
        if _lists_problems(rows, head):
            return head
    return None


def _could_head(row: list[str]) -> bool:
    """Two short names, one of them known; what reaches across a table is its title."""
    said = [cell for cell in row if cell not in ("", LEFT, ABOVE)]
    return (
        len(said) > 1
        and all(len(_BRACKETS.sub("", cell)) <= _LONGEST for cell in said)
        and any(map(column_of, said))
    )


def _depth(rows: Grid, i: int) -> int:
    """How many rows the head that begins with row `i` has."""
    depth = 1
    while depth < _DEEPEST and i + depth < len(rows) - 1 and _is_below(rows, i, i + depth):
        depth += 1
    return depth


def _is_below(rows: Grid, first: int, at: int) -> bool:
    """Does a row only divide the cells of the head above it (措施, 状态 below 整改情况)?"""
    above, row = rows[at - 1], rows[at]
    divided, named, merged = 0, 0, False
    for j, cell in enumerate(row):
        if cell in ("", LEFT, ABOVE):
            merged = merged or cell == ABOVE
            continue
        spans = j + 1 < len(row) and above[j] not in ("", ABOVE) and above[j + 1] in ("", LEFT)
        spanned = above[j] in ("", LEFT) and rows.shown(at - 1, j) in ("", *above[:j]) and any(above[:j])
        if cell == rows.shown(at - 1, j) and not spans:
            continue  # the words of the row above, said again
        if len(cell) > _LONGEST or is_figure(cell) or re.search(r"[。；]", cell):
            return False
        divided += spans or spanned  # else it goes on with the cell above: 责任, and below it 单位
        named += column_of(cell) is not None
        merged = merged or above[j] == LEFT or (spans and above[j + 1] == LEFT)
    return divided > 0 and named > 0 and (merged or divided >= 2)


def _name(rows: Grid, first: int, depth: int, j: int) -> Column:
    """A column by the words of all rows of its head: 责任 over 单位, 整改情况 over 措施."""
    words: list[str] = []
    for i in range(first, first + depth):
        word = rows.shown(i, j)
        if not word and depth > 1 and i < first + depth - 1:  # a span of a table that knows no merged cells
            word = next((rows[i][k] for k in range(j, -1, -1) if rows[i][k] not in ("", LEFT, ABOVE)), "")
            below = any(rows[k][j] for k in range(i + 1, first + depth))
            word = word if below else ""
        if word and word not in words:
            words.append(word)
    bare = [_BRACKETS.sub("", word) for word in words]
    unit = next((m["unit"] for word in reversed(words) if (m := _UNIT.search(word.strip()))), "")
    joined = "".join(bare[-2:])
    names = [joined, *reversed(bare)]
    if bare and column_of(bare[-1]) not in (None, "whose", "number", "aside"):  # 责任 over 单位 is one name
        names.insert(0, bare[-1])
    if len(bare) > 1 and column_of(bare[-1]) is None and (unit or _MONEY.search(bare[-1])):
        return Column(None, bare[-1], unit)  # 涉及金额（万元） below 存在问题 names no problem
    for name in dict.fromkeys(names):
        if role := column_of(name):
            return Column(role, name, unit)
    return Column(None, joined if len(joined) <= _LONGEST else (bare or [""])[-1], unit)


def _unique(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """One column of problems, numbers, groups and offices each; a second one of problems tells details."""
    found: list[Column] = []
    roles: list[str | None] = []
    alone = "detail" in (c.role for c in columns) and "problem" not in (c.role for c in columns)
    for column in columns:
        role = "problem" if alone and column.role == "detail" else column.role
        if role in roles and role in ("problem", "number", "group", "whose"):
            role = {"problem": "detail", "group": None}.get(role, "aside")
        roles.append(role)
        found.append(Column(role, column.name, column.unit))
    return tuple(found)


def _lists_problems(rows: Grid, head: Head) -> bool:
    """A column of problems and another that is known, or beside prose any other; mere counts are no list."""
    if not head.has("problem") or not any(map(any, rows[head.body : head.body + _SAMPLE])):
        return False
    others = [c for c in head.columns if c.name and c.role not in ("problem", "count")]
    if any(c.role not in ("number", "aside", None) for c in others):
        return True
    if not others:
        return False
    at = next(j for j, c in enumerate(head.columns) if c.role == "problem")
    cells = [row[at] for row in rows[head.body : head.body + _SAMPLE] if row[at] not in ("", LEFT, ABOVE)]
    judged = load_rules()["problems"]["judgement"]
    prose = sum((len(cell) >= _PROSE or judged.any(cell)) and not is_figure(cell) for cell in cells)
    return 2 * prose > len(cells) or (any(c.role for c in others) and not head.has("count"))


def unitless(column: Column, said: str) -> bool:
    """Does a column tell of money and not in which unit?"""
    return column.role is None and not unit_of(column, said) and bool(_MONEY.search(column.name))


def unit_of(column: Column, said: str) -> str:
    """The unit of the figures of a column: of its head, else the one set for all money of the table."""
    return column.unit or (said if _MONEY.search(column.name) else "")
