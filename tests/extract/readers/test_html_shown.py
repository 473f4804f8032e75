"""What of a web page is read: what is hidden and what a script unveils, heads and feet, lists, raised digits."""

from __future__ import annotations

import base64
import quopri
from pathlib import Path

import pytest

from extract.model import Source
from extract.readers import ReadError, read_report

TITLE = "关于县林业局防火检查情况的通报"
FIRST = "瞭望塔值守制度执行不严，2022年有11天无人值守，涉及林区3处。"
SECOND = "防火物资账实不符，少了灭火弹40枚，价值1.2万元。"
BODY = f"<p>{FIRST}</p><p>{SECOND}</p>"
READ = [TITLE, FIRST, SECOND]


def read(page: str, tmp_path: Path, head: str = "") -> Source:
    path = tmp_path / "r.html"
    path.write_text(
        f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{page}</body></html>",
        encoding="utf-8",
    )
    return read_report(path)


@pytest.mark.parametrize(
    "page",
    [
        f'<h1>{TITLE}</h1><div id="js_content" class="rich_media_content" style="visibility: hidden; opacity: 0;">{BODY}</div>',
        f"<h1>{TITLE}</h1><div style='opacity:0'>{BODY}</div>",
        f"<h1>{TITLE}</h1><div style='opacity: 0.0; transition: 1s'>{BODY}</div>",
        f"<h1>{TITLE}</h1><div style='display:none'>{BODY}</div><p>加载中</p>".replace("<p>加载中</p>", ""),
        f"<h1>{TITLE}</h1><p style='visibility:hidden'>{FIRST}</p><p style='visibility:hidden'>{SECOND}</p>",
        f"<style>.rich {{visibility: hidden}}</style><h1>{TITLE}</h1><div class='a rich'>{BODY}</div>",
        f"<h1>{TITLE}</h1><div>{BODY}</div><noscript>{BODY}</noscript>",
        f"<h1>{TITLE}</h1><div id=app></div><noscript>{BODY}</noscript>",
        f"<h1>{TITLE}</h1><div style='visibility:hidden'>{BODY}</div><noscript>{BODY}</noscript>",
    ],
)
def test_a_report_that_a_script_unveils_is_read_once(page: str, tmp_path: Path) -> None:
    assert read(page, tmp_path).text.splitlines() == READ


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='display:none'>{}</p>",
        "<p style='visibility:hidden'>{}</p>",
        "<p style='opacity:0'>{}</p>",
        "<p hidden>{}</p>",
        "<div style='DISPLAY : NONE'><p>{}</p></div>",
        "<style>#x, .tip {{color: red; display: none}}</style><p class=tip>{}</p>",
        "<aside>{}</aside>",
        "<div role=navigation>{}</div>",
        "<template><p>{}</p></template>",
    ],
)
def test_what_is_hidden_is_not_read(hidden: str, tmp_path: Path) -> None:
    page = f"<h1>{TITLE}</h1>{BODY}" + hidden.format("这一句页面上看不到，不应读入。")
    assert read(page, tmp_path).text.splitlines() == READ


@pytest.mark.parametrize(
    "shown",
    [
        "<p style='opacity:0.5'>{}</p>",
        "<p style='opacity:1'>{}</p>",
        "<style>@media print {{.a {{display: none}}}}</style><p class=a>{}</p>",
        "<style>.tip .a {{display: none}}</style><p class=a>{}</p>",
        "<details><summary></summary>{}</details>",
    ],
)
def test_what_is_shown_is_read(shown: str, tmp_path: Path) -> None:
    assert read(
        f"<h1>{TITLE}</h1>{BODY}" + shown.format("特此通报，请抓好整改。"), tmp_path
    ).text.splitlines() == [*READ, "特此通报，请抓好整改。"]


SITE = "<title>云岭县人民政府</title>"


@pytest.mark.parametrize(
    "page",
    [
        f"<div><header><h1>{TITLE}</h1></header>{BODY}</div>",
        f"<article><header><hgroup><h1>{TITLE}</h1></hgroup></header>{BODY}</article>",
        f"<main><header><h2>{TITLE}</h2></header>{BODY}</main>",
        f"<header><nav><a>首页</a></nav><h1>云岭县人民政府</h1></header><main><h1>{TITLE}</h1>{BODY}</main>",
        f"<header><a>首页</a> <a>公开</a><h1>{TITLE}</h1></header>{BODY}",
        f"<div role=banner>欢迎访问云岭县人民政府，今天是星期五。</div><div><h1>{TITLE}</h1>{BODY}</div>",
        f"<div><h1>{TITLE}</h1>{BODY}</div><footer><p>主办单位：云岭县人民政府办公室，备案号：云备1号。</p></footer>",
    ],
)
def test_titles_in_heads_are_read_and_the_sites_are_not(page: str, tmp_path: Path) -> None:
    assert read(page, tmp_path, SITE).text.splitlines() == READ


def test_who_signed_stands_in_the_foot_of_an_article(tmp_path: Path) -> None:
    page = f"<article><h1>{TITLE}</h1>{BODY}<footer><p>县林业局</p><p>2024年4月12日</p></footer></article>"
    assert read(page, tmp_path).text.splitlines() == [*READ, "县林业局", "2024年4月12日"]


