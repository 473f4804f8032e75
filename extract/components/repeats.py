"""A report may say its findings twice: what is added the second time belongs to the findings of the first.

A table beside findings in prose repeats them, and so does a section on what was set right (关于…问题).
"""

from __future__ import annotations

import operator
import re

from extract.draft import Draft
from extract.nodes import Node
from extract.outline.section import Section

#: What a notice of rectification puts round a headline; so long, in characters, it tells one matter.
_ABOUT = re.compile(
    r"(?:关于|针对|对)?[“《]?(?P<matter>[^”》]+?)[”》]?(?:的?问题)?(?:的?整改(?:落实)?(?:情况|措施)?)?"
)
_LEAST = 5
#: So much of what a row says stands in a finding that it repeats; less, where all rows of its table do.
_ALIKE, _ALL_ALIKE = 0.7, 0.4
#: Findings in prose that are compared with each row.
_MOST = 300


def merge_rows(draft: Draft) -> None:
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
    draft.drop("Problem", repeated)


def merge_rectified(draft: Draft) -> None:
    """One problem of two: 一、反馈问题：（一）甲。 … 二、整改情况：（一）关于甲问题。已…

    All that was said of the second is then said of the first.
    """
    first: dict[str, Node] = {}
    same: dict[int, Node] = {}
    for problem in sorted(draft.of("Problem"), key=lambda p: p.start):
        name = _matter(draft, problem)
        if problem.section is None or problem.items or not name:
            continue
        if problem.section.about == "rectified" and name in first:
            same[id(problem)] = first[name]
        elif problem.section.about == "problems":
            first.setdefault(name, problem)
    if not same:
        return
    for bond in draft.bonds:
        bond.source = same.get(id(bond.source), bond.source)
        bond.target = same.get(id(bond.target), bond.target)
    for node in (node for nodes in draft.nodes.values() for node in nodes):
        node.parent = same.get(id(node.parent), node.parent)
        node.scope = same.get(id(node.scope), node.scope)
        node.items = [item for item in node.items if id(item) not in same]
    draft.drop("Problem", same)


def _matter(draft: Draft, problem: Node) -> str:
    """What its headline speaks of: 甲 of 关于“甲”问题; empty where that is short."""
    if problem.headline is None:
        return ""
    m = _ABOUT.fullmatch(draft.text[slice(*problem.headline)])
    name = m["matter"] if m else ""
    return name if len(name) >= _LEAST else ""


def _table_of(section: Section | None) -> Section | None:
    while section is not None and section.kind != "table":
        section = section.parent
    return section


def _pairs(draft: Draft, problem: Node) -> set[str]:
    """The pairs of characters of what it states, without its number."""
    text = draft.text[problem.body : problem.end].strip("。；\n")
    return set(map(operator.add, text, text[1:]))
