"""Names of units: where they begin, what is none, what is one, and which problem they stand over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model import Findings
from extract.offices import office_name

Read = Callable[[str], Findings]
HEAD = "关于2022年度专项检查情况的通报\n一、存在的主要问题\n"


def units(read: Read, text: str, head: str = HEAD) -> set[str]:
    found = read(head + text).by_label("Unit")
    return {name for u in found for name in (u.properties["name"], *u.properties["aliases"])}


@pytest.mark.parametrize(("text", "name"), [
    ("检查组租用恒远实业有限公司场地，未付租金。", "恒远实业有限公司"),
    ("有关人员擅自委托江北市启明勘测有限公司出具报告。", "江北市启明勘测有限公司"),
    ("去年发生较大生产安全事故浙江宏图矿业有限公司未整改。", "浙江宏图矿业有限公司"),
    ("地址为滨河路36号青岳县第二人民医院，账目不清。", "青岳县第二人民医院"),
    ("移交给浙江省科技资源统筹绍兴中心。", "浙江省科技资源统筹绍兴中心"),
    ("其中和顺养殖合作社虚报面积。", "和顺养殖合作社"),
    ("2021年青石镇未按期完工。", "青石镇"),
    ("杭州财政局没有复核。", "杭州财政局"),
    ("于都县教育局、成都市财政局没有复核。", "于都县教育局"),
    ("前往黄埔区九龙镇镇政府检查。", "黄埔区九龙镇政府"),
    ("A公司向B公司支付货款30万元，没有合同。", "A公司"),
    ("县市监局执法不严。", "县市监局"),
    ("向江北市文化广播电视和旅游局移交。", "江北市文化广播电视和旅游局")])
def test_where_a_name_begins(read: Read, text: str, name: str) -> None:
    found = units(read, text)
    assert name in found or (name == "黄埔区九龙镇政府" and "黄埔区九龙镇" in found)


@pytest.mark.parametrize("text", [
    "反映出街道监管不严。", "建立社区矫正台账不及时。", "干部巡乡带村走过场。", "没有弥补镇级财力不足。", "照搬外村做法。", "委员逐村走访不够。",
    "市县国土资源局、县区纪委监委没有联动。", "抽查9所乡镇敬老院和两所小学，台账不全。", "外聘公司、护工公司和平台公司管理混乱。",
    "领导学校工作不力，结合学校实际不够。", "相关企业、各学校、基层医院没有整改。", "双江、双河两镇进度慢。", "市政府中心工作落实不力。",
    "有关小额贷款公司违规放贷。", "数字乡村、网络社区建设滞后。", "农业农村工作滞后。", "部分城镇低保户未纳入。", "广州海关所属部门没有移交。",
    "行业协会商会党组织覆盖不足。", "干部长期借住医院宿舍。", "校长带队参观兄弟学校。", "收受医药公司回扣，第三方检测公司出假。",
    "各镇人民政府、所有县财政局没有台账。", "组织学校和组织部门开展活动不力。", "各级政府性基金未纳入预算。"])
def test_what_is_no_unit(read: Read, text: str) -> None:
    assert units(read, text) == set()


@pytest.mark.parametrize("text", [
    "县发改局审批不严，县发展和改革委员会未核准项目。", "县卫健局与县卫生健康局分别答复。", "县文旅局、县文化和旅游局台账不同。",
    "青岳县人社局没有复核，县人力资源和社会保障局没有公示。", "县市场监管局、县市场监督管理局和县市监局各管一段。",
    "县委编办与县委机构编制委员会办公室没有备案。", "青岳县教体局、青岳县教育和体育局没有核减。"])
def test_twins_are_one_unit(read: Read, text: str) -> None:
    assert len([*read(HEAD + text).by_label("Unit")]) == 1


@pytest.mark.parametrize(("text", "number"), [
    ("县农业农村局与省农业农村厅数据不一致。", 2), ("县发改局、县财政局没有会商。", 2), ("县纪委监委、县监委没有移送。", 2)])
def test_others_are_not(read: Read, text: str, number: int) -> None:
    assert len([*read(HEAD + text).by_label("Unit")]) == number


def test_an_office_of_another_city_is_not_the_own_one(read: Read) -> None:
    found = read("关于江北市预算执行情况的审计报告\n一、审计发现的问题\n市财政局拨付不及时，南京市财政局已先行垫付。")
    names = [{u.properties["name"], *u.properties["aliases"]} for u in found.by_label("Unit")]
    assert {"市财政局"} in names
    assert {"南京市财政局"} in names


@pytest.mark.parametrize(("title", "place"), [
    ("关于桐庐县财政管理情况的审计报告", "桐庐县"), ("关于杭州市西湖区教育经费的审计报告", "杭州市西湖区"),
    ("青岳县巡察整改情况的通报", "青岳县"), ("关于安全检查情况的通报", None)])
def test_the_place_of_a_report(read: Read, title: str, place: str | None) -> None:
    assert read(title + "\n一、存在的问题\n拨款不及时，涉及12万元。").report.place == place


@pytest.mark.parametrize(("a", "b"), [
    ("发改委", "发展和改革局"), ("住建局", "住房和城乡建设局"), ("资规局", "自然资源和规划局"), ("卫健委党组", "卫生健康局党组"),
    ("妇联", "妇女联合会"), ("委编办", "编办"), ("交警大队", "公安局交通警察大队")])
def test_one_office_by_two_names(a: str, b: str) -> None:
    assert office_name(a) == office_name(b)


def test_offices_that_are_two() -> None:
    names = ["财政局", "审计局", "农业农村局", "农业农村厅", "市场监管局", "人民医院", "市场监管局稽查科", "监委", "纪委", "纪委监委"]
    assert len({office_name(name) for name in names}) == len(names)


def concerns(findings: Findings) -> dict[str, str]:
    nodes = {n.id: n for n in findings.nodes}
    return {nodes[e.source].properties["headline"]: nodes[e.target].properties["name"]
            for e in findings.edges if e.type == "CONCERNS"}


def test_a_name_over_problems_is_no_headline(read: Read) -> None:
    found = read("关于2022年度预算执行情况的审计报告\n一、审计发现的主要问题\n（一）县民政局\n"
                 "1.滞留救助资金36万元。该资金在账户沉淀两年。\n2.多付工程款8万元。结算没有复核。\n"
                 "（二）县水利局\n采购程序不规范，有3个项目没有招标。\n（三）资产管理方面\n1.房产出租没有公开招租。两处门面直接续租。\n"
                 "2.资产长期闲置。仓库空置三年。\n（四）主体责任落实不力方面\n1.会议没有记录。全年只记了两次。")
    headlines = [p.properties["headline"] for p in found.by_label("Problem")]
    assert headlines[0] == "滞留救助资金36万元"
    assert "采购程序不规范" in headlines
    assert "主体责任落实不力" in headlines
    assert not [h for h in headlines if h in ("县民政局", "县水利局") or h.endswith("方面")]
    said = concerns(found)
    assert said["滞留救助资金36万元"] == said["多付工程款8万元"] == "县民政局"
    assert said["采购程序不规范"] == "县水利局"


def test_members_of_a_list_have_the_level_of_its_head(read: Read) -> None:
    found = units(read, "县水利局、住建局、文旅局没有按期报送材料。")
    assert {"县住建局", "县文旅局"} <= found


def test_a_quotation_mark_of_a_name_is_closed(read: Read) -> None:
    found = units(read, "“4·02”机械伤害事故调查组查明，该厂没有设防护栏。“众盛劳务公司”没有资质。")
    assert {"“4·02”机械伤害事故调查组", "众盛劳务公司"} <= found


def test_a_problem_below_the_section_of_a_unit_is_that_units(read: Read) -> None:
    found = read("关于学校检查情况的通报\n一、青山县第二中学\n存在问题：\n1.实验室危化品未上锁。\n2.食堂留样不规范。\n"
                 "二、青山县第三中学\n存在问题：\n1.宿舍消防栓无水。\n")
    assert concerns(found) == {"实验室危化品未上锁": "青山县第二中学", "食堂留样不规范": "青山县第二中学",
                               "宿舍消防栓无水": "青山县第三中学"}
