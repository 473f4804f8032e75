"""Findings that are parts of one another, as a merge may leave them, hold nothing up."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from spacy.language import Language

from extract.components.categories import assign_categories
from extract.components.links import infer_links
from extract.components.statements import settled
from extract.draft import Draft, draft_of
from extract.found import Units
from extract.model import Source
from extract.nodes import Node
from extract.pipeline import start_doc
from extract.results import Results

TEXT = "关于检查县渡口管理站的通报\n一、存在问题\n（一）渡船检验不及时。\n（二）救生衣配备不足。\n（三）值班制度不落实。"


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    """A walk that never ends is a failure after ten seconds."""
    if not hasattr(signal, "SIGALRM"):  # Windows
        yield
        return

    def late(*_: object) -> None:
        raise TimeoutError("still running after ten seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(10)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def circle(draft: Draft, *words: str) -> list[Node]:
    """Problems of which each is a part of the next, and the last of the first."""
    found = []
    for said in words:
        at = draft.text.index(said)
        found.append(Node("Problem", at, at + len(said), {"number": ""}, headline=(at, at + len(said))))
    for node, parent in zip(found, [*found[1:], found[0]], strict=True):
        node.parent = parent
        draft.add(node)
    return found


@pytest.mark.parametrize("words", [
    ("渡船检验不及时",),
    ("渡船检验不及时", "救生衣配备不足"),
    ("值班制度不落实", "渡船检验不及时", "救生衣配备不足"),
])  # fmt: skip
def test_a_circle_of_parents_is_cut_at_its_first(nlp: Language, words: tuple[str, ...]) -> None:
    draft = draft_of(start_doc(Source("t.txt", TEXT, "0" * 64), nlp=nlp))
    problems = circle(draft, *words)
    assert all(len(list(problem.ancestors())) == len(words) - 1 for problem in problems)
    at = draft.text.index("救生衣")
    draft.add(Node("Recommendation", at, at + 7, {"number": ""}))
    results = Results(draft.report)
    results.statements = settled(draft)
    results.units = Units()
    results.categories = assign_categories(Draft(draft.report, results))
    links = infer_links(Draft(draft.report, results))
    first = min(problems, key=lambda p: p.start)
    assert [p for p in problems if p.parent is None] == [first]
    assert all(first not in p.items for p in problems)
    parts = [(b.source, b.target) for b in links.bonds if b.type == "PART_OF"]
    assert len(parts) == len(words) - 1
    assert any("渡船检验不及时" in warning for warning in results.statements.warnings)


def test_what_is_no_circle_stays(nlp: Language) -> None:
    draft = draft_of(start_doc(Source("t.txt", TEXT, "0" * 64), nlp=nlp))
    whole = draft.add(Node("Problem", 0, len(draft.text)))
    part = draft.add(Node("Problem", 5, 20, parent=whole))
    draft.cut_circles("Problem")
    assert part.parent is whole
    assert whole.items == [part]
    assert not draft.warnings
