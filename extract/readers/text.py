"""Plain text: which encoding it is in."""

from __future__ import annotations

import codecs

from extract.readers.limits import ReadError

#: The commonest characters of Chinese prose; a Big5 text read as GB18030 has next to none of them.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
)

_CHINESE = ("gb18030", "big5")


def decode(raw: bytes, *, name: str, declared: str | None = None) -> tuple[str, str]:
    """Bytes to (text, encoding): BOM, then strict UTF-8, then GB18030, then Big5. Raises ReadError.

    `declared`: what the file says of itself; it decides between GB18030 and Big5.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as err:
            raise ReadError(
                f"{name}: marked as UTF-16 but damaged at byte {err.start}; save it as UTF-8"
            ) from err
    if b"\x00" in raw:
        raise ReadError(f"{name}: is a binary file, not text; convert it to a .txt file first")
    try:
        return raw.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as err:
        bad = err.start
    candidates = []
    for encoding in _candidates(declared):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        candidates.append((_common_share(text, encoding), text, encoding))
    if candidates:
        share, text, encoding = max(candidates, key=lambda c: c[0])
        if share >= 0.15:
            return text, encoding
    raise ReadError(
        f"{name}: unknown encoding (not UTF-8 from byte {bad}, not GB18030, not Big5); save it as UTF-8"
    )


def _candidates(declared: str | None) -> tuple[str, ...]:
    try:
        encoding = codecs.lookup(declared or "").name
    except LookupError:
        return _CHINESE
    if encoding in ("gb2312", "gbk", "gb18030"):
        return ("gb18030",)
    return ("big5",) if encoding.startswith("big5") else _CHINESE


def _common_share(text: str, encoding: str) -> float:
    """Share of the commonest characters among those of the first part: which decoding makes sense."""
    sample = [c for c in text[:20_000] if ord(c) > 0x7F]
    if encoding == "big5":  # traditional forms: count those alike in both scripts, and a few that are not
        common = _COMMON | frozenset("個國這來們產種經進過還對發會動學開關應該實現業區問題黨總")
    else:
        common = _COMMON
    return sum(c in common for c in sample) / len(sample) if sample else 0.0
