"""The walk of one report: source -> clean text -> sections -> spaCy components -> findings."""

from __future__ import annotations

import gc
import os
import re
from dataclasses import replace
from functools import partial
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract import components
from extract.collect import collect
from extract.draft import Draft, draft_of
from extract.heads import Heads
from extract.kinds import TITLE_LINES, JudgeKind, find_kind, find_title, is_title
from extract.metadata import Metadata
from extract.model import Findings, Source
from extract.outline import find_sections
from extract.outline.labels import write_colons
from extract.outline.markers import Markers, is_heading, write_stops
from extract.outline.roles import assign_roles
from extract.outline.stating import assign_statements
from extract.readers import Progress, read_report
from extract.reading import ReaderName
from extract.reading.tagger import open_tagger
from extract.report_date import find_report_date
from extract.rules import Rules, load_rules
from extract.text.characters import find_unreadable, plain, read_characters
from extract.text.clean import CleanText, fold, join, split_lines, split_run_in, unwrap
from extract.text.noise import strip_noise
from extract.text.pipes import write_pipes
from extract.text.table_lines import find_cells
from extract.warnings import find_warnings

#: The components in the order in which they build on one another; first those that find what is stated.
READING = ("problems", "causes", "effects", "evidence", "recommendations", "measures")
COMPONENTS = (
    *READING,
    "units",
    "categories",
    "policies",
    "facts",
    "stakes",
    "links",
)


class _Keys(dict[str, int]):
    """The key of each character in spaCy's store of strings; a Doc is made of keys twice as fast."""

    def __init__(self, vocab: Vocab) -> None:
        super().__init__()
        self.strings = vocab.strings

    def __missing__(self, character: str) -> int:
        self[character] = key = self.strings.add(character)
        return key


class CharacterTokenizer:
    """One token a character: token index = character offset, so spans need no alignment."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.keys = _Keys(vocab)

    def __call__(self, text: str) -> Doc:
        words: list[Any] = [*map(self.keys.__getitem__, text)]  # spaCy's types know strings only
        return Doc(self.vocab, words=words, spaces=[False] * len(text))


def build_nlp(reader: ReaderName = "rules") -> Language:
    """A blank Chinese pipeline with one token a character and Suyin's components. Build it once a
    process.

    `reader`: by the rules alone, or with the trained reader beside them (slower; it needs the extra
    `reader`). Raises ReaderMissing where that cannot run.
    """
    components.register()
    if not Doc.has_extension("draft"):
        Doc.set_extension("draft", default=None)
    nlp = spacy.blank("zh")
    nlp.tokenizer = CharacterTokenizer(nlp.vocab)
    nlp.max_length = 50_000_000
    for name in COMPONENTS:
        nlp.add_pipe(f"suyin_{name}")
    if reader == "model":
        open_tagger()  # what is missing is said before the first report
        nlp.add_pipe("suyin_reading", after=f"suyin_{READING[-1]}")
    load_rules()
    gc.freeze()  # spaCy and the vocabulary stay: the collector need not look at them again and again
    return nlp


def extract_report(
    path: str | os.PathLike[str],
    *,
    nlp: Language,
    report_id: str | None = None,
    metadata: Metadata | None = None,
    progress: Progress | None = None,
) -> Findings:
    """All that is found in one report file. Raises ReadError where the file cannot be read as one.

    `progress` is told (pages read, pages in all) of a scan, which takes seconds a page.
    """
    source = read_report(path, progress=progress)
    return extract_source(source, nlp=nlp, report_id=report_id, metadata=metadata)


def extract_source(
    source: Source,
    *,
    nlp: Language,
    report_id: str | None = None,
    metadata: Metadata | None = None,
    heads: Heads | None = None,
) -> Findings:
    """As `extract_report`, for a text that has been read; `heads`: others than Suyin's own."""
    doc = start_doc(source, nlp=nlp, judge=partial(find_kind, heads=heads))
    draft = draft_of(doc)
    draft.given = metadata or Metadata()
    draft.heads = heads
    for _, component in nlp.pipeline:
        doc = component(doc)
    draft.warnings += [*find_unreadable(source.text), *find_warnings(draft)]
    return collect(draft, source, ident=report_id)


def start_doc(source: Source, *, nlp: Language, judge: JudgeKind = find_kind) -> Doc:
    """The Doc of a text with its draft, in which the components find what they find.

    `judge` says of which kind the report is.
    """
    rules = load_rules()
    clean = clean_text(source, rules)
    doc = nlp.make_doc(clean.text)
    doc._.draft = start_draft(source, clean, rules, judge)
    draft_of(doc).warnings += source.warnings
    return doc


def read_by_rules(source: Source, *, nlp: Language) -> Doc:
    """The Doc of a text after the rules have found what it states, before all that builds on that."""
    doc = start_doc(source, nlp=nlp)
    for name in READING:
        doc = nlp.get_pipe(f"suyin_{name}")(doc)
    return doc


#: A line that ends so goes on in the next: …。发现的主要/问题：
_UNENDED = re.compile(r"(?<=[\u4e00-\u9fff]{12})(?:的|主要|存在|发现|以下|下列|突出|[和与及、，])$")


def clean_text(source: Source, rules: Rules) -> CleanText:
    """Strip, outline, unwrap: headings are found before lines are joined."""
    readable = read_characters(source.text)
    words = write_pipes(readable.text)
    folded = fold(write_colons(write_stops(words)))
    cells = [readable.cell(cell) for cell in source.cells] or find_cells(words)
    stands = {cell.start: cell for cell in cells}
    given = split_lines(folded, cells)
    prose = [line for line in given if line.start not in stands]
    lines = split_run_in(strip_noise(prose, rules), rules)
    if cells:  # taken as they stand, however often they recur
        lines += [line for line in given if line.start in stands]
        lines.sort(key=lambda line: line.start)
    markers = Markers("\n".join(line.text for line in lines))
    starts = {i for i, line in enumerate(lines) if markers.opens(line.text)}
    headings = {
        i
        for i, line in enumerate(lines)
        if (is_heading(line.text, rules, markers) and not (i and _UNENDED.search(lines[i - 1].text)))
        or (i < TITLE_LINES and is_title(line.text, rules))
        or (stands and line.start in stands)
    }
    clean = join(unwrap(lines, starts, headings), folded, stands)
    starts_at, origins = readable.to_source(clean.starts, clean.origins, len(clean.text))
    return replace(clean, starts=starts_at, origins=origins)


def start_draft(source: Source, clean: CleanText, rules: Rules, judge: JudgeKind = find_kind) -> Draft:
    """The draft of a text before anything is found in it."""
    title = find_title(clean, rules)
    kind = judge(clean.text, title, rules)
    draft = Draft(clean, rules, find_sections(clean.text, rules, clean.cells), kind, title)
    assign_roles(draft)
    assign_statements(draft)
    dated = find_report_date(plain(source.text), clean.text[slice(*title)] if title else "")
    draft.date = dated.iso
    draft.warnings += [f"date that no calendar has: {line}" for line in dated.impossible]
    return draft
