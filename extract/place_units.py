"""Places below the county that act as units: 柳河镇, 沙溪乡, 东圩村 stand for those who run them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import ahocorasick_rs

#: What makes another word of it: 镇长, 村民, 街道办; and longer names, which are found as units.
_OTHER = re.compile(r"[长级域民里内上政委党纪支容办]|道班")
_END = re.compile(rf"(?:镇|乡|村|街道|社区)(?!{_OTHER.pattern})")
_BEFORE = re.compile(r"[\u4e00-\u9fff]{1,10}\Z")
#: A county or town that stands before a smaller place is part of its name.
_LARGER = re.compile(r"(?:[\u4e00-\u9fff]{2,3}(?:[市县区旗州]|街道|镇|乡))*[\u4e00-\u9fff]{2,3}\Z")
#: Kinds of places, not names of any: 贫困村, 各乡镇, 特色小镇.
_KIND = re.compile(
    r"^(?:全|各|该|本|我|这|每|某|两|三|四|五|六|七|八|九|十|多|个|部分|所|有|城|农|下|入|进|到|同|其|一|二|第)"
    r"|(?:城|农|乡|下|镇|市|县|区|小|大|新农|中心|贫困|脱贫|出列|示范|自然|行政|建制|重点|特色|美丽|试点|薄弱|后进|先进|空壳|相关|有关|个"
    r"|搬迁|移民|民族|边境|沿海|受灾|城中|联系|帮扶|驻|包|涉农|其他|其余|部分|抽查|被查|所在|周边|偏远|山区|软弱涣散|些|数|建|全|各|该|本|我|度假|度假新)$"
)


_NO_COUNTY = re.compile(
    r"[小社城地园校厂库景片辖郊市街]区$|[夜超门股楼]市$|[个各该全本]|(?:责成|责令|要求|建议|督促|部分|一些|有关|相关|其他|所有)"
)


def place_units(text: str, cut: Callable[[str], str]) -> Iterator[tuple[int, int]]:
    """(start, end) of each town, township, street or village that is named in a text.

    `cut` takes from the characters before such an ending what cannot belong to a name. A name needs one place
    where its beginning is clear; there and everywhere else it counts.
    """
    names = set()
    for m in _END.finditer(text):
        window = _BEFORE.search(text, max(0, m.start() - 10), m.start())
        if window is None:
            continue
        before = cut(window[0])
        larger = _LARGER.fullmatch(before)
        if larger and not _KIND.search(before) and not (m[0] == "村" and before[-1] in "镇乡"):
            names.add(before + m[0])
    if names:
        found = ahocorasick_rs.AhoCorasick(sorted(names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        yield from ((s, e) for _, s, e in found.find_matches_as_indexes(text) if not _OTHER.match(text, e))


_COUNTY = re.compile(
    r"(?:(?<=\n)|(?<=。)|\A|(?<=[、.）●■◆▲★•◇□]))在?(?P<name>[\u4e00-\u9fff]{2,3}(?:县|自治县|市|区|旗))(?![长级域民人里内上政委直场纪教公财法检监住人社])"
)


def counties(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """(start, name) of the counties and cities with which sentences of a range begin."""
    for m in _COUNTY.finditer(text, start, end):
        if not _KIND.search(m["name"][:-1]) and not _NO_COUNTY.search(m["name"]):
            yield m.start("name"), m["name"]
