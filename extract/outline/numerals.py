"""The values of what counts list items: 21, 二十一, 一〇一, 壹, ㉑, iv."""

from __future__ import annotations

import re

#: Chinese numerals.
CN = "一二三四五六七八九十"
#: The capitals 壹 … are 一 … in contracts and Word's legal numbering.
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟〇两", "一二三四五六七八九十百千零二")
_VALUES = {c: i for i, c in enumerate("零一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}
#: A Chinese number: 二十一, 一百零一, 一〇一, 壹.
NUMBER = f"[{CN}壹贰叁肆伍陆柒捌玖拾][{CN}百千零〇壹贰叁肆伍陆柒捌玖拾佰仟]{{0,7}}"
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"


def marker_value(marker: str) -> int:
    """The number in a marker; 0 where it has none (——, ●)."""
    if digits := re.search(r"\d+(?=[^\d]*$)", marker):
        return int(digits[0])
    if marker[0] in _CIRCLES:
        return _CIRCLES.index(marker[0]) + 1
    cn = re.search(NUMBER, marker)
    return chinese_value(cn[0]) if cn else 0


def chinese_value(said: str) -> int:
    """The value of a Chinese number: 二十一, 一百零一; digit by digit where it has no 十 or 百: 一〇一."""
    said = said.translate(_CAPITALS)
    if not any(c in _UNITS for c in said):
        return int("".join(str(_VALUES[c]) for c in said))
    total = digit = 0
    for c in said:
        if c in _UNITS:
            total += (digit or 1) * _UNITS[c]
            digit = 0
        else:
            digit = _VALUES[c]
    return total + digit


def roman_value(said: str) -> int:
    """The value of a roman number of letters (iv) or one sign (Ⅳ)."""
    if not said.isascii():
        return (ord(said) - 0x2160) % 16 + 1
    values = ["ivx".index(c) for c in said.lower()]
    worth = [(1, 5, 10)[v] for v in values]
    return sum(-a if a < b else a for a, b in zip(worth, [*worth[1:], 0], strict=True))
