"""Weights of words."""

from __future__ import annotations

import pytest

from graph.load import load
from graph.search import fold, search_terms
from graph.store import GraphStore
from graph.words import WordWeights, count_words
from tests.graph.data import feedback

TEXTS = [*["落实监管责任"] * 8, "农村饮水工程闲置", "落实饮水工程管护责任"]


@pytest.fixture
def weights() -> WordWeights:
    return WordWeights(map(fold, TEXTS))


def test_what_stands_everywhere_weighs_little(weights: WordWeights) -> None:
    assert weights.weight("落实") < 0.5 < weights.weight("饮水") < weights.weight("农村")
    assert weights.heaviest(["落实", "饮水", "农村"]) == ["农村", "饮水", "落实"]


def test_likeness_is_from_nothing_to_all(weights: WordWeights) -> None:
    terms = search_terms("农村饮水工程闲置")
    likeness = [weights.likeness(terms, fold(text)) for text in (TEXTS[8], TEXTS[9], TEXTS[0])]
    assert likeness[0] > 0.9
    assert 0.2 < likeness[1] < 0.6
    assert likeness[2] == 0


def test_few_common_words_are_never_all(weights: WordWeights) -> None:
    assert weights.likeness(["落实"], fold(TEXTS[0])) < 0.1


def test_nothing_is_counted_in_an_empty_graph(store: GraphStore) -> None:
    assert count_words(store, "Problem").likeness(["资金"], "资金") > 0
    load(feedback(), store)
    counted = count_words(store, "Problem")
    assert counted.size == store.counts()["nodes"]["Problem"]
