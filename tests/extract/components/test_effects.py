"""What a problem led to, and what led to it, in words that no list of connectives holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model import Findings

Read = Callable[[str], Findings]
HEAD = "关于对柏川县水务局开展专项检查情况的通报\n\n现将检查情况通报如下。\n一、存在的主要问题\n"


def item(sentence: str) -> str:
    return f"{HEAD}1.管护责任不落实。{sentence}\n2.台账不全。6本台账缺页。\n"


def linked(findings: Findings, edge: str) -> list[tuple[str, str, str]]:
    """(headline of the problem, text of the cause or effect, method)."""
    nodes = {n.id: n for n in findings.nodes}
    return [
        (nodes[e.source].properties["headline"], nodes[e.target].text or "", e.properties["method"])
        for e in findings.edges
        if e.type == edge
    ]


def effects(findings: Findings) -> list[str]:
    return [text for _, text, _ in linked(findings, "LEADS_TO")]


@pytest.mark.parametrize(
    ("sentence", "effect"),
    [
        ("渠首闸门锈死两年，下游四个组的农户靠买水度日。", "下游四个组的农户靠买水度日"),
        ("水厂停产检修没有通知，近百户被迫到邻村挑水。", "近百户被迫到邻村挑水"),
        ("收费口径一年三变，沿街商户意见很大。", "沿街商户意见很大"),
        ("管网漏损长期不修，小区业主多次集体上访。", "小区业主多次集体上访"),
        ("窗口只收件不办结，企业往返跑动平均4次。", "企业往返跑动平均4次"),
        ("鱼塘发包低于底价，村集体每年减少收入约6.5万元。", "村集体每年减少收入约6.5万元"),
        (
            "举债修建办公楼，镇财政已连续三年不能按时发放护林员补助。",
            "镇财政已连续三年不能按时发放护林员补助",
        ),
        ("两个股室互不对账，水费减免条款成了一纸空文。", "水费减免条款成了一纸空文"),
        ("整改只改台账，同样的毛病年年改、年年犯。", "同样的毛病年年改、年年犯"),
        ("水箱未定期清洗，5名学生饮水后腹泻。", "5名学生饮水后腹泻"),
        ("涵管断面偏小，遇暴雨易导致两岸农田受淹。", "两岸农田受淹"),
        ("将9户超标准对象列入名单，使其多领补助41万元。", "多领补助41万元"),
    ],
)
def test_of_a_last_clause(read: Read, sentence: str, effect: str) -> None:
    assert effects(read(item(sentence))) == [effect]


def test_each_harm_is_one(read: Read) -> None:
    found = effects(read(item("违规收受礼金8万元，严重败坏行业风气，极大损害了群众对水务队伍的信任。")))
    assert found == ["严重败坏行业风气", "极大损害了群众对水务队伍的信任"]


@pytest.mark.parametrize(
    "sentence",
    [
        "全年居民反复投诉漏水31次，未逐件登记。",  # a number of complaints is what was found
        "未造成人员受伤，但隐患仍在。",
        "9处泵站少收租金12万元。",  # the problem itself
        "要解决群众反映强烈的水价问题。",
        "砂石场越界开采，破坏林地30亩。",
        "值班制度成为摆设的情况较为普遍。",
    ],
)
def test_none(read: Read, sentence: str) -> None:
    assert effects(read(item(sentence))) == []


@pytest.mark.parametrize(
    ("sentence", "cause"),
    [
        ("因地处库区、津贴偏低，三年没招到一名技术员。", "地处库区、津贴偏低"),
        ("因公司报送机制缺失，两起诉讼未登记。", "公司报送机制缺失"),
        ("因工作交接不清，41份合同下落不明。", "工作交接不清"),
        ("由于审签流于形式，财务股只盖章不看单，11笔支出没有附件。", "审签流于形式，财务股只盖章不看单"),
    ],
)
def test_stated_cause(read: Read, sentence: str, cause: str) -> None:
    found = linked(read(item(sentence)), "CAUSED_BY")
    assert ("管护责任不落实", cause, "explicit") in found


@pytest.mark.parametrize(
    "sentence",
    [
        "因地制宜安排的3处水窖无人管护。",
        "护渠员因车祸致残，半年后仍未安排替岗人员。",
        "因公出差的2人未报备。",
        "班子成员深刻剖析原因，开展批评8人次。",
    ],
)
def test_no_cause(read: Read, sentence: str) -> None:
    assert linked(read(item(sentence)), "CAUSED_BY") == []


def test_a_frame_of_mind_is_inferred(read: Read) -> None:
    """No word says that it is the cause: the link is no stated one."""
    found = linked(read(item("全年未立一案，存在怕得罪人、不愿碰硬的心理。")), "CAUSED_BY")
    assert ("管护责任不落实", "存在怕得罪人、不愿碰硬的心理", "inferred") in found


def test_a_closing_sentence_gives_the_causes_of_all(read: Read) -> None:
    text = item("渠道淤塞。") + (
        "同时，检查组还收到反映一些领导干部的问题线索，已按有关规定转县纪委监委处理。\n"
        "检查组指出，局党组主业意识淡漠，局纪检监察组监督失之于软，是上述问题的根源所在。\n"
    )
    causes = [n.text for n in read(text).by_label("RootCause")]
    assert causes == ["局党组主业意识淡漠", "局纪检监察组监督失之于软"]


def test_what_follows_an_analysis_is_none(read: Read) -> None:
    text = (
        item("渠道淤塞。") + "二、原因分析\n局党组重建轻管，监督缺位。根据《水法》第七十条，决定约谈局长。\n"
    )
    assert [n.text for n in read(text).by_label("RootCause")] == ["局党组重建轻管，监督缺位。"]


@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        ("收费系统与税务平台未对接", "institution"),
        ("巡护岗位数量少、津贴偏低", "resources"),
        ("值班人员不会操作新系统", "competence"),
        ("部分站长重建设、轻质量，把督查当“过关考试”", "political-awareness"),
        ("泵站主机损坏", "external"),
    ],
)
def test_type_of_cause(read: Read, cause: str, kind: str) -> None:
    nodes = read(item(f"3处泵站停用，原因是{cause}。")).by_label("RootCause")
    assert [n.properties["type"] for n in nodes] == [kind]


@pytest.mark.parametrize(
    ("words", "name"), [("“三岗互查”制度", "三岗互查"), ("“八个必须到场”要求", "八个必须到场")]
)
def test_a_quoted_formula_is_a_policy(read: Read, words: str, name: str) -> None:
    assert name in [n.properties["name"] for n in read(item(f"未落实{words}，2人脱岗。")).by_label("Policy")]


def test_an_order_of_the_ministry_of_emergencies(read: Read) -> None:
    names = [
        n.properties["name"] for n in read(item("违反应急管理部令第6号，未设报警装置。")).by_label("Policy")
    ]
    assert names == ["应急管理部令第6号"]


@pytest.mark.parametrize(
    "words",
    [
        "主要原因：",
        "造成停用的主要原因：",
        "停用的主要原因是：",
        "究其原因，主要有：",
        "导致停用的原因在于：",
    ],
)
def test_a_list_of_causes_in_an_item_is_that_item_s(read: Read, words: str) -> None:
    """They are stated causes, not parts of the problem."""
    findings = read(item(f"9处泵站停用。{words}一是站长不熟悉规程；二是股室不够重视；三是经费没有着落。"))
    assert len(list(findings.by_label("Problem"))) == 2
    assert [(head, cause.strip("。"), how) for head, cause, how in linked(findings, "CAUSED_BY")] == [
        ("管护责任不落实", cause, "explicit") for cause in ("站长不熟悉规程", "股室不够重视", "经费没有着落")
    ]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("6台水泵因锈蚀严重无法启动。", ["锈蚀严重"]),
        ("两处护栏因经费没有着落一直未安装。", ["经费没有着落"]),
        ("究其原因，主要是股室只管收件，同时所长缺乏担当。", ["股室只管收件", "所长缺乏担当"]),
    ],
)
def test_where_a_cause_ends(read: Read, sentence: str, found: list[str]) -> None:
    assert [cause for _, cause, _ in linked(read(item(sentence)), "CAUSED_BY")] == found
