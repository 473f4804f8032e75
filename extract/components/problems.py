"""Problems: the items, headed paragraphs and list members of the sections that state what was found."""

from __future__ import annotations

import re
from collections.abc import Collection

from spacy.language import Language
from spacy.tokens import Doc

from extract.chains import Found, first_statement, heads_parts, read_chain, told
from extract.draft import Draft, Node, draft_of, first_sentence, publish, sentences, strip_span
from extract.headlines import headline_span
from extract.outline.section import Section
from extract.statements import (
    denies,
    each_sentence,
    find_list,
    headed,
    is_finding,
    is_problem,
    opens,
    parts_with_details,
    problem_spans,
    stated_parts,
    subject,
)

#: A headline that only names a unit or a subject ends with one of these.
_NAME = re.compile(
    r"(?:公司|厂|局|院|校|中学|小学|中心|镇|乡|街道|村|县|市|区|企业|店|酒店|超市|所|站|园"
    r"|方面|环节|领域|工作|情况|管理)$"
)
_NAME_ONLY = re.compile(_NAME.pattern + r"|(?:支部|党委|党组|委员会|办事处|政府|队|社|集团|银行|部|室)$")
#: A sentence after the last of several items that speaks of all of them.
_TAIL = re.compile(r"^(?:以上|上述|这些|此外|由于|究其|责成|责令|要求|对此|不符合|违反|出现(?:这|上述|以上))")
#: A second problem within a paragraph.
_ANOTHER = re.compile(r"(?<=。)(?:另外|此外)，(?=[^。；]{2,12}(?:部门|单位|县|市|区|局|企业|公司|学校))")
_SOME = re.compile(r"(?:有的|有些|部分|个别|一些|少数|不少|多数)")
#: A heading that names a problem: 5.甲中心与代理机构串通泄露信息问题。
_NAMED = re.compile(r"[^，。；]{6,60}问题(?=[。\n])")
#: The same as the heading of a part: 二、食品添加剂超限量使用问题。
_NAMED_HEADING = re.compile(r"[^，。；：\n]{4,40}问题\n")
#: A paragraph on what was found before it, or on what all have to do.
_OF_ALL = re.compile(
    r"(?:上述|以上|这些)(?:问题|情况|现象|行为|案例|典型)|各(?:单位|级|地|部门|乡镇|县)[^，。]{0,16}(?:要|应|须)"
)
#: A part under the name of a province or city has paragraphs of its own on what is below it.
_REGION = re.compile(r"^[\u4e00-\u9fff]{2,8}(?:省|自治区|市|州|县|区)：?\n")
_GOES_ON = re.compile(
    r"\n?(?:巡[视察]|审计|督[查察]|反馈(?:意见)?|检查)(?:组)?(?:指出|发现|反映)|(?:主要|具体)(?:表现|是)"
)
#: A head that names what was looked at, of an audit: （一）防洪减灾重点工程审计情况。
_SUBJECT_ONLY = re.compile(r"情况。$")
#: A sentence of a rectification notice that tells of what was done.
_SET_RIGHT = re.compile(
    r"整改|现已|目前|截至|已|对此|为此|修订|制定|印发|出台|召开|组织|建立|完善|开展|责成|成立|委托|补[齐签缴]|加强|健全"
)
#: 关于设备闲置问题的整改情况: all that is said of the problem
_RECTIFIED = re.compile(r"(?:(?:的|问题)整改(?:落实)?(?:情况|结果)?[。：]?|指出的?“[^”]*”的?(?:问题)?[。：])$")
_JUDGES = re.compile("[不未缺弱差虚空]|短板|滞后|漏洞")
_NO_STATEMENT = ("root", "lead", "heading", "shi", "dash", "title", "stated", "unit")


