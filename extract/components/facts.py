"""Facts in evidence: amounts of money, counts, shares, dates and periods, as typed values with their places.

Own patterns find them; `cn2an` reads Chinese numerals on the span only: on a whole text it would count
四个意识. What stands inside the name of a policy is no fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from extract.draft import Fact, draft_of
from extract.ranges import Spans

_CN = "一二两三四五六七八九十百千零〇"
#: A number as written; scans give l and O for 1 and 0.
_NUMBER = rf"(?:[lI]?\d[\dlIO,]{{0,18}}(?:\.\d[\dO]{{0,8}})?|[{_CN}]{{1,14}})"
#: A quick no for what begins no number.
_BEGINS = rf"(?=[lI\d{_CN}])"
_NUMERAL = re.compile(rf"[\d{_CN}]")
_SCALE = {"": 1.0, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12}
_AMOUNT = re.compile(
    rf"{_BEGINS}(?<![第\d.])(?P<number>{_NUMBER})(?:余|多)?(?P<scale>万亿|[十百千]万|[千万亿])?(?:余|多)?元(?!旦|月|宵|素)"
)
_SHARE = re.compile(
    rf"{_BEGINS}(?:(?P<percent>(?<![\d.])[lI]?\d[\dlIO]{{0,8}}(?:\.\d{{1,8}})?)%(?!\d)|百分之(?P<hundredth>{_NUMBER})"
    rf"|(?P<of>[二三四五六七八九十]+)分之(?P<part>[一二三四五六七八九])"
    rf"|(?<![第{_CN}])(?P<tenth>[一二三四五六七八九\d])成(?=[，。；、以左多的]|$))"
)
_DAY = r"(?:19|2[0O])[\dO]{2}年(?:度|底|末|初)?(?:\d{1,2}月(?:\d{1,2}日)?)?"
_PERIOD = re.compile(rf"(?P<since>{_DAY})(?:至|到|—+|-)(?P<until>{_DAY})")
_DATE = re.compile(_DAY)
_DATE_PARTS = re.compile(r"(\d{4})年\D*(?:(\d{1,2})月)?(?:(\d{1,2})日)?")
_UNITS = (
    "个百分点|平方公里|平方米|立方米|个月|批次|人次|公里|小时|毫米|厘米|个|名|次|项|家|起|件|人|笔|份|处|辆|台|套|户|宗|批|亩"
    "|公顷|吨|天|倍|场|期|轮|所|具|只|头|间|栋|册|张|本|部|门|支|条|段|座|口|艘|架"
)
_COUNT = re.compile(
    rf"{_BEGINS}(?<![第\d.年月{_CN}])(?P<number>{_NUMBER})(?:余|多)?(?P<scale>[千万亿])?(?:余|多)?(?P<unit>{_UNITS})"
)
_ORDINARY = frozenset({"一", "零", "〇"})


@Language.component("suyin_facts")
def find_facts(doc: Doc) -> Doc:
    draft = draft_of(doc)
    names = Spans(
        (b.start, b.end) for b in draft.bonds if b.type == "REFERENCES" and b.start is not None and b.end
    )
    for node in [*draft.of("Evidence"), *draft.of("Effect")]:
        node.facts = list(facts_in(draft.text, node.start, node.end, names))
    for problem in draft.of("Problem"):
        if problem.headline:
            problem.facts = list(facts_in(draft.text, *problem.headline, names))
    return doc


def facts_in(text: str, start: int, end: int, names: Spans | None = None) -> Iterator[Fact]:
    """The facts of a range, in order; `names` are spans in which a number is part of a name."""
    words = text[start:end]
    if not _NUMERAL.search(words):
        return
    taken = Spans()
    found: list[Fact] = []
    for signs, pattern, read in _KINDS:
        if not any(map(words.__contains__, signs)):
            continue
        for m in pattern.finditer(text, start, end):
            if taken.meets(*m.span()) or (names and names.meets(*m.span())):
                continue
            if fact := read(m):
                found.append(fact)
                taken.add(*m.span())
    yield from sorted(found, key=lambda f: f.start)


@lru_cache(maxsize=4096)
def _number(words: str) -> float | None:
    digits = re.sub("[lI]", "1", words).replace("O", "0").replace(",", "")
    try:
        if digits[0].isdigit():
            return float(digits)
        import cn2an  # noqa: PLC0415 (only reports with Chinese numerals need it)

        return float(cn2an.cn2an(digits.replace("〇", "零"), "smart"))
    except (ValueError, KeyError):  # cn2an on what is no number: 十万百
        return None


def _amount(m: re.Match[str]) -> Fact | None:
    value = _number(m["number"])
    return (
        None
        if value is None
        else Fact("amount", round(value * _SCALE[m["scale"] or ""], 2), *m.span(), unit="CNY")
    )


def _share(m: re.Match[str]) -> Fact | None:
    if m["of"]:
        whole, part = _number(m["of"]), _number(m["part"])
        return Fact("share", round(part / whole, 4), *m.span()) if whole and part else None
    value = _number(m["percent"] or m["hundredth"] or m["tenth"])
    return None if value is None else Fact("share", round(value / (10 if m["tenth"] else 100), 6), *m.span())


def _count(m: re.Match[str]) -> Fact | None:
    if m["number"] in _ORDINARY:
        return None  # 一个, 一项: an article, no number
    value = _number(m["number"])
    return (
        None if value is None else Fact("count", value * _SCALE[m["scale"] or ""], *m.span(), unit=m["unit"])
    )


def _date(m: re.Match[str]) -> Fact | None:
    iso = _iso(m[0])
    return Fact("date", iso, *m.span()) if iso else None


def _period(m: re.Match[str]) -> Fact | None:
    since, until = _iso(m["since"]), _iso(m["until"])
    return Fact("period", f"{since}/{until}", *m.span()) if since and until else None


def _iso(words: str) -> str | None:
    """2022年3月 -> 2022-03; None where the month or the day cannot be."""
    m = _DATE_PARTS.match(words.replace("O", "0"))
    if not m:
        return None
    year, month, day = m[1], int(m[2] or 0), int(m[3] or 0)
    if month > 12 or day > 31:
        return None
    return "-".join([year, *([f"{month:02}"] if month else []), *([f"{day:02}"] if month and day else [])])


#: The kinds in the order in which they take a number, each with signs of which one is always there.
_KINDS = (
    (("年",), _PERIOD, _period),
    (("年",), _DATE, _date),
    (("元",), _AMOUNT, _amount),
    (("%", "成", "分之"), _SHARE, _share),
    (("",), _COUNT, _count),
)
