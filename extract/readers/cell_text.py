"""The words of a cell: numbered items, broken lines, figures with the unit of their head."""

from __future__ import annotations

import re

_CN = "一二三四五六七八九十"
#: 2.6台水泵 is the second item, on six pumps.
_COUNTED = "\\d{1,4}(?:个(?!百分)|[项家名户所座处台辆套件份笔张条次起宗栋间块本册])"
#: Numbers of lists, each style by itself; none is part of a figure (3.2万元, 第2.条) or of a date.
_STYLES = (
    re.compile(rf"(?<![\d.第〔（(/年月])(\d{{1,3}})(?:[、．)）]|\.(?!\d)|\.(?={_COUNTED}))\s*"),
    re.compile(r"[（(](\d{1,3})[)）]\s*[、.．]?"),
    re.compile(rf"(?<![{_CN}百千万第])([{_CN}]{{1,3}})、\s*"),
    re.compile(rf"[（(]([{_CN}]{{1,3}})[)）]\s*[、.．]?"),
    re.compile(rf"(?:^|(?<=[。；，：;:\n]))([{_CN}]{{1,2}})是(?![否不])"),
    re.compile(r"([①-⑳])\s*[、.．]?"),
    re.compile(r"([⑴-⒇])\s*"),
    re.compile(r"([⒈-⒛])\s*"),
    re.compile(r"([㈠-㈩])\s*"),
)
#: A number that the cell has already: the list's own replaces it.
_NUMBER = re.compile(
    rf"\s*(?:[（(]\d{{1,3}}[)）]|\d{{1,3}}(?:[、．)）]|\.(?!\d)|\.(?={_COUNTED}))|[（(][{_CN}]{{1,3}}[)）]|[{_CN}]{{1,3}}、|[①-⒛㈠-㈩])\s*"
)
_ENDS = "。！？；：…，、"
_OPENED = re.compile(
    r"\s*(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）、．.](?!\d)|[①-⒛㈠-㈩]|[—●■◆▲★•-])"
)
_FIGURE = re.compile(r"[-+−]?[￥¥]?\d[\d,，]*(?:\.\d+)?")
_MEASURED = re.compile(rf"{_FIGURE.pattern}\s*(?:[%％]|[百千万亿]*[\u4e00-\u9fff]{{1,3}})?")
_ABOUT = re.compile("^(?:共计|合计|约|共|计|近|超|逾|达)")
#: So short is a line that a cell too narrow for its words broke.
_NARROW, _WRAPPED = 4, 8
#: Characters of an item.
_SHORTEST = 2


def without_number(text: str) -> str:
    """The text of an item without its own number."""
    m = _NUMBER.match(text)
    return text[m.end() :] if m else text.strip()


def split_items(text: str) -> tuple[str, list[str]]:
    """(what stands before, the items) of a cell with a list numbered from 1, by lines or run on."""
    lists = filter(None, (_run(style, text) for style in _STYLES))
    run = min(lists, key=lambda run: run[0].start(), default=None)  # the outer list begins first
    if run is None:
        return text, []
    ends = [*(m.start() for m in run[1:]), len(text)]
    items = [text[m.end() : end].strip().rstrip("；;，,") for m, end in zip(run, ends, strict=True)]
    return text[: run[0].start()].strip(), items


def _run(style: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """The numbers 1, 2, … of one style, each before some words; none where there are not two."""
    run: list[re.Match[str]] = []
    for m in style.finditer(text):
        if _begins(text, m.start()) and _value(m[1]) == len(run) + 1:
            run.append(m)
    starts = [*(m.start() for m in run[1:]), len(text)]
    worded = all(end - m.end() >= _SHORTEST for m, end in zip(run, starts, strict=False))
    return (
        run
        if len(run) > 1 and worded and (not text[: run[0].start()].strip() or _leads(text, run[0]))
        else []
    )


def _begins(text: str, at: int) -> bool:
    """Items begin a line, or follow a word or a stop; a figure in a sentence follows 共, 约, 第 …"""
    return at == 0 or text[at - 1] not in "共约第达为至到-—~～和与及"


def _leads(text: str, first: re.Match[str]) -> bool:
    """A list within a cell follows a stop or a line break: 采购不规范：1.…"""
    return text[: first.start()].rstrip(" ")[-1:] in ("：", ":", "。", "；", ";", "\n", "，")


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    for first in "①⑴⒈㈠":
        if first <= number <= chr(ord(first) + 19):
            return ord(number) - ord(first) + 1
    tens, ten, ones = number.rpartition("十")
    if ten:
        return (_CN.find(tens) + 1 if tens else 1) * 10 + (_CN.find(ones) + 1 if ones else 0)
    return _CN.find(number) + 1 if len(number) == 1 else 0


def one_line(text: str) -> str:
    """The lines of a cell as one: a line break typed between statements becomes a semicolon, one made by
    a narrow column goes.
    """
    lines = [line for raw in text.split("\n") if (line := raw.strip())]
    if len(lines) < 2:
        return "".join(lines)
    wrapped = _is_wrapped(lines)
    said = lines[0]
    for line in lines[1:]:
        parted = said.endswith(tuple(_ENDS)) or line.startswith(tuple(_ENDS))
        said += line if parted or (wrapped and not _OPENED.match(line)) else f"；{line}"
    return said


def _is_wrapped(lines: list[str]) -> bool:
    full = [len(line) for line in lines[:-1]]
    if min(map(len, lines)) < _NARROW:
        return True
    return min(full) >= _WRAPPED and max(full) - min(full) <= 1 and len(lines[-1]) <= max(full)


def sentence(text: str) -> str:
    """In one line, with a stop."""
    text = one_line(text)
    return text if text.endswith(tuple("。！？；：…")) else f"{text}。"


def is_figure(text: str) -> bool:
    """Only a number, perhaps with a sign of money, thousands, per cent, or its unit."""
    return bool(_MEASURED.fullmatch(text.strip()))


def is_bare(text: str) -> bool:
    """A number without any unit."""
    return bool(_FIGURE.fullmatch(text.strip())) and text.strip()[0] not in "￥¥"


def with_unit(text: str, unit: str) -> str:
    """A bare figure with the unit that the head of its column names: 3.2 below 涉及金额（万元）."""
    return f"{text}{unit}" if unit and _FIGURE.fullmatch(_ABOUT.sub("", text.strip())) else text
