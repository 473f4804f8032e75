"""The words on a map, in both languages. What a label or an edge is called comes from the schema instead."""

from __future__ import annotations

from typing import Literal

Lang = Literal["zh", "en"]

_WORDS: dict[str, tuple[str, str]] = {
    "search": ("查找标题、原文、单位、政策", "Find headline, text, unit, policy"),
    "no_hits": ("没有找到", "Nothing found"),
    "explicit": ("明示", "Stated"),
    "inferred": ("推断", "Inferred"),
    "explicit_says": ("实线：报告原文写明", "Solid: the report says so"),
    "inferred_says": ("虚线：由内容推断，附把握度", "Dashed: drawn from content, with a confidence"),
    "fit": ("全图", "Whole map"),
    "zoom_in": ("放大", "Zoom in"),
    "zoom_out": ("缩小", "Zoom out"),
    "close": ("关闭", "Close"),
    "quote": ("原文", "Source text"),
    "place": ("位置 {0}–{1}", "characters {0}–{1}"),
    "cue": ("提示词", "Cue"),
    "confidence": ("把握度", "Confidence"),
    "judged": ("人工判断", "Judged"),
    "judged_says": ("粗线和 ✓：有人确认或更正过", "A bold line and ✓: somebody confirmed or corrected it"),
    "confirmed": ("已确认", "Confirmed"),
    "corrected": ("已更正", "Corrected"),
    "article": ("条款", "Article"),
    "status": ("整改状态", "Status"),
    "aliases": ("又称", "Also called"),
    "category": ("问题类别", "Category"),
    "type": ("原因类型", "Cause type"),
    "not_drawn": ("图中已略去", "left out of the picture"),
    "nothing": ("报告中没有与它相连的内容", "Nothing in the report is linked to it"),
    "hint": (
        "点击方框看原文 · 双击或回车画出更多 · 滚轮移动，Ctrl+滚轮缩放 · 方向键逐个查看 · Esc 关闭 · "
        "网址记下当前画面",
        "Click a box for its source · double click or Enter draws more · wheel scrolls, Ctrl+wheel zooms · "
        "arrow keys walk · Esc closes · the address keeps the view",
    ),
    "counts": ("图中 {0} 个节点", "{0} nodes"),
    "some": (
        "共 {0} 个节点，先画 {1} 个：问题，再是与其联系最确切的",
        "{0} nodes, {1} drawn: problems, then what is most surely tied to them",
    ),
    "held": ("{0} 个暂未画出，双击相邻的方框即可", "{0} held back: double click a box that they are tied to"),
    "cut": ("已略去：{0}", "left out: {0}"),
    "then": ("；", "; "),
    "more": ("画出未画的 {0} 个", "Draw {0} more"),
    "outside": ("从图库取出与它相连的另外 {0} 处", "Fetch {0} more links of it from the graph"),
    "many": ("图中将有 {0} 个，会变慢，仍要画出", "Draw them though there will be {0}, which is slow"),
    "report": ("出自", "From"),
    "amount": ("金额", "Amount"),
    "as_map": ("图", "Map"),
    "as_table": ("表", "Table"),
    "table_says": ("同样内容的表格", "The same facts as a table"),
    "several": ("{0} 份报告：{1} 等", "{0} reports: {1} and others"),
    "number": ("编号", "No."),
    "problem": ("问题", "Problem"),
    "causes": ("原因", "Causes"),
    "effects": ("后果与依据", "Effects and evidence"),
    "advice": ("建议与整改", "Recommendations and measures"),
    "others": ("政策与单位", "Policies and units"),
    "kind": ("种类", "Kind"),
    "says": ("内容", "Words"),
    "loose": ("未与问题相连的内容", "What is tied to no problem"),
    "save": ("存图", "Save"),
    "save_says": ("把图存为 SVG 图片", "Save the picture as SVG"),
    "print": ("打印", "Print"),
    "print_says": ("打印，或存为 PDF", "Print, or save as PDF"),
    "and": ("、", ", "),
    "map": (
        "关系图：左为原因，中为问题，右为建议。用方向键移动，回车查看详情。同样的内容见“表”。",
        "Causes left, problems in the middle, recommendations right. Arrow keys move, Enter shows details. "
        "The table has the same facts.",
    ),
    "details": ("详情", "Details"),
    "legend": ("图例", "Legend"),
    "empty": ("没有读出问题", "No problem was read"),
    "date": ("日期", "Date"),
}
#: By language and key.
WORDS: dict[Lang, dict[str, str]] = {
    "zh": {key: zh for key, (zh, _) in _WORDS.items()},
    "en": {key: en for key, (_, en) in _WORDS.items()},
}

#: What the links of one kind are called in the detail panel, seen from their source ("out") or target ("in").
LINKS: dict[tuple[str, str], dict[Lang, str]] = {
    ("CAUSED_BY", "out"): {"zh": "原因", "en": "Causes"},
    ("CAUSED_BY", "in"): {"zh": "由此产生的问题", "en": "Problems it caused"},
    ("LEADS_TO", "out"): {"zh": "后果", "en": "Effects"},
    ("LEADS_TO", "in"): {"zh": "由哪个问题导致", "en": "Led to by"},
    ("ADDRESSES", "in"): {"zh": "针对它的建议", "en": "Recommendations for it"},
    ("ADDRESSES", "out"): {"zh": "针对什么", "en": "What it addresses"},
    ("RESOLVES", "in"): {"zh": "整改措施", "en": "Measures"},
    ("RESOLVES", "out"): {"zh": "整改的问题", "en": "Problem it resolves"},
    ("SUPPORTS", "in"): {"zh": "依据事实", "en": "Evidence"},
    ("SUPPORTS", "out"): {"zh": "佐证的问题", "en": "Problem it supports"},
    ("PART_OF", "out"): {"zh": "属于", "en": "Part of"},
    ("PART_OF", "in"): {"zh": "分项", "en": "Items"},
    ("REFERENCES", "out"): {"zh": "引用的政策", "en": "Policies cited"},
    ("REFERENCES", "in"): {"zh": "引用它的地方", "en": "Cited by"},
    ("MENTIONS", "out"): {"zh": "提到的单位", "en": "Units mentioned"},
    ("MENTIONS", "in"): {"zh": "提到它的地方", "en": "Mentioned by"},
    ("CONCERNS", "out"): {"zh": "涉及单位", "en": "Unit concerned"},
    ("CONCERNS", "in"): {"zh": "涉及它的问题", "en": "Problems that concern it"},
    ("INSPECTS", "in"): {"zh": "检查对象", "en": "Inspected"},
    ("ISSUED_BY", "in"): {"zh": "出具单位", "en": "Issued"},
}

#: The states of a measure.
STATUS: dict[str, dict[Lang, str]] = {
    "done": {"zh": "已完成", "en": "done"},
    "ongoing": {"zh": "推进中", "en": "ongoing"},
    "long-term": {"zh": "长期坚持", "en": "long-term"},
    "planned": {"zh": "计划中", "en": "planned"},
}
