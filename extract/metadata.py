"""What is known of reports beside their text: a table with a line a file (place, date, level, url …)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from extract.model import SuyinError
from extract.readers.limits import ReadError

#: Columns of the table and what they may be called.
COLUMNS = {
    "file": ("file", "文件", "文件名", "name"),
    "id": ("id", "编号", "报告编号"),
    "title": ("title", "标题", "题名"),
    "place": ("place", "地区", "地点", "行政区"),
    "date": ("date", "日期", "发布日期", "成文日期"),
    "level": ("level", "层级", "级别"),
    "round": ("round", "轮次", "届次轮次"),
    "url": ("url", "网址", "链接", "来源网址"),
}
_KNOWN = ", ".join(COLUMNS)
_NAMES = {name.casefold(): column for column, names in COLUMNS.items() for name in names}
_DATE = re.compile(r"(?P<year>\d{4})[-/.年]?(?P<month>\d{1,2})?[-/.月]?(?P<day>\d{1,2})?日?(?: .*)?$")


class MetadataError(SuyinError):
    """A table of metadata that cannot be used; names the file, the line and the fix."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Of one report; None where the table does not say. `date` is ISO 8601, perhaps only the year."""

    id: str | None = None
    title: str | None = None
    place: str | None = None
    date: str | None = None
    level: str | None = None
    round: str | None = None
    url: str | None = None


def read_metadata(path: Path) -> Mapping[str, Metadata]:
    """File name -> metadata, from a CSV, XLSX, XLS or ODS table. Raises MetadataError."""
    rows = _rows(path)
    if not rows:
        raise MetadataError(f"{path}: the table is empty; its first line names the columns: {_KNOWN}")
    columns = []
    for head in rows[0]:
        column = _NAMES.get(head.strip().casefold())
        if head.strip() and column is None:
            raise MetadataError(f"{path}: line 1: unknown column {head!r}; known: {_KNOWN}")
        columns.append(column)
    if "file" not in columns:
        raise MetadataError(f"{path}: line 1: no column 'file' (文件); it says which report a line is about")
    found: dict[str, Metadata] = {}
    known = {f.name for f in fields(Metadata)}
    for number, row in enumerate(rows[1:], 2):
        values = {c: v.strip() for c, v in zip(columns, row, strict=False) if c and v.strip()}
        if not values:
            continue
        name = values.get("file")
        if name is None:
            raise MetadataError(f"{path}: line {number}: no file is named")
        if name in found:
            raise MetadataError(f"{path}: line {number}: {name} is listed twice")
        if "date" in values:
            values["date"] = _iso(values["date"], f"{path}: line {number}")
        found[name] = Metadata(**{c: v for c, v in values.items() if c in known})
    return found


def _iso(words: str, where: str) -> str:
    """2023/3/1 and 2023年3月1日 as 2023-03-01."""
    from extract.language.dates import iso

    m = _DATE.match(words)
    month, day = (int(m[part]) if m and m[part] else None for part in ("month", "day"))
    said = iso(int(m["year"]), month, day) if m else None
    if said is None:
        raise MetadataError(f"{where}: {words!r} is no date; write it like 2023-03-01")
    return said


def _rows(path: Path) -> list[list[str]]:
    from extract.readers.sheets import read_rows

    try:
        return read_rows(path.read_bytes(), name=str(path))
    except OSError as error:
        raise MetadataError(f"{path}: {error.strerror}; check the path") from error
    except ReadError as error:
        raise MetadataError(str(error)) from error
