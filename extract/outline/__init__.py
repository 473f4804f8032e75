"""Headings, list markers and lead-ins -> a tree of sections.

One pass finds the events of a clean text (`events`): a marker such as （一）, a bare heading such as
存在问题, a lead-in such as 整改情况：. A second one builds the tree with a stack (`nesting`, `lead_ins`).
What a section is about is its role: problems, causes, recommendations, measures … ; a section without a role
of its own has its parent's. Where headings do not say it, the kind of the report and the words do (`roles`),
which also tell how a section states problems (`stating`). The components change nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from extract.model import Cell
from extract.outline.events import UNIT_LINE, find_events, next_markers
from extract.outline.lead_ins import Labels
from extract.outline.nesting import place
from extract.outline.section import Section
from extract.rules import Rules

_AFTER_HEADING = re.compile(r"[\n。：]")


def find_sections(text: str, rules: Rules, cells: Mapping[int, Cell] | None = None) -> Section:
    """The tree of sections of a clean text; its root covers all of it. `cells`: those of its tables."""
    root = Section("root", 0, 0, end=len(text))
    stack = [root]
    events = find_events(text, rules, cells or {})
    labels = Labels(events, text)
    for event, following in zip(events, next_markers(events), strict=True):
        place(event, following, stack, text, labels)
    _close(root, len(text))
    _trim(root, text)
    return root


def _close(section: Section, end: int) -> None:
    section.end = end
    for i, child in enumerate(section.children):
        _close(child, section.children[i + 1].start if i + 1 < len(section.children) else end)


def _trim(section: Section, text: str) -> None:
    for s in section.walk():
        while s.end > s.body and text[s.end - 1] == "\n":
            s.end -= 1
        s.content = s.body
        if s.children and s.children[0].inline and UNIT_LINE.fullmatch(text, s.body, s.own_end):
            s.generic = True  # 甲公司：一是…；二是…
        if s.generic and s.kind not in ("heading", "lead") and not s.run_in:
            m = _AFTER_HEADING.search(text, s.body, s.own_end)
            s.content = m.end() if m else s.own_end
