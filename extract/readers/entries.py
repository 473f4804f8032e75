"""A problem of a table with all that is said of it; a cell that lists several problems gives several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from extract.readers.cell_text import one_line, split_items
from extract.rules import load_rules

#: Longest words that say a status and nothing else, in characters.
_STATUS = 20
#: Offices that are not the one whose task it is.
_OTHERS = ("牵头", "配合", "主办", "承办", "协办")
_ORDER = ("cause", "advice", "measure", "done", "status", "unit", "aside")


@dataclass(slots=True)
class Entry:
    """A problem: its own words, what other columns state of it (`facts`: name, values), and what else is said
    of it (`says`: column, label, words). `items` are its parts. `kind` is problem, group or note.
    """

    words: str
    kind: str = "problem"
    number: int = 0
    group: str = ""
    whose: str = ""
    facts: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    says: list[tuple[str, str, str]] = field(default_factory=list)
    items: list[Entry] = field(default_factory=list)

    def stated(self) -> list[str]:
        """The facts in words: 涉及金额：3.2万元"""
        return [f"{name}：{'；'.join(values)}" if name else "；".join(values) for name, values in self.facts]

    def ordered(self) -> list[tuple[str, str, str]]:
        """What is said of it: causes first, then advice, measures and their status, offices, the rest."""
        return sorted(self.says, key=lambda said: _ORDER.index(said[0]))


def status_of_cell(words: str) -> str | None:
    """How far a measure has come, where a cell says nothing else: 是, √, 100%, 整改中."""
    said = one_line(words).strip("。 ")
    rule = load_rules()["tables"]["status"].first(said) if len(said) <= _STATUS else None
    return str(rule.props["status"]) if rule else None


@lru_cache(maxsize=1024)
def said_label(role: str, name: str) -> str:
    """How a cell is introduced: as the rule of its head says, else by the head's own words (是否完成：)."""
    rule = load_rules()["tables"]["column"].first(name)
    own = rule is None or rule.props["column"] != role or "said" not in rule.props
    if rule is None or own or (role == "status" and not name.endswith("状态")) or name[:2] in _OTHERS:
        return f"{name}："
    return str(rule.props["said"])


def parts_of(entry: Entry) -> Iterator[Entry]:
    """A cell that lists several problems gives so many; with words before the list, one with its parts."""
    if entry.kind != "problem" or len(entry.items) > 1:
        yield entry
        return
    if entry.items:  # one detail: 公务接待不规范。18笔无公函。
        before, items = split_items(entry.items[0].words)
        if not items:
            yield entry
            return
        entry.items = []
        entry.words = f"{entry.words}\n{before}" if before else entry.words
    else:
        before, items = split_items(entry.words)
        if not items:
            yield entry
            return
        entry.words = before
    parts = [Entry(words, group=entry.group, whose=entry.whose) for words in items]
    shared = deal(entry.says, parts)
    entry.facts = [fact for fact in entry.facts if not _deal_fact(*fact, parts)]
    if entry.words:
        status = [said for said in shared if said[0] == "status"]
        if any(role in ("measure", "done") for part in parts for role, _, _ in part.says):
            shared = [said for said in shared if said[0] != "status"]
            for part in parts:
                part.says += status
        entry.items, entry.says = parts, shared
        yield entry
        return
    for part in parts:
        part.says += shared
    parts[-1].says += [("aside", "", fact) for fact in entry.stated()]  # of which it is, nobody says
    yield from parts


def _deal_fact(name: str, values: tuple[str, ...], parts: list[Entry]) -> bool:
    """Give each part its line of a cell with as many lines."""
    if len(values) != len(parts):
        return False
    for part, value in zip(parts, values, strict=True):
        part.facts.append((name, (value,)))
    return True


def deal(says: Iterable[tuple[str, str, str]], parts: list[Entry]) -> list[tuple[str, str, str]]:
    """Give each part its own of a cell with as many items; returns what is said of all of them."""
    shared = []
    for role, label, words in says:
        before, items = split_items(words)
        if len(items) == len(parts) and not before:
            for part, item in zip(parts, items, strict=True):
                part.says.append((role, label, item))
        else:
            shared.append((role, label, words))
    return shared
