"""What other programs read of an export: all of the graph, with its types, on both stores."""

from __future__ import annotations

import json
import tracemalloc
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import networkx as nx
import pytest
from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from extract.model import Findings
from graph.build import build_graph
from graph.data import GraphData
from graph.errors import QueryError
from graph.exports.files import ExportError
from graph.exports.graphml import write_graphml
from graph.exports.jsonld import write_jsonld
from graph.exports.tables import write_csv, write_parquet
from graph.load import load
from graph.schema import load_schema
from graph.store import GraphStore
from tests.graph.data import audit, feedback, notice

REPORTS = (feedback, notice, audit)
SUYIN, PROV = Namespace("urn:suyin:vocabulary:"), Namespace("http://www.w3.org/ns/prov#")


def awkward() -> Findings:
    """Quotes, commas, line ends of all kinds, markup, a control character and one beyond the BMP in the text."""
    found = feedback('a/b "c" & 编号')
    tail = '\r\n<b>&amp;</b>,"x"\f\x01 𬭚 end'
    text = (found.source_text or "") + tail
    return replace(found, source_text=text, report=replace(found.report, chars=len(text)))


@pytest.fixture
def filled(store: GraphStore) -> GraphStore:
    for make in (*REPORTS, awkward):
        load(make(), store)
    return store


def parts() -> list[GraphData]:
    return [build_graph(make()) for make in (*REPORTS, awkward)]


def wanted() -> tuple[Counter[str], Counter[str]]:
    """How many nodes of each label and edges of each type all reports give together."""
    nodes = {(n.label, n.id) for data in parts() for n in data.nodes}
    edges = {(e.type, e.id) for data in parts() for e in data.edges}
    return Counter(label for label, _ in nodes), Counter(type_ for type_, _ in edges)


def evidence() -> Any:
    """The evidence with lists of floats and integers."""
    return next(n for n in build_graph(feedback()).nodes if "amounts" in n.properties)


class TestGraphML:
    def test_networkx_reads_all_of_it(self, filled: GraphStore, tmp_path: Path) -> None:
        count = write_graphml(filled, tmp_path / "g.graphml")
        graph = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
        nodes, edges = wanted()
        assert Counter(nx.get_node_attributes(graph, "label").values()) == nodes
        assert Counter(data["type"] for *_, data in graph.edges(data=True)) == edges
        assert count == nodes.total() + edges.total()

        node = graph.nodes[f"Evidence:{evidence().id}"]
        assert (node["text"], node["start"]) == (
            evidence().properties["text"],
            evidence().properties["start"],
        )
        assert json.loads(node["amounts"]) == [860000.0]
        link = next(data for *_, data in graph.edges(data=True) if data.get("cue") == "由于")
        assert (link["confidence"], type(link["start"])) == (0.95, int)

    def test_what_xml_cannot_hold_moves_nothing(self, filled: GraphStore, tmp_path: Path) -> None:
        write_graphml(filled, tmp_path / "g.graphml")
        graph = nx.read_graphml(tmp_path / "g.graphml")
        texts = [data["text"] for _, data in graph.nodes(data=True) if data["label"] == "SourceText"]
        kept = (awkward().source_text or "").replace("\f", "\ufffd").replace("\x01", "\ufffd")
        assert kept in texts
        assert f"Report:{awkward().report.id}" in graph


class TestTables:
    @pytest.mark.parametrize(("write", "ending"), [(write_csv, "csv"), (write_parquet, "parquet")])
    def test_duckdb_reads_all_of_it(
        self, write: Callable[..., int], ending: str, filled: GraphStore, tmp_path: Path
    ) -> None:
        if ending == "parquet":
            pytest.importorskip("pyarrow")
        count = write(filled, tmp_path)
        nodes, edges = wanted()
        read = (
            "read_csv('{}', header = true, all_varchar = true)" if ending == "csv" else "read_parquet('{}')"
        )
        with duckdb.connect() as db:

            def rows(name: str, columns: str = "*") -> list[Any]:
                return db.sql(
                    f"SELECT {columns} FROM {read.format(tmp_path / f'{name}.{ending}')}"
                ).fetchall()

            for name in (*load_schema().labels, *load_schema().edges):
                assert len(rows(name)) == (nodes + edges)[name], name
            assert count == nodes.total() + edges.total()
            assert (awkward().source_text,) in rows("SourceText", "text")
            [(amounts, at)] = {
                (str(a), str(p))
                for i, a, p in rows("Evidence", "id, amounts, amounts_at")
                if i == evidence().id
            }
            assert (json.loads(amounts), json.loads(at)) == ([860000.0], evidence().properties["amounts_at"])
            assert {row[0] for row in rows("CAUSED_BY", "source_label")} == {"Problem"}

    def test_parquet_keeps_the_types(self, filled: GraphStore, tmp_path: Path) -> None:
        pytest.importorskip("pyarrow")
        write_parquet(filled, tmp_path)
        types = {
            "string": "VARCHAR",
            "integer": "BIGINT",
            "float": "DOUBLE",
            "strings": "VARCHAR[]",
            "integers": "BIGINT[]",
            "floats": "DOUBLE[]",
        }
        with duckdb.connect() as db:
            for name, entry in (load_schema().labels | load_schema().edges).items():  # type: ignore[operator]
                columns = db.sql(
                    f"DESCRIBE SELECT * FROM read_parquet('{tmp_path / name}.parquet')"
                ).fetchall()
                assert {column: type_ for column, type_, *_ in columns if column in entry.properties} == {
                    column: types[type_] for column, type_ in entry.properties.items()
                }

    def test_the_datapackage_names_every_column(self, filled: GraphStore, tmp_path: Path) -> None:
        write_csv(filled, tmp_path)
        package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
        for table in package["resources"]:
            head = (tmp_path / table["path"]).read_text("utf-8").splitlines()[0]
            assert head.split(",") == [field["name"] for field in table["schema"]["fields"]]
        assert {p.name for p in tmp_path.iterdir()} == {
            "datapackage.json",
            *(t["path"] for t in package["resources"]),
        }


