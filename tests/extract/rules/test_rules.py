"""Every rule proves itself on its own examples."""

from __future__ import annotations

import re
import tomllib

import pytest

from extract.components.causes import stated_causes
from extract.components.effects import stated_effects
from extract.language.places import DIVISIONS, LEVELS
from extract.rules import FOLDER, load_rules
from extract.rules.sets import Rule

RULES = load_rules()
ALL = [(name, rule) for name, rule_set in RULES.sets.items() for rule in rule_set]
MARK = re.compile(r"【([^】]*)】")
#: Rule files whose hits mark what must be found, and the groups that hold it.
GROUPS = {"problems": ("headline",), "policy_patterns": ("name",)}
FINDERS = {"causes": stated_causes, "effects": stated_effects}


def expected(hit: str, name: str) -> tuple[str, list[str]]:
    """The example without its marks, and what was marked; in other files 【】 are text."""
    if name not in GROUPS and name not in FINDERS:
        return hit, []
    return MARK.sub(r"\1", hit), MARK.findall(hit)


@pytest.mark.parametrize(("name", "rule"), ALL, ids=[r.id for _, r in ALL])
def test_hits_and_misses(name: str, rule: Rule) -> None:
    assert rule.hits, "a rule without an example proves nothing"
    assert rule.misses, "a rule without a counterexample proves nothing"
    for hit in rule.hits:
        text, marked = expected(hit, name)
        match = rule.search(text)
        assert match, f"{rule.id} does not hit {hit}"
        if name in GROUPS and marked:
            assert [match[g] for g in GROUPS[name] if g in match.groupdict()] == marked
    if name not in FINDERS:
        for miss in rule.misses:
            assert not rule.search(miss), f"{rule.id} hits {miss}"


@pytest.mark.parametrize("name", FINDERS)
def test_finders_take_what_is_marked(name: str) -> None:
    for rule in RULES[name]:
        for hit in rule.hits:
            text, marked = expected(hit, name)
            found = [text[f.start : f.end] for f in FINDERS[name](text, 0, len(text), RULES)]
            assert found == marked, rule.id
        for miss in rule.misses:
            assert not [f for f in FINDERS[name](miss, 0, len(miss), RULES) if f.rule == rule.id], (
                rule.id,
                miss,
            )


@pytest.mark.parametrize("name", ["leads", "headings", "causes", "effects", "policy_patterns"])
def test_rules_that_are_tried_everywhere_have_cues(name: str) -> None:
    assert [rule.id for rule in RULES[name] if not rule.cues] == []


@pytest.mark.parametrize("name", RULES.sets)
def test_patterns_can_be_read(name: str) -> None:
    written = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    long = [r["id"] for r in written["rule"] if max(map(len, r["pattern"].split("\n"))) > 140]
    assert long == [], "one alternative a line; what others share stands in words.toml"


def test_each_class_of_words_is_used() -> None:
    words = tomllib.loads((FOLDER / "words.toml").read_text("utf-8"))
    patterns = "".join((FOLDER / f"{name}.toml").read_text("utf-8") for name in RULES.sets)
    assert [name for name in words["signs"] | words["words"] if f"{{{name}}}" not in patterns] == []


def test_levels_of_places_are_those_of_the_language() -> None:
    signs = tomllib.loads((FOLDER / "words.toml").read_text("utf-8"))["signs"]
    assert (signs["level"], signs["division"]) == (f"[{LEVELS}]", f"[{DIVISIONS}]")


def test_ids_are_unique() -> None:
    ids = [rule.id for _, rule in ALL]
    assert len(ids) == len(set(ids))


def test_policies_have_one_entry_a_name() -> None:
    names = [n for p in RULES.policies for n in (p.name, *p.aliases)]
    assert len(RULES.policies) >= 300
    assert sorted(n for n in set(names) if names.count(n) > 1) == []
