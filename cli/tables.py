"""The tables that the commands print at their end."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING

from cli.terminal import complain, show, show_table
from extract.evaluate.tally import JUDGED, OVERALL

if TYPE_CHECKING:
    from cli.run_log import RunLog
    from extract.evaluate.gold import Gold
    from extract.evaluate.tally import Scores
    from extract.reading.explain import Considered
    from extract.runs.failures import Failure
    from graph.verify import Checked

_STATUS = {"loaded": "新装入 loaded", "unchanged": "未变 unchanged", "replaced": "已替换 replaced"}


def show_extracted(
    documents: int, nodes: Mapping[str, int], warnings: int, failed: int, *, before: int | None = None
) -> None:
    """`nodes`: how many of each label were found; `before`: files that an earlier run had read."""
    show_table(
        ("", "数量 count"),
        [
            ("报告 reports", documents),
            *([] if before is None else [("先前已读 read before", before)]),
            ("失败 failed", failed),
            ("提示 warnings", warnings),
            ("问题 problems", nodes.get("Problem", 0)),
            ("原因 causes", nodes.get("RootCause", 0)),
            ("建议 recommendations", nodes.get("Recommendation", 0)),
        ],
    )


def show_loaded(written: Mapping[str, Counter[str]], failed: int) -> None:
    """`written`: status -> how many reports came to it, with their nodes, edges and warnings."""
    columns = ("reports", "nodes", "edges", "warnings")
    none = Counter[str]()
    rows = [
        (title, *(written.get(status, none)[column] for column in columns))
        for status, title in _STATUS.items()
    ]
    show_table(
        ("", "报告 reports", "节点 nodes", "关系 edges", "提示 warnings"),
        [*rows, ("失败 failed", failed, 0, 0, 0)],
    )


def complain_at_the_end(log: RunLog, failed: int, *, unrecorded: int, where: str) -> None:
    """What is not lost in silence: how many warnings and failures there are, and how to see them."""
    if log.warnings:
        complain(
            f"warning: {log.warnings} in {log.warned} reports, of parts that gave nothing and the like; "
            f"they are listed by --verbose, and {where}"
        )
    if unrecorded:
        complain(f"{failed} failed, {unrecorded} of them not recorded; see above")
    elif failed:
        complain(f"{failed} failed; see them: suyin failures; try them again: suyin failures --retry")


def show_considered(clauses: Iterable[Considered]) -> None:
    """Clause by clause the roles that the trained reader thought of, with their probabilities."""
    show_table(
        ("位置 at", "分句 clause", "角色 roles"),
        [
            (f"{c.start}-{c.end}", c.text, ", ".join(f"{role} {share:.2f}" for role, share in c.roles))
            for c in clauses
        ],
    )


def show_failures(failures: Iterable[Failure]) -> None:
    show_table(
        ("文件 file", "原因 reason", "命令 command", "到 to", "时间 when"),
        [
            (_near(f.file), f.reason, f.job.command, _near(f.job.target), f.when.replace("+00:00", "Z"))
            for f in failures
        ],
    )


def show_counts(counts: Mapping[str, Mapping[str, int]], digest: str) -> None:
    """Of a store: nodes by label, edges by type."""
    show_table(("节点 nodes", "数量 count"), list(counts["nodes"].items()))
    show_table(("关系 edges", "数量 count"), list(counts["edges"].items()))
    show(f"digest {digest}")


def show_checked(checked: Checked, faults: Sequence[Mapping[str, object]]) -> None:
    """Of a store: how much was looked at, and what is wrong."""
    if faults:
        show_table(list(faults[0]), [list(fault.values()) for fault in faults])
    show_table(
        ("", "数量 count"),
        [
            ("报告 reports", checked.reports),
            ("其中无原文 without text", checked.without_text),
            ("引文和位置 quotes and places", checked.quotes),
            ("错误 violations", len(faults)),
        ],
    )


def show_annotations(golds: Iterable[Gold]) -> None:
    show_table(
        ("标注 annotations", "节点 nodes", "错误 faults"),
        [(each.name, sum(map(len, each.nodes.values())), len(each.faults)) for each in golds],
    )


def show_scores(parts: Mapping[str, Scores]) -> None:
    """By the name of each part of the reports; that of the whole is empty."""
    for name, scores in parts.items():
        if name:
            show(f"\n{name} ({scores.reports})")
        show_table(
            ("", "精确 P", "召回 R", "F1", "对 right", "错 wrong", "漏 missed"),
            [
                (row, *(f"{x:.3f}" for x in (tally.precision, tally.recall, tally.f1)), *astuple(tally))
                for row, tally in scores.rows.items()
            ],
        )
        empty = [row for row in OVERALL if row not in (*scores.rows, *JUDGED)]
        show(
            f"总分 overall F1 {scores.overall:.3f}"
            + (f"（不计 without {', '.join(empty)}：无可计 nothing to count）" if empty else "")
        )


def _near(path: str) -> str:
    """A path below the current folder, from there."""
    here = os.getcwd() + os.sep
    return path.removeprefix(here) or path
