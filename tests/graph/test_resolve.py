"""Which names are one unit or policy, and which are not."""

from __future__ import annotations

from itertools import permutations

import pytest

from graph.resolve import merge_names, own_place, policy_id, unit_id


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("青岳县民政局", "青岳县"),
        ("江北市青岳县民政局", "江北市青岳县"),
        ("赵县水利局", "赵县"),
        ("浦东新区教育局", "浦东新区"),
        ("内蒙古自治区纪委", "内蒙古自治区"),
        ("白石乡政府", "白石乡"),
        *(
            (name, None)
            for name in (
                "市财政局",
                "县委",
                "城市管理局",
                "市城市管理局",
                "高新区管委会",
                "经济技术开发区管委会",
                "社区服务中心",
                "区域养老中心",
                "各县区财政局",
                "县市场监管局",
                "农业农村局",
                "市科技局城区分局",
                "全市党校",
                "巡察市科技局",
                "驻县自然资源局纪检监察组",
            )
        ),
    ],
)
def test_own_place(name: str, place: str | None) -> None:
    assert own_place(name) == place


def ident(name: str, *aliases: str, place: str | None = None, report: str = "r1") -> str:
    return unit_id(name, aliases, place=place, report_id=report)[0]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (ident("青岳县民政局"), ident("青岳县民政局", report="r2")),
        (ident("县民政局", place="青岳县"), ident("青岳县民政局", report="r2")),
        (ident("县民政局", "青岳县民政局"), ident("青岳县民政局", report="r2")),
        (ident("县民政局", place="青岳县"), ident("县民政局", place="青岳县", report="r2")),
        (ident("公路养护中心", place="青岳县"), ident("公路养护中心", place="青岳县", report="r2")),
        (ident("中共青岳县委"), ident("十五届青岳县委", report="r2")),
        (ident("青岳县人民政府"), ident("县政府", place="青岳县", report="r2")),
        (ident("青岳县民政局党组"), ident("青岳县民政局", report="r2")),
        (ident("国家税务总局"), ident("国家税务总局", place="青岳县", report="r2")),
        (ident("县财政局", place="五届青岳县"), ident("青岳县财政局", report="r2")),
        (ident("白石乡", place="青岳县"), ident("青岳县白石乡", report="r2")),
        (ident("杭州市财政局"), ident("杭州市财政局", report="r2")),
        (ident("杭州市财政局"), ident("杭州财政局", place="桐庐县", report="r2")),
        (ident("市财政局", place="桐庐县"), ident("浙江省杭州市财政局", report="r2")),
        (ident("西湖区教育局", place="杭州市"), ident("杭州市西湖区教育局", report="r2")),
        (ident("襄樊市审计局"), ident("襄阳市审计局", report="r2")),
        (ident("静海县发改委"), ident("天津市静海区发展和改革委员会", report="r2")),
        (ident("青岳县住建局"), ident("县住房和城乡建设局", place="青岳县", report="r2")),
        (ident("市市监局", place="江北市"), ident("江北市市场监督管理局", report="r2")),
        (ident("高新区财政局", place="江北市"), ident("江北市高新区财政局", report="r2")),
    ],
)
def test_one_unit(a: str, b: str) -> None:
    assert a == b


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (ident("市财政局", place="江北市"), ident("市财政局", place="江南市", report="r2")),
        (ident("市财政局"), ident("市财政局", report="r2")),
        (ident("县财政局", place="江北市"), ident("县财政局", place="江北市", report="r2")),
        (ident("公路养护中心", place="青岳县"), ident("公路养护中心", place="赵县", report="r2")),
        (ident("白石乡"), ident("白石乡", report="r2")),
        (ident("鼓楼区教育局", place="江北市"), ident("鼓楼区教育局", place="江南市", report="r2")),
        (ident("省纪委", place="根据省"), ident("省纪委", place="根据省", report="r2")),
        (ident("青岳县委"), ident("青岳县政府")),
        (ident("西湖区教育局", place="杭州市"), ident("西湖区教育局", place="南昌市", report="r2")),
        (ident("西湖区教育局"), ident("西湖区教育局", report="r2")),
        (ident("西湖区教育局", place="济南市"), ident("西湖区教育局", place="济南市", report="r2")),
        (ident("省财政厅", place="浙江省"), ident("省财政厅", place="江苏省", report="r2")),
        (ident("X公司", place="青岳县"), ident("X公司", place="青岳县", report="r2")),
        (ident("某物业公司", place="青岳县"), ident("某物业公司", place="青岳县", report="r2")),
        (ident("XX县财政局", place="江北市"), ident("XX县财政局", place="江北市", report="r2")),
        (ident("市场监管局", place="江北市"), ident("市财政局", place="江北市")),
        (ident("市监委", place="江北市"), ident("市市监局", place="江北市")),
    ],
)
def test_two_units(a: str, b: str) -> None:
    assert a != b


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("巡视工作条例", "《中国共产党巡视工作条例》"),
        ("中华人民共和国预算法", "预算法"),
        ("党政机关厉行节约反对浪费条例(试行)", "《党政机关厉行节约反对浪费条例》"),
        ("会计法", "会计法(2017年修正)"),
    ],
)
def test_one_policy(a: str, b: str) -> None:
    assert policy_id(a) == policy_id(b)


@pytest.mark.parametrize(
    ("a", "b"), [("中国共产党章程", "章程"), ("预算法", "预算法实施条例"), ("审计法", "会计法")]
)
def test_two_policies(a: str, b: str) -> None:
    assert policy_id(a) != policy_id(b)


def test_names_merge_in_any_order_and_in_any_steps() -> None:
    called = [
        ("县民政局", ["民政局"]),
        ("青岳县民政局", ["县民政局"]),
        ("县民政局党组", []),
        ("民政局", ["局党组"]),
    ]
    want = ("青岳县民政局", ["县民政局", "县民政局党组", "局党组", "民政局"])
    for order in permutations(called):
        assert merge_names(order) == want
        step = order[0]
        for pair in order[1:]:
            step = merge_names([step, pair])
        assert step == want
