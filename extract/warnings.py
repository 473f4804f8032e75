"""Warnings: sections and sentences that were recognised but gave no node. Nothing is lost in silence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from extract.draft import Draft, sentences
from extract.outline.section import Section
from extract.ranges import Covered

#: Role of a section -> the label of the nodes that it must give.
_GIVES = {"recommendations": "Recommendation", "causes": "RootCause", "problems": "Problem"}
#: A stretch of fewer characters is a heading or a remark, of which no warning is given.
_LEAST = 12


def find_warnings(draft: Draft) -> Iterator[str]:
    """Warnings, in the order of the text."""
    if not draft.of("Problem"):
        yield "no problem found: 未识别到问题"
    taken = Covered(
        (n.start, n.end)
        for label in ("Problem", "Measure", "RootCause", "Recommendation")
        for n in draft.of(label)
    )
    starts = {label: sorted(n.start for n in draft.of(label)) for label in _GIVES.values()}
    repeats = {id(section) for section, _ in draft.repeats}
    for section in draft.root.walk():
        if id(section) in repeats:
            continue
        if section.kind == "data" and _states_problems(draft, section):
            yield f"table without a column of problems: {_first(draft, section.start, section.end)}"
        label = _GIVES.get(section.role or "")
        if label and bisect_left(starts[label], section.start) == bisect_left(starts[label], section.end):
            yield f"section without a {label}: {_first(draft, section.start, section.end)}"
        elif section.announces and section.about == "problems":
            for s, e in sentences(draft.text, section.content, section.own_end):
                words = draft.text[s:e].strip()
                known = draft.rules["problems"]["intro"].any(words) or words.endswith("：")
                denied = draft.rules["problems"]["none"].any(words)
                if len(words) >= _LEAST and s not in taken and not known and not denied:
                    yield f"sentence that belongs to no problem: {_first(draft, s, e)}"


def _states_problems(draft: Draft, table: Section) -> bool:
    """Do rows of a table of data tell what is wrong, though no head says so: 检查项目 | 检查结果?"""
    judged = draft.rules["problems"]["judgement"]
    rows = draft.text[table.start : table.end].split("\n")
    return sum(len(row) >= _LEAST and judged.any(row) for row in rows[1:]) > 1


def _first(draft: Draft, start: int, end: int) -> str:
    return draft.text[start : min(end, start + 24)].split("\n")[0]
