"""Findings told in running prose: after 发现 or 暴露出 each clause of a chain is a problem of its own.

部分…；有的…；一些…；另有…: half of them judge nothing and only tell a fact (私自…, 用A代B, 应建12个仅建3个),
so it is the place that says that they are problems, not the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from extract.draft import Draft, first_sentence, sentences
from extract.statements import is_denied, is_finding, opens

#: What goes on with the finding before it: figures, reasons, what became of it.
_GOES_ON = re.compile(
    r"(?:其中|截至|经(?!营|办|济|常|费)|据|由于|因为|之所以|究其|说到底|归根|出现(?:这|上述|此)|该(?:问题|事项|项|情况|行为|做法)|此(?!外)|这(?!里|家|个[县市区局])|这种|对此|为此|因此"
    r"|上述|以上|直至|直到|致使|导致|造成|最长|最早|最高|最多|最大|例如|比如|如，|至今|目前|"
    r"[^，。；]{2,14}对此|(?:不符合|违反|违背)|有人|相关(?:人员|责任)|已(?:移[交送]|责令|立案|督促)|责[令成]|要求)"
)
#: A field that heads several findings of a paragraph: 在监理环节，…；资金方面：….
_FIELD = re.compile(
    r"(?P<field>(?:在)?[^，。；：\d、]{2,14}?(?:方面|环节|领域|上)|(?P<unit>[^，。；：\d、]{2,14}(?:[省市县区镇乡村局院校厂]|街道|公司|中心)(?=：)))(?P<sign>[，：]|(?<=方面)。)(?=[^。；]{4})"
)
#: Words that join a finding to the one before it.
_JOINS = re.compile(r"(?:此外|同时|另外|与此同时|而且|但是|但|不过|然而|只是|可是)，?")
#: What goes well, before the turn: 窗口秩序井然，但….
_TURN = re.compile(
    r"[^。；\\d]{0,60}(?:较好|良好|好评|肯定|成效|成绩|规范|有序|扎实|井然|提高|增长|进展|提升)[^。；，]{0,8}，(?:但是?|不过|然而)"
)
_ANOTHER = re.compile(r"，(?=另有[\d一二两三四五六七八九十几])")
_AGAINST = re.compile(r"(?:但是?|不过|然而|只是|可是)，?$")
#: A sentence that tells why the finding before it came about.
_WHY = re.compile(
    r"究其|之所以|因为|由于|出现(?:这|上述|此)|(?:主要)?原因|说到底|归根|该(?:问题|事项|情况)的?(?:发生|出现|产生)"
)
#: A unit with which a sentence opens.
_UNIT = re.compile(
    r"[\u4e00-\u9fff（）]{2,18}?(?:公司|集团|厂|店|院|局|所|站|中心|学|校|园|社|银行|支行|超市|酒店|矿|库|公寓|办事处|管委会|村委会|政府|街道|[^城乡集小][镇乡村县])(?![的级长员民])"
)
_LEAST = 7


class Found(NamedTuple):
    """A finding of a chain. Where a field heads several (资金方面：…；…), they are its `parts`; where it
    heads one, that begins at `body`.
    """

    start: int
    end: int
    parts: tuple[tuple[int, int], ...] = ()
    body: int | None = None


def told(draft: Draft, start: int, end: int) -> list[Found]:
    """The findings of a paragraph that may hold some among other things."""
    if draft.rules["problems"]["aside"].any(draft.text[start:end]):
        return []
    return [
        f
        for f in read_chain(draft, start, end, sure=False)
        if f.parts or is_finding(draft, f.start, f.end) or _turns(draft.text, start, f)
    ]


def _turns(text: str, start: int, found: Found) -> bool:
    """Does a turning word open it, after what went well?"""
    before = text[max(start, found.start - 4) : found.start]
    return found.start > start + 4 and _AGAINST.search(before) is not None


def read_chain(draft: Draft, start: int, end: int, *, sure: bool = True) -> list[Found]:
    """The findings of a stretch of one paragraph, each up to the next. `sure`: it tells of nothing else."""
    text = draft.text
    spans: list[list[int]] = []  # each with its end, which moves on
    fields: dict[int, tuple[int, int]] = {}
    for s, e in _pieces(text, start, end):
        m = _FIELD.match(text, s, min(e + 4, end))
        said = s
        if m and (m["sign"] in "：。" or _heads_several(text, m.end(), end)):
            fields[len(spans)] = m.span("field")
            said = m.end()
            if said >= e:
                continue
        elif spans and len(spans) not in fields and _goes_on(draft, spans[-1], s, e, sure=sure):
            spans[-1][1] = e
            continue
        for before in (_TURN, _JOINS):
            if skipped := before.match(text, said, e):
                said = skipped.end()
        if e - said >= _LEAST and not is_denied(draft, said, e):
            spans.append([said, e])
        elif spans:
            spans[-1][1] = e
    found = [(s, e - (text[e - 1] in "；，")) for s, e in spans]
    return list(_below_fields(found, fields))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences, cut where another case is told: 4户在户主去世后仍领补贴，另有2户重复领取。"""
    for s, e in sentences(text, start, end):
        cuts = [m.end() for m in _ANOTHER.finditer(text, s, e)]
        yield from pairwise([s, *cuts, e])


