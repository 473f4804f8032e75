"""Whether the words of a unit's name stand for a body: a place may be scenery, a kind names nobody."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from extract.place_grammar import ZONE
from extract.places import LEVELS, read_place
from extract.unit_names import Mention
from extract.unit_words import unit_words

_HAN = r"[\u4e00-\u9fff]"
_PLACE_END = re.compile(rf"[{LEVELS}村]\Z|街道\Z|社区\Z|园\Z")
#: What says of the place before it that it is only where or whose something is: 某县某项目, 某市主要媒体.
_ATTRIBUTE = re.compile(
    rf"某(?!某)|主要|部分|内(?![设部外控容])|境内|相关(?:单位|企业|部门|人员)|有关(?:单位|企业|部门)|{_HAN}{{2,12}}?项目(?![部法])"
)
#: 在某县某村，记者看到
_THERE = re.compile("(?<![存现正实旨])在\\Z")
_JOINED = re.compile("[、和与及]")
_QUOTE = re.compile("“[^”\n]{1,40}”")
#: Of whichever place, before the level with which a name begins (23个省区市…) or before a name (各省级…).
_OF_EACH = re.compile(rf"\d+个?[{LEVELS}]{{1,3}}\Z")
_OF_EACH_LEVEL = re.compile(rf"(?:各|有关|相关|\d+个)[{LEVELS}]级\Z")
#: What ends the name of a business or institution; alone, or with a trade before it, it names none.
_KIND = re.compile("(?:公司|企业|学校|银行|医院|旅行社|饭店|酒店|宾馆|药店|药房|超市|商场|工厂|事务所)\Z")
_VAGUE_PLACE = re.compile("(?:当地|属地|所在地?|本地|辖区)(?P<rest>.+)")
_NAMED_BY = frozenset("该我本贵你")


def standing(text: str, named: Iterable[Mention], shorts: Collection[str]) -> list[Mention]:
    """The mentions that stand for a body; `shorts`: names that the text defines."""
    kept: list[Mention] = []
    behind: Mention | None = None  # a place behind, of which the same is said as of those listed before it
    for mention in reversed(list(named)):
        place = _is_place(mention.name)
        listed = behind is not None and place and _JOINED.fullmatch(text[mention.end : behind.start]) is not None
        if place and (listed or _ATTRIBUTE.match(text, mention.end)):
            behind = mention
        elif mention.name in shorts or not (
            _of_each(text, mention) or _is_kind(text, mention) or (place and _is_scenery(text, mention))
        ):
            kept.append(mention)
    return kept[::-1]


def _is_place(name: str) -> bool:
    """Is this the name of a place and of no more?"""
    if _PLACE_END.search(name) is None:
        return False
    place = read_place(name)
    return name[-1] in "镇乡村道社" or (place is not None and place.end == len(name))


def _is_scenery(text: str, mention: Mention) -> bool:
    """Is this only where something happened, or part of what stands in quotation marks?"""
    start, end, _ = mention
    if (vague := _VAGUE_PLACE.fullmatch(mention.name)) and ZONE.fullmatch(vague["rest"]):
        return True
    if text[end : end + 1] == "，" and _THERE.search(text, max(0, start - 2), start):
        return True
    quote = _QUOTE.match(text, start - 1) if start else None
    return quote is not None and quote.end() > end + 1


def _of_each(text: str, mention: Mention) -> bool:
    """Is it a body of every place: 各省级煤矿安全监察局, 23个省区市人大常委会?"""
    before = text[max(0, mention.start - 8) : mention.start]
    return _OF_EACH_LEVEL.search(before) is not None or (
        mention.name[0] in LEVELS and _OF_EACH.search(before) is not None
    )


def _is_kind(text: str, mention: Mention) -> bool:
    """Does it say what kind of body this is and no more: 金融公司, 旅行社; not 该旅行社?"""
    name = mention.name
    if text[mention.start - 1 : mention.start] in _NAMED_BY:
        return False
    core = _KIND.search(name)
    return core is not None and (not core.start() or unit_words().trades.fullmatch(name, 0, core.start()) is not None)