@Language.component("suyin_problems", assigns=["doc.spans"])
def find_problems(doc: Doc) -> Doc:
    draft = draft_of(doc)
    draft.analysed = any(section.role in ("causes", "problems") for section in draft.root.walk())
    _visit(draft, draft.root, None)
    if not draft.of("Problem"):
        _free_text(draft, ("root", "title", "unit"))
    elif draft.kind != "accident-report":
        _free_text(draft, ("title",))
    _without_repeats(draft)
    publish(doc, "problems", draft.of("Problem"))
    return doc


def _without_repeats(draft: Draft) -> None:
    """A table that comes with findings in prose repeats them: it sets dates and offices, it finds nothing."""
    found = draft.of("Problem")
    rows = [p for p in found if p.section is not None and p.section.kind == "row"]
    if rows and len(found) - len(rows) >= 3:
        draft.nodes["Problem"] = [p for p in found if not any(p is r for r in rows)]


def _visit(draft: Draft, section: Section, parent: Node | None) -> None:
    if section.empty:
        return
    role = section.about
    node = parent
    aside = draft.rules["problems"]["aside"]
    if section.kind == "paragraph" and section.chain and aside.any(draft.text[section.body : section.own_end]):
        return
    if section.kind == "paragraph" and section.chain and _tells(draft, section):
        _prose(draft, section)
        return
    if role == "causes" and draft.kind == "accident-report":
        _cause_as_problem(draft, section)
        return
    if role in ("problems", "rectified") or (role is None and _states_problem(draft, section)):
        if role == "rectified" and draft.kind != "rectification-notice":
            return  # the end of an audit tells what was done, not what was found
        if section.announces or _announced(draft, section):
            if role != "rectified" or not section.children:
                _loose(draft, section, parent)
        elif denies(draft, section.body, section.end) or _says_nothing(section):
            return
        else:
            section.role = role or "problems"
            node = _add_item(draft, section, parent)
    elif role is not None and section.role is not None and role != "measures":
        return
    for child in section.children:
        if node is parent or role != "rectified" or not _is_measure_item(draft, child):
            _visit(draft, child, node)
    if node is not None and node is not parent:
        _finish(draft, node)


def _tells(draft: Draft, section: Section) -> bool:
    """Is it prose whose findings are to be sought: not where it is an item among others by its first words?"""
    if section.about == "problems":
        return not is_problem(draft, *first_sentence(draft.text, section.body, section.own_end))
    return section.about is None


def _prose(draft: Draft, section: Section) -> None:
    """A paragraph after a chain or a list: what of it still tells of a finding."""
    found: list[Found] = []
    for line in re.finditer(r"[^\n]+", draft.text[section.body : section.own_end]):
        s, e = section.body + line.start(), section.body + line.end()
        if not _OF_ALL.match(draft.text, s, e) and not draft.rules["problems"]["aside"].any(line[0]):
            found += told(draft, s, e)
    _add_chain(draft, section, None, found)
    for child in section.children:
        _visit(draft, child, None)


def _says_nothing(section: Section) -> bool:
    """No text of its own, and below it only other matters: the signatures after the last item."""
    return section.own_end <= section.body and not any(c.about == section.about for c in section.children)


def _announced(draft: Draft, section: Section) -> bool:
    """A paragraph that says that there are more (此外，巡察还发现一些个性问题。), or goes on to others."""
    if section.kind != "paragraph":
        return False
    if m := _ANOTHER.search(draft.text, section.body, section.own_end):
        return is_problem(draft, *first_sentence(draft.text, m.end(), section.own_end))
    first = first_sentence(draft.text, section.body, section.own_end)
    return first[1] < section.own_end and draft.rules["problems"]["intro"].any(draft.text[slice(*first)])


def _cause_as_problem(draft: Draft, section: Section, parent: Node | None = None) -> None:
    """In an accident report one sentence is cause and problem: the items of the causes name what failed."""
    if not section.announces and is_problem(draft, section.body, section.own_end):
        node = _add(
            draft, section.start, section.end, parent, section.value, body=section.body, section=section
        )
        for child in section.children:
            _cause_as_problem(draft, child, node)
        _finish(draft, node)
        return
    for child in section.children:
        if child.about == "causes":
            _cause_as_problem(draft, child, parent)
        else:
            _visit(draft, child, parent)


