"""Plain text: which encoding it is in, and what is left of it where some bytes are damaged."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection
from functools import cache
from itertools import accumulate, takewhile
from typing import Literal

from extract.readers.limits import ReadError

#: The commonest characters of Chinese prose; a text read in a wrong encoding has next to none of them.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
)

#: Traditional forms among the commonest.
_TRADITIONAL = _COMMON | frozenset("個國這來們產種經進過還對發會動學開關應該實現業區問題黨總")
#: In so large a share of its characters, the commonest stand in Chinese text, whatever it is about.
_PROSE = 0.15
#: Beyond such a share of damaged characters a text is not read.
_DAMAGE = 0.03
_BIG5 = ("big5hkscs", "cp950", "big5")  # that of Hong Kong has ① where the bare one has kana
_MARKS = (  # the longer first: that of UTF-32 begins as that of UTF-16 does
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)
_UNMARKED = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_HZ = re.compile(rb"~\{(?:[!-~]{2})+~\}")
#: Stretches that damage does not cross: no byte of a two-byte character is below 0x30, nor from 0x3A to 0x3F.
_STRETCH = re.compile(rb"[^\x00-\x2f\x3a-\x3f]+")
_LONGEST = 1_000
#: First bytes of punctuation and of the usual characters.
_USUAL_OF_GB = frozenset((*range(0xA1, 0xA4), *range(0xB0, 0xD8)))
_USUAL_OF_BIG5 = frozenset(range(0xA1, 0xC7))
#: In so many places the damaged bytes are looked for.
_MENDED = 40
_SAMPLE = 40_000


def decode(raw: bytes, *, name: str, declared: str | None = None) -> tuple[str, str]:
    """Bytes to (text, encoding). A mark decides, then what makes sense as Chinese. Raises ReadError.

    Tried are UTF-8, GB18030, Big5 with its extensions, HZ, UTF-16 and UTF-32 without a mark. A few damaged
    bytes become U+FFFD, one for each place; padding (NUL) at the end goes, elsewhere it becomes a blank.
    `declared`: what the file says of itself; it decides between GB18030 and Big5.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _read_damaged(raw[len(mark) :], encoding, name)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if text.isascii() and _HZ.search(raw) and _common_share(raw, "hz") >= _PROSE:
            return _read_damaged(raw, "hz", name)
        if "\0" not in text:
            return text, "utf-8"
    share, encoding = max(
        ((_common_share(raw, encoding), encoding) for encoding in _candidates(raw, declared)),
        key=lambda found: found[0],
    )
    if share >= _PROSE:
        return _read_damaged(raw, encoding, name)
    if b"\0" in raw:
        raise ReadError(f"{name}: is a binary file, not text; convert it to a .txt file first")
    raise ReadError(
        f"{name}: unknown encoding (not UTF-8, GB18030, Big5, HZ or UTF-16; EUC-TW is not read); "
        "save it as UTF-8"
    )


def _candidates(raw: bytes, declared: str | None) -> tuple[str, ...]:
    """Encodings to try; of two that make as much sense the first is taken."""
    try:
        encoding = codecs.lookup(declared or "").name
    except LookupError:
        encoding = ""
    if encoding in ("gb2312", "gbk", "gb18030"):
        chinese: tuple[str, ...] = ("gb18030",)
    else:
        chinese = _BIG5 if encoding.startswith("big5") else ("gb18030", *_BIG5)
    # a line end of UTF-16 has a NUL
    wide = _UNMARKED if b"\0" in raw or b"\n" not in raw else ()
    return ("utf-8", *chinese, *wide)


def _common_share(raw: bytes, encoding: str) -> float:
    """Share of the commonest characters among those of the first part: does this decoding make sense?"""
    common = _COMMON if encoding == "gb18030" else _TRADITIONAL
    sample = [c for c in raw[:_SAMPLE].decode(encoding, "replace") if ord(c) > 0x7F]
    return sum(c in common for c in sample) / len(sample) if sample else 0.0


