"""Which sections state a problem: by their first words, their kind and the kind of the report."""

from __future__ import annotations

from bisect import bisect_left

from extract.draft import Draft, first_sentence, sentences
from extract.outline.section import Section
from extract.problems.statements import is_finding, is_problem

_LISTS = ("cn", "cn_bracket", "number", "number_bracket")
_NO_STATEMENT = ("root", "lead", "heading", "shi", "dash", "title", "stated", "unit")


def says_nothing(draft: Draft, section: Section) -> bool:
    """No text of its own, and below it only other matters: the signatures after the last item."""
    own = draft.text[section.body : section.own_end].strip()  # a row of a table may name no problem
    return not own and not any(c.about == section.about for c in section.children)


def announced(draft: Draft, section: Section) -> bool:
    """A paragraph that says that there are more (此外，巡察还发现一些个性问题。), or goes on to others."""
    if section.kind != "paragraph":
        return False
    if m := draft.rules["findings"]["another"].pattern.search(draft.text, section.body, section.own_end):
        return is_problem(draft, *first_sentence(draft.text, m.end(), section.own_end))
    first = first_sentence(draft.text, section.body, section.own_end)
    return first[1] < section.own_end and draft.rules["problems"]["intro"].any(draft.text[slice(*first)])


def states_problem(draft: Draft, section: Section) -> bool:
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
    if section.kind == "paragraph" and draft.rules["findings"]["of-all"].pattern.match(
        draft.text, section.body
    ):
        return False
    if (
        section.kind in ("cn", "cn_bracket")
        and section.children
        and draft.rules["findings"]["named-heading"].pattern.match(draft.text, section.body)
    ):
        return draft.kind not in ("rectification-notice", "accident-report")
    if section.kind == "number" and draft.rules["findings"]["named"].pattern.match(
        draft.text, section.body, section.own_end
    ):
        return _found_by_audit(draft, section)
    first = first_sentence(draft.text, section.body, section.end)
    if (
        draft.rules["findings"]["subject-only"].pattern.search(draft.text, *first)
        and draft.kind == "audit-report"
    ):
        first = first_sentence(draft.text, first[1], section.own_end)  # what was found stands after it
    return is_problem(draft, *first) or (is_finding(draft, *first) and _among_findings(draft, section))


def _among_findings(draft: Draft, section: Section) -> bool:
    """Do both its neighbours in a list, or the two before it, name a problem?"""
    if section.parent is None or section.kind not in _LISTS:
        return False
    items = section.parent.children
    at = bisect_left(items, section.start, key=lambda s: s.start)
    near = [s for s in items[max(0, at - 2) : at + 2] if s is not section and s.kind == section.kind]
    return len(near) > 1 and all(
        is_problem(draft, *first_sentence(draft.text, s.body, s.end)) and s.role in (None, "problems")
        for s in near
    )


def _titled(draft: Draft, section: Section) -> bool:
    """A bare line over a paragraph that names what was wrong: 甲市有关部门违规设置准入条件."""
    line = first_sentence(draft.text, section.body, section.end)
    below = draft.text[line[1] : section.own_end].strip()
    return bool(below) and draft.kind != "accident-report" and is_problem(draft, *line)


def _may_be_found(draft: Draft, section: Section) -> bool:
    """Can 一是…二是… state findings: of an audit, and where a text begins with them?"""
    if draft.kind == "audit-report":
        return True
    if section.parent is None or section.parent.kind not in ("root", "title"):
        return False
    opens_text = draft.text[: section.parent.children[0].start][-1:] in ("", "\n")
    own = draft.kind in ("rectification-notice", "self-examination", "accident-report")
    return opens_text and not own and draft.text[section.body - 1] == "是"


def _found_by_audit(draft: Draft, section: Section) -> bool:
    """An audit's 一是…二是… below a subject (养老保险基金审计情况) are findings, where most of them judge."""
    items = [s for s in section.parent.children if s.kind == section.kind] if section.parent else [section]
    return sum(is_finding(draft, s.body, s.own_end) for s in items) * 2 > len(items)


def is_measure_item(draft: Draft, child: Section) -> bool:
    """In a rectification notice the 一是… below a named problem say what was done."""
    if child.kind not in ("shi", "di", "dash"):
        return False
    words = draft.text[child.body : child.end]
    named = draft.rules["problems"]["judgement"].any(words[:24])
    return not named or draft.rules["measures"].any(words)


def end_of_finding(draft: Draft, start: int, end: int) -> int:
    """Without a lead-in the finding is the first sentence, and what goes on in finding."""
    stop = start
    for s, e in sentences(draft.text, start, end, strong=True):
        if (
            stop > start
            and not draft.rules["findings"]["goes-on"].pattern.match(draft.text[s:e])
            and not _still_wrong(draft, s, e)
        ):
            break
        stop = e
        if draft.rules["findings"]["rectified"].pattern.search(draft.text, s, e):
            break
    return stop


def _still_wrong(draft: Draft, start: int, end: int) -> bool:
    """Does a sentence after the first tell of what is wrong, and of nothing that was done about it?"""
    words = draft.text[start:end]
    return (
        is_problem(draft, start, end)
        and not draft.rules["findings"]["done"].pattern.search(words)
        and not draft.rules["measures"].any(words)
    )


def names_only(draft: Draft, section: Section) -> bool:
    """Is its first line all that is said of the problem: 关于设备闲置问题的整改情况?"""
    line = first_sentence(draft.text, section.body, section.own_end)
    return (
        section.about == "rectified"
        and draft.rules["findings"]["rectified"].pattern.search(draft.text, *line) is not None
    )
