"""Three small invented reports with their findings; every place is looked up in the text."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from typing import Any

from extract.model import Findings, Link, Mention, ReportInfo

_TAXONOMY = tomllib.loads((files("extract") / "rules" / "taxonomy.toml").read_text("utf-8"))


class Draft:
    """Findings in the making: quotes a text instead of counting its characters."""

    def __init__(self, report_id: str, kind: str, text: str, *, place: str | None) -> None:
        self.text, title = text, text.splitlines()[0]
        self.report = ReportInfo(
            report_id,
            title,
            kind,
            f"{report_id}.txt",
            hashlib.sha256(text.encode()).hexdigest(),
            len(text),
            place,
        )
        self.nodes = [Mention(report_id, "Report", properties={"title": title, "kind": kind})]
        self.edges: list[Link] = []

    def place(self, quote: str) -> dict[str, int]:
        start = self.text.index(quote)
        return {"start": start, "end": start + len(quote)}

    def said(self, label: str, quote: str, **properties: Any) -> str:
        """A node that stands in the text, with its STATED_IN edge and its category or type."""
        place = self.place(quote)
        id_ = hashlib.sha256(f"{self.report.id} {label} {quote}".encode()).hexdigest()[:16]
        self.nodes.append(Mention(id_, label, quote, place["start"], place["end"], properties))
        self.edges.append(Link("STATED_IN", id_, self.report.id, place))
        for key, kind, edge in (("category", "Category", "IN_CATEGORY"), ("type", "CauseType", "OF_TYPE")):
            if code := properties.get(key):
                self.edges.append(Link(edge, id_, self.vocabulary(kind, code)))
        return id_

    def vocabulary(self, label: str, code: str) -> str:
        prefix, table = ("category", "categories") if label == "Category" else ("cause-type", "cause_types")
        id_, names = f"{prefix}:{code}", _TAXONOMY[table][code]
        if all(n.id != id_ for n in self.nodes):
            self.nodes.append(
                Mention(id_, label, properties={"code": code, "name": names["zh"], "name_en": names["en"]})
            )
        return id_

    def named(self, label: str, name: str, aliases: Sequence[str] = ()) -> str:
        id_ = f"{label.lower()}-{self.report.id}-{name}"
        self.nodes.append(Mention(id_, label, properties={"name": name, "aliases": list(aliases)}))
        return id_

    def link(self, type_: str, source: str, target: str, quote: str | None = None, **properties: Any) -> None:
        self.edges.append(Link(type_, source, target, {**(self.place(quote) if quote else {}), **properties}))

    def done(self) -> Findings:
        return Findings(self.report, tuple(self.nodes), tuple(self.edges), self.text)


def feedback(report_id: str = "feedback") -> Findings:
    """An inspection of a county's bureau: causes explicit and inferred, a problem without recommendation."""
    d = Draft(
        report_id,
        "inspection-feedback",
        place="青岳县",
        text=(
            "关于巡察县农业农村局党组的反馈意见\n"
            "一、学习贯彻不深入。2023年集中学习仅4次。由于主要负责人重视不够,学习计划没有落实,"
            "不符合《中国共产党巡视工作条例》第三条的要求。\n"
            "二、专项资金管理不规范。县财政局拨付的专项资金闲置86万元,导致12个村的机井停用。\n"
            "三、会议记录不完整。\n"
            "究其原因,一是内部监督流于形式。\n"
            "建议:制定年度学习计划并逐月督办。健全专项资金拨付台账。\n"
        ),
    )
    study = d.said(
        "Problem",
        "学习贯彻不深入。2023年集中学习仅4次。由于主要负责人重视不够,学习计划没有落实,"
        "不符合《中国共产党巡视工作条例》第三条的要求",
        number="一",
        headline="学习贯彻不深入",
        category="theory-study",
    )
    funds = d.said(
        "Problem",
        "专项资金管理不规范。县财政局拨付的专项资金闲置86万元,导致12个村的机井停用",
        number="二",
        headline="专项资金管理不规范",
        category="assets",
        amount=860000.0,
    )
    d.said("Problem", "会议记录不完整", number="三", headline="会议记录不完整", category="party-building")
    case = d.said("Evidence", "2023年集中学习仅4次")
    amount = d.place("86万元")
    idle = d.said(
        "Evidence",
        "县财政局拨付的专项资金闲置86万元",
        amounts=[860000.0],
        amounts_at=[amount["start"], amount["end"]],
    )
    heed = d.said("RootCause", "主要负责人重视不够", type="political-awareness")
    watch = d.said("RootCause", "内部监督流于形式", type="supervision")
    wells = d.said("Effect", "12个村的机井停用")
    plan = d.said("Recommendation", "制定年度学习计划并逐月督办", headline="制定年度学习计划并逐月督办")
    ledger = d.said("Recommendation", "健全专项资金拨付台账", headline="健全专项资金拨付台账")
    bureau = d.named("Unit", "县农业农村局党组", ["县农业农村局"])
    treasury = d.named("Unit", "县财政局")
    rules = d.named("Policy", "中国共产党巡视工作条例")
    d.link("INSPECTS", report_id, bureau)
    d.link("MENTIONS", report_id, bureau, "县农业农村局党组")
    d.link("SUPPORTS", case, study)
    d.link("SUPPORTS", idle, funds)
    d.link(
        "CAUSED_BY",
        study,
        heed,
        "由于主要负责人重视不够",
        method="explicit",
        confidence=0.95,
        cue="由于",
        rule="cause.youyu",
    )
    d.link("CAUSED_BY", funds, watch, method="inferred", confidence=0.55, rule="link.cause-section")
    d.link("LEADS_TO", funds, wells, "导致12个村的机井停用", method="explicit", confidence=1, cue="导致")
    d.link("ADDRESSES", plan, study, method="inferred", confidence=0.8)
    d.link("ADDRESSES", ledger, funds, method="inferred", confidence=0.75)
    d.link("REFERENCES", study, rules, "《中国共产党巡视工作条例》第三条", article="第三条")
    d.link("MENTIONS", idle, treasury, "县财政局")
    d.link("CONCERNS", funds, bureau)
    d.link("CONCERNS", study, bureau)
    return d.done()


