"""Measures: what a rectification notice (or the end of an audit) says was done, and how far it has come."""

from __future__ import annotations

import operator
import re
from itertools import islice

from extract.components.causes import add_stated, stated_causes
from extract.components.component import component
from extract.draft import Draft
from extract.found import Found
from extract.nodes import Node
from extract.outline.section import Section
from extract.status import status_of
from extract.text.sentences import sentences, strip_span

#: More problems, or clauses in a sentence, no audit has.
_MOST = 500
_SHORT = 40
#: A line that only says how far it has come: 整改状态：基本完成。
STATE = re.compile(
    r"\s*【?(?:整改|落实|完成|办理)?(?:状态|进度|进展|情况)[：】](?P<state>[^\n，。；：]{2,10})[。；]?(?=\n|$)"
)


@component("measures", "problems")
def find_measures(draft: Draft) -> Found:
    problems = draft.problems_by_section()
    for section, end in _led_in(draft):
        _after_lead(draft, section, end, problems)
    for problem in draft.of("Problem"):
        _within_problem(draft, problem)
        if problem.section is not None and problem.section.about == "rectified":
            _rest_of_item(draft, problem)
    for section in draft.root.walk():
        if (
            section.role in ("rectified", "measures")
            and section.kind != "lead"
            and not any(_inside(p, section) for p in draft.of("Problem"))
        ):
            _scattered(draft, section)
    if draft.kind == "rectification-notice" and not draft.of("Problem") and not draft.of("Measure"):
        _without_problems(draft)
    return draft.found(Found)


def _inside(node: Node, section: Section) -> bool:
    return section.start <= node.start < section.end


def _measure(draft: Draft, start: int, end: int, problem: Node | None, status: str | None = None) -> None:
    """Keep a measure; `status` where a cell says it. Where no words do, a head will judge (categories.py)."""
    while end > start and draft.text[end - 1] == "\n":
        end -= 1
    if end - start < 3 and status is None:
        return
    status = status or status_of(draft.text[start:end], draft.rules)
    node = Node("Measure", start, end, {"status": status}, problem)
    draft.add(node)
    if problem is not None:
        draft.bond("RESOLVES", node, problem)
        for s, e in sentences(draft.text, start, end):
            for found in stated_causes(draft.text, s, e, draft.rules):
                add_stated(draft, problem, found)


def _within_problem(draft: Draft, problem: Node) -> None:
    """Half a sentence inside a problem: 审计指出问题后，已全部清退。"""
    for start, end in problem.ranges:
        for s, e in sentences(draft.text, start, end, strong=True):
            if draft.rules["rectification"]["inside"].pattern.match(draft.text[s:e]):
                _measure(draft, s, e, problem)
            elif m := draft.rules["rectification"]["after"].pattern.search(draft.text, s, e):
                _measure(draft, m.end("after"), e, problem)


def _led_in(draft: Draft) -> list[tuple[Section, int]]:
    """What follows 整改情况：, each with its end; 整改结果：已完成 after it goes with it."""
    found: list[tuple[Section, int]] = []
    for section in draft.root.walk():
        if section.kind == "lead" and section.role == "measures":
            if (
                found
                and draft.text[found[-1][1] : section.start].strip() == ""
                and section.end - section.start <= _SHORT
                and draft.rules["rectification"]["result"].pattern.match(draft.text, section.start)
            ):
                found[-1] = found[-1][0], section.end
            else:
                found.append((section, section.end))
    return found


def _after_lead(draft: Draft, section: Section, end: int, problems: dict[int, Node]) -> None:
    """What follows 整改情况： is the measure for the problem above it, or for the last before it."""
    problem = None
    node = section.parent
    while node is not None and problem is None:
        problem = problems.get(id(node))
        node = node.parent
    if problem is None and not section.of_row:
        problem = max(
            (p for p in draft.of("Problem") if p.end <= section.start + 1),
            key=lambda p: (p.end, p.start),
            default=None,
        )
    leaves = problem.items if problem else []
    if section.of_row:
        _of_row(draft, section, end, problem)
        return
    if (m := STATE.match(draft.text, section.start)) and m.end() >= end - 1:
        return  # what was done stands before it, without a word that leads to it
    parts = _by_status(draft, section.start, end)
    if leaves and len(parts) == len(leaves):
        for (s, e), leaf in zip(parts, leaves, strict=True):
            _measure(draft, s, e, leaf)
    else:
        _measure(draft, section.start, end, problem)


