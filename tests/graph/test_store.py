"""What both stores must do alike."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from itertools import permutations

import pytest

from extract.model import Findings
from graph.build import build_graph
from graph.data import GraphEdge, GraphError
from graph.load import load
from graph.reading import Reader
from graph.store import GraphStore, QueryError, open_store
from tests.graph.data import audit, feedback, notice, revised

REPORTS = (feedback, notice, audit)
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def loaded(store: GraphStore, *reports: Findings) -> str:
    """The digest of the store when it holds these and nothing else."""
    for row in store.read("MATCH (r:Report) RETURN r.id AS id"):
        store.delete_report(row["id"])
    for report in reports:
        load(report, store)
    return store.digest()


def document(findings: Findings) -> Findings:
    """The findings as they come back from a file: without the text."""
    return Findings.from_dict(json.loads(json.dumps(findings.to_dict())))


class TestLoad:
    def test_writes_every_node_and_edge(self, store: GraphStore) -> None:
        data = build_graph(feedback())
        summary = load(feedback(), store)
        assert (summary.status, summary.nodes, summary.edges) == ("loaded", len(data.nodes), len(data.edges))
        counts = store.counts()
        assert sum(counts["nodes"].values()) == len(data.nodes)
        assert sum(counts["edges"].values()) == len(data.edges)
        assert counts["nodes"]["Problem"] == 3
        assert counts["edges"]["CAUSED_BY"] == 2

    def test_keeps_the_quotes(self, store: GraphStore) -> None:
        load(notice(), store)
        rows = store.read(
            "MATCH (r:Report)<-[s:STATED_IN]-(n) MATCH (r)-[:HAS_TEXT]->(t:SourceText) "
            "RETURN substring(t.text, s.start, s.end - s.start) AS slice, n.text AS text"
        )
        assert len(rows) == 4
        assert all(row["slice"] == row["text"] for row in rows)

    def test_twice_changes_nothing(self, store: GraphStore) -> None:
        load(feedback(), store)
        before = store.digest()
        assert load(feedback(), store).status == "unchanged"
        assert load(feedback(), store, force=True).status == "replaced"
        assert store.digest() == before

    def test_in_any_order_gives_the_same_graph(self, store: GraphStore) -> None:
        digests = {loaded(store, *(make() for make in order)) for order in permutations(REPORTS)}
        assert len(digests) == 1

    def test_one_unit_and_one_policy_whatever_they_are_called(self, store: GraphStore) -> None:
        load(feedback(), store)
        load(notice(), store)
        assert store.read(
            "MATCH (u:Unit)<-[:INSPECTS]-(:Report) RETURN DISTINCT u.name AS name, u.aliases AS aliases"
        ) == [{"name": "青岳县农业农村局", "aliases": ["县农业农村局", "县农业农村局党组", "局党组"]}]
        assert store.read("MATCH (p:Policy) RETURN p.name AS name") == [{"name": "中国共产党巡视工作条例"}]

    def test_another_text_replaces(self, store: GraphStore) -> None:
        clean = loaded(store, notice(), revised(feedback()), audit())
        loaded(store, notice(), feedback(), audit())
        assert load(revised(feedback()), store).status == "replaced"
        assert store.digest() == clean

    def test_other_findings_of_the_same_text_replace(self, store: GraphStore) -> None:
        load(feedback(), store)
        fewer = Findings(feedback().report, feedback().nodes, feedback().edges[:-1], feedback().source_text)
        assert load(fewer, store).status == "replaced"
        assert store.counts()["edges"]["CONCERNS"] == 1

    def test_a_document_over_its_text_changes_nothing(self, store: GraphStore) -> None:
        before = loaded(store, feedback())
        assert load(document(feedback()), store).status == "unchanged"
        assert store.digest() == before

    def test_the_text_over_its_document_adds_it(self, store: GraphStore) -> None:
        clean = loaded(store, feedback())
        assert loaded(store, document(feedback())) != clean
        assert load(feedback(), store).status == "replaced"
        assert store.digest() == clean

    def test_other_findings_of_a_document_keep_the_text(self, store: GraphStore) -> None:
        found = document(feedback())
        load(feedback(), store)
        assert load(replace(found, edges=found.edges[:-1]), store).status == "replaced"
        assert store.counts()["nodes"]["SourceText"] == 1
        assert store.counts()["edges"]["CONCERNS"] == 1

    def test_a_text_is_kept_only_where_it_is_quoted(self, store: GraphStore) -> None:
        """Of another file, or of the same file that another version reads otherwise."""
        for found in (
            replace(feedback(), report=replace(feedback().report, sha256="0" * 64)),
            replace(feedback(), report=replace(feedback().report, chars=9)),
        ):
            loaded(store, feedback())
            assert load(document(found), store).status == "replaced"
            assert store.counts()["nodes"]["SourceText"] == 0

    def test_a_document_that_quotes_its_text_wrongly_is_refused(self, store: GraphStore) -> None:
        before = loaded(store, feedback())
        first = next(feedback().by_label("Evidence"))
        other = replace(first, text="另" * len(first.text or ""))
        wrong = replace(feedback(), nodes=tuple(other if n == first else n for n in feedback().nodes))
        with pytest.raises(
            GraphError, match=f"node Evidence {first.id}: '另+' is not what the source has from 28 to 40"
        ):
            load(document(wrong), store)
        assert store.digest() == before

    def test_a_name_that_no_index_takes_is_refused_and_the_longest_is_not(self, store: GraphStore) -> None:
        for length, fits in ((1333, True), (1334, False)):
            found = feedback()
            nodes = tuple(
                replace(n, properties={"name": "县" * length}) if n.label == "Unit" else n
                for n in found.nodes
            )
            if fits:
                load(replace(found, nodes=nodes), store)
                before = store.digest()
            else:
                with pytest.raises(
                    GraphError, match=r"node Unit unit:\w+: name is too large \(4,002, at most 4,000\)"
                ):
                    load(replace(found, nodes=nodes), store)
        assert store.digest() == before

    def test_a_wrong_document_is_refused_over_its_text_too(self, store: GraphStore) -> None:
        before = loaded(store, feedback())
        found = document(feedback())
        wrong = replace(next(found.by_label("Problem")), start="3")  # type: ignore[arg-type]
        nodes = tuple(wrong if node.id == wrong.id else node for node in found.nodes)
        with pytest.raises(GraphError, match="start must be of type integer"):
            load(replace(found, nodes=nodes), store)
        assert store.digest() == before

    def test_a_wrong_graph_leaves_the_store_as_it_was(self, store: GraphStore) -> None:
        load(feedback(), store)
        before = store.digest()
        data = build_graph(revised(feedback()))
        wrong = GraphEdge("STATED_IN", "nowhere", data.report_id, "Problem", "Report", {"start": 0, "end": 1})
        with pytest.raises(GraphError, match="nowhere"):
            store.replace_report(type(data)(data.report_id, data.nodes, (*data.edges, wrong)))
        assert store.digest() == before

    def test_many_at_once(self, store: GraphStore) -> None:
        clean = loaded(store, *(make(f"{make.__name__}-{i}") for i in range(3) for make in REPORTS))
        loaded(store)
        failures: list[Exception] = []

        def work(i: int) -> None:
            try:
                for make in REPORTS:
                    load(make(f"{make.__name__}-{i}"), store)
            except Exception as err:  # noqa: BLE001 - whatever it is, the test must show it
                failures.append(err)

        threads = [threading.Thread(target=work, args=(i,)) for i in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures
        assert store.digest() == clean


class TestDelete:
    def test_leaves_what_a_clean_load_leaves(self, store: GraphStore) -> None:
        clean = loaded(store, notice(), audit())
        loaded(store, notice(), feedback(), audit())
        assert store.delete_report("feedback")
        assert store.digest() == clean

    def test_the_last_leaves_nothing(self, store: GraphStore) -> None:
        load(feedback(), store)
        store.delete_report("feedback")
        assert store.digest() == EMPTY
        assert store.read("MATCH (n) WHERE NOT n:Meta RETURN count(n) AS n") == [{"n": 0}]

    def test_a_report_that_is_not_there(self, store: GraphStore) -> None:
        assert not store.delete_report("nothing")


class TestReadOnly:
    @pytest.mark.parametrize(
        "cypher",
        [
            "CREATE (n:Problem {id: 'x'})",
            "MATCH (n:Problem) DETACH DELETE n",
            "MATCH (n:Problem) SET n.text = ''",
            "MERGE (n:Unit {id: 'x'}) RETURN n",
            "CREATE INDEX i FOR (n:Problem) ON (n.number)",
        ],
    )
    def test_refuses_writes(self, store: GraphStore, cypher: str) -> None:
        load(feedback(), store)
        before = store.digest()
        with pytest.raises(QueryError, match="only read"):
            store.read_only(cypher)
        assert store.digest() == before

    def test_answers_with_plain_values(self, store: GraphStore) -> None:
        load(feedback(), store)
        result = store.read_only(
            "MATCH (p:Problem)-[e:CAUSED_BY]->(c:RootCause) WHERE e.method = $method "
            "RETURN p, e.cue AS cue, [c.type] AS types",
            method="explicit",
        )
        assert result.columns == ("p", "cue", "types")
        [row] = result.rows
        assert (row["cue"], row["types"]) == ("由于", ["political-awareness"])
        assert (row["p"]["label"], row["p"]["headline"]) == ("Problem", "学习贯彻不深入")

    def test_a_path_lists_its_nodes_and_edges(self, store: GraphStore) -> None:
        load(feedback(), store)
        [row] = store.read_only("MATCH p = (:Problem)-[:LEADS_TO]->(:Effect) RETURN p").rows
        problem, edge, effect = row["p"]
        assert (problem["label"], edge["type"], effect["label"]) == ("Problem", "LEADS_TO", "Effect")
        assert (edge["source"], edge["target"]) == (problem["id"], effect["id"])

    @pytest.mark.parametrize(
        ("cypher", "says"),
        [("MATCH (n RETURN n", "refused"), ("RETURN nothing(1)", "refused"), ("RETURN $missing", "missing")],
    )
    def test_says_what_is_wrong_with_a_query(self, store: GraphStore, cypher: str, says: str) -> None:
        with pytest.raises(QueryError, match=says):
            store.read_only(cypher)

    def test_cuts_long_answers(self, store: GraphStore) -> None:
        result = store.read_only("UNWIND range(1, 20000) AS i RETURN i")
        assert result.truncated
        assert len(result.rows) == store.row_limit


class TestReadTogether:
    """Several questions in one transaction."""

    def test_answers_each(self, store: GraphStore) -> None:
        load(feedback(), store)
        found = store.read_together(
            lambda reader: (
                reader.read_only("UNWIND range(1, 20000) AS i RETURN i").truncated,
                reader.read("UNWIND range(1, 20000) AS i RETURN i")[-1],
                [row["id"] for row in reader.read_only("MATCH (r:Report) RETURN r.id AS id").rows],
                "Problem" in reader.schema.labels,
            )
        )
        assert found == (True, {"i": 20000}, ["feedback"], True)

    @pytest.mark.parametrize("way", ["read", "read_only"])
    def test_refuses_writes(self, store: GraphStore, way: str) -> None:
        load(feedback(), store)
        before = store.digest()

        def work(reader: Reader) -> None:
            reader.read("MATCH (n:Problem) RETURN count(n) AS n")
            getattr(reader, way)("MATCH (n:Problem) SET n.text = ''")

        with pytest.raises(QueryError, match="only read"):
            store.read_together(work)
        assert store.digest() == before

    def test_an_error_of_the_work_passes(self, store: GraphStore) -> None:
        def work(reader: Reader) -> None:
            reader.read("RETURN 1 AS one")
            raise KeyError("no fault of the store's")

        with pytest.raises(KeyError):
            store.read_together(work)
        assert store.read("RETURN 1 AS one") == [{"one": 1}]


@pytest.mark.parametrize("way", ["read", "read_only"])
def test_time_limit_of_neo4j(neo4j_store: GraphStore, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    monkeypatch.setattr(neo4j_store, "time_limit", 1)
    with pytest.raises(QueryError, match="too long"):
        getattr(neo4j_store, way)(
            "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN sum(a * b)"
        )


@pytest.mark.store
def test_time_limit_of_the_embedded_store(tmp_path_factory: pytest.TempPathFactory) -> None:
    with (
        open_store(data_dir=tmp_path_factory.mktemp("slow"), time_limit=1) as store,
        pytest.raises(QueryError, match="too long"),
    ):
        store.read_only("UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN sum(a * b)")


def test_both_stores_hold_the_same_graph(embedded_store: GraphStore, neo4j_store: GraphStore) -> None:
    digests = {loaded(store, *(make() for make in REPORTS)) for store in (embedded_store, neo4j_store)}
    assert len(digests) == 1
    assert embedded_store.counts() == neo4j_store.counts()
