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

_SPACE_OR_QUOTE = re.compile(r"[\s\ufeff《》〈〉<>“”\"‘’'「」『』]")
_LEVELS = "省市州盟县区旗镇乡"
_COMPONENT = re.compile(
    r"([\u4e00-\u9fff]{1,12}?)(特别行政区|自治区|自治州|自治县|自治旗|省|市|州|盟|县|区|旗|镇|乡|街道)")
# Words that end like a place and name none (各县, 高新区管委会, 受灾县) or begin a clause (巡察市科技局).
_GENERIC = re.compile("[各全本该我某外跨邻].{0,2}|两|主城|中心城|相关|有关|所在|所属|直属|下属|受灾|贫困|"
                      "农村|经开|自贸|工业|行政|功能|生活|服务|"
                      "(?:根据|按照|关于|巡察|巡视|审计|检查|督察|督查|派驻|[对由经在驻]).*")
_GENERIC_END = ("园", "社", "开发", "高新", "示范", "保护", "试验", "合作")
_ORGAN = re.compile(r"[局委院所部厅办会处科组司站]")
_NATIONAL = ("国务院", "国家", "中央", "全国", "最高人民", "中国", "中华")
_PARTY_BODY = re.compile(r"(?<=[局委院所部厅办会处司站校社团心行馆])(?:党组|党委|党总支|党支部|党工委)$")
_REVISION = re.compile(r"\((?:试行|暂行|草案|[^()]{0,12}修[订正][^()]{0,4})\)$")
_STATE_OR_PARTY = re.compile(r"^(?:中华人民共和国|中国共产党)(?=.{3})")


def own_place(name: str) -> str | None:
    """The place that a unit's name begins with: 江北市青岳县 of 江北市青岳县民政局; None of 市财政局."""
    end = 0
    while match := _COMPONENT.match(name, end):
        stem, level = match.groups()
        if (_GENERIC.fullmatch(stem) or stem[0] in _LEVELS or stem.endswith(_GENERIC_END)
                or _ORGAN.search(stem) or (len(stem) == 1 and level != "县")
                or (len(stem) > 5 and not level.startswith("自治"))):
            break
        end = match.end()
    return name[:end] or None


def unit_id(name: str, aliases: Iterable[str], *, place: str | None,
            report_id: str) -> tuple[str, str | None]:
    """The graph's id of a unit, and its place where that is known. `place`: the report's own."""
    # 县民政局 in a report of a city: which county is not said, so it is no other report's
    return placed_unit_id(name, aliases, place=place) or (_hash("unit", report_id, fold_unit(name)), None)


def placed_unit_id(name: str, aliases: Iterable[str] = (), *,
                   place: str | None) -> tuple[str, str | None] | None:
    """As `unit_id`; None where a name with no more than this belongs to its report alone."""
    place = own_place(fold_unit(place)) if place else None  # a wrong place would make two cities' units one
    names = [fold_unit(n) for n in (name, *sorted(aliases, key=lambda a: (-len(a), a)))]
    placed = next((n for n in names if own_place(n)), None)
    if placed is not None:
        named = own_place(placed) or ""
        if not re.search(r"[省市州盟县旗]|自治|特别行政", named):      # there is many a 白石乡 and 鼓楼区
            placed = (place.removesuffix(named) + placed) if place else None
    elif place and names[0][0] == place[-1] and names[0][0] in _LEVELS:
        placed = place + names[0][1:]                       # 县民政局 in a report of 青岳县 is 青岳县民政局
    if placed:
        return _hash("unit", placed), own_place(placed)
    if names[0].startswith(_NATIONAL):
        return _hash("unit", names[0]), None
    if place and names[0][0] not in _LEVELS:
        return _hash("unit", place, names[0]), place
    return None


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
    own = own_place(name)
    level = own[-1] if own else name[0] if name[0] in _LEVELS else (place or " ")[-1]
    return level if level in _LEVELS else None


def office(name: str) -> str:
    """What is left of a folded name without its place or level: 财政局 of 县财政局 and of 青岳县财政局."""
    rest = name[len(own_place(name) or ""):]
    return rest[1:] if rest[:1] and rest[0] in _LEVELS and len(rest) > 2 else rest


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
