"""What a person sees as the same gives the same findings, at the places of the source."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from spacy.language import Language

from extract.model import Findings, Source
from extract.pipeline import extract_source
from extract.rules import load_rules
from extract.start import clean_text
from extract.text import characters
from extract.text.characters import find_unreadable, plain, read_characters, simplify

REPORT = """关于对青禾县民政局开展专项检查情况的通报

2024年3月，县政府办公室组织检查组对青禾县民政局开展了专项检查。现将有关情况通报如下。
一、存在的主要问题
（一）资金管理不规范
1.低保金发放不及时。2023年有28户低保金迟发2个月，涉及金额6.4万元。
2.临时救助审核不严。抽查40份档案，9份缺少入户调查表。由于内控制度不健全，审核把关流于形式。
（二）养老机构监管不到位
1.消防设施长期失修。青石镇敬老院8只灭火器过期，违反《养老机构管理办法》。
二、原因分析
一是思想认识不到位，对救助政策学习不够。
二是内部控制制度不健全，日常监督缺位。
三、整改建议
（一）规范低保金发放管理，严格执行发放时限。
（二）健全临时救助审核制度，落实入户调查。
（三）开展养老机构消防隐患排查，及时更换设施。

青禾县人民政府办公室
2024年4月12日
"""
TRADITIONAL = """關於對青禾縣民政局開展專項檢查情況的通報

2024年3月，縣政府辦公室組織檢查組對青禾縣民政局開展了專項檢查。現將有關情況通報如下。
一、存在的主要問題
（一）資金管理不規範
1.低保金發放不及時。2023年有28戶低保金遲發2個月，涉及金額6.4萬元。
2.臨時救助審核不嚴。抽查40份檔案，9份缺少入戶調查表。由於內控制度不健全，審核把關流於形式。
（二）養老機構監管不到位
1.消防設施長期失修。青石鎮敬老院8隻滅火器過期，違反《養老機構管理辦法》。
二、原因分析
一是思想認識不到位，對救助政策學習不夠。
二是內部控制制度不健全，日常監督缺位。
三、整改建議
（一）規範低保金發放管理，嚴格執行發放時限。
（二）健全臨時救助審核制度，落實入戶調查。
（三）開展養老機構消防隱患排查，及時更換設施。

