"""Where the name of a unit begins: how much of what stands before the word that ends it belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extract.language.places import DIVISIONS, LEVELS, begins_with_division, place_before, read_place
from extract.units.words import unit_words

_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9*×X]+\Z")
#: A number of things, or of a house, within a name: 9所乡镇敬老院, 秦州路119号市第二人民医院; not 第2中学.
_NUMBER = re.compile(
    r"(?<![第\d])\d+(?:\.\d+)?(?![中小团队组高师矿局处]|号[矿井楼院])[万亿余多]?"
    r"(?:[元吨号家所个座名户米人件条项次起批年月日%份亩]|公里|平方米)?"
)
#: What may stand before the place in a name: 建工集团岚川分公司, 国网浙江省电力公司.
_HOLDER = re.compile(
    r"(?:公司|集团|银行|局|院|校|大学|学会|协会|国网|中铁|中建|中交|中电|中核|中国\w*|中华\w*|国家\w*|中共"
    r"|石油|石化|电信|移动|联通|烟草|邮政|人寿|财险|电网|华能|大唐|华电|国电)$"
)
#: 城北新区两所小学, 西岭两镇初中: so many of them, none by name.
_SEVERAL = re.compile(rf"[一两二三四五六七八九十多几数\d][所家个座]$|两[{LEVELS}村]")
#: What a report calls a unit that it does not name: A公司, 甲公司.
_LETTER = re.compile(r"[A-Z甲乙丙丁]")
#: What a report leaves without a name: 张家口某药店, 后宅镇一超市.
_UNNAMED = re.compile(rf"某[^某{LEVELS}村]{{0,4}}$|[镇乡村县区城]一$")
#: What is still to be, of no name: 建设玄武岩加工厂, 新建便民服务中心.
_BUILDINGS = ("厂", "场", "站", "中心")
_BUILT = re.compile(r"(?:[修新改扩兴搭筹]建|建[设成])了?\Z")
#: What is left of the words before a name: 我街道党工委, 公司松树镇煤矿.
_LEFT_OVER = re.compile(r"^(?:[我你](?=.)|贵(?![州阳港溪定德])(?=.)|(?:(?:集团|总|分|子)?公司)+(?=..))")
#: Of every one, or of several: 各镇人民政府, 有关省、自治区财政厅, 各县（市）区安委会, 属地消防救援大队.
_OF_ALL = re.compile(
    r"(?:(?:各个?|每个?|所有|全部|有关|相关|部分|一些|其他|其余|个别|多数)(?:[\d两几]+个)?(?:设区的?)?"
    rf"|两|[属当]地|所在地?|基层|以上|[（(](?:[、，]?[{DIVISIONS}]){{1,3}}[）)]、?)"
    rf"(?:[、和及，（(）)]|直辖市|自治[区州县]|[{LEVELS}])*\Z"
    r"|(?<![第\d])\d+个[县市区州]+的?\Z"
)
_MAY_BE_ALL = frozenset(f"{LEVELS}）)的地层两各每个有部关分些他余数")
#: So many of a kind, none of them by name: 3个县委巡察组, 12家农机合作社, 两所幼儿园.
_COUNTED = re.compile(r"(?:(?<![第\d.·])\d+|[一两二三四五六七八九十百几数多])余?[个家所]\Z")
_LEVELS_ONLY = re.compile(r"(?:省市|市县|县市|县区|区县|市区|州县|旗县|县乡|乡镇|镇街)$")
_LEVELS_FIRST = re.compile(r"(?:市县|县市(?![政场民容])|县区|区县|旗县|县乡|乡镇|镇街(?!办))")
#: Words that end like a level and are none.
_LEVEL_WORD = re.compile(r"[社园厂校库景城辖片山矿牧灾街小地郊林湖]区$|[超门夜股楼菜]市$")
#: What is spoken of by its last character alone: 该厂和某局, 县和市.
_ALONE = frozenset(LEVELS + "局厅院处校部站所厂矿店司会社组团队村户员我其他中上下里内外前后")
_UNIT_END = re.compile(rf"[{LEVELS}局委办院校司村]$")
_ORGAN_ONLY = re.compile(r"^(?:党组|党委|党工委|党总支|党支部|支部|工委|领导小组|纪检组|纪检监察组)+$")
_DAY_FIRST = re.compile(r"(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|初)?")
_ZONE = re.compile(r"(?:高新|开发|经开|产业园|工业园|风景名?胜?|旅游度假)区.{3}")
_HAS_ORGAN = re.compile(
    rf"(?:学院|学校|医院|公司|集团|局|厅|村|镇|乡|社区|街道|县|市|区|[{DIVISIONS}]直|机关|第[一二三四五六七八九十\d]+|银行|中心|所|站|院|系|科|室)$"
)
#: Its kind and level, no name: 县公司, 镇中心.
_LEVEL_KIND = re.compile(rf"[{LEVELS}局校]{{0,2}}(?:公司|企业|学校|中心|银行|支部|村|厂|集团)")
#: What stands where a place might: 基层监管所, 园区微型消防站.
_NO_PLACE = re.compile(r"(?:基层|属地|当地|辖区|园区|乡镇|县级|微型)+")
#: Kinds of places that end like a place.
_KINDS = frozenset({"自治区", "自治州", "自治县", "设区市"})
#: 朴启（榕陵）液压件有限公司, 淮北矿业（集团）有限公司; not after a unit of its own: 恒远公司（甲方）.
_BRACKETS = re.compile(
    r"(?P<stem>[\u4e00-\u9fff]{2,})(?<!公司)(?<![局厅院校厂])[（(](?:集团|[\u4e00-\u9fff]{2,3})(?<![方章称名略等位级类年月日])[）)]\Z"
)
#: How far around a name its place is counted, in characters.
_NEAR = 20_000


def name_start(text: str, start: int, end: int) -> int | None:
    """Where the name that ends with the core at (start, end) begins; None where it is no name."""
    find = _authority_start if begins_with_authority(text[start:end]) else _other_start
    whole = text[start:end]
    left = find(text, start, whole)
    if left is None:
        return None
    if text[left - 1 : left] in ("个", "家", "所") and _COUNTED.search(text, max(0, left - 10), left):
        return None
    if (
        whole.endswith(_BUILDINGS)
        and _BUILT.search(text, max(0, left - 4), left)
        and not read_place(text[left:end])
    ):
        return None
    return left


def is_of_all(text: str, start: int) -> bool:
    """Is what begins here, after a level, one of every place: 各市[财政局], 县（市、区）[人民法院]?"""
    if text[start - 1 : start] not in _MAY_BE_ALL:
        return False
    return _OF_ALL.search(text, max(0, start - 16), start) is not None


def _authority_start(text: str, start: int, whole: str) -> int | None:
    """Of an authority (财政局, 人民政府): before it stand a place, a level, or what it belongs to."""
    w = unit_words()
    before_all, before = _before(text, start, whole)
    p = _certain_place(text, start, before_all, before)
    if (whole.endswith("部门") and not p) or before.endswith(("两级", "三级", "各级")):
        return None  # 市场监管部门, 区财政部门, 市县两级财政局: of whichever place
    p = p or _field_between(before) or _belongs_to_centre(before)
    if not p and _LEVELS_ONLY.search(before):
        return None  # 市县国土资源局, 县区纪委监委, 乡镇财政所: of every one
    p = p or _own_name(text, start, whole, before)
    p = _level_before(p, before)
    if (len(p) < 2 or p in _KINDS) and is_of_all(text, start):
        return None
    p = _with_party(text, start, whole, p)
    if len(p) < 2 and before_all[-1:] in LEVELS and before_all[-2:-1] in tuple("都和同于"):
        p = _broken_place(text, start, before_all[-1:], before_all) or p
    if whole in ("人民政府", "政府") and len(p) < 2 and not (p and whole == "人民政府"):
        return None
    if p + whole in w.never or (not p and len(whole) < 4 and whole not in w.departments):
        return None
    return start - len(p)


def _certain_place(text: str, start: int, before_all: str, before: str) -> str:
    """The place right before an authority, where it is known or named more than once near it."""
    near = max(0, start - _NEAR), start + _NEAR
    p, certain = _place(before_all, before)
    if not certain and 1 < len(p) < len(before) and text.count(p, *near) < 3:
        p = ""
    return p


def _field_between(before: str) -> str:
    """栗山县光伏扶贫服务中心: a field of its own between the place and what is known."""
    far = None if _UNIT_END.search(before) else read_place(before)
    return before if far and 2 <= len(before) - far.end <= 6 else ""


def _belongs_to_centre(before: str) -> str:
    """国家食品药品监督管理局; not of 区国家档案馆."""
    if before.endswith(("国务院", "最高", "全国", "集团", "公司")):
        return "国务院" if before.endswith("国务院") else before[-2:]
    if before.endswith(("国家", "中国")) and before[-3:-2] not in tuple(LEVELS):
        return before[-2:]
    return ""


def _own_name(text: str, start: int, whole: str, before: str) -> str:
    """What a department in brackets or a station is called."""
    if not 2 <= len(before) <= 4:
        return ""
    if whole in unit_words().departments and _in_brackets(text, start - len(before)):
        return before  # 后勤处（安全保卫处）
    of_station = whole.endswith(("所", "站", "大队", "支队", "分局")) and not _NO_PLACE.fullmatch(before)
    return before if of_station else ""


def _level_before(p: str, before: str) -> str:
    """With nothing else, the level or the zone of which an authority is: [县]财政局, [园区]管委会."""
    if not p and (word := _LEVEL_WORD.search(before)):
        p = _after_clause(before) if word[0] == "社区" else word[0] if word[0] == "园区" else ""
    elif not p and before and (before[-1] in "省市县区局校院" or before in LEVELS):
        p = before[-1]
    if not p and before.endswith(("委", "直")) and len(before) >= 2 and before[-2] in LEVELS:
        p = before[-2:]
    return p


def _with_party(text: str, start: int, whole: str, p: str) -> str:
    """With 中共, 中央, or 驻 of a discipline group, which stand before the place."""
    for prefix in ("中共", "驻", "中央"):
        before = text[max(0, start - len(p) - len(prefix)) : start - len(p)]
        if before.endswith(prefix) and (prefix != "驻" or "纪检" in whole):
            return prefix + p
    return p


def _in_brackets(text: str, at: int) -> bool:
    return text[at - 1 : at] in ("(", "（")


def _other_start(text: str, start: int, whole: str) -> int | None:
    """Of a company, a school, a party organ: before it stands what it is called."""
    w = unit_words()
    before_all, before = _before(text, start, whole)
    if (
        whole.endswith("公司")
        and before == before_all
        and (held := _before_brackets(text, start - len(before)))
    ):
        return start - len(before) - held
    before = _after_clause(before)
    if _UNNAMED.search(before) or text[start - len(before) - 1 : start - len(before)] == "某":
        return None
    if _SEVERAL.search(before) or _LEVELS_FIRST.match(before) or _LEVELS_ONLY.fullmatch(before):
        return None
    before = _broken_place(text, start, before, before_all) or before
    name = before + whole
    if _ORGAN_ONLY.match(whole) and not _HAS_ORGAN.search(before):
        return None
    alone = _LETTER.fullmatch(before) or (before and before[-1] in LEVELS + "局校") or _ZONE.match(whole)
    if len(before) < 2 and not alone:
        return None
    if w.trades.fullmatch(before):
        return None
    if whole.endswith(("有限公司", "有限责任公司")) and len(before) >= 2:
        return start - len(before)
    if name in w.never or _LEVEL_KIND.fullmatch(name) or w.bad_starts.match(name):
        return None
    return start - len(before)


def _before(text: str, start: int, whole: str) -> tuple[str, str]:
    """(the characters before a core, what of them can belong to the name)."""
    window = _HAN.search(text[max(0, start - 22) : start])
    before_all = window[0] if window else ""
    return before_all, cut_at_break(before_all, whole)


def _broken_place(text: str, start: int, before: str, before_all: str) -> str:
    """The name with its place, where a break stands within this: 阿都[县教育局], named so again and again."""
    at = len(before_all) - len(before)
    place = before_all[max(0, at - 2) : at + 1]
    if len(place) < 3 or before[:1] not in tuple(LEVELS) or before_all[at - 1] not in "都和同于":
        return ""
    near = max(0, start - _NEAR), start + _NEAR
    return before_all[at - 2 :] if text.count(place, *near) > 2 else ""


def _before_brackets(text: str, end: int) -> int:
    """How many characters of a company's name end here with brackets: 8 of 淮北矿业（集团）有限公司."""
    if text[end - 1 : end] not in ("）", ")"):
        return 0
    m = _BRACKETS.search(text, max(0, end - 24), end)
    stem = _after_clause(cut_at_break(m["stem"], "有限公司")) if m else ""
    return end - m.end("stem") + len(stem) if m and len(stem) > 1 else 0


