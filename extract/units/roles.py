"""Whom a report is about and who made it: by its title, opening, signature and the heads of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.draft import Draft
from extract.language.places import read_place
from extract.nodes import Node
from extract.text.sentences import sentences
from extract.units.place_units import counties

#: How far from the title the sentence stands that says who inspected whom.
_OPENING = 900
_DONE = (
    r"(?:等\d*[个家]?[^，。；]{0,10})?(?:（[^）]{0,60}）)?(?:\d{4}年[^，。；]{0,40})?(?:开展|进行|实施)了?[^，。；\n]{0,24}"
    r"(?:巡[视察]|审计|督[查察导]|检查|抽查|调查|监督|核查|评估)"
)
_INSPECTED = rf"对(?P<inspected>[^。；\n《》]{{2,120}}?){_DONE}"
_SAYS_WHOM = re.compile(_INSPECTED)
_BODY = re.compile(rf"(?P<issuer>[^，。；\n《》]{{0,30}}){_INSPECTED}")
_WENT = re.compile("赴|进驻|走进|深入")
_WENT_TO = re.compile(
    r"(?P<issuer>[^，。；\n]{2,30}?(?:组|局|办|室|委))(?:于[^，。；\n]{2,24})?(?:赴|进驻|走进|深入)(?P<inspected>[^，。；\n]{2,40})，"
)
_FED_BACK = re.compile(r"向(?P<inspected>[^。；\n]{2,60}?)反馈")
_COVERED = re.compile(r"(?:涉及|抽查了?|延伸[^，。；]{0,6}了?|重点审计了)(?P<inspected>[^。；]{4,160})")
_ABOUT = re.compile(r"关于(?:对|向|巡[视察])?|向|对|：")
#: Bodies that inspect; they are inspected themselves in no report of theirs.
_INSPECTOR = re.compile(
    r"(?:审计(?:局|厅|署|组|办)|(?:巡[视察]|督[查察导]|检查|调查|审计|评估|考核)组|督[查察导]室|督导委员会|巡[视察]办"
    r"|(?:安委会?|领导小组|委员会)办公室|安委办|作风(?:建设)?办(?:公室)?|河(?:湖)?长制工作办公室|纪律检查委员会|纪委(?:监委)?|执法检查组)$"
)
_COMPANY = re.compile(r"(?:公司|厂|矿|集团|店|院|站|社|库)$")
_PLACE_IN_TITLE = re.compile(
    r"关于(?:对)?(?P<name>[\u4e00-\u9fff]{2,4}[县市区州旗镇乡])(?=\d|落实|开展|的|在)"
)
_VILLAGE = re.compile(r"[\u4e00-\u9fff]{2,6}村")


_WALKED_INTO = re.compile("走访|在|对")
#: Fields of a form that say who inspected whom.
_FIELD_INSPECTED = re.compile(
    r"^(?:被(?:检查|督查|督导|审计|巡察|抽查|考核)(?:单位|对象|机关|部门)|受检单位)：(?P<name>[^\n]{2,40})",
    re.MULTILINE,
)
_FIELD_ISSUER = re.compile(
    r"^(?:检查|督查|督导|审计|巡察|抽查|考核|执法)(?:单位|机关|组|部门)：(?P<name>[^\n]{2,40})", re.MULTILINE
)
#: 7月8日，某镇甲厂在清池时发生一起中毒事故
_SUFFERED = re.compile(
    r"\d日[^。；\n]{0,14}，(?P<name>[^。；\n]{4,50}?)(?:发生|突发)[^。；\n]{0,30}(?:事故|火灾|爆炸|坍塌|中毒|坠落)"
)


@dataclass(slots=True, eq=False)
class Unit:
    name: str
    aliases: set[str] = field(default_factory=set)
    places: list[tuple[int, int]] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        return self.aliases | {self.name}


def is_inspector(name: str) -> bool:
    """Is this what a body that inspects is called?"""
    return _INSPECTOR.search(name) is not None


def is_company(name: str) -> bool:
    """Is this what a firm, a shop, a station or a home is called?"""
    return _COMPANY.search(name) is not None


def find_roles(draft: Draft, units: list[Unit]) -> tuple[list[Unit], Unit | None]:
    """(the units inspected, who made the report); adds places that stand for their governments to `units`."""
    text = draft.text
    head = draft.title[1] if draft.title else 0
    opening = min(len(text), head + _OPENING)
    own = draft.kind in ("rectification-notice", "self-examination")
    in_head = _within(units, 0, head)
    body = _inspection(text, head, opening)

    inspected: list[Unit] = [
        u for m in _FIELD_INSPECTED.finditer(text) for u in _within(units, *m.span("name"))
    ]
    if (
        not inspected
        and draft.kind == "accident-report"
        and (suffered := _SUFFERED.search(text, head, opening))
    ):
        inspected = [u for u in _within(units, *suffered.span("name")) if _COMPANY.search(u.name)][-1:]
    if body and not own and not inspected:
        about = m.end() if (m := _ABOUT.search(text, 0, head)) else 0
        inspected = _without_inspectors([u for u in in_head if any(about <= a < head for a, _ in u.places)])
    if body and not inspected:
        inspected = _named(text, *body.span("inspected"), units)
    fed_back = _FED_BACK.search(text, 0, head) or (None if own else _FED_BACK.search(text, head, opening))
    if not inspected and fed_back:
        inspected = _named(text, *fed_back.span("inspected"), units)
    if own and not inspected:
        inspected = inspected if inspected and not in_head else in_head[:1] or inspected
    elif not inspected and in_head:
        about = m.end() if (m := _ABOUT.search(text, 0, head)) else 0
        inspected = _without_inspectors([u for u in in_head if any(about <= a < head for a, _ in u.places)])
    inspected = _without_inspectors(inspected)
    if not inspected and not own and (place := _PLACE_IN_TITLE.search(text, 0, head)):
        inspected = [_place(text, place["name"], units)]
    if not inspected and not own:
        inspected = list(_heads_of_parts(draft, units))
    if not inspected and draft.kind == "audit-report" and (covered := _COVERED.search(text, head, opening)):
        inspected = _without_inspectors(_named(text, *covered.span("inspected"), units))
    if not inspected and not own:
        inspected = _counties(draft, units)
    if not inspected and draft.kind == "inspection-feedback":
        inspected = _subjects(draft, units)

    issuer = None if draft.kind == "self-examination" else _issuer(draft, units, body, inspected)
    return [u for u in inspected if u is not issuer], issuer


def _inspection(text: str, start: int, end: int) -> re.Match[str] | None:
    """The words that say who inspected whom; first a glance, as who did so stands before what tells it."""
    if told := _SAYS_WHOM.search(text, start, end):
        return _BODY.search(text, max(start, told.start() - 30), end)
    return _WENT_TO.search(text, start, end) if _WENT.search(text, start, end) else None


def _issuer(
    draft: Draft, units: list[Unit], body: re.Match[str] | None, inspected: list[Unit]
) -> Unit | None:
    """Who made the report: named as such, at the beginning of the title, in the opening, or signed."""
    text = draft.text
    head = draft.title[1] if draft.title else 0
    opening = min(len(text), head + _OPENING)

    def other(found: list[Unit]) -> list[Unit]:
        return [u for u in found if not any(u is i for i in inspected)]

    for m in _FIELD_ISSUER.finditer(text):
        if named := other(_within(units, *m.span("name"))):
            return named[0]
    makers = other(_within(units, *body.span("issuer"))) if body else []
    inspectors = [u for u in units if _INSPECTOR.search(u.name)]
    early = [u for u in inspectors if any(a < opening for a, _ in u.places)]
    if draft.kind == "rectification-notice":
        groups = [u for u in early if u.name.endswith("组")]
        return next(iter(other(groups) or [u for u in makers if u in inspectors]), None)
    first = other(
        [u for u in _within(units, 0, head) if any(_opens_line(text, a) for a, _ in u.places if a < head)]
    )
    signed = other(
        [u for u in units if any(a > len(text) - 120 and _opens_line(text, a) for a, _ in u.places)]
    )
    for found in (
        [u for u in makers[-1:] if u in inspectors],
        [u for u in first if u in inspectors],
        [u for u in signed if u in inspectors],
        makers[-1:],
        other(early),
        first,
        signed[-1:],
    ):
        if found:
            return found[0]
    return None


def _opens_line(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] == "\n"


def _within(units: list[Unit], start: int, end: int) -> list[Unit]:
    return [u for u in units if any(start <= a and b <= end for a, b in u.places)]


def _without_inspectors(units: list[Unit]) -> list[Unit]:
    return [u for u in units if not _INSPECTOR.search(u.name)]


def _named(text: str, start: int, end: int, units: list[Unit]) -> list[Unit]:
    """The units that a list names, also places that stand for their governments: 对黎州市、沂阳市开展了."""
    found = []
    for name in re.split(r"[、和及与，]|开展", re.sub(r"\d+[县市区省](?=，|$)|等$", "", text[start:end])):
        bare = name.removeprefix("组织对").strip()
        place = read_place(bare)
        if (place and place.end == len(bare)) or _VILLAGE.fullmatch(bare):
            found.append(_place(text, bare, units))
    return [*found, *(u for u in _within(units, start, end) if not any(u is f for f in found))]


def _place(text: str, name: str, units: list[Unit]) -> Unit:
    unit = next((u for u in units if name in u.names), None)
    if unit is None:
        unit = Unit(name, places=[m.span() for m in re.finditer(re.escape(name), text)])
        units.append(unit)
    return unit


def _heads_of_parts(draft: Draft, units: list[Unit]) -> Iterator[Unit]:
    """Units whose names stand over parts of the findings; of an accident the first company that failed."""
    places = {start: (end, unit) for unit in units for start, end in unit.places}
    seen: list[Unit] = []
    for section in draft.root.walk():
        if section.about not in ("problems", "causes") or section.body not in places:
            continue
        end, unit = places[section.body]
        rest = draft.text[end : end + 12].split("\n")[0].split("。")[0]
        named_only = draft.text[end : end + 1] in "\n。：（、等" and len(rest) < 12
        if named_only and not any(unit is u for u in seen) and not _INSPECTOR.search(unit.name):
            if draft.kind != "accident-report":
                seen.append(unit)
                yield unit
            elif any(_COMPANY.search(name) for name in unit.names):
                yield unit
                return


def _subjects(draft: Draft, units: list[Unit]) -> list[Unit]:
    """The units with which sentences of the findings begin: of a circular, whose problems these are."""
    begins = {
        start
        for section in draft.root.walk()
        if section.about == "problems"
        for start, _ in sentences(draft.text, section.body, section.own_end)
    }
    begins |= {at for p in _told_in_prose(draft) for at in _first_words(draft, p)}
    found = _without_inspectors([u for u in units if any(start in begins for start, _ in u.places)])
    return found if len(found) > 1 else []


def _told_in_prose(draft: Draft) -> list[Node]:
    """The problems of running prose, which no heading or marker opens."""
    return [
        p
        for p in draft.of("Problem")
        if p.section is not None and (p.section.chain or p.section.kind in ("root", "title"))
    ]


def _first_words(draft: Draft, problem: Node) -> Iterator[int]:
    """Where a problem or its headline begins, also after 走访."""
    for start in {problem.start, problem.headline[0] if problem.headline else problem.start}:
        m = _WALKED_INTO.match(draft.text, start)
        yield m.end() if m else start


def _counties(draft: Draft, units: list[Unit]) -> list[Unit]:
    """The counties with which the paragraphs of the findings begin, where there are two or more."""
    names: dict[str, None] = {}
    named = {start for unit in units for start, _ in unit.places}  # 柯桥区恒通公司 is no county
    for section in draft.root.walk():
        if section.about == "problems":
            found = counties(draft.text, section.body, section.own_end)
            names |= {name: None for start, name in found if start not in named}
    for problem in _told_in_prose(draft):
        start = problem.start
        if start not in named and (first := next(counties(draft.text[start : start + 6], 0, 6), None)):
            names[first[1]] = None
    return [_place(draft.text, name, units) for name in names] if len(names) > 1 else []
