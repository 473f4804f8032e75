"""Word files: what a reader of the page sees, in its order, with automatic numbers and tables.

The XML is walked here and not by python-docx, whose texts leave out inserted words, content controls,
text boxes and list numbers; the library opens the package.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from extract.readers.limits import ReadError, check_package
from extract.readers.marks import ABOVE, LEFT
from extract.readers.numbering import Numbering, W, read_numbering
from extract.readers.tables import Tables

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{W}txbxContent"
#: Deleted or moved away by tracked changes, hidden (a field's code), or not of the text.
_DROPPED = frozenset({
    *(f"{W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "rubyPr", "rt", "footnoteRef")),
    _FALLBACK,
})  # fmt: skip
_SIGNS = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}br": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
_CLOSED = re.compile(r"[、.．）)：:]$")


def read_docx(raw: bytes, *, name: str) -> str:
    """The text of a .docx; one paragraph a line. Raises ReadError."""
    import docx
    from lxml.etree import LxmlError

    check_package(raw, name=name)
    try:
        document = docx.Document(io.BytesIO(raw))
        part = document.part
        numbering = read_numbering(_related(part, "numbering"))
        styles = _Styles(_related(part, "styles"))
        reader = _Reader(numbering, styles)
        body = document.element.body
        lines = [*reader.blocks(body), *reader.notes(_related(part, "footnotes"), "footnote", body)]
        lines += reader.notes(_related(part, "endnotes"), "endnote", body)
    except (LxmlError, KeyError, ValueError, AttributeError, zipfile.BadZipFile, OSError) as err:
        raise ReadError(f"{name}: is a damaged Word file; open it in Word and save it anew") from err
    return "\n".join(line for line in lines if line.strip())


def _related(part: Any, kind: str) -> Element | None:
    from lxml import etree

    for relation in part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, huge_tree=False)
            return etree.fromstring(relation.target_part.blob, parser)
    return None


class _Styles:
    """What a paragraph's style says of numbers, and which styles are tables of contents."""

    def __init__(self, root: Element | None) -> None:
        found = list(root.iter(f"{W}style")) if root is not None else []
        self.by_id = {style.get(f"{W}styleId"): style for style in found}
        self.default = next((s.get(f"{W}styleId") for s in found if s.get(f"{W}type") == "paragraph"
                             and s.get(f"{W}default") in ("1", "true")), None)  # fmt: skip

    def chain(self, style: str | None) -> Iterator[tuple[str, Element]]:
        """The style and those it is based on."""
        seen: set[str] = set()
        while style is not None and style in self.by_id and style not in seen:
            seen.add(style)
            yield style, self.by_id[style]
            style = _attribute(self.by_id[style], "basedOn")

    def is_contents(self, style: str | None) -> bool:
        return any(re.match(r"toc[ \d]", (_attribute(s, "name") or "").lower()) for _, s in self.chain(style))


