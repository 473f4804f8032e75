"""Whether a name is certain where it begins and where it ends; words that may be part of others name nobody.

The readers take the likeliest words for a name. Where its edges are not certain, less is said rather than
something wrong: 笏山煤矿井下 ends like no body, 十佳班 runs on to 班主任, of 一间塑料厂 no name is told. A
name that is certain once in a text is certain in all of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from extract.language.divisions import divisions
from extract.language.places import LEVELS, Place, begins_with_division, place_before, read_place
from extract.rules import load_rules, load_verbs
from extract.units.names import Mention
from extract.units.starts import begins_with_authority, inner_breaks
from extract.units.words import unit_words

_HAN = re.compile(r"[\u4e00-\u9fff]")
#: How far before a name the words that end there begin, and behind it those that run over its end.
_REACH, _AHEAD = 4, 4


def _rule(what: str) -> re.Pattern[str]:
    """The pattern of a rule of `rules/unit_names.toml`."""
    return load_rules()["unit_names"][what].pattern


def certain(text: str, named: Iterable[Mention], known: Collection[str]) -> list[Mention]:
    """The mentions whose names are certain, in order, as far as these go; `known`: what the text defines."""
    found: list[tuple[Mention, bool]] = []
    nameless: set[str] = set()
    reach = -1
    for part in (one for given in named for one in _parts(text, given)):
        mention = _as_far_as_it_goes(text, part, reach)
        if _is_one_of(text, mention):
            nameless.add(mention.name)
        glued, reach = mention.start == reach, mention.end
        found.append((mention, ends_for_sure(text, mention) and (glued or begins_for_sure(text, mention))))
    sure = {mention.name for mention, is_sure in found if is_sure}
    return [
        mention
        for mention, _ in found
        if mention.name in known
        or (mention.name in sure and mention.name not in nameless and not _is_nameless(mention.name))
    ]


def _is_one_of(text: str, mention: Mention) -> bool:
    """Does a number before it say that this tells the kind: 一间塑料厂, 多家江北医院?"""
    start, _, name = mention
    if _rule("several-of").search(text, max(0, start - 2), start):
        return not name.endswith("公司")
    return _rule("one-of").search(text, max(0, start - 2), start) is not None and not _is_placed(name)


def _is_nameless(name: str) -> bool:
    """Does it only say of which kind a body is, or what befell it?"""
    return (
        (name in unit_words().never and name[:1] not in tuple(LEVELS))
        or _rule("nameless").search(name) is not None
        or _rule("no-start").match(name) is not None
        or any(_rule("run-there").fullmatch(name, n) for n in (2, 3) if name[:n] in divisions().short)
    )


def _parts(text: str, mention: Mention) -> Iterator[Mention]:
    """The names that stand in the words of a mention: 州委 and 州政府 of 州委、州政府."""
    start, end, name = mention
    words = text[start:end]
    if people := _rule("people-first").match(words):
        yield from _parts(text, Mention(start + people.end(), end, words[people.end() :]))
        return
    joints = [joint.span() for joint in _rule("joint").finditer(words)]
    joints += [
        m.span()
        for m in inner_breaks(words)
        if m["stop"] in unit_words().between and _is_whole(words[m.end() :])
    ]
    joints += [
        joint.span() for joint in _rule("joined-places").finditer(words) if read_place(words[joint.end() :])
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
    letters = _rule("letters").search(text, max(0, start - 16), start)
    if letters and letters.start() >= reach and not _is_placed(name) and not begins_with_authority(name):
        start -= len(letters[0])
    if name == text[mention.start : end]:
        if (led := _rule("led-by").match(text, start, end)) and (led[0] in "据过" or _is_placed(name[1:])):
            start += 0 if _is_placed(name) and led[0] != "过" else 1
        if _rule("level-and-firm").match(text, start, end):
            start += 1
        window = text[max(start, end - _AHEAD) : end + _AHEAD]
        edge = end - max(start, end - _AHEAD)
        for _, s, e in unit_words().cores.find_matches_as_indexes(window):
            if s < edge < e:
                end += e - edge
        return Mention(start, end, text[start:end])
    return mention


def _is_placed(name: str) -> bool:
    """Does it begin with a place, which tells of whom it is?"""
    place = read_place(name)
    return begins_with_division(name, 0) or (place is not None and _is_city(place))


def _is_city(place: Place) -> bool:
    """Is it none of the words that end like a city: 金桥[超市]?"""
    return bool(place.codes) or _rule("no-city").search(place.parts[0]) is None


def _is_whole(words: str) -> bool:
    """Are these a name by themselves: 对[青岳县财政局]; not 对[外贸易公司], 给[水公司]?"""
    return len(words) > 2 and (
        _is_placed(words) or begins_with_authority(words) or _rule("central").match(words) is not None
    )


def ends_for_sure(text: str, mention: Mention) -> bool:
    """Do its words end as those of bodies do, and does no other word run over the end: 十佳班[主任]?"""
    words = text[mention.start : mention.end]
    w = unit_words()
    if _rule("study-group").match(text, mention.end - 2):
        return False
    if words[-1] in LEVELS and (
        _rule("other-word").match(text, mention.end - 1) or _rule("no-body").search(words)
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
    before = text[max(0, start - _REACH) : start]
    if not before or not _HAN.match(before[-1]):
        return True
    if name.endswith("学院") and _rule("of-part").search(text, max(0, start - 10), start):
        return False
    if _rule("central").match(name) or _is_placed(name) or begins_with_authority(name):
        return True
    if _rule("before").search(before) or _is_break(text, start):
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
