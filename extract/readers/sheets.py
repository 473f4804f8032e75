"""Spreadsheets and CSV: lists of problems 问题清单 as an outline, other tables as tab-separated lines."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

from extract.readers.heads import find_head
from extract.readers.limits import MAX_CHARS, ReadError, Warn, check_package
from extract.readers.marks import ABOVE, LEFT, UNREAD, without_marks
from extract.readers.number_formats import could_be_day, day_of, show
from extract.readers.table_grid import Grid
from extract.readers.tables import Tables, is_titled
from extract.readers.text import decode
from extract.readers.workbooks import Place, SheetDetails, address, read_details

_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)
_DAY_HEAD = re.compile(r"(?:日期|时间|时限|期限)(?:[（(][^）)]*[）)])?$")
#: What may part the cells of a line. Chinese signs stand in prose: they count where no other makes a table.
_DELIMITERS, _SIGNS = ",\t;|", "，；、｜"
#: So many lines show which it is.
_SAMPLE = 200
#: A head stands in the first rows.
_HEAD_ROWS = 30
#: Warnings of one kind for a sheet; places of merged cells that a sheet of a report has.
_MOST_SAID, _MOST_MERGED = 20, 5_000_000


class Sheet(NamedTuple):
    """A sheet: its name, its rows and the number of each in the file."""

    name: str
    rows: Sequence[Sequence[str]]
    places: Sequence[int] = ()


def read_csv(raw: bytes, *, name: str, warn: Warn = lambda _: None) -> tuple[str, str]:
    """(text with marks, encoding) of a table with one row a line. `warn` is told of what is doubtful.

    Raises ReadError.
    """
    text, encoding = decode(raw, name=name)
    rows = _csv_rows(text, name, warn)
    _warn_of_long_rows(rows, warn)
    return _write([Sheet("", rows, range(1, len(rows) + 1))], name, warn), encoding


def _warn_of_long_rows(rows: Sequence[Sequence[str]], warn: Warn) -> None:
    """A comma within a cell that nothing quotes moves all cells behind it."""
    sizes = Counter(len(row) for row in rows if any(row))
    usual = sizes.most_common(1)[0][0] if sizes else 0
    long = [i for i, row in enumerate(rows, 1) if len(row) > usual > 1 and any(row[usual:])]
    for i in long[:_MOST_SAID]:
        said = f"row {i} has {len(rows[i - 1])} cells, not {usual}"
        warn(f"{said}, so they may stand in wrong columns: 该行单元格过多，可能错列")
    if len(long) > _MOST_SAID:
        warn(f"{len(long) - _MOST_SAID} more rows have too many cells: 另有多行单元格过多")


def read_rows(raw: bytes, *, name: str) -> list[list[str]]:
    """The rows that say something of a CSV, or of the first sheet of a workbook. Raises ReadError."""
    if raw.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        sheets = _sheets(raw, name, lambda _: None)
        rows = next((list(map(list, sheet.rows)) for sheet in sheets), [])
    else:
        rows = _csv_rows(decode(raw, name=name)[0], name, lambda _: None)
    said = [["" if cell in (LEFT, ABOVE, UNREAD) else cell for cell in row] for row in rows]
    return [row for row in said if any(cell.strip() for cell in row)]


def _csv_rows(text: str, name: str, warn: Warn) -> list[list[str]]:
    text = without_marks(text)
    delimiter = _delimiter(text)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as err:
        if "field larger" in str(err):
            raise ReadError(f"{name}: is no table with one row a line ({err}); save it as .xlsx") from err
        warn(f"quotation marks of the table do not pair, so they part no cells: 引号不成对 ({err})")
        return [line.split(delimiter) for line in text.splitlines()]


def _delimiter(text: str) -> str:
    """The sign that makes a table of the lines: a list of problems, else the same number of cells in each."""
    if m := re.match(r"sep=(.)\r?\n", text):
        return m[1]
    best = (False, 0.0, 0)
    found = ","
    lines = text[: text.find("\n", 200_000) + 1 or len(text)]
    for rank, sign in enumerate([*_DELIMITERS, *_SIGNS]):
        try:
            rows = [
                r
                for r, _ in zip(
                    csv.reader(io.StringIO(lines, newline=""), delimiter=sign), range(_SAMPLE), strict=False
                )
                if any(r)
            ]
        except csv.Error:
            continue
        widths = Counter(map(len, rows))
        width, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        even = times / len(rows) if width > 1 else 0.0
        score = (
            find_head(Grid(rows)) is not None,
            0.0 if sign in _SIGNS and even < 1 else round(even, 1),
            -rank,
        )
        if score > best and (score[0] or score[1]):
            best, found = score, sign
    return found


def read_workbook(raw: bytes, *, name: str, warn: Warn = lambda _: None) -> str:
    """The text, with marks, of an .xlsx, .xls or .ods: its visible sheets one after the other.

    `warn` is told of cells without a value, and of sheets that are hidden. Raises ReadError.
    """
    return _write(_sheets(raw, name, warn), name, warn)


def _sheets(raw: bytes, name: str, warn: Warn) -> list[Sheet]:
    """The visible sheets of a workbook, without their empty rows."""
    import python_calamine as calamine

    kind = "xls"
    sheets: list[Sheet] = []
    try:
        if raw.startswith(b"PK"):
            check_package(raw, name=name)
            kind = "xlsx" if b"xl/workbook" in raw else "ods"
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        details = read_details(raw, kind)
        for meta in book.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            values = sheet.to_python(skip_empty_area=False)
            if meta.visible != calamine.SheetVisibleEnum.Visible:
                if any(cell != "" for row in values for cell in row):
                    warn(f"sheet {meta.name} is hidden and was not read: 隐藏的工作表未读")
                continue
            more = details.get(meta.name, SheetDetails())
            rows = _rows(values, more, meta.name, warn, formats=bool(details))
            _merge(rows, [*(sheet.merged_cell_ranges or ()), *more.merged])
            kept = [i for i, row in enumerate(rows) if any(row)]
            sheets.append(Sheet(meta.name, [rows[i] for i in kept], [i + 1 for i in kept]))
    except calamine.PasswordError as err:
        raise ReadError(f"{name}: is protected by a password; save it without one") from err
    except (calamine.CalamineError, zipfile.BadZipFile, OSError, ValueError) as err:
        raise ReadError(f"{name}: is a damaged spreadsheet; open it in Excel and save it anew") from err
    return sheets


def _rows(
    values: Sequence[Sequence[Any]], details: SheetDetails, sheet: str, warn: Warn, *, formats: bool
) -> list[list[str]]:
    """Cells as the sheet shows them; what has no value, and what may be shown otherwise, is said."""
    _warn_of(sorted(details.missing.items()), sheet, warn)
    days: set[int] = set()
    shares: list[tuple[Place, str]] = []
    rows: list[list[str]] = []
    for i, row in enumerate(values):
        out: list[str] = []
        for j, value in enumerate(row):
            if (i, j) in details.missing:
                out.append(UNREAD)
            elif isinstance(value, str):
                if i < _HEAD_ROWS and _DAY_HEAD.search(value.strip()):
                    days.add(j)
                out.append(without_marks(value))
            else:
                look = details.looks.get((i, j))
                dated = j in days or (j > 0 and isinstance(row[j - 1], str) and _DAY_HEAD.search(row[j - 1]))
                is_day = look is None and dated and could_be_day(value)
                out.append(show(day_of(value) if is_day else value, look))
                if not formats and isinstance(value, float) and 0 < abs(value) < 1:
                    shares.append(((i, j), f"{out[-1]}, perhaps shown as per cent (可能是百分数),"))
        rows.append(out)
    _warn_of(shares, sheet, warn)
    return rows


def _warn_of(found: Sequence[tuple[Place, str]], sheet: str, warn: Warn) -> None:
    for place, what in found[:_MOST_SAID]:
        warn(f"sheet {sheet}, cell {address(place)}: {what} was not read as shown: 单元格未能照原样读出")
    if len(found) > _MOST_SAID:
        warn(f"sheet {sheet}: {len(found) - _MOST_SAID} more cells like these: 同类单元格还有更多")


def _merge(rows: list[list[str]], ranges: Iterable[tuple[Place, Place]]) -> None:
    """Mark the places that a merged cell covers."""
    work = 0
    for (top, left), (bottom, right) in ranges:
        for i in range(top, min(bottom + 1, len(rows))):
            for j in range(left, min(right + 1, len(rows[i]))):
                if (i, j) != (top, left):
                    rows[i][j] = LEFT if j > left else ABOVE
                work += 1
        if work > _MOST_MERGED:
            return


def _write(sheets: Iterable[Sheet], name: str, warn: Warn) -> str:
    """Sheets as text, each under its title or else its name; a single list of problems under the file's."""
    filled = [sheet for sheet in sheets if any(map(any, sheet.rows))]
    parts: list[str] = []
    size = 0
    tables = Tables(warn)
    for sheet in filled:
        titled = is_titled(sheet.rows)
        if len(filled) > 1 and not titled and not _UNNAMED.fullmatch(sheet.name):
            parts.append(sheet.name)
        elif titled is False and not parts:
            parts.append(PurePath(name).stem)
        parts.append(tables.render(sheet.rows, sheet.places))
        size += len(parts[-1])
        if size > MAX_CHARS:
            raise ReadError(f"{name}: holds more than one report can; split it into one file a report")
    if not tables.listed and any(len(row) > 1 for sheet in filled for row in sheet.rows):
        warn("no column of problems was found in any table: 表中没有“问题”一列")
    return "\n".join(parts)
