"""Names that only say of which kind a body is, or how many there are: 机械厂, 一间塑料厂, 十三县政府."""

from __future__ import annotations

from collections.abc import Collection

from extract.language.divisions import divisions
from extract.language.places import LEVELS, Place, begins_with_division, read_place
from extract.units.names import Mention
from extract.units.words import name_rule, unit_words

_NAMED_BY = frozenset("该我本贵你")


def is_one_of(text: str, mention: Mention) -> bool:
    """Does a number before it say that this tells the kind: 一间塑料厂, 多家江北医院?"""
    start, _, name = mention
    if name_rule("several-of").search(text, max(0, start - 2), start):
        return not name.endswith("公司")
    return name_rule("one-of").search(text, max(0, start - 2), start) is not None and not is_placed(name)


def is_nameless(name: str) -> bool:
    """Does it only say of which kind a body is, how many there are, or what befell it?"""
    return (
        (name in unit_words().never and name[:1] not in tuple(LEVELS))
        or name in divisions().short
        or name_rule("nameless").search(name) is not None
        or (name_rule("of-several").search(name) is not None and name not in divisions().named)
        or name_rule("no-start").match(name) is not None
        or any(name_rule("run-there").fullmatch(name, n) for n in (2, 3) if name[:n] in divisions().short)
    )


def is_plant(name: str, named: Collection[str]) -> bool:
    """Is it a kind of plant or shop, and no name of the text ends so: 机械厂, 纺织厂?"""
    w = unit_words()
    end = name_rule("plant").search(name)
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
    core = name_rule("kind").search(name)
    if core is None:
        return False
    if every := name_rule("all-of-kind").search(name):
        place = read_place(name)
        return (place.end if place else 0) == every.start()
    return not core.start() or unit_words().trades.fullmatch(name, 0, core.start()) is not None


def is_placed(name: str) -> bool:
    """Does it begin with a place, which tells of whom it is?"""
    place = read_place(name)
    return begins_with_division(name, 0) or (place is not None and _is_city(place))


def _is_city(place: Place) -> bool:
    """Is it none of the words that end like a city: 金桥[超市]?"""
    return bool(place.codes) or name_rule("no-city").search(place.parts[0]) is None
