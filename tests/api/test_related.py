"""Related recommendations: by words on both sides, by meaning where the encoder is there, never by chance."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.ranking import Blend
from extract.model import Findings
from extract.sentences import NAME, open_encoder
from graph.load import load
from graph.store import GraphStore
from graph.vectors import LABELS, open_vectors, write_vectors
from tests.api.conftest import Lent
from tests.graph.data import Draft

SAID = "严格执行采购制度，对食堂食材公开招标，验收由三方签字。"


def canteen(report_id: str, said: str = SAID) -> Findings:
    """A report on one problem, with what is recommended for it."""
    d = Draft(
        report_id,
        "inspection-feedback",
        f"关于某校的反馈意见\n食堂食材采购未公开招标。\n{said}\n",
        place="某县",
    )
    problem = d.said(
        "Problem", "食堂食材采购未公开招标", headline="食堂食材采购未公开招标", category="procurement"
    )
    advice = d.said("Recommendation", said.rstrip("。"), headline=said.partition("，")[0])
    d.link("ADDRESSES", advice, problem, method="explicit", confidence=0.9)
    return d.done()


def found(client: TestClient, text: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get("/recommendations/related", params={"text": text}).json()[
        "items"
    ]
    return items


@pytest.fixture
def vectors(filled: GraphStore, encoder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The encoder, and the vectors of the four reports and the one on the canteen."""
    monkeypatch.setenv("SUYIN_ENCODER", str(encoder))
    load(canteen("canteen"), filled)
    write_vectors(filled, open_vectors(filled, NAME), open_encoder(encoder).encode)
    if filled.folder is None:
        filled.read("CALL db.awaitIndexes(60)")
    yield
    if filled.folder is not None:
        (filled.folder / "vectors.npz").unlink()
    else:
        for label in LABELS:
            filled.write(f"MATCH (v:{label}Vector) DELETE v")


def test_the_parts_make_the_likeness(client: TestClient, filled: GraphStore) -> None:
    load(canteen("canteen"), filled)
    first, blend = found(client, "食堂食材采购不招标")[0], Blend()
    assert first["recommendation"]["text"] == SAID.rstrip("。")
    parts = first["parts"]
    assert (parts["meaning"], parts["problem_meaning"]) == (None, None)
    assert parts["link"] == pytest.approx(blend.doubtful + (1 - blend.doubtful) * 0.9)
    assert 0 < parts["words"] < parts["problem_words"] <= 1
    assert first["likeness"] == pytest.approx(
        blend.problems * parts["problem_words"] * parts["link"] + (1 - blend.problems) * parts["words"],
        abs=0.002,
    )
    assert [step["relation"] for step in first["path"]] == [None, "SHARES_WORDS", "ADDRESSES"]


def test_what_the_report_recommends_itself_says_what_is_looked_for(
    client: TestClient, filled: GraphStore
) -> None:
    load(canteen("canteen"), filled)
    load(canteen("apart", "取消承包，食堂改由学校自办，每日公示价格。"), filled)
    load(canteen("near", "对食堂食材一律公开招标，严格执行采购制度，家长委员会监督。"), filled)
    problem = client.get("/problems", params={"report": "canteen"}).json()["items"][0]["id"]
    answer = client.get(f"/problems/{problem}/recommendations").json()
    assert [one["recommendation"]["text"] for one in answer["own"]] == [SAID.rstrip("。")]
    near, apart = answer["related"][:2]
    assert (near["report"]["id"], apart["report"]["id"]) == ("near", "apart")
    assert near["parts"]["advice_words"] > 0.5 > apart["parts"]["advice_words"]
    blend, parts = Blend(), near["parts"]
    itself = blend.problems * parts["problem_words"] * parts["link"] + (1 - blend.problems) * parts["words"]
    assert near["likeness"] == pytest.approx(
        (1 - blend.advice) * itself + blend.advice * parts["advice_words"], abs=0.002
    )
    assert found(client, "食堂食材采购未公开招标")[0]["parts"]["advice_words"] is None


def test_what_only_shares_common_words_is_not_shown(client: TestClient) -> None:
    for text in ("今天天气很好我们去公园玩", "苹果手机多少钱", "管理的问题"):
        assert found(client, text) == [], text


def test_the_same_advice_is_shown_once(client: TestClient, filled: GraphStore) -> None:
    load(canteen("canteen"), filled)
    load(canteen("other"), filled)
    load(canteen("third", "取消承包，食堂改由学校自办，食材每日公示价格。"), filled)
    items = found(client, "食堂食材采购未公开招标")
    texts = [one["recommendation"]["text"] for one in items]
    assert texts.count(SAID.rstrip("。")) == 1
    assert {one["report"]["id"] for one in items[:2]} in ({"canteen", "third"}, {"other", "third"})
    # neither for a problem of one of them
    related = client.get(f"/problems/{items[0]['path'][1]['node']['id']}/recommendations").json()["related"]
    assert items[0]["report"]["id"] not in {one["report"]["id"] for one in related}


def test_a_graph_that_grows_is_counted_anew(client: TestClient, filled: GraphStore) -> None:
    assert found(client, "食堂食材采购未公开招标") == []
    for number in range(8):
        load(canteen(f"canteen-{number}"), filled)
    assert found(client, "食堂食材采购未公开招标")


@pytest.mark.usefixtures("vectors")
def test_meaning_finds_what_words_do_not(filled: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "学校伙房买菜不走竞价程序"
    with TestClient(create_app(lambda: Lent(filled))) as client:
        first = found(client, text)[0]
        assert first["report"]["id"] == "canteen"
        assert first["path"][1]["relation"] == "SAME_MEANING"
        assert (first["parts"]["words"], first["path"][1]["words"]) == (0, [])
        assert first["parts"]["problem_meaning"] > 0.2
        assert found(client, "今天天气很好我们去公园玩") == []
    monkeypatch.setenv("SUYIN_ENCODER", "/nowhere")
    with TestClient(create_app(lambda: Lent(filled))) as client:
        assert found(client, text) == []


@pytest.mark.usefixtures("vectors")
def test_a_report_that_has_gone_is_not_found(client: TestClient, filled: GraphStore) -> None:
    assert found(client, "学校伙房买菜不走竞价程序")
    filled.delete_report("canteen")
    assert found(client, "学校伙房买菜不走竞价程序") == []
