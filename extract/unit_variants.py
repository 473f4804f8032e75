"""The ways to write one unit's name within a report: in full or short, with or without 中共 and its organ."""

from __future__ import annotations

import re

from extract.places import LEVELS

_ORGAN = re.compile(
    r"(?:党组|党委|党工委|党总支|党支部)$|(?<=[\u4e00-\u9fff]{2}[镇乡])(?:人民)?政府$|(?<=[\u4e00-\u9fff]{2}街道)办(?:事处)?$"
)


def bare_name(name: str) -> str:
    """A name without 中共 and without the organ at its end: 中共某县人民医院委员会 is 某县人民医院."""
    if name.startswith("中共"):
        return _ORGAN.sub("", name[2:]).removesuffix("委员会")
    return _ORGAN.sub("", name)


def same_unit(long: str, short: str) -> bool:
    """Is `short` another way to write `long` within one report?"""
    if len(short.removeprefix("中共")) < 3:
        return False
    a, b = bare_name(long), bare_name(short)
    organs = {organ for organ in (_organ(long, a), _organ(short, b)) if organ}
    if not a or not b or len(organs) > 1:
        return False
    if a == b or (a.endswith(b) and len(b) >= 3):
        return True
    if a.startswith(b):
        return False  # 市生态环境局泾塘分局 is a part of 市生态环境局
    if b[0] in LEVELS and a[-1] == b[-1] and b[-1] in "局厅委部办社院会中心站":
        at = a.find(b[0]) if a[0] != b[0] else 0
        return at >= 0 and at <= 6 and len(a) - at <= 18 and _subsequence(b, a[at:]) and len(b) >= 4
    return False


def _organ(name: str, bare: str) -> str:
    """What of a name is its organ; a committee 中共…委员会 is its 党委."""
    organ = name.removeprefix("中共")[len(bare) :]
    return "党委" if organ == "委员会" else organ


def _subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(c in rest for c in short)
