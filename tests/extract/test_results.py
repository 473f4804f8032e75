"""Components: each takes what it requires, returns a result of its own, and leaves all else as it was."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extract.model import Source
from extract.nodes import Bond, Node
from extract.outline.section import Section
from extract.pipeline import BUILDING, READING, TOGETHER, build_nlp, extract_source, start_doc
from extract.readers import read_report
from extract.reading import ReaderName
from extract.results import NAMES, PipelineError, Results, results_of
from extract.rules import Rules
from extract.text.clean import CleanText
from tests.support.extras import need_extra

SAMPLES = Path(__file__).parents[2] / "samples"
#: The reports that show the genre, and a tenth of the others, the same ones each time.
REPORTS = [*sorted((SAMPLES / "reports").iterdir()), *sorted(SAMPLES.rglob("*/reports/*.txt"))[::10]]
TEXT = "关于云河县渡口的检查通报\n一、存在问题\n（一）渡船检验不及时。有3艘船未检，涉及5万元。\n（二）由于制度缺失，救生衣配备不足。\n"


def seen(thing: object, known: dict[int, int]) -> object:
    """All that can be read of a thing, as plain values; nodes, edges and sections by where they come first."""
    if isinstance(thing, Rules | CleanText | Source):
        return None  # frozen
    if isinstance(thing, Node | Bond | Section):
        if id(thing) in known:
            return known[id(thing)]
        known[id(thing)] = len(known)
    if is_dataclass(thing):
        return type(thing).__name__, [seen(getattr(thing, field.name), known) for field in fields(thing)]
    if isinstance(thing, dict):
        return [(seen(key, known), seen(value, known)) for key, value in thing.items()]
    if isinstance(thing, list | tuple):
        return [seen(value, known) for value in thing]
    if isinstance(thing, str | int | float | None):
        return thing
    return id(thing)


def everything(results: Results) -> dict[str, object]:
    """What stands before a component runs: the report, and each result that is there."""
    known: dict[int, int] = {}
    made = {name: results.get(name) for name in NAMES if name in results}
    return {
        "report": seen(results.report, known),
        **{name: seen(result, known) for name, result in made.items()},
    }


def changes(nlp: Language, doc: Doc) -> dict[str, list[str]]:
    """What each component changes of what it found there, and which results it adds besides its own."""
    wrong: dict[str, list[str]] = {}
    for name, component in nlp.pipeline:
        before = everything(results_of(doc))
        doc = component(doc)
        after = everything(results_of(doc))
        own = nlp.get_pipe_meta(name).assigns
        wrong[name] = [key for key, was in before.items() if after[key] != was]
        wrong[name] += [key for key in after.keys() - before.keys() if f"doc._.{key}" not in own]
    return {name: which for name, which in wrong.items() if which}


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_component_changes_nothing_but_its_own_result(path: Path, nlp: Language) -> None:
    doc = start_doc(read_report(path), nlp=nlp)
    assert changes(nlp, doc) == {}
    assert all(name in results_of(doc) for name in NAMES)


@pytest.mark.full
def test_so_it_is_in_all_samples(nlp: Language) -> None:
    for path in sorted(SAMPLES.rglob("reports/*")):
        assert changes(nlp, start_doc(read_report(path), nlp=nlp)) == {}


def test_the_trained_reader_changes_nothing_of_the_rules() -> None:
    need_extra("reader", "onnxruntime")
    nlp = build_nlp("model")
    for path in REPORTS[:3]:
        assert changes(nlp, start_doc(read_report(path), nlp=nlp)) == {}


def test_what_a_component_changes_is_seen(nlp: Language) -> None:
    doc = start_doc(Source("", TEXT, ""), nlp=nlp)
    for name in READING:
        doc = nlp.get_pipe(f"suyin_{name}")(doc)
    before = everything(results_of(doc))
    results_of(doc).problems.nodes[0].headline = (0, 1)
    assert everything(results_of(doc)) != before


@pytest.mark.parametrize("reader", TOGETHER)
def test_each_component_stands_behind_what_it_requires(reader: ReaderName) -> None:
    if reader == "model":
        need_extra("reader", "onnxruntime")
    nlp = build_nlp(reader)
    found = nlp.analyze_pipes(keys=["assigns", "requires"])
    assert not any(found["problems"].values())
    assert {name for name, of in found["summary"].items() if of["requires"]} == {
        f"suyin_{name}" for name in (*READING[1:], TOGETHER[reader], *BUILDING)
    }
    assigned = [attr for name in nlp.pipe_names for attr in found["summary"][name]["assigns"]]
    assert [attr for attr in assigned if attr != "doc.spans"] == [f"doc._.{name}" for name in NAMES]
    assert assigned.count("doc.spans") == 3  # what is stated, units, policies


def test_one_that_stands_too_early_names_what_is_missing(nlp: Language) -> None:
    doc = start_doc(Source("", TEXT, ""), nlp=nlp)
    with pytest.raises(PipelineError, match=r"suyin_evidence needs problems.*add suyin_problems before"):
        nlp.get_pipe("suyin_evidence")(doc)
    with pytest.raises(PipelineError, match="units"):
        _ = doc._.units


def test_a_result_is_returned_once(nlp: Language) -> None:
    doc = nlp(TEXT)
    with pytest.raises(
        PipelineError, match="suyin_causes returns causes, which suyin_causes has returned already"
    ):
        nlp.get_pipe("suyin_causes")(doc)


def test_what_a_component_does_not_require_it_cannot_read(nlp: Language) -> None:
    own = results_of(nlp(TEXT)).only(("problems",), "suyin_effects")
    assert own.problems.nodes
    with pytest.raises(PipelineError, match="suyin_effects reads units"):
        _ = own.units


def test_a_doc_of_another_pipeline(nlp: Language) -> None:
    with pytest.raises(PipelineError, match=r"build_nlp"):
        nlp.get_pipe("suyin_problems")(Doc(nlp.vocab, words=["水"]))


def test_the_pipeline_is_called_as_any_other(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [span.text[:8] for span in doc.spans["problems"]] == ["（一）渡船检验不", "（二）由于制度缺"]
    assert [span.label_ for span in doc.spans["causes"]] == ["RootCause"]
    assert {group: len(spans) for group, spans in doc.spans.items() if spans} == {
        "problems": 2,
        "causes": 1,
        "evidence": 1,
    }
    assert doc._.findings.nodes == extract_source(Source("", TEXT, ""), nlp=nlp).nodes
    assert len(doc._.problems.nodes) == 2


def test_many_texts_in_turn(nlp: Language) -> None:
    other = TEXT.replace("渡船检验不及时", "渡口照明损坏")
    docs = list(nlp.pipe([(TEXT, "one"), (other, "two")], as_tuples=True, batch_size=1))
    assert [context for _, context in docs] == ["one", "two"]
    assert [doc._.findings for doc, _ in docs] == [nlp(TEXT)._.findings, nlp(other)._.findings]
    assert "照明" in docs[1][0].spans["problems"][0].text
