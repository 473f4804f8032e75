"""Places: the official divisions of China, as data, and a grammar for places that the list lacks.

A place is read where a name begins (`read_place`) or where one ends (`place_before`). What it is called in the
graph (`canonical`) follows from its name alone, or from the place of the report where many places have that
name: there are seven 鼓楼区, and every city has a 高新区.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extract.divisions import ancestors, division_name, divisions, likeliest, within_code
from extract.rules import load_unit_words, load_verbs

#: The levels of places, by the last character of their names.
LEVELS = "省市县区州盟旗乡镇"
_HAN = r"[\u4e00-\u9fff]"
#: How high a level is; a place may hold those of a higher number.
_RANK = {"省": 0, "自治区": 0, "特别行政区": 0, "兵团": 0, "市": 1, "州": 1, "盟": 1, "地区": 1, "师": 1,
         "县": 2, "区": 2, "旗": 2, "团": 2, "镇": 3, "乡": 3, "街道": 3, "苏木": 3}
_COMPONENT = re.compile(
    rf"{_HAN}{{2,12}}?(?P<long>自治区|特别行政区|自治州|自治县|自治旗)|{_HAN}县"
    rf"|{_HAN}{{2,8}}?(?P<level>街道|苏木|地区|省|市|州(?![市县区])|盟|县|区|旗(?![市县区])|镇(?![市县])|乡(?![市县]))")
_ZONE = re.compile(r"(?:国家级?)?(?:高新|经开|开发|保税|自贸|综保|(?:高新技术|化工)?产业园?|工业园?|旅游度假|经济|经济技术|高新技术|高新技术产业"
                   r"|经济技术|生态|物流|临空经济|示范|风景名?胜?)(?:(?<!开发)开发|示范|试验|合作|保护)?区")
_CORPS = re.compile(r"(?:新疆生产建设)?兵团|第[一二三四五六七八九十]{1,3}师|第?[一二三四五六七八九〇十百\d]{1,4}团")
#: Words that end like a place and are none: 区域, 市级, 市政工程, 市场, 县域; 州 of 杭州湾.
_NO_END = re.compile(rf"[省市县区镇乡州旗盟][域级]|市场|区块|市(?:政(?!府|协|法|务|数)|容|郊(?!区)|立|内|话)|市民(?!政|族|宗|营|兵)|[县区]内|[市县区]外"
                     rf"|[市县区]长(?!{_HAN}{{1,2}}[区县市])|区间|旗(?:下|舰)|州[湾路街]|省[际内]|镇[长域区]|乡[村愁]|街道工")
#: Stems that name no place: 各县, 受灾县, 特色镇, 开发区; or words that begin a clause: 巡察市, 根据省.
_NO_STEM = re.compile(
    r"[和与及同跟或等]|设区|[各全本该我某外跨邻每两多数几个].{0,2}|[一三四五六七八九十][个大地级]?|.?[这那其何]|主城|中心城|相关|有关|所在|所属|直属|下属|受灾|贫困|脱贫|农村|乡"
    r"|自贸|工业|行政|功能|生活|服务|示范|试点|重点|特色|美丽|中心|城|小城|小|大|建制|涉农|移民|搬迁|少数民族|民族|边境|沿海|周边|偏远"
    r"|(?:根据|按照|关于|巡察|巡视|审计|检查|督察|督查|派驻|抽查|责成|责令|要求|建议|督促|部分|一些|其他|其余|所有|反映|建立"
    r"|[对由经在驻被将把向从给让使与及或和并])(?!都).*"
    r"|.*(?:[两三四五六七八九十几数多些的了和]|示范|保护|试验|合作)")
#: What makes another word of 区: 园区, 社区, 开发区.
_NO_DISTRICT = re.compile(r"[园社校库厂小辖片景]$|(?:开发|高新|经开|高新技术产业|经济技术|保税|度假|集聚|功能|生态|综保)$")
#: Divisions whose names are read as words first: 某局和县财政局, 会同县公安局.
_DOUBTFUL = frozenset({"和县", "会同县"})
_LEVEL_IN = re.compile("[省市县区]")
_ORGAN = re.compile(r"[局委院所部厅办会处科组司站]")


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it is written. `parts`: its components, the largest first; `end`: where it ends.

    `codes`: the divisions that it may be, none where the list lacks it.
    """

    parts: tuple[str, ...]
    end: int
    codes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return "".join(self.parts)

    @property
    def rank(self) -> int:
        return int(self.codes[0][2:4] != "00") + int(self.codes[0][4:] != "00") if self.codes else _rank(self.parts[-1])

    @property
    def bare_zone(self) -> bool:
        """高新区, 工业园区: every city's own."""
        return len(self.parts) == 1 and _ZONE.fullmatch(self.parts[0]) is not None


