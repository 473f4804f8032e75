"""How findings are laid out in the genre: by unit, in tables and forms, in running text, with lost headings."""

from __future__ import annotations

from collections.abc import Callable

from extract.model import Findings

Read = Callable[[str], Findings]


def texts(findings: Findings, label: str, prop: str | None = None) -> list[str]:
    return [n.properties[prop] if prop else (n.text or "") for n in findings.by_label(label)]


def ends(findings: Findings, type_: str) -> list[tuple[str, str]]:
    names = {
        n.id: str(n.properties.get("headline") or n.properties.get("name") or n.text) for n in findings.nodes
    }
    return [(names.get(e.source, "report"), names[e.target]) for e in findings.edges if e.type == type_]


def inspected(findings: Findings) -> list[str]:
    return sorted(target for _, target in ends(findings, "INSPECTS"))


def test_below_a_units_name_each_sentence_is_a_problem(read: Read) -> None:
    f = read(
        "关于消防安全检查情况的通报\n现将检查发现的突出隐患通报如下。\n\n"
        "◆ 甲市永丰商业管理有限公司\n安全出口上锁。消控室无人值守；喷淋泵停用两年。\n\n"
        "◆ 甲市康宁养老服务有限公司\n床位超员12张，疏散通道堆放杂物。\n"
    )
    assert texts(f, "Problem", "headline") == [
        "安全出口上锁",
        "消控室无人值守",
        "喷淋泵停用两年",
        "床位超员12张，疏散通道堆放杂物",
    ]
    assert inspected(f) == ["甲市康宁养老服务有限公司", "甲市永丰商业管理有限公司"]


def test_the_subject_changes_by_sentence(read: Read) -> None:
    f = read(
        "关于重点项目督查情况的通报\n督查也发现，部分单位推进不力，现将有关情况通报如下：\n"
        "县水务局负责的管网工程停工三个月，监理日志空白。柳河镇蔬菜基地虚报投资200万元。县教育局扩建项目未取得许可擅自开工。\n"
    )
    assert [p[:4] for p in texts(f, "Problem")] == ["县水务局", "柳河镇蔬", "县教育局"]


def test_one_paragraph_a_unit_with_demands(read: Read) -> None:
    f = read(
        "某市委巡察组完成反馈\n在市统计局，第一巡察组指出，数据审核把关不严，9家企业报表由他人代填；年轻干部储备不足。要求把防范造假作为重点，逐户倒查。\n"
        "在市文联，第二巡察组指出，财务管理混乱，3笔支出未经集体研究。\n"
    )
    assert texts(f, "Problem", "headline") == ["数据审核把关不严", "年轻干部储备不足", "财务管理混乱"]
    assert texts(f, "Recommendation") == ["把防范造假作为重点，逐户倒查。"]


def test_a_table_of_problems_in_plain_text(read: Read) -> None:
    f = read(
        "关于采购专项检查的通报\n一、问题清单\n序号\t发现问题\t责任单位\t整改措施\t完成时限\n"
        "1\t拆分采购规避招标，涉及9单171万元\t二分公司\t修订采购办法\t2023年11月30日\n"
        "2\t履约保证金未收取\t财务部\t补收保证金\t立行立改\n二、工作要求\n1.加强采购监督。\n"
    )
    assert texts(f, "Problem") == ["拆分采购规避招标，涉及9单171万元", "履约保证金未收取"]
    assert texts(f, "Measure") == ["修订采购办法", "补收保证金"]
    assert [target for _, target in ends(f, "RESOLVES")] == ["拆分采购规避招标", "履约保证金未收取"]


def test_a_table_that_repeats_the_findings_adds_none(read: Read) -> None:
    f = read(
        "关于项目督查的通报\n一、存在的问题\n1.进度滞后。2.资料缺失。3.监理缺位。\n二、整改时限\n"
        "序号\t责任单位\t存在问题\t时限\n1\t甲公司\t进度滞后\t9月底\n2\t乙公司\t资料缺失\t9月底\n"
    )
    assert texts(f, "Problem", "headline") == ["进度滞后", "资料缺失", "监理缺位"]


