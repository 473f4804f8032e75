"""How patterns are written, and the literals that are read off them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extract.rules import load_rules
from extract.rules.checks import BadRule
from extract.rules.cues import cues_of
from extract.rules.patterns import any_of, plain

SAMPLES = Path(__file__).parents[3] / "samples" / "reports"


def test_lines_are_joined_and_comments_left_out() -> None:
    written = "\n  (?:经查\n    # who says so\n    |据查\n  )，?\n"
    assert plain(written, {}, "here") == "(?:经查|据查)，?"


def test_names_in_braces_are_replaced_and_repetitions_kept() -> None:
    assert plain("{these}{2,3}问题{2}", {"these": "(?:上述|以上)"}, "here") == "(?:上述|以上){2,3}问题{2}"


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(BadRule, match=r"here: unknown class of words \{thees\}; did you mean 'these'"):
        plain("{thees}", {"these": "x"}, "here")


def test_the_longest_of_a_class_is_taken() -> None:
    assert re.match(any_of(["以致", "以致于", "引发"]), "以致于停工")[0] == "以致于"  # type: ignore[index]


@pytest.mark.parametrize(
    ("pattern", "cues"),
    [
        ("由于(?P<cause>.{2,9})导致了", {"导致了"}),
        ("(?:导致|致使)了?", {"导致", "致使"}),
        ("督[查察导]组?", {"督查", "督察", "督导"}),
        ("应当?立即", {"应立即", "应当立即"}),
        ("(?<=。)(?:其一|第一，)", {"其一", "第一，"}),
        ("(?=原因|根源).{4}", {"原因", "根源"}),
        ("(?:经查)?", set()),
        ("[^，]{3,9}(?:不|.)", set()),
        ("(?!未).{2}发现", {"发现"}),
        ("(?:问题){2,}", {"问题"}),
    ],
)
def test_cues(pattern: str, cues: set[str]) -> None:
    assert set(cues_of(pattern)) == cues


def test_no_text_that_a_rule_finds_lacks_its_cues() -> None:
    """In the samples, for all rules: what says quickly no is never wrong."""
    texts = [t for path in sorted(SAMPLES.glob("*.txt")) for t in path.read_text("utf-8").split("。")]
    rules = [rule for of_file in load_rules().sets.values() for rule in of_file]
    found = 0
    for rule in rules:
        cues = cues_of(rule.pattern.pattern)
        for text in texts if cues else ():
            if rule.pattern.search(text):
                found += 1
                assert any(cue in text for cue in cues), (rule.id, text)
    assert found > 1000
