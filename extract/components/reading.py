"""The trained reader as a component: what it finds, joined with what the rules found."""

from __future__ import annotations

from extract.components.component import component
from extract.components.statements import PARTS, settled, together
from extract.draft import Draft
from extract.found import Statements
from extract.reading.candidates import Trust
from extract.reading.decoder import decode
from extract.reading.joining import join
from extract.reading.names import NameReader
from extract.reading.tagger import open_tagger

#: Characters of a text that takes a minute; a longer one is no single report.
LONGEST = 400_000


@component("reading", *PARTS, returns="statements", spans=True)
def read_clauses(draft: Draft) -> Statements:
    """Raises ReaderMissing where the trained reader cannot run."""
    own = together(draft)
    if len(own.text) > LONGEST:
        own.warnings.append("too long for the trained reader: 文本过长，只按规则读")
        return settled(own)
    tagger = open_tagger()
    clauses, roles, found = decode(own, tagger)
    trust = Trust(tagger.card["right"], tagger.card["least"])
    join(own, clauses, roles, found, trust)
    return settled(own, names=NameReader(roles.naming, trust))
