"""What looks the same is read as the same: compatibility forms, invisible and traditional characters.

A source is read into a text of the usual characters that remembers its offsets, as some forms stand for
several (㈠ is （一）) and some for none (a soft hyphen). Most texts have none of them, which a search tells.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extract.model import Cell

_DATA = tomllib.loads(Path(__file__).parents[1].joinpath("rules", "characters.toml").read_text("utf-8"))


def _pairs(signs: str) -> dict[str, str]:
    signs = "".join(signs.split())
    return dict(zip(signs[::2], signs[1::2], strict=True))


def _span(*ranges: tuple[int, int]) -> list[str]:
    return [chr(c) for first, last in ranges for c in range(first, last + 1)]


#: Blocks whose characters are others in another form, as Unicode says (NFKC).
_COMPATIBLE = _span(
    (0x2F00, 0x2FD5),  # Kangxi radicals
    (0xF900, 0xFAFF),  # ideographs of other standards
    (0x2F800, 0x2FA1D),
    (0xFE10, 0xFE19),  # upright punctuation
    (0xFE30, 0xFE44),
    (0xFE47, 0xFE48),
    (0xFE50, 0xFE6B),  # small punctuation
    (0x2474, 0x249B),  # ⑴ ⒈
    (0x3220, 0x3243),  # ㈠
    (0x32C0, 0x32CB),  # ㋃: 4月
    (0x3358, 0x3370),
    (0x33E0, 0x33FE),  # ㏫: 12日
    (0xFB00, 0xFB06),  # ﬁ
    (0x1D400, 0x1D7FF),  # letters and digits of formulas
    *((ord(c), ord(c)) for c in "＂＋／＝［］｛｝"),
)
#: With A3A0 of GBK, the blank of many old editors, A1A0, and the blank of Symbol and Wingdings.
_BLANK = [*_span((0x2000, 0x200A)), *"\u1680\u202f\u205f\u3164\ue5e5\ue4c6\uf020"]
_INVISIBLE = _span(
    (0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C),
    (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB),
    (0xE0001, 0xE007F), (0xE0100, 0xE01EF),
)  # fmt: skip
#: A line ends with them as it does with \n; a form feed ends a page too, which `split_lines` looks at.
_LINE_ENDS = ["\x0b", "\x85", "\u2028", "\u2029"]
#: Bullets of Symbol and Wingdings, which Word puts into the private area.
_BULLETS = _span(*((c, c) for c in (0xF06C, 0xF06E, 0xF075, 0xF076, 0xF0A7, 0xF0A8, 0xF0B7, 0xF0D8)))

_FULL = str.maketrans(",;:!?()", "，；：！？（）")


def _any_of(signs: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"[{''.join(re.escape(c) for c in signs if c <= chr(0xFFFF))}{_BEYOND}]")


FORMS: dict[str, str] = {
    c: form.translate(_FULL) for c in _COMPATIBLE if (form := unicodedata.normalize("NFKC", c)) != c
}
FORMS |= _pairs(_DATA["radicals"])
FORMS |= {**dict.fromkeys(_BLANK, " "), **dict.fromkeys(_INVISIBLE, ""), **dict.fromkeys(_LINE_ENDS, "\n")}
FORMS |= dict.fromkeys(_BULLETS, "●")
FORMS |= {chr(0x3280 + i): f"（{c}）" for i, c in enumerate("一二三四五六七八九十")}  # ㊀
for first, value in ((0x2776, 1), (0x2780, 1), (0x278A, 1), (0x24F5, 1), (0x24EB, 11)):  # ❶ ➀ ➊ ⓵ ⓫: ① ⑪
    FORMS |= {chr(first + i): chr(0x2460 + value - 1 + i) for i in range(10)}
# upright punctuation as GB 18030 had it before Unicode did
FORMS |= dict(zip(_span((0xE78D, 0xE796)), "，。、：；！？〖〗…", strict=True))
FORMS["\uf0fc"] = "√"  # of Wingdings
FORMS["\r"] = "\n"  # where no \n follows

_TRADITIONAL = _pairs(_DATA["traditional"])
_MARKS = frozenset(_TRADITIONAL)
_TABLE = str.maketrans(_TRADITIONAL | _pairs(_DATA["also_simplified"]))
_WORDS = dict(zip(*[iter(_DATA["words"].split())] * 2, strict=True))
_WORD = re.compile("|".join(_WORDS))
# One class of characters is searched many times faster than a choice. Beyond the Basic Multilingual Plane
# a class is walked through, so these are ranges.
_BEYOND = "\U0001d400-\U0001d7ff\U0002f800-\U0002fa1d\U000e0001-\U000e007f\U000e0100-\U000e01ef"
_FORM = _any_of(FORMS.keys())
_OTHER = _any_of(FORMS.keys() - {"\r"} | _TRADITIONAL.keys())
_LONE_CR = re.compile("\r(?!\n)")
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff]")
_STRAY = re.compile("[\ue000-\uf8ff\ufffd]")


class Readable(NamedTuple):
    """A text in usual characters: `text[starts[i]:starts[i+1]]` stands in the source from `origins[i]` on."""

    text: str
    starts: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)

    def cell(self, cell: Cell) -> Cell:
        """A cell of the source, with its offsets in this text."""
        if len(self.starts) == 1:
            return cell
        start, end, body = (self._at(offset) for offset in (cell.start, cell.end, cell.body))
        label = cell.label and (self._at(cell.label[0]), self._at(cell.label[1]))
        return replace(cell, start=start, end=end, body=body, label=label)

    def _at(self, offset: int) -> int:
        """Where what stands at an offset of the source is in this text."""
        i = bisect_left(self.origins, offset)
        if i == len(self.origins) or self.origins[i] > offset:
            i -= 1
        reach = self.starts[i + 1] if i + 1 < len(self.starts) else len(self.text)
        return min(self.starts[i] + offset - self.origins[i], reach)

    def to_source(
        self, starts: tuple[int, ...], origins: tuple[int, ...], end: int
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Segments of a text of `end` characters made from this one, with origins in the source."""
        if self.origins == (0,):
            return starts, origins
        out_starts, out_origins = [], []
        for at, origin, stop in zip(starts, origins, (*starts, end)[1:], strict=True):
            segment, place = bisect_right(self.starts, origin) - 1, at
            while place < stop:
                here = origin + place - at
                out_starts.append(place)
                out_origins.append(self.origins[segment] + here - self.starts[segment])
                segment += 1
                if segment == len(self.starts):
                    break
                place = at + self.starts[segment] - origin
        return tuple(out_starts), tuple(out_origins)


