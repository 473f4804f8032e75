"""Facts in evidence: amounts of money, counts, shares, dates and periods, as typed values with their places.

What stands inside the name of a policy is no fact. Where one value would be wrong (3至5户, 数十家, 下降12%)
there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from extract.components.component import component
from extract.draft import Draft
from extract.language.amounts import SCALED, find_amounts
from extract.language.dates import find_dates
from extract.language.numerals import FIGURES, MINUS, RUN, SIGNS, TO, either, number
from extract.nodes import Fact, Node
from extract.ranges import Spans

_NUMERAL = re.compile(rf"[\d{SIGNS}半]")
_PERCENT = rf"(?<![\d.,/])(?P<percent>{FIGURES})(?P<sign>[%‰])(?!\d)"
_PARTS = rf"(?P<whole>[百千万])分之(?P<parts>{RUN})"
_FRACTION = r"(?P<of>[二两三四五六七八九十]+)分之(?P<part>[一二三四五六七八九])"
_TENTHS = (
    rf"(?<![第{SIGNS}分])(?P<tenths>[一二两三四五六七八九\d])成(?P<half>[一二三四五六七八九])?"
    r"(?:(?=[，。；、）以左多的]|$)|(?<=[近约超逾足到占达过有为].成)(?![立本员功果为分效就型])|(?<=成.)(?<=[近约超逾足到占达过有为].成.))"
)
_HALF = "(?<!另)(?P<half_of>一半|半数)"
_SHARE = re.compile("|".join((_PERCENT, _PARTS, _FRACTION, _TENTHS, _HALF)))
_WHOLES = {"百": 100, "千": 1000, "万": 10000, "%": 100, "‰": 1000}
#: A share of what was there before is none of the whole: 同比下降12%.
_CHANGE = re.compile(
    r"(?:增长|下降|上升|提高|增加|减少|降低|上涨|下跌|上浮|下浮|下滑|[增降涨跌]幅|增速|同比|环比)[了约近达率为超过逾幅度]{0,4}$"
)
_SHARE_FROM = re.compile(rf"[\d{SIGNS}%‰成]{TO}(?:[百千万]分之)?$")
_SHARE_ON = re.compile(rf"{TO}(?:[百千万]分之)?(?:{FIGURES}|[{SIGNS}])+[%‰成]?")
_UNITS = (
    "个百分点|平方公里|平方米|立方米|个月|批次|人次|公里|小时|毫米|厘米|个|名|次|项|家|起|件|人|笔|份|处|辆|台|套|户|宗|批|亩"
    "|公顷|吨|天|倍|场|期|轮|所|具|只|头|间|栋|册|张|本|部|门|支|条|段|座|口|艘|架"
)
#: 五花八门 and 三番五次 count nothing, and 二期工程 is the second.
_COUNT = re.compile(
    rf"(?<![年月])(?<!五花|三番|三天)(?!三天两头)(?P<number>{RUN}){SCALED}(?P<unit>{_UNITS})"
    r"(?!半|(?<=期)(?:工程|项目|建设|改造|扩建|地块|厂房|小区))"
)
_COUNT_FROM = re.compile(rf"[\d{SIGNS}](?:{_UNITS})?{TO}$")
_COUNT_ON = re.compile(rf"{TO}(?:{FIGURES}|[{SIGNS}])+[余多]?(?:{_UNITS})")
#: Units of which there may be a part.
_MEASURED = re.compile("个(?:百分点|月)?|平方公里|平方米|立方米|公里|小时|毫米|厘米|亩|公顷|吨|天|倍")
_ORDINARY = frozenset({"一", "零", "〇"})


@component("facts", "statements", "policies")
def find_facts(draft: Draft) -> Mapping[Node, Sequence[Fact]]:
    """Of evidence, effects, and problems in their headlines."""
    names = Spans(
        (b.start, b.end) for b in draft.bonds if b.type == "REFERENCES" and b.start is not None and b.end
    )
    ranges = {node: (node.start, node.end) for node in [*draft.of("Evidence"), *draft.of("Effect")]}
    ranges |= {problem: problem.headline for problem in draft.of("Problem") if problem.headline}
    return {node: tuple(facts_in(draft.text, *span, names)) for node, span in ranges.items()}


def facts_in(text: str, start: int, end: int, names: Spans | None = None) -> Iterator[Fact]:
    """The facts of a range, in order; `names` are spans in which a number is part of a name."""
    if not _NUMERAL.search(text, start, end):
        return
    words = text[start:end]
    taken = Spans()
    found: list[Fact] = []
    for signs, find in _KINDS:
        if not any(map(words.__contains__, signs)):
            continue
        for fact in find(text, start, end):
            if not taken.meets(fact.start, fact.end) and not (names and names.meets(fact.start, fact.end)):
                found.append(fact)
                taken.add(fact.start, fact.end)
    yield from sorted(found, key=lambda f: f.start)


def _times(text: str, start: int, end: int) -> Iterator[Fact]:
    for when in find_dates(text, start, end):
        yield Fact("period" if "/" in when.iso else "date", when.iso, when.start, when.end)


def _amounts(text: str, start: int, end: int) -> Iterator[Fact]:
    for yuan, s, e in find_amounts(text, start, end):
        yield Fact("amount", yuan, s, e, unit="CNY")


def _shares(text: str, start: int, end: int) -> Iterator[Fact]:
    for m in _SHARE.finditer(text, start, end):
        before = text[max(start, m.start() - 10) : m.start()]
        value = _share(m)
        if (
            value is not None
            and not before.endswith(MINUS)
            and not _CHANGE.search(before)
            and not _SHARE_FROM.search(before)
            and not _SHARE_ON.match(text, m.end(), end)
        ):
            yield Fact("share", round(value, 6), *m.span())


def _share(m: re.Match[str]) -> float | None:
    if m["of"]:
        whole, part = number(m["of"]), number(m["part"])
        return round(part / whole, 4) if whole and part else None
    if m["half_of"]:
        return 0.5
    if m["tenths"]:
        return (number(m["tenths"]) or 0) / 10 + ((number(m["half"]) or 0) / 100 if m["half"] else 0)
    parts = 100.0 if m["parts"] == "百" else number(m["percent"] or m["parts"])
    return None if parts is None else parts / _WHOLES[m["sign"] or m["whole"]]


def _counts(text: str, start: int, end: int) -> Iterator[Fact]:
    for m in _COUNT.finditer(text, start, end):
        if m["number"] in _ORDINARY:
            continue  # 一个, 一项: an article, no number
        value = number(m["number"] + (m["scale"] or ""))
        before = text[max(start, m.start() - 8) : m.start()]
        ranges = _COUNT_FROM.search(before) or _COUNT_ON.match(text, m.end(), end)
        if value is None or ranges or either(before, m["number"]):
            continue
        if value.is_integer() or _MEASURED.fullmatch(m["unit"]):  # 上午九点三名工人 are not 9.3
            yield Fact("count", value, *m.span(), unit=m["unit"])


#: The kinds in the order in which they take a number, each with signs of which one is always there.
_KINDS: tuple[tuple[tuple[str, ...], Callable[[str, int, int], Iterator[Fact]]], ...] = (
    (("年", "19", "20", "五"), _times),
    (("元", "圆", "¥", "￥", "RMB", "CNY", "人民币"), _amounts),
    (("%", "‰", "成", "分之", "半"), _shares),
    (("",), _counts),
)
