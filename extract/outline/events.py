"""The first pass: markers, headings, lead-ins and plain paragraphs are the events of a text, in order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from extract.language.place_grammar import LEVELS
from extract.model import Cell
from extract.outline.markers import (
    BRACKETS,
    LONGEST_HEADING,
    SENTENCE_END,
    Markers,
    is_heading,
)
from extract.outline.numerals import CN
from extract.rules import Rules

_STOP = re.compile(r"[。；：\n]")
_OPENS = "\n。；：！？”"
_BEFORE_MARKER = re.compile(
    rf"[。；：！？”，](?=[第其{CN}（\d①-⑳㉑-㊿—●■◆▲★•◇□]|问题|隐患|案例|缺陷|现象|表现|情形|发现)"
)
#: A line that only names a unit: what follows is about it.
UNIT_LINE = re.compile(
    rf"[^。；，！？：“”《》]{{2,36}}?(?:公司|集团|厂|店|院|校|中学|小学|幼儿园|局|中心|[{LEVELS}村]|街道|社区|支部|总支|党委|党组|所|站"
    r"|银行|合作社|企业|矿|馆|寺|广场|酒店|宾馆|超市|市场|工程部|项目部)(?:（[^）]{1,16}）)?(?:等[^。；，]{0,12})?：?"
)
_NO_TITLE = re.compile(r"[。；：，！？…）]$|\d{4}年|[:：]")
#: Their items state something: they are no headings of sections.
_NEVER_HEADINGS = frozenset(("number_bracket", "circle", "shi", "di", "dash"))
#: A lead-in stands at the beginning of a line or a clause, and a cue of it before the next stop.
_UP_TO_STOP = re.compile(r"[^。；]+")
_CLAUSE_START = re.compile(r"[\n”），]")


class Event(NamedTuple):
    """Something that may open a section: where it stands, and what of it is known before it has a place."""

    at: int
    end: int
    kind: str
    value: int = 0
    role: str | None = None
    generic: bool = False
    inline: bool = False
    run_in: bool = False
    status: str | None = None
    label: tuple[int, int] | None = None
    chain: bool = False


def find_events(text: str, rules: Rules, cells: Mapping[int, Cell]) -> list[Event]:
    """The events of a clean text, in order. `cells`: those of its tables."""
    events: list[Event] = []
    markers = Markers(text)
    places = {cell.start: at for at, cell in cells.items()}
    at = 0
    paragraphs = text.split("\n")
    for i, paragraph in enumerate(paragraphs):
        if at in cells:
            cell, *inner = _cell_events(at, paragraph, cells[at], rules, markers)
            named = cells[at].label
            if named and (label := places.get(named[0])) is not None:
                cell = cell._replace(label=(label, text.index("\n", label)))
            events += [cell, *inner]
        elif paragraph:
            following = paragraphs[i + 1] if i + 1 < len(paragraphs) else ""
            events.extend(_paragraph_events(at, paragraph, following, rules, markers))
        at += len(paragraph) + 1
    events.extend(_leads(text, rules) if not cells else _leads_outside(text, rules, cells))
    events.sort(key=lambda e: (e.at, e.kind != "paragraph", e.kind == "lead"))
    return events


def next_markers(events: list[Event]) -> list[Event | None]:
    """For each event the next marker that opens a paragraph."""
    found: list[Event | None] = []
    following: Event | None = None
    for event in reversed(events):
        found.append(following)
        if event.value and not event.inline:
            following = event
    return found[::-1]


def _paragraph_events(
    at: int, paragraph: str, following: str, rules: Rules, markers: Markers
) -> Iterator[Event]:
    first = markers.match(paragraph)
    bare = (paragraph[first.end :] if first else paragraph).strip(BRACKETS)
    role: str | None = None
    generic = False
    if first and first.form not in _NEVER_HEADINGS:
        role, generic = rules.headings.look(_head(bare))
    if (
        role == "rectified"
        and rules["outline"]["rectified"].pattern.fullmatch(bare)
        and rules["problems"]["judgement"].any(bare)
    ):
        generic = False  # （一）审计质量把关不严问题整改情况
    if first and first.form == markers.outermost and is_heading(paragraph, rules, markers):
        role, generic = rules.headings.look(bare)
        first = first._replace(kind="cn")  # 第一、存在的主要问题
    run_in = (
        rules["outline"]["run-in"].pattern.match(bare)
        if first and not role and first.kind in ("chapter", "cn")
        else None
    )
    if first and run_in:
        end = at + first.end + run_in.end()
        yield Event(
            at,
            end,
            first.kind,
            first.value,
            rules.headings.role(run_in[0]),
            True,
            run_in=True,
        )
    elif first:
        if first.kind == "dash" and _is_title(bare, following, markers):
            generic = not rules["problems"]["judgement"].any(bare)
        elif first.kind == "dash" and following and UNIT_LINE.fullmatch(bare):
            generic = True
        yield Event(at, at + first.end, first.kind, first.value, role, generic)
    else:
        stripped = bare.rstrip("：")
        role, generic = rules.headings.look(stripped) if len(stripped) <= LONGEST_HEADING else (None, False)
        if rules["outline"]["rectified"].pattern.fullmatch(stripped) and rules["problems"]["judgement"].any(
            stripped
        ):
            yield Event(at, at, "topic", 0, "rectified")
            return
        if (quoted := rules["outline"]["pointed-out"].pattern.match(paragraph)) and rules["problems"][
            "judgement"
        ].any(quoted[0]):
            yield Event(at, at, "topic", 0, "rectified")
            return
        if role and not SENTENCE_END.search(bare):
            yield Event(at, at + len(paragraph), "heading", 0, role, True)
            return
        if following and UNIT_LINE.fullmatch(bare):
            yield Event(at, at, "unit", generic=True)
        elif rules["outline"]["stated-first"].pattern.match(paragraph):
            yield Event(at, at, "stated")
        else:
            yield Event(at, at, "title" if _is_title(paragraph, following, markers) else "paragraph")
    after = first.end if first else 0
    if first and run_in and (m := markers.match(paragraph, after + run_in.end())):
        after = m.end
        yield Event(at + m.start, at + m.end, m.kind, m.value)
    if after and (lost := rules["outline"]["first-item"].pattern.match(paragraph, after)):
        yield Event(at + lost.end(), at + lost.end() + 2, "number", 1)
    yield from _inline_markers(at, paragraph, (first.end if first else 1) - 1, rules, markers)


def _inline_markers(at: int, paragraph: str, start: int, rules: Rules, markers: Markers) -> Iterator[Event]:
    """The markers after a stop within a paragraph."""
    for stop in _BEFORE_MARKER.finditer(paragraph, start):
        m = markers.match(paragraph, stop.end())
        if m is None or (m.weak and m.value < 100):
            continue
        before = paragraph[m.start - 1]
        if (before in _OPENS or (m.kind == "shi" and before == "，")) and m.kind != "chapter":
            role, generic = None, False
            if m.kind in ("cn", "cn_bracket"):
                role, generic = rules.headings.look(_head(paragraph[m.end :]))
            yield Event(at + m.start, at + m.end, m.kind, m.value, role, generic, inline=True)


def _cell_events(at: int, paragraph: str, cell: Cell, rules: Rules, markers: Markers) -> Iterator[Event]:
    """A cell of a table, and the list within it: 主要原因：1.…；2.…"""
    label = cell.body - cell.start
    yield Event(at, at + label, "cell", cell.row, cell.role, status=cell.status)
    if cell.role not in ("problems", "item", "causes", "recommendations", "measures"):
        return
    if label and (m := markers.match(paragraph, label)):
        yield Event(at + m.start, at + m.end, m.kind, m.value, inline=True)
    yield from _inline_markers(at, paragraph, label, rules, markers)


def _leads_outside(text: str, rules: Rules, cells: Mapping[int, Cell]) -> Iterator[Event]:
    """The lead-ins of the text around tables, and those within the statement of a problem: …。主要原因：…"""
    starts = sorted(cells)
    for event in _leads(text, rules):
        i = bisect_right(starts, event.at) - 1
        start = starts[i] if i >= 0 else -1
        if start < 0 or text.find("\n", start, event.at) >= 0:
            yield event
            continue
        cell = cells[start]
        if cell.role in ("problems", "item") and event.at - start > cell.body - cell.start:
            yield event._replace(inline=True)


def _head(text: str) -> str:
    """The text up to its first stop."""
    return _STOP.split(text, maxsplit=1)[0]


def _is_title(paragraph: str, following: str, markers: Markers) -> bool:
    return (
        4 <= len(paragraph) <= 32
        and not _NO_TITLE.search(paragraph)
        and len(following) > len(paragraph)
        and markers.match(following) is None
    )


def _leads(text: str, rules: Rules) -> Iterator[Event]:
    """One lead-in a place: where two rules meet, the first one's."""
    leads = rules.headings.leads
    reach = dict.fromkeys(leads, 0)
    for stretch in _UP_TO_STOP.finditer(text):
        if not leads.cue.search(stretch[0]):
            continue
        possible = [rule for rule in leads if rule.possible(stretch[0])]
        for at in (stretch.start(), *(m.end() for m in _CLAUSE_START.finditer(text, *stretch.span()))):
            found: Event | None = None
            for rule in possible:
                if at >= reach[rule] and (m := rule.pattern.match(text, at)):
                    reach[rule] = m.end()
                    found = found or Event(
                        m.start("lead"),
                        m.end("lead"),
                        "lead",
                        role=rule.props["role"],
                        chain=rule.props.get("chain", False),
                    )
            if found:
                yield found
