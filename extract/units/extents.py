"""How far the name of a unit goes: what of it stands before and behind the words by which it was found.

原 before a name tells that the unit is no more, and within one that its head was replaced: it is no part of
the name, though it stands among its words: 某县财政局原收费中心主任 was head of 某县财政局收费中心.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.language.divisions import divisions
from extract.language.place_grammar import LEVELS
from extract.language.places import begins_with_division, place_before, read_place
from extract.units.full import in_full
from extract.units.names import Mention
from extract.units.starts import before_place, begins_with_authority
from extract.units.words import unit_words

_HAN = r"[\u4e00-\u9fff]"
#: Bodies whose office is a body of its own; it is no room of theirs.
_HAS_OFFICE = ("委员会", "安委会", "领导小组", "指挥部", "联席会议")
_NO_ROOM = "(?!装修|面积|用房|[内里楼])"
#: Parts of a body that are bodies themselves, behind the name of that body. Offices that only a head or a
#: telephone number is told of (处, 科, 股) stay with the body.
_PART = re.compile(
    "|".join(
        (
            *(rf"(?<={body})办公室{_NO_ROOM}" for body in _HAS_OFFICE),
            rf"(?<=府)办公[室厅]{_NO_ROOM}",
            r"(?<=[府委])办(?=原?副?主任)|(?<=府)办(?=[、，。；：\n]|举行|召开)",
            r"(?<=府)(?:新闻|督查|信息|法制|金融|参事|外事)(?:办公室|办|室)(?![理法公案事结学])",
            rf"(?<=[厅局队])(?!原){_HAN}{{1,6}}?(?:总队|支队|大队|中队)(?![员伍长])",
            rf"(?<=[厅局队])(?![原和与及]){_HAN}{{2,5}}?派出所",
            r"(?<=政府)专职消防(?:大|中)?队(?![员伍长])",
            rf"(?<=大学|学院|学校|学会|协会|商会){_HAN}{{2,8}}?(?:分校|分会(?!场))",
            rf"(?<=法院)(?:审判委员会|{_HAN}{{2,4}}?庭(?=原?副?庭长))",
            rf"(?<=公司){_HAN}{{2,4}}?供电(?:局|公司|所)",
            rf"(?<=公司){_HAN}{{2,14}}?(?:分公司|营[业销]部)|(?<=公司){_HAN}{{2,5}}?店(?![长员内里铺面主])",
            rf"(?<=司法部){_HAN}{{2,4}}?管理局",
            rf"(?<=局)(?!原){_HAN}{{2,4}}?分局",
            r"(?<=府)政务服务(?:管理)?(?:办公室|局|中心)",
            r"(?<=中心)(?:校(?![长园区外内舍])|血站)",
            rf"(?<=药房|超市){_HAN}{{2,6}}?店(?![长员内里铺面主])",
            rf"(?<=[社科]科院|科学院){_HAN}{{2,10}}?研究(?:中心|院|所)",
            r"(?<=行公司)(?:金融|银行)?总?部(?![分门署])|(?<=公司银行)部(?![分门署])",
            r"(?<=机)构",
        )
    )
)
#: The town of a university, one of several of its name: 某大学（北京）.
_TOWN = re.compile(rf"(?<=大学)[（(](?P<town>{_HAN}{{2,3}})[）)]")
#: A village behind its town, where its committee is meant: 某乡某村原党支部书记.
_VILLAGE = re.compile(rf"(?<=[镇乡道]){_HAN}{{2,3}}村原?(?:党总?支部|村委会|村民委员会)(?=书记|副?主任|原)")
_TAX = "国家税务总局"
#: Whose head is told of behind it: 原江岸机械部副部长.
_HEAD = re.compile(r"原?副?(?:[部局厅处科院校行矿厂所站社馆台]长|主任|书记|主席|董事长|总经理)")
#: What begins like 原 and is a word of its own: 原种场, 原料公司.
_WORD = re.compile("原(?:种|料|子|野|油|木|生|创|始|告|有|村民)")
_FORMER = re.compile(rf"(?<=[{LEVELS}村局厅委院司校学所站])原(?=..)")
_RESIDENT, _SENT = re.compile("纪检(?:监察)?组$"), re.compile(r"派?驻\Z")
#: What stands behind a body in which such a group resides: 驻海关总署[纪检监察组].
_ITS_GROUP = re.compile("纪检(?:监察)?组")
#: What stands before a committee of a body's own offices: 局直属机关党委.
_DIRECTLY = re.compile(rf"(?:[{LEVELS}局厅委院]|集团)直属\Z")
_OFFICES = re.compile("机关(?:党委|纪委|工会|工委)")
_ZONE_OF = re.compile(rf"{_HAN}{{2,}}(?:示范|开发|高新|经开|试验|合作|度假)\Z")
#: A kind of firm before the one that is meant: 第三方中介公司某投资公司.
_KIND_FIRST = re.compile(rf"(?:第三方|中介|外包|合作|代理){_HAN}{{0,4}}?(?:公司|机构|企业|单位)(?=某)")
_SHORT_FOLLOWS = re.compile(
    rf"[（(](?:以下)?(?:简称|下称)[：:]?[“《]?(?P<stem>{_HAN}{{2,6}}?)(?:公司)?(?:[”》]?[）)]|[”》][，、；或])"
)
#: Before a level, of the one that the text tells of: 该县[县委].
_THIS = tuple("该本我全此")
_CLAUSE = re.compile(rf"{_HAN}*\Z")
#: What is published by a firm of that name: 《江北学刊》杂志社有限公司.
_PUBLISHER = re.compile("(?:电子)?(?:杂志|报|期刊)社|编辑部")
_PAPER = re.compile("《[^《》\n]{1,30}》\\Z")
#: How far before a name what belongs to it may stand, in characters.
_REACH = 16


def whole_names(text: str, named: Iterable[Mention]) -> list[Mention]:
    """The mentions, in order, none over another, each as far as its name goes."""
    given, whole = in_full(text, list(named)), [Mention(0, 0, "")]
    for i, known in enumerate(given):
        before = whole[-1]
        if known.start < before.end:
            continue  # a part of the unit before it
        mention = _with_its_group(text, known)
        start = _begins(text, mention)
        if _is_of(mention, start, before):
            start = whole.pop().start
        start = start if start >= whole[-1].end else mention.start
        end = _ends(text, mention)
        if any(other.start < end < other.end for other in given[i + 1 : i + 4]):
            end = mention.end
        whole.append(Mention(start, end, _name(text, mention, start, end)))
    return whole[1:]


def _is_of(mention: Mention, start: int, before: Mention) -> bool:
    """Is it an office of the unit before it: [市纪委监委][驻市教育局纪检监察组], [市体育局]直属[机关党委]?"""
    if _RESIDENT.search(mention.name):
        return start == before.end and before.name.endswith("委")
    return start < before.end and _OFFICES.fullmatch(mention.name) is not None


def _with_its_group(text: str, mention: Mention) -> Mention:
    """驻[海关总署]纪检监察组 tells of the group that resides there, not of the body."""
    start, end, name = mention
    group = _ITS_GROUP.match(text, end) if text[start - 1 : start] == "驻" else None
    return Mention(start, group.end(), name + group[0]) if group else mention


def _begins(text: str, mention: Mention) -> int:
    """Where a name begins."""
    start, name = mention.start, mention.name
    before = _CLAUSE.search(text, max(0, start - _REACH), start)
    words = before[0] if before else ""
    if name.startswith("原") and _is_former(text, mention):
        return start + 1
    if kind := _KIND_FIRST.match(name):
        return start + kind.end()
    if _RESIDENT.search(name) and (sent := _SENT.search(words)):
        return sent.start() + start - len(words)
    if _OFFICES.fullmatch(name) and (own := _DIRECTLY.search(words)):
        return start - len(own[0])
    if _PUBLISHER.match(name) and (paper := _PAPER.search(text, max(0, start - 2 * _REACH), start)):
        return paper.start()
    if name[0] in LEVELS and name[1:2] == name[0] and words[-1:] in _THIS:
        return start + 1
    if name[0] in LEVELS and text[start : mention.end].startswith(name):
        return start - _place_broken(words, name[0])
    return start - _left_out(text, mention, words)


def _is_former(text: str, mention: Mention) -> bool:
    """Is 原 before the name of a unit, no part of it: 原某县财政局; not 原平市财政局, 原料公司?"""
    name = mention.name
    if begins_with_division(name, 0) or _WORD.match(name):
        return False
    rest = name[1:]
    return (
        rest.startswith(("中国", "国家", "中央"))
        or (rest[0] in LEVELS and len(rest) > 3 and rest[1] != "民")
        or begins_with_authority(rest)
        or begins_with_division(rest, 0)
        or read_place(rest) is not None
        or (len(rest) > 3 and _HEAD.match(text, mention.end) is not None)
    )


def _place_broken(words: str, level: str) -> int:
    """How many characters before a name are those of the place whose level it begins with: 青岳[县柳河镇]."""
    if level == "区" and _ZONE_OF.search(words):
        return len(before_place(words))
    found = place_before(words + level, 0, len(words) + 1)
    return len(words) - found[0] if found and found[1] and found[0] < len(words) else 0


def _left_out(text: str, mention: Mention, words: str) -> int:
    """How many characters before a firm's name are those that its short name begins with: the text says
    which it is, though they hold a word that ends a clause: [天和]惠世制药有限公司（简称天和惠世公司）."""
    short = _SHORT_FOLLOWS.match(text, mention.end) if mention.name.endswith("公司") else None
    if short is None or short["stem"][:2] in mention.name:
        return 0
    at = (words + mention.name[:1]).rfind(short["stem"][:2])
    return len(words) - at + len(before_place(words[:at])) if at >= 0 else 0


def _ends(text: str, mention: Mention) -> int:
    """Where a name ends."""
    end = mention.end
    if part := _PART.match(text, end):
        return part.end() if _is_part(part[0]) else end
    if (town := _TOWN.match(text, end)) and town["town"] in divisions().short:
        return town.end()
    if village := _VILLAGE.match(text, end):
        return village.end()
    if mention.name == _TAX and (place := read_place(text[end : end + _REACH])):
        office = end + place.end
        return office + len("税务局") if text.startswith("税务局", office) else end
    return end


def _is_part(words: str) -> bool:
    """Is no clause in these words: 牛桥派出所; not 抽调交警大队? What a court or society calls its parts may
    hold verbs: 审判监督庭."""
    if words.endswith(("公司", "店", "部")):  # what it does may be verbs: 江北储运配送分公司
        named = begins_with_division(words, 0) or before_place(words) == words
        return named and unit_words().particles.isdisjoint(words)
    if words.endswith(("庭", "会", "校", "院", "心")):
        return unit_words().particles.isdisjoint(words)
    stem = words.removesuffix("派出所")
    return before_place(stem) == stem


def _name(text: str, mention: Mention, start: int, end: int) -> str:
    """What the unit is called whose words these are."""
    written = mention.name if mention.start == start else text[start : mention.end]
    name = written + text[mention.end : end]
    for former in _FORMER.finditer(name):
        at = former.start()
        if not begins_with_division(name, at) and not _WORD.match(name, at):
            return name[:at] + name[at + 1 :]
    return name
