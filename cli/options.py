"""Arguments and options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.answers import Format
from extract.reading import ReaderName

Documents = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE",
        readable=False,  # each is told of when it is its turn
        help="报告、文件夹、ZIP，或 extract 写的 .json · reports, folders, ZIPs, or .json that extract wrote",
    ),
]
MetadataTable = Annotated[
    Path | None,
    typer.Option(
        "--metadata",
        metavar="TABLE",
        readable=False,
        help="CSV/XLSX：文件、地区、日期、层级、轮次、网址 · file, place, date, level, round, url",
    ),
]
ReadBy = Annotated[
    ReaderName,
    typer.Option(
        "--reader",
        envvar="SUYIN_READER",
        help="只用规则，或加训练的读者 · the rules alone, or the trained reader beside them",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        envvar="SUYIN_JOBS",
        min=1,
        show_default=False,
        help="几个进程读；默认按核数，报告少则 1 · processes that read; one a core, 1 for few reports",
    ),
]
LogFile = Annotated[
    Path | None,
    typer.Option(
        "--log", metavar="FILE", help="每份文件一行 JSON，续写 · a line of JSON for each file, appended"
    ),
]
MetricsFile = Annotated[
    Path | None,
    typer.Option(
        "--metrics", metavar="FILE", help="总数，Prometheus 文本格式 · the sums, for Prometheus (.prom)"
    ),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="列出每条提示 · list every warning")]
OutFile = Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="写到哪里 · where to")]
OutFolder = Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="写到哪里 · where to")]
OfReport = Annotated[
    str | None, typer.Option("--report", metavar="ID", help="只要这份报告 · only this report")
]
AsFormat = Annotated[
    Format | None,
    typer.Option("--format", "-f", help="默认按文件名，否则为表格 · by the file's name, else a table"),
]
IntoFile = Annotated[
    Path | None, typer.Option("--out", "-o", metavar="FILE", help="写入文件 · write into a file")
]
FormatJson = Annotated[bool, typer.Option("--json", help="即 --format json · the same")]
FormatCsv = Annotated[bool, typer.Option("--csv", help="即 --format csv · the same")]
ForExcel = Annotated[
    bool,
    typer.Option(
        "--excel", help="供 Excel 打开的 CSV：中文不乱码，1.10 不变 · CSV that Excel reads right: UTF-8, 1.10"
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")]