def test_a_form_for_each_problem(read: Read) -> None:
    form = "序号\t{}\n问题\t{}\n责任单位\t甲县人民政府\n整改时限\t2023年底前\n整改目标\t稳定达标。\n整改措施\t实施扩建。\n整改情况\t{}\n\n"
    f = read(
        "甲市督察整改任务完成情况公示\n"
        + form.format(1, "污水处理厂长期超负荷运行。", "扩建工程已投运。已完成整改。")
        + form.format(2, "矿山生态修复欠账较多。", "完成修复80亩。正在整改。")
    )
    assert texts(f, "Problem") == ["污水处理厂长期超负荷运行。", "矿山生态修复欠账较多。"]
    assert texts(f, "Measure") == [
        "实施扩建。",
        "扩建工程已投运。已完成整改。",
        "实施扩建。",
        "完成修复80亩。正在整改。",
    ]
    assert texts(f, "Measure", "status")[1::2] == ["done", "ongoing"]


def test_a_statement_opens_a_list_in_one_paragraph(read: Read) -> None:
    f = read(
        "省委第九巡视组向甲市委反馈巡视情况\n巡视也发现了一些问题。\n\n"
        "推动高质量发展不够有力。一是债务风险防控不力。二是营商环境不优。\n\n"
        "管党治党压力衰减。一是谈话提醒不经常。二是监督缺位。\n\n巡视组提出整改意见：一是加强学习。二是健全制度。\n"
    )
    assert len(texts(f, "Problem")) == 6
    assert len(ends(f, "PART_OF")) == 4
    assert texts(f, "Recommendation", "headline") == ["加强学习", "健全制度"]


def test_each_item_has_its_causes_and_advice(read: Read) -> None:
    f = read(
        "关于巡察某街道的反馈意见\n一、基层治理不力\n问题：网格员兼职多，6个网格空转。\n原因：统筹协调的本领不强；没有考评办法。\n建议：制定考评细则。\n"
        "二、财经纪律不严\n问题：账外设账27万元。\n原因：分管领导审批只看签字。\n建议：清理往来账目。\n"
    )
    assert ends(f, "CAUSED_BY") == [
        ("基层治理不力", "统筹协调的本领不强；"),
        ("基层治理不力", "没有考评办法。"),
        ("财经纪律不严", "分管领导审批只看签字。"),
    ]
    assert ends(f, "ADDRESSES") == [("制定考评细则", "基层治理不力"), ("清理往来账目", "财经纪律不严")]
    assert {e.properties["method"] for e in f.edges if e.type == "ADDRESSES"} == {"explicit"}


def test_causes_by_aspect(read: Read) -> None:
    f = read(
        "关于作风问题的自查报告\n一、存在问题\n（一）服务意识不强。\n（二）办件超期。\n二、原因分析\n"
        "主观上，一是宗旨意识淡化；二是业务不精。客观上，窗口人员编制少、任务重。\n"
    )
    assert [c.rstrip("；。") for c in texts(f, "RootCause")] == [
        "宗旨意识淡化",
        "业务不精",
        "窗口人员编制少、任务重",
    ]


def test_a_cause_after_the_items_speaks_of_the_item_above_them(read: Read) -> None:
    f = read(
        "关于巡察某学院的反馈报告\n存在以下突出问题：\n（一）教育方针贯彻有差距\n1.理论学习浮在面上\n（1）次数不足。（2）质量不高。\n"
        "究其原因，主要是班子认为搞创作不靠政治。\n2.课程建设推进缓慢\n全院92门课只修订28门。\n"
    )
    assert texts(f, "Problem", "headline")[-1] == "课程建设推进缓慢"
    assert len(texts(f, "Problem")) == 5
    assert len(texts(f, "RootCause")) == 1


