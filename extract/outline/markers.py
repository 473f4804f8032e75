"""What a line opens with: a list marker (一、 （一） 1. ①), or the words of a heading (存在的主要问题)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extract.outline.numerals import CN, NUMBER, marker_value, roman_value
from extract.rules import Rules

_SIGNS = "①-⑳㉑-㉟㊱-㊿"
#: What opens a list wherever it stands.
MARKER = re.compile(
    rf"(?P<chapter>第{NUMBER}(?:章|部分|篇)[、，：]?|[壹贰叁肆伍陆柒捌玖拾]{{1,3}}、)"
    rf"|(?P<decimal>(?:\d{{1,2}}|{NUMBER})(?:\.\d{{1,2}}){{1,3}}[、.]?(?=[\u4e00-\u9fff“《])"
    r"(?![万亿千百元米倍个吨公亩平立度岁年月日天小分人次名家项件处台辆户套级折成以左余多至到和与]))"
    rf"|(?P<cn>{NUMBER}(?:、|\.(?!\d)))"
    rf"|(?P<cn_bracket>（{NUMBER}）[、.]?|{NUMBER}）)"
    rf"|(?P<topic>(?:问题|隐患|案例|缺陷|现象|表现|情形|(?:审计|检查)?发现)（?(?:{NUMBER}|\d{{1,3}})）?[：、.]"
    rf"|(?:问题|隐患|现象|误区|乱象|点位)[{CN}]{{1,2}}(?![是个类种条直些般经旦样并律把定出再度时级线体次项])"
    r"(?=[^，。；、]{4}))"
    r"|(?P<number>\d{1,2}(?:[、）]|\.(?:(?!\d)|(?=\d{1,3}(?:个(?!百分|亿|月|小时)|项|家|名|户|所|座|处(?![分理置级罚]))[\u4e00-\u9fff]))))"
    r"|(?P<number_bracket>（\d{1,2}）[、.]?)"
    rf"|(?P<circle>[{_SIGNS}][、.]?)"
    rf"|(?P<shi>[{CN}][{CN}百零]{{0,4}}(?:是|要|则)(?![否不]))"
    rf"|(?P<di>(?:[第其]{NUMBER}|第\d{{1,3}})[，、：])"
    r"|(?P<dash>——|[●■◆▲★•◇□○▪►➢☆－])"
)
#: What opens a list only where its neighbour opens a line too: a B、 or 1-2 or 110、 alone is something else.
_WEAK = re.compile(
    r"(?P<number>\d{3,4}[、.）](?!\d))"
    r"|(?P<number_bracket>（\d{3,4}）[、.]?)"
    r"|(?P<comma>\d{1,4}[，：](?=[\u4e00-\u9fff“]))"
    r"|(?P<decimal>\d{1,3}(?:\.\d{1,3}){1,3}[、.]?(?=[\u4e00-\u9fff“《])(?![千百]?[万亿元]))"
    r"|(?P<dashed>\d{1,3}(?:[-－—]\d{1,3}){1,2}[、.]?(?=[\u4e00-\u9fff“])(?![个名家户项处件台次人月日年季天号米点时倍]))"
    rf"|(?P<square>[\[【〔〈](?:\d{{1,4}}|{NUMBER})[\]】〕〉])"
    rf"|(?P<named>【?(?:问题|隐患|案例|缺陷|现象|表现|情形|(?:审计|检查)?发现)(?:\d{{1,4}}|{NUMBER})(?:】[：、]?|(?=[\u4e00-\u9fff“])(?![个名家户项处件台次人条类起例点方])))"
    rf"|(?P<item>第(?:\d{{1,4}}|{NUMBER})(?:项|条|点|类|款|个问题)[、，：]?)"
    r"|(?P<no>(?:[Nn][Oo]\.?|№)\d{1,4}[、.：]?)"
    r"|(?P<roman>[IVX]{1,6}[、.）](?![A-Za-z\d.])|[Ⅰ-Ⅻ][、.）]?)"
    r"|(?P<small_roman>[ivx]{1,6}[、.）](?![a-zA-Z\d.])|（[ivx]{1,6}）|[ⅰ-ⅻ][、.）]?)"
    r"|(?P<letter>[A-Z][、.）](?![A-Za-z\d.])|（[A-Z]）)"
    r"|(?P<small>[a-z][、.）](?![A-Za-z\d.])|（[a-z]）)"
    r"|(?P<stem>[甲乙丙丁戊己庚辛壬癸][、.）](?![甲乙丙丁戊])|（[甲乙丙丁戊己庚辛壬癸]）)"
    r"|(?P<order>(?:首先|其次|再次|最后)，)"
    r"|(?P<bare>\d{1,2}(?=[\u4e00-\u9fff“《])(?![个名家户项件处台次人月日年天季周号条类级元万亿千百米吨亩平座所起例份期轮批宗辆套栋层楼"
    r"届中小时分秒点度岁倍成折公斤克升余多种、至到和]))"
    r"|(?P<bullet>[-*·√✓✔➤◎◦‣⁃»→](?=[\u4e00-\u9fff“]))"
)
_WEAK_LINES = re.compile(rf"^(?:{_WEAK.pattern})", re.MULTILINE)
_STRONG_LINES = re.compile(rf"^(?:{MARKER.pattern})", re.MULTILINE)
_NINETY_NINE = re.compile(r"^99[、.）]", re.MULTILINE)
_YEARS = range(1900, 2100)
_LABEL_FIRST = re.compile(
    r"【?(?:存在|主要|产生|具体)?(?:问题|整改|落实|进展|处理|处置|原因|责任|建议|检查|办理|完成)"
    r"(?:情况|结果|措施|进展|成效|状态|分析|意见|单位|建议|时限|描述|要求)?[：】]"
)
#: Characters of a heading, without its marker.
LONGEST_HEADING = 26
#: A line that ends so is a sentence, no heading.
SENTENCE_END = re.compile(r"[。；，！？…]$")
#: They may stand around a heading.
BRACKETS = "【】〔〕[]"


class Marker(NamedTuple):
    """What a list item opens with: `kind` of list, `value` in it (0 where it has none), `form` as written.

    `weak`: it is one at the beginning of a line only.
    """

    start: int
    end: int
    kind: str
    value: int
    form: str
    weak: bool = False


class Markers:
    """The list markers of a text: those that are one anywhere, and the weak that have a neighbour."""

    def __init__(self, text: str) -> None:
        self.weak: set[tuple[str, int]] = set()
        self.kinds: dict[str, str] = {}
        found: dict[tuple[str, int], int] = {}
        for m in _WEAK_LINES.finditer(text):
            for form, value in _readings(m):
                if form == "bullet" and (form, value) in found:
                    self.weak.add((form, value))
                found.setdefault((form, value), m.start())
        for form, value in sorted(found, key=lambda reading: reading[1]):
            before = (form, value - 1) in (found if value < 1000 else self.weak)
            if form == "bare" and (form, value - 2) in found:
                before = True  # numbers of such lists skip
            after = (form, value + 1) in found and value not in _YEARS
            if form == "bullet" or (form == "bare" and not {(form, 1), (form, 2)} <= found.keys()):
                continue
            if before or after or ((form, value) == ("number", 100) and _NINETY_NINE.search(text)):
                self.weak.add((form, value))
        forms: dict[str, int] = {}
        for form, value in self.weak:
            forms[form] = min(forms.get(form, len(text)), found[form, value])
        #: the form that opens first, where headings of sections may have it
        self.outermost = next((m.lastgroup for m in _STRONG_LINES.finditer(text)), None)
        if self.outermost == "number" and (_CN_LINE.search(text) or not _BRACKET_LINE.search(text)):
            self.outermost = None
        self.deep = _has_numbers_above(text)
        if {*forms} - _LIKE.keys():
            self._rank(forms, text)

    def _rank(self, forms: dict[str, int], text: str) -> None:
        """A form that opens before all others is the outermost list, a later one stands below them."""
        first: dict[str, int] = {}
        for m in _STRONG_LINES.finditer(text):
            first.setdefault(str(m.lastgroup), m.start())
        outer = min((first[k] for k in ("chapter", "cn", "cn_bracket") if k in first), default=len(text))
        inner = min(
            (first[k] for k in ("number", "number_bracket", "circle") if k in first), default=len(text)
        )
        for i, (form, at) in enumerate(sorted(forms.items(), key=lambda item: item[1])):
            if form in _LIKE or form.startswith("decimal"):
                continue
            if at < min(outer, inner) and not {"chapter", "cn"} & first.keys() and not self.kinds:
                self.kinds[form] = "cn"
            else:
                self.kinds[form] = "other0" if at < inner else f"other{min(i + 1, 4)}"

    def match(self, text: str, at: int = 0) -> Marker | None:
        """The marker at a place."""
        if m := MARKER.match(text, at):
            form = str(m.lastgroup)
            kind = self._decimal_kind(m[0]) if form == "decimal" else form
            return Marker(m.start(), m.end(), kind, marker_value(m[0]), form)
        if self.weak and (m := _WEAK.match(text, at)):
            for form, value in _readings(m):
                if (form, value) in self.weak:
                    kind = _LIKE.get(form) or self.kinds.get(form) or self._decimal_kind(m[0])
                    return Marker(m.start(), m.end(), kind, value if form != "bullet" else 0, form, True)
        return None

    def _decimal_kind(self, marker: str) -> str:
        """1.1 is one level above 1.1.1, and below 1. where that stands above it."""
        level = marker.strip("、.").count(".")
        return "number" if level == 1 and not self.deep else f"decimal{level}"

    def opens(self, text: str) -> bool:
        """Does a line open a block of its own by its first characters: a number, or a label (整改情况：)?"""
        return bool(MARKER.match(text) or _LABEL_FIRST.match(text) or (self.weak and self.match(text)))


#: Weak forms that are of a kind that has strong ones.
_LIKE = {
    "number": "number",
    "comma": "number",
    "bare": "number",
    "number_bracket": "number_bracket",
    "named": "topic",
    "order": "di",
    "bullet": "dash",
}


def _has_numbers_above(text: str) -> bool:
    """Does 1. stand above 1.1, which then is one level below it?"""
    decimal = _DECIMAL_LINE.search(text)
    return decimal is not None and any(
        m.lastgroup == "number" for m in _STRONG_LINES.finditer(text, 0, decimal.start())
    )


_CN_LINE = re.compile(rf"^(?:{NUMBER}、|第{NUMBER}(?:章|部分|篇))", re.MULTILINE)
_BRACKET_LINE = re.compile(rf"^（{NUMBER}）", re.MULTILINE)
#: A number that only a blank parts from the words: 1 财务管理; not 3 号仓, and no row of a table.
_BLANK_AFTER = re.compile(
    rf"^[ \u3000]*(\d{{1,2}}|{NUMBER}|[A-Z])([ \u3000\t])[ \u3000\t]*"
    r"(?=[^\s\w]|[\u4e00-\u9fff]|(?:19|20)\d\d年|\d{1,2}月)(?![^\n]*\t|[个名家户项件处台辆套次人月日年季天周号条类级，。、；：])",
    re.MULTILINE,
)
_HEAD_BEFORE_BLANK = re.compile(
    r"(?P<head>[\u4e00-\u9fff“”、（）]{4,30})[ \u3000](?=[\u4e00-\u9fff\d“][^\n ]{5})(?=[^\n ]*(?:\n|$))"
)
_BARE_HEAD = re.compile(rf"^[ \u3000]*\d{{1,2}}{_HEAD_BEFORE_BLANK.pattern}", re.MULTILINE)
_DECIMAL_LINE = re.compile(r"^\d{1,2}\.\d{1,2}[、.]?[\u4e00-\u9fff]", re.MULTILINE)


def _readings(match: re.Match[str]) -> Iterator[tuple[str, int]]:
    """(form, value) of a weak marker; I. may be a roman number and a letter."""
    form, said = str(match.lastgroup), match[0].strip("、.：，）（[]【】〔〕〈〉")
    if form in ("roman", "small_roman"):
        yield form, roman_value(said)
        if len(said) == 1 and said.isascii():
            yield "letter" if form == "roman" else "small", ord(said.lower()) - 96
    elif form in ("letter", "small"):
        yield form, ord(said.lower()) - 96
    elif form == "decimal":
        above, _, last = said.rpartition(".")
        yield f"decimal {above}", int(last)
    elif form == "square":
        yield form if said.isdecimal() else "square_cn", marker_value(said)
    elif form == "bullet":
        yield form, ord(said)
    elif form == "order":
        place = ("首先", "其次", "再次", "最后").index(said) + 1
        yield from ((form, value) for value in {place, min(place, 3)})
    elif form == "stem":
        yield form, "甲乙丙丁戊己庚辛壬癸".index(said) + 1
    else:
        yield form, marker_value(said)


def is_heading(text: str, rules: Rules, markers: Markers) -> bool:
    """A line that names a section (存在的主要问题) and stands alone."""
    if len(text) > 2 * LONGEST_HEADING:  # with whatever marker and brackets
        return False
    m = markers.match(text)
    bare = (text[m.end :] if m else text).strip(BRACKETS)
    return (
        len(bare) <= LONGEST_HEADING
        and not SENTENCE_END.search(bare)
        and rules.headings.role(bare) is not None
    )


def write_stops(text: str) -> str:
    """With 、 for the blank after a number that opens a line, where such go up from 1; the length stays."""
    found = [(m, *_blank_reading(m[1])) for m in _BLANK_AFTER.finditer(text)]
    read = {(shape, value) for _, shape, value in found}
    pieces: list[str] = []
    done = 0
    for m, shape, _ in found:
        if {(shape, 1), (shape, 2)} <= read:
            pieces += (text[done : m.start(2)], "、")
            done = m.end(2)
            if head := _HEAD_BEFORE_BLANK.match(text, m.end()):  # 1 收集不齐全 2021年收文2860件
                pieces += (text[done : head.end("head")], "。")
                done = head.end("head") + 1
    if not found and len(bare := [*_BARE_HEAD.finditer(text)]) > 1:  # 1兑付慢 尚欠620万元
        for m in bare:
            pieces += (text[done : m.end("head")], "。")
            done = m.end("head") + 1
    return "".join([*pieces, text[done:]])


def _blank_reading(said: str) -> tuple[str, int]:
    if said.isascii():
        return ("A", ord(said) - 64) if said.isalpha() else ("1", int(said))
    return "一", marker_value(said)