class TestJsonLd:
    def test_rdflib_reads_all_of_it(self, filled: GraphStore, tmp_path: Path) -> None:
        write_jsonld(filled, tmp_path / "g.jsonld")
        graph = Graph().parse(tmp_path / "g.jsonld", format="json-ld")
        nodes, edges = wanted()
        assert {label: len(set(graph.subjects(RDF.type, SUYIN[label]))) for label in nodes} == nodes
        assert len(set(graph.subjects(RDF.type, RDF.Statement))) == edges.total()

        node = URIRef(f"urn:suyin:Evidence:{evidence().id}")
        assert graph.value(node, PROV.value) == Literal(evidence().properties["text"], datatype=XSD.string)
        assert graph.value(node, SUYIN.start) == Literal(evidence().properties["start"], datatype=XSD.integer)
        amounts = graph.value(node, SUYIN.amounts)
        assert amounts is not None
        assert list(Collection(graph, amounts)) == [Literal("860000.0", datatype=XSD.double)]
        assert graph.value(node, PROV.wasQuotedFrom) == URIRef("urn:suyin:Report:feedback")
        quotation = graph.value(node, PROV.qualifiedQuotation)
        assert (quotation, RDF.type, PROV.Quotation) in graph
        assert graph.value(quotation, PROV.entity) == URIRef("urn:suyin:Report:feedback")
        assert len(set(graph.subjects(RDF.type, PROV.Quotation))) == edges["STATED_IN"]

    def test_what_is_inferred_is_stated_of_but_not_asserted(self, filled: GraphStore, tmp_path: Path) -> None:
        write_jsonld(filled, tmp_path / "g.jsonld", "feedback")
        graph = Graph().parse(tmp_path / "g.jsonld", format="json-ld")
        statements = set(graph.subjects(RDF.predicate, SUYIN.CAUSED_BY))
        assert {str(graph.value(s, SUYIN.method)) for s in statements} == {"explicit", "inferred"}
        asserted = {
            (graph.value(s, RDF.subject), graph.value(s, RDF.object))
            for s in statements
            if str(graph.value(s, SUYIN.method)) == "explicit"
        }
        assert set(graph.subject_objects(SUYIN.CAUSED_BY)) == asserted


@pytest.mark.parametrize("make", [feedback, awkward])
def test_one_report_is_its_graph(make: Callable[[], Findings], filled: GraphStore, tmp_path: Path) -> None:
    data = build_graph(make())
    count = write_graphml(filled, tmp_path / "g.graphml", data.report_id)
    assert count == len(data.nodes) + len(data.edges)
    graph = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert {*graph} == {f"{n.label}:{n.id}" for n in data.nodes}
    assert {d["id"] for *_, d in graph.edges(data=True)} == {e.id for e in data.edges}


def test_what_cannot_be_written_is_one_line_and_leaves_nothing(filled: GraphStore, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for write, out, says in [
        (write_graphml, tmp_path, "is a folder; name a file"),
        (write_jsonld, tmp_path / "no" / "g.jsonld", "cannot be written .*; choose another place"),
        (write_csv, tmp_path / "file", "cannot be made a folder .*; choose another"),
    ]:
        with pytest.raises(ExportError, match=says):
            write(filled, out)
    with pytest.raises(QueryError, match="there is no report 'nothing'"):
        write_graphml(filled, tmp_path / "g.graphml", "nothing")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_a_large_graph_needs_no_more_memory(embedded_store: GraphStore, tmp_path: Path) -> None:
    """Four times the graph, the same memory: what is held is a batch."""
    used = []
    for reports in (range(40), range(40, 160)):
        for i in reports:
            found = feedback(f"r{i}")
            text = (found.source_text or "") + "字" * 100_000 + str(i)
            load(
                replace(found, source_text=text, report=replace(found.report, chars=len(text))),
                embedded_store,
            )
        tracemalloc.start()
        write_jsonld(embedded_store, tmp_path / "g.jsonld")
        write_csv(embedded_store, tmp_path)
        used.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    print(used)  # noqa
    assert used[1] < used[0] * 1.5