def _rank(part: str) -> int:
    return next((rank for level, rank in sorted(_RANK.items(), key=lambda r: -len(r[0])) if part.endswith(level)), 3)


def read_place(text: str, start: int = 0) -> Place | None:
    """The place with which the name of a unit begins: 江北市青岳县 of 江北市青岳县民政局, 杭州 of 杭州财政局."""
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
        known = next((s for s in range(max(begin, first - data.longest), first - 1)
                      if (_holds(text[s:first], inner) if inner else _known_name(text[s:first])
                          or _is_short(text, s, first, begin))), None)
        if known is None:
            break
        first, inner = known, text[known:first]
    if inner:
        return first, True
    for s in range(begin, end - 1):
        place = read_place(text[:end], s)
        if place and place.end == end and not place.bare_zone and place.name not in _DOUBTFUL:
            return s, bool(place.codes) or len(place.parts) > 1 and _known_name(place.parts[0])
    return None


def begins_with_division(text: str, at: int) -> bool:
    """Does a division of the list begin here, a province or city or a county in full, that no other word runs over?"""
    return any(len(name) > 2 if name in divisions().named else codes[0][4:] == "00" and end < len(text)
               for name, end, codes in _official(text, at))


def _known_name(name: str) -> bool:
    return name in divisions().named and name not in _DOUBTFUL and len(name) > 2 + (name[-1] == "区" and name[0] in "市东西南北中城郊矿新")


def _is_short(text: str, start: int, end: int, begin: int) -> bool:
    """A province or city without its level; a county only where nothing stands before it."""
    codes = divisions().short.get(text[start:end])
    return codes is not None and (codes[0][4:] == "00" or start == begin)


def _holds(outer: str, inner: str) -> bool:
    """Is `outer` a division, in full or short, that holds one called `inner`?"""
    data = divisions()
    return any(within_code(code, holder) and code != holder
               for holder in (*data.named.get(outer, ()), *data.short.get(outer, ()))
               for code in data.named.get(inner, ()))


def canonical(place: Place, within: str | None = None) -> str | None:
    """What a place is called everywhere; None where its name is that of many and `within` does not say which.

    `within` is the place of the report. A former name becomes the present one: 襄樊市 is 襄阳市.
    """
    near = read_place(within) if within else None
    codes = place.codes
    if len(codes) > 1 and near and near.codes:
        home = [c for c in codes if any(within_code(c, h) or within_code(h, c) for h in near.codes)]
        codes = tuple(home) if len(home) == 1 else codes
    if len(codes) > 1 and (parts := place.parts[-1]) in divisions().short and parts not in divisions().named:
        codes = (code,) if (code := likeliest(codes)) else codes
    if len(codes) == 1:
        return division_name(codes[0])
    if near and near.codes and codes:
        return None                                         # seven 鼓楼区, none of them there
    if len(place.parts) > 1 or (not codes and place.rank < 3 and not place.parts[0].endswith("区")):
        return _written(place)
    if near is None or near.parts[-1] == place.parts[-1]:
        return (canonical(near) if near else None) or (within if near and len(near.parts) > 1 else None)
    holders = [part for part in _path(near) if _rank(part) < place.rank + (place.bare_zone and part == near.parts[-1])]
    return (holders[-1] if len(near.codes) == 1 else "".join(holders)) + place.name if holders else None


def _written(place: Place) -> str:
    """A place that is not in the list; what holds it may be."""
    head = read_place("".join(place.parts[:-1])) if len(place.parts) > 1 else None
    return ((canonical(head) or head.name) if head else "") + place.parts[-1]


