"""What `suyin judge` does: judges problems and links, lists the judgements, takes them back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cli.terminal import show
from graph.errors import QueryError
from graph.judgements import JudgementError
from graph.reviewing import add_review, list_reviews, withdraw_review
from graph.reviews import ENDS, ReviewVerdict
from graph.store import GraphStore

COLUMNS = (
    "line",
    "state",
    "verdict",
    "what",
    "left",
    "right",
    "left_instead",
    "right_instead",
    "headline",
    "code",
    "title",
    "by",
    "at",
    "why",
    "key",
    "report",
)
#: Of these the table on the screen has no room for more.
SHOWN = ("line", "state", "verdict", "what", "left", "right", "by", "why", "key")
STATES = {
    "fits": "相符 fits",
    "unapplied": "未应用 unapplied",
    "misfit": "已不符 misfit",
    "absent": "无此报告 absent",
}

_FIND = (
    "MATCH (n:{0})-[:STATED_IN]->(r:Report) "
    "WHERE n.id = $name OR n.text STARTS WITH $name{1} "
    "RETURN n.id AS id, r.title AS title, n.text AS text ORDER BY id LIMIT 5"
)
_LABELS = {"Problem": " OR n.headline = $name", "RootCause": "", "Recommendation": " OR n.headline = $name"}


def judge(store: GraphStore, names: Sequence[str], verdict: ReviewVerdict, **said: str) -> None:
    """Judge a problem, or a link by its two ends; `said` as for `add_review`. Raises SuyinError."""
    found = [_find(store, name) for name in names]
    what = next(
        (
            what
            for what, sides in ENDS.items()
            if len(found) == sum(map(bool, sides))
            and all(label in side for (label, _), side in zip(found, sides, strict=False))
        ),
        None,
    )
    if what is None:
        raise QueryError(
            f"{' → '.join(label for label, _ in found)}: 不能判断 cannot be judged; what can is "
            "a Problem, Problem → RootCause, or Recommendation → Problem or RootCause"
        )
    left, *right = (id_ for _, id_ in found)
    one = add_review(store, what, left, *right, verdict=verdict, **said)
    show(f"{store.judgements.where}: line {one.line}: {one} {verdict} ({one.key})")


def withdraw(store: GraphStore, which: str) -> None:
    """Take back the judgement of a line or of a key. Raises SuyinError."""
    key, by = which, None
    if which.isdecimal() and len(which) < 8:
        there = [each.review for each in list_reviews(store) if each.review.line == int(which)]
        if not there:
            raise JudgementError(
                f"{store.judgements.where}: line {which}: 没有这条判断 no judgement of a "
                "finding; see suyin judge"
            )
        key, by = there[0].key, there[0].by
    for one in withdraw_review(store, key, by):
        show(f"{store.judgements.where}: 已撤销 taken back: {one} {one.verdict} ({one.by})")


def rows(store: GraphStore, *, short: bool) -> list[dict[str, Any]]:
    """The judgements of the file, by COLUMNS; `short`: only the words that they name. Raises SuyinError."""
    found = []
    for each in list_reviews(store):
        row: dict[str, Any] = {
            "line": each.review.line,
            "key": each.review.key,
            **each.review.cells(),
            "state": STATES[each.state] if short else each.state,
        }
        if short:
            row["left"], row["right"] = (q.words if q else "" for q in (each.review.left, each.review.right))
        found.append(row)
    return found


def _find(store: GraphStore, name: str) -> tuple[str, str]:
    """Label and id of the node of this id, headline, or first words. Raises QueryError."""
    found = (
        [
            (label, row)
            for label, also in _LABELS.items()
            for row in store.read(_FIND.format(label, also), name=name)
        ]
        if name
        else []
    )
    if len(found) == 1:
        return found[0][0], found[0][1]["id"]
    if not found:
        raise QueryError(
            f"没有这个问题、原因或建议 there is no problem, cause, recommendation {name!r:.60}; "
            "if it is rejected, take that back: suyin judge"
        )
    which = "; ".join(f"{row['id']} {label} {row['title']}: {row['text'][:16]}" for label, row in found)
    raise QueryError(f"{name!r:.60} 不止一个，请给 id · are several, give an id: {which}")
