"""Root causes: those of a section of their own, and those stated inside problems, with a stated link."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from extract.components.causes_of_all import causes_of_all
from extract.components.component import component
from extract.draft import Draft
from extract.found import Found
from extract.nodes import Node
from extract.outline.section import Section
from extract.ranges import Overlaps
from extract.rules import Rules
from extract.rules.sets import RuleSet
from extract.text.sentences import sentences, strip_span


class Stated(NamedTuple):
    """A cause or effect in a sentence: its span, that of the words that say it, that of the cue, the rule.

    `method`: "explicit" where the cue says that one led to the other, else "inferred".
    """

    start: int
    end: int
    said: tuple[int, int]
    cue: tuple[int, int]
    rule: str
    confidence: float
    method: str = "explicit"


@component("causes", "problems")
def find_causes(draft: Draft) -> Found:
    problems = draft.problems_by_section()
    for section in draft.root.walk():
        if section.about == "causes":
            before = len(draft.of("RootCause"))
            _analysis(draft, section)
            lead = _lead_of(draft, section)
            problem = problems.get(id(lead.parent)) if lead else None
            if lead and problem:
                for cause in draft.of("RootCause")[before:]:
                    _state(draft, problem, cause, lead)
    _told(draft)
    causes_of_all(draft)
    for problem in draft.of("Problem"):
        for start, end in problem.own_text():
            for s, e in sentences(draft.text, start, end):
                for found in stated_causes(draft.text, s, e, draft.rules):
                    add_stated(draft, problem, found)
    return draft.found(Found)


def _lead_of(draft: Draft, section: Section) -> Section | None:
    """The 原因： that states what a section says as the cause of the item before it.

    That of a cell, of a line within the item or of its own paragraph holds for its parts too (1.责任心不强；
    2.制度缺失); another may sum up many items.
    """
    lead = section
    while lead.kind != "lead" and lead.parent is not None and lead.parent.about == "causes":
        lead = lead.parent
    if lead.kind != "lead":
        return None
    return lead if lead is section or lead.own or _within_paragraph(draft, lead) else None


def _within_paragraph(draft: Draft, lead: Section) -> bool:
    """Does it go on with the sentence of an item, and speak of that alone?"""
    if lead.parent is None or "\n" in draft.text[lead.parent.start : lead.start]:
        return False
    return not draft.rules["analyses"]["sums-up"].pattern.search(draft.text, lead.start, lead.body)


def _told(draft: Draft) -> None:
    """The causes that an account of an accident states where no part of it analyses them, or before that."""
    rules = ["cause.this-is-the-reason"]
    if not draft.of("RootCause"):
        rules += ["cause.root-lies-in", "cause.is-the-reason"]
    for section in draft.root.walk() if draft.kind == "accident-report" else ():
        if section.about is None:
            for s, e in sentences(draft.text, section.body, section.own_end):
                for found in stated_causes(draft.text, s, e, draft.rules):
                    if found.rule in rules:
                        draft.add(Node("RootCause", found.start, found.end, {}, None, section))


def _state(draft: Draft, problem: Node, cause: Node, lead: Section) -> None:
    """What follows 原因： within an item is stated as the cause of its problem.

    In a table of plain text the words that say it reach from the head of the column to the cell.
    """
    cue = lead.label or strip_span(draft.text, lead.start, lead.body)
    cause.parent = problem
    said = (min(lead.start, cue[0]), cause.end)
    cause.stated = draft.bond(
        "CAUSED_BY", problem, cause, at=said, method="explicit", confidence=0.85, cue=cue, rule="lead.causes"
    )


def stated_causes(text: str, start: int, end: int, rules: Rules) -> Iterator[Stated]:
    """Causes that a sentence states with a cue; earlier rules take precedence where two overlap."""
    taken: list[tuple[int, int]] = []
    sentence = text[start:end]
    if not rules["causes"].cue.search(sentence):
        return
    for rule in rules["causes"]:
        if taken and rule.props.get("inferred"):
            continue
        earlier: Overlaps[None] | None = None  # what other rules have taken; its own matches do not overlap
        for m in rule.finditer(sentence):
            earlier = earlier or Overlaps((a, b, None) for a, b in taken)
            if earlier.meeting(m.start("cause"), m.end("cause")):
                continue
            cause = m["cause"]
            if rule.props.get("negative") and not rules["problems"]["judgement"].any(cause):
                continue
            taken.append((m.start(), m.end()))
            for group in ("cause", "cause2"):
                if m.groupdict().get(group):
                    cue = (start + m.start("cue"), start + m.end("cue"))
                    span = strip_span(text, start + m.start(group), start + m.end(group))
                    for s, e in _joined(text, *span, rules["analyses"]):
                        if e - s >= 3:
                            said = min(cue[0], s), max(cue[1], e)
                            method = "inferred" if rule.props.get("inferred") else "explicit"
                            yield Stated(s, e, said, cue, rule.id, rule.props["confidence"], method)


def add_stated(
    draft: Draft, problem: Node, found: Stated, *, label: str = "RootCause", edge: str = "CAUSED_BY"
) -> None:
    """Keep what a problem's text states (a cause, an effect), with the words that say it."""
    node = draft.add(Node(label, found.start, found.end, {}, problem))
    node.stated = draft.bond(
        edge,
        problem,
        node,
        at=found.said,
        method=found.method,
        confidence=found.confidence,
        cue=found.cue,
        rule=found.rule,
    )


