"""Root causes: those of a section of their own, and those stated inside problems, with a stated link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.causes_of_all import causes_of_all
from extract.draft import Draft, Node, draft_of, publish, sentences, strip_span
from extract.outline.section import Section
from extract.ranges import Overlaps
from extract.rules import Rules

_LED_TO = re.compile(r"，?(?:从而|进而|最终)?(?:导致|致使|造成|引发|引起|酿成)")
_JOINT = re.compile(r"(?:加之|同时|此外|另外|而且|并且|其次|再次)，?")
_ASPECT_WORDS = re.compile(
    r"，?(?:而|但)?(?:从?(?:主|客)观(?:上|方面|因素|原因)?(?:看|来看|讲|来讲|来说|说)?|从[^，。；]{1,8}(?:上|方面|层面|角度)?来?[看讲]|(?:另|再|还有)?一方面|首先|其次|再次|再者|此外|另外"
    r"|最后|同时|加之|与此同时)(?:，|：|是|有|还是|则是|则)(?:也)?(?:由于|因为)?"
)
#: Where an aspect begins: at a sentence, or within one where another aspect goes before it.
_ASPECT = re.compile(rf"(?P<before>[。；]|(?=，主观上|，客观上|，另一方面))(?={_ASPECT_WORDS.pattern})")
#: What only says that a cause follows.
_SAYS_SO = re.compile(r"(?:主要|根本|还|直接原因|间接原因)?(?:是|在于)(?:因为|由于)?(?=[^，]{4})")
_ADDED = re.compile(r"，(?:再)?(?:加[之上]|且(?!未|没|不|无|均|其|已|还|存在)|同时(?!，))(?=[^，。；]{4})，?")
_IS = re.compile(r"[；，]是(?=[^，。；]{4})")
_EACH = re.compile(r"是[^，。；][^。；]{3,}[；，]是(?=[^，。；]{4})")
_OF_ALL = re.compile(r"[^，。；]{0,4}(?:上述|以上|这些|存在|产生|出现)")
#: 上述问题的产生，既有主观原因，也有客观原因: announces both, names none.
_BOTH_KINDS = re.compile(
    r"[^。；]{0,30}(?:既有|有)(?:主|客)观(?:上的)?(?:原因|因素)，[^，。；]{0,8}(?:主|客)观"
)
_SUMS_UP = re.compile("上述|以上|这些|此类")
_HENCE = re.compile(r"(?<=。)(?:正因为如此|因此|为此|对此|这些|上述|以上)")
#: 各级党员干部要引以为戒: what has to be done is no cause.
_DEMAND = re.compile(
    r"(?:各(?:级|地|单位|部门|乡镇|县|市)|全[省市县区]|有关)[^，。；]{0,20}?(?:要|应当|必须|务必)"
)
#: What goes on after an analysis: the decision, and who answers for it.
_MOVES_ON = re.compile(
    r"(?<=。)(?:根据《|依据《|按照《|时任|综上|[^。；]{0,60}(?:绝不能|绝不允许|责无旁贷|应承担[^，。；]{0,8}责任))"
)
#: What goes on with the course of an accident after a semicolon: the same cause.
_SAME_COURSE = re.compile(r"；(?:在|又|并|随后|[^，。；]{0,4}时)")
#: The end of a sentence that is the cause of an accident as a whole: …，是事故发生的直接原因。
_IS_THE_REASON = re.compile(r"，?(?:是|系|为)[^，。；]{0,16}直接原因。?$", re.MULTILINE)
#: An accident report rules causes out, tells how it found them, and sums up; none of that is a cause.
_EXCLUDED = re.compile(
    r"排除|未发现|经(?:现场)?(?:勘验|勘查|调查|鉴定|检验|检测)[^。]{0,30}(?:认定|查明)[^。]{0,12}(?:如下|是：)$|不存在|正常|符合"
)
#: What a form says where there is no cause or it stands elsewhere; and kinds of causes without any.
_NO_CAUSE = re.compile(
    r"[^\u4e00-\u9fff]*|(?:暂|并)?无(?:原因|此类问题)?|(?:详?见|参见)(?!事|机).*|同[上前].*|同第?\d+.*|略|不详|不明|未知|未说明|空白?"
    r"|待(?:查|定|核实|补充|调查|分析).*|不涉及|不适用|如下|具体如下|(?:[主客]观|直接|间接|主要|根本|深层次?)?(?:上|方面|原因|因素)*(?:分析|如下)?"
)


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


@Language.component("suyin_causes", assigns=["doc.spans"])
def find_causes(doc: Doc) -> Doc:
    draft = draft_of(doc)
    problems = draft.problems_by_section()
    for section in draft.root.walk():
        if section.about == "causes":
            before = len(draft.of("RootCause"))
            _analysis(draft, section)
            lead = _lead_of(draft.text, section)
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
    publish(doc, "causes", draft.of("RootCause"))
    return doc


def _lead_of(text: str, section: Section) -> Section | None:
    """The 原因： that states what a section says as the cause of the item before it.

    That of a cell, of a line within the item or of its own paragraph holds for its parts too (1.责任心不强；
    2.制度缺失); another may sum up many items.
    """
    lead = section
    while lead.kind != "lead" and lead.parent is not None and lead.parent.about == "causes":
        lead = lead.parent
    if lead.kind != "lead":
        return None
    return lead if lead is section or lead.own or _within_paragraph(text, lead) else None


def _within_paragraph(text: str, lead: Section) -> bool:
    """Does it go on with the sentence of an item, and speak of that alone?"""
    if lead.parent is None or "\n" in text[lead.parent.start : lead.start]:
        return False
    return not _SUMS_UP.search(text, lead.start, lead.body)


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
    bond = draft.bond(
        "CAUSED_BY", problem, cause, at=said, method="explicit", confidence=0.85, cue=cue, rule="lead.causes"
    )
    problem.stated.append(bond)


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
                    for s, e in _joined(text, *span):
                        if e - s >= 3:
                            said = min(cue[0], s), max(cue[1], e)
                            method = "inferred" if rule.props.get("inferred") else "explicit"
                            yield Stated(s, e, said, cue, rule.id, rule.props["confidence"], method)


def add_stated(
    draft: Draft, problem: Node, found: Stated, *, label: str = "RootCause", edge: str = "CAUSED_BY"
) -> None:
    """Keep what a problem's text states (a cause, an effect), with the words that say it."""
    node = draft.add(Node(label, found.start, found.end, {}, problem))
    bond = draft.bond(
        edge,
        problem,
        node,
        at=found.said,
        method=found.method,
        confidence=found.confidence,
        cue=found.cue,
        rule=found.rule,
    )
    problem.stated.append(bond)


