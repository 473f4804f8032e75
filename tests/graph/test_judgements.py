"""What people judge to be one: the file, what it does to the graph, and that it can be taken back."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.cookbook import SAMPLES
from extract.pipeline import build_nlp, extract_report
from graph.build import build_graph
from graph.judge import apply_judgements, judge, unjudge
from graph.judgements import JudgementError, Judgements, parse_judgements, read_judgements
from graph.load import load
from graph.read import read_graph
from graph.resolve import policy_id, unit_id
from graph.store import GraphStore
from tests.graph.data import audit, feedback, notice

HEAD = "left,left_place,right,right_place,verdict,by,at,why\n"
REPORTS = (feedback, notice, audit)
#: What the audit, of which nobody knows the place, calls 县财政局.
AUDITED = unit_id("县财政局", (), place=None, report_id="audit")[0]
SAME_TREASURY = f"县财政局,青岳县,{AUDITED} 县财政局,,same,wang,2026-03-01,\n"
SAME_BUREAU = "县农业农村局,青岳县,县财政局,青岳县,same,li,,they were joined\n"
SAME_LAWS = "《预算法》,,《巡视工作条例》,,same,li,,nonsense but allowed\n"


def judgements(*lines: str) -> Judgements:
    return parse_judgements(HEAD + "".join(lines), where="j.csv")


class TestFile:
    def test_names_with_their_place_ids_and_policies(self) -> None:
        found = judgements(SAME_TREASURY, SAME_LAWS)
        placed = unit_id("青岳县财政局", (), place=None, report_id="x")[0]
        assert found.node_of(placed) == found.node_of(AUDITED) == min(placed, AUDITED)
        assert found.node_of(policy_id("预算法")) == found.node_of(policy_id("中国共产党巡视工作条例"))
        assert [(one.by, one.at, one.line) for one in found.lines] == [
            ("wang", "2026-03-01", 2),
            ("li", "", 3),
        ]

    def test_a_chain_is_one_node_in_whatever_order_it_is_told(self) -> None:
        lines = [f"单位{a},青岳县,单位{b},青岳县,same,,,\n" for a, b in ("甲乙", "丁丙", "乙丙", "戊己")]
        for _ in range(5):
            random.shuffle(lines)
            found = judgements(*lines)
            ids = [unit_id(f"单位{x}", (), place="青岳县", report_id="")[0] for x in "甲乙丙丁戊己"]
            assert len({found.node_of(i) for i in ids[:4]}) == len({found.node_of(i) for i in ids[4:]}) == 1
            assert len({*map(found.node_of, ids)}) == 2

    def test_unsure_joins_nothing_but_is_judged(self) -> None:
        found = judgements("县甲局,青岳县,县乙局,青岳县,unsure,,,\n")
        a, b = (unit_id(name, (), place="青岳县", report_id="")[0] for name in ("县甲局", "县乙局"))
        assert found.node_of(a) != found.node_of(b)
        assert found.judged(b, a)

    @pytest.mark.parametrize(
        ("lines", "says"),
        [
            (
                ["县甲局,青岳县,县乙局,青岳县,same,,,\n", "县乙局,青岳县,县甲局,青岳县,different,,,\n"],
                "line 3: different, but line 2 says same; delete",
            ),
            (
                [
                    "县甲局,青岳县,县乙局,青岳县,same,,,\n",
                    "县丙局,青岳县,县甲局,青岳县,different,,,\n",
                    "\n",
                    "县丙局,青岳县,县乙局,青岳县,same,,,\n",
                ],
                "line 3: different, but lines 2, 5 say same",
            ),
            (
                ["县甲局,青岳县,青岳县甲局,,different,,,\n"],
                "line 2: different, but both names are one node by the rules",
            ),
            (
                ["市财政局,,市财政局,江南市,same,,,\n"],
                "line 2: left: '市财政局' without its place .*give left_place",
            ),
            (
                ["市财政局,江北,市财政局,江南市,same,,,\n"],
                "line 2: left_place: '江北' is not known as a place",
            ),
            (["县甲局,青岳县,,,same,,,\n"], "line 2: right: no name"),
            (["县甲局,青岳县,《预算法》,,same,,,\n"], "line 2: one is a unit and the other a policy"),
            (
                ["县甲局,青岳县,县乙局,青岳县,equal,,,\n"],
                "line 2: verdict 'equal' is not one of same, different, unsure",
            ),
            (
                ["县甲局,青岳县,县乙局,青岳县,same,,gestern,\n"],
                "line 2: at 'gestern' is no date; write it like",
            ),
            (["县甲局,青岳县,县乙局,青岳县,same,,,a,b\n"], "line 2: more cells than columns"),
            (['县甲局,青岳县,"县乙局"x,青岳县,same,,,\n'], "line 2: .*check the quotes"),
        ],
    )
    def test_what_cannot_be_is_refused_with_its_line(self, lines: list[str], says: str) -> None:
        with pytest.raises(JudgementError, match=f"^j.csv: {says}") as error:
            judgements(*lines)
        assert "\n" not in str(error.value)

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"left,right\n", "line 1: no column 'verdict'"),
            (b"left,right,verdict,color\n", "line 1: unknown column 'color'"),
            ("left,right,verdict\n县甲局,县乙局,same\n".encode("gb18030"), "not UTF-8; save it as CSV UTF-8"),
        ],
    )
    def test_a_file_that_is_none_is_refused(self, content: bytes, says: str, tmp_path: Path) -> None:
        (tmp_path / "j.csv").write_bytes(content)
        with pytest.raises(JudgementError, match=says):
            read_judgements(tmp_path / "j.csv")

    def test_no_file_is_no_judgement(self, tmp_path: Path) -> None:
        assert not read_judgements(tmp_path / "j.csv").lines

    def test_what_a_spreadsheet_saves(self, tmp_path: Path) -> None:
        (tmp_path / "j.csv").write_text(
            f"\ufeff{HEAD}{SAME_TREASURY}".replace("\n", "\r\n"), "utf-8", newline=""
        )
        assert len(read_judgements(tmp_path / "j.csv").moved) == 1


class TestGraph:
    def test_two_cities_bureaus_stay_two(self) -> None:
        found = judgements("市财政局,江北市,江北市财政局国库科,,same,,,\n")
        north, south = (
            unit_id("市财政局", (), place=place, report_id="")[0] for place in ("江北市", "江南市")
        )
        assert found.node_of(north) != found.node_of(south)

    def test_no_judgement_leaves_the_graph_alone(self) -> None:
        data = build_graph(feedback())
        assert (
            judge(data, judgements())
            is judge(data, judgements(f"{AUDITED},,县丙局,青岳县,same,,,\n"))
            is data
        )

    def test_one_node_under_the_names_of_both(self) -> None:
        data = judge(build_graph(feedback()), judgements(SAME_BUREAU))
        [unit] = [n for n in data.nodes if n.label == "Unit"]
        assert unit.properties == {
            "name": "县农业农村局党组",
            "aliases": ["县农业农村局", "县财政局"],
            "place": "青岳县",
        }
        edges = [e for e in data.edges if e.target_label == "Unit"]
        assert {e.target for e in edges} == {unit.id}
        assert 0 < sum("own_ids" in e.properties for e in edges) < len(edges)  # the others lead there anyway
        assert len({e.id for e in data.edges}) == len(data.edges)

    def test_edges_that_say_the_same_then_are_one(self) -> None:
        findings = feedback()
        both = build_graph(findings)
        treasury = next(n.id for n in both.nodes if n.properties.get("name") == "县财政局")
        inspects = next(e for e in both.edges if e.type == "INSPECTS")
        twice = type(both)(
            both.report_id,
            both.nodes,
            (*both.edges, type(inspects)("INSPECTS", inspects.source, treasury, "Report", "Unit")),
        )
        data = judge(twice, judgements(SAME_BUREAU))
        [edge] = [e for e in data.edges if e.type == "INSPECTS"]
        assert edge.properties["own_ids"] == sorted([inspects.target, treasury])
        assert {e.id for e in unjudge(data).edges} == {e.id for e in twice.edges}


class TestStore:
    @pytest.fixture
    def digest_of(self, store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
        """The digest of a clean load of the three reports under these judgements."""

        def clean(*lines: str, order: tuple[int, ...] = (0, 1, 2)) -> str:
            for row in store.read("MATCH (r:Report) RETURN r.id AS id"):
                store.delete_report(row["id"])
            monkeypatch.setattr(store, "judgements", judgements(*lines))
            for i in order:
                load(REPORTS[i](), store)
            return store.digest()

        return clean

    def test_one_node_with_the_mentions_of_both(
        self, store: GraphStore, digest_of: Callable[..., str]
    ) -> None:
        digest_of(SAME_TREASURY)
        assert store.read(
            "MATCH (u:Unit)<-[:NAMES]-(r:Report) WITH u, r.id AS id ORDER BY id "
            "WITH u, collect(id) AS reports WHERE '县财政局' = u.name OR '县财政局' IN u.aliases "
            "RETURN u.place AS place, reports"
        ) == [{"place": "青岳县", "reports": ["audit", "feedback"]}]

    def test_the_order_of_loading_does_not_matter(self, digest_of: Callable[..., str]) -> None:
        lines = (SAME_TREASURY, SAME_BUREAU, SAME_LAWS)
        assert len({digest_of(*lines, order=order) for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0))}) == 1

    @pytest.mark.parametrize("again", ["load", "apply"])
    def test_judged_and_taken_back_it_is_as_a_clean_load(
        self, again: str, store: GraphStore, digest_of: Callable[..., str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        files = [(), (SAME_TREASURY,), (SAME_TREASURY, SAME_BUREAU), (SAME_BUREAU, SAME_LAWS), (SAME_LAWS,)]
        clean = {lines: digest_of(*lines) for lines in files}
        assert len({*clean.values()}) == len(files)
        digest_of()
        for lines in [*files, *reversed(files), files[2], files[0]]:
            monkeypatch.setattr(store, "judgements", judgements(*lines))
            if again == "apply":
                apply_judgements(store)
                assert apply_judgements(store) == []
            else:
                for make in REPORTS:
                    load(make(), store)
            assert store.digest() == clean[lines], lines

    def test_only_what_a_judgement_touches_is_written_anew(
        self, store: GraphStore, digest_of: Callable[..., str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        digest_of()
        monkeypatch.setattr(store, "judgements", judgements(SAME_TREASURY))
        moved = {"audit"} if min(judgements(SAME_TREASURY).moved) == AUDITED else {"feedback"}
        assert {s.report_id for s in apply_judgements(store)} == moved
        assert [load(make(), store).status for make in REPORTS] == ["unchanged"] * 3

    def test_a_report_under_judgements_is_deleted_as_a_whole(
        self, store: GraphStore, digest_of: Callable[..., str]
    ) -> None:
        before = digest_of(SAME_TREASURY, order=(0, 1))
        digest_of(SAME_TREASURY)
        store.delete_report("audit")
        assert store.digest() == before


def test_what_the_store_has_of_a_report_is_what_was_built(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a judgement can be applied and taken back without the report's file."""
    nlp = build_nlp()
    built = [build_graph(extract_report(path, nlp=nlp)) for path in sorted(SAMPLES.glob("*.txt"))[:6]]
    units = sorted({n.id for data in built for n in data.nodes if n.label == "Unit"})
    chain = [f"{a},,{b},,same,,,\n" for a, b in zip(units[::2], units[2::2], strict=False)]
    monkeypatch.setattr(store, "judgements", judgements(*chain))
    for data in built:
        store.replace_report(judge(data, store.judgements))
    for data in built:
        stored = read_graph(store, data.report_id)
        assert stored is not None
        assert unjudge(stored).digest == data.digest
