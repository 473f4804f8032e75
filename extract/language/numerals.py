"""Numbers as reports write them: 1,286.4 · 3亿5000万 · 三百二十五万六千 · 壹佰贰拾万 · 三点五.

A run of signs is read as a whole or not at all: of 1万2千 the 2千 alone would be a wrong number, and 三五
(three or five) and 三百五 (350 or 305) are none.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

_NAMES = ("零〇○", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {sign: value for value, signs in enumerate(_NAMES) for sign in signs}
_ZERO = _NAMES[0]
_STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_DIGIT = "".join(_DIGITS)
#: The signs of Chinese numbers, for a set of characters in a pattern.
SIGNS = "".join((*_DIGITS, *_STEPS, *_GROUPS))
#: Figures; scans give l and I for 1, O for 0.
FIGURES = r"(?>[lI]?\d[\dlIO]{0,18}(?:,\d{3})*(?:\.[\dO]{1,8})?)"
#: A whole run of signs that may be a number; no sign stands before it that would belong to it.
_POINT = f"(?<=[{_DIGIT}])点(?=[{_DIGIT}])"
RUN = rf"(?<![第\d.,{SIGNS}])(?<!\d，)(?!(?<=[数几])[十拾])(?:{FIGURES}|[{SIGNS}]|{_POINT}){{1,24}}+"
#: What joins the two ends of a range: 3至5, 10—20.
TO = "(?:[-—~～－]|至|到)"
MINUS = ("-", "－", "−")
#: 十七、八万: seven or eight; the second alone would be wrong.
_EITHER = re.compile("[一二两三四五六七八九]、$")
_PART = re.compile(rf"{FIGURES}|[{_DIGIT}]点[{_DIGIT}]+|.")


@lru_cache(maxsize=4096)
def number(words: str) -> float | None:
    """The value of a run that `RUN` finds; None where it is no number, or more than one."""
    done = open_ = 0.0  # what 万 and 亿 have closed, what is open for the next of them
    group, step = math.inf, math.inf  # the last of 万, 亿; the last of 十, 百, 千 since then
    last: float | None = None  # a digit or figures that no unit follows yet
    exact = True  # no decimals so far
    zero = False
    for part in _PART.findall(words):
        if part in _STEPS:
            unit = _STEPS[part]
            if unit >= step or (last is None and unit != 10):
                return None
            open_, last, step, zero = open_ + (1 if last is None else last) * unit, None, unit, False
        elif part in _GROUPS:
            unit, value = _GROUPS[part], open_ + (last or 0)
            if done and unit == 10**8 and group == 10**4:  # 3万5000亿, 1.5万亿
                done = (done + value) * unit
            elif not value or unit >= group or value * unit >= group:
                return None
            else:
                done += value * unit
            open_, last, group, step, zero = 0.0, None, unit, math.inf, False
        elif last is not None or not exact or (said := _plain(part)) is None:
            return None
        elif part in _ZERO:
            zero = True
        else:
            last, exact = said, "." not in part and "点" not in part
    least = min(step, group) / 10  # of what follows the last unit: 1万2 and 三百五 say less, but not how much
    if last is not None and not zero and 1 < least < math.inf and not least <= last < 10 * least:
        return None
    return None if last is None and not done and not open_ and not zero else done + open_ + (last or 0)


def either(before: str, words: str) -> bool:
    """Is a number the second of two neighbours, as in 七、|八万?"""
    first = _DIGITS.get(before[-2:-1])
    return first is not None and _EITHER.search(before) is not None and _DIGITS.get(words[:1]) == first + 1


def _plain(part: str) -> float | None:
    """One digit, figures, or 三点五."""
    if part in _DIGITS:
        return float(_DIGITS[part])
    if "点" in part and len(part) > 2:
        return float("".join("." if sign == "点" else str(_DIGITS[sign]) for sign in part))
    try:
        return float(re.sub("[lI]", "1", part).replace("O", "0").replace(",", ""))
    except ValueError:
        return None
