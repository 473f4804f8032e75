"""One pipeline for all tests; texts become findings without a file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from spacy.language import Language

from extract.model import Findings, Source
from extract.pipeline import build_nlp, extract_source


@pytest.fixture(scope="session")
def nlp() -> Language:
    return build_nlp()


@pytest.fixture(scope="session")
def read(nlp: Language) -> Callable[[str], Findings]:
    """Text to findings."""

    def find(text: str) -> Findings:
        return extract_source(Source("t.txt", text, hashlib.sha256(text.encode()).hexdigest()), nlp=nlp)

    return find
