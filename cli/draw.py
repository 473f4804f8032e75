"""`suyin draw`: a map as a page or a picture."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.options import ReadBy
from cli.terminal import show
from extract.reading import DEFAULT


class Lang(StrEnum):
    zh = "zh"
    en = "en"


def draw(
    reports: Annotated[
        list[str] | None,
        typer.Argument(metavar="REPORT", help="报告文件，或图库中的编号、标题 · files, or ids in the graph"),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="写到哪里：.html .svg .png .pdf · where to")
    ] = Path("map.html"),
    lang: Annotated[Lang, typer.Option(help="页面语言 · language of the page")] = Lang.zh,
    reader: ReadBy = DEFAULT,
    *,
    category: Annotated[
        str | None, typer.Option(metavar="CODE", help="图库中这一类问题 · the problems of a category")
    ] = None,
    policy: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="图库中引用这项政策的问题 · the problems that cite a policy"),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="图库中这个单位历次的问题 · a unit's problems over time"),
    ] = None,
) -> None:
    """画问题原因图：几份报告，或一类问题、一项政策、一个单位 · Draw a map: one page that needs no network

    例 Examples:

    suyin draw samples/reports/university.txt -o map.html

    suyin draw samples/reports/university.txt samples/reports/six-units.txt -o two.pdf

    suyin draw --category finance -o finance.html
    """
    from cli import drawing
    from viz import pictures

    things = {"category": category, "policy": policy, "unit": unit}
    about = [(kind, name) for kind, name in things.items() if name]
    if len(about) + bool(reports) != 1:
        raise typer.BadParameter("name reports, or one of --category, --policy, --unit.", param_hint="REPORT")
    pictures.check_name(output)
    page = (
        drawing.draw_reports(reports, lang.value, reader)
        if reports
        else drawing.draw_about(*about[0], lang.value)
    )
    pictures.write_map(output, page)
    show(f"{output}: 用浏览器打开 · open it in a browser" if pictures.is_page(output) else f"{output}")
