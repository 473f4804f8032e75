"""Word files: automatic numbers, changes, what stands outside the paragraphs, and damaged files."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from extract.readers import ReadError, read_report
from extract.readers.numbering import chinese, format_number

NS = nsdecls("w")


def text_of(body: str, tmp_path: Path, *, numbering: str = "", styles: str = "") -> str:
    """The text of a document with this body, each part in WordprocessingML."""
    document = docx.Document()
    for part, inner in ((document.part.numbering_part.element, numbering), (document.styles.element, styles)):
        if inner:
            for element in parse_xml(f"<w:x {NS}>{inner}</w:x>"):
                part.append(element)
    root = document.element.body
    for i, element in enumerate(parse_xml(f"<w:x {NS}>{body}</w:x>")):
        root.insert(i, element)
    document.save(str(tmp_path / "r.docx"))
    return read_report(tmp_path / "r.docx").text


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def listed(text: str, level: int, num: int = 90) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def level(i: int, style: str, label: str, more: str = "") -> str:
    return (f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}'
            f'<w:lvlText w:val="{label}"/></w:lvl>')  # fmt: skip


LIST = (
    '<w:abstractNum w:abstractNumId="90">'
    + level(0, "chineseCountingThousand", "%1、") + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%1.%2.%3", "<w:isLgl/>") + level(3, "bullet", "\uf0b7")
    + '</w:abstractNum><w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>'
    '<w:num w:numId="91"><w:abstractNumId w:val="90"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    "</w:lvlOverride></w:num>"
)  # fmt: skip


def test_levels_restart_below_a_higher_one_and_go_on_otherwise(tmp_path: Path) -> None:
    body = "".join(
        listed(*item)
        for item in (("甲", 0), ("乙", 1), ("丙", 1), ("丁", 2), ("戊", 0), ("己", 1), ("庚", 3))
    )
    body += listed("辛", 0, 91) + p("壬") + listed("癸", 0)
    assert text_of(body, tmp_path, numbering=LIST).split("\n") == [
        "一、甲", "（一）乙", "（二）丙", "1.2.1 丁", "二、戊", "（一）己", "庚", "五、辛", "壬", "六、癸"]  # fmt: skip


def test_numbers_of_a_style_and_their_removal(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="base"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
        '<w:numId w:val="90"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="sub"/><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Toc"><w:name w:val="toc 1"/></w:style>'
    )
    body = (p("一条", '<w:pStyle w:val="Sub"/>') + p("二条", '<w:pStyle w:val="Base"/>')
            + p("无号", '<w:pStyle w:val="Sub"/><w:numPr><w:numId w:val="0"/></w:numPr>')
            + p("目录里的标题……3", '<w:pStyle w:val="Toc"/>'))  # fmt: skip
    assert text_of(body, tmp_path, numbering=LIST, styles=styles) == "（一）一条\n（二）二条\n无号"


def test_changes_hidden_text_and_breaks(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>整改</w:t></w:r><w:del><w:r><w:delText>不</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>已</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>秘</w:t></w:r>"
        "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:r><w:t>完成</w:t><w:br/><w:t>第二行</w:t></w:r>"
        "<w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>段末</w:t></w:r></w:p>" + p("已删")
        + "<w:sdt><w:sdtContent>" + p("控件里的文字") + "</w:sdtContent></w:sdt>"
    )  # fmt: skip
    assert text_of(body, tmp_path) == "整改已完成\n第二行\n段末已删\n控件里的文字"


def test_text_boxes_once(tmp_path: Path) -> None:
    box = "<w:txbxContent>" + p("框内") + "</w:txbxContent>"
    body = (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><w:t>正文</w:t>'
        f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>" + p("下一段")
    )
    assert text_of(body, tmp_path) == "正文\n框内\n下一段"


def test_footnotes_follow_the_text(tmp_path: Path) -> None:
    document = docx.Document()
    notes = f'<w:footnotes {NS}><w:footnote w:id="2">{p("见附件")}</w:footnote></w:footnotes>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    package = document.part.package
    document.part.relate_to(Part(PackURI("/word/footnotes.xml"), content, notes.encode(), package), kind)
    mark = "<w:p><w:r><w:t>支出</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t>超标</w:t></w:r></w:p>"
    document.element.body.insert(0, parse_xml(f"<w:x {NS}>{mark}</w:x>")[0])
    document.save(str(tmp_path / "r.docx"))
    assert read_report(tmp_path / "r.docx").text == "支出超标\n[1] 见附件"


def test_tables(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    merged = "<w:tcPr><w:vMerge/></w:tcPr>" + p("")
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("合计")
    body = ("<w:tbl>" + row(p("单位"), p("金额"), p("说明")) + row(p("甲局"), p("3"), p("一") + p("二"))
            + row(merged, p("4"), p("")) + row(wide, p("7")) + "</w:tbl>"
            + "<w:tbl>" + row(p("框里第一段") + p("第二段")) + "</w:tbl>")  # fmt: skip
    assert text_of(body, tmp_path).split("\n") == [
        "单位\t金额\t说明",
        "甲局\t3\t一 二",
        "\t4",
        "合计\t\t7",
        "框里第一段",
        "第二段",
    ]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1003, "一千零三"),
    ],
)
def test_chinese_numbers(number: int, said: str) -> None:
    assert chinese(number) == said


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("decimal", "4"),
        ("upperRoman", "IV"),
        ("lowerLetter", "d"),
        ("decimalEnclosedCircleChinese", "④"),
        ("ideographTraditional", "丁"),
        ("decimalZero", "04"),
        ("none", ""),
        ("ordinal", "4"),
    ],
)
def test_number_formats(style: str, said: str) -> None:
    assert format_number(4, style) == said


def packed(parts: dict[str, bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return raw.getvalue()


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (packed({"word/document.xml": b"<w:document/>"}), "damaged Word file"),
        (packed({"word/document.xml": b" " * 210_000_000}), "210 MB when unpacked"),
        (packed({"ppt/presentation.xml": b"x"}), "is a PowerPoint file"),
        (packed({"OFD.xml": b"x"}), "is an OFD file"),
        (packed({"a.docx": b"x" * 500})[:100], "cut off or damaged"),
        (
            b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        (b"{\\rtf1 x}", "is an RTF file"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",  # a package holds the time when it was made
)
def test_what_is_no_word_file(tmp_path: Path, raw: bytes, says: str) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(raw)
    with pytest.raises(ReadError, match=says) as error:
        read_report(path)
    assert str(error.value).startswith(f"{path}: ")
    assert ";" in str(error.value)


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    document.save(str(tmp_path / "r.doc"))
    source = read_report(tmp_path / "r.doc")
    assert (source.text, source.kind) == ("正文", "docx")
