"""Tables in any format, as text: a list of problems 问题清单 as an outline, others as tab-separated lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.readers.numbering import chinese

Rows = Sequence[Sequence[str]]

#: Column -> what its head may be called, brackets and spaces apart. The first column that fits is taken.
_HEADS = {
    "number": r"序号|编号|问题编号|问题序号|号|No\.?",
    "group": r"(?:问题|隐患)?(?:类别|类型|分类|大类|方面|领域|归类)|巡[视察]方面",
    "detail": r"(?:具体|问题|主要)?表现(?:形式)?|具体(?:问题|情况|事项|内容)|问题(?:描述|详情|具体描述|事实)"
    r"|情况说明|(?:主要)?事实|问题细项",
    "problem": r"(?:(?:存在|发现|反馈|主要|突出|整改|检查|查摆|巡[视察]|审计|督[察导查])的?)*(?:具体|主要)?"
    r"(?:问题|隐患|不足)(?:内容|名称|清单|事项|概述|摘要|情况)?|问题及隐患|反馈(?:意见|内容)|整改(?:任务|事项)",
    "cause": r"(?:问题)?(?:产生|存在|形成)?(?:的)?(?:主要)?(?:原因|成因|根源)(?:分析|剖析)?",
    "advice": r"(?:整改|处理|审计|监察|意见|对策)?(?:建议|意见)(?:建议)?|整改要求",
    "measure": r"(?:具体|主要)?(?:整改|工作|防范)?(?:措施|举措|办法)(?:及.{1,4})?",
    "done": r"(?:目前)?(?:整改|落实|完成|办理)(?:进展|落实|完成)?(?:情况|进展|结果|成效|进度)(?:说明)?"
    r"|取得成效",
    "status": r"(?:整改|完成|办理|当前)?状态|是否(?:完成|整改|整改到位|销号|办结)|销号情况",
    "whose": r"(?:被(?:检查|巡[视察]|审计|督[察导查])|受检|涉及|所属|存在)?(?:单位|部门|科室|企业)(?:名称)?",
    "unit": r"(?:责任|牵头|整改|主责|配合)(?:单位|部门|科室|企业)|责任主体",
}
_FIT = {column: re.compile(pattern) for column, pattern in _HEADS.items()}
#: How a cell is introduced in the text.
_SAID = {
    "cause": "主要原因：",
    "advice": "整改建议：",
    "measure": "整改措施：",
    "done": "整改情况：",
    "status": "整改状态：",
    "unit": "责任单位：",
}
#: A number that the cell has already: the list's own replaces it.
_NUMBER = re.compile(
    r"^\s*(?:[（(]\d{1,3}[)）]|\d{1,3}\s*[.、．](?!\d)|[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)\s*"
)
_END = "。！？；：…"


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns of a list of problems stand; `head`: the row that names them."""

    head: int
    at: dict[str, int]


def render_table(rows: Rows) -> str:
    """Lines of a table: an outline where it lists problems, else cells parted by tabs."""
    rows = [[cell.strip() for cell in row] for row in rows]
    columns = find_columns(rows)
    if columns is not None:
        return render_problems(rows, columns)
    width = max((sum(map(bool, row)) for row in rows), default=0)
    if width <= 1:  # a frame round some paragraphs
        return "\n".join(cell for row in rows for cell in row if cell)
    return "\n".join(
        "\t".join(cell.replace("\n", " ") for cell in row).rstrip("\t") for row in rows if any(row)
    )


def column_of(head: str) -> str | None:
    """Which column a head names: 存在问题 is a problem, 整改措施 a measure; None for others."""
    said = re.sub(r"[\s*＊]|[（(][^）)]*[）)]", "", head)
    return next((c for c, fit in _FIT.items() if said and fit.fullmatch(said)), None)


def find_columns(rows: Rows) -> _Columns | None:
    """The columns of a list of problems, from its head among the first ten rows; None where it is none."""
    for i, row in enumerate(rows[:10]):
        at: dict[str, int] = {}
        for j, cell in enumerate(row):
            said = re.sub(r"[\s*＊]|[（(][^）)]*[）)]", "", cell)
            column = next((c for c, fit in _FIT.items() if c not in at and fit.fullmatch(said)), None)
            if said and column:
                at[column] = j
        if "detail" in at and "problem" not in at:
            at["problem"] = at.pop("detail")
        if "problem" in at and len(at) >= 2 and any(map(any, rows[i + 1 :])):
            return _Columns(i, at)
    return None


def render_problems(rows: Rows, columns: _Columns) -> str:
    """A list of problems as an outline: （一） for groups, 1. for problems, 整改措施：… below each."""
    title = [cell for row in rows[: columns.head] for cell in dict.fromkeys(row) if cell]
    lines, group, number, groups = [*title, "存在的主要问题："], "", 0, 0
    at = columns.at["problem"]
    # 3.3名党员 would be a figure
    figures = any(
        _NUMBER.sub("", row[at])[:1].isdecimal() for row in rows[columns.head + 1 :] if len(row) > at
    )
    for row in rows[columns.head + 1 :]:
        cell = {c: row[j] if j < len(row) else "" for c, j in columns.at.items()}
        alone = [value for value in dict.fromkeys(row) if value]
        if len(alone) == 1 and (row.count(alone[0]) > 1 or not cell.get("problem")):
            cell = {"group": alone[0]}  # a row across the table
        if cell.get("group") and cell["group"] != group:
            group = cell["group"]
            groups += 1
            lines.append(f"（{chinese(groups)}）{_one_line(_NUMBER.sub('', group))}")
        problem, detail = cell.get("problem", ""), cell.get("detail", "")
        if problem:
            number += 1
            whose = f"{_one_line(cell['whose'])}：" if cell.get("whose") else ""
            said = f"{whose}{_sentence(_NUMBER.sub('', problem))}{_one_line(detail)}"
            lines.append(f"（{number}）{said}" if figures else f"{number}.{said}")
        elif detail:  # a merged cell: more on the problem above
            lines.append(_one_line(detail))
        lines += [f"{said}{_one_line(cell[column])}" for column, said in _SAID.items() if cell.get(column)]
    return "\n".join(lines)


def _one_line(text: str) -> str:
    return re.sub(r"\s*\n\s*", "", text)


def _sentence(text: str) -> str:
    text = _one_line(text)
    return text if text.endswith(tuple(_END)) else f"{text}。"
