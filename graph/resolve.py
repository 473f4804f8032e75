"""Which mentions are one unit or one policy, across reports.

Two cities' 市财政局 are two units. So a unit named with its own place (青岳县财政局) is one unit everywhere;
one named without (县财政局) belongs to its report's place, and where that is unknown to its report alone.
A policy is one everywhere, by its name. Every key follows from a report's own findings, never from what else
is loaded, so the order of loading cannot matter.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence

from extract.language.offices import office_name
from extract.language.places import LEVELS, canonical, level_first, of_level, read_place

_SPACE_OR_QUOTE = re.compile(r"[\s\ufeff《》〈〉<>“”\"‘’'「」『』]")
_NATIONAL = ("国务院", "国家", "中央", "全国", "最高人民", "中国", "中华")
_PARTY_BODY = re.compile(r"(?<=[局委院所部厅办会处司站校社团心行馆])(?:党组|党委|党总支|党支部|党工委)$")
_REVISION = re.compile(r"\((?:试行|暂行|草案|[^()]{0,12}修[订正][^()]{0,4})\)$")
#: What a report calls a unit that it does not name: A公司, X县财政局, 某银行, ××村.
_UNNAMED = re.compile(
    r"(?<![A-Za-z])[A-Z](?=公司|集团|单位|企业|银行|学校|医院|省|市|州|县|区|镇|乡|村|局)"
    r"|X{2}|[×✕＊*○某]|^[甲乙丙丁](?=公司|集团|单位|企业|银行|学校|医院)"
)
_STATE_OR_PARTY = re.compile(r"^(?:中华人民共和国|中国共产党)(?=.{3})")


def own_place(name: str) -> str | None:
    """The place that a unit's name begins with: 江北市青岳县 of 江北市青岳县民政局; None of 市财政局."""
    place = read_place(name)
    return None if place is None or place.bare_zone else name[: place.end]


def unit_id(
    name: str, aliases: Iterable[str], *, place: str | None, report_id: str
) -> tuple[str, str | None]:
    """The graph's id of a unit, and its place where that is known. `place`: the report's own."""
    # 县民政局 in a report of a city: which county is not said, so it is no other report's
    return placed_unit_id(name, aliases, place=place) or (_hash("unit", report_id, fold_unit(name)), None)


def placed_unit_id(
    name: str, aliases: Iterable[str] = (), *, place: str | None
) -> tuple[str, str | None] | None:
    """As `unit_id`; None where a name with no more than this belongs to its report alone."""
    if _UNNAMED.search(_fold(name)):
        return None  # X公司 of two reports are two
    place = report_place(place)
    names = [fold_unit(n) for n in (name, *sorted(aliases, key=lambda a: (-len(a), a)))]
    placed = next(((n, own) for n in names if (own := read_place(n))), None)
    if placed is not None:
        called, own = placed
        where, rest = canonical(own, place), called[own.end :]
        if where is None:
            return None  # there is many a 白石乡 and 鼓楼区
    elif level := level_first(names[0]):
        # 县民政局 in a report of 青岳县 is 青岳县民政局
        where, rest = of_level(place, level) if place else None, names[0][1:]
        if where is None:
            return None
    elif names[0].startswith(_NATIONAL):
        return _hash("unit", names[0]), None
    elif place:
        return _hash("unit", place, office_name(names[0])), place
    else:
        return None
    return _hash("unit", where + office_name(rest)), where


def report_place(place: str | None) -> str | None:
    """A report's place as the graph calls it; None of words that are none: two cities' units would be one."""
    read = read_place(fold_unit(place)) if place else None
    return canonical(read) if read else None


def policy_id(name: str) -> str:
    """The graph's id of a policy: 《巡视工作条例》 and 《中国共产党巡视工作条例》（试行） are one."""
    return _hash("policy", fold_policy(name))


def fold_policy(name: str) -> str:
    """A policy's name without what varies: 《》, 中华人民共和国, the revision."""
    return _STATE_OR_PARTY.sub("", _REVISION.sub("", _fold(name)))


def fold_unit(name: str) -> str:
    """A unit's name without what varies: 中共, the 届, the long forms of 县委 and 政府, an office's 党组."""
    name = _fold(name)
    name = re.sub(r"^中共(?!中央)", "", name)
    name = re.sub(r"^第?[一二三四五六七八九十]+届", "", name)
    name = re.sub(r"(?<=[省市县区州旗盟])委员会", "委", name).replace("人民政府", "政府")
    return _PARTY_BODY.sub("", name)


def unit_level(name: str, place: str | None) -> str | None:
    """县 of 县财政局 and of 青岳县财政局, 乡 of 白石乡政府; None where neither name nor place says."""
    own = read_place(name)
    level = own.parts[-1][-1] if own else level_first(name) or (place or " ")[-1]
    return level if level in LEVELS else None


def office(name: str) -> str:
    """What is left of a folded name without its place or level, by one name: 发展和改革局 of 县发改委."""
    own = own_place(name)
    rest = name[len(own or "") :]
    if own is None and level_first(name) and len(rest) > 2:
        rest = rest[1:]
    return office_name(rest)


def merge_names(called: Iterable[tuple[str, Sequence[str]]]) -> tuple[str, list[str]]:
    """One name and the aliases of a node, from what each report calls it; in whatever order they come.

    A name with its place wins, then the fullest, then the first by code point; the aliases are sorted.
    """
    pairs = list(called)
    name = min((n for n, _ in pairs), key=lambda n: (own_place(n) is None, -len(n), n))
    return name, sorted({n for n, _ in pairs}.union(*(aliases for _, aliases in pairs)) - {name})


def merge_places(places: Iterable[str | None]) -> str | None:
    """The place of a unit, from where each report puts it: the fullest, then the first by code point.

    They differ only where a judgement made one unit of several.
    """
    return min((place for place in places if place), key=lambda place: (-len(place), place), default=None)


def _fold(name: str) -> str:
    return _SPACE_OR_QUOTE.sub("", unicodedata.normalize("NFKC", name))


def _hash(kind: str, *parts: str) -> str:
    return f"{kind}:{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:20]}"
