"""How far a rectification has come: the last clause that says so decides, where none does a trained head."""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.heads import Features, Grams
from extract.rules import Rules

#: So many characters of a measure a head reads.
_READ = 200
#: What counts items of a list: (1), 一是.
_MARKER = re.compile(r"\s*[（(]?[\d一二三四五六七八九十①-⑩]+[）).、是]?\s*")
#: So far from the start of a sentence a plan may begin, behind its subject.
_NEAR = 8
_SENTENCE = re.compile(r"[^。；;\n]*[^。；;\s][^。；;\n]*")


def of_measure(text: str, said: str | None) -> Features:
    """What the head sees of a measure: its characters and pairs, those of its last sentence, how it begins,
    what its words say."""
    bare = text.strip()
    last = _SENTENCE.findall(bare)[-1:] or [bare]
    begin = _MARKER.match(bare)
    start = begin.end() if begin else 0
    return {
        **Grams(bare[:_READ]).of(0, _READ),
        **{f"last:{pair}": value for pair, value in Grams(last[0]).of(0, len(last[0])).items()},
        f"said:{said}": 2.0,
        f"begins:{bare[start : start + 2]}": 1.0,
        "figures": float(any(map(str.isdigit, bare))),
    }


def status_of(text: str, rules: Rules) -> str | None:
    """The status that the last clause with one says (done, ongoing, long-term); None where none does.

    The same words give the same status wherever they stand, whatever goes before them.
    """
    told = rules["rectification"]
    status: str | None = None
    for sentence in re.finditer(r"[^。；！？\n]+", text):
        found, rest, planned, before = None, None, False, ""
        for clause in re.finditer(r"[^，：]+", sentence[0]):
            plan = _first_plan(clause[0], rules)
            end = len(clause[0]) if plan is None else plan.start
            said = _of_clause(clause[0], end, rules) if not planned else None
            planned = planned or (plan is not None and plan.whole)
            if told["by-itself"].pattern.fullmatch(clause[0]):
                said = "long-term"
            elif told["label"].pattern.fullmatch(before) and (
                rule := rules["tables"]["status"].first(clause[0].strip())
            ):
                said = str(rule.props["status"])  # 是否完成：是
            before = clause[0].strip()
            if said is not None:
                found = said
                if said == "ongoing" and told["rest"].pattern.search(clause[0]):
                    rest = said  # 其余3项正在推进: the whole is not done, whatever else is
        status = rest or found or status
    return status


def only_plans(text: str, rules: Rules) -> bool:
    """Does each sentence begin with what will be done: 将进一步加强巡查?"""
    begins = (_first_plan(re.split("[，：]", sentence)[0], rules) for sentence in _SENTENCE.findall(text))
    return all(plan is not None and plan.start <= _NEAR for plan in begins)


class _Plan(NamedTuple):
    """Where a plan begins in a clause, and whether all that follows in its sentence is one."""

    start: int
    whole: bool


def _first_plan(clause: str, rules: Rules) -> _Plan | None:
    plans = (
        _Plan(m.start(), rule.props.get("scope") == "sentence")
        for rule in rules["plans"]
        for m in rule.finditer(clause)
    )
    return min(plans, default=None)


def _of_clause(clause: str, end: int, rules: Rules) -> str | None:
    """The last status before `end`; where matches overlap, that of the rule that stands first."""
    found = sorted(
        (m.start(), m.end(), rank, str(rule.props["status"]))
        for rank, rule in enumerate(rules["measures"])
        if rule.props["status"] != "planned"
        for m in rule.finditer(clause)
        if m.start() < end
    )
    reach, best = 0, (len(found), "")
    for start, stop, rank, status in found:
        best = min(best, (rank, status)) if start < reach else (rank, status)
        reach = max(reach, stop)
    return best[1] or None
