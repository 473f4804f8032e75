"""What there is to read in what a command was given, and where the findings of each file go.

There may be a million files: their names are kept as text, hundreds in one string, which takes a twentieth of
the memory of as many paths.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice, pairwise
from pathlib import Path
from typing import TypeAlias

from extract.documents import PARTITIONS, DocumentError, find_in_partitions, is_document
from extract.readers import find_reports

_DOCUMENTS = frozenset({".json"})
#: Names in one string.
_RUN = 500
#: Where the findings of an item go.
Place: TypeAlias = Callable[["Item"], Path]


@dataclass(frozen=True, slots=True)
class Item:
    """A file to read. `given`: the file itself, or the folder or archive that it was found in."""

    file: Path
    given: Path

    @property
    def place(self) -> Path:
        """The folder it stands in, within what was given."""
        return Path() if self.file == self.given else self.file.parent.relative_to(self.given)


class Items(Collection[Item]):
    """Items in their order, as often as they are asked for; each is made when its turn comes."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self._runs: list[tuple[Path, str, str]] = []  # what was given, a folder, names of files in it
        self._count = 0
        for (given, folder), some in groupby(items, lambda item: (item.given, os.path.dirname(item.file))):
            while names := [os.path.basename(item.file) for item in islice(some, _RUN)]:
                self._runs.append((given, folder, "\0".join(names)))
                self._count += len(names)

    def __len__(self) -> int:
        return self._count

    def __contains__(self, item: object) -> bool:
        return any(one == item for one in self)

    def __iter__(self) -> Iterator[Item]:
        for given, folder, names in self._runs:
            for name in names.split("\0"):
                yield Item(Path(folder, name), given)


def find_items(paths: Iterable[Path]) -> Items:
    """The reports that are given, alone or in folders and archives; each file once."""
    return Items(_once([*paths], lambda path: (Item(file, path) for file in find_reports(path))))


def find_items_to_load(paths: Iterable[Path], skipped: Callable[[Path], object] = lambda path: None) -> Items:
    """As `find_items`, with the findings documents (.json) in folders and in partitions.

    `skipped` is told of other .json. Raises SuyinError where partitions cannot be read.
    """

    def find(path: Path) -> Iterator[Item]:
        if (path / PARTITIONS).is_file():
            yield from (Item(file, path) for file in find_in_partitions(path))
            return
        none = True
        for file in find_reports(path, also=_DOCUMENTS):
            if file != path and is_json(file) and not is_document(file):
                skipped(file)
                continue
            none = False
            yield Item(file, path)
        if none:
            yield Item(path, path)  # says that it holds no reports, when it is read

    return Items(_once([*paths], find))


def place_documents(items: Items, folder: Path) -> Place:
    """The folders within what was given are repeated in `folder`. STEM.json for each report, but the full
    file name + .json where two stems in a folder are equal.

    Case does not tell two files apart on every system, so it does not here. Raises DocumentError where two
    documents would still have one name.
    """

    def stem(item: Item) -> int:
        return hash((item.place, item.file.stem.casefold()))

    def document(item: Item) -> Path:
        name = item.file.name if stem(item) in shared else item.file.stem
        return folder / item.place / f"{name}.json"

    def key(item: Item) -> int:
        return hash((item.place, document(item).name.casefold()))

    shared = _twice(map(stem, items))
    if clashing := _twice(map(key, items)):
        taken: dict[tuple[Path, str], Path] = {}
        for item in (item for item in items if key(item) in clashing):
            there = document(item)
            first = taken.setdefault((item.place, there.name.casefold()), item.file)
            if first != item.file:
                raise DocumentError(
                    f"{item.file}: would be written to {there.name}, and so would {first}; "
                    "write them to two folders"
                )
    return document


def is_json(file: Path) -> bool:
    """May it be a findings document?"""
    return file.suffix.lower() in _DOCUMENTS


def _once(paths: list[Path], find: Callable[[Path], Iterator[Item]]) -> Iterator[Item]:
    """What is found at each path. One place has each file once; several may lie in one another."""
    if len(paths) == 1:
        return find(paths[0])
    found: Mapping[Path, Item] = {item.file: item for path in paths for item in find(path)}
    return iter(found.values())


def _twice(hashes: Iterable[int]) -> set[int]:
    """Those that occur more than once."""
    return {one for one, other in pairwise(sorted(array("q", hashes))) if one == other}
