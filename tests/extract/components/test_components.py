"""What each component reads from short invented texts, and the traps it does not fall into."""

from __future__ import annotations

from collections.abc import Callable

from extract.model import Findings

Read = Callable[[str], Findings]

HEAD = "关于巡察县供水局党组的反馈意见\n2023年3月1日至4月30日，县委第二巡察组对县供水局党组开展了巡察。\n"


def texts(findings: Findings, label: str, prop: str | None = None) -> list[str]:
    return [n.properties[prop] if prop else (n.text or "") for n in findings.by_label(label)]


def links(findings: Findings, type_: str) -> list[tuple[str, str]]:
    """The edges of a type as pairs of readable ends."""
    names = {
        n.id: str(n.properties.get("headline") or n.properties.get("name") or n.text or n.label)
        for n in findings.nodes
    }
    return [(names[e.source], names[e.target]) for e in findings.edges if e.type == type_]


def test_nested_problems_with_headlines(read: Read) -> None:
    f = read(
        HEAD
        + "一、存在问题\n（一）管理不严\n1.制度执行不到位。抽查12份合同，4份未备案。\n2.检查走过场，2022年仅检查1次。"
    )
    assert texts(f, "Problem", "headline") == ["管理不严", "制度执行不到位", "检查走过场"]
    assert texts(f, "Problem", "number") == ["1", "1.1", "1.2"]
    assert links(f, "PART_OF") == [("制度执行不到位", "管理不严"), ("检查走过场", "管理不严")]
    assert texts(f, "Evidence") == ["抽查12份合同，4份未备案。", "2022年仅检查1次。"]


def test_lists_by_semicolons(read: Read) -> None:
    f = read(
        HEAD
        + "巡察发现的主要问题是：学习不扎实，全年有8次以传达文件代替研讨；未按规定招标工程3个；收费不公开。"
    )
    assert texts(f, "Problem", "headline") == ["学习不扎实", "未按规定招标工程3个", "收费不公开"]


def test_problems_in_plain_paragraphs(read: Read) -> None:
    f = read(
        "省督察组向甲市反馈督察情况\n\n督察认为，甲市能够认真落实整改要求。\n\n"
        "水污染治理短板明显。全市有3座污水厂超负荷运行。扬尘管控粗放，抽查的9个工地中有6个未覆盖。\n\n"
        "现场抽查的6处水源地，未发现违规项目。"
    )
    assert texts(f, "Problem", "headline") == ["水污染治理短板明显", "扬尘管控粗放"]


def test_denied_findings_are_no_problems(read: Read) -> None:
    f = read(HEAD + "一、存在问题\n1.未发现挪用资金问题。\n2.台账记录不规范。")
    assert texts(f, "Problem", "headline") == ["台账记录不规范"]


def test_praise_pledges_and_demands_are_nothing(read: Read) -> None:
    f = read(
        HEAD
        + "一、总体评价\n县供水局党组针对过去管理不严的问题，健全了制度。\n二、存在问题\n1.台账不规范。\n"
        "三、意见建议\n1.规范台账管理。\n会议强调，要提高认识，坚决整改到位。\n下一步，我局将加强管理。"
    )
    assert texts(f, "Problem", "headline") == ["台账不规范"]
    assert texts(f, "Recommendation", "headline") == ["规范台账管理"]


def test_cause_stated_inside_a_problem(read: Read) -> None:
    f = read(
        HEAD
        + "一、存在问题\n1.水表底数不清。由于台账制度缺失，导致3.2万只水表未登记。\n2.因地制宜推广节水不够。"
    )
    assert texts(f, "RootCause") == ["台账制度缺失"]
    assert links(f, "CAUSED_BY") == [("水表底数不清", "台账制度缺失")]
    edge = next(e for e in f.edges if e.type == "CAUSED_BY")
    assert edge.properties["method"] == "explicit"
    assert edge.properties["cue"] == "由于"
    said = (f.source_text or "")[edge.properties["start"] : edge.properties["end"]]
    assert said.startswith("由于")
    assert said.endswith("台账制度缺失")
    assert texts(f, "Effect") == ["3.2万只水表未登记"]


def test_causes_of_an_analysis_are_inferred_links(read: Read) -> None:
    f = read(
        HEAD + "一、存在问题\n1.理论学习不深入，学习计划照搬照抄。\n2.财务管理混乱，白条入账12笔。\n"
        "二、原因分析\n（一）主观方面\n1.理论学习抓得不紧，学习制度流于形式。\n（二）客观方面\n1.财务人员配备不足，会计力量薄弱。"
    )
    assert texts(f, "RootCause", "type") == ["competence", "resources"]
    methods = {e.properties["method"] for e in f.edges if e.type == "CAUSED_BY"}
    assert methods == {"inferred"}
    assert [(p[:4], c[:4]) for p, c in links(f, "CAUSED_BY")] == [
        ("理论学习", "理论学习"),
        ("财务管理", "财务人员"),
    ]
    assert all(0 <= e.properties["confidence"] <= 1 for e in f.edges if e.type == "CAUSED_BY")


def test_accident_causes_are_causes_and_failings(read: Read) -> None:
    f = read(
        "某县“5·1”坍塌事故调查报告\n一、事故原因\n（一）直接原因\n张某违规拆除支撑，导致墙体坍塌。经勘查，排除了地震影响。\n"
        "（二）间接原因\n1.甲公司安全管理混乱。未对作业人员进行交底。\n二、防范措施\n（一）压实安全责任。各企业要开展交底。"
    )
    assert f.report.kind == "accident-report"
    assert texts(f, "RootCause") == ["张某违规拆除支撑", "甲公司安全管理混乱。未对作业人员进行交底。"]
    assert texts(f, "Problem", "headline") == ["甲公司安全管理混乱"]
    assert texts(f, "Recommendation", "headline") == ["压实安全责任"]