青禾縣人民政府辦公室
2024年4月12日
"""


def kangxi(text: str) -> str:
    """With the signs of dictionary sections for the characters that look like them."""
    signs = {unicodedata.normalize("NFKC", chr(c)): chr(c) for c in range(0x2F00, 0x2FD6)}
    return "".join(signs.get(c, c) for c in text)


def supplement(text: str) -> str:
    signs = {v: k for k, v in characters._pairs(characters._DATA["radicals"]).items()}
    return "".join(signs.get(c, c) for c in text)


def upright(text: str) -> str:
    return text.translate(str.maketrans("（）《》，。、：；", "︵︶︽︾︐︒︑︓︔"))


def sprinkled(sign: str) -> Callable[[str], str]:
    """With an invisible character between any two others, now and then."""

    def write(text: str) -> str:
        dice = random.Random(7)
        return "".join(c + sign * (dice.random() < 0.3) for c in text)

    return write


def indented(blank: str) -> Callable[[str], str]:
    return lambda text: "\n".join(blank * 2 + line for line in text.split("\n"))


def ended_by(end: str) -> Callable[[str], str]:
    return lambda text: text.replace("\n", end)


def enclosed(text: str) -> str:
    for i, c in enumerate("一二三"):
        text = text.replace(f"（{c}）", chr(0x3220 + i))
    for i in (1, 2):
        text = text.replace(f"\n{i}.", f"\n{chr(0x2488 + i - 1)}")
    return text


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


FORMS = {
    "Kangxi radicals": kangxi, "radicals of the supplement": supplement, "upright": upright, "full width": wide,
    "enclosed numbers": enclosed, "small signs": lambda t: t.replace("，", "﹐").replace("。\n", "﹒\n").replace("：", "﹕"),
    "formula digits": lambda t: "".join(chr(0x1D7CE + int(c)) if c in "0123456789" else c for c in t),
    "telegraph dates": lambda t: t.replace("4月12日", "㋃㏫"), "compatibility ideographs": lambda t: t.replace("不", "\uf967"),
    "Big5 blanks": indented("\u3000"), "GBK A3A0": indented("\ue5e5"), "no-break": indented("\xa0"), "figure space": indented("\u2007"),
    "CR": ended_by("\r"), "CRLF": ended_by("\r\n"), "LS": ended_by("\u2028"), "PS": ended_by("\u2029"), "NEL": ended_by("\x85"),
    "VT": ended_by("\x0b"), "FF": ended_by("\f"),
    **{f"U+{ord(c):04X}": sprinkled(c) for c in "\xad\u200b\u200c\u200d\u2060\ufeff\ufe0f\u200e\u202a\u202c\x00\U000e0100\u034f"},
    "traditional": lambda _: TRADITIONAL, "traditional, CR": lambda _: TRADITIONAL.replace("\n", "\r"),
    "traditional, Kangxi": lambda _: kangxi(TRADITIONAL),
}  # fmt: skip


def seen(findings: Findings) -> dict[str, Any]:
    """What a reader sees of the findings: values, names, links, in simplified characters and without places."""
    shown = {n.id: simplify("".join(plain(n.text or str(n.properties)).split())) for n in findings.nodes}
    places = {"start", "end", "cue", "amounts_at", "counts_at", "shares_at", "dates_at", "periods_at"}
    for node in findings.nodes:
        if node.label in ("Unit", "Policy"):
            shown[node.id] = node.properties["name"]
    width = str.maketrans({0xFF10 + i: str(i) for i in range(10)} | {ord("．"): "."})
    values = [
        (
            n.label,
            *sorted(
                (k, simplify(str(v)).translate(width))
                for k, v in n.properties.items()
                if k not in {*places, "title"}
            ),
        )
        for n in findings.nodes
    ]
    texts = [n.label for n in findings.nodes if n.text]
    edges = sorted((e.type, e.properties.get("method"), e.properties.get("rule")) for e in findings.edges)
    return {"date": findings.report.date, "kind": findings.report.kind, "values": values, "texts": texts, "edges": [*map(str, edges)],
            "warnings": findings.report.warnings}  # fmt: skip


def find(text: str, nlp: Language) -> Findings:
    return extract_source(Source("t", text, ""), nlp=nlp)


@pytest.mark.parametrize("form", FORMS)
def test_what_looks_the_same_is_found_the_same(form: str, nlp: Language) -> None:
    text = FORMS[form](REPORT)
    assert text != REPORT
    findings = find(text, nlp)
    assert seen(findings) == seen(find(REPORT, nlp))
    assert all(n.text == text[n.start : n.end] for n in findings.nodes if n.start is not None)


@pytest.mark.parametrize("form", ["Kangxi radicals", "U+00AD", "CR", "GBK A3A0"])
def test_ids_do_not_depend_on_the_form(form: str, nlp: Language) -> None:
    first, second = find(REPORT, nlp), find(FORMS[form](REPORT), nlp)
    assert [n.id for n in first.nodes] == [n.id for n in second.nodes]
    assert second.report.title == first.report.title


def test_names_are_simplified_and_quotes_are_not(nlp: Language) -> None:
    findings = find(TRADITIONAL, nlp)
    assert {n.properties["name"] for n in findings.by_label("Unit")} == {
        n.properties["name"] for n in find(REPORT, nlp).by_label("Unit")
    }
    assert findings.report.title == "關於對青禾縣民政局開展專項檢查情況的通報"
    assert "低保金發放不及時" in [n.properties["headline"] for n in findings.by_label("Problem")]


@pytest.mark.parametrize(
    "text",
    [
        "乾县财政局于2023年审计了乾陵。",
        "於某某、瞭望塔、徵羽、后某、干部、里程、著作权、显著。",
        "王昇、陈堃任职期间。",
        REPORT,
        "该馆收藏《後漢書》一部，账实不符，资产管理混乱。",
        "乾县\n於某\n著作",
        "单位名称：國立研究所，检查发现台账缺失。",
    ],
)
def test_simplified_text_stays_as_it_is(text: str) -> None:
    assert read_characters(text) == (text, (0,), (0,))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("審計發現賬實不符，資訊披露不規範", "审计发现账实不符，资讯披露不规范"),
        ("著力解決監管覆核不嚴", "着力解决监管复核不严"),
        ("乾縣幹部違規領取補貼", "乾县干部违规领取补贴"),
        ("對政策瞭解不夠，答覆遲緩", "对政策了解不够，答复迟缓"),
        ("著名學者著作頗豐", "著名学者著作颇丰"),
        ("裡程後台係統啓用，爲羣衆", "里程后台系统启用，为群众"),
    ],
)
def test_traditional_characters(written: str, read: str) -> None:
    assert simplify(written) == read
    assert len(written) == len(read)


def test_lines_of_two_scripts_are_each_read_as_what_they_are() -> None:
    mixed = "乾县审计局检查发现账实不符。\n臺灣積體電路製造股份有限公司於本縣設廠\n於某任职期间违规。"
    assert simplify(mixed).split("\n") == [
        "乾县审计局检查发现账实不符。", "台湾积体电路制造股份有限公司于本县设厂", "於某任职期间违规。"]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["㈠\u00ad财务\r㈡㋃㏫。", "\ufeff\ufeff⼀、存在的问题\n⒈⒉", "ab\u200bc d\u00adef\n㈩"]
)
def test_every_character_knows_its_place(text: str) -> None:
    clean = clean_text(Source("t", text, ""), load_rules())
    for i, char in enumerate(clean.text):
        start, end = clean.span(i, i + 1)
        assert 0 <= start < end <= len(text)
        form = plain(text[start:end])
        assert char == "\n" or char in form or (char == "。" and "." in form)


def test_what_cannot_be_read_is_said_with_its_place(nlp: Language) -> None:
    damaged = REPORT.replace("\n2.临时救助", "\n2.临\ufffd救助").replace("敬老院8只", "敬老院8\ue123")
    said = [w for w in find(damaged, nlp).report.warnings if "unreadable" in w]
    assert said == [
        f"unreadable character in line 7 (offset {damaged.index(chr(0xFFFD))}): 2.临\ufffd救助审核不严。抽",
        f"unreadable character in line 9 (offset {damaged.index(chr(0xE123))}): 。青石镇敬老院8\ue123灭火器过期，违反",
    ]
    assert find_unreadable("账" + "\ufffd " * 9)[-1] == "unreadable characters in 4 more places"


def test_a_text_without_chinese_is_said(nlp: Language) -> None:
    assert find("å®\x89å\x85¨ç\x94\x9fäº§", nlp).report.warnings[0].startswith("no Chinese text")
