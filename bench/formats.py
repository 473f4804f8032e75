"""The same reports in every format: do they give the same findings? `python -m bench formats [--write FILE]`

Each sample is written as Word (numbers typed, and numbers automatic), web page, PDF and plain text in other
encodings, read back, and its findings compared with those of the sample, save the offsets; and a list of
problems as spreadsheet, CSV and table of a document. `--write` puts the result into a Markdown file.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from bench.format_files import (
    Writer,
    write_csv,
    write_docx,
    write_html,
    write_numbered_docx,
    write_pdf,
    write_sheet,
    write_text,
    write_zip,
)
from bench.pages import parser, show, table
from extract.model import Findings
from extract.pipeline import build_nlp, extract_source
from extract.readers import read_report, read_reports

SAMPLES = Path(__file__).parents[1] / "samples" / "reports"
REPORT_FORMATS: dict[str, tuple[str, Writer]] = {
    "text, UTF-8 with a mark": (".txt", write_text("utf-8-sig")),
    "text, GB18030": (".txt", write_text("gb18030")),
    "text, UTF-16": (".txt", write_text("utf-16")),
    "Word, numbers typed": (".docx", write_docx),
    "Word, numbers automatic": (".docx", write_numbered_docx),
    "web page of a site, GB2312": (".html", write_html),
    "PDF, one column": (".pdf", write_pdf(1)),
    "PDF, two columns": (".pdf", write_pdf(2)),
    "text in a ZIP archive": (".zip", write_zip),
}
LIST_FORMATS: dict[str, tuple[str, Writer]] = {
    "spreadsheet": (".xlsx", write_sheet),
    "CSV, UTF-8": (".csv", write_csv("utf-8")),
    "CSV, GB18030": (".csv", write_csv("gb18030")),
    "table in Word": (".docx", write_docx),
    "table in a web page": (".html", write_html),
    "ruled table in a PDF": (".pdf", write_pdf(1)),
}
#: An invented list of problems, cells by tabs, and what it says as a text.
LIST = """栖山县农业农村局党组巡察反馈问题整改清单
序号\t问题类别\t存在的主要问题\t具体表现\t原因分析\t整改措施\t整改状态\t责任单位
1\t党的建设\t“第一议题”制度落实不到位\t2022年至2023年有7次党组会未安排第一议题学习。\t党组对理论学习重视不够\t修订党组会议事规则，建立学习台账\t已完成\t县农业农村局办公室
2\t党的建设\t党费收缴不规范\t机关二支部连续5个月未足额收缴党费1260元。\t\t补缴党费，按月公示\t已完成\t县农业农村局机关党委
3\t财务管理\t公务接待超标准\t2023年接待支出中18笔无公函，涉及金额3.2万元。\t内控制度缺失，审核把关不严\t清退违规费用，修订《公务接待管理办法》\t正在推进\t县农业农村局财务股
""".splitlines()
LIST_AS_TEXT = """栖山县农业农村局党组巡察反馈问题整改清单
存在的主要问题：
（一）党的建设
1.“第一议题”制度落实不到位。2022年至2023年有7次党组会未安排第一议题学习。
主要原因：党组对理论学习重视不够
整改措施：修订党组会议事规则，建立学习台账
整改状态：已完成
责任单位：县农业农村局办公室
2.党费收缴不规范。机关二支部连续5个月未足额收缴党费1260元。
整改措施：补缴党费，按月公示
整改状态：已完成
责任单位：县农业农村局机关党委
（二）财务管理
3.公务接待超标准。2023年接待支出中18笔无公函，涉及金额3.2万元。
主要原因：内控制度缺失，审核把关不严
整改措施：清退违规费用，修订《公务接待管理办法》
整改状态：正在推进
责任单位：县农业农村局财务股
""".splitlines()

Fact = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the reports in one format give, against the text: nodes and edges that both have, and others."""

    format: str
    reports: int
    same: int
    lost: int
    added: int
    differing: tuple[str, ...]


def paragraphs(path: Path) -> list[str]:
    return [line.strip() for line in read_report(path).text.splitlines() if line.strip()]


def facts(findings: Findings) -> Counter[Fact]:
    """Nodes and edges without offsets, ids and white space."""
    said: dict[str, Fact] = {findings.report.id: ("Report", findings.report.kind)}
    for node in findings.nodes:
        text = node.text or node.properties.get("name") or node.properties.get("code")
        said.setdefault(node.id, (node.label, re.sub(r"\s", "", str(text))))
    found: Counter[Fact] = Counter(said[node.id] for node in findings.nodes)
    found.update(
        (e.type, *said[e.source], *said[e.target], e.properties.get("method")) for e in findings.edges
    )
    return found


def compare(
    name: str, suffix: str, write: Writer, reports: dict[str, tuple[list[str], Counter[Fact]]], nlp: Language
) -> Agreement:
    """`reports`: by name the lines to write, and the facts expected of them."""
    same = lost = added = 0
    differing = []
    with tempfile.TemporaryDirectory() as folder:
        for stem, (lines, expected) in reports.items():
            file = Path(folder, f"{stem}{suffix}")
            write(file, lines)
            [source] = read_reports(file)
            got = facts(extract_source(source, nlp=nlp))
            same += (expected & got).total()
            lost += (expected - got).total()
            added += (got - expected).total()
            if got != expected:
                differing.append(stem)
    return Agreement(name, len(reports), same, lost, added, tuple(differing))


def expected_facts(lines: Sequence[str], nlp: Language) -> Counter[Fact]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "report.txt")
        file.write_text("\n".join(lines), encoding="utf-8")
        return facts(extract_source(read_report(file), nlp=nlp))


def measure(paths: Iterable[Path]) -> list[Agreement]:
    """All formats, over the reports and the list."""
    nlp = build_nlp()
    reports = {}
    for path in paths:
        lines = paragraphs(path)
        reports[path.stem] = (lines, expected_facts(lines, nlp))
    lists = {"list": (LIST, expected_facts(LIST_AS_TEXT, nlp))}
    return [
        *(compare(name, *how, reports, nlp) for name, how in REPORT_FORMATS.items()),
        *(compare(f"list of problems: {name}", *how, lists, nlp) for name, how in LIST_FORMATS.items()),
    ]


def render(rows: Sequence[Agreement]) -> str:
    return table(("format", "reports", "nodes and edges alike", "lost", "added", "reports that differ"), (
        (r.format, r.reports, r.same, r.lost, r.added, ", ".join(r.differing) or "none") for r in rows
    ))  # fmt: skip


def main(arguments: Sequence[str]) -> None:
    options = parser("formats", __doc__).parse_args(arguments)
    show(render(measure(sorted(SAMPLES.glob("*.txt")))), "formats", options.write)
