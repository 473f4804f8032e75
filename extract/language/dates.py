"""Dates and periods, as ISO 8601 of the precision that the words have: YYYY, YYYY-MM or YYYY-MM-DD.

A period is since/until (2023-01/2023-06), with .. for an end that the words leave open (2019年以来: 2019/..).
What no calendar has (2月30日, 13月) and what names no year (去年, 同年6月, 24年) gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from extract.language.numerals import TO, number

_CN = "〇○零一二三四五六七八九"
_YEAR = rf"(?:(?:19|2[0O])[\dO]{{2}}|一九[{_CN}]{{2}}|二[〇○零O0][{_CN}O0]{{2}})"
_NUMBER = r"(?:\d[\dO]?(?![\dO])|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_TO = rf"(?:起?{TO}{{1,2}}|起至)"
_MONTH_DAY = rf"(?P<month>{_NUMBER})月份?(?:(?P<day>{_NUMBER})[日号])?"
_PART = rf"[上下]半年|第?[一二三四1-4]季度|前[二三23]季度|[一1]{TO}[二三四2-4]季度|前{_NUMBER}个月"
#: Where a date may begin: what is no year is looked at no further.
_BEGINS = re.compile(
    rf"(?<![\d{_CN}])(?:{_YEAR}(?=[年、和及./至到\-—~～－])|(?:[六七八九]|十[一二三四五六]?)五[”\"]?[期时])"
)
_ABOUT = "(?:[底末]|初(?![步审级始])|[上中下]旬)?"
_POINT = re.compile(rf"(?P<year>{_YEAR})年度?(?:{_MONTH_DAY}|(?P<part>{_PART}))?{_ABOUT}")
_LATER = re.compile(
    rf"(?P<next>[次翌当同]年)?{_MONTH_DAY}{_ABOUT}|(?P<last>{_NUMBER})[日号]|(?P<part>[上下]半年|第?[一二三四1-4]季度)"
)
_UNTIL = re.compile(_TO)
_OPEN = re.compile("以来|[至迄]今")
_YEARS = re.compile(rf"(?P<since>{_YEAR}){_TO}(?P<until>{_YEAR})年度?")
_LIST = re.compile(rf"{_YEAR}(?:[、和及]{_YEAR}){{1,9}}[两二三四五]?年")
_MONTHS = re.compile(rf"(?P<year>{_YEAR})年(?P<since>{_NUMBER}){_TO}(?P<until>{_NUMBER})月份?")
_DAYS = re.compile(
    rf"(?P<year>{_YEAR})年(?P<month>{_NUMBER})月(?P<since>{_NUMBER}){_TO}(?P<until>{_NUMBER})[日号]"
)
_DOTTED = re.compile(
    r"(?<!\.)(?P<year>(?:19|20)\d\d)(?P<sign>[-./])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?!\d|(?P=sign)\d{1,2}(?!\d))"
)
_PLAN = re.compile(r"(?P<plan>[六七八九]|十[一二三四五六]?)五[”\"]?(?:期间|时期)")
_DIGITS = str.maketrans(_CN + "O", "000123456789" + "0")


class When(NamedTuple):
    """A date (`since` = `until`) or a period, with its place in the text."""

    since: str
    until: str
    start: int
    end: int

    @property
    def iso(self) -> str:
        return self.since if self.since == self.until else f"{self.since}/{self.until}"


def iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The date as far as it is known; None where no calendar has it."""
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return "-".join([f"{year:04}", *(f"{n:02}" for n in (month, day) if n is not None)])


def find_dates(text: str, start: int, end: int) -> Iterator[When]:
    """The dates and periods in a range of a text, in order."""
    at = start
    while m := _BEGINS.search(text, at, end):
        found: list[When] = []
        for pattern, read in _FORMS:
            if form := pattern.match(text, m.start(), end):
                found, at = read(form, text, end)
                break
        else:
            at = m.end()
        yield from found


#: What a form gives, and where the text goes on after it.
Read = tuple[list[When], int]