#: How and when it was found, before the finding itself.
_FOUND_HOW = re.compile(
    r"(?:(?:经|据|走访|查阅|抽查|抽问|回看|翻阅|现场查看|比对|核对|调阅)[^，。；]{2,24}(?:核对|核查|查实|了解|发现|比对|反映|时|后)?，(?:发现)?|[^，。；]{0,14}(?<![未没])发现，?)(?=[^，。；]{6})"
)
_CLAUSE = re.compile(r"(?:[^，“（]+|“[^“”]{0,200}”|（[^（）]{0,200}）|[“（])+")


def first_statement(draft: Draft, start: int, end: int) -> tuple[int, int]:
    """The words of a finding up to its first clause that tells what is wrong; all where none does."""
    text = draft.text
    if how := _FOUND_HOW.match(text, start, end):
        start = how.end()
    for clause in _CLAUSE.finditer(text, start, end):
        if clause.end() - start >= _LEAST and is_finding(draft, *clause.span()):
            return start, clause.end()
    return start, end


def heads_parts(text: str, start: int, end: int) -> bool:
    """Does a paragraph begin with a field that heads several findings: 资金方面：…；…。"""
    m = _FIELD.match(text, start, end)
    if m is None or m["sign"] != "：":
        return False
    return _heads_several(text, m.end(), end) or len(sentences(text, m.end(), end)) > 1


def _heads_several(text: str, start: int, end: int) -> bool:
    """Does a list go on after the field, up to the stop?"""
    stop = text.find("。", start, end)
    return "；" in text[start : stop if stop >= 0 else end]


def _goes_on(draft: Draft, last: list[int], start: int, end: int, *, sure: bool) -> bool:
    """Does a sentence say why it came to the finding before it, or bear it out?"""
    if _WHY.match(draft.text, start, end):
        return True
    return (sure or is_finding(draft, *last)) and _attached(draft, last[0], start, end)


def _attached(draft: Draft, before: int, start: int, end: int) -> bool:
    """Does a sentence bear out the finding that begins at `before`, and is none of its own?"""
    text = draft.text
    if end - start < _LEAST or _GOES_ON.match(text, start, end):
        return True
    if text[start - 1] != "。":
        return False
    general = opens(draft, text[slice(*first_sentence(text, before, start))])
    if general and first_sentence(text, before, start)[1] == start:
        return not _JOINS.match(text, start, end) and not opens(draft, text[start:end])
    unit = _UNIT.match(text, start, end)
    if (
        unit
        and unit[0] not in text[before:start]
        and not draft.rules["problems"]["asked"].any(text[start:end])
    ):
        return False
    return not is_finding(draft, start, end)


def _below_fields(found: list[tuple[int, int]], fields: dict[int, tuple[int, int]]) -> list[Found]:
    out: list[Found] = []
    at = 0
    while at < len(found):
        if at not in fields:
            out.append(Found(*found[at]))
            at += 1
            continue
        until = next((i for i in range(at + 1, len(found)) if i in fields), len(found))
        parts = tuple(found[at:until])
        (first, last), *more = parts
        start = fields[at][0]
        out.append(Found(start, parts[-1][1], parts) if more else Found(start, last, body=first))
        at = until
    return out
