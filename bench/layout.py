"""What each file of the program is for, by its own first words.

`python -m bench layout [--write docs/architecture.md]`

A folder is told of by its `__init__.py`, a module by the first paragraph of its docstring, a file of rules by
the first sentence of its head comment.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.pages import parser, show, table
from extract.model import SuyinError

ROOT = Path(__file__).parents[1]
#: In the order of imports: each may import those before it.
PACKAGES = ("extract", "graph", "viz", "api", "cli")
#: How files of rules end.
DATA = {".toml", ".tsv", ".txt"}
_COMMENT = re.compile(r"(?:#.*\n)+")
_SENTENCE_END = re.compile(r"(?<=[.;])\s")


def purpose(path: Path) -> str:
    """What a file says that it is for. Raises SuyinError where it says nothing."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        said = (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0]
    else:
        head = _COMMENT.match(text)
        said = _SENTENCE_END.split(head[0].replace("#", " ").strip())[0] if head else ""
    if not said:
        raise SuyinError(f"{path}: does not say what it is for; begin it with a line that does")
    return " ".join(said.split()).replace("|", r"\|")


def layout() -> str:
    """The page's part: a heading and a table for each folder, those within a package after it."""
    return "\n\n".join(_sections())


def _sections() -> Iterator[str]:
    for package in PACKAGES:
        for folder in sorted({path.parent for path in (ROOT / package).rglob("*.py")}):
            name = folder.relative_to(ROOT).as_posix()
            rows = [(f"`{path.name}`", purpose(path)) for path in sorted(folder.glob("[!_]*.py"))]
            yield f"{'##' if name == package else '###'}# `{name}/`\n\n{purpose(folder / '__init__.py')}"
            if rows:
                yield table(("file", "is for"), rows)
            if name == "extract/rules":
                data = sorted(path for path in folder.iterdir() if path.suffix in DATA)
                yield "Its data, which whoever knows the field can change:"
                yield table(("file", "holds"), [(f"`{path.name}`", purpose(path)) for path in data])


def main(arguments: Sequence[str]) -> None:
    given = parser("layout", __doc__).parse_args(arguments)
    show(layout(), "layout", given.write)


if __name__ == "__main__":
    main(sys.argv[1:])
