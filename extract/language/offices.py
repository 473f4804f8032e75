"""What an office is called: 发改委, 发展改革局 and 发展和改革委员会 of one place are one."""

from __future__ import annotations

import re
from functools import cache


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for the office with which a name begins, and what each field or body is called."""
    from extract.rules import load_unit_words

    called: dict[str, str] = {}
    ends = {}
    for kind, lines in load_unit_words()["twins"].items():
        for line in lines.strip().splitlines():
            first, *others = line.split()
            for word in (first, *others):
                called[word], ends[word] = first, kind
    fields = "|".join(sorted((w for w in called if ends[w] == "fields"), key=len, reverse=True))
    bodies = "|".join(sorted((w for w in called if ends[w] == "bodies"), key=len, reverse=True))
    pattern = rf"(?P<field>{fields})(?P<end>委员会|管理局|管理委员会|局|委|厅)(?![员院门])"
    return re.compile(rf"{pattern}|(?P<body>{bodies})(?![员部主])"), called


def office_name(name: str) -> str:
    """An office without its place, by one name: 住建局 -> 住房和城乡建设局, 教体局党组 -> 教育体育局党组.

    What is no office of the list stays as it is.
    """
    pattern, called = _names()
    m = pattern.match(name)
    if m is None:
        return name
    if m["body"]:
        return called[m["body"]] + name[m.end() :]
    return called[m["field"]] + ("厅" if m["end"] == "厅" else "局") + name[m.end() :]
