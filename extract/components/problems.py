"""Problems: the items, headed paragraphs and list members of the sections that state what was found."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from extract.components.component import component
from extract.components.repeats import merge_rows
from extract.draft import Draft
from extract.found import Problems
from extract.nodes import Node
from extract.outline.section import Section
from extract.problems.chains import heads_parts, read_chain, told
from extract.problems.headlines import headline_span
from extract.problems.prose import (
    add_chain,
    add_problem,
    add_spans,
    by_unit,
    opens_in_general,
    read_prose,
)
from extract.problems.rectified import end_of_finding, is_measure_item, names_only
from extract.problems.spelled_out import SpelledOut, find_spelled_out
from extract.problems.statements import (
    breaches,
    denies,
    each_sentence,
    find_list,
    is_problem,
    parts_with_details,
    problem_spans,
    stated_parts,
)
from extract.ranges import Overlaps
from extract.text.sentences import first_sentence, sentences, strip_span


@component("problems")
def find_problems(draft: Draft) -> Problems:
    _visit(draft, draft.root, None)
    if not draft.of("Problem"):
        _free_text(draft, ("root", "title", "unit"))
    elif draft.kind != "accident-report":
        _free_text(draft, ("title",))
    spelled_out = find_spelled_out(draft.text, draft.rules)
    if draft.kind != "accident-report":
        _samples(draft, spelled_out)
        _breaches(draft, spelled_out)
        _convicted(draft, spelled_out)
    merge_rows(draft)
    return draft.found(Problems, repeats=tuple(draft.repeats), spelled_out=spelled_out)


def _visit(draft: Draft, section: Section, parent: Node | None) -> None:
    """The problems of a section and of those below it, as the outline says that it states them."""
    node = parent
    if section.states == "told":
        read_prose(draft, section)
        node = None
    elif section.states == "several":
        if section.about != "rectified" or not section.children:
            _loose(draft, section, parent)
    elif section.states == "one":
        node = _add_item(draft, section, parent)
    elif section.states == "failure":
        within = parent if parent and parent.section and parent.section.states == "failure" else None
        node = add_problem(
            draft, section.start, section.end, within, section.value, body=section.body, section=section
        )
    for child in section.children:
        _visit(draft, child, node)
    if node is not None and node is not parent:
        _finish(draft, node)


def _add_item(draft: Draft, section: Section, parent: Node | None) -> Node:
    """The problem of a marked section; its extent is set for good in `_finish`."""
    start = section.body if section.kind in ("title", "stated", "paragraph") else section.start
    body_end = section.own_end
    measured = any(c.role == "measures" for c in section.children)
    if section.about == "rectified" and not measured:
        body_end = end_of_finding(draft, section.body, body_end)
    same = any(c.about == section.about for c in section.children)
    more = section.kind in ("title", "stated") or same
    node = add_problem(
        draft, start, body_end, parent, section.value, body=section.body, more=more, section=section
    )
    only_measures = all(c.role == "closing" or is_measure_item(draft, c) for c in section.children)
    if section.about != "rectified" or measured or not only_measures:
        node.end = section.end
    if not section.children:
        _listed(draft, node)
        _named_only(draft, node)
    if not any(c.states == "one" or c.about == "problems" or c.role is None for c in section.children):
        _paragraph_below(draft, node, section)
    return node


def _listed(draft: Draft, node: Node) -> None:
    """A list by semicolons after 主要表现在： gives items."""
    text = draft.text
    start, end = node.ranges[0]
    lead = find_list(draft, max(node.start, start - 1), min(end, start + 40))
    if not lead:
        return
    parts = [p for p in sentences(text, lead.end(), end) if p[1] - p[0] >= 8]
    if len(parts) < 2 or any(text[e - 1] != "；" for _, e in parts[:-1]):
        return
    if draft.rules["evidence"]["detail"].any(text[parts[0][0] : parts[0][0] + 8]):
        return  # 有的…；有的…: cases, not items
    node.ranges = [(start, lead.start())]
    for i, (s, e) in enumerate(parts, 1):
        add_problem(draft, s, e if text[e - 1] == "。" else e - 1, node, i)


def _named_only(draft: Draft, node: Node) -> None:
    """Where the headline only names a unit or a subject, each statement that follows is an item."""
    head = node.headline
    if (
        head is None
        or head[1] - head[0] > 24
        or not draft.rules["findings"]["name"].pattern.search(draft.text[slice(*head)])
        or node.items
    ):
        return
    items = [p for p in problem_spans(draft, *node.ranges[0], listed=True) if is_problem(draft, *p)]
    for i, (s, e) in enumerate(items, 1):
        first = next(at for at in range(s, e) if draft.text[at] not in "。，；：")
        add_problem(draft, first, e, node, i)
    if items:
        node.ranges = []


def _paragraph_below(draft: Draft, node: Node, section: Section) -> None:
    """A heading, below it or after it in its line statements: each is a part."""
    text = draft.text
    below = text.find("\n", section.body, section.own_end) + 1
    if node.items or (below and text[below - 2] in "：；，"):
        return
    parts: list[tuple[int, int]] = []
    if below:
        for line in re.finditer(r"[^\n]+", text[below : section.own_end]):
            s, e = below + line.start(), below + line.end()
            parts += stated_parts(draft, s, e)
    else:
        parts = parts_with_details(draft, section.body, section.own_end)
    if len(parts) < 2:
        return
    for i, (s, e) in enumerate(parts, 1):
        add_problem(draft, s, e, node, i)
    node.ranges = [(s, min(e, parts[0][0])) for s, e in node.ranges if s < parts[0][0]]
    if parts[-1][1] < section.own_end:
        node.ranges.append((parts[-1][1], section.own_end))


def _loose(draft: Draft, section: Section, parent: Node | None) -> None:
    """Problems that no marker opens, below a heading or a lead-in: paragraphs, list members, sentences."""
    text = draft.text
    start, end = section.content, section.own_end
    listed = section.kind == "lead" and text[start : start + 1] != "\n"
    for line in re.finditer(r"[^\n]+", text[start:end]):
        s, e = start + line.start(), start + line.end()
        if section.chain and section.kind != "lead":
            add_chain(draft, section, parent, told(draft, s, e))  # a neutral heading of a self-examination
        elif section.chain or heads_parts(draft, s, e):
            add_chain(draft, section, parent, read_chain(draft, s, e))
        elif section.kind in ("unit", "dash") and not draft.rules["findings"]["region"].pattern.search(
            text[section.start : section.start + 16]
        ):
            add_spans(draft, section, parent, each_sentence(draft, s, e))
        else:
            spans = problem_spans(draft, s, e, listed=listed)
            if len(spans) < 2 and text.count("；", s, e) > 1 and not opens_in_general(draft, s, e):
                add_chain(draft, section, parent, read_chain(draft, s, e))
            else:
                add_spans(draft, section, parent, spans)


def _free_text(draft: Draft, kinds: Collection[str]) -> None:
    """Sections of these kinds that are about nothing in particular: the paragraphs that report a problem."""
    start = draft.title[1] if draft.title else 0
    for section in draft.root.walk():
        if section.about is None and section.kind in kinds:
            if section.kind in ("root", "title", "unit") and (
                units := by_unit(draft, max(start, section.body), section.own_end)
            ):
                add_chain(draft, section, None, units)
                continue
            for line in re.finditer(r"[^\n]+", draft.text[section.body : section.own_end]):
                s, e = section.body + line.start(), section.body + line.end()
                if s >= start:
                    add_spans(draft, section, None, problem_spans(draft, s, e, strict=True))


def _known(draft: Draft) -> Overlaps[None]:
    """Where problems stand by now."""
    return Overlaps((p.start, p.end, None) for p in draft.of("Problem"))


def _samples(draft: Draft, spelled_out: SpelledOut) -> None:
    """A list of products, without a word that leads to it: 抽查甲66批次，21批次不合格，…。抽查乙…."""
    text = draft.text
    starts = [start for start, _ in spelled_out.sampled]
    known = _known(draft)
    for start, after in pairwise([*starts, len(text)]) if len(starts) > 1 else ():
        line = text.find("\n", start)
        span = strip_span(text, start, min(after, line if line >= 0 else after))
        if not known.meeting(*span):
            add_problem(draft, *span, None, 0)


def _breaches(draft: Draft, spelled_out: SpelledOut) -> None:
    """Breaches that a sentence names in passing: 因A、B、C等违规行为被罚款60万元."""
    known = _known(draft)
    for section in draft.root.walk():
        if section.about is None:
            for members in breaches(draft, spelled_out, section.body, section.own_end):
                if not known.meeting(members[0][0], members[-1][1]):
                    add_spans(draft, section, None, members)


def _convicted(draft: Draft, spelled_out: SpelledOut) -> None:
    """What a decision finds, without a list or a word that leads to it: 经查，…，违反了《…》。"""
    known = _known(draft)
    for start, end in spelled_out.convicted:
        if not known.meeting(start, end) and not draft.rules["problems"]["none"].any(draft.text[start:end]):
            add_problem(draft, start, end, None, 0)


def _finish(draft: Draft, node: Node) -> None:
    """Extents after the children are known: a parent ends with its last item, before other roles' text."""
    text, section = draft.text, node.section
    items = node.items
    if items and node.headline and text[: node.headline[1]].endswith("情况"):
        node.ranges = []  # what was looked at, before what was found
    if section is not None and section.children:
        other = [c.start for c in section.children if c.role and c.role not in ("problems", "rectified")]
        if items:
            node.end = max(i.end for i in items)
            tail = None if other else _tail_of(draft, items[-1])
            if tail is not None:
                node.ranges.append((tail, section.end))
                node.end = section.end
        elif other and not names_only(draft, section):
            node.end = max(section.own_end, min(other))
    while node.end > node.start and text[node.end - 1] == "\n":
        node.end -= 1
    node.ranges = [(s, min(e, node.end)) for s, e in node.ranges if s < min(e, node.end)]
    _say_what(draft, node)


