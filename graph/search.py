"""What a reader's words are compared with: texts as they are read, not as they are written.

A node whose label has `fulltext` properties keeps them once more, folded, in the property `search`; it is
made where nodes are written and is part of no report's graph. Words that are looked up are folded alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from extract.text.characters import simplify
from graph.schema import Label

#: Marks that look alike -> the one that stands for them; quotes, which nobody types in a search, go.
_ALIKE = {
    "‐‑‒–—―−─": "-",
    "《〈«‹": "<",
    "》〉»›": ">",
    "【〔〖": "[",
    "】〕〗": "]",
    "•・‧∙": "·",
    "。": ".",
    "〜": "~",
    "\"'“”„‟‘’‚‛「」『』〝〞": None,
}
_MARKS = str.maketrans({mark: one for marks, one in _ALIKE.items() for mark in marks})
#: Blanks, control characters, and what is invisible: soft hyphens, joiners, selectors of a glyph.
_UNSEEN = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\ufff0-\ufffb\U000e0000-\U000e0fff]+"
)
#: A text in which there is something to look up, or nothing at all: a pattern for JSON Schema and for Python.
#: The last marks become quotes when their width is folded.
SEARCHABLE = (
    r"^\s*$|[^"
    + _UNSEEN.pattern[1:-2].replace(r"\U000e0000-\U000e0fff", "\U000e0000-\U000e0fff")
    + "\"'“”„‟‘’‚‛「」『』〝〞＂＇﹁﹂﹃﹄｢｣\uffa0]"
)
_RUN = re.compile(r"[\u4e00-\u9fff]+|[a-z0-9]+(?:[.,][0-9]+)*")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_MOST_TERMS = 300  # Lucene refuses more than 1,024 of them


def fold(text: str) -> str:
    """A text without its blanks, line breaks, quotes and invisible characters, in one width and case, and in
    simplified characters.

    Where a page breaks a line is chance, so nothing of it is left:
    连片⏎抛荒 is 连片抛荒, ３．７２ 万元 is 3.72万元.
    """
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", simplify(text)).casefold().translate(_MARKS))


def search_text(label: Label, properties: Mapping[str, Any]) -> str:
    """What the property `search` of a node holds: its `fulltext` properties folded, one a line."""
    return "\n".join(fold(properties.get(name) or "") for name in label.fulltext)


def split_words(text: str) -> list[str]:
    """The words of a question, folded; a blank parts them. Each stands in what answers the question."""
    return list(dict.fromkeys(word for part in text.split() if (word := fold(part))))


def search_terms(text: str) -> list[str]:
    """The terms under which the full-text index has a text, each once: pairs of neighbouring characters,
    Latin words, numbers.
    """
    terms = (term for word in split_words(text) for term in index_terms(word))
    return list(dict.fromkeys(terms))[:_MOST_TERMS]


def index_terms(folded: str) -> list[str]:
    """The terms of a folded text in their order, each as often as it stands there."""
    terms: list[str] = []
    for run in _RUN.findall(folded):
        terms += [run] if run.isascii() else _pairs(run)
    return terms


def index_query(words: Iterable[str]) -> str:
    """A query to the index that finds all nodes that may hold the words; empty where the index cannot help.

    It is made of pairs of Chinese characters only: of Latin text the index has whole words, and not all of
    them (and, www).
    """
    pairs = dict.fromkeys(pair for word in words for run in _HAN.findall(word) for pair in _pairs(run))
    terms = list(pairs)[:_MOST_TERMS]
    return f'"{terms[0]}"' if len(terms) == 1 else " AND ".join(terms)


def _pairs(run: str) -> list[str]:
    return [a + b for a, b in pairwise(run)]
