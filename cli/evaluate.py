"""`suyin evaluate`: findings scored against annotations, or against what people judged."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli import tables
from cli.options import AsJson
from cli.terminal import complain, show, show_json


class By(StrEnum):
    kind = "kind"
    report = "report"


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD", help="标注 .yaml 或其文件夹，或判断 .csv · annotations or judgements"),
    ],
    findings: Annotated[
        Path | None,
        typer.Argument(metavar="FINDINGS", help="extract 写出的 .json，或其文件夹 · what extract wrote"),
    ] = None,
    *,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="只查标注：引文都在原文中？ · only the annotations: is every quote found?"
        ),
    ] = False,
    by: Annotated[By | None, typer.Option(help="再分别列出 · and for each of these apart")] = None,
    verbose: Annotated[
        bool,
        typer.Option("--verbose", "-v", help="列出漏掉的和错的 · list what was missed and what was wrong"),
    ] = False,
    fail_under: Annotated[
        str, typer.Option(metavar="ROW=F1,…", help="低于此值则退出码为 1 · exit 1 where an F1 is lower")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """与人工标注比较，给出得分 · Compare findings with annotations made by hand

    例 Examples:

    suyin evaluate samples/gold findings --by kind --fail-under overall=0.9,problems=0.95

    suyin evaluate samples/gold/university.yaml findings/university.json -v

    suyin evaluate samples/gold --check

    suyin evaluate judgements.csv findings -v
    """
    from extract.evaluate.gold import gold_files, read_gold
    from extract.evaluate.scoring import compare_all
    from extract.evaluate.tally import Scores, parse_bars

    try:
        bars = parse_bars(fail_under)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--fail-under") from None
    judged = gold.suffix.lower() == ".csv"
    if judged and check:
        raise typer.BadParameter(
            "it is for annotations; suyin judge says which judgements fit.", param_hint="--check"
        )
    golds = [] if judged else [read_gold(path) for path in gold_files(gold)]
    for mistake in (mistake for each in golds for mistake in each.faults):
        complain(mistake if check else f"warning: {mistake}")
    if check and not judged:
        tables.show_annotations(golds)
        raise typer.Exit(any(each.faults for each in golds))
    if findings is None or (gold.is_dir() and not findings.is_dir()):
        raise typer.BadParameter(
            "name what extract wrote: a folder, where the annotations are one.", param_hint="FINDINGS"
        )
    if judged:
        from cli.judged_scores import compare_judged

        comparisons = compare_judged(gold, findings, tell=complain)
    else:
        comparisons = compare_all(
            golds,
            findings,
            missing=lambda name: complain(
                f"warning: {findings} has no {name}.json; all of that report counts as missed"
            ),
        )
    scores = Scores.of(comparisons)
    parts = {"": scores} | (Scores.by(comparisons, by.value) if by else {})
    if as_json:
        show_json(scores.to_dict() | {name: part.to_dict() for name, part in parts.items() if name})
    else:
        tables.show_scores(parts)
        for fault in (fault for each in comparisons for fault in each.faults if verbose):
            show(str(fault))
    if low := scores.below(bars):
        complain(f"below the bar: {'; '.join(low)}")
    raise typer.Exit(bool(low))
