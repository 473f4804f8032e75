"""Conditions and numbers that decide what is found: each by a report that is read otherwise without it."""

from __future__ import annotations

from collections.abc import Callable

from extract.model import Findings

Read = Callable[[str], Findings]
HEAD = "关于检查云河县渡口管理站的通报\n"


def headlines(found: Findings, label: str) -> list[str]:
    return [node.properties["headline"] for node in found.by_label(label)]


def links(found: Findings, type_: str) -> set[tuple[str, str]]:
    """The ends of the edges of a type, by their headlines."""
    said = {node.id: node.properties.get("headline", "") for node in found.nodes}
    return {(said[e.source], said[e.target]) for e in found.edges if e.type == type_}


def test_date_and_place_come_with_the_report(read: Read) -> None:
    report = read(f"{HEAD}一、存在问题\n1.救生衣霉烂。\n云河县交通运输局\n2022年9月3日\n").report
    assert (report.date, report.place) == ("2022-09-03", "云河县")


def test_three_demands_without_a_heading_are_recommendations_and_two_are_none(read: Read) -> None:
    asked = ["切实加强渡船检验", "进一步完善夜间值守", "抓紧更换救生衣"]
    text = "关于云河县渡口的情况通报\n检查组查看了三处渡口。\n"
    items = [f"{n}、{words}。逐项落实到人。\n" for n, words in zip("一二三", asked, strict=True)]
    assert headlines(read(text + "".join(items)), "Recommendation") == asked
    assert headlines(read(text + "".join(items[:2])), "Recommendation") == []


def test_the_closing_line_of_a_site_ends_a_report_only_near_its_end(read: Read) -> None:
    found = read(
        f"{HEAD}上一篇：渡口简介\n一、存在问题\n1.救生衣霉烂。\n2.渡船漏检。\n3.夜间值守空缺。\n二、整改建议\n1.更换救生衣。\n"
        "2.对渡船逐艘检验。\n3.补足夜间值守人员。\n下一篇：渡口新闻\n4.给栈桥装护栏。\n"
    )
    assert headlines(found, "Problem") == ["救生衣霉烂", "渡船漏检", "夜间值守空缺"]
    assert headlines(found, "Recommendation") == ["更换救生衣", "对渡船逐艘检验", "补足夜间值守人员"]


def test_a_kind_is_told_some_hundred_characters_after_the_beginning(read: Read) -> None:
    neutral = "渡口位于县城以东，两岸居民往来多靠渡船，沿岸道路蜿蜒，山高林密，雨季水位涨落很大。" * 3
    assert len(neutral) > 100
    told = (
        "事故发生后，县政府成立事故调查组，查明了事故经过、事故原因，认定了事故性质和事故责任。直接原因是船工违章操作，"
        "间接原因是安全生产主体责任不落实。事故造成2人死亡、1人受伤。"
    )
    text = f"云河县渡口情况\n{neutral}\n{told}\n"
    assert read(text).report.kind == "accident-report"


def test_a_recommendation_within_a_problem_answers_nothing_of_another(read: Read) -> None:
    found = read(
        f"{HEAD}一、存在问题\n（一）渡船检验逾期。\n1.三号渡船检验逾期。\n2.救生衣霉烂。\n建议：对渡船补做检验；更换霉烂的救生衣。\n"
        "（二）趸船管理混乱。\n1.趸船检验逾期。\n2.趸船救生衣霉烂。\n"
    )
    assert links(found, "ADDRESSES") == {
        ("对渡船补做检验", "渡船检验逾期"),
        ("更换霉烂的救生衣", "救生衣霉烂"),
    }


def test_a_recommendation_answers_a_problem_or_its_items_and_not_both(read: Read) -> None:
    found = read(
        f"{HEAD}一、存在问题\n（一）渡船检验管理混乱。\n1.三号渡船检验逾期。\n2.五号渡船检验漏项。\n（二）食堂账目混乱。\n"
        "二、整改建议\n1.加强渡船检验管理，对三号渡船补做检验。\n"
    )
    assert links(found, "ADDRESSES") == {("加强渡船检验管理", "渡船检验管理混乱")}


def test_a_measure_that_is_only_planned_is_not_done(read: Read) -> None:
    found = read(
        "云河县渡口管理站关于巡察整改情况的通报\n一、整改情况\n1.关于救生衣霉烂的问题。\n整改措施：拟逐件清点救生衣，确保年底前更换。\n"
        "2.关于渡船漏检的问题。\n整改措施：已全部完成检验。\n"
    )
    assert [node.properties["status"] for node in found.by_label("Measure")] == ["ongoing", "done"]


def test_a_short_first_sentence_is_the_headline_whole_and_a_long_one_without_details(read: Read) -> None:
    found = read(
        f"{HEAD}一、存在问题\n1.渡口值守管理不到位，夜间值守3个月没有登记。值班室长期无人看管，钥匙由保洁员代管。\n"
        "2.渡船检验管理不到位，五号渡船逾期11个月没有检验，六号渡船逾期2个月没有检验而照常载客过河，乘客多次投诉。"
        "码头上无人过问此事，票照样卖出。\n"
    )
    assert headlines(found, "Problem") == ["渡口值守管理不到位，夜间值守3个月没有登记", "渡船检验管理不到位"]
