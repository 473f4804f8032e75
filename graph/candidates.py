"""Units and policies that may be one, with what speaks for it: a list for people to judge."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

from extract.language.places import smallest
from graph.errors import QueryError
from graph.judgements import Judgements
from graph.resolve import fold_policy, fold_unit, office, own_place, placed_unit_id, policy_id, unit_level
from graph.store import GraphStore

#: A unit of no known place (县光伏扶贫服务中心) is paired with others of its name or office only where those
#: are no more than so many.
_FEW = 2
_COMMON_PAIR = 200  # a pair of characters that more names have says little
_ALIKE = 0.75  # the least share of pairs of characters that two like names have in common
#: Characters that make another thing of a name: 校长负责制 is not 院长负责制, nor 农业农村厅 a 农业农村局.
_TELLING = re.compile("[省市县区州旗镇乡校院厅局部委东西南北上下前后左右男女内外大小]")
_NUMBER = re.compile("[0-9一二三四五六七八九十百]+")

_ALL = "MATCH (n:{0}) RETURN n.id AS id, n.name AS name, n.aliases AS aliases{1}"
#: Of each unit without a place: the places of the other units that its reports name; one may be its own.
_NAMED_WITH = (
    "MATCH (r:Report)-[:NAMES]->(u:Unit) WHERE u.place IS NOT NULL "
    "MATCH (r)-[:NAMES]->(n:Unit) WHERE n.place IS NULL "
    "RETURN DISTINCT n.id AS id, u.place AS place ORDER BY id, place"
)
_FIND = (
    "MATCH (n:{0}) WHERE n.id = $name OR n.name = $name OR $name IN n.aliases "
    "RETURN n.id AS id, n.name AS name, n.aliases AS aliases{1} ORDER BY id LIMIT 5"
)
_QUOTE = """
MATCH (n:{0} {{id: $id}})<-[e:MENTIONS|REFERENCES]-(a)
WHERE e.start IS NOT NULL
OPTIONAL MATCH (a)-[:STATED_IN]->(s:Report)
WITH e.start AS start, e.end AS end, coalesce(s, a) AS r
MATCH (r)-[:HAS_TEXT]->(t:SourceText)
WITH r, t.text AS text, start, end, CASE WHEN start > 15 THEN start - 15 ELSE 0 END AS first
RETURN r.title AS report, substring(text, first, end + 15 - first) AS quote
ORDER BY r.id, start LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Named:
    """A unit or policy of the store; `place` and `level` of a unit, where they are known."""

    id: str
    label: str
    name: str
    names: frozenset[str]  # folded, the aliases too
    place: str | None = None
    level: str | None = None

    @property
    def written(self) -> tuple[str, str]:
        """Name and place as a line of judgements has them, else the id with the name as a remark."""
        if self.label == "Policy" and policy_id(self.name) == self.id:
            return f"《{self.name.strip('《》')}》", ""
        if self.label == "Unit":
            placed = placed_unit_id(self.name, place=self.place)
            if placed is not None and placed[0] == self.id:
                return self.name, self.place or ""
        return f"{self.id} {self.name}", ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two nodes that may be one. `likeness` in [0, 1] orders them, by how strong the evidence is
    (docs/judgements.md).
    """

    left: Named
    right: Named
    likeness: float
    evidence: tuple[str, ...]


def find_candidates(store: GraphStore, judgements: Judgements) -> list[Candidate]:
    """The pairs that nobody has judged, the likeliest first. Raises StoreError."""
    found: dict[tuple[str, str], Candidate] = {}
    for label in store.schema.named:
        everything = [_named(label, row) for row in store.read(_ALL.format(label, _place(label)))]
        near: dict[str, set[str]] = defaultdict(set)
        if label == "Unit":
            for row in store.read(_NAMED_WITH):
                near[row["id"]].add(row["place"])
        for one in _pairs(label, everything, near):
            if judgements.judged(one.left.id, one.right.id):
                continue
            left, right = sorted((one.left, one.right), key=lambda named: named.id)
            other = found.get((left.id, right.id), one)
            found[left.id, right.id] = Candidate(
                left,
                right,
                max(one.likeness, other.likeness),
                tuple(dict.fromkeys((*other.evidence, *one.evidence))),
            )
    return sorted(found.values(), key=lambda c: (-c.likeness, c.left.name, c.right.name, *_ids(c)))


def describe(store: GraphStore, candidates: Iterable[Candidate]) -> list[dict[str, Any]]:
    """The candidates as rows, each side with a sentence that mentions it. Raises StoreError."""
    quotes: dict[str, dict[str, Any]] = {}
    rows = []
    for one in candidates:
        row: dict[str, Any] = {"likeness": round(one.likeness, 2), "evidence": list(one.evidence)}
        for side, named in (("left", one.left), ("right", one.right)):
            if named.id not in quotes:
                said = store.read(_QUOTE.format(named.label), id=named.id)
                quotes[named.id] = said[0] if said else {"report": None, "quote": None}
            row |= {
                side: named.name,
                f"{side}_place": named.place,
                f"{side}_level": named.level,
                f"{side}_report": quotes[named.id]["report"],
                f"{side}_quote": quotes[named.id]["quote"],
                f"{side}_id": named.id,
            }
        rows.append(row)
    return rows


def find_named(store: GraphStore, name: str) -> Named:
    """The unit or policy of this id, name or alias. Raises QueryError where there is none or several."""
    found = [
        _named(label, row)
        for label in store.schema.named
        for row in store.read(_FIND.format(label, _place(label)), name=name.strip("《》"))
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise QueryError(f"there is no unit or policy {name!r}; suyin resolve --json gives names and ids")
    which = ", ".join(f"{one.id} ({one.place or one.label})" for one in found)
    raise QueryError(f"{name!r} is the name of several: {which}; give an id")


def _place(label: str) -> str:
    return ", n.place AS place" if label == "Unit" else ""


def _named(label: str, row: dict[str, Any]) -> Named:
    fold = fold_unit if label == "Unit" else fold_policy
    names, place = frozenset(map(fold, (row["name"], *(row["aliases"] or ())))), row.get("place")
    level = unit_level(fold(row["name"]), place) if label == "Unit" else None
    return Named(row["id"], label, row["name"], names, place, level)


def _ids(one: Candidate) -> tuple[str, str]:
    return one.left.id, one.right.id


def _pairs(label: str, everything: Sequence[Named], near: Mapping[str, set[str]]) -> Iterator[Candidate]:
    yield from _of_one_name(everything)
    if label == "Policy":
        yield from _of_like_names(everything, fold_policy)
        return
    yield from _of_one_office(everything, near)
    places: dict[str, list[Named]] = defaultdict(list)
    for one in everything:
        if one.place:
            places[one.place].append(one)
    for group in places.values():
        yield from _of_like_names(group, lambda name: office(fold_unit(name)))


def _of_one_name(everything: Iterable[Named]) -> Iterator[Candidate]:
    """Pairs that have a name in common; units of no known place only where no more than _FEW have it."""
    called: dict[tuple[str, str | None], list[Named]] = defaultdict(list)
    for one in everything:
        for name in one.names:
            called[name, one.place].append(one)
    for (name, place), group in called.items():
        known = place is not None or group[0].label == "Policy"
        if known or len(group) <= _FEW:
            for a, b in combinations(group, 2):
                yield Candidate(a, b, 0.9 if known else 0.2, (f"both are called {name}", *_where(a, b)))


def _of_one_office(everything: Iterable[Named], near: Mapping[str, set[str]]) -> Iterator[Candidate]:
    """Pairs of the same office: of a place and of the place that holds it; or one of no known place, and one
    of a place that its reports name.
    """
    offices: dict[tuple[str, str], list[Named]] = defaultdict(list)
    levels: dict[tuple[str, str | None], list[Named]] = defaultdict(list)
    for one in everything:
        if one.place:
            name = office(fold_unit(one.name))
            offices[name, one.place].append(one)
            levels[name, one.level].append(one)
    for one in everything:
        name = office(fold_unit(one.name))
        if one.place:
            for b in offices.get((name, smallest(one.place)), ()):
                if b.place != one.place:
                    yield Candidate(one, b, 0.85, (f"the same office {name}", *_where(one, b)))
            continue
        if own_place(fold_unit(one.name)):
            continue  # 鼓楼区教育局: several cities have a 鼓楼区
        places = [place for place in near.get(one.id, ()) if one.level in (None, place[-1])]
        meant = [b for place in places for b in offices.get((name, place), ())]
        for b in meant:
            said = f"a report that names {one.name} names {b.place}"
            yield Candidate(one, b, 0.8 / len(places), (f"the same office {name}", said, *_where(one, b)))
        known = levels.get((name, one.level), ())
        if not meant and len(known) <= _FEW and one.level:
            for b in known:
                yield Candidate(one, b, 0.4 / len(known), (f"the same office {name}", *_where(one, b)))


def _of_like_names(group: Sequence[Named], core: Callable[[str], str]) -> Iterator[Candidate]:
    """Names of which most characters are the same, or of which one shortens the other (农技中心)."""
    cores = [core(one.name) for one in group]
    pairs = [frozenset(name[i : i + 2] for i in range(len(name) - 1)) for name in cores]
    having: dict[str, list[int]] = defaultdict(list)
    for i, name in enumerate(cores):
        for pair in {*pairs[i], name[:1] + name[-1:]}:  # a short form keeps its ends
            having[pair].append(i)
    seen: set[tuple[int, int]] = set()
    for indexes in having.values():
        if len(indexes) > _COMMON_PAIR:
            continue
        for i, j in combinations(indexes, 2):
            if (i, j) in seen:
                continue
            seen.add((i, j))
            a, b = sorted((cores[i], cores[j]), key=len)
            if (
                b.startswith(a)
                or _NUMBER.findall(a) != _NUMBER.findall(b)
                or group[i].level != group[j].level
            ):
                continue  # a part (财政局国库科), another school (第二中学)
            alike = 2 * len(pairs[i] & pairs[j]) / max(len(pairs[i]) + len(pairs[j]), 1)
            changed = _changed(a, b)
            if alike >= _ALIKE and changed < 2:
                says = f"{alike:.0%} of their characters are alike"
                likeness = (0.8 if changed == 0 else 0.6) * alike
            elif group[i].label == "Unit" and _shortens(a, b):
                says, likeness = f"{a} may be short for {b}", 0.7
            else:
                continue
            yield Candidate(group[i], group[j], likeness, (says, *_where(group[i], group[j])))


def _changed(short: str, long: str) -> int:
    """How many characters are replaced by others (众合 by 恒远: 2); 0 where the long name only adds some."""
    most = 0
    for tag, i, j, k, m in SequenceMatcher(None, short, long, autojunk=False).get_opcodes():
        if tag == "delete":
            most = max(most, j - i)
        elif tag == "replace":
            told = _TELLING.search(short[i:j] + long[k:m])
            most = max(most, 2 if told else max(j - i, m - k))
    return most


def _where(a: Named, b: Named) -> Iterator[str]:
    if a.label == "Unit":
        places = sorted({one.place or "no known place" for one in (a, b)})
        yield f"both of {places[0]}" if len(places) == 1 else f"of {places[0]} and of {places[1]}"
        if a.level and a.level == b.level:
            yield f"both of level {a.level}"


def _shortens(short: str, long: str) -> bool:
    """Are all characters of the one in the other, in the same order and at the same ends?"""
    rest = iter(long)
    return (
        len(short) >= 3
        and short[0] == long[0]
        and short[-1] == long[-1]
        and all(character in rest for character in short)
    )