def test_measures_with_status(read: Read) -> None:
    f = read(
        "中共甲县水务局党组关于巡察整改进展情况的通报\n一、巡察反馈问题整改落实情况\n"
        "1.关于“台账不规范”问题。2021年有3本台账缺页。\n整改情况：已补齐台账。已完成。\n"
        "2.关于“编制空缺”问题。\n整改措施：正在招聘。"
    )
    assert f.report.kind == "rectification-notice"
    assert texts(f, "Measure", "status") == ["done", "ongoing"]
    assert [p for _, p in links(f, "RESOLVES")] == ["台账不规范", "编制空缺"]


def test_policies_by_every_kind_of_name(read: Read) -> None:
    f = read(
        HEAD
        + "一、存在问题\n1.落实“三重一大”不力。违反《中华人民共和国招标投标法》第四条规定，未执行《关于印发〈用水管理办法〉的通知》（县办发〔2021〕7号）。\n"
        "2.学习党的十九届三中、四中全会精神不深，四个意识不强。未按《招标投标法》公开招标。"
    )
    names = texts(f, "Policy", "name")
    assert names == [
        "三重一大",
        "中华人民共和国招标投标法",
        "关于印发〈用水管理办法〉的通知",
        "党的十九届三中全会",
        "党的十九届四中全会",
        "四个意识",
    ]
    articles = [e.properties.get("article") for e in f.edges if e.type == "REFERENCES"]
    assert "第四条" in articles
    number = next(n for n in f.by_label("Policy") if n.properties["name"].startswith("关于印发"))
    assert "县办发〔2021〕7号" in number.properties["aliases"]


def test_units_by_long_and_short_names(read: Read) -> None:
    f = read(
        "关于巡察青川县文化和旅游局党组的反馈意见\n县委第二巡察组对青川县文化和旅游局党组（以下简称局党组）开展了巡察。\n"
        "一、存在问题\n1.局党组对下属单位监管不力。由县财政局拨付的资金滞留。2022年宏达建设有限公司未经招标承揽工程。\n"
    )
    units = {n.properties["name"]: set(n.properties["aliases"]) for n in f.by_label("Unit")}
    assert set(units) == {"青川县文化和旅游局党组", "县委第二巡察组", "县财政局", "宏达建设有限公司"}
    assert "局党组" in units["青川县文化和旅游局党组"]
    assert [u for _, u in links(f, "INSPECTS")] == ["青川县文化和旅游局党组"]
    assert [u for _, u in links(f, "ISSUED_BY")] == ["县委第二巡察组"]


def test_a_report_without_problems_says_so(read: Read) -> None:
    f = read("关于开展植树活动的通知\n请各单位于3月12日参加植树。")
    assert texts(f, "Problem") == []
    assert any("未识别到问题" in w for w in f.report.warnings)


def test_ids_depend_on_content_only(read: Read) -> None:
    text = HEAD + "一、存在问题\n1.台账不规范。\n2.台账不规范。"
    a, b = read(text), read(text.replace("\n", "\r\n\r\n").replace("1.", "1. "))
    assert [n.id for n in a.nodes] == [n.id for n in b.nodes]
    assert len({n.id for n in a.nodes}) == len(a.nodes)


def test_a_cause_told_afterwards_is_stated_for_the_problem_that_its_sentence_names(read: Read) -> None:
    f = read(
        HEAD
        + "一、存在的主要问题\n1.退费权限设置过宽。收费员可自行退费，全年退187笔。\n2.离职账号未停用。有6个账号仍在使用。\n"
        "3.基建结算滞后。两个项目完工三年未结算。\n二、原因分析\n1.对退费类缺陷，根子是信息科没有统一的授权台账。\n2.班子成员监督意识不强。\n"
    )
    assert ("退费权限设置过宽", "信息科没有统一的授权台账") in [
        (p, c.removeprefix("对退费类缺陷，根子是").rstrip("。")) for p, c in links(f, "CAUSED_BY")
    ]


def test_an_analysis_is_not_linked_by_content_to_a_problem_told_after_it(read: Read) -> None:
    f = read(
        HEAD
        + "一、存在的主要问题\n1.采购管理松散。应招未招11次。\n二、原因分析\n1.采购制度多年没有修订，采购岗位无人监督。\n"
        "三、专项检查发现的问题\n1.采购档案不完整。抽查20份采购档案缺7份。\n"
    )
    told = [p for p, c in links(f, "CAUSED_BY") if c.startswith("采购制度")]
    assert "采购档案不完整" not in told


def test_a_headline_leaves_out_who_reports_it_and_its_grade(read: Read) -> None:
    f = read(
        HEAD
        + "一、存在的主要问题\n1.审计调查发现：三个镇占用耕地建设公墓。共占用12亩。\n2.收费公示不规范【风险等级：高】\n公示牌停留在2018年。\n"
        "3.押金管理方面，31名老人的押金未及时清退。\n"
    )
    assert texts(f, "Problem", "headline") == [
        "三个镇占用耕地建设公墓",
        "收费公示不规范",
        "31名老人的押金未及时清退",
    ]
