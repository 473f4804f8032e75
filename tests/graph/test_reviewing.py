"""Judging what was found, in a store: add, list, take back; the graph is always as a clean load makes it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extract.model import Findings, Mention
from extract.pipeline import build_nlp, extract_report
from graph.bulk import ImportFiles
from graph.errors import QueryError
from graph.exports.tables import write_csv
from graph.judge import apply_judgements, stale_reports
from graph.judgements import JudgementError, Judgements, read_judgements
from graph.load import load
from graph.quotes import FoldedText, Quote
from graph.reviewing import add_review, list_reviews, misfits, withdraw_review
from graph.store import GraphStore
from graph.verify import Checked, check_store
from tests.graph.data import audit, feedback
from tests.graph.test_reviews import FUNDS, HEED, LEDGER, MINUTES, PLAN, STUDY, WATCH
from tests.support.commands import REPORTS

JUDGED = (
    "MATCH (a)-[e:CAUSED_BY|ADDRESSES]->(b) WHERE e.judged IS NOT NULL "
    "RETURN coalesce(a.headline, a.text) AS a, coalesce(b.headline, b.text) AS b, e.judged AS judged, "
    "e.method AS method ORDER BY a, b"
)


@pytest.fixture
def file(store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of judgements, which is not there yet; both reports are loaded."""
    path = tmp_path / "judgements.csv"
    monkeypatch.setattr(store, "judgements_file", path)
    monkeypatch.setattr(store, "judgements", Judgements())
    for made in (feedback(), audit()):
        load(made, store)
    return path


def ids(store: GraphStore) -> Callable[[str], str]:
    def of(words: str) -> str:
        rows = store.read(
            "MATCH (n)-[:STATED_IN]->(:Report {id: 'feedback'}) WHERE n:Problem OR n:RootCause OR "
            "n:Recommendation RETURN n.id AS id, coalesce(n.headline, n.text) AS said"
        )
        return next(str(row["id"]) for row in rows if row["said"] == words)

    return of


def clean(store: GraphStore, *made: Findings) -> str:
    """The digest of a clean load under the file as it is now."""
    for row in store.read("MATCH (r:Report) RETURN r.id AS id"):
        store.delete_report(row["id"])
    assert store.judgements_file is not None
    store.judgements = read_judgements(store.judgements_file)
    for each in made or (audit(), feedback()):
        load(each, store)
    return store.digest()


def judge_some(store: GraphStore) -> list[str]:
    """Four judgements of one person; their keys."""
    of = ids(store)
    return [
        one.key
        for one in (
            add_review(
                store, "CAUSED_BY", of(FUNDS), of(WATCH), verdict="confirmed", by="wang", why="文中所说, 确是"
            ),
            add_review(
                store,
                "CAUSED_BY",
                of(STUDY),
                of(HEED),
                verdict="corrected",
                by="wang",
                left_instead=of(FUNDS),
            ),
            add_review(store, "ADDRESSES", of(PLAN), of(STUDY), verdict="rejected", by="wang"),
            add_review(
                store,
                "Problem",
                of(FUNDS),
                verdict="corrected",
                by="wang",
                code="finance",
                headline="资金闲置",
            ),
        )
    ]


def test_added_listed_and_taken_back(store: GraphStore, file: Path) -> None:
    before = store.digest()
    keys = judge_some(store)
    assert store.read(JUDGED) == [
        {"a": "资金闲置", "b": HEED, "judged": "corrected", "method": "inferred"},
        {"a": "资金闲置", "b": WATCH, "judged": "confirmed", "method": "inferred"},
    ]
    assert store.read(
        "MATCH (p:Problem {judged: 'corrected'})-[:IN_CATEGORY]->(c) RETURN p.headline AS p, c.code AS c"
    ) == [{"p": "资金闲置", "c": "finance"}]
    listed = list_reviews(store)
    assert [(each.review.key, each.state, each.reports) for each in listed] == [
        (key, "fits", ("feedback",)) for key in keys
    ]
    assert [each.review.why for each in listed] == ["文中所说, 确是", "", "", ""]
    assert list_reviews(store, "audit") == []
    assert list(misfits(store)) == stale_reports(store) == list(check_store(store, Checked())) == []
    under = store.digest()
    assert clean(store) == under
    for key in keys:
        withdraw_review(store, key)
    assert store.digest() == before
    assert list_reviews(store) == []
    assert len(file.read_text("utf-8").splitlines()) == 1


