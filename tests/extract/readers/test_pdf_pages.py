"""PDF pages that are not plain: fonts that are not embedded, turned text, layers, watermarks, fields, notes, pictures."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extract.readers import read_report, scans
from extract.readers.pdf import open_pdf
from tests.support.pdf import draw, put

LINES = [
    "二、检查发现的突出问题",
    "1.堤防巡查记录缺失。2022年有41天没有记录，涉及堤段6.5公里。",
    "2.泵站备用电源没有试过。",
]


def write(canvas: Canvas, top: float = 500, lines: list[str] = LINES) -> None:
    for i, line in enumerate(lines):
        put(canvas, 60, top - 20 * i, line)


def lines_of(path: Path) -> list[str]:
    return read_report(path).text.splitlines()


def test_the_machines_fonts_do_not_count(tmp_path: Path) -> None:
    """The box of a character whose font is not embedded is that of our own font, which no font of a machine has."""
    from ctypes import c_double

    from pypdfium2 import raw as pdfium

    path = draw(tmp_path / "r.pdf", lambda canvas: put(canvas, 60, 700, "责任单位", 20))
    with open_pdf(path.read_bytes(), name="r.pdf") as document:
        text = document[0].get_textpage()
        left, right, bottom, top = (c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(text, 1, left, right, bottom, top)
    assert [round(edge.value) for edge in (left, right, bottom, top)] == [80, 92, 700, 716]


def test_equal_lines_at_one_margin_are_all_there(tmp_path: Path) -> None:
    """Without a Chinese font PDFium takes all but the first for its shadow."""
    same = "责任单位已经组织逐项整改并建立长效机制，整改情况按月报送。"
    path = draw(
        tmp_path / "r.pdf", lambda canvas: write(canvas, lines=["一、整改情况", same, same, same, "完。"])
    )
    assert "".join(lines_of(path)).count(same) == 3


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("said", [True, False], ids=["rotated", "as-drawn"])
def test_turned_pages(tmp_path: Path, turn: int, said: bool) -> None:
    """A wide page that is held upright, or whose text stands sideways on it."""

    def page(canvas: Canvas) -> None:
        width, height = landscape(A4) if turn % 180 else A4
        if said:  # reportlab gives a page of this size the other shape
            canvas.setPageSize((width, height))
            canvas.setPageRotation(turn)
        canvas.translate(*{0: (0, 0), 90: (595, 0), 180: (595, 842), 270: (0, 842)}[turn])
        canvas.rotate(turn)
        write(canvas)

    assert lines_of(draw(tmp_path / "r.pdf", page)) == LINES


@pytest.mark.parametrize("lean", [-4, -1, 0.5, 3])
def test_a_page_that_was_scanned_askew(tmp_path: Path, lean: float) -> None:
    def page(canvas: Canvas) -> None:
        canvas.rotate(lean)
        write(canvas)

    assert lines_of(draw(tmp_path / "r.pdf", page)) == LINES


def test_a_part_that_is_turned_follows_the_rest(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        write(canvas)
        put(canvas, 500, 800, "附页")
        canvas.translate(580, 100)
        canvas.rotate(90)
        put(canvas, 0, 0, "说明：本页所列堤段均由县水利局直接管理。")
        put(canvas, 600, 0, "装订线")

    assert lines_of(draw(tmp_path / "r.pdf", page))[-1].startswith("说明：本页所列堤段均由县水利局直接管理。")


def put_hidden(canvas: Canvas, x: float, y: float, *lines: str) -> None:
    text = canvas.beginText(x, y)
    text.setFont("STSong-Light", 11.6, 20)
    text.setTextRenderMode(3)
    text.textLines("\n".join(lines))
    text.setTextRenderMode(0)
    canvas.drawText(text)


SLIPS = [
    "二、检查发现的突出问颗",
    "1.堤防巡查记录缺矢。2022年有41天没有记录，涉及堤段6.S公里。",
    "2.泵站备用电源没有试过。",
]


@pytest.mark.parametrize("first", ["text", "recognised"])
def test_text_counts_and_not_what_was_recognised_over_it(tmp_path: Path, first: str) -> None:
    def page(canvas: Canvas) -> None:
        steps: list[Callable[[], None]] = [
            lambda: write(canvas),
            lambda: put_hidden(canvas, 60.5, 501, *SLIPS),
        ]
        for step in steps if first == "text" else reversed(steps):
            step()

    assert lines_of(draw(tmp_path / "r.pdf", page)) == LINES


def test_invisible_text_is_read_where_the_page_has_no_other(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawImage(picture(), 0, 0, 595, 842)
        put_hidden(canvas, 60, 500, *SLIPS)
        put(canvas, 60, 560, "收文第12号")  # a stamp on the scan

    assert lines_of(draw(tmp_path / "r.pdf", page)) == ["收文第12号", *SLIPS]


def test_of_two_invisible_texts_the_first_is_read(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        put_hidden(canvas, 60, 500, *LINES)
        put_hidden(canvas, 60.5, 501, *SLIPS)

    assert lines_of(draw(tmp_path / "r.pdf", page)) == LINES


def mark_pale(canvas: Canvas) -> None:
    canvas.setFillGray(0.75)
    put(canvas, 100, 485, "内部资料不得外传", 40)
    put(canvas, 100, 200, "内部资料不得外传", 40)
    canvas.setFillGray(0)


def mark_see_through(canvas: Canvas) -> None:
    canvas.setFillAlpha(0.2)
    put(canvas, 70, 482, "征求意见稿", 12)
    put(canvas, 70, 100, "征求意见稿", 40)  # across nothing
    canvas.setFillAlpha(1)


@pytest.mark.parametrize(
    "mark",
    [mark_pale, mark_see_through, lambda c: put(c, 100, 475, "样张样张", 60)],
    ids=["pale", "see-through", "large"],
)
@pytest.mark.parametrize("over", [True, False], ids=["over", "under"])
def test_upright_watermarks_are_not_read(tmp_path: Path, mark: Callable[[Canvas], None], over: bool) -> None:
    def page(canvas: Canvas) -> None:
        for step in (write, mark) if over else (mark, write):
            step(canvas)

    assert lines_of(draw(tmp_path / "r.pdf", page)) == LINES


def test_pale_and_large_text_that_covers_none_is_read(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.1, 0.2, 0.6)
        canvas.rect(50, 590, 400, 60, fill=1)
        canvas.setFillGray(1)
        put(canvas, 60, 610, "堤防检查通报", 36)
        canvas.setFillGray(0)
        write(canvas)

    assert lines_of(draw(tmp_path / "r.pdf", page)) == ["堤防检查通报", *LINES]


def test_values_of_forms_stand_at_their_places(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        write(
            canvas,
            700,
            ["整改事项登记表", "整改编号：", "整改期限：", "是否完成：", "以上情况属实，同意予以销号。"],
        )
        form = canvas.acroForm
        form.textfield(name="number", value="ZG-2024-17", x=130, y=675, width=200, height=16)
        form.choice(
            name="until", value="2024-06", options=["2024-06", "2024-12"], x=130, y=655, width=100, height=16
        )
        form.checkbox(name="done", checked=True, x=130, y=636, size=12)
        form.checkbox(name="open", checked=False, x=160, y=636, size=12)

    assert lines_of(draw(tmp_path / "r.pdf", page)) == [
        "整改事项登记表",
        "整改编号：ZG-2024-17",
        "整改期限：2024-06",
        "是否完成：√",
        "以上情况属实，同意予以销号。",
    ]


def test_typed_remarks_are_read_and_notes_are_said(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.showPage()
        write(canvas)
        canvas.freeTextAnnotation("3.闸门锈蚀。", DA="/Helv 12 Tf", Rect=[60, 430, 300, 450])
        canvas.textAnnotation("6.5公里请再核实", Rect=[400, 480, 420, 500])

    source = read_report(draw(tmp_path / "r.pdf", page))
    assert source.text.splitlines() == [*LINES, "3.闸门锈蚀。"]
    assert source.warnings == ("page 2: a note is not read: 批注未读入：6.5公里请再核实",)


def picture() -> ImageReader:
    file = io.BytesIO()
    Image.new("RGB", (60, 80), (200, 200, 200)).save(file, "PNG")
    return ImageReader(file)


def test_a_page_that_is_a_picture_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scans._load.cache_clear()
    monkeypatch.setitem(sys.modules, "rapidocr", None)

    def pages(canvas: Canvas) -> None:
        for _ in range(2):
            write(canvas)
            canvas.drawImage(picture(), 400, 700, 60, 80)  # a seal
            canvas.showPage()
        canvas.drawImage(picture(), 0, 0, 595, 842)

    source = read_report(draw(tmp_path / "r.pdf", pages))
    [warning] = source.warnings
    assert source.text.splitlines()[:3] == LINES
    assert warning.startswith("page 3 is a picture that is not read: 第3页是图片，未读入 ")
    assert "pip install 'suyin[ocr]'" in warning


def test_large_pictures_between_text_are_said(tmp_path: Path) -> None:
    def pages(canvas: Canvas) -> None:
        canvas.drawImage(picture(), 0, 0, 595, 842)  # behind the text
        write(canvas)
        canvas.showPage()
        write(canvas, 800)
        canvas.drawImage(picture(), 60, 200, 400, 400)

    source = read_report(draw(tmp_path / "r.pdf", pages))
    assert source.text.splitlines() == LINES * 2
    assert source.warnings == ("page 2: a picture is not read: 第2页的图片未读入",)


@pytest.mark.parametrize("turn", [0, 90])
def test_ruled_tables_also_on_turned_pages(tmp_path: Path, turn: int) -> None:
    def page(canvas: Canvas) -> None:
        canvas.translate(580 if turn else 0, 0)
        canvas.rotate(turn)
        for i, row in enumerate(
            (("单位", "金额", "说明"), ("县林业局", "3.2万元", "未入账"), ("县水利局", "1.8万元", "未核销"))
        ):
            for j, cell in enumerate(row):
                canvas.rect(60 + 120 * j, 500 - 30 * i, 120, 30)
                put(canvas, 66 + 120 * j, 510 - 30 * i, cell)

    assert lines_of(draw(tmp_path / "r.pdf", page)) == [
        "单位\t金额\t说明",
        "县林业局\t3.2万元\t未入账",
        "县水利局\t1.8万元\t未核销",
    ]