def _states_problem(draft: Draft, section: Section) -> bool:
    if section.kind == "shi" and section.about is None and _may_be_found(draft, section):
        return _found_by_audit(draft, section)
    if section.kind == "title" and draft.title and section.start >= draft.title[1]:
        return _titled(draft, section)
    if section.kind in _NO_STATEMENT or (draft.kind == "accident-report" and draft.analysed):
        return False
    if draft.kind == "rectification-notice":
        quoted = draft.rules["problems"]["quoted"].any(draft.text[section.body : section.body + 120])
        if quoted or (section.kind == "topic" and section.value):  # 问题三大型设备闲置
            return True
    if section.kind == "paragraph" and _OF_ALL.match(draft.text, section.body):
        return False
    if section.kind in ("cn", "cn_bracket") and section.children and _NAMED_HEADING.match(draft.text, section.body):
        return draft.kind not in ("rectification-notice", "accident-report")
    if section.kind == "number" and _NAMED.match(draft.text, section.body, section.own_end):
        return _found_by_audit(draft, section)
    first = first_sentence(draft.text, section.body, section.end)
    if _SUBJECT_ONLY.search(draft.text, *first) and draft.kind == "audit-report":
        first = first_sentence(draft.text, first[1], section.own_end)  # what was found stands after it
    return is_problem(draft, *first)


def _titled(draft: Draft, section: Section) -> bool:
    """A bare line over a paragraph that names what was wrong: 甲市有关部门违规设置准入条件."""
    line = first_sentence(draft.text, section.body, section.end)
    below = draft.text[line[1] : section.own_end].strip()
    return bool(below) and draft.kind != "accident-report" and is_problem(draft, *line)


def _may_be_found(draft: Draft, section: Section) -> bool:
    """Can 一是…二是… state findings: of an audit, and where a text begins with them?"""
    if draft.kind == "audit-report":
        return True
    first = section.parent is not None and section.parent.kind in ("root", "title")
    opens_text = first and draft.text[: section.parent.children[0].start][-1:] in ("", "\n")
    own = draft.kind in ("rectification-notice", "self-examination", "accident-report")
    return opens_text and not own and draft.text[section.body - 1] == "是"


def _found_by_audit(draft: Draft, section: Section) -> bool:
    """An audit's 一是…二是… below a subject (养老保险基金审计情况) are findings, where most of them judge."""
    items = [s for s in section.parent.children if s.kind == section.kind] if section.parent else [section]
    return sum(is_finding(draft, s.body, s.own_end) for s in items) * 2 > len(items)


def _is_measure_item(draft: Draft, child: Section) -> bool:
    """In a rectification notice the 一是… below a named problem say what was done."""
    if child.kind not in ("shi", "di", "dash"):
        return False
    words = draft.text[child.body : child.end]
    named = draft.rules["problems"]["judgement"].any(words[:24])
    return not named or draft.rules["measures"].any(words)