def test_a_head_that_is_not_closed(tmp_path: Path) -> None:
    path = tmp_path / "r.html"
    path.write_text(
        f"<html><meta charset=utf-8>{SITE}<main><header><h1>{TITLE}</h1></header><p>{FIRST}<p>{SECOND}</main>",
        encoding="utf-8",
    )
    assert read_report(path).text.splitlines() == READ


@pytest.mark.parametrize(
    "data",
    [
        "var page = {html: '" + f"\\u003cp\\u003e{FIRST}{SECOND}{FIRST}" + "'}",
        f"</script><textarea>{FIRST}{SECOND}{FIRST}</textarea><script>",
        "var page = '" + "".join(f"\\u{ord(c):04x}" for c in FIRST + SECOND + FIRST) + "'",
    ],
)
def test_text_that_a_script_fills_in_is_refused(data: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"r.html: is a page whose text a script fills in; save it when"):
        read(f"<h1>{TITLE}</h1><div id=app></div><script>{data}</script>", tmp_path)


def test_a_short_notice_with_chatty_scripts_is_read(tmp_path: Path) -> None:
    script = "alert('请输入您要查询的验证码！'); alert('系统繁忙请稍后再试。'); alert('谢谢您的参与！'); alert('您输入的内容不正确。')"
    assert read(f"<h1>{TITLE}</h1><p>{FIRST}</p><script>{script}</script>", tmp_path).text.splitlines() == [
        TITLE,
        FIRST,
    ]


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (
            "<p>附图</p><img src=1.jpg><img src=2.jpg>",
            "2 pictures of the page are not read: 网页中的图片未读入",
        ),
        (
            "<iframe src='/files/2024.pdf'></iframe>",
            "a file that the page shows is not read: 内嵌文件未读入：/files/2024.pdf",
        ),
    ],
)
def test_pages_that_show_something_else_say_so(page: str, says: str, tmp_path: Path) -> None:
    assert read(f"<h1>{TITLE}</h1><div>{page}</div>", tmp_path).warnings == (says,)
    assert read(f"<h1>{TITLE}</h1><div>{BODY}<p>{FIRST}</p>{page}</div>", tmp_path).warnings == ()


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("2.1×10<sup>5</sup>立方米", "2.1×10⁵立方米"),
        ("10<sup>-6</sup>", "10⁻⁶"),
        ("10<sup>1.5</sup>", "10^1.5"),
        ("80m<sup><font>2</font></sup>，CO<sub>2</sub>", "80m²，CO₂"),
        ("3万元<sup><a>[2]</a></sup>，第5<sup>th</sup>", "3万元[2]，第5th"),
        ("所谓<q>两张皮</q>问题", "所谓“两张皮”问题"),
    ],
)
def test_raised_digits_and_quotations(page: str, said: str, tmp_path: Path) -> None:
    assert read(f"<h1>{TITLE}</h1>{BODY}<p>{page}</p>", tmp_path).text.splitlines()[3:] == [said]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<ol><li>甲<li value=5>乙<li>丙</ol>", ["1.甲", "5.乙", "6.丙"]),
        ("<ol type=A><li>甲<li>乙</ol>", ["A.甲", "B.乙"]),
        ("<ol type=i start=3><li>甲<li>乙</ol>", ["iii.甲", "iv.乙"]),
        ("<ol style='list-style-type: cjk-ideographic'><li>甲<li>乙</ol>", ["一、甲", "二、乙"]),
        ("<ol style='list-style: none'><li>（一）甲<li>（二）乙</ol>", ["（一）甲", "（二）乙"]),
        ("<ol reversed><li>甲<li>乙</ol>", ["2.甲", "1.乙"]),
        ("<ol><li>甲<ol><li>丙</ol><li>乙</ol>", ["1.甲", "1.丙", "2.乙"]),
        ("<ul><li>甲</ul>", ["甲"]),
        ("<ol start=x><li value=>甲</ol>", ["1.甲"]),
    ],
)
def test_numbers_of_lists(page: str, said: list[str], tmp_path: Path) -> None:
    assert read(f"<h1>{TITLE}</h1>{BODY}{page}", tmp_path).text.splitlines()[3:] == said


def envelope(kind: str, *parts: bytes) -> bytes:
    return b"MIME-Version: 1.0\r\nContent-Type: " + kind.encode() + b"\r\n" + b"\r\n".join(parts)


PAGE = f"<html><body><p>{FIRST}</p></body></html>"


@pytest.mark.parametrize(
    "raw",
    [
        envelope(
            "text/html; charset=gbk",
            b"Content-Transfer-Encoding: base64\r\n",
            base64.encodebytes(PAGE.encode("gbk")),
        ),
        envelope(
            'multipart/related; boundary="b"',
            b"",
            b"--b",
            b"Content-Type: text/html\r\n",
            b"<frameset><frame src=1></frameset>",
            b"--b",
            b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n",
            quopri.encodestring(PAGE.encode()),
            b"--b--",
        ),
    ],
    ids=["one part", "frames"],
)
def test_pages_in_one_file(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "r.mht").write_bytes(raw)
    assert read_report(tmp_path / "r.mht").text == FIRST
