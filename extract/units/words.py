"""The vocabulary of units, made ready for the search: what ends a name, what stops one, what is never one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from extract.language.divisions import divisions
from extract.language.place_grammar import LEVELS
from extract.rules import load_rules, load_unit_words, load_verbs

#: Breaks that are none, or only are, by what stands beside them: 联合检查组, 三家村; 同白芷县, 12家.
_KEPT = ("联合(?=(?:检查|调查|督查|督导|执法|巡[视察]|工作|专项|工)[^，。]{0,2}[组队会办]|[会社体])",)
_STOPS = (
    "同(?=[\\u4e00-\\u9fff]{2,3}[县市区]|[省市县区州镇乡])",
    f"系(?=[{LEVELS}]|集团|公司)",
    f"受(?=[{LEVELS}][委政人]|上级)",
    "进(?=医院|学校|企业|社区|公司|机关)",
    "调查(?![队组中总所研科])",
    "租赁(?![公有服站部行业中股])",
    "比(?=学校|单位|同期|上年|去年|规定)",
    "局属(?!地)",
    "家(?<=[\\d一两二三四五六七八九十百几多余数各每]家)(?![村庄沟湾坪坝营堡桥镇乡店岭屯集])",
)


@dataclass(frozen=True, slots=True)
class UnitWords:
    """The unit vocabulary as automata."""

    cores: ahocorasick_rs.AhoCorasick
    core_words: tuple[str, ...]
    fields: frozenset[str]
    bodies: frozenset[str]
    departments: frozenset[str]
    authorities: frozenset[str]
    breaks: dict[str, re.Pattern[str]]  # by their first character
    particles: frozenset[str]
    between: frozenset[str]  # those of them that part two names
    never: frozenset[str]
    trades: re.Pattern[str]
    businesses: re.Pattern[str]
    central: ahocorasick_rs.AhoCorasick
    central_words: frozenset[str]
    bad_starts: re.Pattern[str]
    verbs: ahocorasick_rs.AhoCorasick
    verb_words: tuple[str, ...]  # empty for what may stand in a name
    ending: re.Pattern[str]  # how the words of a name end for sure that end in no core
    last: frozenset[str]  # the last characters of other names
    run_on: re.Pattern[str]  # words that begin with such a character and run over the end of a name


@cache
def unit_words() -> UnitWords:
    """Made once a process."""
    u = load_unit_words()
    fields = frozenset(f + e for f in u["fields"].split() for e in u["field_ends"].split())
    fields |= {word + "局" for word in u["twins"]["fields"].split()} | {"市监局"}
    departments = frozenset(u["departments"].split())
    bodies = frozenset(u["bodies"].split()) | departments
    cores = tuple(sorted(fields | bodies | set(u["ends"].split())))
    breaks = sorted(u["breaks"].split(), key=len, reverse=True)
    stop = "|".join([*map(re.escape, breaks), *_STOPS])
    kept = [*u["keep"].split(), *_divisions_with(re.compile(stop))]
    by_first = _by_first_character(
        [*sorted(set(kept), key=len, reverse=True), *_KEPT], [*map(re.escape, breaks), *_STOPS]
    )
    verbs = {word: word for word in load_verbs()}
    kept += [*u["trades"].split(), *divisions().named, *divisions().short]
    verbs |= dict.fromkeys(kept, "")
    return UnitWords(
        ahocorasick_rs.AhoCorasick(list(cores), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
        cores,
        fields,
        bodies,
        departments,
        fields | bodies,
        by_first,
        frozenset(u["particles"].split()),
        frozenset(u["between"].split()),
        frozenset(u["never"].split()),
        _any_of(u["trades"].split()),
        _any_of([*u["trades"].split(), *u["businesses"].split()]),
        ahocorasick_rs.AhoCorasick(u["central"].split(), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
        frozenset(u["central"].split()),
        re.compile(u["bad_starts"]),
        ahocorasick_rs.AhoCorasick(list(verbs), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
        tuple(verbs.values()),
        re.compile(u["other_ends"]),
        frozenset(u["last"]),
        re.compile("|".join(u["run_on"].split())),
    )


def name_rule(what: str) -> re.Pattern[str]:
    """The pattern of a rule of `rules/unit_names.toml`."""
    return load_rules()["unit_names"][what].pattern


def _by_first_character(kept: list[str], stops: list[str]) -> dict[str, re.Pattern[str]]:
    """Patterns with a group `keep` or `stop`: only those are tried that may begin at a character."""
    words: dict[str, tuple[list[str], list[str]]] = {}
    for i, group in enumerate((kept, stops)):
        for word in group:
            words.setdefault(word[0], ([], []))[i].append(word)
    return {
        first: re.compile(f"(?P<keep>{'|'.join(keep) or '(?!)'})|(?P<stop>{'|'.join(stop) or '(?!)'})")
        for first, (keep, stop) in words.items()
    }


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(words, key=len, reverse=True))})+")


def _divisions_with(stop: re.Pattern[str]) -> list[str]:
    """The names of divisions that hold what else ends a name: 和平县, 都江堰市, 成都; not 和县."""
    data = divisions()
    large = [name for name, codes in data.short.items() if codes[0][4:] == "00"]
    return [
        name
        for name in (*data.named, *large)
        if 2 + (name[-1] == "县") <= len(name) < 6 and stop.search(name) and not stop.fullmatch(name[:-1])
    ]