def level_first(name: str) -> str | None:
    """县 of 县财政局; None of 市场监管局, 乡村振兴局, 区域养老中心 and where a place is named."""
    return name[0] if name[:1] in tuple(LEVELS) and not _NO_END.match(name) and not read_place(name) else None


def of_level(place: str, level: str) -> str | None:
    """The part of a place that is of a level: of 杭州市西湖区 and 市 it is 杭州市, of 青岳县 and 市 none is known."""
    read = read_place(place)
    if read is None:
        return None
    if len(read.codes) == 1:
        return next((division_name(c) for c in ancestors(read.codes[0]) if divisions().names[c].endswith(level)), None)
    for n in range(len(read.parts), 0, -1):
        if read.parts[n - 1].endswith(level) and (level != "区" or not read.parts[n - 1].endswith("自治区")):
            return canonical(read) if n == len(read.parts) else _written(Place(read.parts[:n], 0))
    return None


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
        inner = tuple(c for c in codes if before and any(within_code(c, h) and c != h for h in before.codes))
        if before is None or inner:
            if name in data.named and (before or len(name) > 2 or name[-1] != "区"):
                return Place((*parts, name), end, inner or codes)
            if name not in data.named and (_is_authority(text, end) or _leads_on(text, end, codes)):
                return Place((*parts, name), end, inner or codes)
    if found := _ZONE.match(text, at) or _CORPS.match(text, at):
        if before is None and found[0].endswith("团") and not found[0].endswith("兵团"):
            return None
        return Place((*parts, found[0]), found.end())
    m = None if before and _is_authority(text, at) else _COMPONENT.match(text, at)  # 白鹭县住房和城乡建设局
    if m is None or _NO_END.match(text, m.end() - 1):
        return None
    level = m["long"] or m["level"] or "县"
    stem = m[0].removesuffix(level)
    rank = _rank(level)
    if (not is_stem(stem) or (level == "区" and _NO_DISTRICT.search(stem)) or (len(stem) > 5 and not level.startswith("自治"))
            or (before and not before.rank < rank and not (before.rank == rank == 1 and level == "市"))):
        return None
    return Place((*parts, m[0]), m.end())


def is_stem(stem: str) -> bool:
    """May a place be called so, before 县, 镇 or 村: no kind of place, no verb, no office?"""
    return not (_NO_STEM.fullmatch(stem) or _ORGAN.search(stem) or stem[:1] in tuple(LEVELS) or _LEVEL_IN.search(stem)
                or {stem[:2], stem[-2:], stem[:3]} & load_verbs())


def _official(text: str, at: int) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """(name, end, codes) of the divisions whose names begin here, in full, then short; the longest first."""
    data = divisions()
    for n in range(min(data.longest, len(text) - at), 1, -1):
        if (codes := data.named.get(text[at:at + n])) and not _NO_END.match(text, at + n - 1):
            yield text[at:at + n], at + n, codes
    for n in range(min(data.longest, len(text) - at), 1, -1):
        if codes := data.short.get(text[at:at + n]):
            yield text[at:at + n], at + n, codes


def _leads_on(text: str, at: int, codes: tuple[str, ...]) -> bool:
    """Does a division follow that lies in these, or a zone: 浙江杭州市, 杭州西湖区, 苏州工业园区?"""
    return _ZONE.match(text, at) is not None or any(within_code(c, h) and c != h for _, _, inner in _official(text, at) for c in inner for h in codes)


@cache
def _authorities() -> re.Pattern[str]:
    """What an authority is in charge of and is called: 财政局, 教育体育局党组, 人民政府, 纪委监委."""
    words = load_unit_words()
    fields = "|".join(sorted(words["fields"].split(), key=len, reverse=True))
    ends = "|".join(sorted(words["field_ends"].split(), key=len, reverse=True))
    bodies = "|".join(sorted(words["bodies"].split(), key=len, reverse=True))
    return re.compile(rf"(?:{fields})(?:{ends})|(?:{bodies})|委(?:员会|$)")


def _is_authority(text: str, at: int) -> bool:
    return _authorities().match(text, at) is not None
