"""A table beside findings in prose may say them again: what its rows add belongs to those findings."""

from __future__ import annotations

import operator

from extract.draft import Draft, Node
from extract.outline.section import Section

#: So much of what a row says stands in a finding that it repeats.
_ALIKE = 0.7
#: Findings in prose that are compared with each row.
_MOST = 300


def merge_repeats(draft: Draft) -> None:
    """Drop the problems of a table that only say again what a problem in prose says, and keep which it is."""
    found = draft.of("Problem")
    prose = [(p, _pairs(draft, p)) for p in found if not _in_table(p.section)][:_MOST]
    if not prose or len(prose) == len(found):
        return
    repeated: set[int] = set()
    for row in found:
        if row.section is None or row.section.kind != "row" or row.items:
            continue
        pairs = _pairs(draft, row)
        shared, best = max(((len(pairs & said), p) for p, said in prose), key=lambda x: x[0])
        if pairs and shared >= _ALIKE * len(pairs):
            draft.repeats.append((row.section, best))
            repeated.add(id(row))
    for group in found:
        if group.section is not None and group.section.kind == "group":
            group.items = [item for item in group.items if id(item) not in repeated]
            if not group.items:
                repeated.add(id(group))
    draft.nodes["Problem"] = [p for p in found if id(p) not in repeated]


def _in_table(section: Section | None) -> bool:
    while section is not None and section.kind != "table":
        section = section.parent
    return section is not None


def _pairs(draft: Draft, problem: Node) -> set[str]:
    """The pairs of characters of what it states, without its number."""
    text = draft.text[problem.body : problem.end].strip("。；\n")
    return set(map(operator.add, text, text[1:]))
