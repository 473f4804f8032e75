"""Findings told in running prose, in self-examinations and notices, and texts with nothing to find."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model import Findings

Read = Callable[[str], Findings]


def headlines(findings: Findings, label: str = "Problem") -> list[str]:
    return [n.properties["headline"] for n in findings.by_label(label)]


def words(findings: Findings, label: str) -> list[str]:
    return [(n.text or "").rstrip("。；") for n in findings.by_label(label)]


def test_each_clause_of_a_chain_is_a_problem(read: Read) -> None:
    f = read(
        "关于养老机构食堂飞行检查情况的通报\n总体上，各机构证照齐全。检查中也看到，松鹤养老院用工业盐代替食用盐腌菜；"
        "长青护理院有3名帮厨没有健康证；个别机构把过期牛奶撕掉标签后继续供应，库房内清点出47盒；另有5家机构的记录系一次性补写。"
        "康乐敬老院拒绝检查组查看监控。\n"
        "县局要求：松鹤养老院立即停止供餐；长青护理院7日内完成体检。\n"
    )
    assert headlines(f) == [
        "松鹤养老院用工业盐代替食用盐腌菜",
        "长青护理院有3名帮厨没有健康证",
        "个别机构把过期牛奶撕掉标签后继续供应",
        "另有5家机构的记录系一次性补写",
        "康乐敬老院拒绝检查组查看监控",
    ]
    assert words(f, "Recommendation") == ["松鹤养老院立即停止供餐", "长青护理院7日内完成体检"]


@pytest.mark.parametrize(
    "lead",
    [
        "巡察中也看到了一些需要重视的情况。",
        "，但仍有不足。",
        "检查中看到的不足。\n",
        "需要说明的是，仍有一些老毛病改得不彻底。",
        "执法中发现，",
        "事故暴露出，",
    ],
)
def test_what_announces_a_chain(read: Read, lead: str) -> None:
    text = f"关于市场专项检查情况的通报\n总体情况向好{'' if lead[0] == '，' else '。'}{lead}"
    f = read(text + "东门市场有11台秤加装作弊芯片；西关市场公平秤长期没电；南塘市场与商户约定互相通知。\n")
    assert headlines(f) == [
        "东门市场有11台秤加装作弊芯片",
        "西关市场公平秤长期没电",
        "南塘市场与商户约定互相通知",
    ]


def test_a_field_heads_the_findings_after_it(read: Read) -> None:
    f = read(
        "关于巡察县供销社党组的反馈意见\n巡察发现的问题主要表现在两个方面。\n"
        "服务“三农”方面。农资储备应达3000吨，实际库存不足700吨；庄稼医院挂牌12家，开门营业的只有3家。\n"
        "队伍建设方面。基层社主任平均年龄57岁，连续六年没有招录过人。\n"
    )
    assert [(n.properties["headline"], n.properties.get("number", "")) for n in f.by_label("Problem")] == [
        ("服务“三农”方面", ""),
        ("农资储备应达3000吨，实际库存不足700吨", "1"),
        ("庄稼医院挂牌12家，开门营业的只有3家", "2"),
        ("基层社主任平均年龄57岁，连续六年没有招录过人", ""),
    ]


def test_a_text_that_goes_from_unit_to_unit(read: Read) -> None:
    f = read(
        "关于机关作风暗访情况的通报\n县林业局窗口秩序较好，但该局两名干部上班时间在网上炒股。\n"
        "县水务局值班电话连续三次无人接听。\n走访县档案局，库房消防通道被旧桌椅堆满。\n县司法局办事指南齐全，群众满意。\n"
    )
    assert headlines(f) == [
        "该局两名干部上班时间在网上炒股",
        "县水务局值班电话连续三次无人接听",
        "库房消防通道被旧桌椅堆满",
    ]


def test_a_text_that_begins_with_the_first_of_a_list(read: Read) -> None:
    f = read(
        "一是入户安检走过场，63户由安检员代签。二是管网改造慢，应改造41公里只完成9公里。\n建议：一是予以辞退；二是按月通报。\n"
    )
    assert headlines(f) == ["入户安检走过场", "管网改造慢"]
    assert words(f, "Recommendation") == ["一是予以辞退", "二是按月通报"]


def test_numbers_without_a_sign(read: Read) -> None:
    f = read(
        "粮食收购督查反馈\n督查组发现以下情况：\n1收购资金兑付慢 全县尚欠农户粮款620万元\n2验质压级压价 粮库把二等粮按三等收\n"
        "4收购环节公示不到位 6个站点没有张贴价格牌\n督查组建议：\n1县政府督促承贷企业结清粮款\n2粮库退还农户差价\n"
    )
    assert headlines(f) == ["收购资金兑付慢", "验质压级压价", "收购环节公示不到位"]
    assert headlines(f, "Recommendation") == ["县政府督促承贷企业结清粮款", "粮库退还农户差价"]


def test_labels_that_a_blank_parts_from_their_text(read: Read) -> None:
    f = read(
        "青源县督察整改任务进展公示表\n责任单位  青源县人民政府\n"
        "反馈问题  污水管网建设滞后，6个小区雨污混流。\n整改措施  新建主干管4公里。\n目前进展  已建成3公里，正在推进。\n"
        "反馈问题  矿山越界开采，长期不履行治理义务。\n整改措施  立案查处。\n目前进展  罚款已入库，已完成。\n"
    )
    assert headlines(f) == ["污水管网建设滞后", "矿山越界开采，长期不履行治理义务"]
    assert [n.properties["status"] for n in f.by_label("Measure")] == ["ongoing", "done"]


def test_a_self_examination_under_neutral_headings(read: Read) -> None:
    f = read(
        "望江县第二中学校园安全自查报告\n我校组织开展自查，现报告如下。\n一、门卫值守的情况\n"
        "学校配备保安6名，外来人员一律登记。3月1日巡查发现，南门保安离岗42分钟。究其原因，主要是保安公司没有足额发工资。\n"
        "二、实验室危化品的管理\n危化品柜双人双锁，台账逐笔登记。但实验室仍存有4瓶到期的浓硝酸。\n"
        "三、校车运行的情况\n现有校车3辆，驾驶员均持证上岗，在线监控率100%。\n"
        "四、食堂卫生的情况\n食堂实行明厨亮灶。只是泔水桶与备餐间仅隔一道布帘；洗碗工没有换发健康证就上岗。\n"
    )
    assert headlines(f) == [
        "南门保安离岗42分钟",
        "实验室仍存有4瓶到期的浓硝酸",
        "泔水桶与备餐间仅隔一道布帘",
        "洗碗工没有换发健康证就上岗",
    ]
    assert words(f, "RootCause") == ["保安公司没有足额发工资"]


def test_a_heading_without_a_number_names_what_was_set_right(read: Read) -> None:
    f = read(
        "某学校党总支巡察整改情况报告\n县委第一巡察组对学校进行了巡察。现公开如下：\n"
        "关于实训设备闲置浪费问题的整改情况\n逐台贴码，132台已排入课表。已完成整改。\n"
        "关于助学金发放滞后问题的整改情况\n尚欠的54万元已补发到学生账户。已完成。\n"
    )
    assert headlines(f) == ["实训设备闲置浪费", "助学金发放滞后"]
    assert words(f, "Measure") == [
        "逐台贴码，132台已排入课表。已完成整改",
        "尚欠的54万元已补发到学生账户。已完成",
    ]


def test_what_was_done_on_receipt_closes_nothing(read: Read) -> None:
    f = read(
        "青源县关于督察反馈问题整改情况的报告\n收到反馈意见后，我县立即部署。现将整改情况报告如下。\n"
        "（一）关于“养殖污染反弹”问题\n整改措施：关停养殖户14家。已完成。\n"
        "（二）关于“污水厂超标排放”问题\n整改措施：更换膜组件4套。正在推进。\n"
    )
    assert headlines(f) == ["养殖污染反弹", "污水厂超标排放"]
    assert [n.properties["status"] for n in f.by_label("Measure")] == ["done", "ongoing"]


def test_a_notice_that_names_no_problem_keeps_its_measures(read: Read) -> None:
    f = read(
        "县交通局党组关于巡察反馈意见整改落实情况的公示\n县委第五巡察组反馈了意见，现公示如下。\n"
        "一、在农村公路管养方面着力打通“最后一公里”\n一是筹措资金312万元，完成破损路段修补。二是落实护路员214名。\n"
        "二、在规范资金管理方面着力扎紧笼子\n一是重新制定《小型工程发包管理办法》。二是组织讲纪律课3次。\n"
    )
    assert not list(f.by_label("Problem"))
    assert [w[:6] for w in words(f, "Measure")] == ["一是筹措资金", "一是重新制定"]


def test_reasons_end_where_their_list_ends(read: Read) -> None:
    f = read(
        "关于食盐市场检查情况的通报\n检查发现，部分商店销售过期食盐；有的批发点没有台账。\n"
        "究其根源，是一些商户重利润轻质量的思想没有扭转；是监管力量薄弱，在岗的只有2人。\n"
        "为杜绝此类问题，现提出以下要求：\n一、立即开展专项排查。各镇不得以电话代替现场检查。\n二、严格索证索票。\n"
    )
    assert words(f, "RootCause") == ["一些商户重利润轻质量的思想没有扭转", "监管力量薄弱，在岗的只有2人"]
    assert headlines(f) == ["部分商店销售过期食盐", "有的批发点没有台账"]
    assert headlines(f, "Recommendation") == ["立即开展专项排查", "严格索证索票"]


def test_what_only_announces_that_there_are_problems_is_none(read: Read) -> None:
    """但也发现了一些问题和不足，有的…；有的…"""
    f = read(
        "关于检查县水务站情况的反馈\n总体向好，但检查也发现了一些问题和不足，有的台账记录不全；有的值守人员不足。\n"
    )
    assert headlines(f) == ["有的台账记录不全", "有的值守人员不足"]


def test_the_clause_that_points_back_names_the_cause(read: Read) -> None:
    f = read(
        "关于甲厂“7·08”中毒事故的通报\n7月8日，青山镇甲厂在清池时发生一起中毒事故，造成2人死亡。\n"
        "据调查，作业人员未经通风即下池作业，池边2人盲目施救，致使伤亡扩大，这是事故发生的直接原因。\n"
    )
    assert words(f, "RootCause") == ["作业人员未经通风即下池作业，池边2人盲目施救"]


@pytest.mark.parametrize(
    "text",
    [
        "在审计整改推进会上的讲话\n同志们：\n去年审计查出的136个问题已整改128个，成绩值得肯定。\n"
        "一要提高政治站位。二要压实整改责任，决不允许推诿扯皮、敷衍应付。三要健全长效机制。\n",
        "甲股份有限公司内部控制评价报告\n一、内部控制评价结论\n于基准日，不存在财务报告内部控制重大缺陷。\n"
        "二、缺陷认定及整改情况\n报告期内公司不存在内部控制重大缺陷、重要缺陷。\n",
        "局党组会议纪要\n会议要求，要严格程序，防止带病提拔；要关心年轻干部，不能论资排辈。\n",
        "关于表扬先进集体的通报\n全县没有发生一例返贫致贫，决定对12个单位予以表扬。\n"
        "全县各级各部门要以先进为榜样，坚决防止松懈厌战、弄虚作假。\n",
    ],
    ids=["speech", "internal control", "minutes", "praise"],
)
def test_nothing_to_find(read: Read, text: str) -> None:
    f = read(text)
    assert not [n for label in ("Problem", "RootCause", "Measure") for n in f.by_label(label)]


def test_a_list_is_over_where_other_text_follows_its_last_item(read: Read) -> None:
    f = read(
        "某省药监局关于药品不符合规定的通告\n现将相关情况通告如下：\n"
        "一、甲公司生产的黄芪，二氧化硫残留量超标。\n二、乙公司生产的板蓝根颗粒，装量差异不符合规定。\n"
        "三、丙药房销售的当归，经显微鉴别掺有欧当归。\n"
        "对上述不符合规定药品，药品监督管理部门已要求相关企业采取召回等措施。\n特此通告。\n"
    )
    assert words(f, "Problem")[-1] == "三、丙药房销售的当归，经显微鉴别掺有欧当归"
    assert len(words(f, "Problem")) == 3
    assert not words(f, "Recommendation")


def test_demands_after_reasons_are_no_reasons(read: Read) -> None:
    f = read(
        "关于水库加固工程监督检查情况的通报\n现将检查发现的质量问题通报如下。\n"
        "◎溢洪道混凝土\n右边墙有贯穿裂缝5条，没有上报。\n◎坝体灌浆\n监理人员不在场却在记录上签字。\n"
        "以上问题反映出施工单位质量保证体系形同虚设。\n"
        "请项目法人组织逐条处理，7月10日前完成；施工单位对灌浆孔全部重新检查；监理公司更换旁站人员。\n"
    )
    assert words(f, "RootCause") == ["施工单位质量保证体系形同虚设"]
    assert len(words(f, "Recommendation")) == 3


def test_the_scene_of_an_accident_names_who_is_inspected(read: Read) -> None:
    f = read(
        "青山区安委会办公室关于“7·08”中毒事故的通报\n7月8日14时许，丰瑞酱菜有限公司在清理腌渍池时发生一起中毒事故，"
        "造成2人死亡。\n经查，该厂没有把有限空间作业纳入审批；应配呼吸器6套，仅有1套。\n"
    )
    names = {n.id: n.properties["name"] for n in f.by_label("Unit")}
    assert [names[e.target] for e in f.edges if e.type == "INSPECTS"] == ["丰瑞酱菜有限公司"]
    assert headlines(f) == ["该厂没有把有限空间作业纳入审批", "应配呼吸器6套，仅有1套"]


def test_breaches_that_a_sentence_only_names_are_problems(read: Read) -> None:
    f = read(
        "云湖银行关于最近三年受到处罚情况的说明\n"
        "2022年4月21日，本行收到处罚决定书；经查，本行存在代销业务管理不规范、债券承销管控不到位、违规办理委托贷款业务等违规行为，"
        "对本行处以罚款270万元。\n"
        "2023年1月9日，分行因授信调查不尽职、个人贷款用途管控不严、贷后检查流于形式等3项违法违规行为被罚款120万元。\n"
        "上述处罚的原因、过程、影响等情况已经披露。\n"
    )
    assert headlines(f) == [
        "代销业务管理不规范",
        "债券承销管控不到位",
        "违规办理委托贷款业务",
        "授信调查不尽职",
        "个人贷款用途管控不严",
        "贷后检查流于形式",
    ]


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        (
            "关于对岚川药业股份有限公司采取出具警示函措施的决定\n岚川药业股份有限公司：\n"
            "经查，你公司未经董事会审议将募集资金3200万元用于购买理财产品，也未及时披露。"
            "上述行为违反了《上市公司信息披露管理办法》第三条的规定。\n"
            "按照该办法第五十二条，我局决定对你公司采取出具警示函的监督管理措施。\n",
            "经查，你公司未经董事会审议",
        ),
        (
            "南陵县财政局纠正滥用行政权力排除、限制竞争行为案\n"
            "经查，当事人印发《关于做好公务用车保险工作的通知》，要求各预算单位统一在某财产保险公司投保。\n"
            "省市场监管局认为，该做法限制了各单位的选择，违反了《中华人民共和国反垄断法》第三十九条的规定。\n"
            "调查期间，当事人废止了上述文件。\n",
            "经查，当事人印发",
        ),
    ],
)
def test_what_a_decision_finds_is_a_problem_up_to_its_verdict(read: Read, decision: str, told: str) -> None:
    [problem] = read(decision).by_label("Problem")
    assert (problem.text or "").startswith(told)
    assert (problem.text or "").endswith("的规定。")
    assert not problem.properties["headline"].startswith("经查")


def test_what_a_decision_clears_is_none(read: Read) -> None:
    f = read("关于信访事项的答复\n经查，该公司证照齐全，未发现违反《中华人民共和国食品安全法》的行为。\n")
    assert not [*f.by_label("Problem")]