def _analysis(draft: Draft, section: Section) -> None:
    """A section that analyses causes: each of its items is one, else each of its paragraphs."""
    told = draft.rules["analyses"]
    if section.announces or section.kind == "paragraph":
        for s, e in _paragraphs(draft.text, section.content, section.own_end):
            m = told["moves-on"].pattern.search(draft.text, s, e)
            words = draft.text[s : m.start() if m else e]
            if m and not draft.rules["problems"]["judgement"].any(words):
                continue
            if (
                words[-1] != "："
                and _says_why(words, told)
                and not draft.rules["problems"]["intro"].any(words)
            ):
                _paragraph_causes(draft, section, s, s + len(words))
    elif section.parent is None or not _within_cause(draft, section):
        for start, end in _aspects(draft.text, section.body, section.end, draft.rules["analyses"]):
            if _says_why(draft.text[start:end], told):
                draft.add(Node("RootCause", start, end, {}, None, section))


def _says_why(words: str, told: RuleSet) -> bool:
    """Can words of an analysis be a cause? 制度缺失 is one, 无 and 见附件 are none."""
    words = words.strip("。；，、：（） ")
    return len(words) > 1 and not told["no-cause"].pattern.fullmatch(words)


def _aspects(text: str, start: int, end: int, told: RuleSet) -> list[tuple[int, int]]:
    """The parts of an analysis that begin with an aspect (主观上, 其次, 另一方面), else all of it."""
    cuts = [m.end("before") for m in told["aspect"].pattern.finditer(text, start, end)]
    spans = []
    for a, b in pairwise([start, *cuts, end]):
        m = told["aspect-words"].pattern.match(text, a, b)
        if len(cuts) > 1 and m is None and told["of-all"].pattern.match(text, a, b):
            continue  # 上述问题表面在执行、根子在责任。
        hence = told["hence"].pattern.search(text, a, b) if m else None
        span = strip_span(text, m.end() if m else a, hence.start() if hence else b, "，；、：\n ")
        if span[0] < span[1]:
            spans.append(span)
    return spans


def _paragraph_causes(draft: Draft, section: Section, start: int, end: int) -> None:
    """The causes of an unmarked paragraph: what its sentences state as such, else what led to the effect."""
    text, told = draft.text, draft.rules["analyses"]
    whole = draft.kind != "accident-report"
    if told["each-is"].pattern.match(
        text, start - (text[start - 1 : start] == "是"), end
    ):  # 究其根源，是一些企业…；是监管力量…
        bounds = [start, *(m.end() for m in told["is"].pattern.finditer(text, start, end)), end]
        for s, e in pairwise(bounds):
            a, b = strip_span(text, s, e - (text[e - 1] == "是"), "，、：；。\n ")
            draft.add(Node("RootCause", a + (text[a] == "是"), b, {}, None, section))
        return
    listed = "；" in text[start:end] and (whole or not told["same-course"].pattern.search(text, start, end))
    parts = (
        sentences(text, start, end, strong=not listed)
        if listed or not whole
        else _aspects(text, start, end, told)
    )
    for s, e in parts:
        if not whole and (m := told["is-the-reason"].pattern.search(text, s, e)):
            led = told["led-to"].pattern.search(text, s + 8, m.start())
            draft.add(Node("RootCause", s, led.start() if led else m.start(), {}, None, section))
            continue
        found = list(stated_causes(text, s, e, draft.rules))
        both = len({f.rule for f in found}) == 1 < len(found)  # 既有…的主观原因，也有…的客观制约
        if whole and not both:
            found = []
        for f in found:
            draft.add(Node("RootCause", f.start, f.end, {}, None, section))
        if (
            found
            or told["excluded"].pattern.search(text[s:e])
            or told["both-kinds"].pattern.match(text, s, e)
            or told["demand"].pattern.match(text, s, e)
        ):
            continue
        at = m.end() if (m := told["aspect-words"].pattern.match(text, s, e)) else s
        led = told["led-to"].pattern.search(text, at + 8, e)
        a, b = strip_span(text, at, led.start() if led and not whole else e, "，、：\n ")
        if m := told["joint"].pattern.match(text[a:b]):
            a += m.end()
        said = told["says-so"].pattern.match(text, a, b)  # 主要是A，B，加上C
        for c, d in _joined(text, said.end(), b, told) if said else [(a, b)]:
            if _says_why(text[c:d], told):
                draft.add(Node("RootCause", c, d, {}, None, section))


def _joined(text: str, start: int, end: int, told: RuleSet) -> list[tuple[int, int]]:
    """The parts of a cause that are added to one another: A，加上B."""
    cuts = [m.span() for m in told["added"].pattern.finditer(text, start, end)]
    bounds = [start, *(at for cut in cuts for at in cut), end]
    return list(zip(bounds[::2], bounds[1::2], strict=True))


def _within_cause(draft: Draft, section: Section) -> bool:
    node = section.parent
    while node is not None and node.about == "causes":
        if not node.announces:
            return True
        node = node.parent
    return False


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for line in text[start:end].split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1
