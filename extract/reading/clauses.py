"""Cuts a clean text into clauses, the units to which the trained reader gives roles.

A clause ends at ，。；！？： or at its line's end, outside of quotes and brackets, and before a connective of
cause or effect (…，[导致…]). It knows its line, its sentence and the marker that opens it, such as 一、 or
有的.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

_CLAUSE = re.compile(
    r"(?:[^，。；！？：\n“《（]+|“[^”\n]{0,120}”|《[^》\n]{0,80}》|（[^）\n]{0,80}）|[“《（])+[，。；！？：]*[”’）]?"
    r"|[，。；！？：]+"
)
#: A clause is cut before these words where they stand inside it, and after 由于 and 因为.
_CONNECTIVE = re.compile(
    r"(?<=.{4})(?=(?:进而|从而|最终|以至于|以致|致使|导致|造成(?!的)|引发|引起))|(?<=由于)(?=.{4})|(?<=因为)(?=.{4})"
)
#: What opens a clause; each group names a kind of marker, the same that `training.augment` writes.
MARKER = re.compile(
    r"(?P<cn>[一二三四五六七八九十]{1,3}、)|(?P<cn_bracket>（[一二三四五六七八九十]{1,3}）)"
    r"|(?P<number>\d{1,2}[、.）](?!\d))|(?P<number_bracket>（\d{1,2}）)|(?P<circled>[①-⑳⑴-⒇])"
    r"|(?P<is>[一二三四五六七八九十]{1,2}(?:是|要|则))|(?P<ordinal>[第其][一二三四五六七八九十]{1,2}[，、：])"
    r"|(?P<dash>——|[●■◆▲★•◇□○▪►➢☆－])|(?P<some>有的|有些|个别|部分|少数)"
)
#: Words that belong to the statement although they open it.
_WORDS = "some"
_STOPS = "。；！？"
#: A line of so many characters without an end mark is a heading.
_HEADING_SIZE = 40


class Clause(NamedTuple):
    """A clause of a clean text, in offsets of it.

    `body`: where it begins after its marker; `line`, `sentence`: their running numbers; `opens`: it is
    the first of its sentence; `heading`: its line is short and has no end mark.
    """

    start: int
    end: int
    body: int
    line: int
    sentence: int
    opens: bool
    marker: str
    heading: bool


def split_clauses(text: str) -> list[Clause]:
    """All clauses of a clean text, in order."""
    clauses: list[Clause] = []
    at = sentence = 0
    for number, line in enumerate(text.split("\n")):
        heading = len(line) <= _HEADING_SIZE and line[-1:] not in ("。", "；", "，")
        opens = True
        for start, end in _spans(line):
            marker = MARKER.match(line, start, end) if opens or line[start - 1] in "，：" else None
            kind = marker.lastgroup or "" if marker else ""
            body = marker.end() if marker and kind != _WORDS else start
            if body < end:
                clauses.append(
                    Clause(at + start, at + end, at + body, number, sentence, opens, kind, heading)
                )
                opens = False
            if line[end - 1] in _STOPS or (
                line[end - 1] in "”）" and line[end - 2 : end - 1] in tuple("。！？")
            ):
                sentence += 1
                opens = True
        if not opens:
            sentence += 1
        at += len(line) + 1
    return clauses


def _spans(line: str) -> Iterator[tuple[int, int]]:
    for m in _CLAUSE.finditer(line):
        cuts = [m.start(), *(m.start() + c.start() for c in _CONNECTIVE.finditer(m[0])), m.end()]
        yield from ((a, b) for a, b in pairwise(cuts) if b > a)
