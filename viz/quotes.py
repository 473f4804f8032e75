"""The sentence round a place in a report's text, for the detail panel."""

from __future__ import annotations

import re

#: The longest context that is shown on either side of a quote.
REACH = 160
_END = re.compile(r"[。！？!?]|\n\s*\n")
#: A line that opens with a list mark opens a sentence, though the line before it may have no full stop.
_NUMBER = "[一二三四五六七八九十]+"
_LIST = rf"(?:{_NUMBER}[、是]|[（(](?:{_NUMBER}|\d+)[）)]|\d+[.．、]|[①-⑳]|第{_NUMBER}[，,、])"
_MARK = re.compile(rf"\n(?=\s*{_LIST})")
_OPENS = re.compile(_LIST)
_BREAK = re.compile(rf"[^\S\n]*\n(?!\s*{_LIST})\s*")


def opens_item(line: str) -> bool:
    """Does a line begin with the mark of a list or a heading?"""
    return _OPENS.match(line) is not None


def flow(text: str) -> str:
    """A text for reading: without the line breaks of its source, save those before a list mark."""
    return _BREAK.sub("", text.replace("\r", ""))


def quote(
    text: str | None, own: str | None, start: int | None, end: int | None, cue: str | None = None
) -> list[list[str]]:
    """The sentence(s) that hold text[start:end], as [kind, words] pieces with kind "", "own" or "cue".

    Without the report's text only the node's `own` text can be shown; without either the list is empty.
    The offsets that go with a quote count the line breaks that `flow` takes out.
    """
    if text is None or start is None or end is None or not 0 <= start <= end <= len(text):
        return [["own", flow(own)]] if own else []
    left = max(start - REACH, 0)
    for pattern in (_END, _MARK):
        # a mark is known by what follows it, so look a little further than where it may end
        left = max([left, *(m.end() for m in pattern.finditer(text, left, start + 9) if m.end() <= start)])
    right = end
    if end == 0 or not _END.match(text[end - 1]):
        found = [pattern.search(text, end, end + REACH) for pattern in (_END, _MARK)]
        right = min([end + REACH, len(text), *(m.end() for m in found if m)])
    at = text.find(cue, start, end) if cue else -1
    own_part = (
        [["own", text[start:end]]]
        if cue is None or at < 0
        else [["own", text[start:at]], ["cue", cue], ["own", text[at + len(cue) : end]]]
    )
    pieces = [["", text[left:start].lstrip()], *own_part, ["", text[end:right].rstrip()]]
    return [[kind, flow(words)] for kind, words in pieces if words.strip()]
