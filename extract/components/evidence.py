"""Evidence: examples, figures, dates and cases given for a problem, with or without a cue."""

from __future__ import annotations

import re

from extract.components.component import component
from extract.draft import Draft
from extract.found import Found
from extract.nodes import Bond, Node
from extract.ranges import Overlaps
from extract.text.sentences import sentences, strip_span

_CLAUSE = re.compile(r"(?:[^，“（《]+|“[^“”]{0,200}”|（[^（）]{0,200}）|《[^《》]{0,200}》|[“（《])+")
_MIN = 6
#: So many characters before a cause are no fact by themselves.
_FEW = 16


@component("evidence", "problems", "causes", "effects")
def find_evidence(draft: Draft) -> Found:
    stated: dict[int, list[Bond]] = {}
    for bond in draft.bonds:
        stated.setdefault(id(bond.source), []).append(bond)
    for problem in draft.of("Problem"):
        bonds = stated.get(id(problem), ())
        said = Overlaps((b.start, b.end, b) for b in bonds if b.start is not None and b.end)
        for start, end in problem.ranges:
            for s, e in sentences(draft.text, start, end):
                for part in _pieces(draft, s, e):
                    _add(draft, problem, said, part)
    return draft.found(Found)


def _pieces(draft: Draft, start: int, end: int) -> list[tuple[int, int, bool]]:
    """(start, end, cued) of the parts of a sentence that can be evidence."""
    text, rules = draft.text, draft.rules["evidence"]
    start, _ = strip_span(text, start, end)
    words = text[start:end]
    if draft.rules["rectification"]["inside"].pattern.match(words) or rules["directive"].any(words):
        return []
    if m := draft.rules["rectification"]["after"].pattern.search(text, start, end):
        end = m.start()
        words = text[start:end]
    marks = [(start + m.start(), start + m.end()) for m in rules["cue"].only.finditer(words)]
    parts: list[tuple[int, int, bool]] = []
    at, cued = start, False
    for s, e in marks:
        if s > at:
            parts.append((at, s, cued))
        at, cued = e, True
        while at < end and text[at] in "，：":
            at += 1
    parts.append((at, end, cued))
    return parts


def _add(draft: Draft, problem: Node, said: Overlaps[Bond], part: tuple[int, int, bool]) -> None:
    start, end, cued = part
    text, rules = draft.text, draft.rules["evidence"]
    soft = rules["soft"].only.pattern
    while not cued and (m := soft.match(text[start:end])) and m.end():
        start += m.end()
    start, end = _without_causes(draft, said, start, end)
    if law := rules["law"].only.search(text[start:end]):
        if law.start() < _MIN:
            return
        end = start + law.start()
    if not cued:
        start = _first_concrete(draft, start, end)
    stop = end
    if text[end - 1 : end] in ("；", "，"):
        stop = end - 1
    s, _ = strip_span(text, start, stop)
    if stop - s >= _MIN:
        node = Node("Evidence", s, stop, {}, problem)
        draft.add(node)
        draft.bond("SUPPORTS", node, problem)


def _without_causes(draft: Draft, said: Overlaps[Bond], start: int, end: int) -> tuple[int, int]:
    """Evidence begins after a cause that precedes it, and ends before the words of a cause or an effect."""
    for bond in said.meeting(start, end):
        target = bond.target
        if target is None or bond.start is None or bond.end is None:
            continue
        if not (bond.start < end and start < bond.end):
            continue
        if bond.type == "CAUSED_BY" and target.start - start < 12 and end - bond.end > _MIN:
            start = bond.end
        elif bond.start > start:
            if bond.type == "CAUSED_BY" and bond.start - start < _FEW and end - bond.end > bond.end - start:
                continue  # 11户央企的45个项目因…，不当增加成本44.16亿元: one fact with its cause
            says = draft.rules["evidence"]["says"].pattern.search(draft.text, start, bond.start)
            end = says.start() if says else bond.start
        else:
            start = end
    return start, max(start, end)


def _first_concrete(draft: Draft, start: int, end: int) -> int:
    """Skip the general statements before the first concrete clause; `end` where no clause is concrete."""
    words, problems, evidence = draft.text[start:end], draft.rules["problems"], draft.rules["evidence"]
    if problems["none"].any(words):
        return end
    opens, detail, concrete = problems["opens"], evidence["detail"], evidence["concrete"]
    if not concrete.any(words):
        # a fact that judges nothing: 主题党日与缴费日合并，半小时散会
        judged = problems["judgement"].any(words)
        told = judged if draft.kind == "accident-report" else not judged
        return start if len(words) >= 14 and told else end
    clauses = list(_CLAUSE.finditer(words))
    first = next((i for i, c in enumerate(clauses) if concrete.any(c[0])), 0)
    while first and not (opens.any(clauses[first - 1][0]) and not detail.any(clauses[first - 1][0])):
        first -= 1
    return start + clauses[first].start()
