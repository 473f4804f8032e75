"""Units: named organisations, by the words that end a name and what may stand before them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from extract.components.component import component
from extract.draft import Draft
from extract.found import Units
from extract.language.places import LEVELS, Place, canonical, level_first, read_place
from extract.nodes import Node
from extract.ranges import Covered, Endings
from extract.units.edges import certain
from extract.units.extents import whole_names
from extract.units.features import judge_roles
from extract.units.names import Mention, mentions
from extract.units.roles import Unit, find_roles
from extract.units.shorts import definitions
from extract.units.stands import is_place, standing, titled
from extract.units.variants import bare_name, group_without_number, same_unit

_PLACE_PREFIX = re.compile(
    rf"[{LEVELS}村]|自治|中国|国家|全国|中共|集团|内蒙古|新疆|广西|宁夏|西藏|委$|局$|公司|学院|大学|第.|医院"
)
_TERM = re.compile(r"^中共(?!中央)|^(?:中共)?第?[一二三四五六七八九十]+届")
_ABOUT = re.compile(r"关于(?:对|向|巡[视察])?")
_LONG_COMPANY = re.compile(r"(?P<stem>[\u4e00-\u9fff]{4,}?)(?:股份|有限责任|有限|集团)*(?:有限)?公司")
_SHORT_COMPANY = re.compile(r"(?P<stem>[\u4e00-\u9fff]{2,6})公司")


@component("units", "statements", spans=True)
def find_units(draft: Draft) -> Units:
    units = name_units(draft)
    inspected, issuer = judge_roles(draft, units, *find_roles(draft, units))
    place = _report_place(draft, [*inspected, *([issuer] if issuer else [])])
    holder = draft.results.statements.holder
    places, alone = [], {}
    for unit in units:
        if not any(unit is u for u in (*inspected, issuer)) and _is_only_where(draft, unit):
            continue
        unit.name = _best_name(unit)
        node = Node("Unit", -1, -1, {"name": unit.name, "aliases": sorted(unit.names - {unit.name})})
        draft.add(node)
        if any(unit is u for u in inspected):
            draft.bond("INSPECTS", None, node)
        if unit is issuer:
            draft.bond("ISSUED_BY", None, node)
        for start, end in unit.places:
            draft.bond("MENTIONS", holder(start), node, at=(start, end))
            places.append((start, end))
            if draft.text[end : end + 1] in "。：.\n":
                alone[start] = node
        if len(inspected) > 1 and any(unit is u for u in inspected):
            _concerns(draft, unit, node)
    _under_names(draft, alone)
    return draft.found(Units, place=place, places=tuple(places))


def _is_only_where(draft: Draft, unit: Unit) -> bool:
    """Is this a place of which no finding speaks: where a meeting was held, where somebody lives?"""
    holder = draft.results.statements.holder
    return all(map(is_place, unit.names)) and not any(
        holder(start) or draft.text[end : end + 1] in "。：.\n" for start, end in unit.places
    )


def name_units(draft: Draft) -> list[Unit]:
    """The units that a report names, each with all of its names and places, in order."""
    shorts = dict(definitions(draft.text))
    units: list[Unit] = []
    known: dict[str, int] = {}
    data = Covered(_data(draft))
    reader = draft.results.statements.names
    ours = list(mentions(draft.text, set(shorts)))
    named: Iterable[Mention] = ours if reader is None else reader.join(draft.text, ours, shorts)
    named = certain(draft.text, whole_names(draft.text, named), shorts)
    named = standing(draft.text, named, {*shorts, *titled(draft.title or (0, 0), draft.text, named)})
    if reader is not None:
        named = reader.vouched(draft.text, named, ours, shorts)
    for start, end, name in named:
        if start in data:
            continue  # a table of figures names many, of which the report says nothing
        at = _known(known, name, shorts, len(units))
        if at == len(units):
            units.append(Unit(name))
        known.setdefault(name, at)
        units[at].aliases.add(name)
        units[at].places.append((start, end))
    return _join_groups(_merge(_without_stray(units, shorts), _title_place(draft)))


def _data(draft: Draft) -> Iterator[tuple[int, int]]:
    """The rows of tables that list no problems."""
    for start, cell in draft.clean.cells.items():
        if cell.role == "data":
            yield start, draft.text.find("\n", start)


def _known(known: dict[str, int], name: str, shorts: dict[str, str], new: int) -> int:
    """The index of the unit of this name: a known one, by its definition the one before it, or a new one."""
    if name in known or name not in shorts:
        return known.get(name, new)
    before = shorts[name]
    return min((known[w] for i in range(len(before)) if (w := before[i:]) in known), default=new)


def _merge(units: list[Unit], home: Place | None) -> list[Unit]:
    """Join the long and short names of one unit; the longer names come first.

    In a report on 江北市, its 市财政局 is not that of another city which is named in full.
    """
    merged: list[Unit] = []
    endings = Endings()
    abbreviated: dict[tuple[str, str], set[int]] = {}  # by first and last character of what may stand for it
    for unit in sorted(units, key=_fullest):
        at = len(merged)
        for name in unit.names:
            bare = bare_name(name)
            near = abbreviated.get((bare[:1], bare[-1:]), ())
            for i in sorted({*endings.with_end(bare), *near}):
                if i >= at:
                    break
                if any(same_unit(a, name) and not _away(a, name, home) for a in merged[i].names):
                    at = i
                    break
        if at == len(merged):
            merged.append(unit)
        else:
            merged[at].aliases |= unit.names
            merged[at].places += unit.places
        for bare in map(bare_name, unit.names):
            endings.add(bare, at)
            for first in set(bare[:7]) & set(LEVELS):
                abbreviated.setdefault((first, bare[-1:]), set()).add(at)
    merged = _join_companies(merged)
    for unit in merged:
        unit.places.sort()
    return sorted(merged, key=lambda u: u.places[0])


def _fullest(unit: Unit) -> tuple[int, int, tuple[int, int]]:
    return -len(bare_name(unit.name)), -len(unit.name), unit.places[0]


def _away(long: str, short: str, home: Place | None) -> bool:
    """Does the long name give another place of that level than the title, which the short one leaves out?"""
    own = read_place(_TERM.sub("", long)) if home and level_first(short) else None
    if own is None or home is None or own.rank != home.rank:
        return False
    return canonical(own) != canonical(home)


def _join_companies(units: list[Unit]) -> list[Unit]:
    """Join 济仁堂公司 and 济仁堂 to 南屏省济仁堂中药饮片有限公司, where no other company is called so."""
    holding: dict[str, set[int]] = {}
    for i, unit in enumerate(units):
        for name in unit.names:
            if long := _LONG_COMPANY.fullmatch(name):
                stem = long["stem"][:20]
                for a in range(len(stem) - 1):
                    for b in range(a + 2, min(a + 7, len(stem)) + 1):
                        holding.setdefault(stem[a:b], set()).add(i)
    gone: set[int] = set()
    for i, unit in enumerate(units):
        short = _SHORT_COMPANY.fullmatch(unit.name)
        stem = short["stem"] if short else unit.name
        place = read_place(unit.name)
        lone = len(unit.names) == 1 and (place is None or place.end < len(unit.name))
        homes = holding.get(stem, set()) - {i} if lone else set()
        if len(homes) == 1 and (home := homes.pop()) not in gone:
            units[home].aliases |= unit.names
            units[home].places += unit.places
            gone.add(i)
    return [u for i, u in enumerate(units) if i not in gone]


def _join_groups(units: list[Unit]) -> list[Unit]:
    """Join 市委巡察组 to 市委第五巡察组, where the report names one group of that committee only."""
    numbered: dict[str, list[Unit]] = {}
    for unit in units:
        for group in {
            group for name in unit.names if (group := group_without_number(name)) not in (None, name)
        }:
            numbered.setdefault(group, []).append(unit)
    kept = []
    for unit in units:
        homes = numbered.get(unit.name, [])
        if len(homes) == 1 and len(unit.names) == 1:
            homes[0].aliases |= unit.names
            homes[0].places = sorted([*homes[0].places, *unit.places])
        else:
            kept.append(unit)
    return kept


def _best_name(unit: Unit) -> str:
    """The longest name."""
    return max(unit.names, key=lambda n: (len(n), n))


def _without_stray(units: list[Unit], shorts: Mapping[str, str]) -> list[Unit]:
    """审查新井煤矿, once, beside 新井煤矿 many times is that: no place, no part of a name stands before.

    So is 收青岳县水厂 beside 青岳县水厂, as a place begins the name. A defined short name has a long one.
    """
    named = {name: unit for unit in units for name in unit.names}
    kept = []
    for unit in units:
        home = None
        if len(unit.places) == 1 and len(unit.names) == 1:
            for i in range(1, len(unit.name) - 3):
                short = named.get(unit.name[i:]) if i == 1 or unit.name[i:] not in shorts else None
                often = short is not None and (len(short.places) > 1 or (i == 1 and read_place(short.name)))
                if short is not None and often and not _PLACE_PREFIX.search(unit.name[:i]):
                    home, cut = short, i
                    break
        if home is None:
            kept.append(unit)
        else:
            start, end = unit.places[0]
            home.places.append((start + cut, end))
    return kept


def _report_place(draft: Draft, units: list[Unit]) -> str | None:
    """The place of the units inspected and of who made the report, else that of the title: 岚川县.

    `units`: the inspected ones first. A name that many places have (鼓楼区) is that of the larger place which
    another of them names, and with none of these is what it is called.
    """
    names = [n for u in units for n in sorted(u.names, key=lambda n: (-len(n), n))]
    read = [p for n in names if (p := read_place(_TERM.sub("", n))) and not p.bare_zone]
    if not read:
        read = [p for p in (_title_place(draft),) if p]
    if not read:
        return None
    holder = next((p for p in read[1:] if p.rank < read[0].rank), None)
    return canonical(read[0], (canonical(holder) or holder.name) if holder else None) or read[0].name


def _title_place(draft: Draft) -> Place | None:
    """The place that the title names: 关于江北市预算执行的审计报告, 青岳县巡察整改情况通报."""
    title = draft.text[slice(*draft.title)] if draft.title else ""
    about = _ABOUT.search(title)
    starts = ([about.end()] if about else []) + [0]
    read = (read_place(_TERM.sub("", title[at:])) for at in starts)
    return next((place for place in read if place and not place.bare_zone), None)


def _concerns(draft: Draft, unit: Unit, node: Node) -> None:
    """In a report on several units, a problem is that of the unit its words name first."""
    for problem in draft.of("Problem"):
        if problem.items:
            continue
        if any(problem.start <= s < problem.end for s, _ in unit.places):
            draft.bond("CONCERNS", problem, node)


def _sections_above(problem: Node) -> Iterator[int]:
    """Where the sections begin in which a problem stands, after their markers; the innermost first."""
    section = problem.section
    while section is not None and section.parent is not None:  # the whole text is of no unit
        yield section.body
        section = section.parent


def _under_names(draft: Draft, alone: Mapping[int, Node]) -> None:
    """A problem is that of the unit whose name stands alone over it: over its list, or over its section.

    `alone`: such names, by where they begin.
    """
    told = {(id(b.source), id(b.target)) for b in draft.bonds if b.type == "CONCERNS"}
    for problem in draft.of("Problem"):
        if not problem.items:
            above = [*(p.body for p in (problem, *problem.ancestors())), *_sections_above(problem)]
            over = next((alone[at] for at in above if at in alone), None)
            if over is not None and (id(problem), id(over)) not in told:
                draft.bond("CONCERNS", problem, over)
