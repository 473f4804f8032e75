"""The parts of a Word file (.docx, .docm, .dotx, .dotm; Transitional or Strict), as its relationships say.

The content types are not asked: what the main part is, its root says. A relationship that leads nowhere
matters only where what it names is wanted.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote

from extract.readers.limits import ReadError, check_package
from extract.readers.numbering import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: The namespaces of Strict name the same elements as those of Transitional.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|officeDocument|drawingml)/")
_MAIN = re.compile(r"word/document\d*\.xml")


class WordPackage:
    """An open Word file. `main`: the root of its document part. Raises ReadError."""

    def __init__(self, raw: bytes, *, name: str) -> None:
        check_package(raw, name=name)
        self._zip = zipfile.ZipFile(io.BytesIO(raw))
        self._names = {_plain(n): n for n in self._zip.namelist()}
        wanted = [target for kind, target in self._relations("").values() if kind == "officeDocument"]
        wanted += filter(_MAIN.fullmatch, sorted(self._names, key=len))
        self._path = next((path for path in map(_plain, wanted) if path in self._names), "")
        main = self._root(self._path) if self._path else None
        if main is None or main.tag != f"{W}document" or main.find(f"{W}body") is None:
            raise ReadError(f"{name}: is a damaged Word file; open it in Word and save it anew")
        self.main = main
        self._by_id = self._relations(self._path)

    def related(self, kind: str) -> Element | None:
        """The root of the part that is the document's numbering, styles, footnotes …; None without one."""
        paths = (_plain(target) for k, target in self._by_id.values() if k == kind)
        return next((self._root(path) for path in paths if path in self._names), None)

    def part_of(self, element: Element) -> tuple[str, bytes | None]:
        """(name, content) of the part that an element refers to; None where there is no such part here."""
        _, target = self._by_id.get(element.get(_RELATION_ID, ""), ("", ""))
        found = self._names.get(_plain(target))
        return target, self._zip.read(found) if found is not None else None

    def _relations(self, path: str) -> dict[str, tuple[str, str]]:
        """By id the kind of each relationship of a part and the path, or the address, that it leads to."""
        folder, file = posixpath.split(path)
        root = self._root(_plain(posixpath.join(folder, "_rels", f"{file}.rels")))
        found = {}
        for relation in root if root is not None else ():
            target = unquote(relation.get("Target", ""))
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[relation.get("Id", "")] = relation.get("Type", "").rpartition("/")[2], target
        return found

    def _root(self, path: str) -> Element | None:
        from lxml import etree

        if path not in self._names:
            return None
        raw = self._zip.read(self._names[path])
        parser = etree.XMLParser(resolve_entities=False, huge_tree=False)
        return etree.fromstring(_STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", raw), parser)


def _plain(path: str) -> str:
    """A name in the package as others refer to it: case does not count, some programs write backslashes."""
    return path.replace("\\", "/").lstrip("/").lower()
