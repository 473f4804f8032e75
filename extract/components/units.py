"""Units: named organisations, by the words that end a name and what may stand before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import ahocorasick_rs
from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.draft import Draft, Holders, Node, draft_of
from extract.rules import load_rules

_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9*×X]+\Z")
_PLACE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,4}(?:省|自治区))?(?:[\u4e00-\u9fff]{2,5}(?:市|自治州|州|盟|地区))?(?:[\u4e00-\u9fff]{1,6}(?:县|区|旗|市))?"
    r"(?:[\u4e00-\u9fff]{2,4}(?:镇|乡|街道))?$"
)
_PLACE_FIRST = re.compile(
    r"(?:[\u4e00-\u9fff]{2,3}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,3}?(?:市|自治州|州|盟)(?!场|政|委|直))?"
    r"(?:[\u4e00-\u9fff]{2,3}?(?:县|区|旗)(?!域|级))?"
)
_GROUP = re.compile(
    r"(?:中央|[省市县区州盟旗](?:委|政府)?)?第[一二三四五六七八九十\d]{1,3}(?:生态环境保护)?(?:巡[视察]|督[查察导]|检查|调查|审计)组"
)
_DEFINED = re.compile(
    r"（以?下?(?:统一)?简称[：]?(?:为)?[“《]?(?P<short>[^”》）“《，；]{2,16})[”》]?(?:[，；][^）]{0,20})?）"
)
_BRANCH = re.compile(r"[\u4e00-\u9fff]{2,4}?分局|(?<=委)驻[\u4e00-\u9fff]{2,10}?纪检监察组")
_ORGAN_ONLY = re.compile(r"^(?:党组|党委|党工委|党总支|党支部|支部|工委|领导小组|纪检组|纪检监察组)+$")
_LEVELS = "省市县区州盟旗乡镇"
_ORGAN = re.compile(r"(?:党组|党委|党工委|党总支|党支部)$")


@dataclass(slots=True, eq=False)
class Unit:
    name: str
    aliases: set[str] = field(default_factory=set)
    places: list[tuple[int, int]] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        return self.aliases | {self.name}


@dataclass(frozen=True, slots=True)
class _Words:
    """The unit vocabulary as automata."""

    cores: ahocorasick_rs.AhoCorasick
    core_words: tuple[str, ...]
    fields: frozenset[str]
    bodies: frozenset[str]
    breaks: re.Pattern[str]
    never: frozenset[str]
    bad_starts: re.Pattern[str]


@cache
def _words() -> _Words:
    u = load_rules().units
    fields = frozenset(f + e for f in u["fields"].split() for e in u["field_ends"].split())
    bodies = frozenset(u["bodies"].split())
    cores = tuple(sorted(fields | bodies | set(u["ends"].split())))
    breaks = sorted(u["breaks"].split(), key=len, reverse=True)
    keep = "|".join(u["keep"].split())
    pattern = re.compile(f"(?P<keep>{keep})|(?P<stop>{'|'.join(map(re.escape, breaks))})")
    return _Words(
        ahocorasick_rs.AhoCorasick(list(cores), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
        cores,
        fields,
        bodies,
        pattern,
        frozenset(u["never"].split()),
        re.compile(u["bad_starts"]),
    )


@Language.component("suyin_units", assigns=["doc.spans"])
def find_units(doc: Doc) -> Doc:
    draft = draft_of(doc)
    shorts = dict(_definitions(draft.text))
    units: list[Unit] = []
    for start, end, name in mentions(draft.text, set(shorts)):
        unit = _same(units, name, shorts)
        if unit is None:
            unit = Unit(name)
            units.append(unit)
        unit.aliases.add(name)
        unit.places.append((start, end))
    units = _merge(units, shorts)
    inspected, issuer = _roles(draft, units)
    draft.place = next((p for u in [*inspected, *([issuer] if issuer else [])] if (p := _place_of(u))), None)
    spans = []
    holders = Holders(n for nodes in draft.nodes.values() for n in nodes)
    for unit in units:
        unit.name = _best_name(unit)
        node = Node("Unit", -1, -1, {"name": unit.name, "aliases": sorted(unit.names - {unit.name})})
        draft.add(node)
        if any(unit is u for u in inspected):
            draft.bond("INSPECTS", None, node)
        if unit is issuer:
            draft.bond("ISSUED_BY", None, node)
        for start, end in unit.places:
            draft.bond("MENTIONS", holders.at(start), node, at=(start, end))
            spans.append(Span(doc, start, end, label="Unit"))
        if len(inspected) > 1 and any(unit is u for u in inspected):
            _concerns(draft, unit, node)
    doc.spans["units"] = spans
    return doc


def _definitions(text: str) -> Iterator[tuple[str, str]]:
    """(short, the text before it) of each 以下简称; the long name is found among the mentions."""
    for m in _DEFINED.finditer(text):
        yield m["short"], text[max(0, m.start() - 40) : m.start()]


def mentions(text: str, shorts: set[str]) -> Iterator[tuple[int, int, str]]:
    """(start, end, name) of each named organisation, in order, outside 《》."""
    w = _words()
    inside = [(m.start(), m.end()) for m in re.finditer(r"《[^》\n]{1,120}》", text)]
    found: list[tuple[int, int]] = [(m.start(), m.end()) for m in _GROUP.finditer(text)]
    hits = [(s, e, w.core_words[i]) for i, s, e in w.cores.find_matches_as_indexes(text)]
    i = 0
    while i < len(hits):
        start, end, core = hits[i]
        i += 1
        while i < len(hits) and hits[i][0] == end:
            end, core = hits[i][1], hits[i][2]
            i += 1
        if any(a <= start < b for a, b in inside) or any(a < end and start < b for a, b in found):
            continue
        if (
            text[end : end + 1] == "长" and text[end - 1] in "局厅部委院校所站处队厂会办"
        ):  # 厂长, 局长: a person
            if core in ("厂", "部", "办", "所", "站", "处", "队", "院", "委"):
                end -= len(core)
            elif core not in w.fields:
                continue
        if m := _BRANCH.match(text, end):
            end = m.end()
        left = _left(text, start, end, core)
        if left is not None:
            found.append((left, end))
    for short in shorts:
        if _is_unit_short(short):
            found += [(m.start(), m.end()) for m in re.finditer(re.escape(short), text)]
    found.sort(key=lambda s: (s[0], -s[1]))
    last = -1
    for s, e in found:
        if s >= last and not any(a <= s < b for a, b in inside):
            yield s, e, text[s:e].strip("“”")
            last = e


def _is_unit_short(short: str) -> bool:
    return bool(
        re.search(
            r"(?:局|厅|委|部|办|院|校|公司|集团|中心|党组|党委|学院|银行|所|站|厂|矿|会|社|县|市|区|镇|乡|村|政府|队)$",
            short,
        )
    )


def _left(text: str, start: int, end: int, core: str) -> int | None:
    """Where the name that ends with this core begins; None where it is no name."""
    w = _words()
    window = _HAN.search(text[max(0, start - 22) : start])
    before = window[0] if window else ""
    before = _cut_at_break(before, text[start:end])
    whole = text[start:end]
    authority = any(whole.startswith(x) for x in _authority_heads(whole))
    if authority:
        place = _PLACE.search(before)
        p = place[0] if place else ""
        if p and len(p) < len(before) and len(p) > 1 and text.count(p) < 3:
            p = ""
        if not p and before.endswith(("国务院", "最高", "全国", "集团", "公司")):
            p = "国务院" if before.endswith("国务院") else before[-2:]
        if not p and 2 <= len(before) <= 4 and whole.endswith(("所", "站", "大队", "支队")):
            p = before
        if not p and before and before[-1] in _LEVELS + "局校院":
            p = before[-1]
        if not p and before.endswith(("委", "直")) and len(before) >= 2 and before[-2] in _LEVELS:
            p = before[-2:]
        for prefix in ("中共", "驻", "中央"):
            if text[max(0, start - len(p) - len(prefix)) : start - len(p)].endswith(prefix) and (
                prefix != "驻" or "纪检" in whole
            ):
                p = prefix + p
                break
        if whole in ("人民政府", "政府") and len(p) < 2:
            return None
        if not p and (whole in w.never or len(whole) < 4):
            return None
        return start - len(p)
    name = before + whole
    if _ORGAN_ONLY.match(whole) and not re.search(
        r"(?:学院|学校|医院|公司|集团|局|厅|村|镇|乡|社区|街道|县|市|区|[省市县区]直|机关|第[一二三四五六七八九十\d]+|银行|中心|所|站|院|系|科|室)$",
        before,
    ):
        return None
    if len(before) < 2 and not (before and before[-1] in _LEVELS + "局校"):
        return None
    company = whole.endswith(("有限公司", "有限责任公司"))
    if company and len(before) >= 2:
        return start - len(before)
    if (
        name in w.never
        or re.fullmatch(r"[省市县区局校镇乡]{0,2}(?:公司|企业|学校|中心|银行|支部|村|厂|集团)", name)
        or w.bad_starts.match(name)
    ):
        return None
    return start - len(before)


def _cut_at_break(before: str, core: str) -> str:
    """What of the characters before a core can belong to the name."""
    cut = last = 0
    for m in _words().breaks.finditer(before):
        if m.lastgroup != "stop":
            continue
        joined = (
            m["stop"] in ("与", "和")
            and 2 <= m.start() - last <= 4
            and 1 <= len(before) - m.end() <= 3
            and core.startswith("学院")
            and before[m.start() - 1] not in "院局部处司"
        )
        trade = (
            core.startswith(("有限", "股份", "集团", "公司")) and m.end() == len(before) > m.start() > last
        )
        if not joined and not trade:  # 能源与动力学院, 宏达建设有限公司: one name
            cut = last = m.end()
    return re.sub(r"^(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|初)?", "", before[cut:])


def _authority_heads(whole: str) -> tuple[str, ...]:
    w = _words()
    return tuple(
        whole[:n] for n in range(2, min(len(whole), 16) + 1) if whole[:n] in w.fields or whole[:n] in w.bodies
    )


def _same(units: list[Unit], name: str, shorts: dict[str, str]) -> Unit | None:
    for unit in units:
        if name in unit.names:
            return unit
    if name in shorts:
        return next((u for u in units if any(shorts[name].endswith(n) for n in u.names)), None)
    return None


def _merge(units: list[Unit], shorts: dict[str, str]) -> list[Unit]:
    """Join the long and short names of one unit; the longer names come first."""
    merged: list[Unit] = []
    for unit in sorted(units, key=lambda u: (-len(u.name), u.places[0])):
        home = next((m for m in merged if any(same_unit(a, b) for a in m.names for b in unit.names)), None)
        if home is None:
            merged.append(unit)
        else:
            home.aliases |= unit.names
            home.places += unit.places
    for unit in merged:
        unit.places.sort()
    return sorted(merged, key=lambda u: u.places[0])


def same_unit(long: str, short: str) -> bool:
    """Is `short` another way to write `long` within one report?"""
    long, short = long.removeprefix("中共"), short.removeprefix("中共")
    if len(short) < 3:
        return False
    a, b = _ORGAN.sub("", long), _ORGAN.sub("", short)
    if not a or not b or (long != a and short != b and long[len(a) :] != short[len(b) :]):
        return False
    if a == b or (a.endswith(b) and len(b) >= 3):
        return True
    if b[0] in _LEVELS and a[-1] == b[-1] and b[-1] in "局厅委部办社院会中心站":
        at = a.find(b[0]) if a[0] != b[0] else 0
        return at >= 0 and at <= 6 and len(a) - at <= 18 and _subsequence(b, a[at:]) and len(b) >= 4
    return False


def _subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(c in rest for c in short)


def _best_name(unit: Unit) -> str:
    """The longest name without 中共 and without the organ, save where it is only ever named with one."""
    return max(unit.names, key=lambda n: (len(n), n))


_TITLE_ROLES = (
    re.compile(
        r"^(?P<issuer>.{2,40}?)关于(?:对|向)?(?:开展)?(?:巡[视察]|督[查察导]|审计|检查)?(?P<inspected>.{2,60}?)(?:的)?(?:巡[视察]|常规|专项|综合|审计|督[查察导]|检查|监督检查|\d{4}年).{0,40}$"
    ),
)
_BODY_ROLES = re.compile(
    r"(?P<issuer>[^，。；\n]{0,30})对(?P<inspected>[^。；\n]{3,120}?)(?:等\d*[个家]?[^，。；]{0,10})?(?:（[^）]{0,60}）)?(?:\d{4}年[^，。；]{0,40})?(?:开展|进行|实施)了?[^，。；\n]{0,24}(?:巡[视察]|审计|督[查察导]|检查|抽查|调查|监督|核查|评估)"
)
_OWN = re.compile(r"(?:整改|自查|对照检查|自我|剖析)")


def _roles(draft: Draft, units: list[Unit]) -> tuple[list[Unit], Unit | None]:
    """Whom the report is about, and who made it, from its title and its opening."""
    text = draft.text
    title = draft.title or (0, 0)
    opening = min(len(text), title[1] + 900)
    inspected: list[Unit] = []
    issuer: Unit | None = None

    def within(s: int, e: int) -> list[Unit]:
        return [u for u in units if any(s <= a and b <= e for a, b in u.places)]

    m = _BODY_ROLES.search(text, title[1], opening)
    if m:
        inspected = within(*m.span("inspected")) or _places(text, m["inspected"], units)
        makers = within(*m.span("issuer"))
        issuer = makers[-1] if makers else None
    in_title = within(*title)
    if draft.kind in ("rectification-notice", "self-examination"):
        if in_title and not inspected:
            inspected = in_title[:1]
    elif not inspected and in_title:
        about = text.find("关于", *title)
        after = [u for u in in_title if any(a >= max(about, title[0]) for a, _ in u.places if a < title[1])]
        inspected = [u for u in after if u is not in_title[0]] or after[-1:]
    if issuer is None and draft.kind != "self-examination":
        group = next(
            (
                u
                for u in units
                if re.search(r"(?:巡[视察]|督[查察导]|检查|调查|审计)组$", u.name)
                and any(a < opening for a, _ in u.places)
            ),
            None,
        )
        first = in_title[0] if in_title and any(a <= title[0] + 2 for a, _ in in_title[0].places) else None
        issuer = group or (first if first is not None and not any(first is u for u in inspected) else None)
    if issuer is None:
        signed = [
            u for u in units if any(a > len(text) - 120 and text[a - 1 : a] == "\n" for a, _ in u.places)
        ]
        issuer = signed[-1] if signed and not any(signed[-1] is u for u in inspected) else None
    inspected = [u for u in inspected if u is not issuer]
    return inspected, issuer


def _place_of(unit: Unit) -> str | None:
    """The place with which one of a unit's names begins: 岚川县林业局 -> 岚川县."""
    for name in sorted(unit.names, key=lambda n: (-len(n), n)):
        m = _PLACE_FIRST.match(name.removeprefix("中共"))
        if m and m[0]:
            return m[0]
    return None


def _places(text: str, named: str, units: list[Unit]) -> list[Unit]:
    """Places that stand for their governments: 对黎州市、沂阳市开展了督察."""
    out = []
    for name in re.split(r"[、和及与，]", named):
        if re.fullmatch(r"[\u4e00-\u9fff]{2,6}[省市县区州盟旗镇乡村]|[\u4e00-\u9fff]{2,6}街道", name):
            unit = Unit(name, places=[m.span() for m in re.finditer(re.escape(name), text)])
            units.append(unit)
            out.append(unit)
    return out


def _concerns(draft: Draft, unit: Unit, node: Node) -> None:
    """In a report on several units, a problem is that of the unit its words name first."""
    for problem in draft.of("Problem"):
        if problem.items:
            continue
        if any(problem.start <= s < problem.end for s, _ in unit.places):
            draft.bond("CONCERNS", problem, node)
