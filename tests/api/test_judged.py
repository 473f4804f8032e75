"""What people judged shows in look-ups: the verdict, who and when; alike on both stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.access.keys import KeyFile
from api.app import create_app
from api.settings import load_settings
from graph.judgements import Judgements
from graph.load import load
from graph.reviewing import add_review, withdraw_review
from graph.store import GraphStore
from tests.api.conftest import Lent
from tests.graph.data import audit, feedback
from tests.graph.test_reviewing import ids, judge_some
from tests.graph.test_reviews import FUNDS, HEED, LEDGER, MINUTES, STUDY, WATCH


@pytest.fixture
def file(store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of judgements, which is not there yet; both reports are loaded."""
    path = tmp_path / "judgements.csv"
    monkeypatch.setattr(store, "judgements_file", path)
    monkeypatch.setattr(store, "judgements", Judgements())
    for made in (feedback(), audit()):
        load(made, store)
    return path


@pytest.fixture
def client(store: GraphStore, file: Path) -> Iterator[TestClient]:
    with TestClient(create_app(lambda: Lent(store)), raise_server_exceptions=False) as client:
        yield client


def ask(client: TestClient, address: str, **headers: str) -> Any:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def verdict(found: dict[str, Any]) -> tuple[str, str] | None:
    """Who said what; all that is judged has the time too."""
    judged = found["judged"]
    assert judged is None or judged["at"].startswith("20")
    return judged and (judged["verdict"], judged["by"])


def test_things_and_links(client: TestClient, store: GraphStore) -> None:
    judge_some(store)
    of = ids(store)
    problem = ask(client, f"/problems/{of('资金闲置')}")
    assert verdict(problem) == ("corrected", "wang")
    causes = {one["quote"]: verdict(one) for one in problem["neighbours"]["causes"]}
    assert causes == {HEED: ("corrected", "wang"), WATCH: ("confirmed", "wang")}
    assert {
        one["cause"]["text"]: verdict(one) for one in ask(client, f"/problems/{of('资金闲置')}/causes")
    } == causes
    listed = {one["id"]: one for one in ask(client, "/causes?report=feedback")["items"]}
    assert {verdict(link) for link in listed[of(WATCH)]["problems"]} == {("confirmed", "wang")}
    assert verdict(listed[of(WATCH)]) is None  # the link was judged, not the cause
    others = [one for one in ask(client, "/problems")["items"] if one["id"] != of("资金闲置")]
    assert others
    assert {verdict(one) for one in others} == {None}


def test_a_recommendation_and_a_cause_that_was_put_in(client: TestClient, store: GraphStore) -> None:
    of = ids(store)
    add_review(store, "ADDRESSES", of(LEDGER), of(FUNDS), verdict="confirmed", by="li")
    add_review(store, "CAUSED_BY", of(STUDY), of(HEED), verdict="corrected", by="zhao", right_instead=MINUTES)
    [found] = [
        one for one in ask(client, "/recommendations?report=feedback")["items"] if one["id"] == of(LEDGER)
    ]
    assert [verdict(link) for link in found["problems"] if link["id"] == of(FUNDS)] == [("confirmed", "li")]
    [cause] = ask(client, f"/causes?problem={of(STUDY)}")["items"]
    assert verdict(cause) == verdict(cause["problems"][0]) == ("corrected", "zhao")
    [near] = ask(client, f"/problems/{of(STUDY)}")["neighbours"]["causes"]
    assert verdict(near) == ("corrected", "zhao")


def test_the_steps_that_lead_to_a_recommendation(client: TestClient, store: GraphStore) -> None:
    of = ids(store)
    add_review(store, "ADDRESSES", of(LEDGER), of(FUNDS), verdict="confirmed", by="li")
    [own] = ask(client, f"/problems/{of(FUNDS)}/recommendations")["own"]
    assert [(step["relation"], verdict(step)) for step in own["path"]] == [
        (None, None),
        ("ADDRESSES", ("confirmed", "li")),
    ]
    found = ask(client, f"/recommendations/related?text={FUNDS}")["items"]
    [step] = [one["path"][-1] for one in found if one["recommendation"]["id"] == of(LEDGER)]
    assert verdict(step) == ("confirmed", "li")
    elsewhere = ask(client, "/problems?report=audit&q=管理不到位")["items"][0]["id"]
    related = ask(client, f"/problems/{elsewhere}/recommendations")["related"]
    [step] = [one["path"][-1] for one in related if one["recommendation"]["id"] == of(LEDGER)]
    assert verdict(step) == ("confirmed", "li")


def test_the_last_person_is_named_until_they_take_it_back(client: TestClient, store: GraphStore) -> None:
    problem = ids(store)(MINUTES)
    add_review(store, "Problem", problem, verdict="confirmed", by="wang")
    other = add_review(store, "Problem", problem, verdict="confirmed", by="li")
    assert verdict(ask(client, f"/problems/{problem}")) == ("confirmed", "li")
    withdraw_review(store, other.key, "li")
    assert verdict(ask(client, f"/problems/{problem}")) == ("confirmed", "wang")


@pytest.mark.parametrize("now", [None, "left,right\nbroken"])
def test_without_the_file_the_verdict_stands_alone(
    client: TestClient, store: GraphStore, file: Path, now: str | None
) -> None:
    problem = ids(store)(MINUTES)
    add_review(store, "Problem", problem, verdict="confirmed", by="wang")
    file.unlink()
    if now is not None:
        file.write_text(now, "utf-8")
    assert ask(client, f"/problems/{problem}")["judged"] == {"verdict": "confirmed", "by": None, "at": None}


def test_no_names_where_names_are_masked(store: GraphStore, file: Path, tmp_path: Path) -> None:
    problem = ids(store)(MINUTES)
    add_review(store, "Problem", problem, verdict="confirmed", by="wang")
    settings = load_settings(data_dir=tmp_path, mask_names=True, public="read")
    _, token = KeyFile(settings.keys_file).create("研究", ["research"])
    with TestClient(create_app(lambda: Lent(store), settings)) as client:
        assert ask(client, f"/problems/{problem}")["judged"] == {
            "verdict": "confirmed",
            "by": None,
            "at": None,
        }
        known = ask(client, f"/problems/{problem}", Authorization=f"Bearer {token}")
        assert verdict(known) == ("confirmed", "wang")