def _say_what(draft: Draft, node: Node) -> None:
    """A headline that only names a unit or a subject gives way to the first statement after it.

    Not where sentences of its own line are its items: there the name stands for them all. A subject with
    items keeps its name, 预算编制方面 without the last word: no item says what they have in common.
    """
    if node.headline is None:
        return
    text, (head, end) = draft.text, node.headline
    if text[head:end].endswith("方面") and (
        node.items or draft.rules["findings"]["judges"].pattern.search(text, head, end)
    ):
        node.headline = (head, end - 2)  # 主责主业不聚焦方面
    elif (
        end - head > 24
        or not draft.rules["findings"]["name-only"].pattern.search(text[head:end])
        or (node.items and draft.rules["findings"]["subject-ends"].pattern.search(text, head, end))
        or is_problem(draft, head, end)
    ):
        return
    elif node.items:
        first = node.items[0]
        if first.section not in (None, node.section) or "\n" in text[end : first.start + 1]:
            node.said = first.said or first.headline
    elif node.ranges:
        start, stop = node.ranges[0]
        said, until = headline_span(draft, first_sentence(text, start, stop)[0], stop)
        if not text[end:said].strip("。，：:.;；\n ") and said < until and not denies(draft, said, until):
            node.headline, node.ranges[0] = (said, until), (until, stop)


def _tail_of(draft: Draft, item: Node) -> int | None:
    """The last of several inline items ends where a sentence speaks of all of them; returns where."""
    if item.section is None or not item.section.inline or item.items:
        return None
    for s, _ in sentences(draft.text, item.start, item.end, strong=True)[1:]:
        if draft.rules["findings"]["tail"].pattern.match(draft.text[s : s + 8]):
            item.end = s
            item.ranges = [(a, min(b, s)) for a, b in item.ranges if a < s]
            return s
    return None
