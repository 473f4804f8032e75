"""How places are called: the components of a place, and words that end like one and name none."""

from __future__ import annotations

import re
from functools import cache

#: The levels of places, by the last character of their names: those of the official divisions, from the
#: county up, and all. In rules they are {division} and {level} (words.toml).
DIVISIONS = "省市县区州盟旗"
LEVELS = f"{DIVISIONS}乡镇"
_HAN = r"[\u4e00-\u9fff]"
#: How high a level is; a place may hold those of a higher number.
_RANK = {
    "特别行政区": 0, "自治区": 0, "省": 0, "兵团": 0, "地区": 1, "市": 1, "州": 1, "盟": 1, "师": 1,
    "县": 2, "区": 2, "旗": 2, "团": 2, "街道": 3, "苏木": 3, "镇": 3, "乡": 3,
}  # fmt: skip
COMPONENT = re.compile(
    rf"{_HAN}{{2,12}}?(?P<long>自治区|特别行政区|自治州|自治县|自治旗)"
    rf"|{_HAN}{{2,8}}?(?P<level>街道|苏木|地区|省|市|州(?![市县区])|盟|县|区|旗(?![市县区])"
    r"|镇(?![市县])|乡(?![市县]))"
)
#: A zone of development: 高新区, 经济技术开发区, 工业园区, 旅游度假区.
ZONE = re.compile(
    r"(?:国家级?)?(?:(?:高新技术|化工)?产业园?|高新技术(?:产业)?|高新|经济技术|临空经济|经济|经开|开发|保税|自贸|综保"
    r"|工业园?|旅游度假|生态|物流|示范|风景名?胜?)"
    r"(?:(?<!开发)开发|示范|试验|合作|保护)?区"
)
#: The Production and Construction Corps of Xinjiang and what it consists of.
CORPS = re.compile(
    r"(?:新疆生产建设)?兵团|第[一二三四五六七八九十]{1,3}师|第?[一二三四五六七八九〇十百\d]{1,4}团"
)
#: Words that end like a place and are none: 区域, 市级, 市政工程, 市场, 县域; 州 of 杭州湾.
NO_END = re.compile(
    rf"[{LEVELS}][域级]|市场|区块|市(?:政(?!府|协|法|务|数)|容|郊(?!区)|立|内|话)"
    r"|市民(?!政|族|宗|营|兵)|[县区]内|[市县区]外"
    rf"|[市县区]长(?!{_HAN}{{1,2}}[区县市])|区间|旗(?:下|舰)|州[湾路街]|省[际内]|镇[长域区]|乡[村愁]|街道工"
)
#: Stems that name no place: 各县, 受灾县, 特色镇; or words that begin a clause: 巡察市, 根据省.
_NO_STEM = re.compile(
    r"[和与及同跟或等]|设区|[各全本该我某外跨邻每两多数几个].{0,2}|[一三四五六七八九十][个大地级]?"
    r"|.?[这那其何]|另.*|主城|中心城|相关|有关|所在|所属|直属|下属|受灾|贫困|脱贫|农村|乡|自贸|工业|行政|功能|生活|服务|示范|试点"
    r"|重点|特色|美丽|中心|城|小城|小|大|建制|涉农|移民|搬迁|少数民族|民族|边境|沿海|周边|偏远"
    r"|(?:根据|按照|关于|巡察|巡视|审计|检查|督察|督查|派驻|抽查|责成|责令|要求|建议|督促|部分|一些|其他|其余|所有|反映|建立"
    r"|[对由经在驻被将把向从给让使与及或和并])(?!都).*"
    r"|.*(?:[两三四五六七八九十几数多些的了和]|以上|示范|保护|试验|合作)"
)
#: What makes another word of 区: 园区, 社区, 开发区.
NO_DISTRICT = re.compile(
    r"[园社校库厂小辖片景]$|(?:开发|高新|经开|高新技术产业|经济技术|保税|度假|集聚|功能|生态|综保)$"
)
_NOT_WITHIN = re.compile("[局委院所部厅办会处科组司站省市县区]")


def rank_of(part: str) -> int:
    """The rank of a component by its level: 0 of 江麓省, 2 of 青岳县."""
    return next((rank for level, rank in _RANK.items() if part.endswith(level)), 3)


def is_stem(stem: str) -> bool:
    """May a place be called so, before 县, 镇 or 村: no kind of place, no verb, no office?"""
    if _NO_STEM.fullmatch(stem) or _NOT_WITHIN.search(stem) or stem[:1] in tuple(LEVELS):
        return False
    return _verbs().isdisjoint((stem[:2], stem[-2:], stem[:3]))


@cache
def _verbs() -> frozenset[str]:
    from extract.rules import load_verbs

    return load_verbs()


@cache
def _authorities() -> re.Pattern[str]:
    """What an authority is in charge of and is called: 财政局, 教育体育局党组, 人民政府, 纪委监委."""
    from extract.rules import load_unit_words

    words = load_unit_words()
    fields, ends, bodies = (
        "|".join(sorted(words[key].split(), key=len, reverse=True))
        for key in ("fields", "field_ends", "bodies")
    )
    return re.compile(rf"(?:{fields})(?:{ends})|(?:{bodies})|委(?:员会|$)")


def is_authority(text: str, at: int) -> bool:
    """Does an authority follow here: 财政局, 人民政府?"""
    return _authorities().match(text, at) is not None