def _place(before_all: str, before: str) -> tuple[str, bool]:
    """(the place that stands before an authority, is its beginning certain); empty where there is none.

    `before` is cut at the last break; a division of the list may hold one: 成都, 从化.
    """
    if (found := place_before(before_all, 0, len(before_all))) and found[1]:
        return before_all[found[0] :], True
    if found := place_before(before, 0, len(before)):
        return before[found[0] :], False
    return "", False


def _after_clause(before: str) -> str:
    """Without what of a clause stands before a name: a verb, a number of things, an address."""
    w = unit_words()
    cut = 0
    for i, _, end in w.verbs.find_matches_as_indexes(before):
        if w.verb_words[i]:
            cut = end
    for m in _NUMBER.finditer(before, cut):
        cut = m.end()
    rest = _LEFT_OVER.sub("", before[cut:])
    if begins_with_division(rest, 0):
        return rest  # 陕西省科技资源统筹延安中心
    for at in range(len(rest) - 2, 0, -1):
        if begins_with_division(rest, at - 1) and read_place(rest[: at - 1]):
            continue  # 四川省眉山西城公司: of 眉山, not of 山西
        if not _HOLDER.search(rest[:at]) and begins_with_division(rest, at):
            return _place(rest[:at], rest[:at])[0] + rest[at:]
    return rest


