"""Recommendations: the items of sections that recommend, and the parts of a list after 建议：."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.problems import headline_span
from extract.draft import Draft, Node, draft_of, publish, sentences
from extract.outline import Section

_LONG_HEADLINE = 46


@Language.component("suyin_recommendations", assigns=["doc.spans"])
def find_recommendations(doc: Doc) -> Doc:
    draft = draft_of(doc)
    _visit(draft, draft.root, None)
    publish(doc, "recommendations", draft.of("Recommendation"))
    return doc


def _visit(draft: Draft, section: Section, parent: Node | None) -> None:
    node = parent
    if section.about == "recommendations" and section.kind != "root":
        if section.kind in ("heading", "lead") or section.generic:
            _loose(draft, section)
        else:
            node = _add(draft, section.start, section.end, section.body, parent, section)
    for child in section.children:
        _visit(draft, child, node if child.about == "recommendations" else None)


def _add(draft: Draft, start: int, end: int, body: int, parent: Node | None, section: Section | None) -> Node:
    own_end = section.own_end if section else end
    number = str(section.value or "") if section else ""
    if parent is not None and parent.properties.get("number"):
        number = f"{parent.properties['number']}.{number}"
    if section:
        closing = next((c.start for c in section.walk() if c.role == "closing"), end)
        end = min(end, closing)
    while end > start and draft.text[end - 1] == "\n":
        end -= 1
    node = Node("Recommendation", start, end, {"number": number}, parent, section)
    node.headline = _headline(draft, body, min(own_end, end), more=bool(section and section.children))
    node.ranges = [(node.headline[1], min(own_end, end))]
    draft.nodes.append(node)
    return node


def _headline(draft: Draft, start: int, end: int, *, more: bool) -> tuple[int, int]:
    s, e = headline_span(draft, start, end, more=more)
    if e - s > _LONG_HEADLINE and (comma := draft.text.find("，", s + 6, e)) > 0:
        return s, comma
    return s, e


def _loose(draft: Draft, section: Section) -> None:
    """Recommendations without markers below a heading or after a lead-in."""
    text, rules = draft.text, draft.rules["recommendations"]
    start, end = section.body, section.own_end
    if section.kind != "lead":
        at = text.find("\n", start, end)
        start = at + 1 if at >= 0 else (text.find("。", start, end) + 1 or end)
    at = start
    for line in text[start:end].split("\n"):
        s, e = at, at + len(line)
        at = e + 1
        if len(line) < 6 or rules.of(what="intro").any(line):
            continue
        parts = sentences(text, s, e)
        if not any(text[b - 1] == "；" for _, b in parts):
            parts = [(s, e)] if section.kind != "lead" or len(parts) < 3 else parts
        for a, b in parts:
            if b - a >= 6 and not rules.of(what="trap").any(text[a:b]):
                stop = b - 1 if text[b - 1] == "；" else b
                _add(draft, a, stop, a, None, None)