def read_characters(source: str) -> Readable:
    """The text of a source in usual, simplified characters."""
    if not _OTHER.search(source) and not _LONE_CR.search(source):
        return Readable(source)
    pieces: list[str] = []
    starts, origins = [0], [0]
    length = done = 0
    for m in _FORM.finditer(source):
        form = _form(m)
        pieces += (source[done : m.start()], form)
        length += m.start() - done
        done = m.end()
        if len(form) > 1:  # each of them stands where the one does
            starts += range(length, length + len(form))
            origins += [m.start()] * len(form)
        length += len(form)
        if len(form) != 1:
            starts.append(length)
            origins.append(done)
    pieces.append(source[done:])
    return Readable(simplify("".join(pieces)), *_without_empty(starts, origins))


def _without_empty(starts: list[int], origins: list[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Of segments that begin at one place only the last has characters."""
    kept = [i for i, start in enumerate(starts) if i + 1 == len(starts) or starts[i + 1] != start]
    return tuple(starts[i] for i in kept), tuple(origins[i] for i in kept)


def plain(text: str) -> str:
    """A text in usual characters, without invisible ones; traditional characters stay."""
    return _FORM.sub(_form, text)


def _form(match: re.Match[str]) -> str:
    crlf = match[0] == "\r" and match.string.startswith("\n", match.end())
    return "\r" if crlf else FORMS.get(match[0], match[0])


def simplify(text: str) -> str:
    """Traditional lines in simplified characters, one to one; simplified lines stay as they are.

    乾, 於 and 後 stand in both scripts. What a line without a clear sign is, the whole text decides; in a
    simplified text a line is traditional that has three clear signs and nothing simplified.
    """
    if _MARKS.isdisjoint(text):
        return text
    lines = text.splitlines(keepends=True)
    counts = [(_count(line, _MARKS), _count(line, _simplified_only())) for line in lines]
    whole = sum(old for old, _ in counts) > sum(new for _, new in counts)
    return "".join(
        _WORD.sub(lambda m: _WORDS[m[0]], line.translate(_TABLE))
        if (old >= new if whole else old >= 3 and not new)
        else line
        for line, (old, new) in zip(lines, counts, strict=True)
    )


def _count(line: str, signs: frozenset[str]) -> int:
    return sum(map(signs.__contains__, line))


@cache
def _simplified_only() -> frozenset[str]:
    """The simplified characters that traditional text lacks: 国 and not 后."""
    return frozenset(c for c in _TRADITIONAL.values() if not _is_traditional(c))


def _is_traditional(char: str) -> bool:
    try:
        char.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


def find_unreadable(source: str) -> list[str]:
    """A warning for each place, up to five, where the source has no character that could be read."""
    if not _HAN.search(source):
        return ["no Chinese text: 未见中文；is it in another encoding?"]
    found = [m.start() for m in _STRAY.finditer(source) if m[0] not in FORMS]
    if not found:
        return []
    ends = [m.start() for m in re.finditer(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]", source)]
    places = [at for i, at in enumerate(found) if not i or at > found[i - 1] + 1]  # a run is one place
    said = []
    for at in places[:5]:
        line = bisect_right(ends, at)
        around = source[max(at - 8, ends[line - 1] + 1 if line else 0) : at + 9].splitlines()[0].strip()
        said.append(f"unreadable character in line {line + 1} (offset {at}): {around}")
    if len(places) > len(said):
        said.append(f"unreadable characters in {len(places) - len(said)} more places")
    return said
