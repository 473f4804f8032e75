"""Which judgements a report has, and of what in its graph each is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.data import GraphData
from graph.judge import unjudge
from graph.judgements import Judgements, read_judgements
from graph.quotes import FoldedText
from graph.review_find import Ends, Finder
from graph.reviews import Review
from graph.store import GraphStore


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A judgement of a report and how it stands there (as `reviewing.State`).

    `found`: ids of the finding that it is of; `stands`: of what stands in the graph for it, none of what it
    rejects. A problem has one id, a link those of both ends; empty where it fits nothing any more.
    `holds`: it is the last of this finding.
    """

    review: Review
    state: Literal["fits", "unapplied", "misfit"]
    found: tuple[str, ...]
    stands: tuple[str, ...]
    holds: bool


def judgements_of(store: GraphStore) -> Judgements:
    """Those of the store's file as it is now. Raises JudgementError."""
    return read_judgements(store.judgements_file) if store.judgements_file else store.judgements


def reviewed(store: GraphStore, data: GraphData) -> list[Reviewed]:
    """The judgements of a report (`data`: its graph as the store has it), in the order of the file as it is
    now. Raises JudgementError.
    """
    reviews = judgements_of(store).of_report(data.report_id, data.report.properties.get("title"))
    if not reviews:
        return []
    was = unjudge(data)
    finder = Finder(was, FoldedText.of(was))
    ends = [finder.ends(one) for one in reviews]
    last = {each.finding: i for i, each in enumerate(ends) if each}
    held = set(data.report.properties.get("judgements") or ())
    return [
        Reviewed(
            one,
            "fits" if one.key in held else "unapplied",
            tuple(key[1] for key in each.found if key),
            _stands(each),
            last[each.finding] == i,
        )
        if each
        else Reviewed(one, "misfit", (), (), holds=False)
        for i, (one, each) in enumerate(zip(reviews, ends, strict=True))
    ]


def _stands(ends: Ends) -> tuple[str, ...]:
    if ends.right[0] is None:
        return ()
    target = ends.right[1][1] if ends.right[1] else ends.passage.id if ends.passage else ""
    return tuple(filter(None, (ends.right[0][1], "" if ends.finding[0] == "Problem" else target)))
