"""Spreadsheets and CSV: lists of problems 问题清单 as an outline, other tables as tab-separated lines."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from extract.readers.limits import MAX_CHARS, ReadError, check_package
from extract.readers.tables import find_columns, render_table
from extract.readers.text import decode

_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)


def read_csv(raw: bytes, *, name: str) -> tuple[str, str]:
    """(text, encoding) of a table with one row a line. Raises ReadError."""
    text, encoding = decode(raw, name=name)
    head = "\n".join(text.splitlines()[:10])
    delimiter = max(",\t;，", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as err:
        raise ReadError(f"{name}: is no table with one row a line ({err}); save it as .xlsx") from err
    return _write([("", rows)], name), encoding


def read_workbook(raw: bytes, *, name: str) -> str:
    """The text of an .xlsx, .xls or .ods: its visible sheets one after the other. Raises ReadError."""
    import python_calamine as calamine

    if raw.startswith(b"PK"):
        check_package(raw, name=name)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        sheets = [
            (
                sheet.name,
                [[_cell(value) for value in row] for row in book.get_sheet_by_name(sheet.name).to_python()],
            )
            for sheet in book.sheets_metadata
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet
            and sheet.visible == calamine.SheetVisibleEnum.Visible
        ]
    except calamine.PasswordError as err:
        raise ReadError(f"{name}: is protected by a password; save it without one") from err
    except (calamine.CalamineError, OSError, ValueError) as err:
        raise ReadError(f"{name}: is a damaged spreadsheet; open it in Excel and save it anew") from err
    return _write(sheets, name)


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)


def _write(sheets: Iterable[tuple[str, list[list[str]]]], name: str) -> str:
    """Sheets as text, each under its title or else its name; a single list of problems under the file's."""
    filled = [(sheet, rows) for sheet, rows in sheets if any(map(any, rows))]
    parts: list[str] = []
    size = 0
    for sheet, rows in filled:
        columns = find_columns(rows)
        titled = columns is not None and any(map(any, rows[: columns.head]))
        if len(filled) > 1 and not titled and not _UNNAMED.fullmatch(sheet):
            parts.append(sheet)
        elif columns is not None and not titled and not parts:
            parts.append(PurePath(name).stem)
        parts.append(render_table(rows))
        size += len(parts[-1])
        if size > MAX_CHARS:
            raise ReadError(f"{name}: holds more than one report can; split it into one file a report")
    return "\n".join(parts)
