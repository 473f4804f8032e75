"""Units: named organisations, by the words that end a name and what may stand before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.draft import Draft, Holders, Node, draft_of
from extract.ranges import Endings
from extract.unit_names import LEVELS, bare_name, mentions, same_unit

_PLACE_FIRST = re.compile(
    r"(?:[\u4e00-\u9fff]{2,3}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,3}?(?:市|自治州|州|盟)(?!场|政|委|直))?"
    r"(?:[\u4e00-\u9fff]{2,3}?(?:县|区|旗)(?!域|级))?"
)
_DEFINED = re.compile(
    r"（(?:以?下?(?:统一)?简称|以?下称)[：]?(?:为)?[“《]?(?P<short>[^”》）“《，；]{2,16})[”》]?(?:[，；][^）]{0,20})?）"
)


@dataclass(slots=True, eq=False)
class Unit:
    name: str
    aliases: set[str] = field(default_factory=set)
    places: list[tuple[int, int]] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        return self.aliases | {self.name}


@Language.component("suyin_units", assigns=["doc.spans"])
def find_units(doc: Doc) -> Doc:
    draft = draft_of(doc)
    shorts = dict(_definitions(draft.text))
    units: list[Unit] = []
    known: dict[str, int] = {}
    for start, end, name in mentions(draft.text, set(shorts)):
        at = _known(known, name, shorts, len(units))
        if at == len(units):
            units.append(Unit(name))
        known.setdefault(name, at)
        units[at].aliases.add(name)
        units[at].places.append((start, end))
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


def _known(known: dict[str, int], name: str, shorts: dict[str, str], new: int) -> int:
    """The index of the unit of this name: a known one, by its definition the one before it, or a new one."""
    if name in known or name not in shorts:
        return known.get(name, new)
    before = shorts[name]
    return min((known[w] for i in range(len(before)) if (w := before[i:]) in known), default=new)


def _merge(units: list[Unit], shorts: dict[str, str]) -> list[Unit]:
    """Join the long and short names of one unit; the longer names come first."""
    merged: list[Unit] = []
    endings = Endings()
    abbreviated: dict[tuple[str, str], set[int]] = {}  # by first and last character of what may stand for it
    for unit in sorted(units, key=lambda u: (-len(u.name), u.places[0])):
        at = len(merged)
        for name in unit.names:
            bare = bare_name(name)
            near = abbreviated.get((bare[:1], bare[-1:]), ())
            for i in sorted({*endings.with_end(bare), *near}):
                if i >= at:
                    break
                if any(same_unit(a, name) for a in merged[i].names):
                    at = i
                    break
        if at == len(merged):
            merged.append(unit)
        else:
            merged[at].aliases |= unit.names
            merged[at].places += unit.places
        for bare in map(bare_name, unit.names):
            endings.add(bare, at)
            for first in set(bare[:7]) & set(LEVELS):
                abbreviated.setdefault((first, bare[-1:]), set()).add(at)
    for unit in merged:
        unit.places.sort()
    return sorted(merged, key=lambda u: u.places[0])


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
        inspected = [*_places(text, m["inspected"], units), *within(*m.span("inspected"))]
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
            unit = next((u for u in units if name in u.names), None)
            if unit is None:
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
