"""Who judged what stands in a report's graph: the lines of the file of judgements behind each `judged`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

from graph.judge import unjudge
from graph.judgements import JudgementError, read_judgements
from graph.quotes import FoldedText
from graph.read import read_graph
from graph.review_find import Ends, Finder
from graph.reviews import Review
from graph.store import GraphStore

#: What was judged: a node by its id, or a link by its type and the ids of its ends.
Finding: TypeAlias = str | tuple[str, str, str]
#: Reports whose lines are kept in mind.
_KEPT = 200
#: So a report is looked through once, until it is loaded again or the file changes.
_REPORT = "MATCH (r:Report {id: $id}) RETURN r.digest AS digest"


class Judges:
    """Finds the lines of the file that a store's graph follows. May be used by many threads."""

    def __init__(self, store: GraphStore) -> None:
        self.store = store
        self._look = lru_cache(maxsize=_KEPT)(self._find)

    def of_report(self, report_id: str) -> Mapping[Finding, Review]:
        """The line that holds for each judged finding of a report; nothing of lines that are in the file no
        more, or where it cannot be read. Raises StoreError.
        """
        for row in self.store.read(_REPORT, id=report_id):
            return self._look(report_id, row["digest"], self._stamp())
        return {}

    def _stamp(self) -> tuple[int, int] | None:
        """What changes with every change of the file (time and size); None where there is no file."""
        try:
            at = self.store.judgements_file and self.store.judgements_file.stat()
        except OSError:
            return None
        return (at.st_mtime_ns, at.st_size) if at else None

    def _find(self, report_id: str, digest: str, stamp: tuple[int, int] | None) -> Mapping[Finding, Review]:
        stored = self.store.read_together(lambda reader: read_graph(reader, report_id))
        if stored is None or self.store.judgements_file is None:
            return {}
        try:
            judgements = read_judgements(self.store.judgements_file)
        except JudgementError:  # `suyin judge` says what is wrong with it
            return {}
        held = set(stored.report.properties.get("judgements", ()))
        plain = unjudge(stored)
        finder = Finder(plain, FoldedText.of(plain))
        found: dict[Finding, Review] = {}
        for one in judgements.of_report(report_id, plain.report.properties.get("title")):
            if one.key in held and (ends := finder.ends(one)):
                found |= dict.fromkeys(_findings(one, ends), one)  # the last one holds
        return found


def _findings(one: Review, ends: Ends) -> list[Finding]:
    """What bears the judgement in the graph: a problem; a link, and its cause where that was put in."""
    source, target = ends.right
    if source is None:  # rejected
        return []
    if not one.right:
        return [source[1]]
    if ends.passage:
        return [ends.passage.id, (one.what, source[1], ends.passage.id)]
    return [(one.what, source[1], target[1])] if target else []
