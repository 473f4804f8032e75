"""Lists of problems in tables: what each row says belongs to its problem, however the table is laid out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from spacy.language import Language

from extract.model import Findings
from extract.pipeline import extract_report
from extract.readers import read_report
from tests.support.tables import Row, Table, headlines, rows, statuses, workbook

Found = Callable[..., Findings]


@pytest.fixture
def csv(tmp_path: Path, nlp: Language) -> Callable[..., Findings]:
    """The findings of lines of CSV."""

    def find(*lines: str, encoding: str = "utf-8") -> Findings:
        path = tmp_path / "清单.csv"
        path.write_bytes("\r\n".join(lines).encode(encoding))
        return extract_report(path, nlp=nlp)

    return find


@pytest.fixture
def xlsx(tmp_path: Path, nlp: Language) -> Callable[..., Findings]:
    """The findings of a workbook with these sheets."""

    def find(*sheets: tuple[str, Table], **options: object) -> Findings:
        return extract_report(workbook(tmp_path / "清单.xlsx", *sheets, **options), nlp=nlp)  # type: ignore[arg-type]

    return find


@pytest.fixture
def word(tmp_path: Path, nlp: Language) -> Callable[..., Findings]:
    """The findings of paragraphs and tables in Word."""

    def find(*parts: str | Table) -> Findings:
        document = docx.Document()
        for part in parts:
            if isinstance(part, str):
                document.add_paragraph(part)
                continue
            table = document.add_table(len(part), len(part[0]))
            for i, row in enumerate(part):
                for j, cell in enumerate(row):
                    table.cell(i, j).text = str(cell)
        document.save(str(tmp_path / "报告.docx"))
        return extract_report(tmp_path / "报告.docx", nlp=nlp)

    return find


TWO = ["渠道淤积严重，闸门启闭不灵", "值班记录缺失，交接班不签字"]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|", "、"])
def test_commas_in_cells_part_no_cells(csv: Found, sign: str) -> None:
    f = csv(
        f"\ufeff序号{sign}存在问题{sign}整改措施",
        *(f"{i}{sign}{said}{sign}落实专人，限期清理" for i, said in enumerate(TWO, 1)),
    )
    assert headlines(f) == TWO
    assert [len(row.measures) for row in rows(f)] == [1, 1]


def test_quoted_line_breaks_and_signs(csv: Found) -> None:
    f = csv(
        "序号,存在问题,整改措施",
        '1,"库房""三不""问题突出；\n账册未登记",登记',
        "2,围栏破损较多,更换",
        encoding="gb18030",
    )
    assert [row.measures for row in rows(f)] == [
        (("整改措施：登记", "ongoing"),),
        (("整改措施：更换", "ongoing"),),
    ]


def test_a_quotation_mark_that_is_never_closed_swallows_nothing(csv: Found) -> None:
    f = csv("序号,存在问题,整改措施", '1,"围栏破损较多,更换', "2,库房账册缺失,补记")
    assert len(headlines(f)) == 2
    assert any("引号不成对" in warning for warning in f.report.warnings)


def test_titles_totals_and_signatures_are_no_rows(csv: Found) -> None:
    f = csv(
        "某县林业局问题整改清单,,,", "填报单位：县林业局,,,单位：万元", "序号,存在问题,涉及资金,整改措施",
        "1,苗木款支付不规范,4.5,追回多付款项", "2,护林员台账缺失,,补建台账", "合计,,4.5,", "填报人：甲,,审核人：乙,",
    )  # fmt: skip
    assert [(row.headline, row.amounts) for row in rows(f)] == [
        ("苗木款支付不规范", (45000.0,)),
        ("护林员台账缺失", ()),
    ]
    assert f.report.title == "某县林业局问题整改清单"


HEADS = [
    (
        ["序号", "存在问题", "整改情况", None, "责任"],
        [None, None, "措施", "是否完成", "单位"],
        ["A1:A2", "B1:B2", "C1:D1"],
    ),
    (["序号", "存在问题", "整改情况", None, "责任"], [None, None, "措施", "是否完成", "单位"], []),
    (["序号", "问题", None, "整改", "责任单位"], ["", "描述", "整改措施", "完成情况", ""], ["B1:C1"]),
]


@pytest.mark.parametrize(("first", "second", "merged"), HEADS)
def test_a_head_of_two_rows(
    xlsx: Found, first: list[object], second: list[object], merged: list[str]
) -> None:
    body = [[1, TWO[0], "清淤", "是", "水管站"], [2, TWO[1], "补记", "否", "水管站"]]
    f = xlsx(("清单", [first, second, *body]), merged=merged)
    assert headlines(f) == TWO
    assert statuses(f) == [["done"], ["ongoing"]]


def test_merged_cells_hold_for_all_their_rows(xlsx: Found) -> None:
    head = ["序号", "存在问题", "原因分析", "整改措施", "整改状态"]
    body = [
        [1, TWO[0], "日常管护责任没有落实到人", "清淤", "已完成"],
        [2, TWO[1], None, "补记", None],
        [3, "护坡塌陷", None, "修复", "整改中"],
    ]
    f = xlsx(("清单", [head, *body]), merged=["C2:C4", "E2:E3"])
    assert [row.causes for row in rows(f)] == [("日常管护责任没有落实到人",)] * 3
    assert statuses(f) == [["done"], ["done"], ["ongoing"]]


def test_a_merged_problem_with_details_has_parts(xlsx: Found) -> None:
    body = [
        [1, "物资管理不规范", "柴油出库无签字，涉及3.6吨", "补签", "已完成"],
        [None, None, "水泵未登记，价值7万元", "登记", "整改中"],
    ]
    f = xlsx(
        ("清单", [["序号", "存在问题", "具体表现", "整改措施", "状态"], *body]), merged=["A2:A3", "B2:B3"]
    )
    assert [row.headline[:4] for row in rows(f)] == ["柴油出库", "水泵未登"]
    assert statuses(f) == [["done"], ["ongoing"]]
    assert sum(e.type == "PART_OF" for e in f.edges) == 2


def test_a_further_row_of_a_problem_adds_a_measure(xlsx: Found) -> None:
    body = [[1, TWO[0], "清淤"], [None, None, "签订管护合同"], [2, TWO[1], "补记"]]
    f = xlsx(("清单", [["序号", "存在问题", "整改措施"], *body]))
    assert [[text for text, _ in row.measures] for row in rows(f)] == [
        ["整改措施：清淤 整改措施：签订管护合同"],
        ["整改措施：补记"],
    ]


@pytest.mark.parametrize("items", [
    ("1.渠道淤积严重\n2.闸门锈蚀3处", "1.清淤\n2.除锈"), ("1、渠道淤积严重2、闸门锈蚀3处", "1、清淤2、除锈"),
    ("（1）渠道淤积严重；（2）闸门锈蚀3处", "（1）清淤；（2）除锈"), ("①渠道淤积严重②闸门锈蚀3处", "①清淤②除锈"),
    ("一是渠道淤积严重。二是闸门锈蚀3处。", "一是清淤。二是除锈。"),
])  # fmt: skip
def test_several_items_in_a_cell(xlsx: Found, items: tuple[str, str]) -> None:
    f = xlsx(
        (
            "清单",
            [
                ["序号", "存在问题", "整改措施", "整改状态"],
                [1, *items, "已完成"],
                [2, TWO[1], "补记", "整改中"],
            ],
        )
    )
    assert headlines(f) == ["渠道淤积严重", "闸门锈蚀3处", TWO[1]]
    assert [row.measures[0][0].split(" ")[0].strip("。") for row in rows(f)] == [
        "整改措施：清淤",
        "整改措施：除锈",
        "整改措施：补记",
    ]
    assert statuses(f) == [["done"], ["done"], ["ongoing"]]


def test_figures_are_no_items(csv: Found) -> None:
    f = csv("序号,存在问题,整改措施", "1,超预算1.2万元，漏缴2.5万元，未报批,补缴")
    assert [n.text for n in f.by_label("Problem")] == ["1.超预算1.2万元，漏缴2.5万元，未报批。"]


def test_sheets_one_after_the_other(xlsx: Found) -> None:
    head = ["序号", "存在问题", "整改措施"]
    f = xlsx(
        ("封面", [["某县水务系统"], ["检查问题清单"]]), ("甲站", [head, [1, TWO[0], "清淤"]]), ("空", []),
        ("乙站", [head, [1, TWO[1], "补记"]]), ("续", [[2, "护坡塌陷，警示牌破损", "修复"]]),
    )  # fmt: skip
    assert headlines(f) == [*TWO, "护坡塌陷，警示牌破损"]


def test_a_hidden_sheet_is_said(xlsx: Found) -> None:
    def hide(sheet: object) -> None:
        sheet.sheet_state = "hidden"  # type: ignore[attr-defined]

    f = xlsx(
        ("草稿", [["不看"]]), ("清单", [["序号", "存在问题", "整改措施"], [1, TWO[0], "清淤"]]), change=hide
    )
    assert "sheet 草稿 is hidden and was not read: 隐藏的工作表未读" in f.report.warnings


def test_a_formula_without_a_value_is_said_and_keeps_its_row(xlsx: Found) -> None:
    f = xlsx(("清单", [["存在问题", "整改措施"], [TWO[0], "清淤"], ["=A2&A4", "修复护坡"], [TWO[1], "补记"]]))
    assert headlines(f) == TWO
    assert [[text for text, _ in row.measures] for row in rows(f)] == [["整改措施：清淤"], ["整改措施：补记"]]
    assert any("cell A3" in warning for warning in f.report.warnings)


def test_numbers_as_the_sheet_shows_them(tmp_path: Path) -> None:
    def formats(sheet: object) -> None:
        for cell, code in (
            ("B2", "0.0%"),
            ("C2", '#,##0.00"万元"'),
            ("D2", 'yyyy"年"m"月"'),
            ("C3", "¥#,##0"),
        ):
            sheet[cell].number_format = code  # type: ignore[index]

    table = [
        ["存在问题", "支付率", "涉及资金", "整改时限"],
        ["支付进度偏慢", 0.4375, 1234.5, 45413],
        ["账实不符", 0.5, 80000, 45444],
    ]
    text = read_report(workbook(tmp_path / "a.xlsx", ("清单", table), change=formats)).text
    assert "1.支付进度偏慢。支付率：43.75%。涉及资金：1234.5万元。\n整改时限：2024年5月\n" in text
    assert "2.账实不符。支付率：0.5。涉及资金：80000元。\n整改时限：2024年6月1日" in text


def test_a_unit_in_the_head_counts_for_its_column(csv: Found) -> None:
    f = csv(
        "序号,存在问题,涉及金额（万元）,追回金额（万元）,整改措施",
        "1,苗木款支付不规范,4.5,1.5,追回",
        '2,超范围列支会议费,"1,200",,清退',
    )
    assert [row.amounts for row in rows(f)] == [(45000.0,), (12000000.0,)]
    assert rows(f)[0].measures == (("整改措施：追回 追回金额：1.5万元", "ongoing"),)


def test_an_unknown_column_is_evidence(csv: Found) -> None:
    f = csv("序号,存在问题,违反条款,整改措施", "1,超范围列支会议费,《某县会议费管理办法》第6条,清退")
    assert [n.properties["name"] for n in f.by_label("Policy")] == ["某县会议费管理办法"]


@pytest.mark.parametrize(("said", "status"), [
    ("是", "done"), ("√", "done"), ("完成", "done"), ("100%", "done"), ("已销号", "done"), ("否", "ongoing"), ("×", "ongoing"),
    ("未完成", "ongoing"), ("80%", "ongoing"), ("整改中", "ongoing"), ("长期坚持", "long-term"), ("已完成（见附件2）", "done"),
])  # fmt: skip
@pytest.mark.parametrize("head", ["是否完成", "整改状态", "完成情况", "整改进度"])
def test_a_cell_that_says_only_the_status(csv: Found, head: str, said: str, status: str) -> None:
    f = csv(f"序号,存在问题,整改措施,责任单位,{head}", f"1,{TWO[0].replace('，', '且')},清淤,水管站,{said}")
    assert statuses(f) == [[status]]


def test_unsorted_groups(csv: Found) -> None:
    groups = ["工程", "财务", "工程", "财务", "工程"]
    f = csv(
        "序号,问题类别,存在问题",
        *(f"{i},{group},第{i}处管护不到位，记录缺失" for i, group in enumerate(groups, 1)),
    )
    assert [row.headline[:3] for row in rows(f)] == ["第1处", "第3处", "第5处", "第2处", "第4处"]
    assert sum(1 for _ in f.by_label("Problem")) == 7


def test_a_hundred_and_thirty_rows_with_the_same_cause(csv: Found) -> None:
    f = csv(
        "序号,存在问题,原因分析",
        *(f"{i},第{i}号井管护缺位，设施丢失,日常巡查制度没有落实到位" for i in range(1, 131)),
    )
    assert len(rows(f)) == 130
    assert all(row.causes == ("日常巡查制度没有落实到位",) for row in rows(f))
    assert sorted(int(n.properties["number"]) for n in f.by_label("Problem")) == list(range(1, 131))


FORM = [["问题1", TWO[0]], ["原因分析", "日常管护责任没有落实到人"], ["整改措施", "清淤除锈"], ["问题2", TWO[1]], ["原因分析", "交接班制度执行不严格"], ["整改措施", "补记并签字"]]  # fmt: skip
WIDE = [["检查单位", "某县水利局", "检查日期", "5月6日"], ["存在问题", TWO[0], "原因分析", "日常管护责任没有落实到人"], ["整改措施", "清淤除锈", "完成情况", "已完成"]]  # fmt: skip


def test_a_form_in_two_columns(word: Found) -> None:
    expected = [
        Row(TWO[0], ("日常管护责任没有落实到人",), (("整改措施：清淤除锈", "ongoing"),), (), ()),
        Row(TWO[1], ("交接班制度执行不严格",), (("整改措施：补记并签字", "ongoing"),), (), ()),
    ]
    assert rows(word("某县水管站检查情况报告", FORM)) == expected
    assert rows(word("某县水管站检查情况报告", FORM[:3], "下面是第二张。", FORM[3:])) == expected


def test_a_form_in_four_columns(word: Found) -> None:
    [row] = rows(word(WIDE))
    assert (row.headline, row.causes) == (TWO[0], ("日常管护责任没有落实到人",))
    assert row.measures == (("整改措施：清淤除锈 整改情况：已完成", "done"),)


def test_other_tables_in_a_report_are_neither_problems_nor_units(word: Found) -> None:
    f = word(
        "关于物业服务专项检查的通报", "一、检查情况", [["小区名称", "物业企业", "得分"], ["兰亭小区", "某县和美物业服务有限公司", "82"]],
        "二、存在的问题", "1.消防通道堵塞，停放车辆9辆。", [["问题类型", "数量", "占比"], ["消防", "9", "45%"], ["台账", "11", "55%"]],
        "2.电梯维保记录缺失。", "三、工作要求", "1.限期整改。",
    )  # fmt: skip
    assert headlines(f) == ["消防通道堵塞", "电梯维保记录缺失"]
    assert not list(f.by_label("Unit"))
    assert "兰亭小区\t某县和美物业服务有限公司\t82" in (f.source_text or "")


def test_a_head_said_again_on_each_page(word: Found) -> None:
    head = ["序号", "存在问题", "整改措施"]
    f = word([head, ["1", TWO[0], "清淤"], head, ["2", TWO[1], "补记"]])
    assert headlines(f) == TWO


def test_rows_that_repeat_findings_in_prose_add_to_them(read: Callable[[str], Findings]) -> None:
    f = read(
        "关于在建项目督查的通报\n一、存在的问题\n1.进度滞后，3个项目未开工。2.资料缺失，签字不全。\n二、整改清单\n"
        "序号\t存在问题\t原因分析\t整改措施\t是否完成\n1\t进度滞后\t调度不力，责任落实不到位\t倒排工期\t是\n"
        "2\t围挡破损，扬尘严重\t巡查不到位，管理松散\t更换围挡\t否\n"
    )
    assert [(row.headline, row.causes) for row in rows(f)] == [
        ("进度滞后", ("调度不力，责任落实不到位",)), ("资料缺失，签字不全", ()), ("围挡破损，扬尘严重", ("巡查不到位，管理松散",))]  # fmt: skip
    assert statuses(f) == [["done"], [], ["ongoing"]]
    assert not f.report.warnings


def test_a_web_page_with_rows_that_span(tmp_path: Path, nlp: Language) -> None:
    page = tmp_path / "a.html"
    page.write_text(
        "<html><body><p>某县水利局检查问题整改情况，现予公布。</p><table><tr><th rowspan=2>序号<th rowspan=2>存在问题"
        f"<th colspan=2>整改情况</tr><tr><th>整改措施<th>是否完成</tr><tr><td>1<td>{TWO[0]}<td rowspan=2>修订管护办法<td>是</tr>"
        f"<tr><td>2<td>{TWO[1]}<td>否</tr></table></body></html>",
        encoding="utf-8",
    )
    f = extract_report(page, nlp=nlp)
    assert [[text.split(" ")[0] for text, _ in row.measures] for row in rows(f)] == [
        ["整改措施：修订管护办法"]
    ] * 2
    assert statuses(f) == [["done"], ["ongoing"]]


@pytest.mark.parametrize(
    "text",
    [
        "档案馆问题台账\n序号\t存在问题\t原因\t整改措施\n1\t库房漏水未修\t经费没有落实\t申请维修\n2\t目录缺页\t无人核对，交接随意\t补录目录\n",
        "问题1\t库房漏水未修\n原因分析\t经费没有落实\n整改措施\t申请维修\n问题2\t目录缺页\n原因分析\t无人核对\n整改措施\t补录目录\n",
    ],
)
def test_the_cue_of_a_cause_in_a_pasted_table_is_what_names_its_column(
    read: Callable[[str], Findings], text: str
) -> None:
    findings = read(text)
    links = [e.properties for e in findings.edges if e.type == "CAUSED_BY"]
    assert [link["method"] for link in links] == ["explicit", "explicit"]
    for link in links:
        assert link["cue"].startswith("原因")
        assert link["cue"] in text[link["start"] : link["end"]]


def test_lists_under_titles_of_their_own_in_one_sheet(xlsx: Found) -> None:
    head = ["序号", "存在问题", "整改措施"]
    f = xlsx(
        ("清单", [["一、工程问题清单"], head, [1, TWO[0], "清淤"], [], ["二、财务问题清单"], head, [1, TWO[1], "补记"], [2, "票据不全较多", "补票"]]),
        merged=["A1:C1", "A5:C5"],
    )  # fmt: skip
    assert headlines(f) == [*TWO, "票据不全较多"]
    assert [n.properties["number"] for n in f.by_label("Problem")] == ["1", "1", "2"]
    assert "二、财务问题清单" in (f.source_text or "")


def test_a_table_within_a_table(tmp_path: Path, nlp: Language) -> None:
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "检查情况如下。"
    inner = outer.cell(0, 1).add_table(2, 3)
    for i, row in enumerate((["序号", "存在问题", "整改措施"], ["1", TWO[0], "清淤"])):
        for j, cell in enumerate(row):
            inner.cell(i, j).text = cell
    document.save(str(tmp_path / "a.docx"))
    f = extract_report(tmp_path / "a.docx", nlp=nlp)
    assert [(row.headline, len(row.measures)) for row in rows(f)] == [(TWO[0], 1)]


def test_the_offices_and_figures_of_several_items(csv: Found) -> None:
    f = csv(
        "被检查单位,存在问题,涉及金额/万元,整改措施", '县林业局,"1.虚列会议费\n2.多报差旅费","3.5\n1.5","1.清退\n2.退回"', ",票据不全较多,约0.8,补票",
        "县民政局,无,,",
    )  # fmt: skip
    assert [row.amounts for row in rows(f)] == [(35000.0,), (15000.0,), (8000.0,)]
    assert [e.type for e in f.edges].count("RESOLVES") == 3
    assert not any("names no problem" in warning for warning in f.report.warnings)
    assert all(
        (n.text or "").startswith(f"{n.properties['number']}.县林业局：") for n in f.by_label("Problem")
    )


def test_money_without_a_unit_and_tables_without_problems_are_said(csv: Found) -> None:
    f = csv("序号,存在问题,涉及金额", "1,虚列会议费较多,12.5")
    assert "column 涉及金额 of a table says no unit: 表格中“涉及金额”一列没有写明单位" in f.report.warnings
    f = csv("1,会议记录不规范,补记录", "2,公务接待无公函,补办")
    assert "no column of problems was found in any table: 表中没有“问题”一列" in f.report.warnings


def test_noncharacters_in_cells_do_no_harm(csv: Found) -> None:
    assert headlines(csv("序号,存在问题,整改措施", "1,台账\ufdd0缺失\ufdd6较多,\ufdd1补记\ufdef")) == [
        "台账缺失较多"
    ]


def test_a_table_that_states_problems_under_other_heads_is_said(read: Callable[[str], Findings]) -> None:
    f = read(
        "关于消防检查的通报\n一、检查情况\n检查项目\t检查结果\t扣分\n消防通道\t通道堵塞，停放车辆较多，未及时清理\t5\n"
        "灭火器材\t灭火器过期，数量不足，未登记\t3\n二、存在的问题\n1.台账不健全，缺少记录。\n"
    )
    assert headlines(f) == ["台账不健全，缺少记录"]
    assert f.report.warnings == ("table without a column of problems: 检查项目检查结果扣分",)


def test_an_amount_below_the_head_of_problems_is_no_problem(xlsx: Found) -> None:
    found = xlsx(
        (
            "清单",
            [
                ["序号", "存在问题", "", "整改措施"],
                ["", "具体表现", "涉及金额（万元）", ""],
                [1, "虚报护林面积冒领补助", 7.5, "追缴补助"],
                [2, "超范围列支办公费", 2, "调整账目"],
            ],
        )
    )
    assert headlines(found) == ["虚报护林面积冒领补助", "超范围列支办公费"]
    assert [p.properties.get("amount") for p in found.by_label("Problem")] == [75_000.0, 20_000.0]


def test_a_stroke_names_no_group(xlsx: Found) -> None:
    found = xlsx(("清单", [["存在的问题", "整改措施"], ["/", "/"], [TWO[0], "清淤"], [TWO[1], "补签"]]))
    assert headlines(found) == TWO


def test_rows_with_too_many_cells_are_said(csv: Found) -> None:
    found = csv("序号,存在问题,整改措施", "1,护栏松动,无人巡查,加固护栏", "2,台账缺页,补齐台账")
    assert any(w.startswith("row 2 has 4 cells, not 3") for w in found.report.warnings)


def test_heads_in_traditional_characters(csv: Found) -> None:
    found = csv("編號,存在問題,整改措施", "1,護欄鬆動,加固護欄", "2,臺賬缺頁,補齊臺賬")
    assert headlines(found) == ["護欄鬆動", "臺賬缺頁"]
    assert len([*found.by_label("Measure")]) == 2


def test_the_unit_above_a_table_is_no_title(csv: Found) -> None:
    found = csv("单位：万元,,", "序号,存在问题,整改措施", "1,护栏松动,加固护栏", "2,台账缺页,补齐台账")
    assert found.report.title == "清单"