def test_what_stands_in_the_file_otherwise_stays(store: GraphStore, file: Path) -> None:
    old = (
        "\ufeffleft,right,verdict,note\r\n".replace(",note", ",why")
        + '《预算法》,《会计法》,different,"a\r\nb"\r\n'
    )
    file.write_bytes(old.encode())
    store.judgements = read_judgements(file)
    key = add_review(store, "Problem", ids(store)(MINUTES), verdict="rejected", by="li").key
    assert len(read_judgements(file).lines) == 1
    assert file.read_bytes().startswith(b"\xef\xbb\xbfleft,right,verdict,why,")
    withdraw_review(store, key, "li")
    assert file.read_bytes().split(b"\n", 1)[1] == old.encode().split(b"\n", 1)[1]


def test_a_person_may_change_their_mind_and_others_differ(store: GraphStore, file: Path) -> None:
    of = ids(store)
    problem = of(STUDY)
    add_review(store, "Problem", problem, verdict="confirmed", by="wang")
    add_review(store, "Problem", problem, verdict="corrected", by="wang", code="integrity")
    other = add_review(store, "Problem", problem, verdict="confirmed", by="li", code="ideology")
    assert [(each.review.by, each.review.code) for each in list_reviews(store)] == [
        ("wang", "integrity"),
        ("li", "ideology"),
    ]
    category = "MATCH (p:Problem {id: $id}) RETURN p.category AS category"
    assert store.read(category, id=problem) == [{"category": "ideology"}]
    withdraw_review(store, other.key, "li")
    assert store.read(category, id=problem) == [{"category": "integrity"}]


def test_what_is_confirmed_is_put_down(store: GraphStore, file: Path) -> None:
    one = add_review(store, "Problem", ids(store)(FUNDS), verdict="confirmed", by="wang")
    assert (one.headline, one.code, one.title) == (FUNDS, "assets", "关于巡察县农业农村局党组的反馈意见")


def test_it_survives_extraction_anew_and_a_mended_text(store: GraphStore, file: Path) -> None:
    judge_some(store)
    for made in (_other_ids(feedback()), _mended(feedback())):
        clean(store, made)
        assert [(row["b"], row["judged"]) for row in store.read(JUDGED)] == [
            (HEED, "corrected"),
            (WATCH, "confirmed"),
        ]
        assert list(misfits(store)) == []


def test_what_fits_nothing_any_more_is_said(store: GraphStore, file: Path) -> None:
    judge_some(store)
    other = feedback()
    gone = {n.id for n in other.nodes if n.text == WATCH}
    text = (other.source_text or "").replace(WATCH, "各项工作均按要求")
    clean(
        store,
        replace(
            other,
            source_text=text,
            report=replace(other.report, sha256="x"),
            nodes=tuple(n for n in other.nodes if n.id not in gone),
            edges=tuple(e for e in other.edges if not {e.source, e.target} & gone),
        ),
        audit(),
    )
    [said] = misfits(store)
    assert said.startswith(f"{file}: line 2: ")
    assert WATCH in said
    assert "CAUSED_BY" in said
    store.delete_report("feedback")
    [said] = misfits(store)
    assert "4 条判断的报告不在图中" in said
    assert {each.state for each in list_reviews(store)} == {"absent"}


def test_the_file_edited_by_hand(store: GraphStore, file: Path) -> None:
    before = store.digest()
    judge_some(store)
    under, text = store.digest(), file.read_text("utf-8")
    for content, digest in ((text.splitlines()[0], before), (text, under)):
        file.write_text(content, "utf-8")
        assert {each.state for each in list_reviews(store)} <= {"unapplied"}
        assert stale_reports(store) == ["feedback"]
        assert [summary.report_id for summary in apply_judgements(store)] == ["feedback"]
        assert apply_judgements(store) == stale_reports(store) == []
        assert store.digest() == digest