def _read_damaged(raw: bytes, encoding: str, name: str) -> tuple[str, str]:
    """(text, encoding), with U+FFFD for what is damaged. Raises ReadError where that is too much."""
    odd = encoding.startswith("utf-16") and len(raw) % 2 == 1
    text = _realign(raw, encoding) if odd else raw.decode(encoding, "replace")
    shown = re.sub("-[lb]e$", "", encoding)
    if "\ufffd" in text:
        places = [m.start() for m in re.finditer("\ufffd+", text)]
        if len(places) > 1 + _DAMAGE * len(text) or text.count("\ufffd") > 0.1 * len(text):
            raise ReadError(
                f"{name}: is {shown.upper()} but damaged in {len(places)} places, the first in line "
                f"{text.count(chr(10), 0, places[0]) + 1}; get it anew"
            )
        if encoding in ("gb18030", *_BIG5) and len(places) <= _MENDED:
            text = _mend(raw, encoding)
        text = re.sub("\ufffd+", "\ufffd", text)
    return text.rstrip("\0").replace("\0", " "), shown


def _realign(raw: bytes, encoding: str) -> str:
    """UTF-16 with a byte lost or added: where most common characters stand on both sides of the place.

    The character before the place may have been put together of two, and goes too.
    """
    order: Literal["little", "big"] = "little" if encoding.endswith("le") else "big"
    units = [
        [chr(int.from_bytes(raw[i : i + 2], order)) in _TRADITIONAL for i in range(first, len(raw) - 1, 2)]
        for first in (0, 1)
    ]
    gain = [0, *accumulate(before - after for before, after in zip(*units, strict=True))]
    at = max(range(len(gain)), key=lambda i: (gain[i], i)) * 2
    before, after = (part.decode(encoding, "replace") for part in (raw[: max(at - 2, 0)], raw[at + 1 :]))
    return f"{before}\ufffd{after}"


def _mend(raw: bytes, encoding: str) -> str:
    """A byte too many or too few shifts all that follows it, up to the next blank or line end.

    Where such a stretch makes sense again without one or two bytes, those are the damaged ones.
    """
    pieces, done = [], 0
    for stretch in _STRETCH.finditer(raw):
        try:
            stretch[0].decode(encoding)
        except UnicodeDecodeError:
            pieces += [raw[done : stretch.start()].decode(encoding), _mend_stretch(stretch[0], encoding)]
            done = stretch.end()
    return "".join([*pieces, raw[done:].decode(encoding)])


def _mend_stretch(stretch: bytes, encoding: str) -> str:
    readings = [stretch.decode(encoding, "replace")]
    if len(stretch) <= _LONGEST:
        readings += (
            f"{stretch[:at].decode(encoding, 'replace')}\ufffd{stretch[end:].decode(encoding, 'replace')}"
            for at in range(len(stretch))
            for end in (at + 1, at + 2)
        )
    worth = [sum(_worth(c, encoding) for c in text) for text in readings]
    best = {text for text, value in zip(readings, worth, strict=True) if value == max(worth)}
    before = _shared_start(best)
    after = _shared_start({text[len(before) :][::-1] for text in best})[::-1]
    return before if len(best) == 1 else f"{before}\ufffd{after}"  # what the likeliest readings agree on


def _shared_start(texts: Collection[str]) -> str:
    same = takewhile(lambda chars: len(set(chars)) == 1, zip(*texts, strict=False))
    return "".join(chars[0] for chars in same)


@cache
def _worth(char: str, encoding: str) -> int:
    """How much a character speaks for a reading: the standards keep the usual ones in rows of their own."""
    if char == "\ufffd":
        return -2
    rows = _USUAL_OF_GB if encoding == "gb18030" else _USUAL_OF_BIG5
    return 2 if char in _TRADITIONAL else int(char.encode(encoding)[0] in rows)
