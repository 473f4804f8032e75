"""Judging what was found in a report, as pages and commands do it: add a judgement, list them, take one back.

The file of judgements is what counts. Each change of it is written whole or not at all, by one writer at a
time, and the reports concerned are then written anew in the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeAlias

from graph.data import GraphData
from graph.errors import QueryError
from graph.judge import apply_judgements, judge, reviewed_reports, unjudge
from graph.judgements import JudgementError, parse_judgements, read_judgements
from graph.judgements_file import add_line, drop_lines, edit_judgements, following
from graph.quotes import FoldedText, Quote, QuoteError
from graph.read import read_graph
from graph.review_find import Finder, Key
from graph.reviews import ENDS, Review, ReviewError, ReviewVerdict, What, parse_review
from graph.store import GraphStore

#: What should stand there instead: the id of a node of the report, words of its text, or their start and end.
Instead: TypeAlias = str | tuple[int, int]
#: How a judgement stands with the graph. `fits`: a report's graph follows it; `unapplied`: one could, but was
#: written before the judgement; `misfit`: the report no longer has what was judged; `absent`: no such report
#: is there.
State = Literal["fits", "unapplied", "misfit", "absent"]

_REPORT_OF = "MATCH (n:{0} {{id: $id}})-[:STATED_IN]->(r:Report) RETURN r.id AS id"


@dataclass(frozen=True, slots=True)
class Listed:
    """A judgement of the file, how it stands with the graph, and the ids of the reports that it may be of."""

    review: Review
    state: State
    reports: tuple[str, ...]


def add_review(
    store: GraphStore,
    what: What,
    left: str,
    right: str | None = None,
    *,
    verdict: ReviewVerdict,
    by: str,
    why: str = "",
    headline: str = "",
    code: str = "",
    left_instead: Instead = "",
    right_instead: Instead = "",
) -> Review:
    """Judge a problem (`left`: its id) or a link (the ids of its ends, as in the store).

    An earlier judgement of it by the same person is replaced; of several persons the last counts. A problem
    is corrected by a `headline`, the `code` of a category, or other words (`left_instead`); a link by
    another end, a cause also by words of the text that no node stands on, with the `code` of its type.
    Raises JudgementError, QueryError, StoreError; then nothing is written.
    """
    if not by.strip():
        raise JudgementError("谁判断的？ who judges? give a name")
    path = _file(store)
    data, keys = _judged_report(store, what, left, right)
    text = FoldedText.of(data)
    finder = Finder(data, text)
    cells = {
        "what": what,
        "verdict": verdict,
        "report": data.report_id,
        "title": str(data.report.properties.get("title", "")),
        "headline": headline.strip(),
        "code": code,
        "by": by.strip(),
        "why": why.strip(),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    if what == "Problem" and verdict == "confirmed":  # what stands there then is confirmed with it
        found = next(n.properties for n in data.nodes if (n.label, n.id) == keys[0])
        cells |= {
            "headline": headline or found.get("headline", ""),
            "code": code or found.get("category", ""),
        }
    try:
        for side, key in zip(("left", "right"), keys, strict=False):
            cells[side] = str(_quote_node(data, text, key))
        for side, given in (("left", left_instead), ("right", right_instead)):
            if given:
                cells[f"{side}_instead"] = str(_quote_instead(data, text, given))
        review = parse_review(cells, 0)
    except (QuoteError, ReviewError) as err:
        raise JudgementError(f"{what} {left}: {err}") from err
    ends = finder.ends(review)
    if ends is None or ends.found != (*keys, None)[:2]:
        raise JudgementError(f"{review}: these words do not lead back to it; judge it by hand in {path}")

    def change(old: str) -> str:
        before = parse_judgements(old, where=str(path)).of_report(data.report_id, review.title)
        mine = {
            one.line
            for one in before
            if one.by == review.by and (other := finder.ends(one)) and other.finding == ends.finding
        }
        return add_line(drop_lines(old, mine), review.cells())

    judgements = edit_judgements(path, change)
    _follow(store, path, [review])
    return judgements.reviews[-1]  # a line is added at the end


def withdraw_review(store: GraphStore, key: str, by: str | None = None) -> list[Review]:
    """Take back the judgements of this key (`Review.key`), only this person's where one is named.

    Returns them. Raises JudgementError where there is none, StoreError.
    """
    path, gone = _file(store), list[Review]()

    def change(old: str) -> str:
        gone[:] = [
            one
            for one in parse_judgements(old, where=str(path)).reviews
            if one.key == key and by in (None, one.by)
        ]
        if not gone:
            raise JudgementError(f"{path}: 没有这条判断 there is no judgement {key!r}; see suyin judge")
        return drop_lines(old, {one.line for one in gone})

    edit_judgements(path, change)
    _follow(store, path, gone)
    return gone


def list_reviews(store: GraphStore, report: str | None = None) -> list[Listed]:
    """The judgements of the file as it is now, in its order; only those that may be of `report` (an id).

    Raises JudgementError, StoreError.
    """
    store.judgements = read_judgements(store.judgements_file) if store.judgements_file else store.judgements
    rows = reviewed_reports(store)
    may_be = {row["id"]: store.judgements.of_report(row["id"], row["title"]) for row in rows}
    held = {row["id"]: set(row["judgements"]) for row in rows}
    would: dict[str, set[str]] = {}
    listed = []
    for one in store.judgements.reviews:
        reports = tuple(id_ for id_, reviews in may_be.items() if any(one is each for each in reviews))
        if report is not None and report not in reports:
            continue
        state: State = "misfit" if reports else "absent"
        if any(one.key in held[id_] for id_ in reports):
            state = "fits"
        elif any(one.key in would.setdefault(id_, _would_hold(store, id_)) for id_ in reports):
            state = "unapplied"
        listed.append(Listed(one, state, reports))
    return listed


def misfits(store: GraphStore) -> Iterator[str]:
    """A line for each judgement that fits nothing any more, and one for those whose reports are not there."""
    listed = list_reviews(store)
    for each in listed:
        if each.state == "misfit":
            yield misfit(each.review, store.judgements.where)
    if absent := sum(each.state == "absent" for each in listed):
        yield (
            f"{store.judgements.where}: {absent} 条判断的报告不在图中 judgements are of reports "
            "that are not in the graph; suyin judge lists them"
        )


def misfit(one: Review, where: str) -> str:
    """The line that says so of one; `where`: the file."""
    return (
        f"{where}: line {one.line}: 报告中已没有 fits nothing any more in {one.title or one.report}: "
        f"{one}; 请改或删去这一行 mend or delete the line"
    )


def _judged_report(
    store: GraphStore, what: What, left: str, right: str | None
) -> tuple[GraphData, list[Key]]:
    """The graph of the report as it was found, and the nodes there. Raises QueryError, JudgementError."""
    if what not in ENDS or (right is not None) != bool(ENDS[what][1]):
        raise JudgementError(f"{what}: what is judged is a Problem, or CAUSED_BY or ADDRESSES with both ends")
    ends = zip(ENDS[what], (left, right), strict=True)
    places = [_place(store, labels, id_) for labels, id_ in ends if id_]
    if len({report for report, _ in places}) > 1:
        raise QueryError(f"{left} and {right} stand in two reports")
    stored = read_graph(store, places[0][0])
    if stored is None:
        raise QueryError(f"there is no report {places[0][0]!r} any more")
    data, keys = unjudge(stored), [key for _, key in places]
    links = {(e.type, (e.source_label, e.source), (e.target_label, e.target)) for e in data.edges}
    if not {*keys} <= {(n.label, n.id) for n in data.nodes} or (right and (what, *keys) not in links):
        ids = " → ".join(id_ for _, id_ in keys)
        raise JudgementError(
            f"{what} {ids}: 报告中没有 was not found in the report; "
            "if a judgement put it there, take that back: suyin judge"
        )
    return data, keys


def _place(store: GraphStore, labels: Iterable[str], id_: str) -> tuple[str, Key]:
    """Report and key of a node."""
    for label in labels:
        for row in store.read(_REPORT_OF.format(label), id=id_):
            return row["id"], (label, id_)
    raise QueryError(
        f"there is no {' or '.join(labels)} {id_!r}; if it is rejected, take that back: suyin judge"
    )


def _quote_node(data: GraphData, text: FoldedText, key: Key) -> Quote:
    said: Mapping[str, Any] = next(n.properties for n in data.nodes if (n.label, n.id) == key)
    return Quote.of(text, said["start"], said["end"])


def _quote_instead(data: GraphData, text: FoldedText, given: Instead) -> Quote:
    """Raises QuoteError."""
    if isinstance(given, str):
        if node := next((n for n in data.nodes if n.id == given and "start" in n.properties), None):
            return _quote_node(data, text, (node.label, node.id))
        span = Quote.parse(given).find(text)
        if span is None or span.end is None:
            raise QuoteError(f"{given!r:.60} 没有或不止一处 is not there, or several times; give more")
        given = text.place(span.start, span.end)
    start, end = given
    if not 0 <= start < end <= len(text.source):
        raise QuoteError(f"{start}–{end} is no place in the text")
    return Quote.of(text, start, end)


def _would_hold(store: GraphStore, report_id: str) -> set[str]:
    stored = read_graph(store, report_id)
    data = stored and judge(unjudge(stored), store.judgements)
    return set(data.report.properties.get("judgements", ())) if data else set()


def _follow(store: GraphStore, path: Path, reviews: Iterable[Review]) -> None:
    """Write the reports of these as the file, which others may have changed meanwhile, has them."""
    ids = {
        row["id"]
        for one in reviews
        for row in store.read(
            "MATCH (r:Report) WHERE r.id = $id OR ($title <> '' AND r.title = $title) RETURN r.id AS id",
            id=one.report,
            title=one.title,
        )
    }
    with following(path) as judgements:
        store.judgements = judgements
        apply_judgements(store, ids)


def _file(store: GraphStore) -> Path:
    if store.judgements_file is None:
        raise JudgementError("this store has no file of judgements; set SUYIN_JUDGEMENTS")
    return store.judgements_file
