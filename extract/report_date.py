"""The date of a report: when it was signed or issued, else what its title says.

Looked for in the lines of the source, since those that name a site's date are no part of the clean text. In
this order: the line below or behind the signature; a labelled date of issue (成文日期：…, …印发); a line of a
date only after the text; one of publication (发布时间：…); a date by itself below the title; a sentence of
the beginning that tells on which day the findings were fed back; the title. A date that the text only
mentions is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extract.language.dates import When, find_dates, iso
from extract.text.clean import fold

_RANKS = ("signed", "issued", "alone", "published", "head", "told")
#: A line of more characters is prose.
_LONGEST = 80
_HEAD_LINES = 12
#: In so many lines at the end a date counts even where no signer stands before it.
_LAST_LINES = 3
#: A line that ends with its date, or says what it is the date of.
_MAY_TELL = re.compile(r"[年月日\d０-９）)]\s*$|印发|日期|时间")
_MAY_HOLD = re.compile(r"19|20|１９|２０|[一二][〇○零九0O]")
#: Blanks go, but for the one between a date and the time of day: 2024 年 4 月 12 日, 2024-04-12 10:22.
_BLANKS = re.compile(r"\s+(?!\d{1,2}:\d\d)")
#: How the name of a signer ends.
_SIGNER = re.compile(
    r"(?:[局委办厅院会部处科组队站所府校社司团盟室署联厂店园镇乡]|党[委组]|中心|[大中小]学|银行|集团|[总党]支部?|街道)"
    r"(?:（[^）]{1,12}）)?$|（?(?:盖章|公章|签章|印章|签字|签名)）?：?$"
)
_STOPS = tuple("。！？：；）”》")
_PROSE = re.compile(r"[，。；：！？、]|^[（(]?[一二三四五六七八九十\d]{1,3}[）).]")
_LABEL = re.compile(r"^[^：]{2,8}：")
_ISSUED = re.compile(r"(?:成文|印发|签发|发文|落款|编制|制发|报告|填报|签署|出具|生成)(?:日期|时间)：?$")
_PUBLISHED = re.compile(r"(?:(?:发布|公布|公开|发稿|公示|刊发)(?:日期|时间)|^(?:日期|时间))：?$")
#: What may follow a date that stands by itself below the title.
_ASIDE = re.compile(
    r"(?:公告|公布|发布|印发)?）?$| ?\d{1,2}:\d\d|）?(?:来源|作者|浏览|阅读|点击|字号|编辑)"
    r"|在[^。]{4,60}(?:会议|[全大]会)上"
)
_PRINTED = re.compile(r"印发(?:）|（共|$)")
_OPENS = re.compile(r"（|—+")
_ISSUE = re.compile(r"\d{4}年第\d{1,4}[号期]")
_DAY = re.compile(r"(?<=[。，；])(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_LIKE_A_DATE = re.compile(r"\d{4}(?:年\d+月\d+日|([-./])\d+\1\d+)")
_FED_BACK = re.compile(r"，?[^。；]{0,60}?向[^。；]{1,40}(?:反馈|通报)")
#: The day of the feedback is looked for in so many characters at the beginning.
_BEGINNING = 400
_LOOKED = re.compile(r"(?:检查|督查|督导|审计|巡[视察]|调查)组?(?:对|深入|赴|到|进驻)|发生")


class ReportDate(NamedTuple):
    """`iso`: the date as far as it is known, the year at least; None where nothing tells it.

    `impossible`: lines that hold a date only, and one that no calendar has.
    """

    iso: str | None
    impossible: tuple[str, ...] = ()


def find_report_date(text: str, title: str) -> ReportDate:
    """`text` is the source, `title` the title of the report in it."""
    found: dict[str, str] = {}
    impossible = []
    for rank, when in _dates([line for line in text.splitlines() if line.strip()]):
        if rank == "impossible":
            impossible.append(when)
        elif len(when) > len(found.get(rank, "")):
            found[rank] = when  # 2024年第3号, and below it （2024年4月12日公告）
    said = next((found[rank] for rank in _RANKS if rank in found), None)
    return ReportDate(said or _of_title(title), tuple(impossible))


def _dates(lines: list[str]) -> Iterator[tuple[str, str]]:
    """(rank, date) of the lines that give one, in order."""
    head = True
    for i, raw in enumerate(lines):
        if head and (
            i == _HEAD_LINES or len(raw) > _LONGEST or "，" in (words := fold(raw)) or "。" in words
        ):
            head = False
            yield from (("told", when) for when in _told(_flat("".join(lines[i : i + 20]))[:_BEGINNING]))
        last = i >= len(lines) - _LAST_LINES
        if (len(raw) > _LONGEST and not last) or not _MAY_HOLD.search(raw):
            continue
        if not head and not _MAY_TELL.search(raw):
            continue
        line = _flat(raw[-_LONGEST:])
        dates = [when for when in find_dates(line, 0, len(line)) if when.since == when.until]
        for when in dates:
            before, after = line[: when.start], line[when.end :]
            if _ISSUED.search(before) or _PRINTED.match(after):
                yield "issued", when.since
            elif _PUBLISHED.search(before):
                yield "published", when.since
        if not dates or "\t" in raw.strip():
            if _LIKE_A_DATE.fullmatch(line):
                yield "impossible", line
            continue
        when = dates[-1]
        signable = len(when.since) > len("2024") and line[when.end :] in ("", "）")
        before = line[: when.start].removesuffix("（")
        if head and (_stands_alone(line, when) or (signable and _is_signer(before))):
            yield "head", when.since
        elif signable and not head:
            above = _flat(lines[i - 1])
            if _is_signer(before or above) and (not before or above[-1] in _STOPS or _is_signer(above)):
                yield "signed", when.since
            elif _PROSE.search(above) and above[-1] not in _STOPS:
                continue  # a sentence that goes on over its line
            elif (not before and 3 * i >= 2 * len(lines)) or (last and before[-1:] in _STOPS):
                yield "alone", when.since


def _flat(line: str) -> str:
    return _BLANKS.sub("", fold(line))


def _stands_alone(line: str, when: When) -> bool:
    if line[: when.start] and not _OPENS.fullmatch(line[: when.start]):
        return False
    known = len(when.since) > len("2024") and _ASIDE.match(line[when.end :])
    return bool(known or _ISSUE.match(line[when.start :]))


def _is_signer(words: str) -> bool:
    words = _LABEL.sub("", words)
    return len(words) <= _LONGEST // 2 and not _PROSE.search(words) and _SIGNER.search(words) is not None


def _told(words: str) -> Iterator[str]:
    """The day on which findings were fed back: of a sentence that begins so, or after a stated period."""
    known = list(find_dates(words, 0, len(words)))
    for when in known:
        if (
            words[when.start - 1 : when.start] in ("", "。")
            and len(when.iso) == len("2024-04-12")
            and _feeds_back(words, when.end)
        ):
            yield when.since
    for m in _DAY.finditer(words):  # 2024年3月4日至5月10日…开展了巡察，6月2日向…反馈
        before = [when.until for when in known if when.end <= m.start() and len(when.until) > len("2024")]
        if (
            before
            and _feeds_back(words, m.end())
            and (day := _after(before[-1], int(m["month"]), int(m["day"])))
        ):
            yield day


def _feeds_back(words: str, at: int) -> bool:
    said = _FED_BACK.match(words, at)
    return said is not None and not _LOOKED.search(said[0])


def _after(last: str, month: int, day: int) -> str | None:
    """The first such day after a date."""
    days = [iso(int(last[:4]) + later, month, day) for later in (0, 1)]
    return next((said for said in days if said and said >= last), None)


def _of_title(title: str) -> str | None:
    """The last date of a title; of a period, the year within which it lies."""
    words = _flat(title)
    said = [*find_dates(words, 0, len(words))]
    if not said:
        return None
    when = said[-1]
    if when.since == when.until:
        return when.since
    return when.since[:4] if when.since[:4] == when.until[:4] else None