def notice(report_id: str = "notice") -> Findings:
    """A rectification notice on the same bureau, under other names of the same unit and policy."""
    d = Draft(
        report_id,
        "rectification-notice",
        place="青岳县",
        text=(
            "青岳县农业农村局关于整改情况的通报\r\n"
            "1.专项资金拨付不及时。闲置的86万元已全部拨付到村。\r\n"
            "2.学习制度不健全。正在修订学习制度,对照《巡视工作条例》(试行)逐条落实。\r\n"
        ),
    )
    funds = d.said(
        "Problem", "专项资金拨付不及时", number="1", headline="专项资金拨付不及时", category="assets"
    )
    study = d.said(
        "Problem", "学习制度不健全", number="2", headline="学习制度不健全", category="theory-study"
    )
    paid = d.said("Measure", "闲置的86万元已全部拨付到村", status="done")
    draft = d.said("Measure", "正在修订学习制度,对照《巡视工作条例》(试行)逐条落实", status="ongoing")
    bureau = d.named("Unit", "青岳县农业农村局", ["县农业农村局", "局党组"])
    rules = d.named("Policy", "巡视工作条例", ["《巡视工作条例》(试行)"])
    d.link("ISSUED_BY", report_id, bureau)
    d.link("INSPECTS", report_id, bureau)
    d.link("CONCERNS", funds, bureau)
    d.link("CONCERNS", study, bureau)
    d.link("RESOLVES", paid, funds, status="done")
    d.link("RESOLVES", draft, study, status="ongoing")
    d.link("REFERENCES", draft, rules, "《巡视工作条例》(试行)")
    found = d.done()
    return replace(found, report=replace(found.report, warnings=("section without a RootCause: 2.学习",)))


def audit(report_id: str = "audit") -> Findings:
    """An audit that does not say of which place: its 县财政局 is no other report's. Problems with items."""
    d = Draft(
        report_id,
        "audit-report",
        place=None,
        text=(
            "关于专项资金的审计结果\n"
            "(一)县财政局专项资金管理不到位。1.拨付超过规定期限。2.未按《预算法》第五十七条核算。"
            "原因是岗位职责不清。\n"
            "审计建议:明确岗位职责。\n"
        ),
    )
    whole = d.said(
        "Problem",
        "县财政局专项资金管理不到位。1.拨付超过规定期限。2.未按《预算法》第五十七条核算",
        number="(一)",
        headline="县财政局专项资金管理不到位",
        category="assets",
    )
    late = d.said("Problem", "拨付超过规定期限", number="1", headline="拨付超过规定期限", category="assets")
    books = d.said(
        "Problem", "未按《预算法》第五十七条核算", number="2", headline="未按规定核算", category="finance"
    )
    duty = d.said("RootCause", "岗位职责不清", type="responsibility")
    clear = d.said("Recommendation", "明确岗位职责", headline="明确岗位职责")
    treasury = d.named("Unit", "县财政局")
    law = d.named("Policy", "中华人民共和国预算法", ["预算法"])
    d.link("INSPECTS", report_id, treasury)
    d.link("PART_OF", late, whole)
    d.link("PART_OF", books, whole)
    d.link("CAUSED_BY", whole, duty, "原因是岗位职责不清", method="explicit", confidence=0.95, cue="原因是")
    d.link("ADDRESSES", clear, duty, method="explicit", confidence=0.9)
    d.link("REFERENCES", books, law, "《预算法》第五十七条", article="第五十七条")
    d.link("CONCERNS", whole, treasury)
    return d.done()


def revised(findings: Findings) -> Findings:
    """The same report with another text: a line more at its end, and without its first problem's edges."""
    text = (findings.source_text or "") + "附:有关情况说明。\n"
    gone = next(findings.by_label("Problem")).id
    report = replace(findings.report, sha256=hashlib.sha256(text.encode()).hexdigest(), chars=len(text))
    return Findings(
        report,
        tuple(n for n in findings.nodes if n.id != gone),
        tuple(e for e in findings.edges if gone not in (e.source, e.target)),
        text,
    )
