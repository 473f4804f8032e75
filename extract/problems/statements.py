"""What a stretch of text states: whether it names a problem, and where each of several begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.draft import Draft
from extract.problems.spelled_out import SpelledOut
from extract.text.sentences import first_sentence, sentences

_FIRST_CLAUSE = re.compile(
    r"(?:(?:此外|同时|另外|但|但是|目前|当前|[^，。]{0,8}(?:还|也)?发现|从[^，。]{2,24}看)，)?[^，。；：]*"
)
#: A first sentence up to this long is a heading even where it gives a figure.
HEADING_SIZE = 36


def find_list(draft: Draft, start: int, end: int) -> re.Match[str] | None:
    """The announcement of a list in a range: 主要表现在："""
    listed = draft.rules["findings"]["listed"].pattern
    return listed.search(draft.text, start, end) if draft.text.find("：", start, end) >= 0 else None


def is_problem(draft: Draft, start: int, end: int) -> bool:
    """Does a stretch of text name something wrong, and not deny it?"""
    rules = draft.rules["problems"]
    words = draft.text[start:end]
    return rules["judgement"].any(words) and not rules["none"].any(words)


#: 检查表上都填写“未见异常”: what others wrote denies nothing.
_QUOTED = re.compile(r"“[^“”\n]*”")


def is_denied(draft: Draft, start: int, end: int) -> bool:
    """Does a stretch say in its own words that nothing was found?"""
    return draft.rules["problems"]["none"].any(_QUOTED.sub("", draft.text[start:end]))


def is_finding(draft: Draft, start: int, end: int) -> bool:
    """Does a stretch among findings tell of one: a judgement, or a fact that speaks for itself?"""
    words, rules = draft.text[start:end], draft.rules["problems"]
    if is_denied(draft, start, end) or rules["asked"].any(words):
        return False
    return rules["fact"].any(words) or rules["judgement"].any(words)


def denies(draft: Draft, start: int, end: int) -> bool:
    """Does its first sentence say that nothing was found, or all that stands below its heading?"""
    first = first_sentence(draft.text, start, end)
    none = draft.rules["problems"]["none"]
    if draft.text[first[1] : first[1] + 1] == "\n" and draft.text[first[1] - 1] not in "。；！？：":
        below = sentences(draft.text, first[1] + 1, end)
        if below and all(none.any(draft.text[s:e]) or not is_problem(draft, s, e) for s, e in below):
            return any(none.any(draft.text[s:e]) for s, e in below)
    return none.any(draft.text[slice(*first)])


def problem_spans(
    draft: Draft, start: int, end: int, *, listed: bool = False, strict: bool = False
) -> list[tuple[int, int]]:
    """Spans of the problems of a paragraph without markers.

    A sentence that states one in general opens it, what bears it out follows; a list that follows an
    announcement gives one each. `listed`: the paragraph is such a list. `strict`: only a general statement,
    or one reported as found, opens one.
    """
    text, rules = draft.text, draft.rules["problems"]
    none, intro, summary = rules["none"], rules["intro"], rules["summary"]
    how = draft.rules["findings"]
    parts = [p for p in sentences(text, start, end) if p[1] - p[0] > 2]
    if listed and len(parts) == 1 and (named := _judged(draft, start, _before_etc(text, end), "，", least=3)):
        return named
    listed = listed and sum(text[e - 1] == "；" for _, e in parts) >= max(1, len(parts) - 3)
    spans: list[tuple[int, int]] = []
    by_unit = _by_unit(draft, parts)
    summed = False  # the first sentence only sums up those after it
    headed = False  # the first sentence is a heading: what 部分…, 有的… say after it bears it out
    for i, (s, e) in enumerate(parts):
        words = text[s:e]
        if members := _members(draft, s, e):
            listed = True
            spans += members
        elif listed and (not spans or text[parts[i - 1][1] - 1] == "；"):
            if not none.any(words):
                spans.append((s, e))
        elif spans and how["why"].pattern.match(words):
            spans[-1] = (spans[-1][0], e)
        elif none.any(words) or (intro.any(words) and not spans and len(words) < 90):
            continue
        elif not spans and summary.any(words) and any(opens(draft, text[a:b]) for a, b in parts[i + 1 :]):
            summed = True
        elif i == 0 and not strict and len(words) <= HEADING_SIZE and text[e - 1] == "。" and len(parts) > 1:
            headed = True
            spans.append((s, e))
        elif (
            (by_unit and is_finding(draft, s, e) and subject(draft, words) not in text[start:s])
            or (
                opens(draft, words)
                and not (spans and "；" in (text[s - 1], "" if summed else text[e - 1]))
                and not (headed and how["some"].pattern.match(words))
            )
            or (listed and how["some"].pattern.match(words) and is_problem(draft, s, e))
        ) or (listed and spans and how["more"].pattern.match(words) and is_finding(draft, s, e)):
            spans.append((s, e))
        elif spans and not listed:
            spans[-1] = (spans[-1][0], e)
        elif (not strict or how["reported"].pattern.match(words)) and is_problem(draft, s, e):
            spans.append((s, e))
            listed = strict and text[e - 1] == "；"
    if not spans and not strict:
        spans = _facts_only(draft, parts)
    return [(s, e - (text[e - 1] == "；")) for s, e in spans]


def stated_parts(draft: Draft, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a paragraph that state a problem in general, each with what bears it out; none
    where the paragraph begins with something else, or less than half of it is so stated.
    """
    text = draft.text
    spans: list[tuple[int, int]] = []
    opened = told = 0
    for s, e in sentences(text, start, end, strong=True):
        words = text[s:e]
        told += 1
        if draft.rules["findings"]["why"].pattern.match(words):
            break
        if spans and "对此" in words[:16]:
            spans[-1] = (spans[-1][0], e)
        elif opens(draft, words) and not draft.rules["problems"]["none"].any(words):
            opened += 1
            spans.append((s, e))
        elif (not spans and re.search(r"\d", words)) or (
            (not spans or (subject(draft, words) and "，" in text[slice(*spans[-1])]))
            and is_problem(draft, s, e)
        ):
            spans.append((s, e))
        elif not spans:
            return []
        else:
            spans[-1] = (spans[-1][0], e)
    return spans if opened > 1 and 3 * opened >= told else []


