"""Amounts of money in yuan, as written: 3亿5000万元, 壹佰贰拾万元整, ¥1,234.50, 3元5角.

A value is what the words say: 近3亿元 and 12.5万余元 count as 3亿 and 12.5万. Where one number would be wrong
there is none: ranges (3至5万元), vague ones (数百万元, 上千万元), limits (5万元以下, 不超过5万元), rates and
prices (每人500元, 3元/平方米), other currencies, and what stands with a minus.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.language.numerals import FIGURES, MINUS, RUN, SIGNS, TO, either, number

_MORE = "[余多]"
#: After a number: 9400余万, 三百多万, 12.5万余.
SCALED = rf"(?:{_MORE}(?P<scale>[十百千万亿]{{1,2}}))?{_MORE}?"
_NAMED = r"[旦月宵素件器老首勋凶气化论制购]|结构|体系|里|桥|村|路|材料|治理|格局|主体|评价|复合|模式"
_AMOUNT = re.compile(
    rf"(?:(?P<sign>[¥￥]|RMB|CNY|人民币)[：:]?)?(?P<number>{RUN}){SCALED}"
    rf"(?:(?P<yuan>[元圆])(?!{_NAMED})零?(?:(?P<jiao>[\d{SIGNS}])角)?零?(?:(?P<fen>[\d{SIGNS}])分)?整?|(?(sign)(?!{SIGNS}|[\d%])|(?!)))"
)
#: Is a range open before a number, and does one go on after it?
_FROM = re.compile(rf"[\d{SIGNS}][元圆]?{TO}(?:人民币)?$")
_ON = re.compile(rf"{TO}(?:人民币)?(?:{FIGURES}|[{SIGNS}数几])+{_MORE}?[十百千万亿]?{_MORE}?[元圆]")
#: What stands before an amount that is one of many, or a price: 每人发放500元, 人均300元.
_EACH = re.compile(
    r"(?:每[^，。；：、\d“”（）]{1,8}|(?:[人户亩日月年次村校]均|平均|单价|均价)[^，。；：\d]{0,5})(?:为|约|达)?$"
)
_FOREIGN = re.compile(r"(?:美金|美元|港币|港元|欧元|日元|英镑|台币|澳元|USD|HKD|EUR|JPY|[$€£])[：:]?$")
_AFTER = re.compile(r"[/／每]|以[下内]|（?(?:美元|美金|港币|港元|台币|欧元|日元|澳元)")
#: A limit is no amount: 单笔不超过5万元.
_LIMIT = re.compile(r"(?:不(?:得)?(?:超过|高于)|低于|小于|上限为?|封顶)$")


def find_amounts(text: str, start: int, end: int) -> Iterator[tuple[float, int, int]]:
    """(yuan, start, end) of the amounts in a range of a text, in order."""
    for m in _AMOUNT.finditer(text, start, end):
        value = number(m["number"] + (m["scale"] or ""))
        before = text[max(start, m.start() - 16) : m.start()]
        if (
            value is None
            or before.endswith(MINUS)
            or _FROM.search(before)
            or either(before, m["number"])
            or _EACH.search(before)
            or _FOREIGN.search(before)
            or _LIMIT.search(before)
            or _AFTER.match(text, m.end(), end)
            or _ON.match(text, m.end(), end)
        ):
            continue
        small = sum((number(m[part]) or 0) / by for part, by in (("jiao", 10), ("fen", 100)) if m[part])
        yield round(value + small, 2), m.start(), m.end()
