"""Findings told in running prose: after 发现 or 暴露出 each clause of a chain is a problem of its own.

部分…；有的…；一些…；另有…: half of them judge nothing and only tell a fact (私自…, 用A代B, 应建12个仅建3个),
so it is the place that says that they are problems, not the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from extract.draft import Draft
from extract.problems.statements import is_denied, is_finding, opens
from extract.text.sentences import first_sentence, sentences

_LEAST = 7


class Found(NamedTuple):
    """A finding of a chain. A field that heads others has them as `parts`, or one from `body` on."""

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
        if f.parts or is_finding(draft, f.start, f.end) or _turns(draft, start, f)
    ]


def _turns(draft: Draft, start: int, found: Found) -> bool:
    """Does a turning word open it, after what went well?"""
    before = draft.text[max(start, found.start - 4) : found.start]
    return found.start > start + 4 and draft.rules["findings"]["against"].pattern.search(before) is not None


def read_chain(draft: Draft, start: int, end: int, *, sure: bool = True) -> list[Found]:
    """The findings of a stretch of one paragraph, each up to the next. `sure`: it tells of nothing else."""
    text = draft.text
    spans: list[list[int]] = []  # each with its end, which moves on
    fields: dict[int, tuple[int, int]] = {}
    for s, e in _pieces(draft, start, end):
        m = draft.rules["findings"]["field"].pattern.match(text, s, min(e + 4, end))
        said = s
        if m and (m["sign"] in "：。" or _heads_several(text, m.end(), end)):
            fields[len(spans)] = m.span("field")
            said = m.end()
            if said >= e:
                continue
        elif spans and len(spans) not in fields and _goes_on(draft, spans[-1], s, e, sure=sure):
            spans[-1][1] = e
            continue
        for before in (draft.rules["findings"]["turn"].pattern, draft.rules["findings"]["joins"].pattern):
            if skipped := before.match(text, said, e):
                said = skipped.end()
        if e - said >= _LEAST and not is_denied(draft, said, e):
            spans.append([said, e])
        elif spans:
            spans[-1][1] = e
    found = [(s, e - (text[e - 1] in "；，")) for s, e in spans]
    return list(_below_fields(found, fields))


def _pieces(draft: Draft, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences, cut where another case is told: 4户在户主去世后仍领补贴，另有2户重复领取。"""
    another = draft.rules["findings"]["another-case"].pattern
    for s, e in sentences(draft.text, start, end):
        cuts = [m.end() for m in another.finditer(draft.text, s, e)]
        yield from pairwise([s, *cuts, e])


_CLAUSE = re.compile(r"(?:[^，“（]+|“[^“”]{0,200}”|（[^（）]{0,200}）|[“（])+")


def first_statement(draft: Draft, start: int, end: int) -> tuple[int, int]:
    """The words of a finding up to its first clause that tells what is wrong; all where none does."""
    text = draft.text
    if how := draft.rules["findings"]["found-how"].pattern.match(text, start, end):
        start = how.end()
    for clause in _CLAUSE.finditer(text, start, end):
        if clause.end() - start >= _LEAST and is_finding(draft, *clause.span()):
            return start, clause.end()
    return start, end


def heads_parts(draft: Draft, start: int, end: int) -> bool:
    """Does a paragraph begin with a field that heads several findings: 资金方面：…；…。"""
    text = draft.text
    m = draft.rules["findings"]["field"].pattern.match(text, start, end)
    if m is None or m["sign"] != "：":
        return False
    return _heads_several(text, m.end(), end) or len(sentences(text, m.end(), end)) > 1


def _heads_several(text: str, start: int, end: int) -> bool:
    """Does a list go on after the field, up to the stop?"""
    stop = text.find("。", start, end)
    return "；" in text[start : stop if stop >= 0 else end]


def _goes_on(draft: Draft, last: list[int], start: int, end: int, *, sure: bool) -> bool:
    """Does a sentence say why it came to the finding before it, or bear it out?"""
    if draft.rules["findings"]["chain-why"].pattern.match(draft.text, start, end):
        return True
    return (sure or is_finding(draft, *last)) and _attached(draft, last[0], start, end)


def _attached(draft: Draft, before: int, start: int, end: int) -> bool:
    """Does a sentence bear out the finding that begins at `before`, and is none of its own?"""
    text = draft.text
    if end - start < _LEAST or draft.rules["findings"]["chain-goes-on"].pattern.match(text, start, end):
        return True
    if text[start - 1] != "。":
        return False
    general = opens(draft, text[slice(*first_sentence(text, before, start))])
    if general and first_sentence(text, before, start)[1] == start:
        return not draft.rules["findings"]["joins"].pattern.match(text, start, end) and not opens(
            draft, text[start:end]
        )
    unit = draft.rules["findings"]["unit"].pattern.match(text, start, end)
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