def parts_with_details(draft: Draft, start: int, end: int) -> list[tuple[int, int]]:
    """After a heading in the same line, sentences that each judge in general and then go into detail:
    推进有差距。甲工作迟缓，14个任务有5个没有完工。乙工作估计不足，…。
    """
    text = draft.text
    told = sentences(text, start, end, strong=True)
    if len(told) < 3 or told[0][1] - told[0][0] > HEADING_SIZE:
        return []
    spans: list[tuple[int, int]] = []
    for s, e in told[1:]:
        general, comma, detail = text[s:e].partition("，")
        if draft.rules["findings"]["why"].pattern.match(general):
            break
        if (
            comma
            and draft.rules["findings"]["detail"].pattern.search(detail)
            and not draft.rules["findings"]["some"].pattern.match(general)
            and opens(draft, general)
        ):
            spans.append((s, e))
        elif spans:
            spans[-1] = (spans[-1][0], e)
    return spans if len(spans) > 1 and 2 * len(spans) >= len(told) - 1 else []


def headed(draft: Draft, spans: list[tuple[int, int]]) -> bool:
    """Is the first problem of a paragraph a heading, and do the others judge and then go into detail?"""
    text = draft.text
    start, end = first_sentence(text, *spans[0])
    if end - start > HEADING_SIZE or text[end - 1] != "。" or re.search(r"\d|，", text[start:end]):
        return False
    return all(
        draft.rules["findings"]["detail"].pattern.search(
            text[slice(*first_sentence(text, *span))].partition("，")[2]
        )
        for span in spans[1:]
    )


def each_sentence(draft: Draft, start: int, end: int) -> list[tuple[int, int]]:
    """Below the name of a unit each sentence and each member of a list is a problem of its own."""
    text, rules = draft.text, draft.rules["problems"]
    spans: list[tuple[int, int]] = []
    for s, e in sentences(text, start, end):
        words = text[s:e]
        if rules["none"].any(words) or (rules["intro"].any(words) and len(words) < 90):
            continue
        if spans and (draft.rules["findings"]["speaks-of-all"].pattern.match(words) or e - s < 6):
            spans[-1] = (spans[-1][0], e)
        elif e - s >= 6:
            spans.append((s, e))
    return [(s, e - (text[e - 1] == "；")) for s, e in spans]


