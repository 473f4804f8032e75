"""The kinds of generated reports: each a function that writes the lines of one."""

from __future__ import annotations

from bench.corpus.parts import advice, causes, closing, details, done, overview, problems
from bench.corpus.words import cn
from bench.corpus.writer import Writer

#: What an internal audit says to each finding, and the columns of a checklist.
_FIELDS = (
    ("{fact_label}", "{fact}。{fact}。"),
    ("{criteria_label}", "{policy}"),
    ("{cause_label}", "{reason}。"),
    ("{effect_label}", "{outcome}。"),
    ("{advice_label}", "{act}，{act}。"),
    ("{reply_label}", "{done}"),
)
_COLUMNS = (
    ("序号", ""),
    ("检查内容", "{topic}"),
    ("存在问题", "{fault}，{fact}"),
    ("依据", "{policy}"),
    ("整改要求", "{act}"),
    ("整改时限", "{date}"),
    ("整改情况", "{state}"),
    ("责任单位", "{unit}"),
)


def inspection(w: Writer) -> None:
    w.line("{title_inspection}")
    overview(w)
    problems(w)
    if w.maybe(0.3):
        causes(w)
    advice(w)
    closing(w)


def circular(w: Writer) -> None:
    w.line("{title_circular}")
    w.line("现将有关情况通报如下：")
    for _ in w.some(1, 4):
        w.line(w.one("{unit}", "{place}"))
        problems(w)
    advice(w)
    closing(w)


def audit(w: Writer) -> None:
    w.line("{title_audit}")
    w.line("根据{policy}的规定，{team}自{date}起对{unit}进行了审计。")
    overview(w)
    problems(w)
    advice(w)
    if w.maybe(0.6):
        w.item(0, "{measure_head}")
        w.line("{done}{done}")


def internal_audit(w: Writer) -> None:
    """Findings as blocks of labelled lines, the same labels in all of them."""
    w.line("{title_internal}")
    overview(w)
    shown = [(w.say(label), text) for label, text in _FIELDS if w.maybe(0.75)]
    number = w.one("发现{}：", "{}. ", "审计发现{} ")
    for i in w.some(3, 14):
        w.line(number.replace("{}", str(i + 1)) + "{fault}")
        for label, text in shown:
            w.line(f"{label}{text}")


def accident(w: Writer) -> None:
    w.line("{title_accident}")
    w.line(
        "{date}{small}时{num}分许，{company}发生一起事故，造成{small}人死亡、{small}人受伤，直接经济损失{money}。"
    )
    w.item(0, "事故发生经过")
    w.line("{surname}某在{topic}时违章操作，{surname}某施救不当。" * w.rng.randint(1, 4))
    causes(w)
    w.item(0, "对有关责任人的处理")
    for _ in w.some(1, 5):
        w.item(1, "{surname}某，{unit}负责人，{fault}，建议给予记过处分。")
    advice(w)


def rectification(w: Writer) -> None:
    w.line("{title_rectification}")
    w.line("按照{policy}要求，{date}，{team}向{unit}反馈了意见。现将整改情况公布如下。")
    table = w.maybe(0.3)
    if table:
        w.line("序号\t问题\t措施\t状态\t责任单位")
    for i in w.some(5, 24):
        if table:
            w.line(f"{i + 1}\t{{fault}}，{{fact}}\t{{act}}\t{{state}}\t{{unit}}")
            continue
        w.item(1, w.one("关于“{fault}”问题", "针对{fault}的问题。", "{fault}，{fact}。"))
        w.line(w.one("整改情况：", "", "") + done(w))
        if w.maybe(0.4):
            w.line("整改结果：{state}。")
    closing(w)


def self_examination(w: Writer) -> None:
    w.line("{title_self}")
    w.line("我单位对{topic}等{small}方面进行了自查，现报告如下。")
    problems(w)
    if w.maybe(0.7):
        causes(w)
    w.item(0, "{plan_head}")
    w.line("".join(f"{cn(i + 1)}要{{act}}。" for i in w.some(2, 5)))


def letter(w: Writer) -> None:
    """What a supervisor writes to the unit that let something happen."""
    w.line("{title_letter}")
    w.line("{unit}：")
    w.line("{team}在办理{topic}案件中发现，你单位{fault}，{fault}。")
    for _ in w.some(1, 5):
        w.item(1, "{fault}。" + details(w))
    if w.maybe(0.5):
        w.line("上述问题暴露出{reason}、{reason}。")
    w.line("根据{policy}的规定，提出以下建议：")
    for _ in w.some(2, 6):
        w.item(1, "{act}，{act}。")
    w.line("请于收到本建议书之日起{num}日内书面反馈办理情况。")
    closing(w)


def checklist(w: Writer) -> None:
    """A table of dangers, its columns by chance."""
    w.line("{title_checklist}")
    kept = [column for column in _COLUMNS if column[0] in ("存在问题", "整改要求") or w.maybe(0.6)]
    w.line("\t".join(name for name, _ in kept))
    for i in w.some(4, 20):
        w.line("\t".join(text or str(i + 1) for _, text in kept))


def briefing(w: Writer) -> None:
    """Prose without any numbers: what was seen, why, and what should follow, in one breath."""
    w.line("{title_briefing}")
    overview(w)
    for _ in w.some(4, 12):
        w.line("{fault}。" + details(w) + w.one("", "{advise}{act}。", "为此，{act}，{act}。"))
    closing(w)


def cases(w: Writer) -> None:
    """A catalogue of typical cases."""
    w.line("{title_cases}")
    w.line("为发挥警示作用，现将{small}起典型问题通报如下：")
    for _ in w.some(3, 12):
        w.item(
            1, "{unit}{fault}。{date}，{fact}。{fact}。" + w.one("", "{because}", "{effect}") + "{punished}"
        )
    w.line("上述问题反映出{reason}，{reason}。{unit}要{act}，{act}。")


#: As often as they stand here.
KINDS = (
    inspection, inspection, inspection, circular, circular, audit, audit, accident, rectification,
    rectification, self_examination, self_examination, internal_audit, letter, checklist, briefing, cases,
)  # fmt: skip
