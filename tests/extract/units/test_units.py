"""Names of units: where they begin, what is none, what is one, and which problem they stand over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.language.offices import office_name
from extract.model import Findings

Read = Callable[[str], Findings]
HEAD = "关于2022年度专项检查情况的通报\n一、存在的主要问题\n"


def units(read: Read, text: str, head: str = HEAD) -> set[str]:
    found = read(head + text).by_label("Unit")
    return {name for u in found for name in (u.properties["name"], *u.properties["aliases"])}


@pytest.mark.parametrize(
    ("text", "name"),
    [
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
        ("向江北市文化广播电视和旅游局移交。", "江北市文化广播电视和旅游局"),
    ],
)
def test_where_a_name_begins(read: Read, text: str, name: str) -> None:
    found = units(read, text)
    assert name in found or (name == "黄埔区九龙镇政府" and "黄埔区九龙镇" in found)


@pytest.mark.parametrize(
    "text",
    [
        "反映出街道监管不严。",
        "建立社区矫正台账不及时。",
        "干部巡乡带村走过场。",
        "没有弥补镇级财力不足。",
        "照搬外村做法。",
        "委员逐村走访不够。",
        "市县国土资源局、县区纪委监委没有联动。",
        "抽查9所乡镇敬老院和两所小学，台账不全。",
        "外聘公司、护工公司和平台公司管理混乱。",
        "领导学校工作不力，结合学校实际不够。",
        "相关企业、各学校、基层医院没有整改。",
        "双江、双河两镇进度慢。",
        "市政府中心工作落实不力。",
        "有关小额贷款公司违规放贷。",
        "数字乡村、网络社区建设滞后。",
        "农业农村工作滞后。",
        "部分城镇低保户未纳入。",
        "广州海关所属部门没有移交。",
        "行业协会商会党组织覆盖不足。",
        "干部长期借住医院宿舍。",
        "校长带队参观兄弟学校。",
        "收受医药公司回扣，第三方检测公司出假。",
        "各镇人民政府、所有县财政局没有台账。",
        "组织学校和组织部门开展活动不力。",
        "各级政府性基金未纳入预算。",
    ],
)
def test_what_is_no_unit(read: Read, text: str) -> None:
    assert units(read, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "县发改局审批不严，县发展和改革委员会未核准项目。",
        "县卫健局与县卫生健康局分别答复。",
        "县文旅局、县文化和旅游局台账不同。",
        "青岳县人社局没有复核，县人力资源和社会保障局没有公示。",
        "县市场监管局、县市场监督管理局和县市监局各管一段。",
        "县委编办与县委机构编制委员会办公室没有备案。",
        "青岳县教体局、青岳县教育和体育局没有核减。",
    ],
)
def test_twins_are_one_unit(read: Read, text: str) -> None:
    assert len([*read(HEAD + text).by_label("Unit")]) == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("县农业农村局与省农业农村厅数据不一致。", 2),
        ("县发改局、县财政局没有会商。", 2),
        ("县纪委监委、县监委没有移送。", 2),
    ],
)
def test_others_are_not(read: Read, text: str, number: int) -> None:
    assert len([*read(HEAD + text).by_label("Unit")]) == number


def test_an_office_of_another_city_is_not_the_own_one(read: Read) -> None:
    found = read(
        "关于江北市预算执行情况的审计报告\n一、审计发现的问题\n市财政局拨付不及时，南京市财政局已先行垫付。"
    )
    names = [{u.properties["name"], *u.properties["aliases"]} for u in found.by_label("Unit")]
    assert {"市财政局"} in names
    assert {"南京市财政局"} in names


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("关于桐庐县财政管理情况的审计报告", "桐庐县"),
        ("关于杭州市西湖区教育经费的审计报告", "杭州市西湖区"),
        ("青岳县巡察整改情况的通报", "青岳县"),
        ("关于安全检查情况的通报", None),
    ],
)
def test_the_place_of_a_report(read: Read, title: str, place: str | None) -> None:
    assert read(title + "\n一、存在的问题\n拨款不及时，涉及12万元。").report.place == place


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("发改委", "发展和改革局"),
        ("住建局", "住房和城乡建设局"),
        ("资规局", "自然资源和规划局"),
        ("卫健委党组", "卫生健康局党组"),
        ("妇联", "妇女联合会"),
        ("委编办", "编办"),
        ("交警大队", "公安局交通警察大队"),
    ],
)
def test_one_office_by_two_names(a: str, b: str) -> None:
    assert office_name(a) == office_name(b)


def test_offices_that_are_two() -> None:
    names = [
        "财政局",
        "审计局",
        "农业农村局",
        "农业农村厅",
        "市场监管局",
        "人民医院",
        "市场监管局稽查科",
        "监委",
        "纪委",
        "纪委监委",
    ]
    assert len({office_name(name) for name in names}) == len(names)


def concerns(findings: Findings) -> dict[str, str]:
    nodes = {n.id: n for n in findings.nodes}
    return {
        nodes[e.source].properties["headline"]: nodes[e.target].properties["name"]
        for e in findings.edges
        if e.type == "CONCERNS"
    }


def test_a_name_over_problems_is_no_headline(read: Read) -> None:
    found = read(
        "关于2022年度预算执行情况的审计报告\n一、审计发现的主要问题\n（一）县民政局\n"
        "1.滞留救助资金36万元。该资金在账户沉淀两年。\n2.多付工程款8万元。结算没有复核。\n"
        "（二）县水利局\n采购程序不规范，有3个项目没有招标。\n（三）资产管理方面\n1.房产出租没有公开招租。两处门面直接续租。\n"
        "2.资产长期闲置。仓库空置三年。\n（四）主体责任落实不力方面\n1.会议没有记录。全年只记了两次。"
    )
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
    found = read(
        "关于学校检查情况的通报\n一、青山县第二中学\n存在问题：\n1.实验室危化品未上锁。\n2.食堂留样不规范。\n"
        "二、青山县第三中学\n存在问题：\n1.宿舍消防栓无水。\n"
    )
    assert concerns(found) == {
        "实验室危化品未上锁": "青山县第二中学",
        "食堂留样不规范": "青山县第二中学",
        "宿舍消防栓无水": "青山县第三中学",
    }


@pytest.mark.parametrize(
    "text",
    [
        "各级教育部门、市场监管部门没有会商，区农业农村部门未核实。",
        "按照国务院财政部门的规定，应急管理部门要牵头整改。",
        "分片派出3个县委巡察组，走访12家养猪合作社和9个司法所。",
        "名额分给8个中职学校，乡镇财政所和基层监管所没有复核。",
        "各县（市、区）医疗保障局、人民检察院没有报送，有关省、自治区水利厅、农业农村厅另行上报。",
        "其余12个设区的市人大常委会自行检查，6个县的纪委监委没有通报。",
        "属地消防救援大队要上门复查，当地民政局、消防救援大队没有留存记录。",
        "由省纪委驻相关厅局纪检监察组问责。",
        "微型消防站没有装备，社区卫生服务中心和日间照料中心长期空置。",
        "岚东区两级应急管理局都没有移交。",
        "局党委没有研究，街道党工委没有督办，地方党委政府失察。",
        "投诉指向集团全资二级子公司，明确子公司职责后再清理。",
        "近三年乡村学校撤并9所，东岭、西岭两镇初中没有操场。",
        "项目拟建设石英砂加工厂，至今没有动工。",
        "某药店刷卡套现，县城一药店没有台账。",
        "补贴资金银行存折由村干部代管，教育质量部署不实。",
        "虚假宣传酒店星级，把矛盾下派镇街。",
        "地级以上市人民政府没有备案。",
        "违法占用柳河镇青石村12亩耕地，堆料场位于沙坪镇。",
        "夯实学校责任不够。",
    ],
)
def test_classes_and_numbers_are_no_units(read: Read, text: str) -> None:
    assert units(read, text) - {"省纪委"} == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("经查，公司子公司岚江（榕南）轴承有限公司没有入账。", "岚江（榕南）轴承有限公司"),
        ("岚江矿业（集团）有限责任公司白沙镇煤矿带病运行。", "岚江矿业（集团）有限责任公司白沙镇煤矿"),
        ("受县委组织部委托，对账户作了核对。", "县委组织部"),
        ("线索已移交集团纪委核实，岚江恒有新材料科技有限公司未配合。", "岚江恒有新材料科技有限公司"),
        ("青岳恒泰医药有限公司、沃和医疗器械经营部围标。", "沃和医疗器械经营部"),
        ("伤员由救护车送达县人民医院。", "县人民医院"),
        ("移送市生态环境综合行政执法支队立案。", "市生态环境综合行政执法支队"),
        ("市人民政府驻申城办事处账目不清。", "市人民政府驻申城办事处"),
        ("生态环境部西南督察局、国家矿山安全监察局北疆局发出提示函。", "国家矿山安全监察局北疆局"),
        ("全国人大科教文卫委员会听取了情况。", "全国人大科教文卫委员会"),
        ("新疆生产建设兵团安全生产委员会没有跟踪。", "新疆生产建设兵团安全生产委员会"),
        ("投诉湖西街道社区卫生服务中心分解住院。", "湖西街道社区卫生服务中心"),
        ("开户银行岚江农商银行没有预警。", "岚江农商银行"),
        ("联合调查青岳运输有限公司倾倒废物。", "青岳运输有限公司"),
        ("人事监察部、资产财务部没有会签。", "人事监察部"),
        ("向贵阳市财政局、贵州恒丰药业股份有限公司发函。", "贵州恒丰药业股份有限公司"),
        ("青岳工业与艺术学校未整改。", "青岳工业与艺术学校"),
    ],
)
def test_a_name_as_a_whole(read: Read, text: str, name: str) -> None:
    assert name in units(read, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("市委第五巡察组进驻青岳县水利局。请市委巡察组监督。", "市委巡察组"),
        ("岚江港航集团有限公司党委没有研究，岚江港航集团党委没有部署。", "岚江港航集团党委"),
        ("青岳县人民医院没有清退，县医院也没有公示。", "县医院"),
        (
            "抽查了青岳机电工程学校、青岳卫生学校（以下分别简称机电学校、卫生学校）。机电学校多付款，卫生学校没有公示。",
            "机电学校",
        ),
    ],
)
def test_twins_of_a_report(read: Read, text: str, name: str) -> None:
    found = [{u.properties["name"], *u.properties["aliases"]} for u in read(HEAD + text).by_label("Unit")]
    assert [len(names) > 1 for names in found if name in names] == [True]


def test_groups_that_are_several_have_no_common_name(read: Read) -> None:
    found = read(HEAD + "市委第五巡察组、市委第六巡察组进驻。请市委巡察组监督。").by_label("Unit")
    assert len([*found]) == 3


def test_a_verb_glued_to_a_place_is_no_part_of_the_name(read: Read) -> None:
    found = units(
        read,
        "青岳县自来水公司没有按期缴费。\n附表\n序号 问题 单位 金额\n3 水费应收未收 青岳县自来水公司 36.2",
    )
    assert "青岳县自来水公司" in found
    assert not [name for name in found if name.startswith("收")]
