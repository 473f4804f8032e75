"""Word files: what a reader of the page sees, in its order, with automatic numbers and tables.

The XML is walked here and not by python-docx, whose texts leave out inserted words, content controls, text
boxes, equations and list numbers, and which refuses files that Word opens.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from extract.readers.html import read_fragment
from extract.readers.kinds import kind_of
from extract.readers.limits import ReadError, Warn, shortened
from extract.readers.marks import ABOVE, LEFT
from extract.readers.numbering import W, read_numbering
from extract.readers.tables import Tables
from extract.readers.text import decode
from extract.readers.word_package import WordPackage
from extract.readers.word_pictures import is_unread
from extract.readers.word_styles import Styles, attribute
from extract.readers.word_text import BOX, DROPPED, FALLBACK, Inline

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_CLOSED = re.compile(r"[、.．）)：:]$")
#: So many files may be embedded in a Word file and in those in it.
_MAX_PARTS = 50


def read_docx(raw: bytes, *, name: str, warn: Warn) -> str:
    """The text of a .docx; one paragraph a line. Raises ReadError."""
    return "\n".join(_lines(raw, name, warn, iter(range(_MAX_PARTS))))


def _lines(raw: bytes, name: str, warn: Warn, parts_left: Iterator[int]) -> list[str]:
    from lxml.etree import LxmlError

    try:
        package = WordPackage(raw, name=name)
        reader = _Reader(package, name, warn, parts_left)
        body = package.main.find(f"{W}body")
        assert body is not None
        lines = [*reader.blocks(body), *reader.notes(package.related("footnotes"), "footnote", body)]
        lines += reader.notes(package.related("endnotes"), "endnote", body)
    except (LxmlError, KeyError, ValueError, AttributeError, zipfile.BadZipFile, zlib.error, OSError) as err:
        raise ReadError(f"{name}: is a damaged Word file; open it in Word and save it anew") from err
    lines = [line for line in lines if line.strip()]
    reader.tell_pictures(bool(lines))
    return lines


class _Reader:
    def __init__(self, package: WordPackage, name: str, warn: Warn, parts_left: Iterator[int]) -> None:
        self.package, self.name, self.warn, self.parts_left = package, name, warn, parts_left
        self.numbering = read_numbering(package.related("numbering"))
        self.styles = Styles(package.related("styles"))
        self.inline = Inline(self.styles, self.see_picture, self.see_comment)
        self.tables = Tables(warn)
        comments = package.related("comments")
        self.comments = {c.get(f"{W}id"): c for c in comments} if comments is not None else {}
        self.last = ""  # the line before, to name places
        self.pictures: list[str] = []  # the line before each

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
            elif block.tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
                yield from self.blocks(block)
            elif block.tag == _ALTERNATIVES:
                yield from self.blocks(next(iter(block), ()))
            elif block.tag in (f"{W}altChunk", f"{W}subDoc"):
                yield from self.embedded(block)
        if open_line:
            yield open_line

    def paragraph(self, p: Element) -> Iterator[str]:
        """The paragraph with its number, then its text boxes."""
        style = attribute(p.find(f"{W}pPr"), "pStyle") or self.styles.default
        text = self.inline.text(p, style)
        self.last = text.strip() or self.last
        if not self.styles.is_contents(style):
            label = self.label(p, style) if text.strip() else ""
            space = "" if not label or _CLOSED.search(label) else " "
            yield label + space + (text.lstrip() if label else text)
        for box in p.iter(BOX):
            if not any(a.tag in (FALLBACK, BOX) for a in box.iterancestors()):
                yield from self.blocks(box)

    def label(self, p: Element, style: str | None) -> str:
        own = p.find(f"{W}pPr/{W}numPr")
        num_id, level = attribute(own, "numId"), attribute(own, "ilvl")
        for ident, element in self.styles.chain(style):
            if num_id is not None:
                break
            num_id = attribute(element.find(f"{W}pPr/{W}numPr"), "numId")
            if num_id is not None and level is None:
                found = self.numbering.level_of_style(num_id, ident)
                level = (
                    str(found) if found is not None else attribute(element.find(f"{W}pPr/{W}numPr"), "ilvl")
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
            before = attribute(tr.find(f"{W}trPr"), "gridBefore")
            row += [""] * _small(before, 0)
            for tc in tr.iter(f"{W}tc"):
                if next(tc.iterancestors(f"{W}tr")) is not tr:
                    continue
                properties = tc.find(f"{W}tcPr")
                merge = properties.find(f"{W}vMerge") if properties is not None else None
                goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
                text = ABOVE if goes_on else "\n".join(line for line in self.blocks(tc) if line.strip())
                row += [text, *[LEFT] * (_small(attribute(properties, "gridSpan"), 1) - 1)]
            rows.append(row)
        return rows

    def notes(self, root: Element | None, kind: str, body: Element) -> Iterator[str]:
        """Footnotes after the text, in the order in which the text refers to them."""
        if root is None:
            return
        notes = {note.get(f"{W}id"): note for note in root.iter(f"{W}{kind}")}
        for i, mark in enumerate(body.iter(f"{W}{kind}Reference"), 1):
            note = notes.get(mark.get(f"{W}id"))
            if note is not None and not any(a.tag in DROPPED for a in mark.iterancestors()):
                yield f"[{i}] " + " ".join(line.strip() for line in self.blocks(note))

    def embedded(self, chunk: Element) -> Iterator[str]:
        """The lines of a file that the document takes in whole: a web page, a text, another Word file."""
        target, raw = self.package.part_of(chunk)
        name = f"{self.name}/{target}"
        try:
            if raw is None:
                raise ReadError(f"{name}: is not in the file; copy its text into it")
            if next(self.parts_left, None) is None:
                raise ReadError(f"{name}: is one of too many in a Word file; copy its text into it")
            kind = kind_of(raw, name=name, suffix=PurePosixPath(target).suffix.lower())
            if kind == "docx":
                yield from _lines(raw, name, self.warn, self.parts_left)
            elif kind in ("html", "mhtml"):
                yield from read_fragment(raw, kind, name=name, warn=self.warn).split("\n")
            elif kind == "txt":
                yield from decode(raw, name=name)[0].splitlines()
            else:
                raise ReadError(f"{name}: cannot be read inside a Word file; copy its text into it")
        except ReadError as error:
            self.warn(f"part after “{shortened(self.last)}” is not read: 嵌入部分未读入 ({error})")

    def see_picture(self, drawing: Element) -> None:
        if is_unread(drawing):
            self.pictures.append(self.last)

    def see_comment(self, ident: str) -> None:
        if (comment := self.comments.get(ident)) is not None:
            place, said = shortened(self.last), " ".join("".join(comment.itertext(f"{W}t")).split())
            self.warn(f"comment after “{place}” is not read: 批注未读入：{shortened(said)}")

    def tell_pictures(self, has_text: bool) -> None:
        """Warn of what is drawn. Raises ReadError where there is nothing else."""
        if self.pictures and not has_text:
            raise ReadError(f"{self.name}: its pages are pictures; save it as PDF, which suyin[ocr] reads")
        if self.pictures:
            count, first = len(self.pictures), shortened(self.pictures[0])
            self.warn(f"pictures are not read: 图片未读入：{count}, the first after “{first}”")


def _mark_deleted(p: Element) -> bool:
    return p.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _small(said: str | None, default: int) -> int:
    return min(int(said), 200) if said and said.isdecimal() else default
