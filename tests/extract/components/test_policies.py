"""Which names and numbers are policies, and that one is one however it is written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.language.document_numbers import find_numbers
from extract.model import Findings
from extract.rules import load_rules
from graph.resolve import policy_id

Read = Callable[[str], Findings]
HEAD = "关于对白石县林业局开展专项检查情况的通报\n\n现将检查情况通报如下。\n一、存在的主要问题\n1.项目管理不规范。"


def policies(read: Read, words: str) -> list[str]:
    return [
        p.properties["name"] for p in read(f"{HEAD}{words}\n2.台账不全。3本台账缺页。\n").by_label("Policy")
    ]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("违反林资发〔2020〕17号规定", "林资发〔2020〕17号"),
        ("根据林资发〔2020〕17号，应当招标", "林资发〔2020〕17号"),
        ("未执行林资发〔2020〕17号文件", "林资发〔2020〕17号"),
        ("未严格按照林资发〔2020〕17号要求", "林资发〔2020〕17号"),
        ("县林业局须对照云林发〔2020〕17号整改", "云林发〔2020〕17号"),
        ("与林资发〔2020〕17号不符", "林资发〔2020〕17号"),
        ("对林资发〔2020〕17号落实不力", "林资发〔2020〕17号"),
        ("国家林业局林资发〔2020〕17号明确", "林资发〔2020〕17号"),
        ("违反林资发[2020]17号规定", "林资发〔2020〕17号"),
        ("违反林资发【2020】17号规定", "林资发〔2020〕17号"),
        ("违反林资发（2020）17号规定", "林资发〔2020〕17号"),
        ("违反林资发［2020］第17号规定", "林资发〔2020〕17号"),
        ("违反林资发202017号规定", "林资发〔2020〕17号"),
        ("不按安监总管三〔2020〕8号执行", "安监总管三〔2020〕8号"),
        ("经信发〔2020〕8号", "经信发〔2020〕8号"),
        ("违反了国务院令第278号的规定", "国务院令第278号"),
        ("违反财政部第87号令", "财政部令第87号"),
        ("不符合GB 50016—2014的要求", "GB 50016-2014"),
        ("未按JGJ/T46-2005设置", "JGJ/T 46-2005"),
    ],
)
def test_a_number_without_a_title(words: str, number: str) -> None:
    assert [name for _, _, name in find_numbers(words, load_rules())] == [number]


@pytest.mark.parametrize(
    "words",
    [
        "开发区（2020）3号地块闲置",
        "（2020）3号楼未验收",
        "云林罚〔2020〕3号处罚决定书",
        "审计报告（云审报〔2020〕3号）",
        "《出让合同》（云土合〔2020〕3号）",
        "2020年第3号公告",
        "第17号文件",
    ],
)
def test_a_number_of_no_rule(words: str) -> None:
    assert [*find_numbers(words, load_rules())] == []


def test_one_number_is_one_policy_in_all_brackets() -> None:
    written = ["林资发〔2020〕17号", "林资发[2020]17号", "林资发【2020】17号", "林资发（2020）第17号"]
    found = [name for words in written for _, _, name in find_numbers(f"违反{words}", load_rules())]
    assert len({policy_id(name) for name in found}) == 1 < len(found)


def test_the_number_of_a_title_names_it_again(read: Read) -> None:
    f = read(
        f"{HEAD}违反《关于加强采伐管理的通知》（林资发[2020]17号）第二条。\n2.未执行林资发〔2020〕17号。3户超量采伐。\n"
    )
    (policy,) = f.by_label("Policy")
    assert policy.properties["name"] == "关于加强采伐管理的通知"
    assert {"林资发〔2020〕17号", "林资发[2020]17号"} <= set(policy.properties["aliases"])
    cited = [e for e in f.edges if e.type == "REFERENCES"]
    assert [e.properties.get("article") for e in cited] == ["第二条", None]


def test_the_number_of_a_standard_stands_before_or_behind_its_title(read: Read) -> None:
    assert policies(read, "不符合《建筑灭火器配置设计规范》（GB50140-2005）第5.1条。") == [
        "建筑灭火器配置设计规范"
    ]
    assert policies(read, "不符合GB 50140-2005《建筑灭火器配置设计规范》。") == ["建筑灭火器配置设计规范"]


@pytest.mark.parametrize(
    "title",
    [
        "造林工程施工合同",
        "木材采购协议",
        "安全目标责任书",
        "限期整改通知书",
        "采伐作业审批单",
        "药品GMP证书",
        "营业执照",
        "护林员值班记录",
        "物资台账",
        "问题清单",
        "专项审计报告",
        "造林作业设计图",
        "中国绿色时报",
        "半月谈",
        "森林防火知识读本",
        "剧本写作",
        "庄子",
        "高支模专项施工方案",
        "专家评审意见",
        "中标公告",
        "刑法学",
    ],
)
def test_what_is_no_policy(read: Read, title: str) -> None:
    assert policies(read, f"未见《{title}》。") == []
    assert policies(read, f"《{title}》缺失。") == []


@pytest.mark.parametrize(
    "title",
    [
        "白石县林木采伐管理办法",
        "护林员管理制度（试行）",
        "“十四五”林业发展规划",
        "关于加强采伐管理的通知",
        "白石县国土空间总体规划（2021—2035年）",
        "采伐更新操作规程",
        "人才引进十条",
        "主体责任清单",
        "白石县森林火灾应急预案",
    ],
)
def test_what_is_a_policy(read: Read, title: str) -> None:
    assert policies(read, f"未制定《{title}》。") == [title]


def test_what_binds_is_a_policy_whatever_its_name(read: Read) -> None:
    assert policies(read, "违反《护林公约十二则》。") == ["护林公约十二则"]
    assert policies(read, "见《林场岗位须知》第三条。") == ["林场岗位须知"]
    assert policies(read, "张贴《林场岗位须知》。") == []
