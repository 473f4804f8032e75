"""How far a measure has come is decided by the clause that says so, wherever it stands."""

from __future__ import annotations

import pytest

from extract.heads import load_heads
from extract.rules import load_rules
from extract.status import of_measure, only_plans, status_of

SAID = {
    "done": [
        "已完成整改，将进一步加强仓库巡查。", "已修订《差旅费管理办法》，下一步将持续加强培训。", "漏缴的2.6万元已全部上缴财政。",
        "未完成的4项已全部完成整改。", "针对正在实施的工程，已补齐手续，整改到位。", "此前正在推进，现已全部完成。",
        "计划8月底完成，现已提前完成。", "对未按期完成整改的科室已约谈，并全部整改到位。", "完成率100%。",
        "已拟定并印发台账管理办法。", "截至5月底，外借资金全部收回。",
    ],
    "ongoing": [
        "未完成整改。", "尚未整改到位。", "整改未到位。", "短期内无法完成整改。", "正在走招标程序。", "拟于6月底前完成整改。",
        "计划2024年6月底前全部完成整改。", "确保年底前整改到位。", "基本完成。", "已基本完成整改。", "部分完成。", "已完成80%。",
        "12项已完成10项，其余2项正在推进。", "其余2项正在推进，10项已完成。", "已清退2万元，剩余1.2万元尚未清退。",
        "取得阶段性成效，持续推进。", "已制定方案，正在组织实施。",
    ],
    "long-term": ["长期坚持。", "已完成，并长期坚持。", "已提拔年轻干部4名，今后每年调整一次，长期坚持。", "常态化推进。"],
}  # fmt: skip
EACH = [(status, text) for status, texts in SAID.items() for text in texts]
BEFORE = [
    "", "经核查，", "某县水利局召开专题会议研究部署，", "该项目前年立项。", "第1项已完成。第2项正在推进。第3项长期坚持。",
    "根据要求，" * 7, "仓库的钥匙由两人分管；" * 9,
]  # fmt: skip


@pytest.mark.parametrize(("status", "text"), EACH)
def test_what_a_clause_says(status: str, text: str) -> None:
    assert (status_of(text, load_rules()) or "ongoing") == status


@pytest.mark.parametrize("before", BEFORE)
def test_what_stands_before_changes_nothing(before: str) -> None:
    rules = load_rules()
    own = {text: said for _, text in EACH if (said := status_of(text, rules)) is not None}
    assert len(own) > 25
    assert {text: status_of(before + text, rules) for text in own} == own


def test_a_plan_alone_says_nothing() -> None:
    assert status_of("拟于6月底前完成整改，下一步将长期坚持抓好落实。", load_rules()) is None


@pytest.mark.parametrize(("text", "status"), [
    ("是否完成：是", "done"), ("整改状态：√", "done"), ("整改进度：80%", "ongoing"), ("完成情况：未完成", "ongoing"),
    ("整改措施：补建台账。\n是否整改到位：否", "ongoing"), ("状态：长期坚持", "long-term"), ("问他去没去，答：是", None),
])  # fmt: skip
def test_a_bare_answer_behind_a_label(text: str, status: str | None) -> None:
    assert status_of(text, load_rules()) == status


@pytest.mark.parametrize(("text", "status"), [
    ("重新办理了12名从业人员的健康证明。", "done"), ("补登出入库台账，修订《物资领用办法》，追责2人。", "done"),
    ("对仓库保管员进行批评教育，收回多领的劳保用品41件。", "done"), ("正与物业公司协商，预算报批后动工。", "ongoing"),
])  # fmt: skip
def test_what_no_word_says_a_head_judges(text: str, status: str) -> None:
    assert status_of(text, load_rules()) is None
    assert load_heads().statuses.choose(of_measure(text, None)) == status


@pytest.mark.parametrize(("text", "planned"), [
    ("将进一步加强仓库巡查。", True), ("我局拟修订办法。计划于年底前组织培训。", True), ("修订办法，今后将严格执行。", False),
    ("已购置留样盒12个。", False),
])  # fmt: skip
def test_plans(text: str, planned: bool) -> None:
    assert only_plans(text, load_rules()) == planned