def subject(draft: Draft, words: str) -> str:
    """The unit or place with which a sentence begins, with what follows it; empty for none."""
    m = draft.rules["findings"]["subject"].pattern.match(words)
    return m[0] if m else ""


def _by_unit(draft: Draft, parts: list[tuple[int, int]]) -> bool:
    """Does a paragraph go from unit to unit, without a statement in general before: 甲县…。乙镇…。"""
    named = [p for p in parts if subject(draft, draft.text[slice(*p)])]
    return len(named) > 1 and 2 * len(named) >= len(parts) and not opens(draft, draft.text[slice(*parts[0])])


def _facts_only(draft: Draft, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Below 问题 a paragraph that judges nothing is a problem all the same: 将结余资金用于发放补助。"""
    rules = draft.rules["problems"]
    told = [p for p in parts if not rules["none"].any(draft.text[slice(*p)])]
    words = "".join(draft.text[slice(*p)] for p in told)
    if len(words) < 12 or words.rstrip().endswith("：") or rules["intro"].any(words):
        return []
    return [(told[0][0], told[-1][1])]


def _members(draft: Draft, start: int, end: int) -> list[tuple[int, int]]:
    """The problems that one sentence names after announcing them: 存在A、B、C等问题."""
    text, rules = draft.text, draft.rules["problems"]
    sentence = text[start:end]
    for rule in rules["enumerated"]:
        if (m := rule.pattern.search(sentence)) and m.start() < 120:
            return _judged(draft, start + m.start("list"), start + m.end("list"), "、", least=3)
    for rule in rules["announced"]:
        if m := rule.pattern.match(sentence):
            stop = _before_etc(text, end)
            named = _judged(draft, start + m.end(), stop, "，", least=3)
            return named or ([(start + m.end(), end)] if is_problem(draft, start + m.end(), end) else [])
    return []


def breaches(draft: Draft, spelled_out: SpelledOut, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
    """The breaches that each sentence of a range names one after another: 因A、B、C等违规行为被罚款60万元.

    What is called a breach needs no word that judges: 贷款调查不尽职.
    """
    for span, listed in spelled_out.named:
        if start <= span[0] and span[1] <= end and "违" in draft.text[listed[1] : span[1]]:
            yield _parts(draft, *listed, "、")


def _before_etc(text: str, end: int) -> int:
    """Where a list ends, without its stop and its 等."""
    while text[end - 1] in "。；":
        end -= 1
    return end - (text[end - 1] == "等")


def _judged(draft: Draft, start: int, end: int, separator: str, *, least: int) -> list[tuple[int, int]]:
    """The parts of a list, where each is long enough and names something wrong."""
    parts = _parts(draft, start, end, separator)
    judged = [p for p in parts if p[1] - p[0] >= 5 and is_problem(draft, *p)]
    return parts if len(parts) >= least and len(judged) >= 0.75 * len(parts) else []


def _parts(draft: Draft, start: int, end: int, separator: str) -> list[tuple[int, int]]:
    """The parts of a list; a quotation holds what separates others."""
    part = re.compile(f"(?:“[^”\\n]*”|[^{separator}])+")
    return [m.span() for m in part.finditer(draft.text, start, end)]


def opens(draft: Draft, words: str) -> bool:
    """Does a sentence state a problem in general, by a first clause that ends with the judgement?"""
    m = _FIRST_CLAUSE.match(words)
    clause = m[0].rstrip() if m else words
    rules = draft.rules["problems"]
    if rules["opens"].any(clause):
        return True
    if not 6 <= len(clause) <= 40 or draft.rules["findings"]["no-opening"].pattern.match(clause):
        return False
    found = [m.end() for rule in rules["judgement"] for m in rule.pattern.finditer(clause)]
    return bool(found) and found[-1] >= len(clause) - 1
