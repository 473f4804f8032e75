"""Checks that what a store holds is what the texts say: each quote is its slice of its report's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.judge import stale_reports
from graph.store import GraphStore

_PAGE = 50  # reports whose texts are held at a time
_REPORTS = (
    "MATCH (r:Report) WHERE r.id > $after WITH r ORDER BY r.id LIMIT $page "
    "OPTIONAL MATCH (r)-[:HAS_TEXT]->(t:SourceText) "
    "RETURN r.id AS id, r.chars AS chars, t.text AS text ORDER BY id"
)
_NODES = (
    "UNWIND $ids AS id MATCH (n)-[s:STATED_IN]->(r:Report {id: id}) "
    "RETURN id AS report, labels(n)[0] AS label, n.id AS id, n.text AS text, n.start AS start, "
    "n.end AS end, s.start AS said_start, s.end AS said_end ORDER BY report, start, id"
)
_EDGES = (
    "UNWIND $ids AS id MATCH (r:Report {id: id})<-[:STATED_IN]-(n) MATCH (n)-[e]->() "
    "WHERE e.start IS NOT NULL AND type(e) <> 'STATED_IN' "
    "RETURN r.id AS report, type(e) AS label, e.id AS id, e.start AS start, e.end AS end, e.cue AS cue "
    "UNION ALL "
    "UNWIND $ids AS id MATCH (r:Report {id: id})-[e]->() WHERE e.start IS NOT NULL "
    "RETURN r.id AS report, type(e) AS label, e.id AS id, e.start AS start, e.end AS end, e.cue AS cue"
)
_SPACE = re.compile(r"[\s\ufeff]")


@dataclass(frozen=True, slots=True)
class Violation:
    """A node or edge that is not what the text says, or a report that is not as the judgements say."""

    report: str
    label: str
    id: str
    start: int | None
    end: int | None
    fault: str


@dataclass(slots=True)
class Checked:
    """How much was looked at; `without_text`: reports whose text is not there to compare with."""

    reports: int = 0
    quotes: int = 0
    without_text: int = 0


def check_store(store: GraphStore, checked: Checked) -> Iterator[Violation]:
    """What is wrong, report after report; counts in `checked`. Holds some texts at a time.

    Raises JudgementError, StoreError.
    """
    for report in stale_reports(store):
        yield Violation(
            report, "Report", report, None, None, "not as the judgements say; do: suyin resolve --apply"
        )
    after = ""
    while page := store.read(_REPORTS, after=after, page=_PAGE):
        after = page[-1]["id"]
        texts = {row["id"]: row["text"] for row in page}
        checked.reports += len(page)
        checked.without_text += sum(text is None for text in texts.values())
        for row in page:
            if row["text"] is not None and len(row["text"]) != row["chars"]:
                yield Violation(
                    row["id"],
                    "Report",
                    row["id"],
                    0,
                    row["chars"],
                    f"its text has {len(row['text'])} characters",
                )
        for row in [*store.read(_NODES, ids=list(texts)), *store.read(_EDGES, ids=list(texts))]:
            checked.quotes += 1
            if fault := _fault(row, texts[row["report"]]):
                yield Violation(row["report"], row["label"], row["id"], row["start"], row["end"], fault)


def _fault(row: dict[str, object], text: str | None) -> str | None:
    start, end = row["start"], row["end"]
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end):
        return "it has no place"
    if "said_start" in row and (row["said_start"], row["said_end"]) != (start, end):
        return "its STATED_IN edge gives another place"
    if text is None:
        return None
    if end > len(text):
        return f"its place is behind the end of the text ({len(text)})"
    found = text[start:end]
    if "text" in row and row["text"] != found:
        return f"its text is not what stands there: {found:.40}"
    if (cue := row.get("cue")) and _SPACE.sub("", str(cue)) not in _SPACE.sub("", found):
        return f"its cue {cue} does not stand there: {found:.40}"
    return None
