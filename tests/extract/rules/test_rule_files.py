"""A slip in a rule file is refused when it is read, in one line: which file, which rule, what to write instead."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from extract import rules
from extract.rules import BadRule

#: A rule of each of some files, as somebody might add it.
GOOD: dict[str, dict[str, object]] = {
    "causes": {
        "id": "cause.new", "confidence": 0.9, "hits": ["因为【制度缺失】所致"], "misses": ["因为"],
        "pattern": "因为(?P<cause>{C}{2,9})(?P<cue>所致)",
    },
    "evidence": {"id": "evidence.new", "what": "soft", "pattern": "^经查", "hits": ["经查"], "misses": ["检查"]},
    "headings": {
        "id": "heading.new", "role": "problems", "pattern": "^问题$", "hits": ["问题"], "misses": ["无"],
    },
    "leads": {
        "id": "lead.new", "role": "causes", "pattern": "(?P<lead>缘由：)", "hits": ["缘由："], "misses": ["无"],
    },
    "measures": {"id": "measure.new", "status": "done", "pattern": "已办妥", "hits": ["已办妥"], "misses": ["未办妥"]},
    "plans": {"id": "plan.new", "scope": "sentence", "pattern": "来年", "hits": ["来年"], "misses": ["去年"]},
    "problems": {
        "id": "problem.new", "what": "quoted", "pattern": "“(?P<headline>{C}+)”问题", "hits": ["“不严”问题"], "misses": ["无"],
    },
    "kinds": {
        "id": "kind.new", "kind": "audit-report", "where": "title", "pattern": "审签", "hits": ["审签"], "misses": ["无"],
    },
    "tables": {
        "id": "table.new", "what": "column", "column": "unit", "pattern": "^单位$", "hits": ["单位"], "misses": ["无"],
    },
}  # fmt: skip
LOST = object()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The rule files, to be spoilt."""
    shutil.copytree(rules.FOLDER, tmp_path / "rules")
    monkeypatch.setattr(rules, "FOLDER", tmp_path / "rules")
    rules.load_unit_words.cache_clear()
    yield tmp_path / "rules"
    rules.load_unit_words.cache_clear()


def add(folder: Path, name: str, **changes: object) -> None:
    """A rule more in a file: the good one with some keys changed, or without those that are LOST."""
    entry = {key: value for key, value in (GOOD[name] | changes).items() if value is not LOST}
    written = "\n".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items())
    with (folder / f"{name}.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[[rule]]\n{written}\n")


def refused() -> str:
    with pytest.raises(BadRule) as told:
        rules.load_rules.__wrapped__()
    return str(told.value)


def test_rules_without_a_slip_are_taken(folder: Path) -> None:
    for name in GOOD:
        add(folder, name)
    read = rules.load_rules.__wrapped__()
    assert {f"{good['id']}" for good in GOOD.values()} <= {
        rule.id for of in read.sets.values() for rule in of
    }


@pytest.mark.parametrize(
    ("name", "changes", "fix"),
    [
        ("causes", {"confidence": 9.5}, "confidence: 9.5 must be 1 or less"),
        ("causes", {"confidence": LOST}, "'confidence' is missing"),
        ("causes", {"negative": "yes"}, "negative: 'yes' must be true or false, without quotes"),
        ("causes", {"misses": "因为"}, "misses: '因为' must be a list in brackets, such as"),
        ("causes", {"pattern": "因为(?P<cue>所致)"}, "no group 'cause'; put (?P<cause>…) round what it is"),
        ("causes", {"hits": LOST}, "'hits' is missing"),
        ("causes", {"hits": []}, "hits is empty; give at least one"),
        ("causes", {"misses": LOST}, "'misses' is missing"),
        ("causes", {"pattern": "(?P<cause>{C}+)(?P<cue>所致"}, "the pattern does not compile: missing )"),
        (
            "causes",
            {"pattern": "{D}(?P<cause>{C}+)(?P<cue>致)"},
            "unknown class of words {D}; known: C, S",
        ),
        ("causes", {"confidense": 0.9}, "unknown key 'confidense'; did you mean 'confidence'?"),
        ("causes", {"id": "cause.youyu"}, "the id is used twice; give one of them another"),
        ("evidence", {"what": "sofd"}, "what: unknown 'sofd'; did you mean 'soft'? known: concrete, cue"),
        ("evidence", {"pattern": LOST}, "'pattern' is missing"),
        ("headings", {"role": "problem"}, "role: unknown 'problem'; did you mean 'problems'?"),
        ("leads", {"pattern": "缘由："}, "no group 'lead'; put (?P<lead>…) round what it is"),
        ("measures", {"status": "finished"}, "status: unknown 'finished'; known: done, long-term"),
        ("plans", {"scope": "sentences"}, "scope: unknown 'sentences'; did you mean 'sentence'?"),
        ("problems", {"what": "judgment"}, "what: unknown 'judgment'; did you mean 'judgement'?"),
        ("problems", {"pattern": "“{C}+”问题"}, "no group 'headline'"),
        (
            "kinds",
            {"kind": "audit-reports"},
            "unknown kind 'audit-reports'; see taxonomy.toml; did you mean 'audit-report'?",
        ),
        ("tables", {"column": "units"}, "column: unknown 'units'; did you mean 'unit'?"),
        ("tables", {"column": LOST}, "column belongs to what = 'column', and only there"),
    ],
)
def test_a_slip_in_a_rule_is_refused(folder: Path, name: str, changes: dict[str, object], fix: str) -> None:
    add(folder, name, **changes)
    said = refused()
    assert said.startswith(f"rules/{name}.toml: {changes.get('id', GOOD[name]['id'])}: ")
    assert fix in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("effects", "[[rule]]", "[[rules]]", "rules/effects.toml: unknown table 'rules'; did you mean 'rule'?"),
        ("effects", "[[rule]]", "[[rule", "rules/effects.toml: "),
        ("noise", 'what = "tail"', 'what = "drop"', "rules/noise.toml: no rule is 'tail', which is looked for"),
        ("links", "most = 3", "most = 0", "rules/links.toml: links.CAUSED_BY.most: 0 must be 1 or more"),
        ("links", "[0.0, 0.80]", "[0.1, 0.80]", "links.CAUSED_BY.steps must begin at a likeness of 0"),
        ("links", "[links.CAUSED_BY]", "[links.CAUSES]", "rules/links.toml: links.CAUSES"),
        ("taxonomy", "zh = ", "cn = ", "rules/taxonomy.toml: 'kinds.inspection-feedback.zh' is missing"),
        ("categories", "[finance]", "[money]", "rules/categories.toml: money: unknown code; see taxonomy.toml"),
        ("categories", "\n3 = ", "\nthree = ", "rules/categories.toml: theory-study: three: write a weight"),
        ("policies", "aliases =", "alias =", "新时代中国特色社会主义思想: unknown key 'alias'; did you mean 'aliases'?"),
        ("units", "breaks = ", "brakes = ", "rules/units.toml: "),
    ],
)  # fmt: skip
def test_a_slip_elsewhere_in_a_file_is_refused(
    folder: Path, name: str, old: str, new: str, said: str
) -> None:
    path = folder / f"{name}.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert said in refused()


def test_a_file_that_is_not_there_is_named(folder: Path) -> None:
    (folder / "causes.toml").unlink()
    assert refused() == "rules/causes.toml: missing; reinstall Suyin"
