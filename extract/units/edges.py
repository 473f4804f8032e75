"""Whether a name is certain where it begins and where it ends; words that may be part of others name nobody.

The readers take the likeliest words for a name. Where its edges are not certain, less is said rather than
something wrong: 笏山煤矿井下 ends like no body, 十佳班 runs on to 班主任, of 一间塑料厂 no name is told. A
name that is certain once in a text is certain in all of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from extract.language.places import LEVELS, place_before, read_place
from extract.rules import load_verbs
from extract.units.kinds import is_nameless, is_one_of, is_placed, is_plant
from extract.units.names import Mention
from extract.units.starts import begins_with_authority, inner_breaks
from extract.units.words import unit_words

_HAN = re.compile(r"[\u4e00-\u9fff]")
#: Two names in one: 州委、州政府; 区委区政府; and people before a name: 区领导和教委.
_JOINTS = re.compile("、|(?<=[县市区州旗镇乡省]委)(?=[县市区州旗镇乡省]政府)|(?<=派出所)在")
_PLACES = re.compile("(?<=[省市县区州旗盟镇乡村])[和与及](?=[\u4e00-\u9fff]+[省市县区州旗盟镇乡村]\\Z)")
#: Words that no name holds, between two names: 某派出所在公安部.
_WITHIN = frozenset("在对由被把将从给让向于")
_PEOPLE_FIRST = re.compile("[\u4e00-\u9fff]{0,6}(?:领导|干部|人员|负责人|群众|职工|师生|专家|记者)[和与及、]")
#: What of a name in other letters stands before it: 85℃南安店, K歌城.
_LETTERS = re.compile(r"(?<![A-Za-z0-9])[0-9.·&-]{0,4}[A-Za-z℃°][A-Za-z0-9℃°.·&-]{0,11}(?<![.])\Z")
#: What a firm is in the case told: 运维方恒源公司, 案例二恒源公司.
_WHAT = (
    "(?:运营|运维|承包|承建|施工|建设|委托|受托|监理|投资|[甲乙丙])方|(?:全资|控股|参股)?子公司"
    "|案例[一二三四五六七八九十]{1,3}"
)
_AS_WHAT = re.compile(f"(?:{_WHAT}|(?<=承包|供应|代理|经销)商)(?=[\u4e00-\u9fff]{{4,}}公司\\Z)")
#: Who or when, before a name; what else may stand there is a verb or a break of the vocabulary.
_BEFORE = re.compile(
    "(?:[日号时分年月午晨晚许初底天的即本系值等据受商寄]|单位|企业|股东|内部|地区|公司|其中|随后|进驻|送[往到进达]|急送|[发运转]往|该[省市县区镇乡]"
    f"|{_WHAT})\\Z"
)
#: Part of the name of a part: 某大学金融与[统计学院].
_OF_PART = re.compile("大学[\u4e00-\u9fff]{1,6}[与和]\\Z")
_CENTRE = re.compile("中国|国家|中央|国务院|全国|中共|最高|派?驻|第|[“‘]")
#: Where people live and trees grow, what is sold or run; no body.
_NO_BODY = re.compile("(?:小|[森山]林)区\\Z|[省市县区][城乡]镇\\Z|(?:资产|机)组\\Z")
#: A place whose last character begins another word: 渭河[市民], 青岳[县人].
_OTHER_WORD = re.compile(".(?:民(?![政族宗营兵委主警])|人(?![民大社事力防武才]))")
#: Other words that begin with the last two characters of a name: 县委[中心]组, 公园[中心]区, 某市[政府]采购.
_GROUP = re.compile("中心(?:组|城?区(?!域))|政府采购(?!中心|办)")
#: What is named after a body near it: 江北体育馆公交站.
_NEAR_IT = re.compile("公交(?:车?站|场站|总站|枢纽)|地铁站|[路道]口|(?:老|旧)?(?:宿舍|家属[院楼区])")
#: What leads to a name and was read with it: 据高速交警支队, 在江北市财政局.
_LED_BY = re.compile("[据在由向经对与和及从称寄](?!点)|(?<=[经通路])过")
#: A head told of by the last character of the name: 县质检[站站长].
_ITS_HEAD = re.compile("(?P<own>[局站院校所厂队处科])(?P=own)长")
#: A firm has no level before its name: 该[区]金北纸业有限公司.
_LEVEL_AND_FIRM = re.compile(f"(?<=[该全本])[{LEVELS}](?=[\u4e00-\u9fff]{{4,}}有限(?:责任)?公司\\Z)")
#: How far before a name the words that end there begin, and behind it those that run over its end.
_REACH, _AHEAD = 4, 4


def certain(text: str, named: Iterable[Mention], known: Collection[str]) -> list[Mention]:
    """The mentions whose names are certain, in order, as far as these go; `known`: what the text defines."""
    found: list[tuple[Mention, bool]] = []
    nameless: set[str] = set()
    reach = -1
    for part in (one for given in named for one in _parts(text, given)):
        mention = _as_far_as_it_goes(text, part, reach)
        if is_one_of(text, mention):
            nameless.add(mention.name)
        glued, reach = mention.start == reach, mention.end
        found.append((mention, ends_for_sure(text, mention) and (glued or begins_for_sure(text, mention))))
    sure = {mention.name for mention, is_sure in found if is_sure}
    names = {mention.name for mention, _ in found}
    nameless |= {name for name in names if is_nameless(name) or is_plant(name, names)}
    return [
        mention
        for mention, _ in found
        if mention.name in known or (mention.name in sure and mention.name not in nameless)
    ]


def _parts(text: str, mention: Mention) -> Iterator[Mention]:
    """The names that stand in the words of a mention: 州委 and 州政府 of 州委、州政府."""
    start, end, name = mention
    words = text[start:end]
    if people := _PEOPLE_FIRST.match(words):
        yield from _parts(text, Mention(start + people.end(), end, words[people.end() :]))
        return
    joints = [joint.span() for joint in _JOINTS.finditer(words)]
    joints += [m.span() for m in inner_breaks(words) if m["stop"] in _WITHIN and _is_whole(words[m.end() :])]
    joints += [joint.span() for joint in _PLACES.finditer(words) if read_place(words[joint.end() :])]
    if name != words or not joints:
        yield mention
        return
    joints.sort()
    for left, right in zip([0, *(e for _, e in joints)], [*(s for s, _ in joints), len(words)], strict=True):
        if right - left > 1:
            yield Mention(start + left, start + right, words[left:right])


def _as_far_as_it_goes(text: str, mention: Mention, reach: int) -> Mention:
    """With letters that begin the name (85℃南安店) and all of the word that ends it (村委[会])."""
    start, end, name = mention
    letters = _LETTERS.search(text, max(0, start - 16), start)
    if letters and letters.start() >= reach and not is_placed(name) and not begins_with_authority(name):
        start -= len(letters[0])
    if name == text[mention.start : end]:
        if (led := _LED_BY.match(text, start, end)) and (led[0] in "据过寄" or is_placed(name[1:])):
            start += 0 if is_placed(name) and led[0] not in "过寄" else 1
        if _LEVEL_AND_FIRM.match(text, start, end):
            start += 1
        if role := _AS_WHAT.match(text, start, end):
            start = role.end()
        if _ITS_HEAD.match(text, end - 2):
            end -= 1
        window = text[max(start, end - _AHEAD) : end + _AHEAD]
        edge = end - max(start, end - _AHEAD)
        for _, s, e in unit_words().cores.find_matches_as_indexes(window):
            if s < edge < e:
                end += e - edge
        return Mention(start, end, text[start:end])
    return mention


def _is_whole(words: str) -> bool:
    """Are these a name by themselves: 对[青岳县财政局]; not 对[外贸易公司], 给[水公司]?"""
    return len(words) > 2 and (
        is_placed(words)
        or begins_with_authority(words)
        or _CENTRE.match(words) is not None
        or words in unit_words().central_words
    )


def ends_for_sure(text: str, mention: Mention) -> bool:
    """Do its words end as those of bodies do, and does no other word run over the end: 十佳班[主任]?"""
    words = text[mention.start : mention.end]
    w = unit_words()
    if _GROUP.match(text, mention.end - 2) or _NEAR_IT.match(text, mention.end):
        return False
    if _NO_BODY.search(words) or (words[-1] in LEVELS and _OTHER_WORD.match(text, mention.end - 1)):
        return False
    if words.endswith(w.core_words) or w.ending.search(words):
        return True
    if (place := read_place(words)) and place.end == len(words):
        return True
    if words[-1] not in w.last:
        return False
    return w.run_on.match(text, mention.end - 1) is None


def begins_for_sure(text: str, mention: Mention) -> bool:
    """Does a clause, a list or a place begin it, or stands a word before it that is no part of a name?"""
    start, _, name = mention
    if text[start - 1 : start] == "原":
        start -= 1
    before = text[max(0, start - _REACH) : start]
    if not before or not _HAN.match(before[-1]):
        return True
    if name.endswith("学院") and _OF_PART.search(text, max(0, start - 10), start):
        return False
    if name[0] == "《" or _CENTRE.match(name) or is_placed(name) or begins_with_authority(name):
        return True
    if _BEFORE.search(before) or _is_break(text, start):
        return True
    if any(before[-n:] in load_verbs() for n in range(2, _REACH + 1)):
        return True
    window = text[max(0, start - 12) : start]
    place = place_before(window, 0, len(window))
    return place is not None and place[1]


def _is_break(text: str, end: int) -> bool:
    """Does a word end here that no name holds: 对, 委托, 责令?"""
    breaks = unit_words().breaks
    for start in range(max(0, end - _REACH), end):
        pattern = breaks.get(text[start])
        found = pattern.match(text, start) if pattern else None
        if found and found.lastgroup == "stop" and found.end() == end:
            return True
    return False