def test_headings_run_into_their_text_and_lists_without_one(read: Read) -> None:
    f = read(
        "关于整改落实情况的评估报告\n二、评估发现的主要问题某省对照要求开展了工作，但仍有差距。\n"
        "（一）安全责任还需进一步压实。清单内容不够具体。\n（二）专项整治质效不高。仍有3类隐患未排查。\n"
        "（一）认真开展复盘。\n（二）压实主体责任。\n（三）深入开展警示教育。\n"
    )
    assert texts(f, "Problem", "headline")[-2:] == ["安全责任还需进一步压实", "专项整治质效不高"]
    assert texts(f, "Recommendation", "headline") == ["认真开展复盘", "压实主体责任", "深入开展警示教育"]


def test_towns_counties_and_stray_words(read: Read) -> None:
    f = read(
        "关于防汛检查情况的通报\n检查发现的问题：\n●澄阳县水库坝体塌陷，石桥镇物资不足。●柘洲县水库无人值守。\n"
        "监管部门审查新井煤矿时把关不严，新井煤矿越界开采，新井煤矿至今未停产。\n"
    )
    names = texts(f, "Unit", "name")
    assert "新井煤矿" in names
    assert not any("审查" in name for name in names)
    assert any(name.endswith("石桥镇") for name in names)
    assert {"澄阳县", "柘洲县"} <= set(inspected(f))


def test_lessons_of_an_accident_are_what_was_wrong(read: Read) -> None:
    f = read(
        "甲公司“4·21”中毒事故\n某公司检修时发生中毒事故，造成4人死亡。发生原因是，停产期间釜内物料未置换，人员未采取防护措施进入。\n"
        "主要教训：一是安全意识淡薄。未申请作业票。二是培训缺失。从未演练。\n"
    )
    assert f.report.kind == "accident-report"
    assert texts(f, "Problem", "headline") == ["安全意识淡薄", "培训缺失"]
    assert texts(f, "RootCause") == ["停产期间釜内物料未置换，人员未采取防护措施进入"]


def test_a_notice_with_labels_of_its_own(read: Read) -> None:
    f = read(
        "某市水务集团党委关于巡察整改进展情况的通报\n一、反馈意见整改落实情况\n"
        "1.反馈问题：管网巡检走形式，3处漏点半年未修。\n整改落实：漏点全部修复，修订巡检办法。\n整改结果：已完成。\n"
        "2.反馈问题：违规发放补贴12万元。\n整改落实：正在清退，已退回9万元。\n整改结果：正在推进。\n"
    )
    assert texts(f, "Problem", "headline") == ["管网巡检走形式", "违规发放补贴12万元"]
    assert texts(f, "Measure", "status") == ["done", "ongoing"]
    assert [target for _, target in ends(f, "RESOLVES")] == texts(f, "Problem", "headline")


def test_a_notice_of_numbered_problems_with_causes_in_brackets(read: Read) -> None:
    f = read(
        "某医院关于审计查出问题整改结果的公告\n现将整改结果公告如下。\n\n"
        "问题一 大型设备闲置\n【审计查明】价值800万元的设备2020年到货，至审计时未拆箱。\n"
        "【原因剖析】购置时没有同步安排机房。\n【整改举措】机房已竣工，设备已启用。\n【整改结果】已完成\n\n"
        "问题二 门诊楼超进度付款\n【审计查明】多付工程款70万元。\n"
        "【原因剖析】付款只核发票、不核工程量。\n【整改举措】已从后续进度款中扣回。\n【整改结果】已完成\n"
    )
    assert texts(f, "Problem", "headline") == ["大型设备闲置", "门诊楼超进度付款"]
    assert ends(f, "CAUSED_BY") == [
        ("大型设备闲置", "购置时没有同步安排机房。"),
        ("门诊楼超进度付款", "付款只核发票、不核工程量。"),
    ]
    assert len(texts(f, "Measure")) == 2