def _span(since: str | None, until: str | None, start: int, end: int) -> Read:
    """A period, where both ends are dates and come in their order."""
    good = since and until and (until == ".." or since <= until + "~")
    return ([When(since or "", until or "", start, end)] if good else []), end


def _read(words: str | None) -> int | None:
    if words is None:
        return None
    value = number(words)
    return None if value is None else int(value)


def _year(words: str) -> int:
    return int(words.translate(_DIGITS))


def _point(m: re.Match[str]) -> tuple[str | None, str | None]:
    """The first and the last of what one form says: 2023年上半年 is 2023-01 to 2023-06."""
    year = _year(m["year"])
    if m["part"]:
        first, last = _part(m["part"])
        return iso(year, first), iso(year, last)
    said = iso(year, _read(m["month"]), _read(m["day"]))
    return said, said


def _part(words: str) -> tuple[int, int]:
    """The first and the last month of 上半年, 第三季度, 前三季度, 一至三季度, 前5个月."""
    if words[1:] == "半年":
        return (1, 6) if words[0] == "上" else (7, 12)
    last = _read(re.sub(rf"^(?:第|前|[一1]{TO})|季度|个月", "", words)) or 0
    if words.endswith("个月"):
        return 1, last
    return (1 if words[0] == "前" or re.search(TO, words) else 3 * last - 2), 3 * last


def _date(m: re.Match[str], text: str, end: int) -> Read:
    """One date, or the range that it opens: 2022年3月15日 至 20日, 至 次年1月, 至 2023年底, 至今."""
    since, until = _point(m)
    if still := _OPEN.match(text, m.end(), end):
        return _span(since, "..", m.start(), still.end())
    if to := _UNTIL.match(text, m.end(), end):
        if other := _POINT.match(text, to.end(), end):
            return _span(since, _point(other)[1], m.start(), other.end())
        later = _LATER.match(text, to.end(), end)
        if later and (later["part"] or later["month"] or m["day"]):
            year, month = _year(m["year"]), _read(later["month"])
            if later["part"]:
                month = _part(later["part"])[1]
            elif later["next"] and later["next"][0] in "次翌":
                year += 1
            until = iso(year, month or _read(m["month"]), _read(later["day"] or later["last"]))
            return _span(since, until, m.start(), later.end())
    return _span(since, until, m.start(), m.end())


def _dotted(m: re.Match[str], text: str, end: int) -> Read:
    since = _dotted_iso(m)
    if (to := _UNTIL.match(text, m.end(), end)) and (other := _DOTTED.match(text, to.end(), end)):
        return _span(since, _dotted_iso(other), m.start(), other.end())
    return _span(since, since, *m.span())


def _dotted_iso(m: re.Match[str]) -> str | None:
    return iso(int(m["year"]), int(m["month"]), int(m["day"]))


def _years(m: re.Match[str], text: str, end: int) -> Read:
    return _span(iso(_year(m["since"])), iso(_year(m["until"])), *m.span())


def _list(m: re.Match[str], text: str, end: int) -> Read:
    years = re.finditer(_YEAR, m[0])
    return [
        When(said, said, m.start() + y.start(), m.start() + y.end())
        for y in years
        if (said := iso(_year(y[0])))
    ], m.end()


def _months(m: re.Match[str], text: str, end: int) -> Read:
    year = _year(m["year"])
    return _span(iso(year, _read(m["since"])), iso(year, _read(m["until"])), *m.span())


def _days(m: re.Match[str], text: str, end: int) -> Read:
    year, month = _year(m["year"]), _read(m["month"])
    return _span(iso(year, month, _read(m["since"])), iso(year, month, _read(m["until"])), *m.span())


def _plan(m: re.Match[str], text: str, end: int) -> Read:
    """The five years of a plan: the thirteenth went from 2016 to 2020."""
    last = 1955 + 5 * (_read(m["plan"]) or 0)
    return _span(iso(last - 4), iso(last), *m.span())


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str, int], Read]], ...] = (
    (_YEARS, _years),
    (_LIST, _list),
    (_MONTHS, _months),
    (_DAYS, _days),
    (_POINT, _date),
    (_DOTTED, _dotted),
    (_PLAN, _plan),
)
