"""The official divisions, from `rules/divisions.tsv`: names, codes, what came after a former one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extract.language.place_grammar import DIVISIONS

_SUFFIX = re.compile(rf"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|林区|特区|[{DIVISIONS}])$")
#: 延边朝鲜族自治州 is 延边, 广西壮族自治区 is 广西.
_PEOPLE = re.compile(
    r"(?:(?:壮|回|维吾尔|藏|蒙古|朝鲜|土家|苗|彝|侗|布依|哈尼|傣|白|景颇|傈僳|羌|哈萨克|柯尔克孜|满|黎|畲|瑶|仡佬|水|佤|拉祜|纳西|土|撒拉|东乡"
    r"|保安|裕固|塔吉克|锡伯|达斡尔|鄂温克|鄂伦春|毛南|仫佬|独龙|怒|普米|布朗|各|蒙古)族|蒙古|回族)+$"
)


@dataclass(frozen=True, slots=True)
class Divisions:
    """`names`: by code; `named`: codes by name, a former name leads to the present division if there is one;
    `short`: codes by what is left without 省市县区, the highest level first; `longest`: of the names;
    `first_two`: their first characters.
    """

    names: dict[str, str]
    named: dict[str, tuple[str, ...]]
    short: dict[str, tuple[str, ...]]
    longest: int
    first_two: frozenset[str]


@cache
def divisions() -> Divisions:
    """Loaded once a process, when a place is first looked for."""
    from extract.rules import FOLDER, load_unit_words

    names: dict[str, str] = {}
    named: defaultdict[str, dict[str, None]] = defaultdict(dict)
    stems: defaultdict[str, set[str]] = defaultdict(set)
    variants: list[tuple[str, str]] = []
    for line in (FOLDER / "divisions.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, name, now = (*line.split("\t"), "")[:3]
        if now == "-" and code in names:
            code += name  # another division has its code now
        code = now if now not in ("", "-") else code
        if now in ("", "-"):
            names[code] = name
        named[name][code] = None
        if len(stem := _stem(name)) > 1:
            stems[stem].add(code)
            if name[-3:-1] == "自治" and name[-1] != "区":
                variants.append((stem + name[-1], code))  # 延边州, 长阳县
    for variant, code in variants:
        if not any(within_code(c, code[:2] + "0000") for c in named.get(variant, ())):
            named[variant][code] = None
    ordinary = set(load_unit_words()["no_divisions"].split())
    short = {
        stem: tuple(sorted(found, key=lambda c: (_depth(c), c)))
        for stem, found in stems.items()
        if not (stem in ordinary and min(map(_depth, found)) == 2)
    }
    first_two = frozenset(name[:2] for name in (*named, *short))
    return Divisions(names, {n: tuple(c) for n, c in named.items()}, short, max(map(len, named)), first_two)


def _stem(name: str) -> str:
    stem = _SUFFIX.sub("", name)
    return _PEOPLE.sub("", stem) or stem


def likeliest(codes: tuple[str, ...]) -> str | None:
    """The one of the highest level: of 吉林 the province, not its city; None where there are several such."""
    highest = [c for c in codes if _depth(c) == min(map(_depth, codes))]
    return highest[0] if len(highest) == 1 else None


def _depth(code: str) -> int:
    return (code[2:4] != "00") + (code[4:] != "00")


def within_code(code: str, holder: str) -> bool:
    """Does the division lie in the other, or is it the same?"""
    return code.startswith(holder[: (_depth(holder) + 1) * 2])


def ancestors(code: str) -> Iterator[str]:
    """A division and those that hold it, the smallest first."""
    for c in dict.fromkeys((code, code[:4] + "00", code[:2] + "0000")):
        if c in divisions().names:
            yield c


def division_name(code: str) -> str:
    """Its name; with that of what holds it where others are called the same: 杭州市西湖区, 桐庐县."""
    data = divisions()
    name = data.names[code]
    holder = next((c for c in ancestors(code) if c != code), None)
    return data.names[holder] + name if len(data.named[name]) > 1 and holder else name
