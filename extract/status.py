"""How far a rectification has come, by the words of a text: the last clause that says so decides."""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.rules import Rules


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
