"""The text of a Word paragraph as it is seen: without what is deleted or hidden; raised digits stay so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.readers.equations import M, write_equation
from extract.readers.numbering import W
from extract.readers.raised import lowered, raised
from extract.readers.word_signs import CODE, show_fields, symbol
from extract.readers.word_styles import Styles, attribute, is_on

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BOX = f"{W}txbxContent"
#: Deleted or moved away by tracked changes, the code of a field, or not of the text.
DROPPED = frozenset({
    *(f"{W}{tag}" for tag in ("del", "moveFrom", "delText", "rubyPr", "rt", "footnoteRef")),
    *(f"{W}{tag}" for tag in ("pPr", "rPr")),
    FALLBACK,
})  # fmt: skip
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}br": "\n", f"{W}noBreakHyphen": "-",
          f"{W}softHyphen": ""}  # fmt: skip
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"
_PICTURES = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})


@dataclass(frozen=True, slots=True)
class Inline:
    """Reads paragraphs. `picture`, `comment`: told of each drawing and each mark of a comment."""

    styles: Styles
    picture: Callable[[Element], object]
    comment: Callable[[str], object]

    def text(self, p: Element, style: str | None) -> str:
        """The visible text of a paragraph of this style, without its text boxes."""
        return show_fields("".join(self._texts(p, style)))

    def _texts(self, element: Element, style: str | None) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in DROPPED or tag == BOX:
                continue
            if tag == f"{W}t":
                yield child.text or ""
            elif tag in _SIGNS:
                yield _SIGNS[tag]
            elif tag == f"{W}r":
                yield self._run(child, style)
            elif tag == f"{W}sym":
                yield symbol(child.get(f"{W}font", ""), child.get(f"{W}char", "0"))
            elif tag == _WORD_ART:
                yield child.get("string", "")
            elif tag == f"{W}instrText":
                yield f"{CODE}{child.text or ''}{CODE}"
            elif tag == f"{W}ffData":
                yield _form_field(child)
            elif tag == f"{M}oMath":
                yield write_equation(child)
            elif tag == f"{W}commentReference":
                self.comment(child.get(f"{W}id", ""))
            elif tag == f"{W}sdt" and is_on(child.find(f"{W}sdtPr/{W}showingPlcHdr")):
                continue  # the prompt of a control that nobody filled in
            else:
                if tag in _PICTURES:
                    self.picture(child)
                yield from self._texts(child, style)

    def _run(self, run: Element, style: str | None) -> str:
        if is_on(self.styles.of_run(run, style, "vanish")):
            return ""
        text = "".join(self._texts(run, style))
        place = self.styles.of_run(run, style, "vertAlign")
        if place is not None:
            move = _MOVED.get(place.get(f"{W}val", ""))
            return move(text) if move is not None else text
        height = _height(run)
        if abs(height) >= _RAISED and _DIGITS.fullmatch(text):
            beside = [other for other in (run.getprevious(), run.getnext()) if other is not None]
            if any(other.tag == f"{W}r" and _height(other) != height for other in beside):
                return (raised if height > 0 else lowered)(text)
        return text


_MOVED = {"superscript": raised, "subscript": lowered}
#: Digits are also raised by hand, in half points; whole lines too, to even them out.
_RAISED = 4
_DIGITS = re.compile(r"[+\-−–]?\d{1,2}")


def _height(run: Element) -> int:
    said = attribute(run.find(f"{W}rPr"), "position")
    return int(said) if said and re.fullmatch(r"-?\d{1,4}", said) else 0


def _form_field(data: Element) -> str:
    """What an old form field shows that stands in no text: a tick, or the option chosen."""
    box = data.find(f"{W}checkBox")
    if box is not None:
        state = box.find(f"{W}checked")
        return "√" if is_on(state if state is not None else box.find(f"{W}default")) else "□"
    options = data.find(f"{W}ddList")
    if options is None:
        return ""
    entries = [entry.get(f"{W}val", "") for entry in options.iterfind(f"{W}listEntry")]
    said = attribute(options, "result") or attribute(options, "default") or "0"
    return entries[int(said)] if said.isdecimal() and int(said) < len(entries) else ""
