"""Word files as packages: relationships, kinds, Strict, embedded parts; equations, raised digits, what is not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.readers import ReadError, read_report
from tests.support.word import NAMES, document, p, r, write_word

SAID = "泵房消防器材过期，涉及金额1.8万元。"


def text_of(path: Path) -> str:
    return read_report(path).text


@pytest.mark.parametrize("target", ["NULL", "media/none.png", "../nowhere.xml", "", "file:///C:/none.png"])
def test_a_relationship_that_leads_nowhere_does_not_matter(tmp_path: Path, target: str) -> None:
    nowhere = (("rId7", "image", target), ("rId8", "numbering", target), ("rId9", "footnotes", target))
    assert text_of(write_word(tmp_path / "r.docx", p(SAID), *nowhere)) == SAID


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        (".docm", "ms-word.document.macroEnabled.main"),
        (".dotx", "template.main"),
        (".dotm", "x"),
        (".docx", "x"),
    ],
)
def test_kinds_of_word_files(tmp_path: Path, suffix: str, kind: str) -> None:
    assert text_of(write_word(tmp_path / f"r{suffix}", p(SAID), kind=kind)) == SAID


@pytest.mark.parametrize(
    "main",
    ["word/document2.xml", "word/Document.xml", "word\\document.xml", "data/body.xml", "WORD/DOCUMENT.XML"],
)
def test_the_main_part_has_any_name(tmp_path: Path, main: str) -> None:
    path = write_word(tmp_path / "r.docx", p(SAID), main=main, parts={"word/settings.xml": "<x/>"})
    assert text_of(path) == SAID


def test_a_folder_of_templates_is_read_too(tmp_path: Path) -> None:
    from extract.readers import read_reports

    for suffix in ("docm", "dotx", "dotm"):
        write_word(tmp_path / f"{suffix}.{suffix}", p(SAID))
    assert [source.text for source in read_reports(tmp_path)] == [SAID] * 3


def test_strict_is_read_as_transitional(tmp_path: Path) -> None:
    numbering = (
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    listed = p(SAID).replace("<w:p>", '<w:p><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr>')
    equation = p("合计", "<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>", "万元")

    def strict(part: str) -> str:
        for folder in ("wordprocessingml", "officeDocument", "drawingml"):
            part = part.replace(
                f"http://schemas.openxmlformats.org/{folder}/2006/", f"http://purl.oclc.org/ooxml/{folder}/"
            )
        return part

    path = write_word(
        tmp_path / "r.docx",
        "",
        ("rId2", "numbering", "numbering.xml"),
        parts={
            "word/numbering.xml": strict(numbering),
            "word/document.xml": strict(document(listed + equation)),
        },
    )
    assert text_of(path).split("\n") == [f"1.{SAID}", "合计12万元"]


def rtf(text: str) -> str:
    return "{\\rtf1\\ansi " + text + "}"


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("chunk.htm", f"<html><title>Word</title><body><p>{SAID}</p><ul><li>附表</ul></body></html>"),
        ("chunk.html", f"<p>{SAID}</p><p>附表</p>".encode("gb18030")),
        ("chunk.txt", f"{SAID}\n附表"),
        (
            "chunk.mht",
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=gbk\n"
            b"Content-Transfer-Encoding: 8bit\n\n" + f"<p>{SAID}</p><p>附表</p>".encode("gbk") + b"\n--b--\n",
        ),
    ],
)
def test_embedded_parts_stand_at_their_place(tmp_path: Path, name: str, part: str | bytes) -> None:
    body = p("一、存在的问题") + '<w:altChunk r:id="c"/>' + p("特此通报。")
    path = write_word(
        tmp_path / "r.docx", body, ("c", "aFChunk", f"/word/{name}"), parts={f"word/{name}": part}
    )
    source = read_report(path)
    assert source.text.split("\n") == ["一、存在的问题", SAID, "附表", "特此通报。"]
    assert source.warnings == ()


def test_an_embedded_word_file_also_in_a_cell(tmp_path: Path) -> None:
    inner = write_word(tmp_path / "inner.docx", p(SAID)).read_bytes()
    cell = f'<w:tbl><w:tr><w:tc><w:altChunk r:id="c"/>{p("附注")}</w:tc></w:tr></w:tbl>'
    path = write_word(
        tmp_path / "r.docx",
        p("一、存在的问题") + cell,
        ("c", "aFChunk", "afchunk.docx"),
        parts={"word/afchunk.docx": inner},
    )
    assert text_of(path).split("\n") == ["一、存在的问题", SAID, "附注"]


@pytest.mark.parametrize(
    ("element", "target", "parts", "says"),
    [
        ("altChunk", "c.rtf", {"word/c.rtf": rtf(SAID)}, "c.rtf: is an RTF file, not text; save it as .docx"),
        ("altChunk", "c.htm", {}, "c.htm: is not in the file; copy its text into it"),
        (
            "subDoc",
            "http://example.org/part.docx",
            {},
            "part.docx: is not in the file; copy its text into it",
        ),
        ("altChunk", "c.docx", {"word/c.docx": b"PK\x03\x04 cut off"}, "c.docx: is a ZIP archive"),
    ],
)
def test_what_of_embedded_parts_is_not_read_is_said(
    tmp_path: Path, element: str, target: str, parts: dict[str, str | bytes], says: str
) -> None:
    body = p(SAID) + f'<w:{element} r:id="c"/>' + p("特此通报。")
    source = read_report(write_word(tmp_path / "r.docx", body, ("c", "x", target), parts=parts))
    assert source.text.split("\n") == [SAID, "特此通报。"]
    [warning] = source.warnings
    assert warning.startswith(f"part after “{SAID}” is not read: 嵌入部分未读入 (")
    assert says in warning


def test_too_many_embedded_parts_are_said(tmp_path: Path) -> None:
    """A file of them in a file of them would never end."""
    chunk = '<w:altChunk r:id="c"/>'
    related = ("c", "aFChunk", "c.docx")
    innermost = write_word(tmp_path / "a.docx", p(SAID)).read_bytes()
    inner = write_word(
        tmp_path / "b.docx", chunk * 20, related, parts={"word/c.docx": innermost}
    ).read_bytes()
    source = read_report(write_word(tmp_path / "r.docx", chunk * 20, related, parts={"word/c.docx": inner}))
    assert 40 < source.text.count(SAID) < 50
    assert "is one of too many in a Word file" in source.warnings[-1]


def math(inner: str) -> str:
    return f"<m:oMath>{inner}</m:oMath>"


def mr(text: str) -> str:
    return f"<m:r><w:rPr/><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        (mr("3.5×") + f"<m:sSup><m:e>{mr('10')}</m:e><m:sup>{mr('4')}</m:sup></m:sSup>", "3.5×10⁴"),
        (f"<m:sSup><m:e>{mr('10')}</m:e><m:sup>{mr('-6')}</m:sup></m:sSup>", "10⁻⁶"),
        (f"<m:sSup><m:e>{mr('10')}</m:e><m:sup>{mr('1.5')}</m:sup></m:sSup>", "10^1.5"),
        (f"<m:sSub><m:e>{mr('V')}</m:e><m:sub>{mr('1')}</m:sub></m:sSub>", "V₁"),
        (
            f"<m:sSubSup><m:e>{mr('x')}</m:e><m:sub>{mr('1')}</m:sub><m:sup>{mr('2')}</m:sup></m:sSubSup>",
            "x₁²",
        ),
        (f"<m:f><m:num>{mr('1')}</m:num><m:den>{mr('3')}</m:den></m:f>", "1/3"),
        (f"<m:f><m:num>{mr('a+b')}</m:num><m:den>{mr('2')}</m:den></m:f>", "(a+b)/2"),
        (f"<m:rad><m:radPr/><m:deg/><m:e>{mr('2')}</m:e></m:rad>", "√2"),
        (f"<m:d><m:e>{mr('a+1')}</m:e></m:d>", "(a+1)"),
        (f'<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e>{mr("a")}</m:e></m:d>', "[a]"),
        (
            f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{mr("1")}</m:sub><m:sup>{mr("n")}</m:sup><m:e>{mr("x")}</m:e></m:nary>',
            "∑₁ⁿx",
        ),
    ],
)
def test_equations(tmp_path: Path, inner: str, said: str) -> None:
    path = write_word(
        tmp_path / "r.docx",
        p("工程量", math(inner), "立方米") + p(f"<m:oMathPara>{math(inner)}</m:oMathPara>"),
    )
    assert text_of(path) == f"工程量{said}立方米\n{said}"


SUPER, SUB = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        (["2.1×10", r("5", SUPER), "立方米"], "2.1×10⁵立方米"),
        (["10", r("-", SUPER), r("3", SUPER)], "10⁻³"),
        (["面积80m", r("2", SUPER), "，CO", r("2", SUB)], "面积80m²，CO₂"),
        (["3万元", r("[2]", SUPER), "，第5", r("th", SUPER)], "3万元[2]，第5th"),
        (["10", r("4", '<w:rStyle w:val="Up"/>')], "10⁴"),
        (["10", r("4", '<w:rStyle w:val="Up"/><w:vertAlign w:val="baseline"/>')], "104"),
    ],
)
def test_raised_and_lowered_digits(tmp_path: Path, runs: list[str], said: str) -> None:
    styles = f'<w:styles {NAMES}><w:style w:type="character" w:styleId="Up"><w:rPr>{SUPER}</w:rPr></w:style></w:styles>'
    path = write_word(
        tmp_path / "r.docx", p(*runs), ("s", "styles", "styles.xml"), parts={"word/styles.xml": styles}
    )
    assert text_of(path) == said


def test_whole_lines_that_are_raised_to_even_them_out_stay(tmp_path: Path) -> None:
    high = '<w:position w:val="6"/>'
    raised = p("10", r("4", high), "立方米，10", r("12", high), r("m", high), "。")
    path = write_word(tmp_path / "r.docx", raised + p(r("34", high), r("户", high), r("12", high)))
    assert text_of(path) == "10⁴立方米，10¹²m。\n34户12"


def field(*codes: str) -> str:
    inner = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{inner}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (["eq \\o\\ac(○,3)"], "③"),
        (["eq \\o\\ac(", "○,23)"], "(23)"),
        ([" EQ \\s\\up6(4) "], "⁴"),
        ([" EQ \\s\\do4(2) "], "₂"),
        (["EQ \\f(1,3)"], "1/3"),
        (["EQ \\r(2)"], "√2"),
        (["EQ \\x\\to(甲)"], "甲"),
        (["PAGE"], ""),
        (["EQ \\o(((("], "(((("),
    ],
)
def test_fields_that_draw_their_text(tmp_path: Path, codes: list[str], said: str) -> None:
    assert text_of(write_word(tmp_path / "r.docx", p("第", field(*codes), "项"))) == f"第{said}项"


@pytest.mark.parametrize(
    ("font", "code", "said"),
    [
        ("Wingdings", "F0FC", "√"),
        ("Wingdings 2", "0052", "☑"),
        ("Wingdings", "F0A8", "□"),
        ("Symbol", "F0B4", "×"),
        ("Wingdings", "F0B7", ""),
        ("宋体", "25A1", "□"),
        ("Webdings", "F061", ""),
    ],
)
def test_symbols(tmp_path: Path, font: str, code: str, said: str) -> None:
    symbol = f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    assert text_of(write_word(tmp_path / "r.docx", p("甲", symbol, "乙"))) == f"甲{said}乙"


def test_word_art_and_changes_in_equations(tmp_path: Path) -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="检查通报"/></v:shape></w:pict></w:r>'
    changed = math(f"<w:del>{mr('9')}</w:del><w:ins>{mr('5')}</w:ins><w:r><w:t>万</w:t></w:r>")
    assert text_of(write_word(tmp_path / "r.docx", p(art) + p(changed, "元"))) == "检查通报\n5万元"


def test_hidden_by_a_style_prompts_and_form_fields(tmp_path: Path) -> None:
    styles = f'<w:styles {NAMES}><w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    prompt = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>" + r("单击此处输入") + "</w:sdtContent></w:sdt>"
    box = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>{}</w:checkBox></w:ffData></w:fldChar></w:r>'
    chosen = '<w:r><w:fldChar><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList></w:ffData></w:fldChar></w:r>'
    body = (
        p("甲", r("秘", '<w:rStyle w:val="H"/>'), r("乙", '<w:rStyle w:val="H"/><w:vanish w:val="off"/>'))
        + p("整改人：", prompt.format("<w:showingPlcHdr/>"))
        + p("整改人：", prompt.format(""))
        + p("完成", box.format("<w:checked/>"), "未完成", box.format(""))
        + p("单位：", chosen)
    )
    path = write_word(
        tmp_path / "r.docx", body, ("s", "styles", "styles.xml"), parts={"word/styles.xml": styles}
    )
    assert text_of(path).split("\n") == [
        "甲乙",
        "整改人：",
        "整改人：单击此处输入",
        "完成√未完成□",
        "单位：乙",
    ]


def test_ruby_smart_tags_links_and_alternatives(tmp_path: Path) -> None:
    body = (
        p(
            "<w:r><w:ruby><w:rt>"
            + r("xun")
            + "</w:rt><w:rubyBase>"
            + r("巡")
            + "</w:rubyBase></w:ruby></w:r>",
            "<w:smartTag>" + r("察") + "</w:smartTag>",
            "<w:hyperlink>" + r("整改") + "</w:hyperlink>",
            '<w:fldSimple w:instr="DATE">' + r("5月") + "</w:fldSimple>",
        )
        + f"<mc:AlternateContent><mc:Choice>{p('新')}</mc:Choice><mc:Fallback>{p('旧')}</mc:Fallback></mc:AlternateContent>"
    )
    assert text_of(write_word(tmp_path / "r.docx", body)) == "巡察整改5月\n新"


def drawing(width: float, height: float, inner: str = '<a:graphic><a:blip r:embed="x"/></a:graphic>') -> str:
    return f'<w:r><w:drawing><wp:inline><wp:extent cx="{width * 360000:.0f}" cy="{height * 360000:.0f}"/>{inner}</wp:inline></w:drawing></w:r>'


CHART = '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic>'


@pytest.mark.parametrize(
    ("picture", "is_said"),
    [
        (drawing(14, 9), True),
        (drawing(3, 3), False),
        (drawing(4, 2, CHART), True),
        ('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>', True),
        (
            '<w:r><w:pict><v:shape style="width:400pt;height:300pt"><v:imagedata/></v:shape></w:pict></w:r>',
            True,
        ),
        (
            '<w:r><w:pict><v:shape style="width:40pt;height:30pt"><v:imagedata/></v:shape></w:pict></w:r>',
            False,
        ),
    ],
)
def test_large_pictures_are_said(tmp_path: Path, picture: str, is_said: bool) -> None:
    source = read_report(write_word(tmp_path / "r.docx", p(SAID) + p(picture) + p(picture)))
    assert source.text == SAID
    assert source.warnings == (
        (f"pictures are not read: 图片未读入：2, the first after “{SAID}”",) if is_said else ()
    )


def test_a_file_of_pictures_only_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"r.docx: its pages are pictures; save it as PDF"):
        read_report(write_word(tmp_path / "r.docx", p(drawing(15, 20)) * 3))


def test_comments_are_said(tmp_path: Path) -> None:
    comments = f'<w:comments {NAMES}><w:comment w:id="3">{p("金额待核")}</w:comment></w:comments>'
    body = p(SAID) + p("整改情况", '<w:r><w:commentReference w:id="3"/></w:r>')
    path = write_word(
        tmp_path / "r.docx", body, ("k", "comments", "comments.xml"), parts={"word/comments.xml": comments}
    )
    source = read_report(path)
    assert source.text == f"{SAID}\n整改情况"
    assert source.warnings == (f"comment after “{SAID}” is not read: 批注未读入：金额待核",)
