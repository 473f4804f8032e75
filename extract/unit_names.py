"""Names of organisations in running text: by the words that end them and what may stand before those."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial

import ahocorasick_rs

from extract.place_units import place_units
from extract.ranges import Spans
from extract.rules import load_rules

_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9*×X]+\Z")
_PLACE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,4}(?:省|自治区))?(?:[\u4e00-\u9fff]{2,5}(?:市|自治州|州|盟|地区))?(?:[\u4e00-\u9fff]{1,6}(?:县|区|旗|市))?"
    r"(?:[\u4e00-\u9fff]{2,4}(?:镇|乡|街道))?$"
)
_GROUP = re.compile(
    r"(?:(?<=\n)|\A)中共[\u4e00-\u9fff]{2,16}?(?:委|委员会)第[一二三四五六七八九十\d]{1,3}(?:巡[视察]|督[查察导]|检查)组|"
    r"(?:中央|[省市县区州盟旗](?:委|政府)?)?第[一二三四五六七八九十\d]{1,3}(?:生态环境保护)?(?:巡[视察]|督[查察导]|检查|调查|审计)组"
    r"|(?:(?<=\n)[\u4e00-\u9fff]{2,24}|[\u4e00-\u9fff]{2,8}公司)?“?\d{1,2}·\d{1,2}”?[\u4e00-\u9fff]{0,12}?事故调查组"
)
#: How such a name ends, and how far before that it may begin.
_GROUP_END, _GROUP_REACH = re.compile(r"第.{1,11}?组|事故调查组"), 45
_BRANCH = re.compile(r"[\u4e00-\u9fff]{2,4}?分局|(?<=委)驻[\u4e00-\u9fff]{2,10}?纪检监察组")
_ORGAN_ONLY = re.compile(r"^(?:党组|党委|党工委|党总支|党支部|支部|工委|领导小组|纪检组|纪检监察组)+$")
LEVELS = "省市县区州盟旗乡镇"
_LEVEL_FIRST = re.compile(rf"(?:[\u4e00-\u9fff]{{2,3}})??[{LEVELS}](?![场政委直])")
_ORGAN = re.compile(
    r"(?:党组|党委|党工委|党总支|党支部)$|(?<=[\u4e00-\u9fff]{2}[镇乡])(?:人民)?政府$|(?<=[\u4e00-\u9fff]{2}街道)办(?:事处)?$"
)


_DAY_FIRST = re.compile(r"(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|初)?")
#: Where whoever made a report stands, in characters from the top and from the end.
_TOP, _FOOT = 160, 320
_SIGNED = re.compile(
    r"^[\u4e00-\u9fff]{4,36}(?:局|厅|办公室|委员会|领导小组|督查室|党组|党委|公司|中心|调查组|巡[视察]组|督[察导]组|政府)$",
    re.MULTILINE,
)
_ZONE = re.compile(r"(?:高新|开发|经开|产业园|工业园|风景名?胜?|旅游度假)区.{3}")
#: A ministry that only tells whose document it is.
_CITED = re.compile(
    r"(?:门|队|印发|发布|令|关于|《|等[^，。；]{0,10}部[委门][^，。；]{0,10}(?:印发|发布|《))"
)
#: Breaks that are none, or only are, by what stands beside them: 联合检查组, 王家村; 同白芷县, 系县教育局.
_KEPT = ("联合(?=[检调督执工会社体巡])", "[\\u4e00-\\u9fff]家(?=[村庄沟湾坪坝营堡桥镇乡店岭屯集])")
_STOPS = ("同(?=[\\u4e00-\\u9fff]{2,3}[县市区])", "系(?=[省市县区镇乡])")


@dataclass(frozen=True, slots=True)
class _Words:
    """The unit vocabulary as automata."""

    cores: ahocorasick_rs.AhoCorasick
    core_words: tuple[str, ...]
    fields: frozenset[str]
    bodies: frozenset[str]
    departments: frozenset[str]
    authorities: frozenset[str]
    breaks: re.Pattern[str]
    particles: frozenset[str]
    never: frozenset[str]
    trades: frozenset[str]
    central: ahocorasick_rs.AhoCorasick
    bad_starts: re.Pattern[str]


@cache
def _words() -> _Words:
    u = load_rules().units
    fields = frozenset(f + e for f in u["fields"].split() for e in u["field_ends"].split())
    departments = frozenset(u["departments"].split())
    bodies = frozenset(u["bodies"].split()) | departments
    cores = tuple(sorted(fields | bodies | set(u["ends"].split())))
    breaks = sorted(u["breaks"].split(), key=len, reverse=True)
    keep = "|".join([*u["keep"].split(), *_KEPT])
    stop = "|".join([*map(re.escape, breaks), *_STOPS])
    pattern = re.compile(f"(?P<keep>{keep})|(?P<stop>{stop})")
    return _Words(
        ahocorasick_rs.AhoCorasick(list(cores), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
        cores,
        fields,
        bodies,
        departments,
        fields | bodies,
        pattern,
        frozenset(u["particles"].split()),
        frozenset(u["never"].split()),
        frozenset(u["trades"].split()),
        ahocorasick_rs.AhoCorasick(u["central"].split(), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
        re.compile(u["bad_starts"]),
    )


#: How far around a name its place is counted, in characters.
_NEAR = 20_000


def mentions(text: str, shorts: set[str]) -> Iterator[tuple[int, int, str]]:
    """(start, end, name) of each named organisation, in order, outside 《》."""
    w = _words()
    inside = Spans(m.span() for m in re.finditer(r"《[^《》\n]{1,120}》", text))
    central = (
        (s, e) for _, s, e in w.central.find_matches_as_indexes(text) if text[s - 1 : s] not in set(LEVELS)
    )
    groups = Spans([*_groups(text), *central])
    found = groups.all.copy()
    full: dict[int, str] = {}  # names that a list cuts short, by where they stand
    reach = 0  # of the names found so far; the hits come in order
    hits = [(s, e, w.core_words[i]) for i, s, e in w.cores.find_matches_as_indexes(text)]
    i = 0
    while i < len(hits):
        start, end, core = hits[i]
        i += 1
        while i < len(hits) and hits[i][0] == end:
            end, core = hits[i][1], hits[i][2]
            i += 1
        if start < reach or inside.at(start) or groups.meets(start, end):
            continue
        if (
            text[end : end + 1] == "长" and text[end - 1] in "局厅部委院校所站处队厂会办"
        ):  # 厂长, 局长: a person
            if core in ("厂", "部", "办", "所", "站", "处", "队", "院", "委"):
                end -= len(core)
            elif core not in w.fields:
                continue
        if core.endswith("部") and _CITED.match(text, end):
            continue
        if core.endswith("中心") and text[end : end + 1] == "组":
            continue  # 理论学习中心组
        if core in ("中学", "小学", "大学") and text[end : end + 1] in tuple("习生"):
            continue
        if m := _BRANCH.match(text, end):
            end = m.end()
        left = _left(text, start, end, core)
        if left is None and text[start:end] in w.bodies and (head := _list_head(text, start, found)):
            left, full[start] = start, head + text[start:end]
        if left is None:
            continue
        if found and found[-1][1] == left and not _begins_with_authority(text[start:end]):
            left = found.pop()[0]  # 嵊州市民政局社会组织服务中心: a part of the unit before it
        found.append((left, end))
        reach = end
    if names := [short for short in shorts if _is_unit_short(short)]:
        short_names = ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        found += [(s, e) for _, s, e in short_names.find_matches_as_indexes(text)]
    found += _signatures(text)
    found += place_units(text, partial(_cut_at_break, core=""))
    found.sort(key=lambda s: (s[0], -s[1]))
    last = -1
    for s, e in found:
        if s >= last and not inside.at(s):
            yield s, e, full.get(s) or text[s:e].strip("“”")
            last = e


def _groups(text: str) -> Iterator[tuple[int, int]]:
    """Groups by their number (县委第三巡察组) or by the day of an accident (“3·12”火灾事故调查组)."""
    reach = 0
    for end in _GROUP_END.finditer(text):
        if m := _GROUP.search(text, max(reach, end.start() - _GROUP_REACH), end.end()):
            reach = m.end()
            yield m.span()


def _signatures(text: str) -> Iterator[tuple[int, int]]:
    """Lines at the top and at the end that are one name as a whole, whatever words it holds."""
    for start, end in ((0, _TOP), (max(_TOP, len(text) - _FOOT), len(text))):
        yield from (m.span() for m in _SIGNED.finditer(text, start, end))


def _list_head(text: str, start: int, found: list[tuple[int, int]]) -> str:
    """What a member of a list leaves out: 市公安局、总工会 are 市公安局 and 市总工会."""
    if not found or found[-1][1] != start - 1 or text[start - 1] not in "、和及":
        return ""
    place = _LEVEL_FIRST.match(text, *found[-1])
    return place[0] if place else ""


def _is_unit_short(short: str) -> bool:
    return bool(
        re.search(
            r"(?:局|厅|委|部|办|院|校|公司|集团|中心|党组|党委|学院|银行|所|站|厂|矿|会|社|县|市|区|镇|乡|村|政府|队)$",
            short,
        )
    )


def _left(text: str, start: int, end: int, core: str) -> int | None:
    """Where the name that ends with this core begins; None where it is no name."""
    w = _words()
    window = _HAN.search(text[max(0, start - 22) : start])
    before_all = window[0] if window else ""
    before = _cut_at_break(before_all, text[start:end])
    whole = text[start:end]
    if _begins_with_authority(whole):
        place = _PLACE.search(before)
        p = place[0] if place else ""
        near = max(0, start - _NEAR), start + _NEAR
        if p and 1 < len(p) < len(before) and text.count(p, *near) < 3:
            p = ""
        if not p and before.endswith(("国务院", "最高", "全国", "集团", "公司")):
            p = "国务院" if before.endswith("国务院") else before[-2:]
        if not p and 2 <= len(before) <= 4 and whole.endswith(("所", "站", "大队", "支队", "分局")):
            p = before
        if not p and before and before[-1] in LEVELS + "局校院":
            p = before[-1]
        if not p and before.endswith(("委", "直")) and len(before) >= 2 and before[-2] in LEVELS:
            p = before[-2:]
        for prefix in ("中共", "驻", "中央"):
            if text[max(0, start - len(p) - len(prefix)) : start - len(p)].endswith(prefix) and (
                prefix != "驻" or "纪检" in whole
            ):
                p = prefix + p
                break
        if (
            len(p) < 2
            and before_all[-2:-1] in tuple("都和同于")
            and text.count(before_all[-3:], *near) > 2
            and before_all[-1:] in LEVELS
        ):
            p = before_all[-3:]  # 阿都县教育局: a break within the place's name
        if whole in ("人民政府", "政府") and len(p) < 2 and not (p and whole == "人民政府"):
            return None
        if not p and (whole in w.never or (len(whole) < 4 and whole not in w.departments)):
            return None
        return start - len(p)
    name = before + whole
    if _ORGAN_ONLY.match(whole) and not re.search(
        r"(?:学院|学校|医院|公司|集团|局|厅|村|镇|乡|社区|街道|县|市|区|[省市县区]直|机关|第[一二三四五六七八九十\d]+|银行|中心|所|站|院|系|科|室)$",
        before,
    ):
        return None
    if len(before) < 2 and not (before and before[-1] in LEVELS + "局校") and not _ZONE.match(whole):
        return None
    company = whole.endswith(("有限公司", "有限责任公司"))
    if company and len(before) >= 2:
        return start - len(before)
    if (
        name in w.never
        or before in w.trades
        or re.fullmatch(r"[省市县区局校镇乡]{0,2}(?:公司|企业|学校|中心|银行|支部|村|厂|集团)", name)
        or w.bad_starts.match(name)
    ):
        return None
    return start - len(before)


def _cut_at_break(before: str, core: str) -> str:
    """What of the characters before a core can belong to the name."""
    cut = last = 0
    for m in _words().breaks.finditer(before + core):
        if m.start() >= len(before):
            break
        if m.lastgroup != "stop":
            continue
        joined = (
            m["stop"] in ("与", "和")
            and 2 <= m.start() - last <= 4
            and 1 <= len(before) - m.end() <= 3
            and core.startswith("学院")
            and before[m.start() - 1] not in "院局部处司"
        )
        trade = (
            core.startswith(("有限", "股份", "集团", "公司"))
            and m.end() == len(before) > m.start() > last
            and m["stop"] not in _words().particles
        )
        if not joined and not trade:  # 能源与动力学院, 宏达建设有限公司: one name
            cut = last = m.end()
    rest = before[cut:]
    day = _DAY_FIRST.match(rest)
    return rest[day.end() :] if day else rest


def _begins_with_authority(whole: str) -> bool:
    authorities = _words().authorities
    return any(whole[:n] in authorities for n in range(2, min(len(whole), 16) + 1))


def bare_name(name: str) -> str:
    """A name without 中共 and without the organ at its end: 中共某县人民医院委员会 is 某县人民医院."""
    if name.startswith("中共"):
        return _ORGAN.sub("", name[2:]).removesuffix("委员会")
    return _ORGAN.sub("", name)


def same_unit(long: str, short: str) -> bool:
    """Is `short` another way to write `long` within one report?"""
    if len(short.removeprefix("中共")) < 3:
        return False
    a, b = bare_name(long), bare_name(short)
    organs = {organ for organ in (_organ(long, a), _organ(short, b)) if organ}
    if not a or not b or len(organs) > 1:
        return False
    if a == b or (a.endswith(b) and len(b) >= 3):
        return True
    if b[0] in LEVELS and a[-1] == b[-1] and b[-1] in "局厅委部办社院会中心站":
        at = a.find(b[0]) if a[0] != b[0] else 0
        return at >= 0 and at <= 6 and len(a) - at <= 18 and _subsequence(b, a[at:]) and len(b) >= 4
    return False


def _organ(name: str, bare: str) -> str:
    """What of a name is its organ; a committee 中共…委员会 is its 党委."""
    organ = name.removeprefix("中共")[len(bare) :]
    return "党委" if organ == "委员会" else organ


def _subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(c in rest for c in short)
