"""Forms: a table with a label before each cell, in two or four columns: 问题 | …, 整改措施 | …."""

from __future__ import annotations

from collections.abc import Iterator

from extract.readers.cell_text import one_line
from extract.readers.entries import Entry, deal, parts_of, said_label
from extract.readers.heads import label_of, number_of
from extract.readers.marks import LEFT
from extract.readers.table_grid import Grid

#: Label, column that it names (None: unknown), number in it (0: none), words.
Field = tuple[str, str | None, int, str]
#: So many rows show whether a table is one.
_SAMPLE = 60
_FINDINGS = frozenset(("problem", "detail"))


def read_form(rows: Grid) -> list[Entry] | None:
    """The problems of a form, with what stands before them as notes; None where a table is none."""
    fields: list[Field] = []
    labelled = full = 0
    if len(rows) > _SAMPLE and read_form(Grid(rows[:_SAMPLE])) is None:
        return None
    for i, row in enumerate(rows):
        said = [w for j, cell in enumerate(row) if cell != LEFT and (w := rows.shown(i, j))]
        full += bool(said)
        if len(said) % 2:  # a title, or remarks across the form
            fields += [("", None, 0, words) for words in said]
            continue
        pairs = list(zip(said[::2], said[1::2], strict=True))
        labelled += any(label_of(label)[0] and not label_of(value)[0] for label, value in pairs[:1])
        fields += [(one_line(label), *label_of(label), value) for label, value in pairs]
    columns = {column for _, column, *_ in fields}
    if labelled < 2 or 2 * labelled < full or not columns & _FINDINGS:
        return None
    if not columns - _FINDINGS - {None, "aside", "number", "group", "whose", "count"}:
        return None
    if "problem" not in columns:
        fields = [(label, "problem" if c == "detail" else c, n, words) for label, c, n, words in fields]
    return list(_entries(fields))


def _entries(fields: list[Field]) -> Iterator[Entry]:
    """Problems that follow one another without a word between them share what is said after them."""
    open_: list[Entry] = []
    says: list[tuple[str, str, str]] = []
    number, whose = 0, ""
    for label, column, value, words in fields:
        if column == "problem":
            if says or (open_ and open_[-1].facts):
                yield from _shared(open_, says)
                open_, says = [], []
            open_.append(Entry(words, number=value or number, whose=whose))
            number = 0
        elif column == "number":
            yield from _shared(open_, says)
            open_, says = [], []
            number = number_of(words)
        elif column == "whose":
            whose = one_line(words)
        elif not open_:
            yield Entry(f"{label}：{one_line(words)}" if label else one_line(words), "note")
        elif column == "detail":
            open_[-1].items.append(Entry(words))
        elif column in (None, "count") and label:
            open_[-1].facts.append((label, (one_line(words),)))
        elif column in (None, "group"):
            says.append(("aside", f"{label}：" if label else "", words))
        else:
            says.append((str(column), said_label(str(column), label), words))
    yield from _shared(open_, says)


def _shared(problems: list[Entry], says: list[tuple[str, str, str]]) -> Iterator[Entry]:
    shared = deal(says, problems) if len(problems) > 1 else says
    for problem in problems:
        problem.says += shared
        yield from parts_of(problem)
