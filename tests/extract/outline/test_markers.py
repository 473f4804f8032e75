"""What opens an item of a list, as reports number them, and what only looks like it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from extract.model import Source
from extract.outline.markers import Markers, write_stops
from extract.outline.numerals import marker_value
from extract.pipeline import extract_source
from extract.readers.numbering import chinese, format_number
from extract.text.clean import fold

PROBLEMS = [
    "护林员巡护记录造假。抽查20本记录，7本字迹相同。",
    "防火物资储备不足。仓库应有风力灭火机12台，实有5台。",
    "公益林补偿资金滞留。2022年滞留38万元，最长的11个月。",
    "监控设备长期离线。9处探头中4处无画面。",
]
HEADLINES = ["护林员巡护记录造假", "防火物资储备不足", "公益林补偿资金滞留", "监控设备长期离线"]
ADVICE = ["核实巡护记录。", "补齐防火物资。", "限期拨付补偿资金。", "修复监控设备。"]
TOP = ("一、", "二、")


def report(numbers: list[str], top: tuple[str, str] = TOP) -> str:
    """A report with four problems and four recommendations, numbered alike."""
    found, advised = (
        "".join(f"{number}{text}\n" for number, text in zip(numbers, texts, strict=True))
        for texts in (PROBLEMS, ADVICE)
    )
    return f"关于青禾县林业局森林防火专项检查情况的通报\n{top[0]}存在的主要问题\n{found}{top[1]}整改建议\n{advised}"


def found_in(text: str, nlp: Language) -> tuple[list[str], int]:
    """(headlines of the problems, recommendations); every node is its slice of the source."""
    findings = extract_source(Source("t", text, ""), nlp=nlp)
    assert all(n.text == text[n.start : n.end] for n in findings.nodes if n.start is not None)
    heads = [str(n.properties.get("headline")) for n in findings.by_label("Problem")]
    return heads, len(list(findings.by_label("Recommendation")))


def four(form: Callable[[int], str], first: int = 1) -> list[str]:
    return [form(n) for n in range(first, first + 4)]


@pytest.mark.parametrize("numbers", [
    four("{}.".format), four("{}、".format), four("{}）".format), four("({})".format), four("{} ".format), four("{}，".format),
    four(lambda n: chr(0x2488 + n - 1)), four(lambda n: chr(0x2474 + n - 1)), four(lambda n: chr(0x2460 + n - 1)),
    four(lambda n: chr(0x3220 + n - 1)), four(lambda n: chr(0x3280 + n - 1)), four(lambda n: chr(0x2776 + n - 1)),
    four(lambda n: chr(0x3251 + n - 1)), four(lambda n: chr(0x32B1 + n - 1)), four(lambda n: chr(0x24F5 + n - 1)),
    ["第一、", "第二、", "第三、", "第四、"], ["第一，", "第二，", "第三，", "第四，"], ["其一，", "其二，", "其三，", "其四，"],
    ["一是", "二是", "三是", "四是"], ["首先，", "其次，", "再次，", "最后，"], ["(一)", "(二)", "(三)", "(四)"],
    ["A.", "B.", "C.", "D."], ["a)", "b)", "c)", "d)"], ["甲、", "乙、", "丙、", "丁、"],
    ["I.", "II.", "III.", "IV."], ["Ⅰ、", "Ⅱ、", "Ⅲ、", "Ⅳ、"], ["i)", "ii)", "iii)", "iv)"],
    four("1.{}".format), four("1.1.{}".format), four("1-{}".format), four("【{}】".format), four("[{}]".format),
    four("问题{}：".format), ["问题一：", "问题二：", "问题三：", "问题四："], four("No.{} ".format), four("第{}项 ".format),
    four("{}.".format, 98), four("{}、".format, 99), four("（{}）".format, 99), four("{}.".format, 997), four("问题{}：".format, 99),
    ["（九十九）", "（一百）", "（一百零一）", "（一百零二）"], ["第一百零一项：", "第一百零二项：", "第一百零三项：", "第一百零四项："],
    ["- "] * 4, ["\uf0b7"] * 4,
], ids=lambda numbers: numbers[1])  # fmt: skip
def test_each_item_of_a_list_is_one(numbers: list[str], nlp: Language) -> None:
    assert found_in(report(numbers), nlp) == (HEADLINES, 4)


@pytest.mark.parametrize(
    "top",
    [
        ("Ⅰ.", "Ⅱ."),
        ("A.", "B."),
        ("【一】", "【二】"),
        ("壹、", "贰、"),
        ("第一、", "第二、"),
        ("1.", "2."),
        ("一 ", "二 "),
        ("①", "②"),
    ],
)
def test_sections_of_any_form_hold_lists(top: tuple[str, str], nlp: Language) -> None:
    assert found_in(report(four("（{}）".format), top), nlp) == (HEADLINES, 4)


def test_a_list_goes_on_after_99(nlp: Language) -> None:
    items = "".join(f"{n}.第{n}号林班巡护缺失。抽查{n}天未打卡。\n" for n in range(1, 1006))
    heads, _ = found_in(f"关于林班巡护检查情况的通报\n一、存在的主要问题\n{items}", nlp)
    assert heads == [f"第{n}号林班巡护缺失" for n in range(1, 1006)]


@pytest.mark.parametrize(
    ("levels", "numbers"),
    [
        (("一、", "（一）", "1.", "（1）"), ["1", "1.1", "1.1.1"]),
        (("1.", "1.1", "1.1.1", "（1）"), ["1", "1.1", "1.1.1"]),
        (("第一部分", "第一、", "1.", "（1）"), ["1", "1.1", "1.1.1"]),
        (("壹、", "一、", "（一）", "1."), ["1", "1.1", "1.1.1"]),
        (("一、", "问题一：", "1.", "①"), ["1", "1.1", "1.1.1"]),
    ],
)
def test_forms_nest_as_they_open(levels: tuple[str, ...], numbers: list[str], nlp: Language) -> None:
    a, b, c, d = levels
    text = f"关于青禾县林业局检查情况的通报\n{a}存在的主要问题\n{b}资金管理不规范\n{c}专项资金使用不合规\n{d}补偿资金滞留。最长的11个月。\n"
    findings = extract_source(Source("t", text, ""), nlp=nlp)
    assert [n.properties["number"] for n in findings.by_label("Problem")] == numbers


@pytest.mark.parametrize("lines", [
    "2022.5万元未入账。\n2023.5万元已追回。", "3.5万元用于接待。\n3.6万元用于会议。", "B、C两家公司未整改。\nA公司已整改。",
    "1-6月未检查。\n2-3人值守。", "110、119未公示。\n111、112。", "2022、2023年连续未审计。\n2021、2022年亦然。", "一百多户未发放。",
    "2021.\n2022.\n2023.", "2021年未检查。\n2022年未检查。", "1个单位未整改。\n2个单位已整改。", "1 个单位\n2 个单位", "甲、乙两公司串标。\n乙、丙。",
    "IV级响应。\nV级响应。", "（2023）12号", "〔2021〕3号\n〔2022〕4号", "二〇二四年四月十二日", "-3.5%\n-2.1%", "问题1个\n问题2个"])  # fmt: skip
def test_figures_that_open_a_line_are_no_markers(lines: str) -> None:
    folded = fold(write_stops(lines))
    markers = Markers(folded)
    assert [markers.match(line) for line in folded.split("\n")] == [None] * len(lines.split("\n"))


@pytest.mark.parametrize(
    ("marker", "value"),
    [
        ("二十一、", 21),
        ("一百零一、", 101),
        ("一百一十、", 110),
        ("一千零三、", 1003),
        ("（一〇一）", 101),
        ("贰拾、", 20),
        ("㊿", 50),
        ("1.12", 12),
    ],
)
def test_values(marker: str, value: int) -> None:
    assert marker_value(marker) == value


@pytest.mark.parametrize(
    "style",
    [
        "decimal",
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "chineseLegalSimplified",
        "japaneseCounting",
        "taiwaneseCountingThousand",
        "decimalEnclosedCircle",
        "decimalEnclosedCircleChinese",
        "upperRoman",
        "lowerRoman",
        "upperLetter",
    ],
)
def test_numbers_made_by_word_are_read_back(style: str) -> None:
    count = {"upperLetter": 26, "lowerRoman": 30, "upperRoman": 30}.get(style, 120)
    labels = [format_number(n, style) + ("、" if "Circle" not in style else "") for n in range(1, count + 1)]
    markers = Markers("\n".join(label + "巡护缺失" for label in labels))
    found = [markers.match(label + "巡护缺失") for label in labels if not label.isdecimal()]
    assert [m.value for m in found if m] == list(range(1, len(found) + 1))
    assert chinese(110) == "一百一十"
