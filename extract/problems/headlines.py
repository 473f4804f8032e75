"""The headline of a problem: its statement without number, cause, effect and details."""

from __future__ import annotations

import re

from extract.draft import Draft
from extract.problems.statements import HEADING_SIZE, find_list, is_problem
from extract.text.sentences import strip_span

_STATEMENT = re.compile(
    r"(?:【[^】\n]{0,40}】)?(?:[^。；！？：\n“《（【]+|“[^”\n]{0,120}”|《[^》\n]{0,80}》|（[^）\n]{0,80}）|[“《（])+"
)
_CLAUSE = re.compile(r"(?:[^，“（]+|“[^“”]{0,200}”|（[^（）]{0,200}）|[“（])+")
#: No headline goes on for so many characters.
_FAR = 600
#: A clause as short as this, in characters, goes with the one before it.
_PAIR = 8


def headline_span(draft: Draft, start: int, end: int, *, more: bool = False) -> tuple[int, int]:
    """The span of the statement: without number and closing punctuation, up to the first example or detail.

    `more`: text of its own follows (items), so that the first sentence is a heading and stands whole.
    """
    text, rules = draft.text, draft.rules["problems"]
    while start < end and text[start] in "\n ，：":
        start += 1
    for frame in rules["frame"]:
        if (m := frame.pattern.match(text[start : min(end, start + 40)])) and start + m.end() < end:
            start += m.end()
    opening = text[start : min(end, start + 200)]
    if m := draft.rules["findings"]["cause-first"].pattern.match(opening):
        start += m.end()
        opening = opening[m.end() :]
    for rule in rules["quoted"]:
        if m := rule.pattern.match(opening):
            return _cut(draft, start + m.start("headline"), start + m.end("headline"), details=True)
    stop = _end_of_statement(draft, start, end)
    if (
        draft.kind == "rectification-notice"
        and (m := draft.rules["findings"]["set-right"].pattern.search(text, start, stop))
        and m.start() > start + 4
    ):
        return strip_span(text, start, m.start())
    rest = text[stop:end].strip("。；！？\n ”")
    heading = (more or len(rest) >= 8) and stop - start <= HEADING_SIZE
    s, e = _cut(draft, start, stop, details=not heading)
    named = text[e : e + 1] == "：" or draft.kind == "rectification-notice"
    of = text[e - 3] == "的" and draft.kind == "rectification-notice"  # 对外投资损失的问题
    if named and e - s > 6 and text[s:e].endswith("问题") and (of or is_problem(draft, s, e - 2)):
        e -= 2 + (text[e - 3] == "的")  # 项目库建设质量不高问题：…
    return s, e


def _end_of_statement(draft: Draft, start: int, end: int) -> int:
    text = draft.text
    m = _STATEMENT.match(text, start, end)
    stop = m.end() if m else end
    if text[stop - 2 : stop + 1] == "问题：":
        return stop
    listed = find_list(draft, start, min(end, stop + 1))
    if listed and listed.start() > start + 4 and text[listed.start()] in "，。":
        return listed.start()
    return stop


def _states(draft: Draft, start: int, end: int) -> bool:
    """Does a part of a sentence say something by itself: not 抽查的21座涵闸，9座没有试运行记录."""
    return is_problem(draft, start, end) or not draft.rules["findings"]["unfinished"].pattern.search(
        draft.text[start:end]
    )


def _cut(draft: Draft, start: int, end: int, *, details: bool) -> tuple[int, int]:
    """End before a cause or an effect, and before the clause that opens the details."""
    text = draft.text
    if outcome := draft.rules["findings"]["outcome"].pattern.search(text, start + 4, end):
        end = outcome.start()
    if details:
        detail, concrete = draft.rules["evidence"]["detail"], draft.rules["evidence"]["concrete"]
        opens, fact = draft.rules["problems"]["opens"], draft.rules["problems"]["fact"]
        case = draft.rules["findings"]["case"].pattern
        judged = False  # the clause before states a problem in general
        for clause in _CLAUSE.finditer(text, start, min(end, start + _FAR)):
            at, words = clause.start(), clause[0]
            general = opens.any(words)
            given = detail.any(words) or re.search(r"\d", words)
            told = len(words) > _PAIR and fact.any(words)  # 值班记录缺失，交接班不签字 are a pair
            if at - start >= 5 and (
                (given and _states(draft, start, at))
                or (judged and not general and (concrete.any(words) or told or case.match(words)))
            ):
                end = at
                break
            judged = general
    return strip_span(text, start, end)
