"""The walk of one report: source -> clean text -> sections -> spaCy components -> findings."""

from __future__ import annotations

import gc
import hashlib
import os
from functools import partial
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract import components
from extract.collect import collect
from extract.heads import Heads
from extract.kinds import JudgeKind, find_kind
from extract.metadata import Metadata
from extract.model import Findings, Source
from extract.readers import Progress, read_report
from extract.reading import ReaderName
from extract.reading.tagger import open_tagger
from extract.results import NAMES, Results, results_of
from extract.rules import load_rules
from extract.start import clean_text, start_report

#: The components in the order in which they build on one another; first those that find what is stated.
READING = ("problems", "causes", "effects", "evidence", "recommendations", "measures")
#: What puts that together, by the reader.
TOGETHER: dict[ReaderName, str] = {"rules": "statements", "model": "reading"}
BUILDING = ("units", "categories", "policies", "facts", "stakes", "links")


class _Keys(dict[str, int]):
    """The key of each character in spaCy's store of strings; a Doc is made of keys twice as fast."""

    def __init__(self, vocab: Vocab) -> None:
        super().__init__()
        self.strings = vocab.strings

    def __missing__(self, character: str) -> int:
        self[character] = key = self.strings.add(character)
        return key


class ReportTokenizer:
    """Makes the Doc of a report: of its clean text, one token a character, so that spans need no alignment.

    Its text is not quite what came in: `doc._.results.report.clean` knows where each character stood.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.keys = _Keys(vocab)

    def __call__(self, text: str) -> Doc:
        return self.doc_of(Source("", text, hashlib.sha256(text.encode()).hexdigest()))

    def doc_of(
        self,
        source: Source,
        *,
        judge: JudgeKind = find_kind,
        metadata: Metadata | None = None,
        heads: Heads | None = None,
    ) -> Doc:
        """The Doc of a source with its report, on which the components return their results."""
        rules = load_rules()
        clean = clean_text(source, rules)
        doc = self.characters(clean.text)
        report = start_report(source, clean, rules, judge, given=metadata, heads=heads)
        doc._.results = Results(report)
        return doc

    def characters(self, text: str) -> Doc:
        words: list[Any] = [*map(self.keys.__getitem__, text)]  # spaCy's types know strings only
        return Doc(self.vocab, words=words, spaces=[False] * len(text))


def build_nlp(reader: ReaderName = "rules") -> Language:
    """A blank Chinese pipeline with one token a character and Suyin's components. Build it once a
    process.

    `reader`: by the rules alone, or with the trained reader beside them (slower; it needs the extra
    `reader`). Raises ReaderMissing where that cannot run. Of its Docs `doc._.findings` are all findings,
    `doc._.problems`, `doc._.units` … what one component returned, `doc.spans` where it stands.
    """
    components.register()
    _extend_docs()
    nlp = spacy.blank("zh")
    nlp.tokenizer = ReportTokenizer(nlp.vocab)
    nlp.max_length = 50_000_000
    if reader == "model":
        open_tagger()  # what is missing is said before the first report
    for name in (*READING, TOGETHER[reader], *BUILDING):
        nlp.add_pipe(f"suyin_{name}")
    load_rules()
    gc.freeze()  # spaCy and the vocabulary stay: the collector need not look at them again and again
    return nlp


def _extend_docs() -> None:
    if Doc.has_extension("results"):
        return
    Doc.set_extension("results", default=None)
    Doc.set_extension("findings", getter=lambda doc: collect(results_of(doc)))
    for name in NAMES:
        Doc.set_extension(name, getter=partial(_result, name=name))


def _result(doc: Doc, name: str) -> object:
    return results_of(doc).get(name)


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
    judge = partial(find_kind, heads=heads)
    doc = start_doc(source, nlp=nlp, judge=judge, metadata=metadata, heads=heads)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return collect(results_of(doc), ident=report_id)


def start_doc(
    source: Source,
    *,
    nlp: Language,
    judge: JudgeKind = find_kind,
    metadata: Metadata | None = None,
    heads: Heads | None = None,
) -> Doc:
    """The Doc of a source, before any component; `judge` says of which kind the report is."""
    tokenizer = cast(ReportTokenizer, nlp.tokenizer)
    return tokenizer.doc_of(source, judge=judge, metadata=metadata, heads=heads)


def read_statements(source: Source, *, nlp: Language, judge: JudgeKind = find_kind) -> Doc:
    """The Doc of a text with what it states, before what builds on that."""
    doc = start_doc(source, nlp=nlp, judge=judge)
    for _, component in nlp.pipeline[: -len(BUILDING)]:
        doc = component(doc)
    return doc


def read_by_rules(source: Source, *, nlp: Language) -> Doc:
    """The Doc of a text after the rules have found what it states, before that is put together."""
    doc = start_doc(source, nlp=nlp)
    for name in READING:
        doc = nlp.get_pipe(f"suyin_{name}")(doc)
    return doc
