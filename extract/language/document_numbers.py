"""Numbers of documents and standards: 国办发〔2021〕3号, 国务院令第493号, GB 50016-2014.

However its brackets are written a number is one: 国办发[2021]3号, 【2021】, （2021）. What stands before it
in the sentence (违反国办发…, 财政部财建…) is cut off, by words as data; a number of a contract, of a report
or of an order to one addressee is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.rules import Rules

_NUMBER = re.compile(
    r"(?:[〔﹝\[［【〖（](?P<year>(?:19|20)\d{2})年?[〕﹞\]］】〗）]|(?<=[发函规字])(?P<plain>(?:19|20)\d{2}))第?(?P<number>\d{1,4})号"
)
_ORDER = re.compile(r"令（?第?(?P<number>\d{1,4})号|第(?P<before>\d{1,4})号令")
_STANDARD = re.compile(
    r"(?<![A-Za-z])(?P<series>(?:GB|JGJ|CJJ|AQ|HJ|WS|SL|DL|JT|JTG|NB|TSG|GA|XF|YY|CECS|DB\d{2})(?:/[TZ])?)"
    r"[ ]?(?P<number>\d{2,6}(?:\.\d{1,3})?)(?:[-—](?P<year>(?:19|20)\d{2}|\d{2}))(?!\d)"
)
_RUN = re.compile(r"[一-龥]{1,20}$")
_FIRST = re.compile(r"(?:[见以及违依照同]|经(?![开信济])|对(?!外))(?=[一-龥]{3})|(?<=[号》）])[和及]")
#: The full name of an office before its abbreviation: 财政部|财建.
_OFFICE = re.compile(
    r".+(?:局|厅|部|院|署|委员会|办公室|政府|党委|公司|集团|改革委|健康委|国资委|纪委|[省市县区]委)(?![办发党组函字规令厅室联])(?=[一-龥]{2})"
)
_ISSUES_ORDERS = re.compile(r"(?:院|部|委|局|署|府|会|主席)$")
#: Numbers of what is no rule, by the noun before or after them or by their own last sign.
_NOUN_BEFORE = re.compile(
    r"(?:报告|处罚决定|决定书|通知书|意见书|告知书|建议书|协议|合同|证|判决|裁定)》?（?$"
)
_NOUN_AFTER = re.compile(
    r"）?《?[一-龥]{0,8}?(?:通知书|决定书|意见书|告知书|建议书|判决|裁定|报告|合同|协议|许可证|地块|宗地)"
)
_NO_RULE = re.compile(r"(?:报|罚|处罚|审通|审意|[民刑行]初|[民刑行]终|合同?|证)$")
#: The line that gives a report's own number.
_OWN = re.compile(r"(?:发文字号|文号|字号)：?$")

#: A number in a text: start, end, its canonical form.
Found = tuple[int, int, str]


def find_numbers(text: str, rules: Rules) -> Iterator[Found]:
    """The numbers in a text, by kind."""
    lead = rules["policy_names"]["lead"].only.pattern
    for m in _NUMBER.finditer(text):
        start, code = _office(text, m.start(), lead)
        if 2 <= len(code) <= 8 and not _NO_RULE.search(code) and not _is_no_rule(text, start, m.end()):
            yield start, m.end(), f"{code}〔{m['year'] or m['plain']}〕{int(m['number'])}号"
    for m in _ORDER.finditer(text):
        start, who = _office(text, m.start(), lead, cut=False)
        if 2 <= len(who) <= 12 and _ISSUES_ORDERS.search(who):
            yield start, m.end(), f"{who}令第{int(m['number'] or m['before'])}号"
    for m in _STANDARD.finditer(text):
        yield m.start(), m.end(), f"{m['series']} {m['number']}-{m['year']}"


def _office(text: str, end: int, leads: re.Pattern[str], *, cut: bool = True) -> tuple[int, str]:
    """Where the office before a number begins, and what it is called there."""
    run = _RUN.search(text, max(0, end - 20), end)
    if run is None:
        return end, ""
    start = run.start()
    for lead in leads.finditer(text, start, end):
        if not text.startswith("应急", lead.end() - 1):  # 应急管理部令第6号
            start = lead.end()
    if first := _FIRST.match(text, start, end):
        start = first.end()
    if cut and (office := _OFFICE.match(text, start, end)):
        start = office.end()
    return start, text[start:end]


def _is_no_rule(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 8) : start]
    return bool(_NOUN_BEFORE.search(before) or _NOUN_AFTER.match(text, end) or _OWN.search(before))
