"""`suyin resolve`, `suyin judge`: what a person thinks of units, policies, problems and links."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import runs
from cli.answers import Format, choose_format, give
from cli.options import AsFormat, ForExcel, FormatCsv, FormatJson, IntoFile


def resolve(
    *,
    same: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="是同一个：名称或 id · are one: names or ids"),
    ] = None,
    different: Annotated[
        tuple[str, str] | None, typer.Option(metavar="A B", help="不是同一个 · are two")
    ] = None,
    unsure: Annotated[
        tuple[str, str] | None, typer.Option(metavar="A B", help="看过，说不准 · looked at, cannot say")
    ] = None,
    by: Annotated[str, typer.Option(help="谁判断的 · who judges")] = "",
    why: Annotated[str, typer.Option(help="理由 · the reason")] = "",
    apply: Annotated[
        bool,
        typer.Option("--apply", help="改过判断文件后用 · make the graph follow the file that was edited"),
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="最多几对 · pairs at most")] = 50,
    as_: AsFormat = None,
    file: IntoFile = None,
    as_json: FormatJson = False,
    as_csv: FormatCsv = False,
    excel: ForExcel = False,
) -> None:
    """可能是同一个的单位和政策；记下判断 · Units and policies that may be one; judge them

    例 Examples:

    suyin resolve

    suyin resolve --same 县农技中心 青岳县农业技术推广中心 --by wang --why 同一份通报两种写法

    suyin resolve --apply
    """
    from cli import resolving
    from graph.judgements import Verdict

    verdicts: dict[Verdict, tuple[str, str] | None] = {"same": same, "different": different, "unsure": unsure}
    given = [(verdict, pair) for verdict, pair in verdicts.items() if pair]
    if len(given) > 1 or (given and apply):
        raise typer.BadParameter("one at a time.", param_hint="--same, --different, --unsure, --apply")
    if given and not by:
        raise typer.BadParameter("say who judges.", param_hint="--by")
    chosen = choose_format(Format.json if as_json else Format.csv if as_csv else as_, file, excel=excel)
    with runs.opened_store() as store:
        for verdict, pair in given:
            resolving.write_judgement(store, pair, verdict, by=by, why=why)
        if given or apply:
            resolving.apply(store)
            return
        columns, rows = resolving.candidates(store, limit)
    shown = [name for name in columns if chosen is not Format.table or not name.endswith("_id")]
    give(columns, rows, shown=shown, as_=chosen, file=file, excel=excel)


def judge(
    finding: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PROBLEM | PROBLEM CAUSE | RECOMMENDATION PROBLEM",
            help="问题，或联系的两端：id、标题或开头的字 · ids, headlines or first words",
        ),
    ] = None,
    *,
    confirm: Annotated[bool, typer.Option("--confirm", help="正确 · it is right")] = False,
    correct: Annotated[bool, typer.Option("--correct", help="应改为下面所写 · it should be as said")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="错误 · it is wrong")] = False,
    withdraw: Annotated[
        str | None,
        typer.Option(
            metavar="LINE|KEY", help="撤销这一行的判断 · take back the judgement of this line, or key"
        ),
    ] = None,
    by: Annotated[str, typer.Option(help="谁判断的 · who judges")] = "",
    why: Annotated[str, typer.Option(help="理由 · the reason")] = "",
    headline: Annotated[str, typer.Option(help="问题的标题应为 · the right headline of a problem")] = "",
    code: Annotated[
        str,
        typer.Option(
            help="问题的类别，或新的原因的类型 · the category of a problem, or the type of a new cause"
        ),
    ] = "",
    left_instead: Annotated[
        str, typer.Option(help="前一个应为：id 或原文 · instead of the first: an id, or words of the text")
    ] = "",
    right_instead: Annotated[str, typer.Option(help="后一个应为 · instead of the second")] = "",
    as_: AsFormat = None,
    file: IntoFile = None,
    as_json: FormatJson = False,
) -> None:
    """确认、更正或否定问题和联系；列出判断 · Confirm, correct or reject problems and links; list it all

    例 Examples:

    suyin judge

    suyin judge 学习贯彻不深入 主要负责人重视不够 --confirm --by wang

    suyin judge 专项资金管理不规范 --correct --code assets --by wang --why 资金而非财务

    suyin judge --withdraw 7
    """
    from cli import judging
    from graph.reviews import ReviewVerdict

    verdicts: dict[ReviewVerdict, bool] = {"confirmed": confirm, "corrected": correct, "rejected": reject}
    given = [verdict for verdict, said in verdicts.items() if said]
    if len(given) + (withdraw is not None) > 1 or bool(given) != bool(finding):
        raise typer.BadParameter(
            "name a problem or both ends of a link, and one of these; or nothing.",
            param_hint="--confirm, --correct, --reject, --withdraw",
        )
    if given and not by:
        raise typer.BadParameter("say who judges.", param_hint="--by")
    chosen = choose_format(Format.json if as_json else as_, file)
    with runs.opened_store() as store:
        if given and finding:
            judging.judge(
                store,
                finding,
                given[0],
                by=by,
                why=why,
                headline=headline,
                code=code,
                left_instead=left_instead,
                right_instead=right_instead,
            )
            return
        if withdraw is not None:
            judging.withdraw(store, withdraw)
            return
        rows = judging.rows(store, short=chosen is Format.table)
    give(judging.COLUMNS, rows, shown=judging.SHOWN, as_=chosen, file=file)
