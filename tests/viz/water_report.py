"""An invented report with its findings: 7 categories of problems, 25 items, 5 causes, 5 recommendations."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.model import Findings, Link, Mention, ReportInfo

TITLE = "关于对云溪县水务局党组开展常规巡察的反馈报告"

#: (category, headline, items as (headline, evidence or None))
PROBLEMS: list[tuple[str, str, list[tuple[str, str | None]]]] = [
    (
        "theory-study",
        "理论学习不深不实，指导实践不够",
        [
            ("中心组学习走过场", "2022年12次集中学习中有7次没有研讨发言，记录由办公室统一代写"),
            ("学习贯彻治水方针联系实际不紧", "局党组连续两年没有专题研究节水优先的落实措施"),
            ("意识形态工作责任制落实不细", "局官方账号曾有83天无人值守，出现3条未经审核的信息"),
        ],
    ),
    (
        "policy-execution",
        "履行主责主业有偏差，农村供水保障推进迟缓",
        [
            (
                "农村饮水安全工程重建轻管，部分工程建成后长期闲置不用",
                "抽查的14处集中供水点有5处停用，最长的停用26个月",
            ),
            ("河湖长制巡河流于形式", "3名河长全年巡河记录的照片为同一天拍摄"),
            ("水旱灾害防御预案照抄照搬", "6座小型水库的应急预案中有4座写着别的水库的名称"),
            ("取水许可监管缺位", "11家企业许可到期后继续取水，最长超期14个月，局里未作处理"),
        ],
    ),
    (
        "party-governance",
        "全面从严治党责任压得不实",
        [
            ("党组主体责任层层递减", "2021年以来未对局属单位开展过一次专项检查"),
            ("“一把手”监督存在空档", "党组书记与下属站所负责人谈话三年仅4人次"),
            ("内部巡查问题整改不了了之", "上级转来的9件线索有2件超期一年没有办结"),
        ],
    ),
    (
        "finance",
        "财务管理混乱，制度执行刚性不足",
        [
            ("违规发放津补贴", "以值班名义向21人发放补贴18.6万元"),
            ("公务接待无公函、超标准", "抽查的62张接待单据中有38张没有公函，涉及金额7.9万元"),
            ("大额资金使用未经集体研究", "一笔46万元的设备款由分管领导一人签批支付"),
            ("往来款项长期挂账不清理，其中最早的一笔形成于2009年，责任单位和经办人员都已无法核实", None),
        ],
    ),
    (
        "procurement",
        "工程建设和物资采购领域廉洁风险突出",
        [
            ("化整为零规避招标", "将一个投资390万元的渠道工程拆成5个合同分别发包"),
            ("工程变更审批把关不严", "2个项目变更金额超过合同价的三成，仅凭一纸申请就签字同意"),
            ("施工现场监理形同虚设", "监理日志连续41天内容完全相同"),
        ],
    ),
    (
        "cadre",
        "选人用人程序不规范，干部队伍结构老化",
        [
            ("干部选拔动议环节缺失", "提拔的8名中层干部中有3人没有动议记录"),
            ("专业技术人才断层", "全局水工专业人员只有6人，平均年龄54岁"),
            ("编外聘用人员管理失序", "19名编外人员中有7人没有签订合同"),
            ("干部档案审核不认真", "抽查的30卷档案中有5卷的出生时间前后不一致"),
        ],
    ),
    (
        "party-building",
        "基层党组织建设弱化",
        [
            ("党支部换届不及时", "5个支部中有2个超期换届，最长的超期19个月"),
            ("组织生活会质量不高，批评意见以希望代替批评", None),
            ("党员发展程序不严", "2名预备党员的培养考察记录缺少半年"),
            ("“三会一课”记录事后补写", "同一支部全年的会议记录出自一人之手，用的是同一支笔"),
        ],
    ),
]
#: (type, text, problems that it is linked to: (category, item or None, cue if stated, confidence))
CAUSES: list[tuple[str, str, list[tuple[int, int | None, str | None, float]]]] = [
    (
        "political-awareness",
        "局党组对巡察工作的政治定位认识不到位，习惯于用业务工作代替政治建设",
        [(0, None, "根源在于", 0.95), (2, None, None, 0.6)],
    ),
    (
        "responsibility",
        "班子成员担当精神不足，遇到难题等靠思想严重",
        [(1, None, "根源在于", 0.95), (1, 1, None, 0.55)],
    ),
    (
        "institution",
        "内部控制制度多年没有修订，关键环节缺少相互制约",
        [(3, None, "根源在于", 0.95), (4, None, None, 0.7), (4, 0, None, 0.65), (3, 2, None, 0.6)],
    ),
    (
        "supervision",
        "纪检监督力量薄弱，不愿监督、不敢监督的问题没有根本扭转",
        [(2, 2, None, 0.5), (4, 2, None, 0.5)],
    ),
    (
        "resources",
        "基层站所人员编制长期被借用，专业人员只出不进",
        [(5, 1, "根源在于", 0.95), (6, 0, None, 0.45)],
    ),
]
EFFECT = ((1, 0), "2022年夏季1.2万名群众连续9天靠送水车供水")
#: (headline, items, problems addressed: (category, method))
RECOMMENDATIONS: list[tuple[str, list[str], list[tuple[int, str]]]] = [
    (
        "强化理论武装，提高政治站位",
        [
            "完善中心组学习制度，把研讨发言情况纳入年度述职",
            "每半年专题研究一次治水方针的贯彻落实",
            "严格落实意识形态工作责任制",
        ],
        [(0, "inferred")],
    ),
    (
        "聚焦主责主业，补齐农村供水短板",
        ["对停用的供水点逐一制定恢复方案", "建立河长巡河轨迹核查机制", "组织力量重新编制小型水库应急预案"],
        [(1, "explicit")],
    ),
    (
        "压紧压实管党治党政治责任",
        ["制定党组主体责任清单并逐级签订", "开展对下属单位的专项检查", "限期办结超期线索"],
        [(2, "inferred")],
    ),
    (
        "开展财务和工程领域专项整治",
        ["清退违规发放的津补贴", "修订内部控制制度，把采购、审批、验收权限分开", "对拆分发包的工程倒查责任"],
        [(3, "explicit"), (4, "inferred")],
    ),
    (
        "建强干部队伍和基层党组织",
        ["规范选拔任用全过程纪实", "制定水工专业人才三年补充计划", "按期换届并规范组织生活"],
        [(5, "inferred"), (6, "inferred")],
    ),
]
POLICIES = [
    "中国共产党巡视工作条例",
    "中国共产党党组工作条例",
    "中华人民共和国水法",
    "取水许可和水资源费征收管理条例",
    "关于全面推行河长制的意见",
    "中华人民共和国招标投标法",
    "中华人民共和国政府采购法",
    "党政机关国内公务接待管理规定",
    "党政领导干部选拔任用工作条例",
    "中国共产党支部工作条例（试行）",
    "中国共产党发展党员工作细则",
    "党委（党组）意识形态工作责任制实施办法",
    "中国共产党纪律处分条例",
    "中央八项规定",
    "水库大坝安全管理条例",
    "建设工程质量管理条例",
    "事业单位人事管理条例",
    "干部人事档案工作条例",
    "行政事业单位内部控制规范（试行）",
    "党的二十大精神",
]
UNITS = ["云溪县水务局", "云溪县委第三巡察组", "县财政局", "县委组织部", "县纪委监委", "城关水利站"]


@dataclass
class _Writer:
    """Writes the text and notes what stands where."""

    text: str = ""
    nodes: list[Mention] = field(default_factory=list)
    edges: list[Link] = field(default_factory=list)

    def say(self, words: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += words
        return start, len(self.text)

    def node(self, node_id: str, label: str, span: tuple[int, int], **properties: object) -> None:
        start, end = span
        self.nodes.append(Mention(node_id, label, self.text[start:end], start, end, properties))
        self.edges.append(Link("STATED_IN", node_id, "r", {"start": start, "end": end}))

    def link(self, kind: str, source: str, target: str, **properties: object) -> None:
        self.edges.append(Link(kind, source, target, properties))


def findings(*, script: str = "") -> Findings:
    """The report's findings. `script`: words put before the first category's headline and into the title."""
    w = _Writer()
    w.nodes.append(
        Mention("r", "Report", properties={"title": script + TITLE, "kind": "inspection-feedback"})
    )
    for i, name in enumerate(UNITS):
        w.nodes.append(
            Mention(f"u{i}", "Unit", properties={"name": name, "aliases": ["局党组"] if not i else []})
        )
    for i, name in enumerate(POLICIES):
        w.nodes.append(Mention(f"g{i}", "Policy", properties={"name": name, "aliases": []}))
    w.link("INSPECTS", "r", "u0")
    w.link("ISSUED_BY", "r", "u1")
    w.say(f"{script}{TITLE}\n\n一、发现的主要问题\n")
    policy = 0
    for c, (code, title, items) in enumerate(PROBLEMS):
        top, headline = f"p{c}", script + title if c == 0 else title
        w.nodes.append(Mention(f"category:{code}", "Category", properties={"code": code}))
        w.link("IN_CATEGORY", top, f"category:{code}")
        start = w.say(f"（{'一二三四五六七'[c]}）{headline}。")[0]
        for i, (item, evidence) in enumerate(items):
            begin = w.say(f"{i + 1}.{item}。")[0]
            if evidence:
                w.say("例如，")
                w.node(f"e{c}.{i}", "Evidence", w.say(evidence))
                w.link("SUPPORTS", f"e{c}.{i}", f"p{c}.{i}", cue="例如", rule="evidence.liru")
                if (c, i) == EFFECT[0]:
                    w.say("，导致")
                    w.node("f0", "Effect", w.say(EFFECT[1]))
                    w.link(
                        "LEADS_TO",
                        f"p{c}.{i}",
                        "f0",
                        method="explicit",
                        confidence=0.95,
                        cue="导致",
                        start=w.nodes[-1].start - 2,
                        end=len(w.text),
                    )
                w.say("。")
            if policy < len(POLICIES):
                w.say("不符合")
                place = w.say(f"《{POLICIES[policy]}》")
                w.say("的要求。")
                w.link("REFERENCES", f"p{c}.{i}", f"g{policy}", start=place[0], end=place[1])
                policy += 1
            w.node(
                f"p{c}.{i}",
                "Problem",
                (begin, len(w.text)),
                number=f"{c + 1}.{i + 1}",
                headline=item,
                category=code,
            )
            w.link("PART_OF", f"p{c}.{i}", top)
            w.link("IN_CATEGORY", f"p{c}.{i}", f"category:{code}")
        w.node(
            top,
            "Problem",
            (start, len(w.text)),
            number=f"（{'一二三四五六七'[c]}）",
            headline=headline,
            category=code,
        )
        w.say("\n")
    _mention(w, "p5.1", "u3", "县委组织部")
    w.say("二、原因分析\n")
    for i, (kind, text, targets) in enumerate(CAUSES):
        w.nodes.append(Mention(f"cause-type:{kind}", "CauseType", properties={"code": kind}))
        begin = w.say(f"{i + 1}.问题{i + 1}的根源在于")[0]
        w.node(f"c{i}", "RootCause", w.say(text), type=kind)
        end = w.say("。\n")[0]
        w.link("OF_TYPE", f"c{i}", f"cause-type:{kind}")
        for c, item, cue, confidence in targets:
            target = f"p{c}" if item is None else f"p{c}.{item}"
            said = {"cue": cue, "start": begin, "end": end} if cue else {}
            w.link(
                "CAUSED_BY",
                target,
                f"c{i}",
                method="explicit" if cue else "inferred",
                confidence=confidence,
                rule="cause.genyuan" if cue else "cause.shared-words",
                **said,
            )
    w.say("三、工作建议\n")
    for i, (headline, items, targets) in enumerate(RECOMMENDATIONS):
        start = w.say(f"（{'一二三四五'[i]}）{headline}。")[0]
        for j, item in enumerate(items):
            w.node(
                f"s{i}.{j}",
                "Recommendation",
                w.say(f"{'一二三'[j]}是{item}。"),
                number=f"{'一二三'[j]}是",
                headline=item,
            )
            w.link("PART_OF", f"s{i}.{j}", f"s{i}")
        w.node(
            f"s{i}",
            "Recommendation",
            (start, len(w.text)),
            number=f"（{'一二三四五'[i]}）",
            headline=headline,
        )
        w.say("\n")
        for c, method in targets:
            w.link(
                "ADDRESSES", f"s{i}", f"p{c}", method=method, confidence=0.95 if method == "explicit" else 0.6
            )
    _mention(w, "s3", "u2", "县财政局")
    _mention(w, "s2", "u4", "县纪委监委")
    _mention(w, "s1", "u5", "城关水利站")
    info = ReportInfo(
        "r", script + TITLE, "inspection-feedback", "yunxi.txt", "0" * 64, len(w.text), "云溪县", "2023-11-30"
    )
    return Findings(info, tuple(w.nodes), tuple(w.edges), w.text)


def _mention(w: _Writer, node: str, unit: str, name: str) -> None:
    start, end = w.say(name)
    w.say("参与整改。\n")
    w.link("MENTIONS", node, unit, start=start, end=end)
