"""Six small invented reports on one county and its neighbour, over three years: what is found, mended, found again."""

from __future__ import annotations

from dataclasses import replace

from extract.model import Findings
from tests.graph.data import Draft

WATER, CIVIL, OTHER = "青岳县水利局", "青岳县民政局", "江北市水利局"


def _dated(draft: Draft, date: str, level: str) -> Findings:
    found = draft.done()
    return replace(found, report=replace(found.report, date=date, level=level))


def first(report_id: str = "first") -> Findings:
    """2021: a whole with two items, a cause behind two problems, a recommendation for nothing."""
    d = Draft(
        report_id,
        "inspection-feedback",
        place="青岳县",
        text=(
            "巡察青岳县水利局的反馈意见\n"
            "一、资金管理不规范。1.挪用专项资金。2020年8月挪用50万元,2019年挪用8万元。2.违反《会计法》第三条报销。\n"
            "二、学习走过场。三、台账不全。由于制度缺失,一线监督不力。导致工程停工。\n"
            "建议:完善报销制度。加强调研。\n"
        ),
    )
    water = d.named("Unit", WATER, ["县水利局"])
    law, budget = (
        d.named("Policy", "中华人民共和国会计法", ["会计法"]),
        d.named("Policy", "中华人民共和国预算法"),
    )
    d.link("INSPECTS", report_id, water)
    money = d.said(
        "Problem",
        "资金管理不规范。1.挪用专项资金。2020年8月挪用50万元,2019年挪用8万元。2.违反《会计法》第三条报销",
        number="一",
        headline="资金管理不规范",
        category="finance",
    )
    misuse = d.said(
        "Problem",
        "挪用专项资金。2020年8月挪用50万元,2019年挪用8万元",
        number="1",
        headline="挪用专项资金",
        category="finance",
        amount=500000.0,
    )
    claims = d.said(
        "Problem", "违反《会计法》第三条报销", number="2", headline="违规报销", category="finance"
    )
    study = d.said("Problem", "学习走过场", number="二", headline="学习走过场", category="theory-study")
    d.said("Problem", "台账不全", number="三", headline="台账不全", category="other")
    large, small = d.place("50万元"), d.place("8万元")
    case = d.said(
        "Evidence",
        "2020年8月挪用50万元",
        amounts=[500000.0],
        amounts_at=[large["start"], large["end"]],
        dates=["2020-08"],
        dates_at=[0, 1],
    )
    older = d.said(
        "Evidence",
        "2019年挪用8万元",
        amounts=[80000.0],
        amounts_at=[small["start"], small["end"]],
        dates=["2019"],
        dates_at=[0, 1],
    )
    rules = d.said("RootCause", "制度缺失", type="institution")
    watch = d.said("RootCause", "一线监督不力", type="supervision")
    stop = d.said("Effect", "工程停工")
    reform = d.said("Recommendation", "完善报销制度", number="1", headline="完善报销制度")
    d.said("Recommendation", "加强调研", number="2", headline="加强调研")
    for item in (misuse, claims):
        d.link("PART_OF", item, money)
    for fact in (case, older):
        d.link("SUPPORTS", fact, misuse)
    d.link(
        "CAUSED_BY",
        money,
        rules,
        "由于制度缺失",
        method="explicit",
        confidence=0.95,
        cue="由于",
        rule="cause.youyu",
    )
    d.link("CAUSED_BY", money, watch, method="inferred", confidence=0.6, rule="link.content")
    d.link("CAUSED_BY", study, watch, method="inferred", confidence=0.7, rule="link.content")
    d.link("LEADS_TO", misuse, stop, "导致工程停工", method="explicit", confidence=0.9, cue="导致")
    d.link("ADDRESSES", reform, claims, method="inferred", confidence=0.8, rule="link.content")
    d.link("REFERENCES", claims, law, "《会计法》第三条", article="第三条")
    d.link("REFERENCES", reform, budget, "完善报销制度")
    for unit in (water, d.named("Unit", CIVIL)):
        d.link("MENTIONS", case, unit, "2020年8月挪用50万元")
    return _dated(d, "2021-06-01", "county")


def mended(report_id: str = "mended") -> Findings:
    """2022: a measure for a whole, another for its item, one still under way, one problem without any."""
    d = Draft(
        report_id,
        "rectification-notice",
        place="青岳县",
        text=(
            "青岳县水利局关于整改情况的通报\n"
            "资金管理问题,包括挪用资金、报销不严。资金已全部追回。报销系统正在建设。学习不够,正在制定计划。底册缺失。\n"
        ),
    )
    water = d.named("Unit", WATER)
    d.link("INSPECTS", report_id, water)
    d.link("ISSUED_BY", report_id, water)
    whole = d.said(
        "Problem", "资金管理问题,包括挪用资金、报销不严", headline="资金管理问题", category="finance"
    )
    misuse = d.said("Problem", "挪用资金", headline="挪用资金", category="finance")
    claims = d.said("Problem", "报销不严", headline="报销不严", category="finance")
    study = d.said("Problem", "学习不够", headline="学习不够", category="theory-study")
    d.said("Problem", "底册缺失", headline="底册缺失", category="other")
    returned = d.said("Measure", "资金已全部追回", status="done")
    system = d.said("Measure", "报销系统正在建设", status="ongoing")
    plan = d.said("Measure", "正在制定计划", status="ongoing")
    d.link("PART_OF", misuse, whole)
    d.link("PART_OF", claims, whole)
    d.link("RESOLVES", returned, whole, status="done")
    d.link("RESOLVES", system, claims, status="ongoing")
    d.link("RESOLVES", plan, study, status="ongoing")
    return _dated(d, "2022", "county")


def _short(report_id: str, unit: str, place: str, date: str, problems: dict[str, str]) -> Findings:
    """A feedback that lists problems (headline: category) of one unit and says no more."""
    d = Draft(
        report_id,
        "inspection-feedback",
        place=place,
        text=f"巡察{unit}的反馈意见\n" + "。".join(problems) + "。\n",
    )
    d.link("INSPECTS", report_id, d.named("Unit", unit))
    for headline, category in problems.items():
        d.said("Problem", headline, headline=headline, category=category)
    return _dated(d, date, "county" if place == "青岳县" else "city")


def same_year() -> Findings:
    """August 2022: whether that is before or after the notice of 2022, nobody can know."""
    return _short("same-year", WATER, "青岳县", "2022-08", {"出纳会计不分设": "finance"})


def again() -> Findings:
    """2023: the same unit, two of the kinds of problems again."""
    return _short(
        "again", WATER, "青岳县", "2023-05", {"白条入账": "finance", "学习记录造假": "theory-study"}
    )


def neighbour() -> Findings:
    """Another unit of the place."""
    return _short(
        "neighbour",
        CIVIL,
        "青岳县",
        "2023-05",
        {"救助资金滞留": "assets", "房屋闲置": "assets", "现金坐支": "finance"},
    )


def elsewhere() -> Findings:
    """A unit of the same name in another place."""
    return _short("elsewhere", OTHER, "江北市", "2023-11", {"票据管理混乱": "finance"})


REPORTS = (first, mended, same_year, again, neighbour, elsewhere)
