"""A table beside findings in prose may say them again: what its rows add belongs to those findings."""

from __future__ import annotations

import operator

from extract.draft import Draft, Node
from extract.outline.section import Section

#: So much of what a row says stands in a finding that it repeats; less, where all rows of its table do.
_ALIKE, _ALL_ALIKE = 0.7, 0.4
#: Findings in prose that are compared with each row.
_MOST = 300


def merge_repeats(draft: Draft) -> None:
    """Drop the problems of a table that only say again what a problem in prose says, and keep which it is."""
    found = draft.of("Problem")
    listed = [p for p in found if _table_of(p.section) is not None]
    if not listed or len(listed) == len(found):
        return
    prose = [(p, _pairs(draft, p)) for p in found if _table_of(p.section) is None][:_MOST]
    tables: dict[int, list[tuple[float, Section, Node, Node]]] = {}
    for row in listed:
        table = _table_of(row.section)
        if table is not None and row.section is not None and row.section.kind == "row" and not row.items:
            pairs = _pairs(draft, row)
            shared, best = max(((len(pairs & said), p) for p, said in prose), key=lambda x: x[0])
            tables.setdefault(id(table), []).append((shared / max(len(pairs), 1), row.section, row, best))
    repeated: set[int] = set()
    for rows in tables.values():
        least = _ALL_ALIKE if all(alike >= _ALL_ALIKE for alike, *_ in rows) else _ALIKE
        for alike, section, row, best in rows:
            if alike >= least:
                draft.repeats.append((section, best))
                repeated.add(id(row))
    for group in listed:
        if group.section is not None and group.section.kind == "group":
            group.items = [item for item in group.items if id(item) not in repeated]
            if not group.items:
                repeated.add(id(group))
    draft.nodes["Problem"] = [p for p in found if id(p) not in repeated]


def _table_of(section: Section | None) -> Section | None:
    while section is not None and section.kind != "table":
        section = section.parent
    return section


def _pairs(draft: Draft, problem: Node) -> set[str]:
    """The pairs of characters of what it states, without its number."""
    text = draft.text[problem.body : problem.end].strip("。；\n")
    return set(map(operator.add, text, text[1:]))
