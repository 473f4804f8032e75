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
    "article": ("条款", "Article"),
    "status": ("整改状态", "Status"),
    "aliases": ("又称", "Also called"),
    "category": ("问题类别", "Category"),
    "type": ("原因类型", "Cause type"),
    "not_drawn": ("图中已略去", "left out of the picture"),
    "nothing": ("报告中没有与它相连的内容", "Nothing in the report is linked to it"),
    "hint": (
        "点击方框看原文 · 滚轮上下移动 · Ctrl+滚轮缩放 · 方向键逐个查看 · Esc 关闭",
        "Click a box for its source · wheel scrolls · Ctrl+wheel zooms · arrow keys walk · Esc closes",
    ),
    "counts": ("图中 {0} 个节点", "{0} nodes"),
    "cut": ("共 {0} 个节点，图中只画 {1} 个：先画问题，再画与其联系最确切的；已略去：{2}",
            "{0} nodes, {1} drawn: problems, then what is most surely tied to them; left out: {2}"),
    "and": ("、", ", "),
    "map": (
        "关系图：左为原因，中为问题，右为建议。用方向键移动，回车查看详情。",
        "Causes left, problems in the middle, recommendations right. Arrow keys move, Enter shows details.",
    ),
    "details": ("详情", "Details"),
    "legend": ("图例", "Legend"),
    "empty": ("这份报告没有读出问题", "No problem was read from this report"),
    "date": ("日期", "Date"),
}
#: By language and key.
WORDS: dict[Lang, dict[str, str]] = {"zh": {key: zh for key, (zh, _) in _WORDS.items()},
                                    "en": {key: en for key, (_, en) in _WORDS.items()}}

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
    "done": {"zh": "已完成", "en": "done"}, "ongoing": {"zh": "推进中", "en": "ongoing"},
    "long-term": {"zh": "长期坚持", "en": "long-term"},
}