def _add(
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


def _add_item(draft: Draft, section: Section, parent: Node | None) -> Node:
    """The problem of a marked section; its extent is set for good in `_finish`."""
    start = section.body if section.kind in ("title", "stated", "paragraph") else section.start
    body_end = section.own_end
    measured = any(c.role == "measures" for c in section.children)
    if section.about == "rectified" and not measured:
        body_end = _end_of_finding(draft, section.body, body_end)
    same = any(c.about == section.about for c in section.children)
    more = section.kind in ("title", "stated") or same
    node = _add(draft, start, body_end, parent, section.value, body=section.body, more=more, section=section)
    only_measures = all(c.role == "closing" or _is_measure_item(draft, c) for c in section.children)
    if section.about != "rectified" or measured or not only_measures:
        node.end = section.end
    if not section.children:
        _listed(draft, node)
        _named_only(draft, node)
    if not any(c.about == "problems" or c.role is None for c in section.children):
        _paragraph_below(draft, node, section)
    return node


def _end_of_finding(draft: Draft, start: int, end: int) -> int:
    """Without a lead-in the finding is the first sentence, and what goes on in finding."""
    stop = start
    for s, e in sentences(draft.text, start, end, strong=True):
        if stop > start and not _GOES_ON.match(draft.text[s:e]) and not _still_wrong(draft, s, e):
            break
        stop = e
        if _RECTIFIED.search(draft.text, s, e):
            break
    return stop


def _still_wrong(draft: Draft, start: int, end: int) -> bool:
    """Does a sentence after the first tell of what is wrong, and of nothing that was done about it?"""
    words = draft.text[start:end]
    return (
        is_problem(draft, start, end)
        and not _SET_RIGHT.search(words)
        and not draft.rules["measures"].any(words)
    )


def _listed(draft: Draft, node: Node) -> None:
    """A list by semicolons after 主要表现在： gives items."""
    text = draft.text
    start, end = node.ranges[0]
    lead = find_list(text, max(node.start, start - 1), min(end, start + 40))
    if not lead:
        return
    parts = [p for p in sentences(text, lead.end(), end) if p[1] - p[0] >= 8]
    if len(parts) < 2 or any(text[e - 1] != "；" for _, e in parts[:-1]):
        return
    if draft.rules["evidence"]["detail"].any(text[parts[0][0] : parts[0][0] + 8]):
        return  # 有的…；有的…: cases, not items
    node.ranges = [(start, lead.start())]
    for i, (s, e) in enumerate(parts, 1):
        _add(draft, s, e if text[e - 1] == "。" else e - 1, node, i)


def _named_only(draft: Draft, node: Node) -> None:
    """Where the headline only names a unit or a subject, each statement that follows is an item."""
    head = node.headline
    if head is None or head[1] - head[0] > 24 or not _NAME.search(draft.text[slice(*head)]) or node.items:
        return
    items = [p for p in problem_spans(draft, *node.ranges[0], listed=True) if is_problem(draft, *p)]
    for i, (s, e) in enumerate(items, 1):
        first = next(at for at in range(s, e) if draft.text[at] not in "。，；：")
        _add(draft, first, e, node, i)
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
        _add(draft, s, e, node, i)
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
            _add_chain(draft, section, parent, told(draft, s, e))  # a neutral heading of a self-examination
        elif section.chain or heads_parts(draft.text, s, e):
            _add_chain(draft, section, parent, read_chain(draft, s, e))
        elif section.kind in ("unit", "dash") and not _REGION.search(text[section.start : section.start + 16]):
            _add_spans(draft, section, parent, each_sentence(draft, s, e))
        else:
            spans = problem_spans(draft, s, e, listed=listed)
            if len(spans) < 2 and text.count("；", s, e) > 1 and not _general(draft, s, e):
                _add_chain(draft, section, parent, read_chain(draft, s, e))
            else:
                _add_spans(draft, section, parent, spans)


def _general(draft: Draft, start: int, end: int) -> bool:
    """Does a paragraph begin with a sentence in general, which the rest bears out?"""
    first = _first(draft, start, end)
    return first.endswith("。") and opens(draft, first)


def _first(draft: Draft, start: int, end: int) -> str:
    return draft.text[slice(*first_sentence(draft.text, start, end))]


def _add_spans(draft: Draft, section: Section, parent: Node | None, spans: list[tuple[int, int]]) -> None:
    if len(spans) > 1 and headed(draft, spans):
        (start, stop), *parts = spans
        parent = _add(draft, start, parts[-1][1], parent, 0, section=section)
        parent.ranges = [(s, min(e, stop)) for s, e in parent.ranges if s < stop]
        spans = parts
    for i, (s, e) in enumerate(spans, 1):
        _add(draft, s, e, parent, i if len(spans) > 1 else 0, section=section)


def _add_chain(draft: Draft, section: Section, parent: Node | None, chain: list[Found]) -> None:
    for i, found in enumerate(chain, 1):
        number = i if len(chain) > 1 else 0
        if not found.parts:
            body = found.body
            _headed_anew(draft, _add(draft, found.start, found.end, parent, number, body=body, section=section))
            continue
        field = _add(draft, found.start, found.parts[0][0], parent, number, section=section)
        for j, (s, e) in enumerate(found.parts, 1):
            _headed_anew(draft, _add(draft, s, e, field, j, section=section))
        field.end, field.ranges = found.end, []


def _headed_anew(draft: Draft, node: Node) -> None:
    """The headline of a finding in prose ends with its first clause that tells what is wrong."""
    if node.headline is None:
        return
    first = first_sentence(draft.text, node.body, node.end)
    start, end = strip_span(draft.text, *first_statement(draft, *first))
    said, until = node.headline
    if end < until or not is_finding(draft, said, until):
        if _SOME.match(draft.text, start) and until < end:
            return  # 部分场所楼上住人，…: general enough
        node.headline = (start, end)
        node.ranges = [(end, node.end)]
    elif start > said:
        node.headline = (start, until)


def _by_unit(draft: Draft, start: int, end: int) -> list[Found]:
    """The findings of a text that goes from unit to unit, a paragraph each, and announces none."""
    lines = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]+", draft.text[start:end])]
    if sum(opens(draft, _first(draft, s, e)) for s, e in lines) > 1:
        return []  # each states something in general, and bears it out
    found = [
        told(draft, s, e)
        for s, e in lines
        if subject(draft.text[s:e]) and not draft.rules["problems"]["aside"].any(draft.text[s:e])
    ]
    return [f for chain in found for f in chain] if sum(map(bool, found)) > 2 else []


