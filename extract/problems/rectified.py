"""Problems that a notice of rectification names: where the finding ends, and what was done begins."""

from __future__ import annotations

from extract.draft import Draft
from extract.outline.section import Section
from extract.problems.statements import is_problem
from extract.text.sentences import first_sentence, sentences


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