def before_place(before: str) -> str:
    """What of the characters before 镇, 村 or 街道 can belong to its name."""
    return _after_clause(cut_at_break(before, ""))


def cut_at_break(before: str, core: str) -> str:
    """What of the characters before a core can belong to the name."""
    words = unit_words()
    cut = last = 0
    for m in _breaks(before + core, len(before)):
        if m.lastgroup != "stop" or (m.start() == last and m["stop"] == "和" and m.end() != len(before)):
            continue  # a name that begins with it, 和兴养殖合作社: no clause begins with "and"
        joined = (
            m["stop"] in ("与", "和")
            and 2 <= m.start() - last <= 4
            and 1 <= len(before) - m.end() <= 3
            and (core.startswith("学院") or (core.startswith("学校") and m["stop"] == "与"))
            and before[m.start() - 1] not in "院局部处司中校"
        )
        joined = joined or (m["stop"] == "和" and m.start() - last == 1 and before[last] not in _ALONE)
        trade = (
            core.startswith(("有限", "股份", "集团", "公司"))
            and m.start() > last
            and words.particles.isdisjoint((m["stop"], m["stop"][-1]))
            and (
                m.end() == len(before)
                or (m.start() > last + 1 and words.businesses.fullmatch(before, m.end()))
            )
            and (core.startswith(("有限", "股份")) or words.trades.fullmatch(m["stop"]) is not None)
        )
        if not joined and not trade:  # 能源与动力学院, 沃和经营部, 宏达建设有限公司, 恒有能源有限公司
            cut = last = m.end()
    rest = before[cut:]
    day = _DAY_FIRST.match(rest)
    return rest[day.end() :] if day else rest


def _breaks(text: str, end: int) -> Iterator[re.Match[str]]:
    """The words that end what stands before a name, or that only look so, which begin before `end`."""
    breaks = unit_words().breaks
    at = 0
    while at < end:
        pattern = breaks.get(text[at])
        m = pattern.match(text, at) if pattern else None
        if m:
            yield m
        at = m.end() if m else at + 1


def inner_breaks(name: str) -> Iterator[re.Match[str]]:
    """The words within a name, as it was read, that no name holds: group `stop`."""
    return (
        m for m in _breaks(name, len(name)) if m.lastgroup == "stop" and 0 < m.start() < m.end() < len(name)
    )


@lru_cache(maxsize=4096)
def begins_with_authority(whole: str) -> bool:
    authorities = unit_words().authorities
    return any(whole[:n] in authorities for n in range(2, min(len(whole), 16) + 1))
