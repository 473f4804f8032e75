"""The trained reader as a component: what it finds joined with what the rules found before it."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extract.draft import draft_of, publish
from extract.reading.candidates import Trust
from extract.reading.decoder import decode
from extract.reading.joining import join
from extract.reading.names import NameReader
from extract.reading.tagger import open_tagger

#: Characters of a text that takes a minute; a longer one is no single report.
LONGEST = 400_000
#: Span group of each label.
_GROUPS = {
    "Problem": "problems",
    "RootCause": "causes",
    "Effect": "effects",
    "Evidence": "evidence",
    "Recommendation": "recommendations",
    "Measure": "measures",
}


@Language.component("suyin_reading", assigns=["doc.spans"])
def read_clauses(doc: Doc) -> Doc:
    """Raises ReaderMissing where the trained reader cannot run."""
    draft = draft_of(doc)
    if len(draft.text) > LONGEST:
        draft.warnings.append("too long for the trained reader: 文本过长，只按规则读")
        return doc
    tagger = open_tagger()
    clauses, roles, found = decode(draft, tagger)
    trust = Trust(tagger.card["right"], tagger.card["least"])
    join(draft, clauses, roles, found, trust)
    draft.names = NameReader(roles.naming, trust)
    for label, group in _GROUPS.items():
        publish(doc, group, draft.of(label))
    return doc
