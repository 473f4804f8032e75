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
from extract.units.words import name_rule, unit_words

_HAN = re.compile(r"[\u4e00-\u9fff]")
#: How far before a name the words that end there begin, and behind it those that run over its end.
_REACH, _AHEAD = 4, 4


def certain(text: str, named: Iterable[Mention], known: Collection[str]) -> list[Mention]:
    """The mentions whose names are certain, in order, as far as these go; `known`: what the text defines."""
    found: list[tuple[Mention, bool]] = []
    nameless: set[str] = set()
    reach = -1
    for part in (one for given in named for one in _parts(text, given)):
        mention = _as_far_as_it_goes(text, part, reach)
        if is_one_of(text, mention) or _is_of_part(text, mention):
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
    if people := name_rule("people-first").match(words):
        yield from _parts(text, Mention(start + people.end(), end, words[people.end() :]))
        return
    joints = [joint.span() for joint in name_rule("joint").finditer(words)]
    joints += [
        m.span()
        for m in inner_breaks(words)
        if m["stop"] in unit_words().between and _is_whole(words[m.end() :])
    ]
    joints += [
        joint.span()
        for joint in name_rule("joined-places").finditer(words)
        if read_place(words[joint.end() :])
    ]
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
    letters = name_rule("letters").search(text, max(0, start - 16), start)
    if letters and letters.start() >= reach and not is_placed(name) and not begins_with_authority(name):
        start -= len(letters[0])
    if name == text[mention.start : end]:
        if (led := name_rule("led-by").match(text, start, end)) and (
            led[0] in "据过寄" or is_placed(name[1:])
        ):
            start += 0 if is_placed(name) and led[0] not in "过寄" else 1
        if name_rule("level-and-firm").match(text, start, end):
            start += 1
        if role := name_rule("as-what").match(text, start, end):
            start = role.end()
        if name_rule("its-head").match(text, end - 2):
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
        or name_rule("central").match(words) is not None
        or words in unit_words().central_words
    )


def ends_for_sure(text: str, mention: Mention) -> bool:
    """Do its words end as those of bodies do, and does no other word run over the end: 十佳班[主任]?"""
    words = text[mention.start : mention.end]
    w = unit_words()
    if name_rule("runs-on").match(text, mention.end - 2) or name_rule("near-it").match(text, mention.end):
        return False
    if name_rule("no-body").search(words) or (
        words[-1] in LEVELS and name_rule("other-word").match(text, mention.end - 1)
    ):
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
    if name_rule("into").match(text, start - 1) or name_rule("brand").search(before):
        return False
    whole = name[0] == "《" or is_placed(name) or name_rule("central").match(name) is not None
    if whole or (begins_with_authority(name) and not _is_field_centre(name)):
        return True
    if name_rule("before").search(before) or _is_break(text, start):
        return True
    if any(before[-n:] in load_verbs() for n in range(2, _REACH + 1)):
        return True
    window = text[max(0, start - 12) : start]
    place = place_before(window, 0, len(window))
    return place is not None and place[1]


def _is_field_centre(name: str) -> bool:
    """Is it a centre that may be called otherwise: 现代[教育中心]?"""
    return name.endswith("中心") and name in unit_words().fields


def _is_of_part(text: str, mention: Mention) -> bool:
    """Is it the end of a longer name: 某大学金融与[统计学院]?"""
    before = text[max(0, mention.start - 10) : mention.start]
    return mention.name.endswith("学院") and name_rule("of-part").search(before) is not None


def _is_break(text: str, end: int) -> bool:
    """Does a word end here that no name holds: 对, 委托, 责令?"""
    breaks = unit_words().breaks
    for start in range(max(0, end - _REACH), end):
        pattern = breaks.get(text[start])
        found = pattern.match(text, start) if pattern else None
        if found and found.lastgroup == "stop" and found.end() == end:
            return True
    return False
