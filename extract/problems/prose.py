"""Problems as nodes: one for each span, each finding of a chain of prose, each paragraph on a unit."""

from __future__ import annotations

import re

from extract.draft import Draft
from extract.nodes import Node
from extract.outline.section import Section
from extract.problems.chains import Found, first_statement, told
from extract.problems.headlines import headline_span
from extract.problems.statements import headed, is_finding, opens, subject
from extract.text.sentences import first_sentence, strip_span


def read_prose(draft: Draft, section: Section) -> None:
    """Adds what a paragraph after a chain or a list still tells of a finding."""
    found: list[Found] = []
    for line in re.finditer(r"[^\n]+", draft.text[section.body : section.own_end]):
        s, e = section.body + line.start(), section.body + line.end()
        if not draft.rules["findings"]["of-all"].pattern.match(draft.text, s, e):
            found += told(draft, s, e)
    add_chain(draft, section, None, found)


def add_problem(
    draft: Draft,
    start: int,
    end: int,
    parent: Node | None,
    value: int,
    *,
    body: int | None = None,
    more: bool = False,
    section: Section | None = None,
) -> Node:
    """A problem from `start` to `end`, its headline read from `body`; `value` is its number, 0 for none."""
    head = headline_span(draft, start if body is None else body, end, more=more)
    numbers = [parent.properties["number"]] if parent and parent.properties["number"] else []
    number = ".".join([*numbers, str(value)]) if value else ""
    node = Node("Problem", start, end, {"number": number}, parent, section, [(head[1], end)], head)
    node.body = start if body is None else body
    return draft.add(node)


def opens_in_general(draft: Draft, start: int, end: int) -> bool:
    """Does a paragraph begin with a sentence in general, which the rest bears out?"""
    first = _first(draft, start, end)
    return first.endswith("。") and opens(draft, first)


def _first(draft: Draft, start: int, end: int) -> str:
    return draft.text[slice(*first_sentence(draft.text, start, end))]


def add_spans(draft: Draft, section: Section, parent: Node | None, spans: list[tuple[int, int]]) -> None:
    if len(spans) > 1 and headed(draft, spans):
        (start, stop), *parts = spans
        parent = add_problem(draft, start, parts[-1][1], parent, 0, section=section)
        parent.ranges = [(s, min(e, stop)) for s, e in parent.ranges if s < stop]
        spans = parts
    for i, (s, e) in enumerate(spans, 1):
        add_problem(draft, s, e, parent, i if len(spans) > 1 else 0, section=section)


def add_chain(draft: Draft, section: Section, parent: Node | None, chain: list[Found]) -> None:
    for i, found in enumerate(chain, 1):
        number = i if len(chain) > 1 else 0
        if not found.parts:
            body = found.body
            _headed_anew(
                draft, add_problem(draft, found.start, found.end, parent, number, body=body, section=section)
            )
            continue
        field = add_problem(draft, found.start, found.parts[0][0], parent, number, section=section)
        for j, (s, e) in enumerate(found.parts, 1):
            _headed_anew(draft, add_problem(draft, s, e, field, j, section=section))
        field.end, field.ranges = found.end, []


def _headed_anew(draft: Draft, node: Node) -> None:
    """The headline of a finding in prose ends with its first clause that tells what is wrong."""
    if node.headline is None:
        return
    first = first_sentence(draft.text, node.body, node.end)
    start, end = strip_span(draft.text, *first_statement(draft, *first))
    said, until = node.headline
    if end < until or not is_finding(draft, said, until):
        if draft.rules["findings"]["some"].pattern.match(draft.text, start) and until < end:
            return  # 部分场所楼上住人，…: general enough
        node.headline = (start, end)
        node.ranges = [(end, node.end)]
    elif start > said:
        node.headline = (start, until)


def by_unit(draft: Draft, start: int, end: int) -> list[Found]:
    """The findings of a text that goes from unit to unit, a paragraph each, and announces none."""
    lines = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]+", draft.text[start:end])]
    if sum(opens(draft, _first(draft, s, e)) for s, e in lines) > 1:
        return []  # each states something in general, and bears it out
    found = [told(draft, s, e) for s, e in lines if subject(draft, draft.text[s:e])]
    return [f for chain in found for f in chain] if sum(map(bool, found)) > 2 else []
