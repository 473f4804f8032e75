"""As much of loading a report as needs no store, done in any process: its graph, checked, as rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from extract.model import Findings
from graph.build import build_graph, check_graph
from graph.judge import judge
from graph.judgements import Judgements
from graph.rows import Rows, rows_of
from graph.schema import load_schema


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report that waits for its transaction.

    `rows`: what is written, or why nothing can be. `bare`: the findings, where they came without their text.
    """

    report_id: str
    rows: Rows | Exception
    bare: Bare | None


class Bare:
    """Findings without their text, which the store may have of the same file: of that hash and length.

    They go from one process to another as a document, which is read where they are needed: that is a tenth
    of the work, and of most reports the store has nothing.
    """

    def __init__(self, sha256: str, chars: int, findings: Findings | str) -> None:
        self.sha256, self.chars, self._findings = sha256, chars, findings

    def with_text(self, text: str) -> Findings:
        """The findings with their text."""
        if isinstance(self._findings, str):
            return Findings.from_dict(json.loads(self._findings), source_text=text)
        return replace(self._findings, source_text=text)

    def __reduce__(self) -> tuple[Callable[[str, int, str], Bare], tuple[str, int, str]]:
        document = self._findings
        if isinstance(document, Findings):
            document = json.dumps(document.to_dict(), ensure_ascii=False)
        return Bare, (self.sha256, self.chars, document)


def prepare(findings: Findings, judgements: Judgements) -> Prepared:
    """Units and policies are one or two as `judgements` say, and findings are as people judged them."""
    rows: Rows | Exception
    try:
        data = judge(build_graph(findings), judgements)
        check_graph(data, load_schema())
        rows = rows_of(data)
    except Exception as err:  # noqa: BLE001 - whatever is wrong with one, the others go on
        rows = err
    report, bare = findings.report, findings.source_text is None
    return Prepared(str(report.id), rows, Bare(report.sha256, report.chars, findings) if bare else None)
