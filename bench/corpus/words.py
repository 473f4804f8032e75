"""The words of the generated reports, and how a text of them is said."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

_SYMBOL = re.compile(r"\{(\w+)\}")
_CN = "一二三四五六七八九十"


@cache
def words() -> dict[str, list[str]]:
    """The texts that each symbol may stand for; in them stand symbols again."""
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        return tomllib.load(file)


def say(text: str, word: Callable[[str], str]) -> str:
    """The text with each {symbol} replaced by what `word` gives for it."""
    parts = _parts(text)
    if len(parts) == 1:
        return text
    return "".join([word(part) if i % 2 else part for i, part in enumerate(parts)])


def cn(value: int) -> str:
    """A Chinese numeral for 1 to 99."""
    tens, ones = divmod(value, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_CN[tens - 1]}十") + (
        _CN[ones - 1] if ones else ""
    )


@lru_cache(maxsize=10_000)
def _parts(text: str) -> tuple[str, ...]:
    """Texts and names of symbols in turns."""
    return tuple(_SYMBOL.split(text))
