"""Where the name of a unit begins: how much of what stands before the word that ends it belongs to it."""

from __future__ import annotations

import re

from extract.places import LEVELS, begins_with_division, place_before, read_place
from extract.unit_words import unit_words

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
#: 城北新区两所小学: so many of them, none by name.
_SEVERAL = re.compile(r"[一两二三四五六七八九十多几数\d][所家个座]$")
#: What a report calls a unit that it does not name: A公司, 甲公司.
_LETTER = re.compile(r"[A-Z甲乙丙丁]")
#: What is left of the words before a name: 我街道党工委, 公司松树镇煤矿.
_LEFT_OVER = re.compile(r"^(?:[我贵](?=.)|(?:集团|总|分)?公司(?=..))")
#: 各镇人民政府, 所有县财政局.
_OF_ALL = re.compile(r"(?:各个?|每个?|所有|全部|有关|相关|部分|一些|其他|其余|个别|多数)\Z")
_LEVELS_ONLY = re.compile(r"(?:省市|市县|县市|县区|区县|市区|州县|旗县|县乡|乡镇)$")
#: Words that end like a level and are none.
_LEVEL_WORD = re.compile(r"[社园厂校库景城辖片山矿牧灾街小地郊林湖]区$|[超门夜股楼菜]市$")
_UNIT_END = re.compile(r"[省市县区州旗镇乡局委办院校司村]$")
_ORGAN_ONLY = re.compile(r"^(?:党组|党委|党工委|党总支|党支部|支部|工委|领导小组|纪检组|纪检监察组)+$")
_DAY_FIRST = re.compile(r"(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|初)?")
_ZONE = re.compile(r"(?:高新|开发|经开|产业园|工业园|风景名?胜?|旅游度假)区.{3}")
#: How far around a name its place is counted, in characters.
_NEAR = 20_000


def name_start(text: str, start: int, end: int, core: str) -> int | None:
    """Where the name that ends with this core begins; None where it is no name."""
    w = unit_words()
    window = _HAN.search(text[max(0, start - 22) : start])
    before_all = window[0] if window else ""
    before = cut_at_break(before_all, text[start:end])
    whole = text[start:end]
    if begins_with_authority(whole):
        near = max(0, start - _NEAR), start + _NEAR
        p, certain = _place(before_all, before)
        if not certain and 1 < len(p) < len(before) and text.count(p, *near) < 3:
            p = ""
        far = None if p or _UNIT_END.search(before) else read_place(before)
        if far and 2 <= len(before) - far.end <= 6:
            p = before  # 栗山县光伏扶贫服务中心: a field of its own between the place and what is known
        if not p and before.endswith(("国务院", "最高", "全国", "集团", "公司")):
            p = "国务院" if before.endswith("国务院") else before[-2:]
        if not p and before.endswith(("国家", "中国")) and before[-3:-2] not in tuple(LEVELS):
            p = before[-2:]  # 国家食品药品监督管理局; not of 区国家档案馆
        if not p and 2 <= len(before) <= 4 and whole.endswith(("所", "站", "大队", "支队", "分局")):
            p = before
        if not p and _LEVELS_ONLY.search(before):
            return None  # 市县国土资源局, 县区纪委监委: of every one
        if not p and (word := _LEVEL_WORD.search(before)):
            p = word[0] if word[0] in ("社区", "园区") else ""
        elif not p and before and (before[-1] in "省市县区局校院" or before in LEVELS):
            p = before[-1]
        if not p and before.endswith(("委", "直")) and len(before) >= 2 and before[-2] in LEVELS:
            p = before[-2:]
        if len(p) < 2 and _OF_ALL.search(text, max(0, start - len(p) - 2), start - len(p)):
            return None
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
    before = _after_clause(before)
    if _SEVERAL.search(before) or _LEVELS_ONLY.fullmatch(before):
        return None
    name = before + whole
    if _ORGAN_ONLY.match(whole) and not re.search(
        r"(?:学院|学校|医院|公司|集团|局|厅|村|镇|乡|社区|街道|县|市|区|[省市县区]直|机关|第[一二三四五六七八九十\d]+|银行|中心|所|站|院|系|科|室)$",
        before,
    ):
        return None
    alone = _LETTER.fullmatch(before) or (before and before[-1] in LEVELS + "局校") or _ZONE.match(whole)
    if len(before) < 2 and not alone:
        return None
    if w.trades.fullmatch(before):
        return None
    company = whole.endswith(("有限公司", "有限责任公司"))
    if company and len(before) >= 2:
        return start - len(before)
    if (
        name in w.never
        or re.fullmatch(r"[省市县区局校镇乡]{0,2}(?:公司|企业|学校|中心|银行|支部|村|厂|集团)", name)
        or w.bad_starts.match(name)
    ):
        return None
    return start - len(before)


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
        if not _HOLDER.search(rest[:at]) and begins_with_division(rest, at):
            return _place(rest[:at], rest[:at])[0] + rest[at:]
    return rest


def before_place(before: str) -> str:
    """What of the characters before 镇, 村 or 街道 can belong to its name."""
    return _after_clause(cut_at_break(before, ""))


def cut_at_break(before: str, core: str) -> str:
    """What of the characters before a core can belong to the name."""
    cut = last = 0
    for m in unit_words().breaks.finditer(before + core):
        if m.start() >= len(before):
            break
        if m.lastgroup != "stop" or (m.start() == last and m["stop"] == "和" and m.end() != len(before)):
            continue  # a name that begins with it, 和兴养殖合作社: no clause begins with "and"
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
            and unit_words().particles.isdisjoint((m["stop"], m["stop"][-1]))
        )
        if not joined and not trade:  # 能源与动力学院, 宏达建设有限公司: one name
            cut = last = m.end()
    rest = before[cut:]
    day = _DAY_FIRST.match(rest)
    return rest[day.end() :] if day else rest


def begins_with_authority(whole: str) -> bool:
    authorities = unit_words().authorities
    return any(whole[:n] in authorities for n in range(2, min(len(whole), 16) + 1))
