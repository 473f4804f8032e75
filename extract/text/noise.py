"""Lines that are not the report's: page numbers, running heads and feet, what a web site put around it.

A running head is known by its place on pages, never by being said again and again: in a text without a
sign of pages, 原因分析 or 责任单位：… in every section is content.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from extract.rules import Rules
from extract.text.clean import ENDS, Line

#: A running head or foot stands at this share of the page breaks at least, and of the places where it stands
#: this share at least are page breaks.
_OF_PAGES, _OF_STANDS = 0.4, 0.6
#: Where only a bare number shows that a page ends, a page has at least so many characters.
_PAGE = 300
_LONGEST_HEAD = 40
#: So long is a label such as 整改情况.
_LABEL = 6
#: Lines of a head and a foot, with the page's number.
_LINES = 6


def strip_noise(lines: list[Line], rules: Rules) -> list[Line]:
    """Drop page numbers, running heads and what the web site put around the report."""
    numbers = [i for i, line in enumerate(lines) if rules.noise.is_page_number(line.text)]
    gone = {*numbers, *_running_lines(lines, numbers, rules)}
    kept = [line for i, line in enumerate(lines) if i not in gone and not rules.noise.matches(line.text)]
    return _cut_tail(_without_page_numbers(kept), rules)


def _running_lines(lines: list[Line], numbers: list[int], rules: Rules) -> set[int]:
    """The heads and feet of pages, of up to two lines; a title at the top of the text stays."""
    ends = _page_ends(lines, numbers, rules)
    if not ends:
        return set()
    keys = [re.sub(r"\d+", "#", line.text) for line in lines]
    stands = Counter(key for key in keys if len(key) <= _LONGEST_HEAD)
    running: set[int] = set()
    passed = set(numbers)
    for _ in range(2):
        for step in (1, -1):
            beside = [
                i
                for i in _beside(lines, ends, passed, step)
                if lines[i].text[-1] not in "。；！？：" and not rules.noise.keeps(lines[i].text)
            ]
            seen = Counter(keys[i] for i in beside)
            enough = max(2, _OF_PAGES * len(ends))
            running |= {i for i in beside if seen[keys[i]] >= max(enough, _OF_STANDS * stands[keys[i]], 2)}
        passed |= running
    top = min((i for i in range(min(4, len(lines))) if i in running), default=None)
    return running - {top}


def _beside(lines: list[Line], ends: list[int], passed: set[int], step: int) -> Iterator[int]:
    """The first line below each page break (`step` 1) or above it (-1), past other page furniture."""
    for end in [0, *ends] if step == 1 else [*ends, len(lines)]:
        first = end if step == 1 else end - 1
        beside = (i for i in range(first, first + _LINES * step, step) if i not in passed)
        if 0 <= (i := next(beside, -1)) < len(lines):
            yield i


def _page_ends(lines: list[Line], numbers: list[int], rules: Rules) -> list[int]:
    """Before which lines a page begins: after a form feed, and where a page number stands.

    Bare numbers may be those of a table's rows. They are pages' where they go up by one and stand far apart,
    or beside a title that is also at the top of the text.
    """
    told = [i for i in numbers if not lines[i].text.isdecimal()]
    bare = [i for i in numbers if lines[i].text.isdecimal()]
    if len(bare) > 1 and all(int(lines[b].text) - int(lines[a].text) == 1 for a, b in pairwise(bare)):
        far = lines[bare[-1]].start - lines[bare[0]].start >= _PAGE * (len(bare) - 1)
        beside = Counter(lines[j].text for i in bare for j in (i - 1, i + 1) if 0 <= j < len(lines))
        top = {
            line.text
            for line in lines[:3]
            if len(line.text) > _LABEL and rules["reports"]["title"].any(line.text)
        }
        told += bare if far or any(beside[title] >= len(bare) - 1 for title in top) else []
    return sorted({*told, *(i for i, line in enumerate(lines) if line.page)})


#: A page number that ran into the first line of its page.
_RAN_IN = re.compile(r"\d{1,3}(?=[\u4e00-\u9fff])")


def _without_page_numbers(lines: list[Line]) -> list[Line]:
    """Numbers that go up from line to line where sentences are broken off are those of the pages."""
    found = [
        (i, m)
        for i, line in enumerate(lines)
        if i and lines[i - 1].text[-1] not in ENDS and (m := _RAN_IN.match(line.text))
    ]
    pages = [int(m[0]) for _, m in found]
    if len(pages) < 3 or any(not 0 < b - a <= 4 for a, b in pairwise(pages)):
        return lines
    out = lines.copy()
    for i, m in found:
        line = lines[i]
        out[i] = line._replace(start=line.start + m.end(), text=line.text[m.end() :], broken=True)
    return out


def _cut_tail(lines: list[Line], rules: Rules) -> list[Line]:
    """What follows a site's closing line (推荐访问, 上一篇 …) in the last third is not the report's."""
    for i, line in enumerate(lines):
        if i >= len(lines) * 2 // 3 and i and rules.noise.ends(line.text):
            return lines[:i]
    return lines
