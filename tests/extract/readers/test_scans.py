"""Scans and pictures: recognised with the extra, one clear line without it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.readers import ReadError, read_report, scans
from tests.support.browser import need_chromium
from tests.support.pdf import draw, put

PARAGRAPHS = [
    "某县审计局关于县民政局预算执行情况的审计结果",
    "县民政局报销审批制度执行不严，2023年有18笔接待支出没有公函，涉及金额3.2万元，长期没有整改到位，"
    "造成不良影响。",
    "由于内部控制制度缺失，审核把关不严，此类问题多年没有被发现。",
]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A page as a scanner gives it."""
    chromium = need_chromium(chinese=True)
    page = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    (tmp_path / "r.html").write_text(
        "<meta charset=utf-8><style>body {font: 24px serif; line-height: 42px; width: 700px; margin: 50px}"
        f"p {{text-indent: 2em; margin: 0; text-align: justify}}</style>{page}",
        encoding="utf-8",
    )
    subprocess.run(
        [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--window-size=800,500",
            "--screenshot=r.png",
            "r.html",
        ],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        timeout=60,
    )
    return tmp_path / "r.png"


@pytest.mark.browser
@pytest.mark.usefixtures("ocr")
def test_pictures_and_scanned_pages_with_progress(picture: Path) -> None:
    source = read_report(picture)
    assert (source.kind, source.text.split("\n")) == ("picture", [*PARAGRAPHS, ""])
    scan = picture.with_suffix(".pdf")
    canvas = Canvas(str(scan))
    for _ in range(2):
        canvas.drawImage(str(picture), 40, 300, 480, 300)
        canvas.showPage()
    canvas.save()
    seen: list[tuple[int, int]] = []
    source = read_report(scan, progress=lambda done, total: seen.append((done, total)))
    assert (source.kind, source.text.split("\n")) == ("pdf", [*PARAGRAPHS, *PARAGRAPHS, ""])
    assert seen == [(1, 2), (2, 2)]


@pytest.mark.browser
@pytest.mark.usefixtures("ocr")
def test_a_scanned_page_between_others(picture: Path) -> None:
    lines = [
        "一、检查发现的突出问题有以下几个方面，请认真整改。",
        "二、整改情况请于年底前报送，逾期不报的予以通报。",
    ]

    def pages(canvas: Canvas) -> None:
        put(canvas, 60, 700, lines[0])
        canvas.showPage()
        canvas.drawImage(str(picture), 40, 300, 480, 300)
        canvas.showPage()
        put(canvas, 60, 700, lines[1])

    source = read_report(draw(picture.with_suffix(".pdf"), pages))
    assert source.text.splitlines() == [lines[0], *PARAGRAPHS, lines[1]]
    assert source.warnings == ()


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    canvas = Canvas(str(tmp_path / "blank.pdf"))
    canvas.rect(10, 10, 400, 400)
    canvas.save()
    return tmp_path / "blank.pdf"


@pytest.mark.usefixtures("ocr")
def test_nothing_to_recognise(blank: Path) -> None:
    with pytest.raises(ReadError, match=r"blank.pdf: no characters were recognised in it; "):
        read_report(blank)


def test_without_the_extra(blank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scans._load.cache_clear()
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    (tmp_path / "r.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    for path in (blank, tmp_path / "r.png"):
        with pytest.raises(ReadError, match=r": is a scan or picture; pip install 'suyin\[ocr\]' reads it"):
            read_report(path)


@pytest.mark.usefixtures("ocr")
def test_damaged_picture(tmp_path: Path) -> None:
    (tmp_path / "r.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    with pytest.raises(ReadError, match=r"r.png: is a damaged picture; "):
        read_report(tmp_path / "r.png")