def _analysis(draft: Draft, section: Section) -> None:
    """A section that analyses causes: each of its items is one, else each of its paragraphs."""
    if section.announces or section.kind == "paragraph":
        for s, e in _paragraphs(draft.text, section.content, section.own_end):
            m = _MOVES_ON.search(draft.text, s, e)
            words = draft.text[s : m.start() if m else e]
            if m and not draft.rules["problems"]["judgement"].any(words):
                continue
            if words[-1] != "：" and _says_why(words) and not draft.rules["problems"]["intro"].any(words):
                _paragraph_causes(draft, section, s, s + len(words))
    elif section.parent is None or not _within_cause(draft, section):
        for start, end in _aspects(draft.text, section.body, section.end):
            if _says_why(draft.text[start:end]):
                draft.add(Node("RootCause", start, end, {}, None, section))


def _says_why(words: str) -> bool:
    """Can words of an analysis be a cause? 制度缺失 is one, 无 and 见附件 are none."""
    words = words.strip("。；，、：（） ")
    return len(words) > 1 and not _NO_CAUSE.fullmatch(words)


def _aspects(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of an analysis that begin with an aspect (主观上, 其次, 另一方面), else all of it."""
    cuts = [m.end("before") for m in _ASPECT.finditer(text, start, end)]
    spans = []
    for a, b in pairwise([start, *cuts, end]):
        m = _ASPECT_WORDS.match(text, a, b)
        if len(cuts) > 1 and m is None and _OF_ALL.match(text, a, b):
            continue  # 上述问题表面在执行、根子在责任。
        hence = _HENCE.search(text, a, b) if m else None
        span = strip_span(text, m.end() if m else a, hence.start() if hence else b, "，；、：\n ")
        if span[0] < span[1]:
            spans.append(span)
    return spans


def _paragraph_causes(draft: Draft, section: Section, start: int, end: int) -> None:
    """The causes of an unmarked paragraph: what its sentences state as such, else what led to the effect."""
    text = draft.text
    whole = draft.kind != "accident-report"
    if _EACH.match(
        text, start - (text[start - 1 : start] == "是"), end
    ):  # 究其根源，是一些企业…；是监管力量…
        bounds = [start, *(m.end() for m in _IS.finditer(text, start, end)), end]
        for s, e in pairwise(bounds):
            a, b = strip_span(text, s, e - (text[e - 1] == "是"), "，、：；。\n ")
            draft.add(Node("RootCause", a + (text[a] == "是"), b, {}, None, section))
        return
    listed = "；" in text[start:end] and (whole or not _SAME_COURSE.search(text, start, end))
    parts = (
        sentences(text, start, end, strong=not listed) if listed or not whole else _aspects(text, start, end)
    )
    for s, e in parts:
        if not whole and (m := _IS_THE_REASON.search(text, s, e)):
            led = _LED_TO.search(text, s + 8, m.start())
            draft.add(Node("RootCause", s, led.start() if led else m.start(), {}, None, section))
            continue
        found = list(stated_causes(text, s, e, draft.rules))
        both = len({f.rule for f in found}) == 1 < len(found)  # 既有…的主观原因，也有…的客观制约
        if whole and not both:
            found = []
        for f in found:
            draft.add(Node("RootCause", f.start, f.end, {}, None, section))
        if found or _EXCLUDED.search(text[s:e]) or _BOTH_KINDS.match(text, s, e) or _DEMAND.match(text, s, e):
            continue
        at = m.end() if (m := _ASPECT_WORDS.match(text, s, e)) else s
        led = _LED_TO.search(text, at + 8, e)
        a, b = strip_span(text, at, led.start() if led and not whole else e, "，、：\n ")
        if m := _JOINT.match(text[a:b]):
            a += m.end()
        said = _SAYS_SO.match(text, a, b)  # 主要是A，B，加上C
        for c, d in _joined(text, said.end(), b) if said else [(a, b)]:
            if _says_why(text[c:d]):
                draft.add(Node("RootCause", c, d, {}, None, section))


def _joined(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a cause that are added to one another: A，加上B."""
    cuts = [m.span() for m in _ADDED.finditer(text, start, end)]
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
