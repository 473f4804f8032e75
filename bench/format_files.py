"""A report, given as its paragraphs, in the formats that are read. Lines with tabs are rows of tables."""

from __future__ import annotations

import csv
import html
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

Writer = Callable[[Path, list[str]], None]


def write_text(encoding: str) -> Writer:
    def write(path: Path, lines: list[str]) -> None:
        path.write_bytes("\r\n".join(lines).encode(encoding, errors="replace"))

    return write


def write_docx(path: Path, lines: list[str]) -> None:
    """Paragraphs as typed; lines with tabs as a table."""
    document = docx.Document()
    for block in _blocks(lines):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), max(map(len, block)))
        for i, row in enumerate(block):
            for j, cell in enumerate(row):
                table.cell(i, j).text = cell
    document.save(str(path))


#: Marker of a list -> its level: the number format and the label in WordprocessingML.
_LISTS = (
    (re.compile(r"([一二三四五六七八九十]{1,3})、"), "chineseCountingThousand", "%1、"),
    (re.compile(r"（([一二三四五六七八九十]{1,3})）"), "chineseCountingThousand", "（%2）"),
    (re.compile(r"(\d{1,2})\.(?!\d)"), "decimal", "%3."),
    (re.compile(r"（(\d{1,2})）"), "decimal", "（%4）"),
    (re.compile(r"([①-⑳]) ?"), "decimalEnclosedCircleChinese", "%5"),
)


def write_numbered_docx(path: Path, lines: list[str]) -> None:
    """As `write_docx`, but the numbers at the head of paragraphs are automatic: they stand in no text."""
    document = docx.Document()
    root = document.part.numbering_part.element
    for old in list(root):
        root.remove(old)
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{label}"/></w:lvl>'
        for i, (_, style, label) in enumerate(_LISTS)
    )
    root.append(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="7">{levels}</w:abstractNum>'))
    lists = 0
    counts: dict[int, int] = {}

    def new_list(level: int, start: int) -> None:
        nonlocal lists
        lists += 1
        root.append(parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{lists}"><w:abstractNumId w:val="7"/><w:lvlOverride '
            f'w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'))  # fmt: skip

    for line in lines:
        level, number, rest = _marker(line)
        paragraph = document.add_paragraph(rest)
        if level is None:
            continue
        if not lists or counts.get(level, 0) + 1 != number:
            new_list(level, number)
        counts = {d: n for d, n in counts.items() if d < level} | {level: number}
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        for tag, value in (("w:ilvl", level), ("w:numId", lists)):
            element = OxmlElement(tag)
            element.set(qn("w:val"), str(value))
            properties.append(element)
    document.save(str(path))


def _marker(line: str) -> tuple[int | None, int, str]:
    """(level, number, the rest) of a line that opens with a list marker."""
    digits = "一二三四五六七八九"
    for level, (pattern, _, _) in enumerate(_LISTS):
        if match := pattern.match(line):
            said = match[1]
            if said.isdecimal():
                number = int(said)
            elif said in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
                number = ord(said) - 0x245F
            else:
                tens, ten, ones = said.partition("十") if "十" in said else ("", "", said)
                number = 10 * (digits.find(tens) + 1 if tens else len(ten)) + digits.find(ones or "?") + 1
            return level, number, line[match.end() :]
    return None, 0, line


def write_html(path: Path, lines: list[str]) -> None:
    """As the sites of authorities have them: menus, a path, a date line, related pages, a foot."""
    title, *rest = lines
    body = ""
    for block in _blocks(rest):
        if isinstance(block, str):
            body += f'<p style="text-indent:2em"><span>　　{html.escape(block)}</span></p>\n'
        else:
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in block)
            body += f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    menu = "".join(f'<li><a href="/{w}">{w}</a></li>' for w in ("首页", "机构概况", "信息公开", "互动交流"))
    page = (
        f'<!DOCTYPE html><html><head><meta charset="gb2312"><title>{html.escape(title)}_某某网</title>'
        "</head><body>"
        f'<div class="top"><ul>{menu}</ul></div>'
        '<div>当前位置：<a href="/">首页</a> &gt; <a href="/x">公告</a></div>'
        f'<div class="main"><h1>{html.escape(title)}</h1>'
        "<div>来源：某某网　发布时间：2024-08-05　<a>打印</a></div>"
        f'<div class="TRS_Editor">{body}</div></div>'
        f'<div class="list"><h3>相关阅读</h3><ul>{menu}</ul></div>'
        "<div>版权所有　某某网</div><script>var a = 1;</script></body></html>"
    )
    path.write_bytes(page.encode("gb18030", errors="replace"))


def write_pdf(columns: int) -> Writer:
    """Pages with running heads, page numbers and hard line ends, in one column or two."""

    def write(path: Path, lines: list[str]) -> None:
        pdfmetrics.registerFont(
            UnicodeCIDFont("STSong-Light")
        )  # every PDF reader has it: nothing is embedded
        size = 16 if columns == 1 else 10
        style = ParagraphStyle("body", fontName="STSong-Light", fontSize=size, leading=1.75 * size,
                               firstLineIndent=2 * size, wordWrap="CJK")  # fmt: skip
        cell = ParagraphStyle("cell", style, fontSize=10, leading=14, firstLineIndent=0)

        def page(canvas: Any, document: Any) -> None:
            canvas.setFont("STSong-Light", 10)
            canvas.drawCentredString(298, 800, "某某市工作文件")
            canvas.drawCentredString(298, 30, f"- {document.page} -")

        width = 440 / columns - 12
        frames = [Frame(78 + i * 452 / columns, 72, width, 698, 0, 0, 0, 0) for i in range(columns)]
        flow: list[Any] = []
        for block in _blocks(lines):
            if isinstance(block, str):
                flow.append(Paragraph(html.escape(block), style))
            else:
                rows = [[Paragraph(html.escape(text), cell) for text in row] for row in block]
                n = max(map(len, rows))
                rows = [row + [""] * (n - len(row)) for row in rows]
                grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
                flow.append(Table(rows, colWidths=[width / n] * n, style=grid))
        BaseDocTemplate(str(path), pageTemplates=[PageTemplate("page", frames, onPage=page)]).build(flow)

    return write


def write_zip(path: Path, lines: list[str]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("2024/报告.txt", "\n".join(lines))


def _blocks(lines: list[str]) -> Iterator[str | list[list[str]]]:
    """Lines, and tables where two or more lines with tabs follow one another."""
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if len(rows) == 1:
            yield "\t".join(rows[0])
        elif rows:
            yield rows
        rows = []
        if line:
            yield line


def write_sheet(path: Path, lines: list[str]) -> None:
    """Cells by line and tab."""
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line.split("\t"))
    book.save(path)


def write_csv(encoding: str) -> Writer:
    def write(path: Path, lines: list[str]) -> None:
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(line.split("\t") for line in lines)

    return write
