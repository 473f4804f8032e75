"""Problems: the items, headed paragraphs and list members of the sections that state what was found."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from extract.draft import Draft, Node, draft_of, publish, sentences, strip_span
from extract.outline import Section

_LISTED = re.compile(r"[，。]?(?:主要|具体|突出)?(?:表现|体现|反映)(?:在|为|有)?(?:以下.{0,4}方面)?：|(?<=[。，])主要(?:是|有)：|(?<=问题)：")
_NAME = re.compile(r"(?:公司|厂|局|院|校|中学|小学|中心|镇|乡|街道|村|县|市|区|企业|店|酒店|超市|所|站|园|方面|环节|领域|工作|情况|管理)$")
_REPORTED = re.compile(r"(?:[^，。]{0,12}(?:审计|督[查察导]|检查|巡[视察]|暗访|抽查|公告|报告)[^，。]{0,8}(?:发现|指出|显示|反映|表明)，)")
_TAIL = re.compile(r"^(?:以上|上述|这些|此外|由于|究其|责成|责令|要求|对此|不符合|违反|出现(?:这|上述|以上))")
_OUTCOME = re.compile(r"，?(?:从而|进而|最终|直接)?(?:导致|致使|造成|引发|以致)|，(?:究其|根源|原因|主要原因|主要是|由于|因(?![循此地公素人为小而]))|，与《|，违反|，不符合|，系[^，。]{4,40}(?:造成|所致)")
#: A first sentence up to this long is a heading even where it gives a figure.
_SOFT_LIMIT = 36


@Language.component("suyin_problems", assigns=["doc.spans"])
def find_problems(doc: Doc) -> Doc:
    draft = draft_of(doc)
    _visit(draft, draft.root, None)
    if not draft.of("Problem"):
        _free_text(draft)
    publish(doc, "problems", draft.of("Problem"))
    return doc


def is_problem(draft: Draft, start: int, end: int) -> bool:
    """Does a stretch of text name something wrong, and not deny it?"""
    rules = draft.rules["problems"]
    words = draft.text[start:end]
    return rules.of(what="judgement").any(words) and not rules.of(what="none").any(words)


def _visit(draft: Draft, section: Section, parent: Node | None) -> None:
    role = section.about
    node = parent
    if role == "causes" and draft.kind == "accident-report":
        _cause_as_problem(draft, section)
        return
    if role in ("problems", "rectified") or (role is None and _states_problem(draft, section)):
        if role == "rectified" and draft.kind != "rectification-notice":
            return  # the end of an audit tells what was done, not what was found
        if section.kind in ("root", "heading", "lead") or section.generic:
            _loose(draft, section, parent)
        elif _denied(draft, section):
            return
        else:
            section.role = role or "problems"
            node = _add(draft, section, parent, role == "rectified")
    elif role is not None and section.role is not None and role != "measures":
        return
    for child in section.children:
        if node is not None and node is not parent and role == "rectified" and _is_measure_item(draft, child):
            continue
        _visit(draft, child, node)
    if node is not None and node is not parent:
        _finish(draft, node)


def _cause_as_problem(draft: Draft, section: Section) -> None:
    """In an accident report one sentence is cause and problem at once: the items of the causes name what failed."""
    states_itself = section.kind not in ("root", "heading", "lead") and not section.generic
    if states_itself and is_problem(draft, section.body, section.own_end):
        head = headline_span(draft, section.body, section.own_end)
        draft.nodes.append(Node("Problem", section.start, section.end, {"number": str(section.value or "")}, None,
                                section, [(head[1], section.end)], head))
        return
    for child in section.children:
        if child.about == "causes":
            _cause_as_problem(draft, child)


def _states_problem(draft: Draft, section: Section) -> bool:
    if section.kind in ("root", "lead", "heading", "shi", "dash", "title") or draft.kind == "accident-report":
        return False
    first = next(iter(sentences(draft.text, section.body, section.end)), (section.body, section.body))
    return is_problem(draft, *first)


def _denied(draft: Draft, section: Section) -> bool:
    first = next(iter(sentences(draft.text, section.body, section.end)), (section.body, section.body))
    return draft.rules["problems"].of(what="none").any(draft.text[first[0]:first[1]])


def _is_measure_item(draft: Draft, child: Section) -> bool:
    """In a rectification notice the 一是… below a named problem say what was done."""
    if child.kind not in ("shi", "di", "dash"):
        return False
    words = draft.text[child.body:child.end]
    return not draft.rules["problems"].of(what="judgement").any(words[:24]) or draft.rules["measures"].any(words)


def _add(draft: Draft, section: Section, parent: Node | None, rectified: bool) -> Node:
    text = draft.text
    start, end = section.start, section.own_end
    if section.kind in ("title", "paragraph"):
        start = section.body
    node = Node("Problem", start, section.end, {"number": ""}, parent, section)
    body_end = end
    if rectified and not any(c.role == "measures" for c in section.children):
        body_end = _end_of_finding(draft, section.body, end)
        node.end = body_end if not section.children or all(_is_measure_item(draft, c) for c in section.children) else node.end
    head = headline_span(draft, section.body, body_end, more=section.kind == "title" or any(c.about == role_of(section) for c in section.children))
    node.headline = head
    node.ranges = [(head[1], body_end)]
    draft.nodes.append(node)
    if not section.children:
        _listed(draft, node)
        _named_only(draft, node)
    return node


def _named_only(draft: Draft, node: Node) -> None:
    """Where the headline only names a unit or a subject, each statement that follows is an item."""
    head, (start, end) = node.headline, node.ranges[0]
    if head is None or head[1] - head[0] > 24 or not _NAME.search(draft.text[head[0]:head[1]]) or draft.of("Problem")[-1] is not node:
        return
    items = [g for g in _groups(draft, start, end, listed=True) if is_problem(draft, *g)]
    for i, (s, e) in enumerate(items, 1):
        while draft.text[s] in "。，；：":
            s += 1
        e -= draft.text[e - 1] == "；"
        inner = headline_span(draft, s, e)
        draft.nodes.append(Node("Problem", s, e, {"number": str(i)}, node, None, [(inner[1], e)], inner))
    if items:
        node.ranges = []


def role_of(section: Section) -> str:
    return section.about or "problems"


def _end_of_finding(draft: Draft, start: int, end: int) -> int:
    """Without a lead-in the finding is the first sentence, and what goes on in finding."""
    stop = start
    for s, e in sentences(draft.text, start, end, strong=True):
        words = draft.text[s:e]
        if stop > start and not re.match(r"(?:\n)?(?:巡[视察]|审计|督[查察]|反馈意见|检查)(?:组)?(?:指出|发现|反映)|(?:主要|具体)(?:表现|是)", words):
            break
        stop = e
    return stop


def _listed(draft: Draft, node: Node) -> None:
    """A list by semicolons after 主要表现在： gives items."""
    text = draft.text
    start, end = node.ranges[0]
    lead = _LISTED.search(text, max(node.start, start - 1), min(end, start + 40))
    if not lead:
        return
    parts = [p for p in sentences(text, lead.end(), end) if p[1] - p[0] >= 8]
    if len(parts) < 2 or sum(text[e - 1] == "；" for _, e in parts[:-1]) < len(parts) - 1:
        return
    if draft.rules["evidence"].of(what="detail").any(text[parts[0][0]:parts[0][0] + 8]):
        return  # 有的…；有的…: cases, not items
    node.ranges = [(start, lead.start())]
    for i, (s, e) in enumerate(parts, 1):
        s2, e2 = s, e if text[e - 1] == "。" else e - 1
        head = headline_span(draft, s2, e2)
        item = Node("Problem", s2, e2, {"number": str(i)}, node, None, [(head[1], e2)], head)
        draft.nodes.append(item)


def _loose(draft: Draft, section: Section, parent: Node | None) -> None:
    """Problems that no marker opens, below a heading or a lead-in: paragraphs, list members, sentences."""
    text = draft.text
    end = section.own_end
    start = section.body
    if section.kind not in ("heading", "lead", "root"):
        nl = text.find("\n", start, end)
        first = sentences(text, start, end)
        start = nl + 1 if nl >= 0 else (first[0][1] if first else end)
    listed = section.kind == "lead" and text[start:start + 1] != "\n"
    for line in re.finditer(r"[^\n]+", text[start:end]):
        _add_groups(draft, section, parent, _groups(draft, start + line.start(), start + line.end(), listed=listed))


def _add_groups(draft: Draft, section: Section, parent: Node | None, groups: list[tuple[int, int]]) -> None:
    text = draft.text
    for i, (s, e) in enumerate(groups, 1):
        e -= text[e - 1] == "；"
        head = headline_span(draft, s, e)
        draft.nodes.append(Node("Problem", s, e, {"number": str(i) if len(groups) > 1 else ""}, parent, section,
                                [(head[1], e)], head))


def _groups(draft: Draft, start: int, end: int, *, listed: bool = False, strict: bool = False) -> list[tuple[int, int]]:
    """Spans of the problems of a paragraph: a sentence that states one in general opens it, what bears it out follows.

    `listed`: a list by semicolons, each member a problem. `strict`: only general statements open one.
    """
    text, rules = draft.text, draft.rules["problems"]
    opens, none, intro = rules.of(what="opens"), rules.of(what="none"), rules.of(what="intro")
    parts = sentences(text, start, end)
    listed = listed and sum(text[e - 1] == "；" for _, e in parts) >= max(1, len(parts) - 3)
    groups: list[tuple[int, int]] = []
    for i, (s, e) in enumerate(parts):
        words = text[s:e]
        if listed and (i == 0 or text[parts[i - 1][1] - 1] == "；"):
            if not none.any(words):
                groups.append((s, e))
            continue
        head = _first_clause(words)
        if none.any(words) or (intro.any(words) and not groups and len(words) < 90):
            continue
        if opens.any(head) and not (groups and "；" in (text[s - 1], text[e - 1])):
            groups.append((s, e))
        elif groups:
            groups[-1] = (groups[-1][0], e)
        elif (not strict or _REPORTED.match(words)) and is_problem(draft, s, e):
            groups.append((s, e))
    return groups


def _first_clause(words: str) -> str:
    m = re.match(r"(?:(?:此外|同时|另外|但|但是|目前|当前|[^，。]{0,8}(?:还|也)?发现|从[^，。]{2,24}看)，)?[^，。；：]*", words)
    return m[0].rstrip() if m else words


def _free_text(draft: Draft) -> None:
    """A report without a section for its problems: paragraphs that state one in general, outside praise and plans."""
    text = draft.text
    start = draft.title[1] if draft.title else 0
    for section in draft.root.walk():
        if section.about is None and section.kind in ("root", "title"):
            for line in re.finditer(r"[^\n]+", text[section.body:section.own_end]):
                s, e = section.body + line.start(), section.body + line.end()
                if s >= start:
                    _add_groups(draft, section, None, _groups(draft, s, e, strict=True))


def headline_span(draft: Draft, start: int, end: int, *, more: bool = False) -> tuple[int, int]:
    """The statement: without number and closing punctuation, before the first example or detail.

    `more`: text of its own follows (items), so that the first sentence is a heading and stands whole.
    """
    text, rules = draft.text, draft.rules["problems"]
    while start < end and text[start] in "\n ，：":
        start += 1
    for frame in rules.of(what="frame"):
        if (m := frame.pattern.match(text[start:min(end, start + 40)])) and start + m.end() < end:
            start += m.end()
    opening = text[start:min(end, start + 200)]
    for rule in rules.of(what="quoted"):
        if m := rule.pattern.match(opening):
            return _cut(draft, start + m.start("headline"), start + m.end("headline"), force=True)
    stop = _end_of_statement(text, start, end)
    rest = text[stop:end].strip("。；！？\n ”")
    whole = (more or len(rest) >= 8) and stop - start <= _SOFT_LIMIT
    head = _cut(draft, start, stop, force=not whole)
    return strip_span(text, *head)


def _end_of_statement(text: str, start: int, end: int) -> int:
    m = re.compile(r"(?:“[^”\n]{0,120}”|《[^》\n]{0,80}》|（[^）\n]{0,80}）|[^。；！？：\n“《（]|[“《（])+").match(text, start, end)
    stop = m.end() if m else end
    listed = _LISTED.search(text, start, min(end, stop + 1))
    if listed and listed.start() > start + 4 and text[listed.start()] in "，。":
        return listed.start()
    return stop


def _cut(draft: Draft, start: int, end: int, *, force: bool) -> tuple[int, int]:
    """End before a cause or an effect, and (force) before the clause that opens the details."""
    text = draft.text
    outcome = _OUTCOME.search(text, start + 4, end)
    if outcome:
        end = outcome.start()
    if not force:
        return strip_span(text, start, end)
    detail = draft.rules["evidence"].of(what="detail")
    clauses = list(re.finditer(r"(?:“[^”]*”|（[^）]*）|[^，“（]|[“（])+", text[start:end]))
    for i, clause in enumerate(clauses):
        if i and start + clause.start() - start >= 5 and (detail.any(clause[0]) or re.search(r"\d", clause[0])):
            end = start + clause.start()
            break
    return strip_span(text, start, end)


def _finish(draft: Draft, node: Node) -> None:
    """Extents after the children are known: a parent ends with its last item, text of another role is not its."""
    text, section = draft.text, node.section
    items = [n for n in draft.nodes if n.parent is node and n.label == "Problem"]
    if section is not None and section.children:
        other = [c for c in section.children if c.role and c.role not in ("problems", "rectified")]
        own = section.own_end
        last = max((i.end for i in items), default=own)
        if other:
            node.end = max([last, min(c.start for c in other) if not items else last])
        elif items:
            node.end = last
            tail = _tail_of(draft, items[-1])
            if tail is not None:
                node.ranges.append((tail, section.end))
                node.end = section.end
    while node.end > node.start and text[node.end - 1] == "\n":
        node.end -= 1
    node.ranges = [(s, min(e, node.end)) for s, e in node.ranges if s < min(e, node.end)]


def _tail_of(draft: Draft, item: Node) -> int | None:
    """The last of several inline items ends where a sentence speaks of all of them; returns where that begins."""
    if item.section is None or not item.section.inline or any(n.parent is item for n in draft.nodes):
        return None
    spans = sentences(draft.text, item.start, item.end, strong=True)
    for s, _ in spans[1:]:
        if _TAIL.match(draft.text[s:s + 8]):
            item.end = s
            item.ranges = [(a, min(b, s)) for a, b in item.ranges if a < s]
            return s
    return None
