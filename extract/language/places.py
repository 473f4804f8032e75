"""Places: the official divisions of China, as data, and a grammar for places that the list lacks.

A place is read where a name begins (`read_place`) or where one ends (`place_before`). What it is called in
the graph (`canonical`) follows from its name alone, or from the place of the report where many places have
that name: there are four 鼓楼区, and every city has a 高新区.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extract.language.divisions import ancestors, division_name, divisions, likeliest, within_code
from extract.language.place_grammar import (
    COMPONENT,
    CORPS,
    DIVISIONS,
    LEVELS,
    NO_DISTRICT,
    NO_END,
    ZONE,
    is_authority,
    is_stem,
    rank_of,
)

__all__ = [
    "DIVISIONS",
    "LEVELS",
    "Place",
    "begins_with_division",
    "canonical",
    "level_first",
    "of_level",
    "place_before",
    "read_place",
    "smallest",
]

#: Names of divisions that are other words too: 某局和县财政局 tells of no 和县; in a text 传达县…, 召开县…
_DOUBTFUL = frozenset({"和县", "会同县"})
_DOUBTFUL_WITHIN = frozenset(f"{word}县" for word in "达开任应代成安兴通")


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it is written. `parts`: its components, the largest first; `end`: where it ends.

    `codes`: the divisions that it may be, none where the list lacks it; `holder`: without the last component.
    """

    parts: tuple[str, ...]
    end: int
    codes: tuple[str, ...] = ()
    holder: Place | None = None

    @property
    def name(self) -> str:
        return "".join(self.parts)

    @property
    def rank(self) -> int:
        """0 of a province, 1 of a prefecture, 2 of a county, 3 below."""
        if not self.codes:
            return rank_of(self.parts[-1])
        return int(self.codes[0][2:4] != "00") + int(self.codes[0][4:] != "00")

    @property
    def bare_zone(self) -> bool:
        """高新区, 工业园区: every city's own."""
        return len(self.parts) == 1 and ZONE.fullmatch(self.parts[0]) is not None


@lru_cache(maxsize=8192)
def read_place(text: str, start: int = 0) -> Place | None:
    """The place with which a unit's name begins: 江北市青岳县 of 江北市青岳县民政局, 杭州 of 杭州财政局."""
    place: Place | None = None
    while part := _part(text, place.end if place else start, place):
        place = part
    return place


def place_before(text: str, begin: int, end: int) -> tuple[int, bool] | None:
    """(where the place begins that ends at `end`, is its beginning certain); it begins at `begin` or later.

    Certain is what the list holds; what the grammar gives may begin with a word that stands before it. What
    follows is taken for an authority, so that 杭州 is a place before 财政局.
    """
    data, first, inner = divisions(), end, ""
    while True:
        starts = range(max(begin, first - data.longest), first - 1)
        starts_known = (s for s in starts if text[s : s + 2] in data.first_two)
        known = next((s for s in starts_known if _is_known(text, s, first, begin, inner)), None)
        if known is None:
            break
        first, inner = known, text[known:first]
    if inner:
        return first, True
    doubtful = None
    for s in range(begin, end - 1):
        place = read_place(text[:end], s)
        if place and place.end == end and not place.bare_zone and place.name not in _DOUBTFUL:
            if _is_full(place.parts[0]) or (place.codes and s == begin):
                return s, True
            if s > begin and place.name in _DOUBTFUL_WITHIN:
                continue
            doubtful = s if doubtful is None else doubtful
    return None if doubtful is None else (doubtful, False)


def _is_known(text: str, start: int, end: int, begin: int, inner: str) -> bool:
    """Is this a division of the list: one that holds `inner`, or one in full, or in short at a beginning?"""
    name = text[start:end]
    if inner:
        return _holds(name, inner)
    codes = divisions().short.get(name)
    return _is_full(name) or (codes is not None and (codes[0][4:] == "00" or start == begin))


def _is_full(name: str) -> bool:
    """In full and of some length: 忠县 may be the end of another word, and 东区 no name."""
    short = 3 if name[-1:] == "区" and name[:1] in tuple("市东西南北中城郊矿新") else 2
    return name in divisions().named and len(name) > short and name not in _DOUBTFUL


def _holds(outer: str, inner: str) -> bool:
    """Is `outer` a division, in full or short, that holds one called `inner`?"""
    data = divisions()
    holders = (*data.named.get(outer, ()), *data.short.get(outer, ()))
    return any(_inside(code, holders) for code in data.named.get(inner, ()))


def _inside(code: str, holders: tuple[str, ...]) -> bool:
    return any(within_code(code, holder) and code != holder for holder in holders)


def begins_with_division(text: str, at: int) -> bool:
    """Does a division begin here: in full, or a province or city in short with more after it?"""
    return any(
        len(name) > 2 if name in divisions().named else codes[0][4:] == "00" and end < len(text)
        for name, end, codes in _official(text, at)
    )


