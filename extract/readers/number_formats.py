"""How a spreadsheet shows a number: 0.356 in a cell may read 35.6%, 3.2 may read 3.2万元."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

#: Formats that Excel knows by number; the Chinese dates are those of its Chinese editions.
_PERCENT = frozenset((9, 10))
_MONTH = frozenset((17, 27, 36, 50, 52, 57))
_DAY = frozenset((28, 29, 30, 31, 51, 53, 54, 58))
_EPOCH = datetime.datetime(1899, 12, 30)
#: Serial numbers of days that a report may speak of: 1954 to 2119.
_FIRST_DAY, _LAST_DAY = 20_000, 80_000
_WORDS = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]')
_MONEY = ("¥", "￥", "RMB", "CNY")
_DIGITS = re.compile(r"[#0?][#0?,.]*")


@dataclass(frozen=True, slots=True)
class Look:
    """`kind`: percent, month, day or number; the words stand before and after the digits."""

    kind: str
    before: str = ""
    after: str = ""


def look_of(ident: int, code: str = "") -> Look | None:
    """The look of a number format by its number and code; None where it is that of a plain number or date."""
    if ident in _PERCENT:
        return Look("percent")
    if ident in _MONTH:
        return Look("month")
    if ident in _DAY:
        return Look("day")
    code = code.split(";", maxsplit=1)[0]
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", code)
    if "%" in bare:
        return Look("percent")
    if re.search(r"[ymdhs]", bare, re.IGNORECASE):
        month = re.search("y", bare, re.IGNORECASE) and not re.search("[dhs]", bare, re.IGNORECASE)
        return Look("month") if month else None
    digits = _DIGITS.search(bare)
    if digits is None or "!" in code or digits[0].endswith(","):  # shown in thousands
        return None
    opened = _DIGITS.search(re.sub(r'"[^"]*"', lambda m: "x" * len(m[0]), code))
    if opened is None:
        return None
    before, after = (_words(code[: opened.start()]), _words(code[opened.end() :]))
    if before in _MONEY:
        before, after = "", after or "元"
    return Look("number", before, after) if before or after else None


def _words(code: str) -> str:
    words = "".join(next(filter(None, m.groups()), "") for m in _WORDS.finditer(code))
    bare = _WORDS.sub("", code)
    return words.strip() or ("¥" if re.search("[¥￥]", bare) else "")


def show(value: object, look: Look | None = None) -> str:
    """A value as its sheet shows it: 35.6%, 3.2万元, 2024年6月, 2024年6月1日."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        if look is not None and look.kind in ("month", "day") and _FIRST_DAY < value < _LAST_DAY:
            return show(day_of(value), look)
        if look is not None and look.kind == "percent":
            return f"{_plain(round(value * 100, 10))}%"
        return f"{look.before}{_plain(value)}{look.after}" if look is not None else _plain(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, datetime.datetime):
        return f"{show(value.date(), look)}{value:%H:%M}"
    if isinstance(value, datetime.date):
        day = "" if look is not None and look.kind == "month" else f"{value.day}日"
        return f"{value.year}年{value.month}月{day}"
    return str(value)


def day_of(serial: float) -> datetime.datetime:
    """The day of a serial number, as Excel counts from 1900."""
    return _EPOCH + datetime.timedelta(days=serial)


def could_be_day(value: object) -> bool:
    """A number that may be a day whose cell lost its format."""
    return isinstance(value, (int, float)) and _FIRST_DAY < value < _LAST_DAY and float(value).is_integer()


def _plain(value: float) -> str:
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else f"{value:.15g}"
