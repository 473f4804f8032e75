"""Names of organisations in running text: by the words that end them and what may stand before those."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import ahocorasick_rs

from extract.language.places import DIVISIONS, LEVELS, read_place
from extract.ranges import Spans
from extract.units.place_units import lies, place_units
from extract.units.starts import before_place, begins_with_authority, is_of_all, name_start
from extract.units.words import unit_words

_GROUP = re.compile(
    r"(?:(?<=\n)|\A)中共[\u4e00-\u9fff]{2,16}?(?:委|委员会)第[一二三四五六七八九十\d]{1,3}(?:巡[视察]|督[查察导]|检查)组|"
    rf"(?:中央|[{DIVISIONS}](?:委|政府)?)?第[一二三四五六七八九十\d]{{1,3}}(?:(?:生态)?环境?保护?)?(?:巡[视察]|督[查察导]|检查|调查|审计)组"
    r"|(?:(?<=\n)[\u4e00-\u9fff]{2,24}|[\u4e00-\u9fff]{2,8}公司)?“?\d{1,2}·\d{1,2}”?[\u4e00-\u9fff]{0,12}?事故调查组"
)
_TITLE = re.compile(r"《[^《》\n]{1,120}》")
_FIRM = re.compile(r"[\u4e00-\u9fff]+公司")
#: How such a name ends, and how far before that it may begin.
_GROUP_END, _GROUP_REACH = re.compile(r"第.{1,11}?组|事故调查组"), 45
_BRANCH = re.compile(
    r"(?![各每])[\u4e00-\u9fff]{2,4}?分局|(?<=委)驻(?!相关|有关|各)[\u4e00-\u9fff]{2,10}?纪检监察组"
    r"|(?<=府)驻[\u4e00-\u9fff]{2,6}?(?:联络处|办事处)"
)
#: What of a central body is a part or an office of its own: 生态环境部西南督察局, 国家矿山安全监察局北疆局.
_CENTRAL_PART = re.compile(
    r"(?:(?:华北|华东|华南|华中|西南|西北|东北)[\u4e00-\u9fff]{0,6}?(?:局|中心)|(?<=监察局)[\u4e00-\u9fff]{2,3}?局"
    r"|(?<=[总员会][局会])[\u4e00-\u9fff]{2,4}?监管(?:分局|局)|驻[\u4e00-\u9fff]{2,4}特派员办事处|(?:长江|黄河|淮河|海河|珠江|松辽|太湖流域)(?:水利委员会|管理局)|(?<=人大)[\u4e00-\u9fff]{2,8}?委员会|(?<=常委会)[\u4e00-\u9fff]{2,8}?委员会)"
)
_LEVEL_FIRST = re.compile(rf"(?:[\u4e00-\u9fff]{{2,3}})??[{LEVELS}](?![场政委直])")
#: The last character begins another word: 商会党组织, 海关所属, 大队队伍, 省政府采购中心, 医保科普.
_RUNS_ON = re.compile(
    "组织|府采购|科[普技研学目级员协]|所[属辖在有述需]|部[队署]|处[理罚置分]|队[伍员]|厂[房区商]|办[理法案结]"
)
#: The ministry is part of another name: 某省教育部门, 人事监察部, 审计监察部, 安全环保部.
_NOT_BEFORE_CENTRAL = frozenset(f"{LEVELS}事检计务全")
_NO_CENTRE = re.compile("组|区(?!域)|工作(?!人)|任务|思想|环节|城区|位置|内容|议题")
#: Where whoever made a report stands, in characters from the top and from the end.
_TOP, _FOOT = 160, 320
_SIGNED = re.compile(
    r"^(?![^\n]*(?:单位|机构(?!编制)|来源|日期|部门))[X×\u4e00-\u9fff]{4,36}(?:局|厅|办公室|委员会|领导小组|督查室|党组|党委|公司|中心|调查组|巡[视察]组|督[察导]组|政府)$",
    re.MULTILINE,
)
#: A ministry that only tells whose document it is.
_CITED = re.compile(
    r"(?:门|队|印发|发布|令|关于|《|等[^，。；]{0,10}部[委门][^，。；]{0,10}(?:印发|发布|《))"
)


class Mention(NamedTuple):
    """A unit's name in a text; `name` may hold more than its words: in 市公安局、总工会 also 市总工会."""

    start: int
    end: int
    name: str


def titles(text: str) -> Spans:
    """Where 《》 stand, within which no unit is looked for."""
    return Spans(m.span() for m in _TITLE.finditer(text))


