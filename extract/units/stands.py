"""Whether the words of a unit's name stand for a body: a place may be scenery, a kind names nobody."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from extract.language.place_grammar import ZONE
from extract.language.places import LEVELS, read_place
from extract.units.kinds import is_kind
from extract.units.names import Mention
from extract.units.starts import before_place

_HAN = r"[\u4e00-\u9fff]"
_PLACE_END = re.compile(rf"[{LEVELS}村]\Z|街道\Z|社区\Z|园\Z")
#: Whose something is, of which the words go on to speak: 某县相关单位, 某市部分村镇工作人员.
_OWNED = re.compile(
    r"(?:相关|有关|部分|个别|主要|\d+家)"
    "(?:单位|企业|部门|市场主体|经营主体|商户|新闻|媒体|景区|[乡村]?镇|[乡村]|学校|领?导?干部|领导|群众|居民)"
    "|(?:的?各级)?领导|[两三]级"
)
#: A body whose own place is masked: 江北市某县财政局.
_MASKED = re.compile(rf"某[{LEVELS}]")
#: Where something is, within a clause; a clause that begins with the place tells of its problem.
_HOLDS = re.compile(
    r"某(?!某)|内(?![设部外控容])|境内|辖区(?!局)"
    rf"|(?!调研|考察|督[导查]|检查|指导|走访|开展|推进|实施)(?P<project>{_HAN}{{2,14}}?)项目(?![部法])"
)
#: Who lives there or is there: 某镇某村村民, 某市警方.
_PEOPLE = re.compile(
    rf"(?:{_HAN}{{1,5}}?[村乡镇组屯](?:[一两三四五六七八九十]组)?一?)?(?:(?:多|数|几|[一二两三四五六七八九十\d]+)名)?"
    "(?:村民|渔民|居民|牧民|农民|市民|网民|网友|民警|交警|警方|男子|女子|司机|游客)"
    "(?![委代医自小保基收增养总支大中意健服])"
)
#: What lies there, of which something is told: 某镇某旅游区发生事故; 某县工业园内的企业.
_SITE = re.compile(
    rf"{_HAN}{{0,8}}?(?:大桥|旅游区|风景区|景区|工业园|产业园|家园|花园|小区|收费站|服务区|隧道|街子|沟)(?:发生|内|的|\d)"
)
#: What happened there, and whose departments or people are meant by their kind alone.
_HAPPENED = re.compile(
    rf"(?:一{_HAN}{{1,10}}?)?(?:突发|发生)(?:了|一[起宗]|特大|重大|较大)?{_HAN}{{0,16}}?(?:事件|事故|大火|火灾|车祸)"
)
_BY_KIND = re.compile(
    rf"{_HAN}{{2}}(?:、{_HAN}{{2}})+等?部门|的?(?:首批)?[一两三四五六七八九十几\d]+多?(?:名|位)|籍|[一两三四五六七八九十]组"
    rf"|[两三四五六七八九十几\d]+[所家](?:小学|中学|医院|学校|幼儿园)|{_HAN}{{2,3}}[市县区镇乡村]长"
)
#: Of whom a title tells that lives or works there: 某镇一农户家中突发大火.
_ONE_THERE = re.compile(rf"一{_HAN}{{1,10}}?(?:突发|发生|失火|起火|遭)")
#: A body there whose name was not read as a whole: 青岳县白石铁矿.
_ITS_BODY = re.compile(
    rf"(?P<own>{_HAN}{{0,8}}?)(?:学校|[中小]学(?![生习])|幼儿园|公司|工?厂(?![房区])|[铁煤金]矿|医院|[酒饭]店|超市|[市商]场(?![主监])"
    "|立法会|银行|合作社|作坊|派出所|卫生院)"
)
#: What stands before a place that is spoken of for itself: a clause begins, it is told or asked something.
#: Other words tell of what lies there: 行经柳河镇, 是柳河镇的农民.
_SPOKEN_OF = re.compile(
    r"(?:\A|[^\u4e00-\u9fff]|[对向由请把将与和及跟同给让使令被据因即如的年月日号到至赴报致在]|(?<![行途流])经"
    r"|督[促导办查察]|责[成令]|要求|建议|移[交送]|查处|约谈|通报|抽查了?|检查了?|巡[察视]|审计|调[研查]|指[出导]|发现|其中|近年来"
    r"|此外|另外|同时|涉及|关于|认定|认为|会同|联合|通知|批评|表扬|进入|前往|进驻|深入|走进|支持|协助|任|原)\Z"
)
#: The date line of news: 某县3月1日消息.
_NEWS = re.compile(r"\d{1,2}月\d{1,2}日(?:消息|讯|电)")
#: Structures, which are no bodies where they stand among what was visited or built.
_STRUCTURE = re.compile("(?:收费站|服务区|大桥|隧道|枢纽)\\Z")
_THERE_IS = (_PEOPLE, _SITE, _NEWS, _MASKED, _HAPPENED, _BY_KIND)
_CLAUSE_BEGINS = re.compile("(?:\\A|[。；：，！？\n）、》”】.·]|\\d[年月日]|此外|其中|同时|另外)\\Z")
#: 在某县某村，记者看到; where inspectors look, a problem of the place follows.
_THERE, _SEEN = re.compile(r"(?<![存现正实旨])在\Z"), re.compile("，(?:记者|笔者)")
#: Where others than inspectors do something, or come to: 在某市注册公司, 进入某区市场, 销往某县.
_DONE_THERE = re.compile(
    "申请|投资|设立|注册|登记|落户|经营|从事|销售|购[买房]|就[业读医]|参保|居住|务工|承揽"
)
_INTO = re.compile(r"(?:进入|(?P<far>流入|迁[入往]|销往|运往|寄往|来自|家住|户籍|籍贯|出生于))\Z")
_LOOKED_AT = re.compile("[，。；：、]|开展|现场|检查|督[查察导办]|巡[视察]|暗访|调[研查]|核查|抽查")
_JOINED = re.compile("[、和与及]")
#: Words in quotation marks that are a title: “某镇扫黑除恶联系卡”.
_TITLED = re.compile("“[^”，。\n]{1,40}(?:[卡牌栏榜册单群]|平台|活动|行动|工程|项目|基地)”")
#: Of whichever place, before the level with which a name begins (23个省区市…, 13个设区市…) or before a
#: name (各省级…).
_OF_EACH = re.compile(rf"(?:\d+个?[{LEVELS}]{{1,3}}|(?:各|\d+个)设区)\Z")
_OF_EACH_LEVEL = re.compile(rf"(?:各|有关|相关|\d+个)[{LEVELS}]级\Z")
_VAGUE_PLACE = re.compile("(?:当地|属地|所在地?|本地|辖区)(?P<rest>.+)")


def standing(text: str, named: Iterable[Mention], known: Collection[str]) -> list[Mention]:
    """The mentions that stand for a body; `known`: names that the text defines."""
    kept: list[Mention] = []
    behind: Mention | None = None  # a place behind, of which the same is said as of those listed before it
    for mention in reversed(list(named)):
        place = is_place(mention.name)
        listed = behind is not None and _JOINED.fullmatch(text, mention.end, behind.start) is not None
        if place and (listed or _OWNED.match(text, mention.end)):
            behind = mention
        elif mention.name in known or not (
            _of_each(text, mention)
            or is_kind(text, mention)
            or _is_vague(mention.name)
            or (place and _is_scenery(text, mention))
            or (_STRUCTURE.search(mention.name) and _is_listed(text, mention))
        ):
            kept.append(mention)
    return kept[::-1]


def titled(title: tuple[int, int], text: str, named: Iterable[Mention]) -> set[str]:
    """The names that stand in the title (start, end) for themselves: not 青岳县 of 青岳县财政局.

    The words of the title by which a longer name is found tell of no place that the report is about.
    """
    if "。" in text[slice(*title)]:
        return set()  # a text whose first paragraph is taken for its title
    within = [m for m in named if m.start < title[1] and m.end > title[0]]
    said = text[slice(*title)]
    found = set()
    for name in {m.name for m in named}:
        at = said.find(name)
        while at >= 0:
            start, end = title[0] + at, title[0] + at + len(name)
            longer = any(m.start <= start and end <= m.end and m.end - m.start > len(name) for m in within)
            if not longer and _ONE_THERE.match(text, end) is None:
                found.add(name)
            at = said.find(name, at + 1)
    return found


def is_place(name: str) -> bool:
    """Is this the name of a place and of no more?"""
    if _PLACE_END.search(name) is None:
        return False
    place = read_place(name)
    return name.endswith(("镇", "乡", "村", "街道", "社区")) or (place is not None and place.end == len(name))


def _is_scenery(text: str, mention: Mention) -> bool:
    """Is this only where something is or was seen, or part of a title?"""
    start, end, _ = mention
    if any(pattern.match(text, end) for pattern in _THERE_IS):
        return True
    if not _CLAUSE_BEGINS.search(text, max(0, start - 3), start) and (holds := _HOLDS.match(text, end)):
        return holds["project"] is None or before_place(holds["project"]) == holds["project"]
    there = _THERE.search(text, max(0, start - 2), start) is not None
    if there and (_SEEN.match(text, end) or _DONE_THERE.match(text, end)):
        return True
    if _SPOKEN_OF.search(text, max(0, start - 4), start) is None:
        return True
    if (body := _ITS_BODY.match(text, end)) and before_place(body["own"]) == body["own"]:
        return True
    if into := _INTO.search(text, max(0, start - 2), start):
        return into["far"] is not None or _LOOKED_AT.match(text, end) is None
    return start > 0 and _TITLED.match(text, start - 1) is not None


def _is_listed(text: str, mention: Mention) -> bool:
    return text[mention.start - 1 : mention.start] == "、" or text[mention.end : mention.end + 1] == "、"


def _is_vague(name: str) -> bool:
    """Is it a zone of whichever place: 当地经济开发区?"""
    vague = _VAGUE_PLACE.fullmatch(name)
    return vague is not None and ZONE.fullmatch(vague["rest"]) is not None


def _of_each(text: str, mention: Mention) -> bool:
    """Is it a body of every place: 各省级煤矿安全监察局, 23个省区市人大常委会?"""
    before = text[max(0, mention.start - 8) : mention.start]
    return _OF_EACH_LEVEL.search(before) is not None or (
        mention.name[0] in LEVELS and _OF_EACH.search(before) is not None
    )
