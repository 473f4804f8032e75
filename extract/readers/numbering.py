"""Automatic numbers of Word: the list labels that stand in no text, counted as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_COUNTED = frozenset({
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "koreanCounting", "koreanDigital2",
})  # fmt: skip
_DIGIT_BY_DIGIT = frozenset({"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"})
_LEGAL = frozenset({"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"})
_CAPITALS = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
#: Signs for 1, 2, …: beyond the last of them Word goes on in plain figures.
_SIGNS = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟"
    "㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
_SIGNS["decimalEnclosedCircleChinese"] = _SIGNS["decimalEnclosedCircle"]


def chinese(n: int) -> str:
    """A number below ten thousand in Chinese: 二十一, 一百零三."""
    if not 0 < n < 10_000:
        return str(n)
    said, skipped = "", False
    for place, digit in zip(range(len(str(n)) - 1, -1, -1), str(n), strict=True):
        if digit == "0":
            skipped = True
            continue
        said += "零" * (skipped and bool(said)) + _DIGITS[int(digit)] + _UNITS[place]
        skipped = False
    return said.removeprefix("一") if said.startswith("一十") else said


def format_number(n: int, style: str) -> str:
    """`n` in a number format of WordprocessingML; decimal where the format is another."""
    if style in _COUNTED:
        return chinese(n)
    if style in _DIGIT_BY_DIGIT:
        return "".join(_DIGITS[int(digit)] for digit in str(n))
    if style in _LEGAL:
        return chinese(n).translate(_CAPITALS)
    if style in _SIGNS and 1 <= n <= len(_SIGNS[style]):
        return _SIGNS[style][n - 1]
    if style in ("upperLetter", "lowerLetter") and n > 0:
        letter = chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1)
        return letter.upper() if style == "upperLetter" else letter
    if style in ("upperRoman", "lowerRoman") and 0 < n < 4000:
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (n // value)
            n %= value
        return roman.upper() if style == "upperRoman" else roman
    if style == "decimalZero":
        return f"{n:02}"
    if style == "numberInDash":
        return f"- {n} -"
    return {"none": "", "bullet": ""}.get(style, str(n))


@dataclass(slots=True)
class _Level:
    style: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None  # the level (from 1) after which it starts anew; 0: never
    legal: bool = False
    paragraph_style: str | None = None


@dataclass(slots=True)
class Numbering:
    """The lists of a document and where each stands. `label` counts: call it once a paragraph, in order."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # by list (numId)
    shared: dict[str, str] = field(
        default_factory=dict
    )  # numId -> the definition whose count it goes on with
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)
    overrides: dict[tuple[str, int], int] = field(default_factory=dict)

    def label(self, num_id: str, level: int) -> str:
        """The label of the next paragraph at this level (from 0) of this list; "" where it has none."""
        levels = self.levels.get(num_id)
        if levels is None or level not in levels:
            return ""
        counts = self.counts.setdefault(self.shared[num_id], {})
        first = (num_id, level) not in self.begun
        self.begun.add((num_id, level))
        if first and (num_id, level) in self.overrides:
            counts[level] = self.overrides[num_id, level]
        else:
            counts[level] = counts[level] + 1 if level in counts else levels[level].start
        for deeper in [d for d in counts if d > level]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart and level < restart):
                del counts[deeper]
        here = levels[level]

        def number(match: re.Match[str]) -> str:
            i = int(match[1]) - 1
            at = levels.get(i, _Level())
            return format_number(counts.get(i, at.start), "decimal" if here.legal else at.style)

        return "" if here.style == "bullet" else re.sub(r"%(\d)", number, here.text)

    def level_of_style(self, num_id: str, style: str) -> int | None:
        return next((i for i, lv in self.levels.get(num_id, {}).items() if lv.paragraph_style == style), None)


def read_numbering(root: Element | None) -> Numbering:
    """The lists that numbering.xml defines; none where there is no such part."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstracts = {a.get(f"{W}abstractNumId"): a for a in root.iter(f"{W}abstractNum")}
    by_style = {
        _value(a, "styleLink"): i for i, a in abstracts.items() if a.find(f"{W}styleLink") is not None
    }
    for num in root.iter(f"{W}num"):
        num_id, ident = num.get(f"{W}numId"), _value(num, "abstractNumId")
        if linked := _value(abstracts.get(ident), "numStyleLink"):
            ident = by_style.get(linked, ident)
        if ident is None or ident not in abstracts:
            continue
        numbering.shared[num_id] = ident
        numbering.levels[num_id] = dict(_levels(abstracts[ident]))
        for override in num.iter(f"{W}lvlOverride"):
            level = _number(override.get(f"{W}ilvl"), 0)
            numbering.levels[num_id] |= dict(_levels(override))
            if (start := override.find(f"{W}startOverride")) is not None:
                numbering.overrides[num_id, level] = _number(start.get(f"{W}val"), 1)
    return numbering


def _levels(holder: Element) -> Iterator[tuple[int, _Level]]:
    for lvl in holder.iterfind(f"{W}lvl"):
        restart = _value(lvl, "lvlRestart")
        yield (
            _number(lvl.get(f"{W}ilvl"), 0),
            _Level(
                _value(lvl, "numFmt") or "decimal",
                _value(lvl, "lvlText") or "",
                _number(_value(lvl, "start"), 0),
                _number(restart, 0) if restart is not None else None,
                lvl.find(f"{W}isLgl") is not None,
                _value(lvl, "pStyle"),
            ),
        )


def _value(holder: Any, tag: str) -> str | None:
    found = holder.find(f"{W}{tag}") if holder is not None else None
    return found.get(f"{W}val") if found is not None else None


def _number(said: str | None, default: int) -> int:
    return int(said) if said and re.fullmatch(r"\d{1,6}", said) else default
