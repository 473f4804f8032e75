"""What a report is called and which kind it is: a trained head judges, with the patterns of the rules."""

from __future__ import annotations

import re
from collections.abc import Callable

from extract.heads import Features, Grams, Heads, load_heads
from extract.rules import Rules
from extract.text.clean import CleanText

#: The title is one of so many lines at the top.
TITLE_LINES = 8
#: What stands above a table and is no title.
_UNIT_OF_TABLE = re.compile(r"（?(?:金额)?(?:计量)?单位：")
#: So much of the lines up to the title's end, and of the text after it, says the kind, in characters.
_READ_TITLE, _READ_TEXT = 120, 600
#: How much a pair of characters of that text counts; those of the title count 1.
_GRAMS_TEXT = 0.3

#: From this likelihood on the head is sure.
_SURE = 0.8

#: (text, where its title stands, rules) -> the code of the kind
JudgeKind = Callable[[str, tuple[int, int] | None, Rules], str]


def find_title(clean: CleanText, rules: Rules) -> tuple[int, int] | None:
    """The line at the top that names the report: the last before the text begins that ends like a title."""
    text, at, first = clean.text, 0, None
    for line in text.split("\n")[:TITLE_LINES]:
        span = (at, at + len(line))
        at += len(line) + 1
        if span[0] in clean.cells or _UNIT_OF_TABLE.match(line):
            continue
        if not line or len(line) > 80 or line.endswith(("。", "：", "；")):
            if first is not None or len(line) > 80:
                break
            continue
        if is_title(line, rules):
            return span
        first = first or span
    return first


def is_title(line: str, rules: Rules) -> bool:
    """Does a line end like the title of a report?"""
    return rules["reports"]["title"].any(line)


def find_kind(text: str, title: tuple[int, int] | None, rules: Rules, heads: Heads | None = None) -> str:
    """The code of the likeliest kind; `heads`: others than Suyin's own.

    What the title names holds unless the head is sure of another kind.
    """
    told = _told(text, title, rules)
    head, features, named = (heads or load_heads()).kinds, _features(text, title, told), told[0]
    likeliest = head.choose(features)
    return likeliest if named is None or head.likelihood(likeliest, features) >= _SURE else named


def kind_by_rules(text: str, title: tuple[int, int] | None, rules: Rules) -> str:
    """The code of the kind that the title names, else that of which the beginning tells."""
    named, told = _told(text, title, rules)
    return named or told or "inspection-feedback"


def of_report(text: str, title: tuple[int, int] | None, rules: Rules) -> Features:
    """What a head sees of a report: title and text at its beginning, and what the rules make of both.

    With the title go the lines above it: 某电站网络安全事件 / 调查报告.
    """
    return _features(text, title, _told(text, title, rules))


def _features(text: str, title: tuple[int, int] | None, told: tuple[str | None, str | None]) -> Features:
    end = title[1] if title else 0
    grams = Grams(text[: end + _READ_TEXT])
    named = grams.of(max(0, end - _READ_TITLE), end)
    begins = grams.of(0, 0, [(end, len(grams.text), _GRAMS_TEXT)])
    return {
        **begins,
        **{f"title:{gram}": value for gram, value in named.items()},
        **{f"rule:{where}:{kind}": 1.0 for where, kind in zip(("title", "head"), told, strict=True)},
    }


def _told(text: str, title: tuple[int, int] | None, rules: Rules) -> tuple[str | None, str | None]:
    """(the kind that the title names, the kind of which the beginning tells)"""
    named = rules["kinds"]["title"].first(text[: title[1]] if title else "")
    told = rules["kinds"]["head"].first(text[:_READ_TEXT])
    return (str(named.props["kind"]) if named else None, str(told.props["kind"]) if told else None)
