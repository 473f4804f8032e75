"""Names of units by both readers: the rules' ones, checked by the model, and those that it found alone.

Figures are of 50 reports that neither reader was made with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extract.ranges import Overlaps
from extract.reading.candidates import Candidate, Trust
from extract.reading.chain import Floats
from extract.reading.gate import finder, load_gate, places_of
from extract.reading.labels import NAMING
from extract.units.names import Mention, titles
from extract.units.place_units import lies
from extract.units.words import unit_words

OUTSIDE, BEGINS, INSIDE = range(len(NAMING))
_LABEL = "Unit"
#: Characters of the shortest name that only the model finds.
_SHORTEST = 3
#: What only stands for a unit named before, and bodies of every place.
_STANDS_FOR = re.compile(
    "[我你该本贵此其某].*|.*[“”《》「」].*|(?:[局校院镇乡厅办]|集团|公司|街道|学院|医院)党[组委]"
    r"|[新原老各]公司|(?:董事|监事|股东大?)会|(?:人民)?(?:检察院|法院|政府)|公安机关|.*上市公司|.*[两一二三四五六七八九十\d]家.*"
)
#: What follows the issuer's code in the number of a document: 苍食安委办〔2012〕1号.
_NUMBERED = re.compile(r"[〔【\[(（]\d{4}[〕】\])）]")
#: What follows the name of a building site: 滨江安置房项目.
_PROJECT = re.compile("[一二三四五]期|项目|工程|小区")
#: Whose round of inspections it is, in a title, is not who was inspected: 十五届青岳县委第四轮巡察.
_ROUND = re.compile("第.{1,4}轮")
#: What a short name that only the model sees ends with: 朱芝松 is a person, 福州大 no name.
_ENDS = re.compile(".*[局厅委部办院校所站处队厂会社店场馆园组室科司团行库矿铺房城网府关台县市区乡镇村学坊庄]")
_SHORT = 5
#: A place that goes on as an authority (宁乡市人民检察院), or whose head is meant (新北区原副区长).
_GOES_ON = re.compile(
    "[\u4e00-\u9fff]{0,8}(?:局|厅|委员会|检察院|法院|政府|考试院)|原?副?(?:[省市县区]长|书记|委)"
)
_PLACE = re.compile(".{1,6}[省市县区州盟旗]")
#: A firm's full name is one, whatever the model thinks.
_FULL = re.compile(".{4,}有限(?:责任)?公司")
#: Who looks into an accident: the rules know such a group by its day, and bound it as it signs.
_LOOKS_INTO = re.compile(r".*\d·\d.*调查组")
#: From this probability on a name that only the model found may be one.
_LIKELY = 0.7
#: From these probabilities on the model's name stands for a rules' one that begins later, that is longer.
_EARLIER, _SHORTER = 0.6, 0.8


def name_spans(naming: Floats) -> list[tuple[int, int, float]]:
    """(start, end, probability) of each name by what its characters (characters, NAMING) are likeliest to be.

    The probability is that of the least sure of its characters or ends; names that touch are one.
    """
    likeliest = naming.argmax(axis=1)
    spans: list[tuple[int, int, float]] = []
    at, size = 0, len(likeliest)
    while at < size:
        end = at + 1
        if likeliest[at] == BEGINS:
            while end < size and likeliest[end] == INSIDE:
                end += 1
            ends = 1 - naming[end, INSIDE] if end < size else 1.0
            sure = float(min(naming[at, BEGINS], ends, *naming[at + 1 : end, INSIDE]))
            if spans and spans[-1][1] == at:
                start, _, before = spans.pop()
                at, sure = start, min(sure, before)
            spans.append((at, end, sure))
        at = end
    return spans


def name_candidates(text: str, ours: Sequence[Mention], naming: Floats) -> list[tuple[Mention, Candidate]]:
    """The names that stand if they are trusted, none over another, each with who found it and how probable
    it is."""
    within = titles(text)
    found = {(start, end): sure for start, end, sure in name_spans(naming) if not within.meets(start, end)}
    near = Overlaps((*span, span) for span in found)
    made = []
    for mention in ours:
        span = mention.start, mention.end
        over = near.meeting(*span)
        if span in found:
            made.append((mention, Candidate(_LABEL, *span, "both", found.pop(span))))
        elif not any(other in found and _outdoes(text, other, found[other], span) for other in over):
            for other in over:
                found.pop(other, None)
            inside = float(1 - naming[slice(*span), OUTSIDE].mean())
            made.append((mention, Candidate(_LABEL, *span, "rules", inside)))
    made += [
        (Mention(start, end, text[start:end]), Candidate(_LABEL, start, end, "model", sure))
        for (start, end), sure in found.items()
        if sure >= _LIKELY and _may_be(text, start, end)
    ]
    return made


def _may_be(text: str, start: int, end: int) -> bool:
    """Can these words, which only the model took for one, be a name?"""
    name = text[start:end]
    return (
        len(name) >= _SHORTEST
        and (len(name) > _SHORT or _ENDS.fullmatch(name) is not None)
        and name.count("（") == name.count("）")
        and not _STANDS_FOR.fullmatch(name)
        and not _ROUND.match(text, end)
        and not _NUMBERED.match(text, end)
        and not _PROJECT.match(text, end)
        and not (name[-1] in "省市县区园街镇乡村" and lies(text, start))
        and not name.endswith("常委")
        and not (_PLACE.fullmatch(name) and _GOES_ON.match(text, end))
    )


def _outdoes(text: str, span: tuple[int, int], sure: float, ours: tuple[int, int]) -> bool:
    """Does the model's name stand instead of the rules' that shares characters with it?

    Where it begins earlier (驻局纪检监察组: 7 of 7), and where it is shorter and sure (入东关水厂: 5 of 6).
    Not where it goes on for longer (公司董事会: 2 of 10), nor where it leaves out a place or part of a firm.
    """
    if span[1] > ours[1] or _FULL.fullmatch(text, *ours) or _PLACE.fullmatch(text, ours[0], span[0]):
        return False
    if span[0] >= ours[0] and text[slice(*ours)] in unit_words().central_words:
        return False
    return sure >= (_EARLIER if span[0] < ours[0] else _SHORTER)


class NameReader:
    """What the model made of a text's characters (characters, NAMING), and how far it is to be trusted."""

    def __init__(self, naming: Floats, trust: Trust) -> None:
        self.naming, self.trust = naming, trust

    def join(self, text: str, ours: Iterable[Mention], sure: Iterable[str] = ()) -> list[Mention]:
        """The names that stand, in order, none over another; `sure`: names that the text defines."""
        defined = frozenset(sure)
        return sorted(
            mention
            for mention, one in name_candidates(text, list(ours), self.naming)
            if mention.name in defined or _FULL.fullmatch(mention.name) or self.trust.stands(one)
        )

    def vouched(
        self, text: str, named: Iterable[Mention], ours: Iterable[Mention], sure: Iterable[str] = ()
    ) -> list[Mention]:
        """Those of the names read that the gate lets pass; a firm may begin later than it was read.

        `ours`: what the rules found; `sure`: names that the text defines, certain as central bodies are. What
        is not as it stands there (市总工会, of 市公安局、总工会) is the rules' own, and who looks into an
        accident.
        """
        gate, read = load_gate(), list(named)
        rules = {(start, end) for start, end, _ in ours}
        model = {(start, end) for start, end, _ in name_spans(self.naming)}
        passed = {*sure, *unit_words().central_words}
        later: dict[str, int] = {}
        for name, spans in places_of(read).items():
            start, end = spans[0]
            found = finder(spans, rules, model)
            own = name != text[start:end] or _LOOKS_INTO.fullmatch(name) is not None
            if own or gate.sure(text, name, spans, self.naming, found) >= gate.least:
                passed.add(name)
            elif name not in passed and (cut := gate.later(text, (start, end), self.naming)):
                later[name] = cut[0] - start
        return [
            m if m.name in passed else Mention(m.start + later[m.name], m.end, m.name[later[m.name] :])
            for m in read
            if m.name in passed or m.name in later
        ]
