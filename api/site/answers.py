"""The answer to a named query laid out: names instead of codes, links instead of ids; and as bars."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from api.site.addresses import page_of, query
from api.site.cells import Cell, Head, Row, Table, is_numeric, thing, written
from graph.queries import NamedQuery
from graph.schema import load_schema
from graph.vocabulary import choices

Lang = Literal["zh", "en"]
#: What the id in a column is the id of, by the front of the column's name.
_LABELS = {
    "report": "Report",
    "again_report": "Report",
    "problem": "Problem",
    "again": "Problem",
    "unit": "Unit",
    "issuer": "Unit",
    "policy": "Policy",
    "cause": "RootCause",
    "effect": "Effect",
    "recommendation": "Recommendation",
    "measure": "Measure",
}
#: What a row calls the label of its item.
_PARTS = {
    "problem": "Problem",
    "evidence": "Evidence",
    "cause": "RootCause",
    "effect": "Effect",
    "policy": "Policy",
    "recommendation": "Recommendation",
    "measure": "Measure",
    "recommendation for the cause": "Recommendation",
}
#: Columns whose text leads to where the id leads, where they are not called as the id is.
_TEXTS = {"item": ("text", "quote"), "statement": ("words",)}
#: Columns with codes: the vocabulary, and the list and the filter that they lead to.
_CODES = {
    "category": ("category", "problems", "category"),
    "type": ("cause-type", "causes", "cause_type"),
    "kind": ("kind", "reports", "kind"),
}
_NAMES_OF_CODES = re.compile(r"(type_)?name(_[ab])?(_en)?")
_MONEY = frozenset(("amount", "total", "largest"))
_SHARES = frozenset(("share", "place_share", "shared", "rate"))
#: The bars: the column that they show, and two that are parts of it, the second what is only inferred.
_MEASURES = ("problems", "measures", "effects", "findings", "together", "citations", "edges", "reports")
_SPLIT = (("explicit", "inferred"), ("stated", "inferred_only"))
_MOST_BARS, _LONGEST_LABEL = 40, 30
_CLAUSE = re.compile(r"[，；：（,;:(、]")


Parts: TypeAlias = tuple[tuple[float, Literal["stated", "inferred", "without"]], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """`parts`: from left to right as (value, what it is), of which `value` is the sum."""

    cells: tuple[Cell, ...]
    value: float
    said: str
    parts: Parts


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under one head; `most` is the longest. `split`: by stated and inferred; `rest`: also neither."""

    says: str
    bars: tuple[Bar, ...]
    most: float
    split: bool
    rest: bool


def named_table(asked: NamedQuery, rows: Sequence[Row], lang: Lang, words: Mapping[str, str]) -> Table:
    """The answer to a named query. `words`: what values that are words are called, as `is_explicit`."""
    return Table(
        tuple(_head(asked, name, rows, lang, words) for name in _shown(asked)),
        tuple(tuple(_cell(name, row, asked, lang, words) for name in _shown(asked)) for row in rows),
    )


def chart(asked: NamedQuery, rows: Sequence[Row], lang: Lang, words: Mapping[str, str]) -> Chart | None:
    """The answer as bars, where each row has a short label and a number that counts; else None."""
    labels = [name for name in _shown(asked) if not is_numeric(rows, name)]
    split = next((pair for pair in _SPLIT if set(pair) <= set(asked.columns)), None)
    measure = next((name for name in _MEASURES if name in asked.columns and is_numeric(rows, name)), None)
    if measure is None or not 2 <= len(rows) <= _MOST_BARS or not 1 <= len(labels) <= 2:
        return None
    bars = []
    for row in rows:
        cells = tuple(_cell(name, row, asked, lang, words) for name in labels)
        if any(len(cell.text) > _LONGEST_LABEL * (1 if lang == "zh" else 2) for cell in cells):
            return None
        bars.append(Bar(cells, row[measure], written(row[measure]), _parts(row, measure, split)))
    rest = any(part == "without" and value for bar in bars for value, part in bar.parts)
    return Chart(
        _side(asked, measure, lang), tuple(bars), max(bar.value for bar in bars) or 1, bool(split), rest
    )


def _parts(row: Row, measure: str, split: tuple[str, str] | None) -> Parts:
    if split is None:
        return ((row[measure], "stated"),)
    stated, inferred = row[split[0]], row[split[1]]
    return (stated, "stated"), (inferred, "inferred"), (row[measure] - stated - inferred, "without")