def _free_text(draft: Draft, kinds: Collection[str]) -> None:
    """Sections of these kinds that are about nothing in particular: the paragraphs that report a problem."""
    start = draft.title[1] if draft.title else 0
    for section in draft.root.walk():
        if section.about is None and section.kind in kinds:
            if section.kind in ("root", "title", "unit") and (by_unit := _by_unit(draft, max(start, section.body), section.own_end)):
                _add_chain(draft, section, None, by_unit)
                continue
            for line in re.finditer(r"[^\n]+", draft.text[section.body : section.own_end]):
                s, e = section.body + line.start(), section.body + line.end()
                if s >= start:
                    _add_spans(draft, section, None, problem_spans(draft, s, e, strict=True))


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
        elif other and not _names_only(draft, section):
            node.end = max(section.own_end, min(other))
    while node.end > node.start and text[node.end - 1] == "\n":
        node.end -= 1
    node.ranges = [(s, min(e, node.end)) for s, e in node.ranges if s < min(e, node.end)]
    _say_what(draft, node)


def _names_only(draft: Draft, section: Section) -> bool:
    """Is its first line all that is said of the problem: 关于设备闲置问题的整改情况?"""
    line = first_sentence(draft.text, section.body, section.own_end)
    return section.about == "rectified" and _RECTIFIED.search(draft.text, *line) is not None


def _say_what(draft: Draft, node: Node) -> None:
    """A headline that only names a unit or a subject gives way to the first statement after it.

    Not where sentences of its own line are its items: there the name stands for them all.
    """
    if node.headline is None:
        return
    text, (head, end) = draft.text, node.headline
    if text[head:end].endswith("方面") and _JUDGES.search(text, head, end):
        node.headline = (head, end - 2)  # 主责主业不聚焦方面
    elif end - head > 24 or not _NAME_ONLY.search(text[head:end]) or is_problem(draft, head, end):
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
        if _TAIL.match(draft.text[s : s + 8]):
            item.end = s
            item.ranges = [(a, min(b, s)) for a, b in item.ranges if a < s]
            return s
    return None
