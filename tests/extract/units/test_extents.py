"""How far names of units go, and which words that look like one stand for none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model import Findings
from extract.units.extents import whole_names
from extract.units.names import Mention
from extract.units.stands import standing, titled

Read = Callable[[str], Findings]
HEAD = "关于2023年度专项检查情况的通报\n一、存在的主要问题\n"


def names(read: Read, text: str) -> set[str]:
    return {u.properties["name"] for u in read(HEAD + text).by_label("Unit")}


def marked(text: str) -> tuple[str, list[Mention]]:
    """A text without the brackets 【】 around the names that a reader took from it, and these."""
    plain, found, start = "", [], 0
    for sign in text:
        if sign == "【":
            start = len(plain)
        elif sign == "】":
            found.append(Mention(start, len(plain), plain[start:]))
        else:
            plain += sign
    return plain, found


def whole(text: str) -> list[str]:
    return [m.name for m in whole_names(*marked(text))]


def stands(text: str, *known: str) -> list[str]:
    return [m.name for m in standing(*marked(text), known)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("【青岳县人民政府】办副主任到会。", "青岳县人民政府办"),
        ("【恒源网络科技有限公司】城东第一分公司没有登记。", "恒源网络科技有限公司城东第一分公司"),
        ("【原岚岳工业部】副部长逝世。", "岚岳工业部"),
        ("【青岳县生态环境局】开发区分局没有上报。", "青岳县生态环境局开发区分局"),
        ("【岚川省人民政府】政务服务管理办公室通报。", "岚川省人民政府政务服务管理办公室"),
        ("【柳湾中心】校党支部换届超期。", "柳湾中心校"),
        ("【江北市中心】血站没有对账。", "江北市中心血站"),
        ("【恒康大药房】城东店过期药未下架。", "恒康大药房城东店"),
        ("【省政府】新闻办举行发布会。", "省政府新闻办"),
        ("【江北市公安局】经侦支队未立案。", "江北市公安局经侦支队"),
        ("【青岳县公安局】柳溪派出所所长失职。", "青岳县公安局柳溪派出所"),
        ("【江北市住建执法支队】城东大队没有巡查。", "江北市住建执法支队城东大队"),
        ("【江北电力大学】继续教育分校收费不公示。", "江北电力大学继续教育分校"),
        ("【江北水利学会】抽水蓄能分会超标准收费。", "江北水利学会抽水蓄能分会"),
        ("【青岳县人民法院】行政监督庭原庭长受处分。", "青岳县人民法院行政监督庭"),
        ("【青岳县人民法院】审判委员会委员失职。", "青岳县人民法院审判委员会"),
        ("【岚川电网有限公司】青岳供电局扩建超期。", "岚川电网有限公司青岳供电局"),
        ("【国家税务总局】【江北市税务局】征收不力。", "国家税务总局江北市税务局"),
        ("【江北农商银行公司银行】部经理受贿。", "江北农商银行公司银行部"),
        ("【岚川理工大学】（徐州）收费不规范。", "岚川理工大学（徐州）"),
        ("【青岳县石桥乡】柳湾村原党支部书记贪污。", "青岳县石桥乡柳湾村党支部"),
        ("【青岳县人民政府】办公室印发方案。", "青岳县人民政府办公室"),
        ("【江北市安委会】办公室挂牌督办。", "江北市安委会办公室"),
        ("【岚川燃气有限公司】浙江仓储配送分公司被罚。", "岚川燃气有限公司浙江仓储配送分公司"),
    ],
)
def test_the_part_behind_a_body_belongs_to_its_name(text: str, name: str) -> None:
    assert whole(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "【县政府】办理手续迟缓。",
        "【县公安局】抽调交警大队整治。",
        "【市公安局】责成柳溪派出所整改。",
        "【县公安局】大队长失职。",
        "【青岳县人民法院】开庭审理。",
        "【县人民法院】民事庭法官授课。",
        "【岚川理工大学】（甲方）未付款。",
        "【江北商会】分会场设在县城。",
        "【青岳县石桥乡】柳湾村道路未修。",
        "【国家税务总局】规定的标准。",
        "【青岳县人民政府】办公室装修超标准。",
        "【江北市安委会】办公楼漏水。",
        "【岚川燃气有限公司】委托给浙江分公司。",
        "【县住建局】质监股股长受处分。",
        "【市医院】康复科护士受处分。",
    ],
)  # such offices stay with the body
def test_what_only_follows_a_body_does_not(text: str) -> None:
    assert whole(text) == [marked(text)[1][0].name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("接受中央驻【国家邮政总局纪检监察组】监督。", "驻国家邮政总局纪检监察组"),
        ("【市纪委监委】驻【市教育局纪检监察组】督促整改。", "市纪委监委驻市教育局纪检监察组"),
        ("【市体育局】直属【机关党委】未换届。", "市体育局直属机关党委"),
        ("市纪委派驻【第五纪检监察组】督促整改。", "派驻第五纪检监察组"),
        ("会同局直属【机关党委】检查。", "局直属机关党委"),
        ("陕西省周至【县柳河镇】截留资金。", "陕西省周至县柳河镇"),
        ("经中共岚川示范【区工委】批准。", "岚川示范区工委"),
        ("该【县县委】没有研究。", "县委"),
        ("【第三方中介公司某咨询公司】负责人行贿。", "某咨询公司"),
        ("青岚和【旭制药有限公司】（以下简称和旭公司）停产。", "青岚和旭制药有限公司"),
    ],
)
def test_what_belongs_to_a_name_before_it(text: str, name: str) -> None:
    assert name in (found.removeprefix("中共") for found in whole(text))


@pytest.mark.parametrize(
    "text", ["经全【市工委】批准。", "会同【机关党委】检查。", "青岚和【旭制药有限公司】停产。"]
)
def test_what_does_not(text: str) -> None:
    assert whole(text) == [marked(text)[1][0].name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("【原岚川重工集团有限公司】", "原岚川重工集团有限公司"),  # a firm may be called so
        ("【原中国岚川重工集团有限公司】", "中国岚川重工集团有限公司"),
        ("【原青岳县国土资源局】", "青岳县国土资源局"),
        ("【原县卫生局党组】", "县卫生局党组"),
        ("【原平市财政局】", "原平市财政局"),
        ("【原料公司】", "原料公司"),
        ("【青岳县财政局原收费中心】主任", "青岳县财政局收费中心"),
        ("【青岳县柳湾村原村党支部】书记", "青岳县柳湾村村党支部"),
        ("【忻州市原平市财政局】", "忻州市原平市财政局"),
        ("【县林业局原种场】", "县林业局原种场"),
    ],
)
def test_former_is_no_part_of_a_name(text: str, name: str) -> None:
    assert whole(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "他牵头负责【青岳县】某融资项目。",
        "省直和【江北市】主要新闻单位参加。",
        "【青岳县】、【柳河县】和【石桥县】相关单位占用耕地。",
        "【柳河县】、【江北市】部分村镇工作人员骗取补贴。",
        "恒远公司运营的【江北市柳河镇】渔光互补发电项目超期。",
        "在【江北市青岳县柳湾村】，记者看到标语。",
        "张贴“【柳河镇】防溺水联系卡”。",
        "火灾发生在【当地经济开发区】内。",
        "向【旅行社】支付回扣。",
        "违规入股【金融公司】。",
        "各省级【粮食储备局】：",
        "委托23个省区【市人大常委会】自查。",
        "此前，【岚川青岳县柳河镇】石桥村村民陈女士报警。",
        "昨天，【柳河镇】翠屏谷旅游区发生一起事故。",
        "【青岳县】警方通报了案情。",
        "【青岳县】3月1日消息，",
        "【石桥镇】工业园内的恒远公司爆燃。",
        "察看了柳河大桥、【青岳西收费站】和【柳湾服务区】、停车区。",
        "非本地企业在【江北市】注册公司的，须有房产。",
        "产品进入【青岳县】农资市场前未检验。",
        "废渣运往【柳河县】倾倒。",
        "限定只能选【青岳县】辖区内的公立医院。",
        "【江北市】相关市场主体违规经营。",
        "要求【青岳县所有开发公司】缴费。",
        "抽查【多家药店】。",
        "13个设区【市水务局】作了发言。",
        "各设区【市水务局】没有上报。",
        "三、【江北市】某区文化局违规限制申报。",
        "一、【江北市】8家市场主体违反规定。",
    ],
)
def test_scenery_and_kinds_are_no_units(text: str) -> None:
    assert stands(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "【青岳县】未按期整改。",
        "【青岳县】部分工程没有验收。",
        "此外，【柳河镇】道路改造项目超概算。",
        "2021年【柳湾村】饮水项目未送审。",
        "【河头乡】境内三条村道损坏。",
        "在【青岳县】，检查组看到大棚闲置。",
        "督导组进入【青岳县】开展督导。",
        "在【青岳县】检查发现水厂停用。",
        "【青岳县】辖区局未履职。",
        "【青岳县所有制改革公司】未清算。",
        "到【柳河镇】调研重点项目。",
        "“【柳河镇】未按要求公开账目”的问题。",
        "该【旅行社】账目不清。",
        "【青岳县】相关人员受到处分。",
        "【青岳县】居民医保基金结余多。",
        "【柳河镇】村民委员会换届拖延。",
        "【青岳县】交警大队没有整改。",
        "【春晖旅行社】虚开发票。",
        "委托省【人大常委会】自查。",
    ],
)
def test_places_that_answer_for_something_are(text: str) -> None:
    assert stands(text) == [marked(text)[1][0].name]


def test_a_kind_that_the_text_defines_stands() -> None:
    assert stands("【检测公司】出具假报告。", "检测公司") == ["检测公司"]


def test_a_title_names_what_stands_in_it_for_itself() -> None:
    text, named = marked("关于【青岳县人民政府】违规奖励的通报\n把经营权授予【青岳县】某集团公司。")
    assert titled((0, text.index("\n")), text, named) == {"青岳县人民政府"}
    text, named = marked("关于【青岳县】违规奖励的通报\n【青岳县】未整改。")
    assert titled((0, text.index("\n")), text, named) == {"青岳县"}


def test_a_short_name_of_all_of_a_kind_names_none(read: Read) -> None:
    text = "25个省级粮食安监局（以下简称省局）部署了检查。江北市粮食局（以下简称市局）没有部署，省局没有督促，市局也没有。"
    assert names(read, text) == {"江北市粮食局"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("岚川黔送送变电工程有限公司超越许可承揽工程。", "岚川黔送送变电工程有限公司"),
        ("江麓转型综合改革示范区党工委履责不力。", "江麓转型综合改革示范区党工委"),
        ("新疆生产建设兵团煤矿安全监管部门没有检查。", "新疆生产建设兵团煤矿安全监管部门"),
        ("江北市公安局网安支队没有复核。", "江北市公安局网安支队"),
        ("中国银行保险监督管理委员会作出处罚。", "中国银行保险监督管理委员会"),
        ("国家金融监督管理总局岚川监管局没有核实。", "国家金融监督管理总局岚川监管局"),
    ],
)
def test_names_that_the_rules_find(read: Read, text: str, name: str) -> None:
    assert names(read, text) == {name}


def test_a_department_in_brackets_keeps_its_word(read: Read) -> None:
    assert "安全保卫处" in names(read, "局后勤处（安全保卫处）没有登记。")


def test_a_place_is_no_short_name_of_a_firm(read: Read) -> None:
    text = "柳河镇永筑建工集团有限公司无证施工。柳河镇没有制止，柳河镇也没有上报。"
    assert "柳河镇" in names(read, text)


def test_the_local_office_of_a_central_body(read: Read) -> None:
    found = names(read, "一、根据中国证券监督管理委员会岚江监管局要求整改，账目不清。")
    assert "中国证券监督管理委员会岚江监管局" in found
    assert "中国证券监督管理委员会" not in found


def test_a_department_of_a_firm_is_no_ministry(read: Read) -> None:
    assert "环保部" not in names(read, "一、向公司安全环保部反映的问题没有整改。")


def test_what_is_held_is_no_body(read: Read) -> None:
    found = names(read, "第七届江北国际产业博览会（以下简称文博会）没有验收，文博会账目不清。")
    assert "文博会" not in found


def test_a_name_is_as_long_as_elsewhere_in_the_text() -> None:
    text = "【市粮食监管执法支队】没有核查。2日，市粮食监管【执法支队】城东中队没有登记。"
    assert whole(text)[1] == "市粮食监管执法支队城东中队"
    assert whole("【市粮食监管执法支队】没有核查，【执法支队】没有登记。")[1] == "执法支队"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("【恒源超市有限公司】岚川店未登记。", "恒源超市有限公司岚川店"),
        ("【恒源保险有限公司】岚川营销部未登记。", "恒源保险有限公司岚川营销部"),
        ("【恒源超市有限公司】便宜店内商品过期。", "恒源超市有限公司"),
        ("【石桥分局】和兴福派出所到场。", "石桥分局"),
        ("宁波均【胜材料有限公司】（以下简称“均胜材料”，603999）未登记。", "宁波均胜材料有限公司"),
    ],
)
def test_a_shop_and_an_office_of_a_firm_belong_to_it(text: str, name: str) -> None:
    assert whole(text) == [name]


def test_a_town_whose_end_begins_another_division(read: Read) -> None:
    assert "四川省眉山西桥纸业有限公司" in names(read, "李梅诉四川省眉山西桥纸业有限公司一案没有登记。")
