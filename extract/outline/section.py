"""A section of a report's outline, and the stack of those that are open while the outline is built."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

#: How a section states problems: it is one; several stand in its own text; its prose may tell of some; it is
#: a cause that names what failed.
States = Literal["one", "several", "told", "failure"]
#: Levels that no report has.
_DEEPEST = 60


@dataclass(slots=True)
class Section:
    """A part of the text: `start` of its marker, `body` after the marker, `end` with all of its children.

    `content` is where its text begins after a heading that only announces.
    """

    kind: str
    start: int
    body: int
    value: int = 0
    role: str | None = None
    end: int = 0
    parent: Section | None = None
    children: list[Section] = field(default_factory=list)
    #: its heading only announces (存在的主要问题) and states nothing itself
    generic: bool = False
    inline: bool = False
    #: a lead-in that speaks of the item in which it stands, not of all before it
    own: bool = False
    #: the text goes on behind its heading in the same line
    run_in: bool = False
    #: each clause of what follows it is a finding: 检查发现，部分…；有的…；一些…; of a paragraph after such a
    #: lead-in or after a list: each that tells of one
    chain: bool = False
    content: int = 0
    #: how far a measure has come, by a cell that says only that
    status: str | None = None
    #: the span of the words that name a cell's column, where they stand elsewhere
    label: tuple[int, int] | None = None
    states: States | None = None

    @property
    def about(self) -> str | None:
        """Its role, or that of the nearest ancestor that has one."""
        node: Section | None = self
        while node is not None:
            if node.role:
                return node.role
            node = node.parent
        return None

    @property
    def of_row(self) -> bool:
        """Is it a cell of a list of problems, beside the problem itself?"""
        return self.kind == "lead" and self.parent is not None and self.parent.kind in ("row", "item")

    @property
    def announces(self) -> bool:
        """Is it only a container for what follows?"""
        return self.generic or self.kind in ("root", "heading", "lead")

    @property
    def empty(self) -> bool:
        """A marker with nothing behind it."""
        return self.end <= self.body

    @property
    def own_end(self) -> int:
        """Where its own text stops: at the first child, else at its end."""
        return self.children[0].start if self.children else self.end

    def walk(self) -> Iterator[Section]:
        ahead = [self]
        while ahead:
            section = ahead.pop()
            yield section
            ahead += reversed(section.children)


def push(section: Section, stack: list[Section]) -> None:
    """Opens a section below the innermost one that is open."""
    del stack[_DEEPEST:]
    section.parent = stack[-1]
    stack[-1].children.append(section)
    stack.append(section)
