"""Labels of fields that only a blank parts from what they say: 反馈问题  污水管网建设滞后。"""

from __future__ import annotations

import re

_LABELS = (
    r"(?:反馈|存在|主要|具体|发现)?(?:的)?(?:问题|隐患)(?:描述)?|(?:整改|防范)(?:目标|措施|情况|进展|结果|状态|要求|建议)"
    r"|(?:目前|当前)?(?:完成|落实|进展)情况|目前进展|(?:完成|整改|办结)(?:时限|期限|时间)|销号(?:状态|情况)|(?:责任|牵头|督导|配合|督办|验收)(?:单位|部门|人)"
    r"|被?(?:检查|督查|审计|巡察|抽查)(?:单位|机关|对象|日期|时间|人)|(?:任务|问题|案件)?(?:编号|序号)"
    r"|(?:整改|工作|督办)?建议|(?:问题)?(?:原因|成因)(?:分析)?|处理(?:意见|结果)"
)
_FIELD = re.compile(
    rf"^[ \u3000]*(?P<label>{_LABELS})(?P<blank>[ \u3000\t])[ \u3000\t]*"
    r"(?=[\u4e00-\u9fff（“《\d])(?![^\n]*\t)",
    re.MULTILINE,
)


def write_colons(text: str) -> str:
    """With a colon for the blank after the label of a field, where a text has several; the length stays."""
    found = list(_FIELD.finditer(text))
    if len(found) < 2:
        return text
    pieces: list[str] = []
    done = 0
    for m in found:
        pieces += (text[done : m.start("blank")], "：")
        done = m.end("blank")
    return "".join([*pieces, text[done:]])
