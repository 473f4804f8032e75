"""Places below the county that act as units: 柳河镇, 沙溪乡, 东圩村 stand for those who run them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import ahocorasick_rs

from extract.language.divisions import divisions
from extract.language.place_grammar import is_stem
from extract.language.places import read_place

#: What makes another word of it: 镇长, 村民, 街道办; and longer names, which are found as units.
_OTHER = re.compile(r"[长级域民里内上政委党纪支容办]|街(?!道)|道班|小(?![组区康微])")
#: Where something lies: 位于柳河镇, 占用柳河村2亩耕地.
_AT = re.compile(r"(?:位于|地处|坐落于?|住所|地址[：:为]?|地点[：:为]?|籍|途[经径]|行至|占用)\Z")
_AT_ENDS = frozenset("于处落所址点：:为籍经径至用")
#: What makes it a place only, or the beginning of a longer name: 柳河镇滨河路3号, 柳河村耕地, 柳河镇采石场.
_GOES_ON = re.compile(
    r"[\u4e00-\u9fff]{1,5}?(?:路|大道|街)(?:[东西南北中]段)?\d+号"
    r"|[\u4e00-\u9fff]{0,6}?(?:石料厂|采石场|砖厂|酱菜厂|食品厂|制品[厂坊]|[石饼]坊|码头|卫生室)"
    r"|(?:的|全部|集体)?(?:[耕林土农][地田]|河道|境内|附近|回迁)|[东西南北]{1,2}(?:侧|约|部)"
)
_END = re.compile(rf"(?:镇|乡(?!镇)|村|街道|社区)(?!{_OTHER.pattern})")
_BEFORE = re.compile(r"[\u4e00-\u9fff]{1,12}\Z")
#: Kinds of villages and streets, not names of any: 贫困村, 城中村, 外村, 数字乡村, 网络社区.
_KIND = re.compile(
    r"[镇乡村县市区街道社]|农$"
    r"|(?:新农|出列|自然|后进|先进|空壳|城中|联系|帮扶|驻|包|个|其余|被查|山区|软弱涣散|建|度假新|逐|网络|智慧|数字|和谐|平安|文明|标杆|样板)$"
)
#: Of a name with nothing before it: 下村, 有关街道, 建制城镇.
_VAGUE = re.compile(r"^(?:下|入|进|到|同|一|二|第|有|其|原)|[城大小]$")


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
        window = _BEFORE.search(text, max(0, m.start() - 12), m.start())
        if window is None:
            continue
        before = cut(window[0])
        if before == window[0] and text[window.start() - 1 : window.start()].isdigit():
            before = before.lstrip("年月日号")  # 2019年白庙镇
        larger = read_place(before)
        stem = before[larger.end :] if larger else before
        named = 2 <= len(stem) <= 3 and is_stem(stem) and not _KIND.search(stem)
        if named and stem[-1] == "集" and f"{stem[:-1]}镇" in text:
            named = False  # 杨梓集镇: the market of 杨梓镇
        if f"{before}{m[0]}" in divisions().short:
            named = False  # 景德镇 is the city
        if named and (larger or not _VAGUE.search(stem)):
            names.add(before + m[0])
    if names:
        found = ahocorasick_rs.AhoCorasick(sorted(names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        for _, s, e in found.find_matches_as_indexes(text):
            if not (_OTHER.match(text, e) or lies(text, s) or _GOES_ON.match(text, e)):
                yield s, e


def lies(text: str, at: int) -> bool:
    """Does what begins here only tell where something lies: 位于柳河镇?"""
    return text[at - 1 : at] in _AT_ENDS and _AT.search(text, max(0, at - 4), at) is not None


_COUNTY = re.compile(
    r"(?:(?<=\n)|(?<=。)|\A|(?<=[、.）●■◆▲★•◇□]))在?(?P<name>[\u4e00-\u9fff]{2,3}(?:县|自治县|市(?:[\u4e00-\u9fff]{2,3}[县区市](?=\d))?|区|旗))(?![长级域民人里内上政委直场纪教公财法检监住人社]|的[^，。；\d]{2,30}(?:公司|学校|医院|酒店|中心))"
)


def counties(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """(start, name) of the counties and cities with which sentences of a range begin."""
    for m in _COUNTY.finditer(text, start, end):
        if is_stem(m["name"][:-1]) and not _NO_COUNTY.search(m["name"]):
            yield m.start("name"), m["name"]
