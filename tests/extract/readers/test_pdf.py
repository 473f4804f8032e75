"""PDF files: lines to paragraphs, columns, tables over pages, heads and notes; and what cannot be read."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from extract.readers import ReadError, read_report
from tests.support.browser import need_chromium
from tests.support.pdf import draw, put

LINE = "报销审批制度执行不严涉及金额三万二千元且长期没有整改到位"  # 28 characters: 336 points of size 12


def test_order_of_drawing_is_not_the_order_of_reading(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        for x, y, text in (
            (60, 640, "第二段到此为止。"),
            (84, 660, LINE[:26]),
            (60, 680, "首段到此为止。"),
            (84, 700, LINE[:26]),
        ):
            put(canvas, x, y, text)

    assert read_report(draw(tmp_path / "r.pdf", page)).text.split() == [
        f"{LINE[:26]}首段到此为止。",
        f"{LINE[:26]}第二段到此为止。",
    ]


def test_titles_heads_page_numbers_and_notes(tmp_path: Path) -> None:
    def pages(canvas: Canvas) -> None:
        for number in (1, 2):
            put(canvas, 250, 800, "某县审计局", 9)
            put(canvas, 280, 30, f"— {number} —", 9)
            if number == 1:
                put(canvas, 120, 740, "关于某县民政局预算执行", 20)
                put(canvas, 160, 710, "情况的审计结果", 20)
                put(canvas, 60, 60, "① 见附件一。", 9)
            put(canvas, 84, 660, LINE[:26])
            for y in (640, 620, 600):
                put(canvas, 60, y, LINE)
            if number == 2:
                put(canvas, 60, 580, "完。")
            canvas.showPage()

    assert read_report(draw(tmp_path / "r.pdf", pages)).text.split("\n") == [
        "关于某县民政局预算执行情况的审计结果",
        LINE[:26] + LINE * 3,
        LINE[:26] + LINE * 3 + "完。",
        "① 见附件一。".replace(" ", ""),
        "",
    ]


def test_a_table_over_two_pages(tmp_path: Path) -> None:
    def row(canvas: Canvas, y: float, *cells: str) -> None:
        for i, cell in enumerate(cells):
            canvas.rect(60 + 120 * i, y, 120, 40)
            put(canvas, 66 + 120 * i, y + 24, cell[:9])
            put(canvas, 66 + 120 * i, y + 8, cell[9:])

    def pages(canvas: Canvas) -> None:
        put(canvas, 60, 760, "下表列出了检查中发现的各项问题和整改的情况。")
        row(canvas, 640, "序号", "问题", "整改措施")
        row(canvas, 600, "1", "公务接待没有公函且超过规定标准", "清退费用")
        canvas.showPage()
        row(canvas, 700, "序号", "问题", "整改措施")
        row(canvas, 660, "2", "账实不符", "")
        put(canvas, 60, 600, "以上问题均已移交。")

    assert read_report(draw(tmp_path / "r.pdf", pages)).text.split() == [
        "下表列出了检查中发现的各项问题和整改的情况。",
        "存在的主要问题：",
        "1.公务接待没有公函且超过规定标准。",
        "整改措施：清退费用",
        "2.账实不符。",
        "以上问题均已移交。",
    ]


def test_merged_cells_of_a_ruled_table(tmp_path: Path) -> None:
    def cell(canvas: Canvas, box: tuple[float, float, float, float], text: str) -> None:
        canvas.rect(*box)
        put(canvas, box[0] + 6, box[1] + box[3] / 2 - 4, text)

    def page(canvas: Canvas) -> None:
        put(canvas, 60, 760, "下表列出了检查中发现的各项问题和整改的情况。")
        cell(canvas, (60, 660, 60, 60), "序号")
        cell(canvas, (120, 660, 120, 60), "存在问题")
        cell(canvas, (240, 690, 240, 30), "整改情况")
        cell(canvas, (240, 660, 120, 30), "整改措施")
        cell(canvas, (360, 660, 120, 30), "是否完成")
        for i, (problem, done) in enumerate((("账实不符", "是"), ("台账缺失", "否"))):
            cell(canvas, (60, 630 - 30 * i, 60, 30), str(i + 1))
            cell(canvas, (120, 630 - 30 * i, 120, 30), problem)
            cell(canvas, (360, 630 - 30 * i, 120, 30), done)
        cell(canvas, (240, 600, 120, 60), "修订盘点办法")

    assert read_report(draw(tmp_path / "r.pdf", page)).text.split()[2:] == [
        "1.账实不符。",
        "整改措施：修订盘点办法",
        "是否完成：是",
        "2.台账缺失。",
        "整改措施：修订盘点办法",
        "是否完成：否",
    ]


def test_slanting_watermarks_are_not_read(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 60, 700, "报销审批制度执行不严，账实不符。")
        canvas.rotate(45)
        put(canvas, 300, 100, "内部资料", 40)

    assert read_report(draw(tmp_path / "r.pdf", page)).text == "报销审批制度执行不严，账实不符。\n"


def test_a_last_page_with_one_of_two_columns(tmp_path: Path) -> None:
    def pages(canvas: Canvas) -> None:
        for x in (60, 320):
            for i in range(12):
                put(canvas, x, 700 - 20 * i, LINE[:18])
        canvas.showPage()
        put(canvas, 60, 700, LINE[:18])
        put(canvas, 60, 680, "已经整改。")

    text = read_report(draw(tmp_path / "r.pdf", pages)).text
    assert text == LINE[:18] * 25 + "已经整改。\n"


def test_lines_that_are_all_short_are_no_paragraph(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        for i in range(4):
            put(canvas, 60, 700 - 20 * i, "责任单位：县水利局")

    assert read_report(draw(tmp_path / "r.pdf", page)).text.split() == ["责任单位：县水利局"] * 4


def test_the_next_item_of_a_list_begins_though_the_line_before_is_full(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 60, 700, f"1.{LINE[:26]}。")
        put(canvas, 60, 680, f"2.{LINE[:26]}")
        put(canvas, 60, 660, "3.2万元。")

    assert read_report(draw(tmp_path / "r.pdf", page)).text.split() == [
        f"1.{LINE[:26]}。",
        f"2.{LINE[:26]}3.2万元。",
    ]


def test_raised_and_lowered_digits(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 60, 700, "清淤3.5×10")
        put(canvas, 118, 705, "4", 7)
        put(canvas, 124, 700, "立方米，浓度V")
        put(canvas, 204, 697, "1", 7)
        put(canvas, 60, 670, "注：2022年", 8)

    assert read_report(draw(tmp_path / "r.pdf", page)).text.split() == [
        "清淤3.5×10⁴立方米，浓度V₁",
        "注：2022年",
    ]


def test_passwords(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 60, 700, "报销审批制度执行不严，账实不符。")

    only_owner = pdfencrypt.StandardEncryption("", ownerPassword="o", canPrint=0)
    assert "账实不符" in read_report(draw(tmp_path / "a.pdf", page, encrypt=only_owner)).text
    path = draw(tmp_path / "b.pdf", page, encrypt=pdfencrypt.StandardEncryption("u", ownerPassword="o"))
    with pytest.raises(ReadError, match="protected by a password; "):
        read_report(path)


def test_damaged_files(tmp_path: Path) -> None:
    whole = draw(tmp_path / "whole.pdf", lambda canvas: put(canvas, 60, 700, LINE))
    (tmp_path / "cut.pdf").write_bytes(whole.read_bytes()[:300])
    with pytest.raises(ReadError, match=r"cut.pdf: is a damaged PDF file; "):
        read_report(tmp_path / "cut.pdf")


@pytest.mark.browser
@pytest.mark.parametrize("columns", [1, 2])
def test_what_a_browser_prints(columns: int, tmp_path: Path) -> None:
    """Embedded fonts, where some characters are given as signs of dictionary sections; kerned quotation marks."""
    chromium = need_chromium(chinese=True)
    paragraphs = [
        "二、长期“两张皮”，风险大，页面飞马鸟鱼龙门车见，人民群众不满意。" * 6,
        "（一）方案A/B 2023年比例为71.2%。",
    ] * 4
    page = "".join(f"<p>{text}</p>" for text in paragraphs)
    (tmp_path / "r.html").write_text(
        f"<meta charset=utf-8><style>body {{columns: {columns}; font: 12pt serif}} p {{text-indent: 2em; margin: 0}}"
        f"</style>{page}", encoding="utf-8")  # fmt: skip
    subprocess.run([chromium, "--headless", "--no-sandbox", "--disable-gpu", "--print-to-pdf=r.pdf", "r.html"],
                   cwd=tmp_path, capture_output=True, check=True, timeout=60)  # fmt: skip
    assert read_report(tmp_path / "r.pdf").text.split("\n") == [*paragraphs, ""]