def ids_in(asked: NamedQuery, rows: Iterable[Row]) -> dict[str, list[str]]:
    """The ids in the rows of a named query, by label."""
    found: dict[str, list[str]] = {}
    for row in rows:
        for column in asked.columns:
            label = _label(column, row) if column.endswith("_id") and row[column] else None
            if label:
                found.setdefault(label, []).append(row[column])
    return found


def _shown(asked: NamedQuery) -> list[str]:
    """Without ids to which a text leads, and without the names that stand beside a code."""
    coded = any(code in asked.columns for code in (*_CODES, "a"))
    return [
        name
        for name in asked.columns
        if not (name.endswith("_id") and any(text in asked.columns for text in _texts(name)))
        and not (coded and _NAMES_OF_CODES.fullmatch(name))
    ]


def _head(asked: NamedQuery, name: str, rows: Sequence[Row], lang: Lang, words: Mapping[str, str]) -> Head:
    """Short: what is said of the column up to the first comma, but for those that words.toml names."""
    says = _side(asked, name, lang)
    short = words.get(f"head_{name}") or _CLAUSE.split(says, maxsplit=1)[0].strip() or says
    return Head(short[:1].upper() + short[1:], says, is_numeric(rows, name))


def _side(asked: NamedQuery, name: str, lang: Lang) -> str:
    """The Chinese or the English half of what is said of a column: `中文 · English`."""
    zh, _, en = asked.columns_say[asked.columns.index(name)].partition(" · ")
    return zh if lang == "zh" or not en else en


def _texts(id_column: str) -> tuple[str, ...]:
    front = id_column.removesuffix("_id")
    return _TEXTS.get(front, (front,))


def _label(id_column: str, row: Row) -> str | None:
    """The label of what the id in a column is of; None where nothing says so."""
    front, schema = id_column.removesuffix("_id"), load_schema()
    if front in ("source", "target") and (edge := schema.edges.get(str(row.get("edge")))):
        ends = edge.sources if front == "source" else edge.targets
        return ends[0] if len(ends) == 1 else None
    if front == "other":
        return "Policy" if "policy_id" in row else "Unit"
    if front in ("item", "finding"):
        part = str(row.get("part") or row.get("label"))
        label = _PARTS.get(part, part)
        return label if label in schema.labels else None
    return _LABELS.get(front)


def _cell(name: str, row: Row, asked: NamedQuery, lang: Lang, words: Mapping[str, str]) -> Cell:
    value = row[name]
    if value is None:
        return Cell()
    if name.endswith("_id"):
        return thing(_label(name, row), value, "↗")
    if name in (*_CODES, "a", "b"):
        return _coded(
            _CODES.get(name) or _CODES["category" if "category" in asked.name else "type"], str(value), lang
        )
    if isinstance(value, int | float):
        return _number(name, value, row)
    if name in ("method", "cause_method"):
        return Cell(str(value), method=str(value))
    if isinstance(value, list):
        return Cell((" → " if name == "chain" else "；").join(_word(one, lang, words) for one in value))
    for column in asked.columns:
        if column.endswith("_id") and row[column] and name in _texts(column):
            return thing(_label(column, row), row[column], str(value))
    return Cell(_word(value, lang, words))


def _coded(way: tuple[str, str, str], said: str, lang: Lang) -> Cell:
    """A code of the vocabulary (or its Chinese name) by its name, leading to what has it."""
    vocabulary, list_, filter_ = way
    for code, names in (choices(vocabulary) or {}).items():
        if said in (code, names[0]):
            return Cell(names[0 if lang == "zh" else 1], f"/browse/{list_}{query((filter_, code))}")
    return Cell(said)


def _number(name: str, value: float, row: Row) -> Cell:
    if name in ("confidence", "mean", "lowest"):
        return Cell(f"{value:.2f}")
    if name in _MONEY:
        return Cell(f"{value:,.2f}".removesuffix(".00"))
    if name in _SHARES:
        return Cell(f"{100 * value:.1f}%")
    at = None
    if name in ("start", "end") and row.get("report_id"):
        at = f"{page_of('Report', row['report_id'])}#c{row['start']}-{row.get('end') or row['start'] + 1}"
    return Cell(written(value), at)


def _word(value: Any, lang: Lang, words: Mapping[str, str]) -> str:
    """A value that may be a word of ours: the name of a label, an edge, a status."""
    schema = load_schema()
    entry = schema.labels.get(str(value)) or schema.edges.get(str(value))
    if entry is not None:
        return entry.zh if lang == "zh" else entry.name
    return words.get("is_" + re.sub(r"\W", "_", str(value)), written(value))