def test_mistakes_write_nothing(store: GraphStore, file: Path) -> None:
    of = ids(store)
    with pytest.raises(JudgementError, match="who judges"):
        add_review(store, "Problem", of(STUDY), verdict="confirmed", by=" ")
    for arguments, says in [
        (("Problem", "no-such", None, "rejected"), "there is no Problem 'no-such'"),
        (("CAUSED_BY", of(STUDY), of(WATCH), "confirmed"), "was not found in the report"),
        (("CAUSED_BY", of(STUDY), None, "confirmed"), "with both ends"),
        (("Problem", of(STUDY), None, "corrected"), "corrected, but not how"),
    ]:
        with pytest.raises((JudgementError, QueryError), match=says):
            add_review(store, arguments[0], arguments[1], arguments[2], verdict=arguments[3], by="wang")  # type: ignore[arg-type]
    for more, says in [
        ({"code": "money"}, "code 'money' is not one of"),
        ({"left_instead": "没有这样的话"}, "is not there"),
        ({"left_instead": (9, 3)}, "no place in the text"),
    ]:
        with pytest.raises(JudgementError, match=says):
            add_review(store, "Problem", of(STUDY), verdict="corrected", by="wang", **more)  # type: ignore[arg-type]
    with pytest.raises(JudgementError, match="there is no judgement 'abc'"):
        withdraw_review(store, "abc")
    assert not file.exists()


def test_words_chosen_in_the_text_become_a_cause(store: GraphStore, file: Path) -> None:
    of, text = ids(store), feedback().source_text or ""
    start = text.index("学习计划没有落实")
    one = add_review(
        store,
        "CAUSED_BY",
        of(STUDY),
        of(HEED),
        verdict="corrected",
        by="wang",
        right_instead=(start, start + 8),
        code="responsibility",
    )
    assert str(one.right_instead) != "学习计划没有落实"  # with what stands around it
    assert store.read(
        "MATCH (p)-[e:CAUSED_BY {judged: 'corrected'}]->(c:RootCause)-[:OF_TYPE]->(t) "
        "RETURN c.text AS c, t.code AS t"
    ) == [{"c": "学习计划没有落实", "t": "responsibility"}]
    put = store.read("MATCH (c:RootCause {judged: 'corrected'}) RETURN c.id AS id")[0]["id"]
    with pytest.raises(JudgementError, match="if a judgement put it there, take that back"):
        add_review(store, "CAUSED_BY", of(STUDY), put, verdict="rejected", by="li")
    assert list(check_store(store, Checked())) == []


def test_under_judgements_of_units_too(store: GraphStore, file: Path) -> None:
    file.write_text(
        "left,left_place,right,right_place,verdict\n县农业农村局,青岳县,县财政局,青岳县,same\n", "utf-8"
    )
    store.judgements = read_judgements(file)
    apply_judgements(store)
    joined = store.digest()
    keys = [
        *judge_some(store),
        add_review(store, "Problem", ids(store)("资金闲置"), verdict="rejected", by="li").key,
    ]
    assert clean(store) == store.digest() != joined
    for key in keys:
        withdraw_review(store, key)
    assert store.digest() == joined


def test_many_at_once_lose_nothing(store: GraphStore, file: Path) -> None:
    of = ids(store)
    jobs: list[Any] = [("Problem", of(words), None) for words in (STUDY, FUNDS, MINUTES)]
    jobs += [
        ("ADDRESSES", of(PLAN), of(STUDY)),
        ("ADDRESSES", of(LEDGER), of(FUNDS)),
        ("CAUSED_BY", of(FUNDS), of(WATCH)),
    ]
    threads = [
        threading.Thread(target=add_review, args=(store, *job), kwargs={"verdict": "confirmed", "by": by})
        for job in jobs
        for by in ("wang", "li")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_judgements(file).reviews) == len(threads)
    assert stale_reports(store) == []  # and the graph has followed the last of them
    assert {each.state for each in list_reviews(store)} == {"fits"}
    digest = store.digest()
    assert clean(store) == digest


def test_exports_keep_what_was_judged(store: GraphStore, file: Path, tmp_path: Path) -> None:
    judge_some(store)
    (tmp_path / "tables").mkdir()
    write_csv(store, tmp_path / "tables")
    edges = next(path for path in (tmp_path / "tables").rglob("*.csv") if "CAUSED_BY" in path.name).read_text(
        "utf-8"
    )
    assert "judged" in edges.splitlines()[0]
    assert "confirmed" in edges
    (tmp_path / "import").mkdir()
    with ImportFiles(tmp_path / "import", store.judgements) as files:
        files.add(feedback())
    assert "corrected" in (tmp_path / "import" / "CAUSED_BY-Problem-RootCause.csv").read_text("utf-8")
    assert files.misfits == []


