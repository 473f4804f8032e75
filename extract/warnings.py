"""Warnings: sections and sentences that were recognised but gave no node. Nothing is lost in silence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from extract.draft import Draft
from extract.outline.section import Section
from extract.ranges import Covered
from extract.text.characters import find_unreadable
from extract.text.sentences import sentences

#: Role of a section -> the label of the nodes that it must give.
_GIVES = {"recommendations": "Recommendation", "causes": "RootCause", "problems": "Problem"}
#: A stretch of fewer characters is a heading or a remark, of which no warning is given.
_LEAST = 12


def all_warnings(draft: Draft) -> Iterator[str]:
    """Those of reading the file, of the components, and of what gave nothing."""
    yield from draft.report.warnings
    for found in draft.results.found():
        yield from found.warnings
    yield from find_unreadable(draft.report.source.text)
    yield from find_warnings(draft)


def find_warnings(draft: Draft) -> Iterator[str]:
    """What was recognised and gave no node, in the order of the text."""
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
