"""The ways to write one unit's name within a report: in full or short, with or without 中共 and its organ."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.language.offices import office_name
from extract.language.places import DIVISIONS, LEVELS, canonical, level_first, read_place

_ORDINAL = re.compile("第[一二三四五六七八九十\\d]")
#: The legal form of a group of companies: 浔江港航集团有限公司 is 浔江港航集团.
_FORM = re.compile(r"(?<=[\u4e00-\u9fff]{3}集团)(?:股份有限|有限责任|有限)?公司$")
#: 驻局纪检监察组 is short for 市纪委监委驻市教育局纪检监察组.
_OWN_GROUP = re.compile("^驻(?=[局厅委院校]纪检)")
#: A group that inspects for a committee: 市委第五巡察组.
_NUMBERED_GROUP = re.compile(
    rf"(?P<committee>(?:[{DIVISIONS}]委|中央))第[一二三四五六七八九十\d]{{1,3}}(?P<kind>巡[视察]组)$"
)
_ORGAN = re.compile(
    r"(?:党组|党委|党工委|党总支|党支部)$|(?<=[\u4e00-\u9fff]{2}[镇乡])(?:人民)?政府$|(?<=[\u4e00-\u9fff]{2}街道)办(?:事处)?$"
)


@lru_cache(maxsize=4096)
def bare_name(name: str) -> str:
    """A name without 中共 and the organ at its end, its office by one name: 某县人民医院, 县发展和改革局."""
    bare = _OWN_GROUP.sub("", _FORM.sub("", _without_organ(name)))
    own = read_place(bare)
    at = own.end if own else len(level_first(bare) or "")
    place = canonical(own) if own and own.codes else None
    return (place or bare[:at]) + office_name(bare[at:])


def _without_organ(name: str) -> str:
    if name.startswith("中共"):
        return _ORGAN.sub("", name[2:]).removesuffix("委员会")
    return _ORGAN.sub("", name)


def same_unit(long: str, short: str) -> bool:
    """Is `short` another way to write `long` within one report?"""
    if len(short.removeprefix("中共")) < 3:
        return False
    a, b = bare_name(long), bare_name(short)
    organs = {organ for organ in (_organ(long), _organ(short)) if organ}
    if not a or not b or len(organs) > 1:
        return False
    if a == b or (a.endswith(b) and len(b) >= 3):
        return True
    if _ORDINAL.search(a) and not _ORDINAL.search(b) and "医院" in b:
        return False  # 市第二人民医院 and 市人民医院
    if a.startswith(b):
        return False  # 市生态环境局泾塘分局 is a part of 市生态环境局
    if b[0] in LEVELS and a[-1] == b[-1] and b[-1] in "局厅委部办社院会中心站":
        at = a.find(b[0]) if a[0] != b[0] else 0
        return at >= 0 and at <= 6 and len(a) - at <= 18 and _subsequence(b, a[at:]) and len(b) >= 4
    return False


def group_without_number(name: str) -> str | None:
    """市委巡察组 of 市委第五巡察组; None where the name is not that of such a group."""
    m = _NUMBERED_GROUP.search(name)
    return m["committee"] + m["kind"] if m else None


def _organ(name: str) -> str:
    """What of a name is its organ; a committee 中共…委员会 is its 党委."""
    organ = name.removeprefix("中共")[len(_without_organ(name)) :]
    return "党委" if organ == "委员会" else organ


def _subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(c in rest for c in short)
