"""Names of which the text has more elsewhere: 执法支队 behind 粮食, where 粮食执法支队 is named too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.language.places import LEVELS
from extract.units.names import Mention
from extract.units.starts import begins_with_authority


def in_full(text: str, given: Sequence[Mention]) -> list[Mention]:
    """The mentions, in order; a longer one where the words before it make a name that stands elsewhere.

    Only names whose beginning is clear are such: those of a level (市市场监管支队) or of an authority.
    """
    longer = _by_their_ends({m.name for m in given if _begins_clearly(m.name)})
    full, reach = [], 0
    for start, end, name in given:
        fits = [one for one in longer.get(name, ()) if text.endswith(one, reach, end)]
        more = max(map(len, fits), default=len(name)) - len(name)
        full.append(Mention(start - more, end, text[start - more : start] + name))
        reach = end
    return full


def _begins_clearly(name: str) -> bool:
    return name[0] in LEVELS or begins_with_authority(name)


def _by_their_ends(names: set[str]) -> Mapping[str, list[str]]:
    """The names that end so, by what they end with: of two characters and more, and not the whole name."""
    ends: dict[str, list[str]] = {}
    for name in names:
        for at in range(1, len(name) - 1):
            ends.setdefault(name[at:], []).append(name)
    return ends
