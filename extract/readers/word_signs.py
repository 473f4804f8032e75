"""Signs that a Word file does not hold as characters: symbols of fonts, and fields that draw their text."""

from __future__ import annotations

import re

from extract.readers.raised import lowered, raised

#: The signs of symbol fonts that say something; bullets and arrows do not.
_SIGNS = {
    "wingdings": {0xFC: "√", 0xFB: "×", 0xFE: "☑", 0xFD: "☒", 0xA8: "□", 0x6F: "□"},
    "wingdings 2": {0x50: "√", 0x4F: "×", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"},
    "symbol": {0xB4: "×", 0xB8: "÷", 0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0xB0: "°", 0xB9: "≠", 0x6D: "μ"},
}
_PRIVATE = range(0xE000, 0xF900)
#: EQ \\o\\ac(○,12): a number in a circle; EQ \\s\\up6(4): a raised one; EQ \\f(1,3): a fraction.
_FIELD = re.compile(r"\s*EQ\s+(.*)", re.IGNORECASE | re.DOTALL)
_SWITCH = re.compile(r"\\(?P<kind>[a-z]{1,4})[\\a-z\d]{0,30}\s{0,9}\((?P<inside>[^()\\]*)\)", re.IGNORECASE)
#: Codes of fields in a text, each between two of it; a field's code may stand in several.
CODE = "\0"
_CODES = re.compile("(?:\0[^\0]*\0)+")
_LONGEST = 500


def symbol(font: str, code: str) -> str:
    """The character of w:sym; "" for a picture that says none."""
    number = int(code, 16)
    signs = _SIGNS.get(font.lower())
    if signs is not None and (number < 0x100 or number in _PRIVATE):
        return signs.get(number & 0xFF, "")
    return "" if number in _PRIVATE else chr(number)


def show_fields(text: str) -> str:
    """The text with what its EQ fields show; the results of other fields stand in the text."""
    return _CODES.sub(lambda m: _equation(m[0].replace(CODE, "")), text) if CODE in text else text


def _equation(code: str) -> str:
    match = _FIELD.fullmatch(code[:_LONGEST])
    if match is None:
        return ""
    said, count = match[1], 1
    while count:  # from the inside
        said, count = _SWITCH.subn(_shown, said)
    return re.sub(r"\\[a-z]+\d*", "", said, flags=re.IGNORECASE).strip()


def _shown(match: re.Match[str]) -> str:
    kind, parts = match["kind"].lower(), [part.strip() for part in re.split("[,;，]", match["inside"])]
    if kind == "o" and len(parts) == 2 and parts[0] in ("○", "◯") and parts[1].isdecimal():
        number = int(parts[1])
        return chr(0x2460 + number - 1) if 1 <= number <= 20 else f"({number})"
    if kind == "s":
        return (lowered if "\\do" in match[0].lower() else raised)("".join(parts))
    if kind == "f" and len(parts) == 2:
        return "/".join(parts)
    if kind == "r":
        return f"√{parts[-1]}"
    return "".join(parts)
