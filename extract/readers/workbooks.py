"""What the values of a workbook do not say: formats of numbers, formulas without a stored value, errors."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.readers.number_formats import Look, look_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: (row, column), from 0.
Place = tuple[int, int]
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MOST = 100_000


@dataclass(slots=True)
class SheetDetails:
    """`looks`: how numbers are shown; `missing`: what stands where no value is; `merged`: the first and last
    place of merged cells, where the other library does not say them.
    """

    looks: dict[Place, Look] = field(default_factory=dict)
    missing: dict[Place, str] = field(default_factory=dict)
    merged: list[tuple[Place, Place]] = field(default_factory=list)


def read_details(raw: bytes, kind: str) -> dict[str, SheetDetails]:
    """The details of each sheet of an .xlsx or .ods, by its name; none of other formats."""
    if kind not in ("xlsx", "ods"):
        return {}
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        try:
            return dict((_xlsx if kind == "xlsx" else _ods)(package))
        except (etree.LxmlError, zipfile.BadZipFile, zlib.error, OSError, KeyError, ValueError):
            return {}  # the values are read by another library, which says what is damaged


def address(place: Place) -> str:
    """A5 for the fifth row of the first column."""
    row, column = place
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _place(address: str) -> Place | None:
    m = _ADDRESS.fullmatch(address)
    if m is None:
        return None
    column = 0
    for letter in m[1]:
        column = column * 26 + ord(letter) - 64
    return int(m[2]) - 1, column - 1


def _parse(raw: bytes) -> Element:
    from lxml import etree

    return etree.fromstring(raw, etree.XMLParser(resolve_entities=False, huge_tree=False))


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: Element | None, name: str) -> Iterator[Element]:
    return (e for e in (element.iter() if element is not None else ()) if _local(e) == name)


def _xlsx(package: zipfile.ZipFile) -> Iterator[tuple[str, SheetDetails]]:
    names = set(package.namelist())
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return
    targets = {
        e.get("Id"): str(e.get("Target")) for e in _parse(package.read("xl/_rels/workbook.xml.rels")).iter()
    }
    looks = _looks(_parse(package.read("xl/styles.xml"))) if "xl/styles.xml" in names else {}
    for sheet in _children(_parse(package.read("xl/workbook.xml")), "sheet"):
        ident = next((v for k, v in sheet.attrib.items() if str(k).endswith("}id")), None)
        target = targets.get(str(ident), "").lstrip("/")
        part = target if target.startswith("xl/") else f"xl/{target}"
        if part in names:
            yield str(sheet.get("name")), _sheet(package.read(part), looks)


def _looks(styles: Element) -> dict[str, Look]:
    """Index of a cell's style -> how its number is shown."""
    codes = {f.get("numFmtId"): f.get("formatCode", "") for f in _children(styles, "numFmt")}
    formats = next((e for e in styles if _local(e) == "cellXfs"), None)
    found: dict[str, Look] = {}
    for i, xf in enumerate(formats if formats is not None else ()):
        ident = xf.get("numFmtId", "0")
        look = look_of(int(ident) if ident.isdecimal() else 0, codes.get(ident, ""))
        if look is not None:
            found[str(i)] = look
    return found


def _sheet(raw: bytes, looks: dict[str, Look]) -> SheetDetails:
    from lxml import etree

    details = SheetDetails()
    if not looks and b"<f" not in raw and b't="e"' not in raw:
        return details
    for _, cell in etree.iterparse(io.BytesIO(raw), tag="{*}c", resolve_entities=False):
        place = _place(cell.get("r", ""))
        if place is not None and len(details.missing) < _MOST:
            look = looks.get(cell.get("s", ""))
            if look is not None:
                details.looks[place] = look
            value = next((e.text for e in cell if _local(e) == "v"), None)
            if cell.get("t") == "e":
                details.missing[place] = f"the error {value}"
            elif not value and cell.get("t") != "str" and any(_local(e) == "f" for e in cell):
                details.missing[place] = "a formula without a stored value"
        cell.clear()
    return details


def _ods(package: zipfile.ZipFile) -> Iterator[tuple[str, SheetDetails]]:
    for table in _children(_parse(package.read("content.xml")), "table"):
        details = SheetDetails()
        row = 0
        for tr in _children(table, "table-row"):
            column = 0
            for cell in tr:
                if _local(cell) not in ("table-cell", "covered-table-cell"):
                    continue
                said = {str(k).rpartition("}")[2]: str(v) for k, v in cell.attrib.items()}
                if said.get("value-type") == "percentage":
                    details.looks[row, column] = Look("percent")
                wide, high = (_times(said.get(f"number-{way}-spanned")) for way in ("columns", "rows"))
                if wide * high > 1:
                    details.merged.append(((row, column), (row + high - 1, column + wide - 1)))
                column += _times(said.get("number-columns-repeated"))
            row += _times(
                next((v for k, v in tr.attrib.items() if str(k).endswith("}number-rows-repeated")), None)
            )
        yield next(str(v) for k, v in table.attrib.items() if str(k).endswith("}name")), details


def _times(said: object) -> int:
    return int(said) if isinstance(said, str) and said.isdecimal() else 1