def test_whole_reports_under_many_judgements(store: GraphStore, file: Path) -> None:
    """Each problem and link of a sample report is judged in turn; taken back, the graph is what it was."""
    findings = extract_report(REPORTS / "university.txt", nlp=build_nlp())
    before = clean(store, findings)
    rows = store.read(
        "MATCH (a:Problem)-[e:CAUSED_BY]->(b:RootCause) RETURN 'CAUSED_BY' AS what, a.id AS a, b.id AS b "
        "UNION MATCH (a:Recommendation)-[e:ADDRESSES]->(b:Problem) RETURN 'ADDRESSES' AS what, a.id AS a, b.id AS b "
        "UNION MATCH (a:Problem) RETURN 'Problem' AS what, a.id AS a, null AS b ORDER BY what, a, b"
    )
    text = FoldedText(findings.source_text or "")
    named = {
        n.id: str(Quote.of(text, n.start or 0, n.end or 0)) for n in findings.nodes if n.start is not None
    }
    lines = ["what,verdict,report,left,right"]
    for i, row in enumerate(rows):
        cells = [
            row["what"],
            ("confirmed", "rejected")[i % 2],
            findings.report.id,
            named[row["a"]],
            named.get(row["b"], ""),
        ]
        lines.append(",".join(f'"{cell}"' for cell in cells))
    file.write_text("\n".join(lines) + "\n", "utf-8")
    store.judgements = read_judgements(file)
    apply_judgements(store)
    assert {each.state for each in list_reviews(store)} == {"fits"}
    kept = store.read("MATCH (n:Problem) RETURN count(n) AS n, count(n.judged) AS judged")[0]
    assert 0 < kept["judged"] == kept["n"] < sum(row["what"] == "Problem" for row in rows)
    assert list(check_store(store, Checked())) == []
    assert clean(store, findings) == store.digest()
    file.write_text(lines[0], "utf-8")
    store.judgements = read_judgements(file)
    apply_judgements(store)
    assert store.digest() == before


def _other_ids(made: Findings) -> Findings:
    """The same text, extracted by another version: other ids."""
    new = {n.id: f"new-{n.id}" for n in made.nodes if n.start is not None}
    return replace(
        made,
        nodes=tuple(replace(n, id=new.get(n.id, n.id)) for n in made.nodes),
        edges=tuple(
            replace(e, source=new.get(e.source, e.source), target=new.get(e.target, e.target))
            for e in made.edges
        ),
    )


def _mended(made: Findings) -> Findings:
    """A mended text with an id of its own: a line more before all, and a character in the midst of two problems."""
    old, put = made.source_text or "", "(经校订)\n"
    head, rest = old.split("\n", 1)
    at = [rest.index("集中学习"), rest.index("专项资金闲置")]
    text = f"{head}\n{put}{rest[: at[0]]}的{rest[at[0] : at[1]]}的{rest[at[1] :]}"

    def move(offset: int) -> int:
        inner = offset - len(head) - 1
        return offset if inner < 0 else offset + len(put) + sum(inner > a for a in at)

    def moved(properties: Any) -> dict[str, Any]:
        return {k: move(v) if k in ("start", "end") and v is not None else v for k, v in properties.items()}

    def node(n: Mention) -> Mention:
        id_ = "mended" if n.label == "Report" else f"m-{n.id}"
        if n.start is None or n.end is None:
            return replace(n, id=id_)
        start, end = move(n.start), move(n.end)
        return replace(
            n,
            id=id_,
            start=start,
            end=end,
            text=text[start:end],
            properties={k: v for k, v in n.properties.items() if not k.endswith("_at")},
        )

    known = {n.id: node(n).id for n in made.nodes}
    return replace(
        made,
        source_text=text,
        nodes=tuple(map(node, made.nodes)),
        report=replace(made.report, id="mended", chars=len(text), sha256="mended"),
        edges=tuple(
            replace(e, source=known[e.source], target=known[e.target], properties=moved(e.properties))
            for e in made.edges
        ),
    )
