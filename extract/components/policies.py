"""Policies: titles in 《》 (nested too), names of the vocabulary, meetings and speeches, document numbers.

A title in 《》 is a policy where it ends like one, where an article or a number follows it, or where the
sentence says that it binds (违反《…》); contracts, forms, books and newspapers are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from extract.components.component import component
from extract.draft import Draft
from extract.found import Policies
from extract.language.document_numbers import Found, find_numbers
from extract.nodes import Node
from extract.ranges import Endings, Spans
from extract.rules import Rules, load_rules

_ARTICLE = re.compile(
    r"(?:（试行）)?(?P<article>第[一二三四五六七八九十百零〇\d]+条(?:之[一二三])?(?:第[一二三四五六七八九十\d]+款)?"
    r"(?:第?[（]?[一二三四五六七八九十\d]+[）]?项)?)"
)
_TRIAL = re.compile(r"（(?:试行|暂行|修订|修订稿|修正案|征求意见稿)）$")


#: Where a policy is cited: start, end, the article or None.
Place = tuple[int, int, str | None]


@dataclass(slots=True, eq=False)
class Policy:
    """A policy and all the places where it is cited."""

    name: str
    aliases: set[str] = field(default_factory=set)
    places: list[Place] = field(default_factory=list)


@component("policies", "statements", spans=True)
def find_policies(draft: Draft) -> Policies:
    policies: dict[str, Policy] = {}
    numbers = list(find_numbers(draft.text, draft.rules))
    known: dict[str, str] = {}  # number -> the policy that has it
    taken = Spans()
    for title in _brackets(draft.text, numbers, draft.rules):
        name = _canonical(title.name)
        _cite(policies, name, title.name, (title.start, title.end, title.article))
        taken.add(title.start, title.end)
        if title.number:
            start, end, number = title.number
            known[number] = name
            policies[name].aliases |= {number, draft.text[start:end]}
            taken.add(start, end)
    own = _own_number(draft, numbers)
    for start, end, number in numbers:
        if taken.at(start) is None:
            taken.add(start, end)
            if start != own:
                place = start, end, _article(draft.text, end)
                _cite(policies, known.get(number, number), draft.text[start:end], place)
    for start, end, name, alias in _named(draft.text, draft.rules):
        if taken.at(start) in (None, (start, end)):  # several plenums have one place
            _cite(policies, name, alias, (start, end, None))
            taken.add(start, end)
    places = []
    for policy in _merged(policies):
        node = Node(
            "Policy", -1, -1, {"name": policy.name, "aliases": sorted(policy.aliases - {policy.name})}
        )
        draft.add(node)
        for start, end, article in policy.places:
            draft.bond(
                "REFERENCES",
                draft.results.statements.holder(start),
                node,
                at=(start, end),
                **({"article": article} if article else {}),
            )
            places.append((start, end))
    return draft.found(Policies, places=tuple(places))


def _own_number(draft: Draft, numbers: list[Found]) -> int | None:
    """Where the line at the top stands that only gives the report's own document number."""
    head = draft.title[1] + 80 if draft.title else 200
    for start, end, _ in numbers:
        line = draft.text[draft.text.rfind("\n", 0, start) + 1 : (draft.text + "\n").find("\n", end)]
        if start < head and line.strip("（）") == draft.text[start:end]:
            return start
    return None


def _cite(policies: dict[str, Policy], name: str, alias: str, place: Place) -> None:
    policy = policies.setdefault(name, Policy(name))
    policy.aliases.add(alias)
    policy.places.append(place)


class Title(NamedTuple):
    """A policy in 《》 with what follows it."""

    start: int
    end: int
    name: str
    article: str | None
    number: Found | None


def _brackets(text: str, numbers: list[Found], rules: Rules) -> Iterator[Title]:
    """The outermost 《…》 that name policies."""
    begins, ends = {n[0]: n for n in numbers}, {n[1]: n for n in numbers}
    depth, start = 0, 0
    for m in re.finditer("[《》\n]", text):
        if m[0] == "《":
            depth += 1
            if depth == 1:
                start = m.start()
        elif m[0] == "\n":
            depth = 0
        elif depth:
            depth -= 1
            if depth == 0:
                name, after = text[start + 1 : m.start()], m.end()
                number = begins.get(after + (text[after : after + 1] in ("（", "，"))) or ends.get(start)
                behind = (
                    number[1] if number and number[1] > after else after
                )  # 《…》（国发〔2021〕3号）第三条
                article = _article(text, after) or _article(
                    text, behind + (text[behind : behind + 1] == "）")
                )
                if _is_policy(text, start, name, rules, bound=bool(article or number)):
                    yield Title(start, after, name, article, number)


