"""Recommendations: the items of sections that recommend, and the parts of a list after 建议：."""

from __future__ import annotations

import re

from extract.components.component import component
from extract.draft import Draft
from extract.found import Found
from extract.nodes import Node
from extract.outline.section import Section
from extract.problems.headlines import headline_span
from extract.text.sentences import sentences, strip_span

#: The first clause is the headline where it has so many characters.
_LEAST_HEADLINE = 6


@component("recommendations", "problems")
def find_recommendations(draft: Draft) -> Found:
    _visit(draft, draft.root, None)
    _address(draft)
    return draft.found(Found)


def _address(draft: Draft) -> None:
    """What follows 建议： within an item is said to answer its problem, or one of its problem's items."""
    problems = draft.problems_by_section()
    for node in draft.of("Recommendation"):
        lead = node.section
        while lead is not None and not (lead.kind == "lead" and lead.role == "recommendations"):
            lead = lead.parent
        if lead is None or not lead.own:
            continue
        node.scope = problems.get(id(lead.parent))
        if node.scope is not None and not node.scope.items:
            cue = strip_span(draft.text, lead.start, lead.body)
            draft.bond(
                "ADDRESSES",
                node,
                node.scope,
                at=(lead.start, node.end),
                method="explicit",
                confidence=0.95,
                cue=cue,
                rule="lead.recommendations",
            )


def _visit(draft: Draft, section: Section, parent: Node | None) -> None:
    if section.empty:
        return
    node = parent
    if section.about == "recommendations" and section.kind != "root":
        if section.announces or section.kind == "paragraph":
            _loose(draft, section)
        else:
            node = _add_item(draft, section, parent)
    for child in section.children:
        if child.kind == "lead" and node is not None and not child.children:
            continue  # who is to do what the item says: part of it
        _visit(draft, child, node if child.about == "recommendations" else None)


def _add_item(draft: Draft, section: Section, parent: Node | None) -> Node | None:
    end = min((c.start for c in section.walk() if c.role == "closing"), default=section.end)
    while end > section.start and draft.text[end - 1] == "\n":
        end -= 1
    if end <= section.body:  # a signature
        return parent
    numbers = [parent.properties["number"]] if parent and parent.properties["number"] else []
    number = ".".join([*numbers, str(section.value)]) if section.value else ""
    node = Node("Recommendation", section.start, end, {"number": number}, parent, section)
    own_end = min(section.own_end, end)
    node.headline = headline_of(draft, section.body, own_end, more=bool(section.children))
    node.ranges = [(node.headline[1], own_end)]
    return draft.add(node)


def headline_of(draft: Draft, start: int, end: int, *, more: bool = False) -> tuple[int, int]:
    s, e = headline_span(draft, start, end, more=more)
    if (comma := draft.text.find("，", s + _LEAST_HEADLINE, e)) > 0:
        return s, comma
    return s, e


_COUNT = re.compile(r"([三四五六七八九十]|\d{1,2})(?:个方面|方面|条|点|项)")
_CN = "一二三四五六七八九十"


def counted_parts(draft: Draft, lead: Section, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of 提出六个方面建议：A，B，C，D，E，F。 where there are as many as were announced."""
    said = _COUNT.search(draft.text, lead.start, lead.content)
    if said is None or len(parts) != 1:
        return parts
    count = int(said[1]) if said[1].isdigit() else _CN.index(said[1]) + 1
    start, end = parts[0]
    clauses = [m.span() for m in re.finditer(r"[^，]+，?", draft.text[start:end])]
    return [(start + s, start + e) for s, e in clauses] if len(clauses) == count else parts


def _asks(draft: Draft, words: str) -> bool:
    """Does it say what is to be done?"""
    return draft.rules["recommendations"]["verb"].any(words) or draft.rules["problems"]["asked"].any(words)


#: Shorter words recommend nothing, save in a cell of a table that holds advice.
_LEAST, _LEAST_OF_CELL = 6, 2


def _loose(draft: Draft, section: Section) -> None:
    """Recommendations without markers below a heading or after a lead-in."""
    text, rules = draft.text, draft.rules["recommendations"]
    least = _LEAST_OF_CELL if section.of_row else _LEAST
    for line in re.finditer(r"[^\n]+", text[section.content : section.own_end]):
        if len(line[0]) < least:
            continue
        if rules["intro"].any(line[0]) or line[0].endswith("："):
            continue
        if section.kind == "paragraph" and section.chain and not _asks(draft, line[0]):
            continue  # after the list: what came of it, who signed
        start, end = section.content + line.start(), section.content + line.end()
        if of := rules["to-what"].pattern.match(text, start, end):
            start = of.end()
        parts = sentences(text, start, end)
        parts = counted_parts(draft, section, parts)
        listed = len(parts) > 1 and any(text[e - 1] in "；，" for _, e in parts)
        if not listed and (section.kind != "lead" or len(parts) < 3):
            parts = [(start, end)]
        for s, e in parts:
            if e - s >= least and not rules["trap"].any(text[s:e]):
                stop = e - (text[e - 1] in "；，")
                head = headline_of(draft, s, stop)
                draft.add(
                    Node("Recommendation", s, stop, {"number": ""}, None, section, [(head[1], stop)], head)
                )