def mentions(text: str, shorts: set[str]) -> Iterator[Mention]:
    """Each named organisation, in order, outside 《》."""
    w = unit_words()
    inside = titles(text)
    central = (
        (s, m.end() if (m := _CENTRAL_PART.match(text, e)) else e)
        for _, s, e in w.central.find_matches_as_indexes(text)
        if text[s - 1 : s] not in _NOT_BEFORE_CENTRAL and text[e - 1 : e + 1] not in ("部门", "部队")
    )
    groups = Spans([*_groups(text), *central])
    named: list[tuple[int, int]] = []  # by the hits, in order
    full: dict[int, str] = {}  # names that a list cuts short, by where they stand
    of_all = -1  # where a name ends that is one of every place
    reach = 0  # of the names named so far; the hits come in order
    for start, known_end, core in _cores(text):
        if start < reach or inside.at(start) or groups.meets(start, known_end):
            continue
        end = _end_of(text, known_end, core)
        if end is None:
            continue
        left = name_start(text, start, end)
        whole = text[start:end]
        if left is None and whole in w.authorities and (head := _list_head(text, start, named, full)):
            left, full[start] = start, head + whole
        in_list = text[start - 1 : start] in tuple("、和及")
        if whole in w.authorities and (
            (left is None and is_of_all(text, start)) or (left == start and in_list and of_all == start - 1)
        ):
            of_all = end  # 县（市、区）人民法院、人民检察院: nor is the next one of the list a certain one
            continue
        if left is None or start == of_all:
            continue
        if named and left < named[-1][1] and text[named[-1][1] - 1] == "司":
            left = named.pop()[
                0
            ]  # 通化矿业（集团）有限公司松树镇煤矿: the window begins within the firm's name
        if named and named[-1][1] == left and not begins_with_authority(text[start:end]):
            left = named.pop()[0]  # 嵊州市民政局社会组织服务中心: a part of the unit before it
        if text.startswith("中共", left) and text.startswith("委员会", end):
            end += len("委员会")  # 中共恒川化工集团有限公司委员会
        named.append((left, end))
        reach = end
    found = [*groups.all, *named]
    if names := [short for short in shorts if _is_unit_short(short)]:
        short_names = ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        found += [(s, e) for _, s, e in short_names.find_matches_as_indexes(text)]
    found += _signatures(text)
    found += place_units(text, before_place)
    found.sort(key=lambda s: (s[0], -s[1]))
    last = -1
    for s, e in found:
        if s >= last and not inside.at(s) and not _is_where(text, s, e):
            yield Mention(s, e, full.get(s) or _unquoted(text[s:e]))
            last = e


def _cores(text: str) -> Iterator[tuple[int, int, str]]:
    """Where the words stand with which names end, and the word; of two that touch (教育局, 党组) the last."""
    w = unit_words()
    hits = [(s, e, w.core_words[i]) for i, s, e in w.cores.find_matches_as_indexes(text)]
    i = 0
    while i < len(hits):
        start, end, core = hits[i]
        i += 1
        while i < len(hits) and hits[i][0] == end:
            end, core = hits[i][1], hits[i][2]
            i += 1
        yield start, end, core


def _end_of(text: str, end: int, core: str) -> int | None:
    """Where a name ends that ends with such a word, or goes on with a branch; None where it is no name."""
    # 厂长, 局长: a person
    if text[end : end + 1] == "长" and text[end - 1] in "局厅部委院校所站处队厂会办":
        if core in ("厂", "部", "办", "所", "站", "处", "队", "院", "委"):
            end -= len(core)
        elif core not in unit_words().fields:
            return None
    if _is_other_word(text, end, core):
        return None
    m = _BRANCH.match(text, end)
    return m.end() if m else end


def _is_other_word(text: str, end: int, core: str) -> bool:
    """Is it part of a longer word (理论学习中心组, 市政府中心工作, 中学生), or a ministry only cited?"""
    return bool(
        (core.endswith("部") and _CITED.match(text, end))
        or _RUNS_ON.match(text, end - 1)
        or (core.endswith("中心") and _NO_CENTRE.match(text, end))
        or (core in ("中学", "小学", "大学") and text[end : end + 1] in ("习", "生"))
    )


def _is_where(text: str, start: int, end: int) -> bool:
    """Is this zone only where something lies: 位于岚川工业园区, 岚川高新区柳河镇?"""
    if text[end - 1] not in "园区":
        return False
    place = read_place(text[start : end + 12])
    return lies(text, start) or (place is not None and place.end > end - start)


def _unquoted(name: str) -> str:
    """Without the marks around it, or one that is not closed in it; “3·12”事故调查组 has its own."""
    inner = name.strip("“”")
    return name if inner.count("“") != inner.count("”") and name.count("“") == name.count("”") else inner


def _groups(text: str) -> Iterator[tuple[int, int]]:
    """Groups by their number (县委第三巡察组) or by the day of an accident (“3·12”火灾事故调查组)."""
    reach = 0
    for end in _GROUP_END.finditer(text):
        if m := _GROUP.search(text, max(reach, end.start() - _GROUP_REACH), end.end()):
            reach = m.end()
            firm = _FIRM.match(m[0])  # 派员参加的恒泽公司“5·17”爆燃事故调查组
            yield m.end() - len(m[0]) + (len(firm[0]) - len(before_place(firm[0])) if firm else 0), m.end()


def _signatures(text: str) -> Iterator[tuple[int, int]]:
    """Lines at the top and at the end that are one name as a whole, whatever words it holds."""
    for start, end in ((0, _TOP), (max(_TOP, len(text) - _FOOT), len(text))):
        yield from (m.span() for m in _SIGNED.finditer(text, start, end) if m[0] not in unit_words().never)


def _list_head(text: str, start: int, found: list[tuple[int, int]], full: Mapping[int, str]) -> str:
    """What a member of a list leaves out: 市公安局、总工会 are 市公安局 and 市总工会.

    `full`: the whole names of the members before it, by where they stand.
    """
    if not found or found[-1][1] != start - 1 or text[start - 1] not in "、和及":
        return ""
    before = full.get(found[-1][0]) or text[slice(*found[-1])]
    place = _LEVEL_FIRST.match(before)
    return place[0] if place else ""


def _is_unit_short(short: str) -> bool:
    return bool(
        re.search(
            r"(?:局|厅|委|部|办|院|校|公司|集团|中心|党组|党委|学院|银行|所|站|厂|矿|会|社|县|市|区|镇|乡|村|政府|队)$",
            short,
        )
    )
