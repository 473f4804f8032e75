"""Saved web pages: the report and nothing round it, in its encoding, with lists and tables."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from extract.readers import ReadError, read_report

MENU = (
    "<ul>" + "".join(f"<li><a href='/{w}'>{w}</a></li>" for w in ("首页", "机构概况", "信息公开")) + "</ul>"
)
FIRST = "经查，财务管理不规范，报销审批制度执行不严，涉及金额3.2万元。"
SECOND = "二是采购程序不合规，化整为零规避招标，涉及合同12份。"


def text_of(page: str, tmp_path: Path, *, name: str = "r.html", encoding: str = "utf-8") -> str:
    path = tmp_path / name
    path.write_bytes(page.encode(encoding))
    return read_report(path).text


def test_paragraphs_of_div_and_br_without_what_surrounds_them(tmp_path: Path) -> None:
    page = (
        f"<html><head><title>检查情况通报_某网</title></head><body>{MENU}<div class=wz>位置：<a>首页</a></div>"
        f"<h2>检查情况通报</h2><div id=zoom>&nbsp;&nbsp;{FIRST}<br><br>　　{SECOND}<div><span>附</span>表</div></div>"
        f"<div><h3>相关</h3>{MENU}</div><footer>版权</footer><script>var x = '，，，';</script></body></html>"
    )
    assert text_of(page, tmp_path).split("\n") == [
        "检查情况通报",
        f"\xa0\xa0{FIRST}",
        f"　　{SECOND}",
        "附表",
    ]


def test_pages_laid_out_by_tables(tmp_path: Path) -> None:
    page = (
        f"<table><tr><td>{MENU}</td></tr><tr><td><table><tr><td>栏目</td><td><font>{FIRST}<br>{SECOND}</td></tr>"
        "</table></td></tr><tr><td>版权所有</td></tr></table>"
    )
    assert text_of(page, tmp_path).split("\n") == [FIRST, SECOND]


def test_lists_get_their_numbers_and_tables_their_cells(tmp_path: Path) -> None:
    page = (
        f"<div><p>{FIRST}</p><ol start=3><li>甲，一。<li>乙，二。</ol><table><tr><th rowspan=2>单位<th colspan=2>金额"
        "<tr><td>收<td>支<tr><td>甲局<td>1<td>2</table></div>"
    )
    assert text_of(page, tmp_path).split("\n") == [
        FIRST,
        "3.甲，一。",
        "4.乙，二。",
        "单位\t金额",
        "\t收\t支",
        "甲局\t1\t2",
    ]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("gb18030", "gb2312"),
        ("gb18030", "GBK"),
        ("big5", "big5"),
        ("utf-8", "utf-8"),
        ("utf-8", "gb2312"),
        ("utf-16", "utf-16"),
    ],
)
def test_encodings(encoding: str, said: str, tmp_path: Path) -> None:
    text = "審計發現，該局的財務管理不夠規範，會計對此沒有說明。" * 3 if encoding == "big5" else FIRST
    page = f'<html><meta http-equiv="Content-Type" content="text/html; charset={said}"><p>{text}</p></html>'
    assert text_of(page, tmp_path, encoding=encoding) == text


def test_a_page_in_one_file_also_under_the_name_of_word(tmp_path: Path) -> None:
    page = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html;'
        "\r\n charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<html><meta charset=utf-8>"
        f"<p>{FIRST}</p></html>\r\n--x--\r\n"
    )
    assert text_of(page, tmp_path, name="r.doc") == FIRST
    assert text_of(f"<html><p>{FIRST}</p></html>", tmp_path, name="r2.doc") == FIRST


def test_a_text_that_speaks_of_html_is_text(tmp_path: Path) -> None:
    text = f"1 < 2，<p> 是标签。{FIRST}"
    assert text_of(text, tmp_path, name="r.txt") == text


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 200_000,
        "<table><tr><td>" * 50_000,
        "<a" * 400_000,
        "<!--" * 200_000,
        "<p>" * 300_000,
        "<table>" + "<tr><td rowspan=99999 colspan=99999>" * 5000,
    ],
)
def test_hostile_pages_end_soon(hostile: str, tmp_path: Path) -> None:
    started = time.process_time()
    with pytest.raises(ReadError, match=r"r.html: .*; "):
        text_of(f"<html>{hostile}", tmp_path)
    assert time.process_time() - started < 20  # of the processor: a pattern may not run away
