"""The last step of the outline: which sections state problems, and how; the components only read it.

By their first words, their kind and the kind of the report. A section that is a problem also has that role.
"""

from __future__ import annotations

from bisect import bisect_left

from extract.draft import Draft
from extract.outline.section import Section
from extract.problems.rectified import is_measure_item
from extract.problems.statements import denies, is_finding, is_problem
from extract.text.sentences import first_sentence

_LISTS = ("cn", "cn_bracket", "number", "number_bracket")
_NO_STATEMENT = ("root", "lead", "heading", "shi", "dash", "title", "stated", "unit")


def assign_statements(draft: Draft) -> None:
    """Sets `states` of each section that states problems, and the role of those that are one."""
    analysed = any(section.role in ("causes", "problems") for section in draft.root.walk())
    _Statements(draft, analysed).assign(draft.root)


class _Statements:
    """`analysed`: has the report a part of its own for causes or problems?"""

    def __init__(self, draft: Draft, analysed: bool) -> None:
        self.draft = draft
        self.analysed = analysed

    def assign(self, section: Section) -> None:
        """What a section and those below it state."""
        draft = self.draft
        if section.empty:
            return
        role = section.about
        if section.kind == "paragraph" and section.chain and _may_tell(draft, section):
            section.states = "told"
        elif role == "causes" and draft.kind == "accident-report":
            self._failures(section)
            return
        elif role in ("problems", "rectified") or (role is None and self._opens_with_problem(section)):
            if role == "rectified" and draft.kind != "rectification-notice":
                return  # the end of an audit tells what was done, not what was found
            if section.announces or _announced(draft, section):
                section.states = "several"
            elif denies(draft, section.body, section.end) or _says_nothing(draft, section):
                return
            else:
                section.role = role or "problems"
                section.states = "one"
        elif role is not None and section.role is not None and role != "measures":
            return
        for child in section.children:
            if section.states != "one" or role != "rectified" or not is_measure_item(draft, child):
                self.assign(child)

    def _failures(self, section: Section) -> None:
        """In an accident report a sentence is cause and problem: the items of the causes name what failed."""
        failed = not section.announces and is_problem(self.draft, section.body, section.own_end)
        if failed:
            section.states = "failure"
        for child in section.children:
            if failed or child.about == "causes":
                self._failures(child)
            else:
                self.assign(child)

    def _opens_with_problem(self, section: Section) -> bool:
        """Does a section that is about nothing in particular name a problem by its first words?"""
        draft = self.draft
        if section.kind == "shi" and section.about is None and _may_be_found(draft, section):
            return _found_by_audit(draft, section)
        if section.kind == "title" and draft.title and section.start >= draft.title[1]:
            return _titled(draft, section)
        if section.kind in _NO_STATEMENT or (draft.kind == "accident-report" and self.analysed):
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


def _may_tell(draft: Draft, section: Section) -> bool:
    """Is it prose whose findings are to be sought, or an item among others by its first words?"""
    if draft.rules["problems"]["aside"].any(draft.text[section.body : section.own_end]):
        return True
    if section.about == "problems":
        return not is_problem(draft, *first_sentence(draft.text, section.body, section.own_end))
    return section.about is None


def _says_nothing(draft: Draft, section: Section) -> bool:
    """No text of its own, and below it only other matters: the signatures after the last item."""
    own = draft.text[section.body : section.own_end].strip()  # a row of a table may name no problem
    return not own and not any(c.about == section.about for c in section.children)


def _announced(draft: Draft, section: Section) -> bool:
    """A paragraph that says that there are more (此外，巡察还发现一些个性问题。), or goes on to others."""
    if section.kind != "paragraph":
        return False
    if m := draft.rules["findings"]["another"].pattern.search(draft.text, section.body, section.own_end):
        return is_problem(draft, *first_sentence(draft.text, m.end(), section.own_end))
    first = first_sentence(draft.text, section.body, section.own_end)
    return first[1] < section.own_end and draft.rules["problems"]["intro"].any(draft.text[slice(*first)])


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
