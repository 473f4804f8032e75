"""Tables in files, and what was found in them, row by row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from extract.model import Findings, Mention

Table = Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Row:
    """A problem with what is linked to it; measures as (text, status), amounts of its evidence in yuan."""

    headline: str
    causes: tuple[str, ...]
    measures: tuple[tuple[str, str], ...]
    advice: tuple[str, ...]
    amounts: tuple[float, ...]


def rows(findings: Findings) -> list[Row]:
    """The problems without parts, in the order of the text."""
    by_id = {node.id: node for node in findings.nodes}
    parents = {edge.target for edge in findings.edges if edge.type == "PART_OF"}

    def linked(node: Mention, type_: str, *, out: bool = False) -> list[Mention]:
        ends = [(e.source, e.target) for e in findings.edges if e.type == type_]
        found = [by_id[b if out else a] for a, b in ends if (a if out else b) == node.id]
        return sorted(found, key=lambda n: n.start or 0)

    return [
        Row(
            str(p.properties["headline"]),
            tuple(c.text or "" for c in linked(p, "CAUSED_BY", out=True)),
            tuple(((m.text or "").replace("\n", " "), m.properties["status"]) for m in linked(p, "RESOLVES")),
            tuple(r.text or "" for r in linked(p, "ADDRESSES")),
            tuple(a for e in linked(p, "SUPPORTS") for a in e.properties.get("amounts", ())),
        )
        for p in sorted(findings.by_label("Problem"), key=lambda n: n.start or 0)
        if p.id not in parents
    ]


def headlines(findings: Findings) -> list[str]:
    return [row.headline for row in rows(findings)]


def statuses(findings: Findings) -> list[list[str]]:
    return [[status for _, status in row.measures] for row in rows(findings)]


def workbook(
    path: Path,
    *sheets: tuple[str, Table],
    merged: Sequence[str] = (),
    change: Callable[[Worksheet], object] = lambda _: None,
) -> Path:
    """A workbook; `merged` and `change` are for its first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, table in sheets:
        sheet = book.create_sheet(name)
        for row in table:
            sheet.append(list(row))
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    change(book.worksheets[0])
    book.save(path)
    return path
