"""What the styles of a Word file say of a paragraph or run that does not say it itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from extract.readers.numbering import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OFF = frozenset({"0", "false", "off"})


class Styles:
    """The styles by their ids, each with those that it is based on."""

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
            style = attribute(self.by_id[style], "basedOn")

    def is_contents(self, style: str | None) -> bool:
        names = (attribute(s, "name") or "" for _, s in self.chain(style))
        return any(re.match(r"toc[ \d]", name.lower()) for name in names)

    def of_run(self, run: Element, paragraph_style: str | None, tag: str) -> Element | None:
        """The property of this tag that holds for a run: its own, its style's, or its paragraph's."""
        own = run.find(f"{W}rPr")
        found = own.find(f"{W}{tag}") if own is not None else None
        if found is not None or tag not in self._said:
            return found
        for style in (attribute(own, "rStyle"), paragraph_style):
            for _, element in self.chain(style):
                if (found := element.find(f"{W}rPr/{W}{tag}")) is not None:
                    return found
        return None

    @cached_property
    def _said(self) -> frozenset[str]:
        """The tags of all run properties that any style has: most runs need no search."""
        return frozenset(
            prop.tag.removeprefix(W)
            for style in self.by_id.values()
            for prop in style.iterfind(f"{W}rPr/*")
            if isinstance(prop.tag, str)
        )


def is_on(switch: Element | None) -> bool:
    """Whether a property that is on or off is on; by being there it is."""
    return switch is not None and switch.get(f"{W}val", "1") not in _OFF


def attribute(holder: Element | None, tag: str) -> str | None:
    found = holder.find(f"{W}{tag}") if holder is not None else None
    return found.get(f"{W}val") if found is not None else None
