"""Names that only say of which kind a body is, or how many there are: 机械厂, 一间塑料厂, 十三县政府."""

from __future__ import annotations

import re
from collections.abc import Collection

from extract.language.divisions import divisions
from extract.language.places import LEVELS, Place, begins_with_division, read_place
from extract.units.names import Mention
from extract.units.words import unit_words

_HAN = r"[\u4e00-\u9fff]"
_COUNT = "[两三四五六七八九十百几]"
#: So many of a kind, or one, before words that only say of which: 一间塑料厂, 一家名为…公司 is another.
_ONE_OF = re.compile("[一两二三四五六七八九十几多数某][家间所个座处名]\\Z")
_SEVERAL_OF = re.compile("[两三四五六七八九十几多数各][家所]\\Z")
#: What befell a firm or where it is; no name begins so: 起火纸品厂, 涉事公司.
_NO_START = re.compile("[起失着]火|出事|事发|涉[事案]|肇事|受害|附近|周边|当地|本地|有关|相关|上述|前述")
_NAMELESS = re.compile(
    "(?<!第)一(?:学校|医院|公司|企业|工厂|超市|药店|酒店|幼儿园|小学|中学|大学|银行|煤矿|商店|饭店)\\Z"
    f"|[省市县区镇乡村]一(?![中小建医汽运院]){_HAN}{{0,4}}(?:厂|店|矿|公司|企业|工地|网吧|宾馆|酒楼|作坊|学校|小学|中学)\\Z"
    f"|\\A[驻在]{_HAN}{{1,3}}(?:高校|院校|单位|企业|机构|部队|医院|银行|部门)\\Z"
)
#: The bodies of so many places, and these: 三县政府, 某省十三地市政府, 县区民政局, 罗阳五市; not 三门县政府.
_OF_SEVERAL = re.compile(
    f"(?:\\A|[省市县区州盟])(?:{_COUNT}{{1,3}}|\\d{{1,3}})个?(?:地市|市州|州市|地州市|盟市|县区|区县|市县|县市|县市区|省市|镇街|乡镇|[{LEVELS}])"
    "(?:党委|政府|人民政府|纪委)\\Z"
    f"|..(?<!第){_COUNT}[市县区州镇乡]\\Z|\\A(?:县区|区县|市县)"
)
#: What somebody does in a place: 江北[开火锅店].
_RUN_THERE = re.compile("(?:开|办|经营|承包)[\u4e00-\u9fff]{1,3}[店馆厂]\\Z")
#: What ends the name of a business or institution; alone, or with a trade before it, it names none.
_KIND = re.compile(r"(?:公司|企业|学校|银行|医院|旅行社|饭店|酒店|宾馆|药店|药房|超市|商场|工厂|事务所)\Z")
#: So do plants and shops: a text may call one so that it names elsewhere (江北恒源水厂, 水厂).
_PLANT = re.compile("[厂矿场店馆铺]\\Z")
#: Every one of a kind, behind a place or not: 某县所有开发公司, 多家药店; not 集体所有制企业.
_ALL_OF_KIND = re.compile(rf"(?:所有(?!制|权|者)|全部|全体|各类|多家|部分){_HAN}{{0,8}}\Z")
_NAMED_BY = frozenset("该我本贵你")
#: None of the words that end like a city: 金桥[超市].
_NO_CITY = re.compile("(?:[超门夜]市|..城市)\\Z")


def is_one_of(text: str, mention: Mention) -> bool:
    """Does a number before it say that this tells the kind: 一间塑料厂, 多家江北医院?"""
    start, _, name = mention
    if _SEVERAL_OF.search(text, max(0, start - 2), start):
        return not name.endswith("公司")
    return _ONE_OF.search(text, max(0, start - 2), start) is not None and not is_placed(name)


def is_nameless(name: str) -> bool:
    """Does it only say of which kind a body is, how many there are, or what befell it?"""
    return (
        (name in unit_words().never and name[:1] not in tuple(LEVELS))
        or _NAMELESS.search(name) is not None
        or (_OF_SEVERAL.search(name) is not None and name not in divisions().named)
        or _NO_START.match(name) is not None
        or any(_RUN_THERE.fullmatch(name, n) for n in (2, 3) if name[:n] in divisions().short)
    )


def is_plant(name: str, named: Collection[str]) -> bool:
    """Is it a kind of plant or shop, and no name of the text ends so: 机械厂, 纺织厂?"""
    w = unit_words()
    end = _PLANT.search(name)
    if end is None or name in w.bodies:
        return False
    if name not in w.core_words and w.businesses.fullmatch(name, 0, end.start()) is None:
        return False
    return not any(other.endswith(name) and other != name for other in named)


def is_kind(text: str, mention: Mention) -> bool:
    """Does it say what kind of body this is and no more: 金融公司, 旅行社, 某县所有药店; not 该旅行社?"""
    name = mention.name
    if text[mention.start - 1 : mention.start] in _NAMED_BY:
        return False
    core = _KIND.search(name)
    if core is None:
        return False
    if every := _ALL_OF_KIND.search(name):
        place = read_place(name)
        return (place.end if place else 0) == every.start()
    return not core.start() or unit_words().trades.fullmatch(name, 0, core.start()) is not None


def is_placed(name: str) -> bool:
    """Does it begin with a place, which tells of whom it is?"""
    place = read_place(name)
    return begins_with_division(name, 0) or (place is not None and _is_city(place))


def _is_city(place: Place) -> bool:
    return bool(place.codes) or _NO_CITY.search(place.parts[0]) is None
