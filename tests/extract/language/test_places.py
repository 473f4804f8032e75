"""Official divisions in full and short, places that the list lacks, and words that are no places."""

from __future__ import annotations

import pytest

from extract.language.divisions import ancestors, division_name, divisions, likeliest
from extract.language.places import canonical, level_first, of_level, place_before, read_place

OFFICES = ("财政局", "教育局党组", "人民政府")
#: Two of its kind alone are no names: 东区财政局 of which city?
VAGUE = {name for name in divisions().named if len(name) == 2 and name.endswith("区")}


def called(name: str, within: str | None = None) -> str | None:
    place = read_place(name)
    return canonical(place, within) if place else None


def test_the_list_holds_all_divisions() -> None:
    codes = [code for code in divisions().names if len(code) == 6]
    provinces = [code for code in codes if code.endswith("0000")]
    prefectures = [code for code in codes if code.endswith("00") and code not in provinces]
    assert len(provinces) == 34
    assert len(prefectures) > 330
    assert len(codes) - len(provinces) - len(prefectures) > 2840


@pytest.mark.parametrize("office", OFFICES)
def test_every_division_in_full(office: str) -> None:
    wrong = []
    for name, codes in divisions().named.items():
        for code in codes:
            holder = next((division_name(c) for c in ancestors(code) if c != code), "")
            written = holder + name if len(codes) > 1 or name in VAGUE else name
            place = read_place(written + office)
            if place is None or place.end != len(written) or canonical(place) != division_name(code):
                wrong.append((written, place))
    assert not wrong


@pytest.mark.parametrize("office", OFFICES)
def test_every_division_in_short_where_one_is_meant(office: str) -> None:
    wrong = [
        stem
        for stem, codes in divisions().short.items()
        if (code := likeliest(codes)) and called(stem + office) != division_name(code)
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("杭州市财政局", "杭州市"),
        ("苏州审计局", "苏州市"),
        ("贵州省人民政府", "贵州省"),
        ("广西财政厅", "广西壮族自治区"),
        ("浙江省杭州市余杭区教育局", "余杭区"),
        ("浙江杭州市财政局", "杭州市"),
        ("延边州教育局", "延边朝鲜族自治州"),
        ("襄樊市审计局", "襄阳市"),
        ("静海县水务局", "静海区"),
        ("崇文区教育局", "崇文区"),
        ("下城区财政局", "下城区"),
        ("石家庄市长安区教育局", "石家庄市长安区"),
        ("杭州市市场监管局", "杭州市"),
        ("杭州市场监管局", "杭州市"),
        ("北京市朝阳区教育局", "北京市朝阳区"),
        ("晋城市城区财政局", "晋城市城区"),
        ("吉林省财政厅", "吉林省"),
        # not in the list
        ("青岳县民政局", "青岳县"),
        ("江北市青岳县民政局", "江北市青岳县"),
        ("栖州市审计局", "栖州市"),
        ("黔芦州财政局", "黔芦州"),
        ("江北市高新区管委会", "江北市高新区"),
        ("苏州工业园区管委会", "苏州市工业园区"),
        ("江北市白石乡政府", "江北市白石乡"),
        ("第八师财政局", "第八师"),
        ("六枝特区财政局", "六枝特区"),
        ("神农架林区教育局", "神农架林区"),
        ("青川蒙古族自治旗财政局", "青川蒙古族自治旗"),
        ("白鹭县住房和城乡建设局", "白鹭县"),
    ],
)
def test_places_of_names(name: str, place: str) -> None:
    assert called(name) == place


@pytest.mark.parametrize(
    "name",
    [
        "南京路小学",
        "河南村村委会",
        "长春花园物业公司",
        "北京烤鸭店",
        "广州湾酒家",
        "市财政局",
        "各县区财政局",
        "受灾县民政局",
        "社区服务中心",
        "区域养老中心",
        "市场监管局",
        "乡村振兴局",
        "长渠市政工程公司",
        "巡察市科技局",
        "根据省纪委要求",
        "设区市医保局",
        "农业农村局",
        "公安交警大队",
        "资源规划局",
        "合作发展中心",
        "双牌两镇卫生院",
    ],
)
def test_no_places(name: str) -> None:
    assert read_place(name) is None


@pytest.mark.parametrize(
    ("name", "within", "place"),
    [
        ("鼓楼区教育局", None, None),
        ("鼓楼区教育局", "南京市", "南京市鼓楼区"),
        ("鼓楼区教育局", "杭州市", None),
        ("鼓楼区教育局", "福建省福州市", "福州市鼓楼区"),
        ("鼓楼区教育局", "江北市", "江北市鼓楼区"),
        ("朝阳教育局", None, "朝阳市"),
        ("朝阳教育局", "北京市", "北京市朝阳区"),
        ("通州财政局", None, None),
        ("通州财政局", "北京市", "北京市通州区"),
        ("高新区管委会", None, None),
        ("高新区管委会", "江北市", "江北市高新区"),
        ("白石乡政府", None, None),
        ("白石乡政府", "青岳县", "青岳县白石乡"),
        ("白石乡政府", "青岳县白石乡", "青岳县白石乡"),
        ("市中区财政局", "济南市", "济南市市中区"),
        ("上海路街道办事处", "江北市", "江北市上海路街道"),
    ],
)
def test_names_of_many_are_told_by_the_report(name: str, within: str | None, place: str | None) -> None:
    assert called(name, within) == place


@pytest.mark.parametrize(
    ("place", "level", "part"),
    [
        ("杭州市西湖区", "市", "杭州市"),
        ("杭州市西湖区", "区", "杭州市西湖区"),
        ("桐庐县", "省", "浙江省"),
        ("桐庐县", "市", "杭州市"),
        ("义乌市", "市", "义乌市"),
        ("江北市青岳县", "市", "江北市"),
        ("青岳县", "县", "青岳县"),
        ("青岳县", "市", None),
        ("广西壮族自治区", "区", None),
        ("江北市", "县", None),
    ],
)
def test_of_level(place: str, level: str, part: str | None) -> None:
    assert (of_level(place, level) or None) == part


def test_a_level_that_opens_a_name() -> None:
    assert [
        level_first(n) for n in ("县财政局", "市场监管局", "市民政局", "乡村振兴局", "区域中心", "州水利局")
    ] == ["县", None, "市", None, None, "州"]


@pytest.mark.parametrize(
    ("before", "place", "certain"),
    [
        ("会上要求都江堰市", "都江堰市", True),
        ("情况属实杭州", "杭州", True),
        ("对浙江省杭州市西湖区", "浙江省杭州市西湖区", True),
        ("青岳县", "青岳县", False),
        ("某局和县", None, False),
        ("前往黄埔区九龙镇", "黄埔区九龙镇", True),
    ],
)
def test_a_place_that_ends_here(before: str, place: str | None, certain: bool) -> None:
    found = place_before(before, 0, len(before))
    assert (before[found[0] :] if found else None) == place
    assert bool(found and found[1]) == certain