def canonical(place: Place, within: str | None = None) -> str | None:
    """What a place is called everywhere; None where many have its name and `within` does not say which.

    `within` is the place of the report. A former name becomes the present one: 襄樊市 is 襄阳市.
    """
    near = read_place(within) if within else None
    code = _division(place, near)
    if code is not None:
        return division_name(code)
    if near and near.codes and place.codes:
        return None  # four 鼓楼区, none of them there
    large = not place.codes and place.rank < 3 and not place.parts[0].endswith("区")
    if len(place.parts) > 1 or large:
        return _written(place)
    if near is None:
        return None
    if near.parts[-1] == place.parts[-1]:
        return canonical(near) or (near.name if len(near.parts) > 1 else None)
    zone = 1 if place.bare_zone else 0  # a zone may lie in a district
    path = _path(near)
    holders = [part for part in path if rank_of(part) < place.rank + (zone if part == path[-1] else 0)]
    if not holders:
        return None
    return (holders[-1] if len(near.codes) == 1 else "".join(holders)) + place.name


def _division(place: Place, near: Place | None) -> str | None:
    """The code of the division that is meant; of several the one that lies where the report is."""
    codes = place.codes
    if len(codes) > 1 and near and near.codes:
        home = [c for c in codes if any(within_code(c, h) or within_code(h, c) for h in near.codes)]
        codes = tuple(home) if len(home) == 1 else codes
    in_full = place.parts[-1] in divisions().named
    if len(codes) == 1 or in_full:
        return codes[0] if len(codes) == 1 else None
    return likeliest(codes) if codes else None  # 吉林财政厅


def _written(place: Place) -> str:
    """A place that is not in the list; what holds it may be."""
    head = place.holder
    return ((canonical(head) or head.name) if head else "") + place.parts[-1]


def level_first(name: str) -> str | None:
    """县 of 县财政局; None of 市场监管局, 乡村振兴局, 区域养老中心 and where a place is named."""
    return name[0] if name[:1] in tuple(LEVELS) and not NO_END.match(name) and not read_place(name) else None


def of_level(place: str, level: str) -> str | None:
    """The part of a place that is of a level: 市 of 杭州市西湖区 is 杭州市; None where none is known."""
    read = read_place(place)
    if read is None:
        return None
    if len(read.codes) == 1:
        held = (c for c in ancestors(read.codes[0]) if _is_of_level(divisions().names[c], level))
        return next(map(division_name, held), None)
    part: Place | None = read
    while part and not _is_of_level(part.parts[-1], level):
        part = part.holder
    return canonical(part) or (_written(part) if part is not read else None) if part else None


def _is_of_level(name: str, level: str) -> bool:
    return name.endswith(level) and not name.endswith(("自治区", "行政区"))


def smallest(place: str) -> str:
    """The last component of a place: 青岳县 of 江北市青岳县."""
    read = read_place(place)
    return read.parts[-1] if read and read.end == len(place) else place


def _path(place: Place) -> list[str]:
    if len(place.codes) == 1:
        return [division_name(c) for c in reversed(list(ancestors(place.codes[0])))]
    return list(place.parts)


def _part(text: str, at: int, before: Place | None) -> Place | None:
    """`before` with the component that begins at `at`."""
    parts, data = before.parts if before else (), divisions()
    for name, end, codes in _official(text, at):
        inner = tuple(c for c in codes if before and _inside(c, before.codes))
        if before is not None and not inner:
            continue
        if name in data.named:
            if before or len(name) > 2 or name[-1] != "区":
                return Place((*parts, name), end, inner or codes, before)
        elif is_authority(text, end) or _leads_on(text, end, codes):
            return Place((*parts, name), end, inner or codes, before)
    if found := ZONE.match(text, at) or CORPS.match(text, at):
        if before is None and found[0].endswith("团") and not found[0].endswith("兵团"):
            return None  # a 团 stands below its 师
        return Place((*parts, found[0]), found.end(), (), before)
    if before and is_authority(text, at):
        return None  # 白鹭县住房和城乡建设局
    m = COMPONENT.match(text, at)
    if m is None or NO_END.match(text, m.end() - 1):
        return None
    level = m["long"] or m["level"] or "县"
    stem, rank = m[0].removesuffix(level), rank_of(level)
    if not is_stem(stem) or (level == "区" and NO_DISTRICT.search(stem)):
        return None
    if len(stem) > 5 and not level.startswith("自治"):
        return None
    if before and not before.rank < rank and not (before.rank == rank == 1 and level == "市"):
        return None
    return Place((*parts, m[0]), m.end(), (), before)


def _official(text: str, at: int) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """(name, end, codes) of the divisions whose names begin here, in full, then short; the longest first."""
    data = divisions()
    if text[at : at + 2] not in data.first_two:
        return
    ends = range(min(at + data.longest, len(text)), at + 1, -1)
    for end in ends:
        if (codes := data.named.get(text[at:end])) and not NO_END.match(text, end - 1):
            yield text[at:end], end, codes
    for end in ends:
        if codes := data.short.get(text[at:end]):
            yield text[at:end], end, codes


def _leads_on(text: str, at: int, codes: tuple[str, ...]) -> bool:
    """Does a division follow that lies in these, or a zone: 浙江杭州市, 杭州西湖区, 苏州工业园区?"""
    return ZONE.match(text, at) is not None or any(
        _inside(code, codes) for _, _, inner in _official(text, at) for code in inner
    )