def test_a_notice_whose_parts_are_fields(read: Read) -> None:
    f = read(
        "某局关于巡察反馈意见整改落实情况的公告\n现将整改情况公告如下。\n\n一、履行职责方面\n"
        "渣土运输监管不力，受理投诉1126件，巡察组认为主要是源头无人值守。整改中，向38个工地派驻监督员，一季度投诉降至97件。\n"
        "平台派单不及时，超时案件412件。目前已补充坐席7名，完成整改。\n"
    )
    assert texts(f, "Problem", "headline") == ["渣土运输监管不力", "平台派单不及时"]
    assert texts(f, "RootCause") == ["源头无人值守"]
    assert len(texts(f, "Measure")) == 2


def test_titles_below_a_lead_in(read: Read) -> None:
    f = read(
        "市委第四巡察组向市医院党委反馈巡察情况\n近日，巡察组反馈了巡察情况。巡察发现的主要问题是：\n"
        "公益性有所淡化\n　　抽查出院病历200份，有57份开具了与诊断无关的检查，三年先后扣回违规费用213万元。\n"
        "行风建设抓得不紧\n　　临床科室知晓率测试平均只得43分，急诊科一名医师一年内外出手术31次，均未报备。\n"
    )
    assert texts(f, "Problem", "headline") == ["公益性有所淡化", "行风建设抓得不紧"]
    assert len(texts(f, "Evidence")) == 2


def test_what_follows_the_list_is_not_its_last_item(read: Read) -> None:
    f = read(
        "关于对某镇三个村巡察情况的反馈\n现将发现的主要问题反馈如下。\n石桥村\n1、村集体资金管理随意。砂石码头占地费14.2万元没有进专户。\n"
        "下坝村\n1、党员教育管理松散。两名预备党员超期半年未转正。\n此外，镇党委对村级监管不力。镇纪委两年没有到村开展过检查。\n"
    )
    assert texts(f, "Problem", "headline")[-1] == "镇党委对村级监管不力"


def test_statements_below_a_heading_in_its_line(read: Read) -> None:
    f = read(
        "县委巡察组向县住建局党组反馈巡察情况\n巡察发现一些问题，需要引起重视：\n"
        "一、落实决策部署有差距。老旧小区改造推进迟缓，14个小区还有5个没有完工。对复工任务估计不足，项目复工3个月又停工。"
        "企业培育不见起色，本地企业由31家减少到22家。\n"
    )
    assert texts(f, "Problem", "number") == ["1", "1.1", "1.2", "1.3"]


def test_what_a_unit_lists_under_its_own_measures_is_no_recommendation(read: Read) -> None:
    f = read(
        "河东县档案馆整改报告\n一、存在的问题\n（一）库房温湿度超标。3间库房没有除湿设备。\n（二）会议费超标准。去年超支2万元。\n"
        "二、整改措施\n（一）购置除湿设备。已完成安装。\n（二）清退超标会议费。正在办理清退。\n"
    )
    assert texts(f, "Recommendation", "headline") == []
    assert texts(f, "Measure", "status") == ["done", "ongoing"]


def test_problems_that_a_sentence_only_names(read: Callable[[str], Findings]) -> None:
    found = read(
        "区委第二巡察组向区园林所反馈巡察情况\n会上，组长向园林所党支部反馈了党支部“领航、聚力”作用不强、苗木采购管理混乱、"
        "养护合同签订不规范等5个方面16条具体问题，并提出了整改要求。\n"
    )
    assert [p.text for p in found.by_label("Problem")] == [
        "党支部“领航、聚力”作用不强", "苗木采购管理混乱", "养护合同签订不规范",
    ]  # fmt: skip


def test_products_of_which_samples_failed(read: Callable[[str], Findings]) -> None:
    found = read(
        "某市市场监管局公布第二季度产品质量监督抽查情况\n本次共抽查310家企业的420批次产品，发现37批次产品不合格。\n"
        "抽查电动自行车60批次，9批次不合格，不合格项目为制动性能。其中3批次车速超标。抽查烟花爆竹45批次，4批次标识不符合标准。\n"
        "抽查瓷砖30批次，全部合格。\n"
    )
    assert [(p.text or "")[:11] for p in found.by_label("Problem")] == [
        "抽查电动自行车60批次",
        "抽查烟花爆竹45批次，",
    ]
