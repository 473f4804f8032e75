"""Which names are certain: where a name begins, where it ends, and what of it is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model import Findings
from extract.units.edges import certain
from extract.units.extents import whole_names
from extract.units.names import Mention
from extract.units.stands import standing, titled

Read = Callable[[str], Findings]


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


def sure(text: str, *known: str) -> list[str]:
    plain, named = marked(text)
    return [m.name for m in certain(plain, named, known)]


def whole(text: str) -> list[str]:
    return [m.name for m in whole_names(*marked(text))]


def stands(text: str) -> list[str]:
    return [m.name for m in standing(*marked(text), ())]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("经【江北州委、州政府】同意。", ["江北州委", "州政府"]),
        ("向【石桥区委区政府】报告。", ["石桥区委", "区政府"]),
        ("要求【柳河市和青岳县】整改。", ["柳河市", "青岳县"]),
        ("随后【市领导和市教育局】到场。", ["市教育局"]),
        ("民警赶到【石桥派出所在公安部】备案。", ["石桥派出所", "公安部"]),
        ("报送【青岳县财政局对柳河市审计局】的复函。", ["青岳县财政局", "柳河市审计局"]),
        ("保荐人王安、【李明被证监会】警示。", ["证监会"]),
        (
            "【岚江恒源化工有限公司诉石桥金北纸业有限公司】一案。",
            ["岚江恒源化工有限公司", "石桥金北纸业有限公司"],
        ),
        ("李明·【瓦娜诉江北恒源客运有限公司】一案。", ["江北恒源客运有限公司"]),
        ("【江北投诉调解有限公司】未登记。", ["江北投诉调解有限公司"]),
    ],
)
def test_two_names_in_one(text: str, names: list[str]) -> None:
    assert sure(text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("抽查了85℃【南山店】，账目不清。", "85℃南山店"),
        ("由【柳湾村委】会承担。", "柳湾村委会"),
        ("【据高速交警支队】通报，", "高速交警支队"),
        ("【在江北市财政局】备案，", "江北市财政局"),
        ("经【过江北市财政局】同意，", "江北市财政局"),
        ("该【区金北纸业有限公司】停产。", "金北纸业有限公司"),
        ("该【区财政局】没有复核。", "区财政局"),
        ("与【运维方恒源环境检测有限公司】签订协议。", "恒源环境检测有限公司"),
        ("由承包【商恒源检修有限公司】解体检修。", "恒源检修有限公司"),
        ("【案例二恒源造纸有限公司】停产。", "恒源造纸有限公司"),
        ("【原告恒源（江北）纸业有限公司】，住所地江北市。", "恒源（江北）纸业有限公司"),
        ("附带民事诉讼被【告人恒源保险有限公司】。", "恒源保险有限公司"),
        ("12、【代理恒源开发（江北）有限公司】与他人一案。", "恒源开发（江北）有限公司"),
        ("材料【寄省文物研究院党委】办公室。", "省文物研究院党委"),
        ("【青岳县质检站站】长受到处理。", "青岳县质检站"),
        ("G.【区工信局】没有上报。", "区工信局"),
        ("【对外贸易公司】没有复核。", "对外贸易公司"),
        ("【江北给水公司】没有复核。", "江北给水公司"),
        ("【江北市在建工程管理站】没有复核。", "江北市在建工程管理站"),
    ],
)
def test_as_far_as_a_name_goes(text: str, name: str) -> None:
    assert sure(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "获评【江北市十佳班】主任。",
        "来自【江北市精细化工产业】集聚区。",
        "【翠屏金矿井下】发生透水。",
        "【柳河市】民反映了问题。",
        "住在【青岳县富华小区】。",
        "【乔木森林区】起火。",
        "到一间【塑料厂】察看。",
        "咨询了多家【江北市医院】的价格。",
        "【一学校】停课。",
        "【柳河市城镇】居民参保率低。",
        "【县委中心】组没有学习。",
        "【三县党委】没有整改。",
        "【江北市一鞋厂】停产。",
        "在【昆明开火锅店】的人报警。",
        "【起火纸品厂】无证。",
        "【涉事公司】停业。",
        "【驻岚高校】参加。",
        "【江北市十三县区政府】没有上报。",
        "走访了【机械厂】和回收站。",
        "由【县区民政局】协商。",
        "柳川、【罗阳五市】没有上报。",
        "充电棚搭在【棉麻纺织厂】宿舍。",
        "对【恒岭电驱资产组】进行测试。",
        "位于【江北体育馆】公交场站。",
        "【江北市政府】采购增长。",
        "在【岚川公园中心】区封路。",
        "江北大学金融与【统计学院】招生。",
        "红砖旧楼【金桥超市】。",
        "100余位江北大学软件与【电子学院】师生到场，软件与【电子学院】招生。",
        "国家对【外开放研究院】教授认为。",
        "江北美的【制冷设备有限公司】未登记。",
        "江北大学现代【教育中心】没有登记。",
        "走进【石桥学】思想。",
        "近日，【江北区科研院所】成立联盟。",
        "在【石家庄】走访。",
    ],
)
def test_what_is_not_certain_is_not_said(text: str) -> None:
    assert sure(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "【恒远公司】停产。",
        "查处【恒远公司】违规经营。",
        "委托【恒远勘测公司】出具报告。",
        "近日，驻【江北市财政局】有关人员到场。",
        "送往【柳河人民医院】救治。",
        "【中国恒远集团】没有上报。",
        "由【江北市教育中心】负责。",
        "对【外交部】负责。",
    ],
)
def test_what_is(text: str) -> None:
    assert sure(text) == [m.name for m in marked(text)[1]]


@pytest.mark.parametrize(
    "text", ["【江北纺织厂】停产，要求【纺织厂】整改。", "【三门县政府】没有上报。", "【图书馆】没有上报。"]
)
def test_what_is_a_kind_elsewhere_or_only_looks_like_one(text: str) -> None:
    assert sure(text) == [m.name for m in marked(text)[1]]


def test_a_paper_in_the_name_of_its_publisher() -> None:
    text, named = marked("状告《江北学刊》【电子杂志社有限公司】。")
    assert [m.name for m in certain(text, whole_names(text, named), ())] == ["《江北学刊》电子杂志社有限公司"]


def test_a_name_that_is_certain_once_is_certain() -> None:
    text = "【金桥超市】无证经营。红砖旧楼【金桥超市】。"
    assert sure(text) == ["金桥超市"] * 2


def test_a_name_that_the_text_defines_is_certain() -> None:
    assert sure("红砖旧楼【金桥超市】。", "金桥超市") == ["金桥超市"]


def test_a_group_that_resides_in_a_body_is_meant() -> None:
    assert whole("驻【江北海关】纪检监察组通报。") == ["驻江北海关纪检监察组"]
    assert whole("由【石桥街道办事处】、驻【江北海关】检查组负责。") == ["石桥街道办事处", "江北海关"]


def test_a_fire_brigade_of_a_government() -> None:
    assert whole("【柳河镇政府】专职消防队赶到。") == ["柳河镇政府专职消防队"]


@pytest.mark.parametrize(
    "text",
    [
        "货车行经【柳河镇】时侧翻。",
        "伤者都是【柳河镇】的农民。",
        "【青岳县】白石铁矿透水。",
        "【青岳县】一民房发生火灾。",
        "【青岳县】公安、消防等部门到场。",
        "死者为【柳河镇】籍男子。",
    ],
)
def test_places_where_something_is(text: str) -> None:
    assert stands(text) == []


@pytest.mark.parametrize(
    "text",
    ["督促【柳河镇】整改。", "近年来【青岳县】没有核查。", "其中【石桥乡】未完成。", "约谈【青岳县】。"],
)
def test_places_that_are_spoken_of(text: str) -> None:
    assert stands(text) == [m.name for m in marked(text)[1]]


def test_a_title_on_somebody_who_lives_there() -> None:
    text, named = marked("【柳河镇】一农户家中突发大火\n【柳河镇】未整改。")
    assert titled((0, text.index("\n")), text, named) == set()


def test_a_first_paragraph_is_no_title() -> None:
    text, named = marked("昨天，【柳河镇】起火。")
    assert titled((0, len(text)), text, named) == set()


def test_a_place_of_which_no_finding_speaks_is_none(read: Read) -> None:
    head = "关于2023年度专项检查情况的通报\n会议在青岳县召开，\n一、存在的主要问题\n"
    found = {u.properties["name"] for u in read(head + "柳河镇账目不清，未按规定公开。").by_label("Unit")}
    assert "柳河镇" in found
    assert "青岳县" not in found
