"""What a line opens with: a list marker (一、 （一） 1. ①), or the words of a heading (存在的主要问题)."""

from __future__ import annotations

import re

from extract.rules import Rules

#: Chinese numerals.
CN = "一二三四五六七八九十"
_VALUES = {c: i + 1 for i, c in enumerate(CN)}
MARKER = re.compile(
    rf"(?P<chapter>第[{CN}]{{1,3}}(?:章|部分|篇)[、，：]?)"
    rf"|(?P<cn>[{CN}]{{1,3}}[、.])"
    rf"|(?P<cn_bracket>（[{CN}]{{1,3}}）[、.]?)"
    r"|(?P<topic>(?:问题|隐患|案例|缺陷|现象|表现|情形)[一二三四五六七八九十\d]{1,3}[：、.]"
    rf"|(?:问题|隐患|现象|误区|乱象)[{CN}]{{1,2}}(?![是个类种条直些般经旦样并律把定出再度时级线体次项])"
    r"(?=[^，。；、]{4}))"
    r"|(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,3}[、.]?(?=[\u4e00-\u9fff“《])"
    r"(?![万亿千百元米倍个吨公亩平立度岁年月日天小分人次名家项件处台辆户套级折成以左余多至到和与]))"
    r"|(?P<number>\d{1,2}(?:[、）]|\.(?:(?!\d)|(?=\d{1,3}(?:个(?!百分|亿|月|小时)|项|家|名|户|所|座|处(?![分理置级罚]))[\u4e00-\u9fff]))))"
    r"|(?P<number_bracket>（\d{1,2}）[、.]?)"
    r"|(?P<circle>[①-⑳⑴-⒇])"
    rf"|(?P<shi>[{CN}]{{1,2}}(?:是|要|则)(?![否不]))"
    rf"|(?P<di>[第其][{CN}]{{1,2}}[，、：])"
    r"|(?P<dash>——|[●■◆▲★•◇□○▪►➢☆－])"
)
_LABEL_FIRST = re.compile(
    r"【?(?:存在|主要|产生|具体)?(?:问题|整改|落实|进展|处理|处置|原因|责任|建议|检查|办理|完成)"
    r"(?:情况|结果|措施|进展|成效|状态|分析|意见|单位|建议|时限|描述|要求)?[：】]"
)
#: Characters of a heading, without its marker.
LONGEST_HEADING = 26
#: A line that ends so is a sentence, no heading.
SENTENCE_END = re.compile(r"[。；，！？…]$")
#: They may stand around a heading.
BRACKETS = "【】〔〕[]"


def marker_kind(match: re.Match[str]) -> str:
    """The kind of list: 3.2. is one level above 3.2.1."""
    kind = str(match.lastgroup)
    if kind != "decimal":
        return kind
    return ("number", "number_bracket", "circle")[match[0].strip("、.").count(".") - 1]


def starts_with_marker(text: str) -> bool:
    """Does a line open a block of its own by its first characters: a number, or a label (整改情况：)?"""
    return bool(MARKER.match(text) or _LABEL_FIRST.match(text))


def is_heading(text: str, rules: Rules) -> bool:
    """A line that names a section (存在的主要问题) and stands alone."""
    if len(text) > 2 * LONGEST_HEADING:  # with whatever marker and brackets
        return False
    m = MARKER.match(text)
    bare = (text[m.end() :] if m else text).strip(BRACKETS)
    return (
        len(bare) <= LONGEST_HEADING
        and not SENTENCE_END.search(bare)
        and rules.headings.role(bare) is not None
    )


def marker_value(marker: str) -> int:
    """The number in a marker; 0 where it has none (——, ●)."""
    digits = re.search(r"\d+(?=[^\d]*$)", marker)
    if digits:
        return int(digits[0])
    if "①" <= marker[0] <= "⑳":
        return ord(marker[0]) - 0x2460 + 1
    if "⑴" <= marker[0] <= "⒇":
        return ord(marker[0]) - 0x2474 + 1
    cn = re.search(rf"[{CN}]+", marker)
    if not cn:
        return 0
    s = cn[0]
    if "十" in s:
        tens, _, ones = s.partition("十")
        return _VALUES.get(tens, 1) * 10 + _VALUES.get(ones, 0)
    return _VALUES[s[0]]
