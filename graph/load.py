"""One report into a store: build, check, write."""

from __future__ import annotations

from extract.model import Findings
from graph.build import build_graph
from graph.store import GraphStore, WriteSummary


def load(findings: Findings, store: GraphStore, *, force: bool = False) -> WriteSummary:
    """Write the findings in the place of what the store had of this report, in one transaction.

    A report whose graph is the same already is left alone (`status` unchanged) unless `force`.
    Raises GraphError where the findings are not as the schema says, StoreError where they cannot be written.
    """
    return store.replace_report(build_graph(findings), force=force)
