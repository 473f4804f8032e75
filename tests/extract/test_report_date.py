"""Which of the dates of a report is its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model import Findings
from extract.report_date import find_report_date

TITLE = "关于对青石镇财政所开展专项检查情况的通报"


def report_date(text: str, title: str) -> str | None:
    return find_report_date(text, title).iso


BODY = """2022年8月，县财政局组织检查组开展了检查，现通报如下。
一、存在的主要问题
1.票据管理混乱。2019年5月6日至7月31日开具的票据未核销。
"""


@pytest.mark.parametrize(
    ("end", "date"),
    [
        ("云河县财政局\n2022年9月3日", "2022-09-03"),
        ("云河县财政局\n二〇二二年九月三日", "2022-09-03"),
        ("云河县财政局\n2022 年 9 月 3 日\n— 4 —", "2022-09-03"),
        ("云河县财政局\r\n２０２２年９月３日\r\n", "2022-09-03"),
        ("云河县财政局（盖章）\n2022年9月", "2022-09"),
        ("云河县财政局　　2022年9月3日", "2022-09-03"),
        ("（云河县财政局2022年9月3日）", "2022-09-03"),
        ("2022年9月3日\n云河县财政局", "2022-09-03"),
        ("特此通报。2022年9月3日", "2022-09-03"),
        ("请于2022年12月31日前报送整改情况。\n云河县财政局\n2022年9月3日", "2022-09-03"),
        ("云河县财政局\n2022年9月3日\n附件：清单\n1.甲站\t2020年5月6日\n2.乙站\t2021年6月7日", "2022-09-03"),
        ("云河县财政局\n2022年9月3日\n联系电话：0571-20190506", "2022-09-03"),
        ("抄送：县委办。\n云河县政府办公室　2022年9月5日印发", "2022-09-05"),
        ("云河县财政局\n2022年9月3日\n抄送：县委办。\n云河县政府办公室　2022年9月5日印发", "2022-09-03"),
        ("（一）事故经过\n2019年5月6日\n锅炉爆炸。\n云河县财政局\n2022年9月3日", "2022-09-03"),
        ("2019年5月6日，某厂发生事故，教训深刻。", None),
        ("请于2022年12月31日前报送整改情况。", None),
        ("云河县财政局\n2022年13月45日", None),
        ("附：《预算法》（2018年12月29日修正）", None),
        ("根据国办发〔2021〕3号文件要求整改。", None),
        ("公示期2022年9月1日至2022年9月10日。", None),
    ],
)
def test_the_foot(end: str, date: str | None) -> None:
    assert report_date(f"{TITLE}\n\n{BODY}{end}\n", TITLE) == date


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("（2022年9月3日）", "2022-09-03"),
        ("发布时间：2022-09-07 10:22　来源：县财政局", "2022-09-07"),
        ("索引号：00127 成文日期：2022年9月3日 发布日期：2022年9月7日", "2022-09-03"),
        ("——2022年9月3日在县第三届人民代表大会常务委员会第五次会议上", "2022-09-03"),
        ("2022年第6号", "2022"),
        ("2022年第6号\n（2022年9月3日公告）", "2022-09-03"),
        ("云财监〔2021〕6号", None),
    ],
)
def test_the_head(head: str, date: str | None) -> None:
    assert report_date(f"{TITLE}\n{head}\n\n{BODY}", TITLE) == date


def test_who_signs_comes_before_who_publishes() -> None:
    text = f"{TITLE}\n发布时间：2022-08-30 来源：县财政局\n\n{BODY}云河县财政局\n2022年9月3日\n"
    assert report_date(text, TITLE) == "2022-09-03"


@pytest.mark.parametrize(
    ("title", "date"),
    [
        ("关于2022年财政监督检查情况的通报", "2022"),
        ("关于2022年上半年财政监督检查情况的通报", "2022"),
        ("2022年8月财政监督检查情况通报", "2022-08"),
        ("关于2020年至2022年财政监督检查情况的通报", None),
    ],
)
def test_the_title_where_nothing_else_says(title: str, date: str | None) -> None:
    assert report_date(f"{title}\n\n{BODY}", title) == date


def test_the_day_on_which_it_was_fed_back() -> None:
    said = "日前，巡察结束。2022年9月3日，县委第二巡察组向青石镇党委反馈了巡察情况。\n"
    assert report_date(f"{TITLE}\n\n{said}{BODY}", TITLE) == "2022-09-03"
    later = "2021年10月11日至12月20日，县委第二巡察组对青石镇党委开展了巡察。1月8日，巡察组向其反馈了情况。\n"
    assert report_date(f"{TITLE}\n\n{later}{BODY}", TITLE) == "2022-01-08"
    looked = "2022年9月3日，检查组对青石镇财政所开展检查，并向其反馈了情况。\n"
    assert report_date(f"{TITLE}\n\n{looked}{BODY}", TITLE) is None


def test_findings_carry_it(read: Callable[[str], Findings]) -> None:
    assert read(f"{TITLE}\n\n{BODY}云河县财政局\n二〇二二年九月三日\n").report.date == "2022-09-03"
    assert read(f"{TITLE}\n\n{BODY}").report.date is None


def test_a_date_that_cannot_be_is_said(read: Callable[[str], Findings]) -> None:
    report = read(f"{TITLE}\n\n{BODY}云河县财政局\n2022年13月45日\n").report
    assert report.date is None
    assert "date that no calendar has: 2022年13月45日" in report.warnings