def _article(text: str, at: int) -> str | None:
    m = _ARTICLE.match(text, at)
    return m["article"] if m else None


def _is_policy(text: str, start: int, name: str, rules: Rules, *, bound: bool) -> bool:
    """`bound`: an article or a number is given."""
    kinds = rules["policy_names"]
    if len(name) < 2 or (kinds["short"].any(name) and "简称" in text[max(0, start - 6) : start]):
        return False
    if name in _vocabulary()[2]:
        return True
    if kinds["none"].any(name):
        return False
    return bound or kinds["policy"].any(name) or kinds["cue"].any(text[max(0, start - 8) : start])


@cache
def _vocabulary() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...], dict[str, str]]:
    """Automaton over all names, the names in its order, and name -> canonical."""
    canonical = {n: p.name for p in load_rules().policies for n in (p.name, *p.aliases)}
    names = tuple(canonical)
    return (
        ahocorasick_rs.AhoCorasick(list(names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
        names,
        canonical,
    )


def _canonical(name: str) -> str:
    canonical = _vocabulary()[2]
    for form in (name, _TRIAL.sub("", name), name + "（试行）"):
        if form in canonical:
            return canonical[form]
    return name


def _named(text: str, rules: Rules) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, canonical, as written) of policies that stand without brackets."""
    for rule in rules["policy_patterns"]:
        what = rule.props["what"]
        for m in rule.finditer(text) if what != "formula" else ():
            if what == "meeting" and "plenums" in m.groupdict():
                for plenum in m["plenums"].split("、"):
                    name = f"党的{m['congress']}届{plenum}全会"
                    yield m.start(), m.end(), name, name[2:] + "精神"
            elif what == "meeting" and "congress" not in m.re.pattern and m["name"]:
                name = f"党的{m['name']}" if len(m["name"]) <= 4 else m["name"]
                yield m.start(), m.end(), name, m["name"] + "精神"
            else:
                name = m["name"]
                yield m.start("name"), m.end("name"), _canonical(name), name
    known = Spans()
    automaton, names, canonical = _vocabulary()
    for index, start, end in automaton.find_matches_as_indexes(text):
        if (
            end - start <= 4
            and text[start:end].endswith("法")
            and text[end : end + 1] in tuple("定人律院治官规学师")
        ):
            continue  # 恒绵公司法定代表人
        if text.startswith(("证书", "认证"), end):
            continue  # GMP证书
        known.add(start, end)
        yield start, end, canonical[names[index]], names[index]
    for rule in rules["policy_patterns"]["formula"]:
        for m in rule.finditer(text):
            start, end = m.span("name")
            if all(known.at(at) is None for at in (m.start(), start, end - 1)):
                yield start, end, m["name"], m["name"]


def _merged(policies: dict[str, Policy]) -> list[Policy]:
    """《巡视工作条例》 and 《中国共产党巡视工作条例》 are one: the long name is the canonical one."""
    merged: list[Policy] = []
    endings, aliases = Endings(), dict[str, int]()
    for policy in sorted(policies.values(), key=lambda p: (-len(p.name), p.places[0])):
        bare = _TRIAL.sub("", policy.name)
        homes = endings.with_end(bare)[:1] if len(bare) >= 4 else []
        if len(bare) >= 4 and bare in aliases:
            homes.append(aliases[bare])
        if homes:
            at = min(homes)
            home = merged[at]
            home.aliases |= policy.aliases | {policy.name}
            home.places += policy.places
        else:
            at = len(merged)
            merged.append(policy)
            endings.add(bare, at)
        for alias in (*policy.aliases, *([policy.name] if homes else [])):
            aliases[alias] = min(at, aliases.get(alias, at))
    for policy in merged:
        if (bare := _TRIAL.sub("", policy.name)) != policy.name:
            policy.aliases.add(bare)
        policy.aliases |= (
            {f"{policy.name}精神"}
            if policy.name.startswith("党的") and policy.name.endswith(("大", "全会"))
            else set()
        )
        policy.places.sort(key=lambda p: p[:2])
    return sorted(merged, key=lambda p: p.places[0][:2])