#: A column of measures that does not say what came of them.
_TO_DO = re.compile("[【“]?[^，。：\n]{0,4}(?:措施|计划|方案|打算)[】”]?：")


def _of_row(draft: Draft, section: Section, end: int, problem: Node | None) -> None:
    """A cell of a table. What another cell of its row says of the status holds for it: 是否完成 | 是."""
    row = [s for s in (section.parent.children if section.parent else ()) if s.role == "measures"]
    if len(row) > 1 and section.status and end - section.start <= _SHORT and section.body == section.start:
        return  # only the status of the others
    status = next((s.status for s in reversed(row) if s.status), None)
    if status is None and status_of(draft.text[section.start : end], draft.rules) is None:
        later = [s for s in row if s.start > section.start]
        said = (status_of(draft.text[s.start : s.end], draft.rules) for s in reversed(later))
        status = next(filter(None, said), None)
        if status is None and _TO_DO.match(draft.text, section.start, end):
            status = "ongoing"  # a list may come before the deed
    leaves = problem.items if problem else []
    if len(leaves) == len(section.children) > 1:  # a list of measures for a list of findings
        for part, leaf in zip(section.children, leaves, strict=True):
            _measure(draft, part.start, part.end, leaf, status)
    else:
        _measure(draft, section.start, end, problem, status)


def _by_status(draft: Draft, start: int, end: int) -> list[tuple[int, int]]:
    """Cut after each sentence that is only a status (已完成。)."""
    parts, at = [], start
    for s, e in sentences(draft.text, start, end, strong=True):
        if e - s <= 16 and draft.rules["measures"].any(draft.text[s:e]) and s > at:
            parts.append((at, e))
            at = e
    if end - at > 2:
        parts.append((at, end))
    return parts


def _rest_of_item(draft: Draft, problem: Node) -> None:
    """Without a lead-in, what follows the finding of a rectified item is the measure."""
    section = problem.section
    if section is None or any(c.role == "measures" for c in section.walk()) or problem.items:
        return
    start = problem.end
    while start < section.end and draft.text[start] in "\n。；":
        start += 1
    end = min((c.start for c in section.children if c.role == "closing"), default=section.end)
    if end - start >= 12:
        _measure(draft, start, end, problem)


def _without_problems(draft: Draft) -> None:
    """The parts of a notice that only tells what was done: 一、在农村公路管养方面着力…."""
    for section in draft.root.children:
        parts = [s for s in section.walk() if s.kind in ("cn", "cn_bracket") and s.role is None]
        for part in [p for p in parts if not any(c in parts for c in p.children)]:
            end = min((c.start for c in part.walk() if c.role), default=part.end)
            start = draft.text.find("\n", part.body, end) + 1 or part.start
            if end - start >= _SHORT // 2 and draft.rules["rectification"]["done-by-now"].pattern.search(
                draft.text, start, end
            ):
                _measure(draft, start, end, None)


def _scattered(draft: Draft, section: Section) -> None:
    """The paragraph at the end of an audit: each clause that says what was done is a measure."""
    items = [c for c in section.children if c.value and not c.role]
    matters = [(_pairs(draft.words(p)), p) for p in draft.of("Problem") if not p.items][:_MOST]
    if len(items) > 1:  # what came of each recommendation, what was set right at once
        for item in items:
            _measure(draft, item.start, item.end, _same_matter(draft.text[item.start : item.end], matters))
        return
    for s, e in sentences(draft.text, section.body, section.end):
        if draft.rules["rectification"]["plan"].pattern.search(draft.text[s:e]):
            continue
        for m in islice(re.finditer(r"[^，]+", draft.text[s:e]), _MOST):
            a, b = strip_span(draft.text, s + m.start(), s + m.end())
            words = draft.text[a:b]
            if (
                len(words) >= 10
                and draft.rules["rectification"]["done"].pattern.search(words)
                and (target := _same_matter(words, matters))
            ):
                _measure(draft, a, b, target)


def _pairs(text: str) -> set[str]:
    """Its pairs of characters, and its sums of money: figures count twice."""
    return {*map(operator.add, text, text[1:]), *re.findall(r"(?<![\d.])\d[\d.]*[万亿]?元", text)}


def _same_matter(words: str, matters: list[tuple[set[str], Node]]) -> Node | None:
    """The problem that shares most with a clause."""
    wanted = _pairs(words)
    scored = ((len(wanted & pairs), 40 + p.end - p.start, p) for pairs, p in matters)
    best = max(scored, key=lambda x: x[0] / x[1], default=None)
    return best[2] if best and best[0] >= 4 else None