class _Reader:
    def __init__(self, numbering: Numbering, styles: _Styles) -> None:
        self.numbering, self.styles = numbering, styles
        self.tables = Tables()

    def blocks(self, holder: Element) -> Iterator[str]:
        """Lines of the paragraphs and tables in a body, cell, text box or note."""
        open_line = ""
        for block in holder:
            if block.tag == f"{W}p":
                for line in self.paragraph(block):
                    text, open_line = open_line + line, ""
                    if _mark_deleted(block):  # the next paragraph goes on in this line
                        open_line = text
                    else:
                        yield text
            elif block.tag == f"{W}tbl":
                yield self.tables.render(self.rows(block))
            elif block.tag == f"{W}sdt":
                gallery = block.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
                if gallery is None or "Contents" not in gallery.get(f"{W}val", ""):
                    for content in block.iterfind(f"{W}sdtContent"):
                        yield from self.blocks(content)
            elif block.tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml"):
                yield from self.blocks(block)
        if open_line:
            yield open_line

    def paragraph(self, p: Element) -> Iterator[str]:
        """The paragraph with its number, then its text boxes."""
        style = _attribute(p.find(f"{W}pPr"), "pStyle") or self.styles.default
        text = "".join(_texts(p))
        if not self.styles.is_contents(style):
            label = self.label(p, style) if text.strip() else ""
            space = "" if not label or _CLOSED.search(label) else " "
            yield label + space + (text.lstrip() if label else text)
        for box in p.iter(_BOX):
            if not any(a.tag in (_FALLBACK, _BOX) for a in box.iterancestors()):
                yield from self.blocks(box)

    def label(self, p: Element, style: str | None) -> str:
        own = p.find(f"{W}pPr/{W}numPr")
        num_id, level = _attribute(own, "numId"), _attribute(own, "ilvl")
        for ident, element in self.styles.chain(style):
            if num_id is not None:
                break
            num_id = _attribute(element.find(f"{W}pPr/{W}numPr"), "numId")
            if num_id is not None and level is None:
                found = self.numbering.level_of_style(num_id, ident)
                level = (
                    str(found) if found is not None else _attribute(element.find(f"{W}pPr/{W}numPr"), "ilvl")
                )
        if num_id is None or num_id == "0":
            return ""
        return self.numbering.label(num_id, int(level) if level and level.isdecimal() else 0)

    def rows(self, table: Element) -> list[list[str]]:
        """Cells by row; LEFT and ABOVE where a merged cell goes on."""
        rows = []
        for tr in table.iter(f"{W}tr"):
            if next(tr.iterancestors(f"{W}tbl")) is not table or tr.find(f"{W}trPr/{W}del") is not None:
                continue
            row: list[str] = []
            before = _attribute(tr.find(f"{W}trPr"), "gridBefore")
            row += [""] * _small(before, 0)
            for tc in tr.iter(f"{W}tc"):
                if next(tc.iterancestors(f"{W}tr")) is not tr:
                    continue
                properties = tc.find(f"{W}tcPr")
                merge = properties.find(f"{W}vMerge") if properties is not None else None
                goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
                text = ABOVE if goes_on else "\n".join(line for line in self.blocks(tc) if line.strip())
                row += [text, *[LEFT] * (_small(_attribute(properties, "gridSpan"), 1) - 1)]
            rows.append(row)
        return rows

    def notes(self, root: Element | None, kind: str, body: Element) -> Iterator[str]:
        """Footnotes after the text, in the order in which the text refers to them."""
        if root is None:
            return
        notes = {note.get(f"{W}id"): note for note in root.iter(f"{W}{kind}")}
        for i, mark in enumerate(body.iter(f"{W}{kind}Reference"), 1):
            note = notes.get(mark.get(f"{W}id"))
            if note is not None and not any(a.tag in _DROPPED for a in mark.iterancestors()):
                yield f"[{i}] " + " ".join(line.strip() for line in self.blocks(note))


def _texts(element: Element) -> Iterator[str]:
    """The visible text of a paragraph, without its text boxes."""
    for child in element:
        tag = child.tag
        if tag in _DROPPED or tag == _BOX:
            continue
        if tag == f"{W}t":
            yield child.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == f"{W}sym":
            yield _symbol(child)
        elif tag == f"{W}r" and _hidden(child):
            continue
        else:
            yield from _texts(child)


def _hidden(run: Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "1") not in ("0", "false")


def _symbol(element: Element) -> str:
    code = int(element.get(f"{W}char", "0"), 16)
    return "" if 0xE000 <= code < 0xF900 else chr(code)  # a picture in a symbol font says no character


def _mark_deleted(p: Element) -> bool:
    return p.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _attribute(holder: Element | None, tag: str) -> str | None:
    found = holder.find(f"{W}{tag}") if holder is not None else None
    return found.get(f"{W}val") if found is not None else None


def _small(said: str | None, default: int) -> int:
    return min(int(said), 200) if said and said.isdecimal() else default
