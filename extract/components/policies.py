"""Policies: titles in 《》 (nested too), names of the vocabulary, meetings and speeches, document numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import ahocorasick_rs
from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.draft import Draft, Node, draft_of
from extract.ranges import Endings, Spans
from extract.rules import Rules, load_rules

_ARTICLE = re.compile(
    r"(?:（试行）)?(?P<article>第[一二三四五六七八九十百零〇\d]+条(?:之[一二三])?(?:第[一二三四五六七八九十\d]+款)?"
    r"(?:第?[（]?[一二三四五六七八九十\d]+[）]?项)?)"
)
_OWN_NUMBER = re.compile(r"^（?[一-龥]{1,10}[〔\[（]?(?:19|20)\d{2}[〕\]）]\d{1,4}号）?$", re.MULTILINE)
_NUMBER_AFTER = re.compile(r"(?:（|，)?(?P<number>[一-龥]{1,10}〔(?:19|20)\d{2}〕\d{1,4}号)）?")
_TRIAL = re.compile(r"（(?:试行|暂行|修订|修订稿|修正案|征求意见稿)）$")
_NO_POLICY = re.compile(
    r"(?:日报|晚报|合同|协议书?|承诺书|责任书|情况说明|请示|会议纪要|报告书?|工作报告|营业执照|身份证|许可证|资格证书?|合格证|"
    r"通知书|决定书|意见书|告知书|申请书?|发票|账簿|登记表|记录表|清单)$"
)
_SHORT = re.compile(r"^(?:办法|规定|条例|意见|通知|方案|细则|准则|规则|规范|制度|标准)$")


#: Where a policy is cited: start, end, the article or None.
Place = tuple[int, int, str | None]


@dataclass(slots=True, eq=False)
class Policy:
    """A policy and all the places where it is cited."""

    name: str
    aliases: set[str] = field(default_factory=set)
    places: list[Place] = field(default_factory=list)


@Language.component("suyin_policies", assigns=["doc.spans"])
def find_policies(doc: Doc) -> Doc:
    draft = draft_of(doc)
    policies: dict[str, Policy] = {}
    brackets = list(_brackets(draft.text))
    for start, end, name, article, number in brackets:
        _cite(policies, _canonical(name), name, (start, end, article))
        if number:
            policies[_canonical(name)].aliases.add(number)
    taken = Spans((s, e) for s, e, *_ in brackets)
    known_numbers = {n for *_, n in brackets if n}
    own = _own_number(draft)
    for start, end, name, alias in _named(draft.text, draft.rules):
        if own and own[0] <= start < own[1]:
            continue
        if taken.at(start) in (None, (start, end)) and name not in known_numbers:
            _cite(policies, name, alias, (start, end, None))
            taken.add(start, end)
    spans = []
    for policy in _merged(policies):
        node = Node(
            "Policy", -1, -1, {"name": policy.name, "aliases": sorted(policy.aliases - {policy.name})}
        )
        draft.add(node)
        for start, end, article in policy.places:
            draft.bond(
                "REFERENCES",
                draft.holder(start),
                node,
                at=(start, end),
                **({"article": article} if article else {}),
            )
            spans.append(Span(doc, start, end, label="Policy"))
    doc.spans["policies"] = spans
    return doc


def _own_number(draft: Draft) -> tuple[int, int] | None:
    """The line at the top that only gives the report's own document number."""
    head = draft.title[1] + 80 if draft.title else 200
    m = _OWN_NUMBER.search(draft.text, 0, head)
    return m.span() if m else None


def _cite(policies: dict[str, Policy], name: str, alias: str, place: Place) -> None:
    policy = policies.setdefault(name, Policy(name))
    policy.aliases.add(alias)
    policy.places.append(place)


def _brackets(text: str) -> Iterator[tuple[int, int, str, str | None, str | None]]:
    """Outermost 《…》 with what follows: (start, end, name, article, document number)."""
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
                name = text[start + 1 : m.start()]
                if (
                    len(name) < 2
                    or _NO_POLICY.search(name)
                    or (_SHORT.match(name) and "简称" in text[max(0, start - 6) : start])
                ):
                    continue
                article = _ARTICLE.match(text, m.end())
                number = _NUMBER_AFTER.match(text, m.end())
                yield (
                    start,
                    m.end(),
                    name,
                    article["article"] if article else None,
                    number["number"] if number else None,
                )


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
        for m in rule.finditer(text):
            what = rule.props["what"]
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
    automaton, names, canonical = _vocabulary()
    for index, start, end in automaton.find_matches_as_indexes(text):
        if (
            end - start <= 4
            and text[start:end].endswith("法")
            and text[end : end + 1] in tuple("定人律院治官规")
        ):
            continue  # 恒绵公司法定代表人
        yield start, end, canonical[names[index]], names[index]


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
