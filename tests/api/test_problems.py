"""Problems: found by filters, with causes and recommendations that say where they come from."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

from extract.model import Findings
from tests.graph.data import audit, feedback, notice
from tests.viz import water_report


def problem_id(findings: Findings, headline: str) -> str:
    return next(n.id for n in findings.by_label("Problem") if n.properties["headline"] == headline)


def headlines(page: dict[str, Any]) -> list[str]:
    return [p["headline"] for p in page["items"]]


#: (filters, headlines of what is found)
FOUND: list[tuple[dict[str, str], list[str]]] = [
    ({"category": "theory-study", "report": "feedback"}, ["学习贯彻不深入"]),
    ({"category": "theory-study", "report": "notice"}, ["学习制度不健全"]),
    ({"report": "audit"}, ["县财政局专项资金管理不到位", "拨付超过规定期限", "未按规定核算"]),
    (
        {"unit": "县农业农村局"},
        ["学习贯彻不深入", "专项资金管理不规范", "会议记录不完整", "专项资金拨付不及时", "学习制度不健全"],
    ),
    ({"unit": "县农业农村局", "category": "assets"}, ["专项资金管理不规范", "专项资金拨付不及时"]),
    ({"cause_type": "supervision", "category": "assets"}, ["专项资金管理不规范"]),
    ({"q": "专项资金"}, ["县财政局专项资金管理不到位", "专项资金管理不规范", "专项资金拨付不及时"]),
    ({"q": "专项资金", "category": "assets", "report": "notice"}, ["专项资金拨付不及时"]),
    ({"q": "机井停用"}, ["专项资金管理不规范"]),
    ({"q": "资金专项"}, []),
]


def test_filters(client: TestClient) -> None:
    for wanted, found in FOUND:
        page = client.get("/problems", params=wanted).json()
        assert (headlines(page), page["total"]) == (found, len(found)), wanted


def test_pages_follow_each_other(client: TestClient) -> None:
    whole = client.get("/problems", params={"limit": 200}).json()
    assert whole["total"] == len(whole["items"]) == 3 + 3 + 2 + 32
    parts = [
        client.get("/problems", params={"limit": 7, "offset": at, "report": "r"}).json()
        for at in range(0, 35, 7)
    ]
    assert [p["id"] for part in parts for p in part["items"]] == [
        p["id"] for p in whole["items"] if p["report"]["id"] == "r"
    ]
    found = client.get("/problems", params={"q": "专项资金"}).json()
    second = client.get("/problems", params={"q": "专项资金", "limit": 1, "offset": 1}).json()
    assert (second["items"], second["total"]) == (found["items"][1:2], 3)


def test_one_problem_with_what_stands_round_it(client: TestClient) -> None:
    source = feedback()
    problem = client.get(f"/problems/{problem_id(source, '学习贯彻不深入')}").json()
    assert problem["category"] == {
        "id": "category:theory-study",
        "code": "theory-study",
        "name": "理论学习",
        "name_en": "Theory study",
    }
    start, end = problem["place"]["start"], problem["place"]["end"]
    assert (source.source_text or "")[start:end] == problem["quote"]
    assert [e["quote"] for e in problem["neighbours"]["evidence"]] == ["2023年集中学习仅4次"]
    assert [(c["name"], c["article"]) for c in problem["neighbours"]["policies"]] == [
        ("中国共产党巡视工作条例", "第三条")
    ]
    assert [u["name"] for u in problem["neighbours"]["units"]] == ["青岳县农业农村局"]
    whole = client.get(f"/problems/{problem_id(audit(), '县财政局专项资金管理不到位')}").json()
    assert [i["name"] for i in whole["neighbours"]["items"]] == ["拨付超过规定期限", "未按规定核算"]
    item = client.get(f"/problems/{whole['neighbours']['items'][0]['id']}").json()
    assert item["part_of"] == whole["id"]
    done = client.get(f"/problems/{problem_id(notice(), '专项资金拨付不及时')}").json()
    assert [(m["quote"], m["status"]) for m in done["neighbours"]["measures"]] == [
        ("闲置的86万元已全部拨付到村", "done")
    ]
    wells = client.get(f"/problems/{problem_id(source, '专项资金管理不规范')}").json()
    assert [e["quote"] for e in wells["neighbours"]["effects"]] == ["12个村的机井停用"]


def test_causes_are_stated_or_inferred_with_their_words(client: TestClient) -> None:
    source = feedback()
    (stated,) = client.get(f"/problems/{problem_id(source, '学习贯彻不深入')}/causes").json()
    assert (stated["method"], stated["confidence"]) == ("explicit", 0.95)
    assert stated["type"]["code"] == "political-awareness"
    statement = stated["statement"]
    assert (statement["cue"], statement["text"]) == ("由于", "由于主要负责人重视不够")
    start, end = statement["place"]["start"], statement["place"]["end"]
    assert (source.source_text or "")[start:end] == statement["text"]
    (inferred,) = client.get(f"/problems/{problem_id(source, '专项资金管理不规范')}/causes").json()
    assert (inferred["method"], inferred["confidence"], inferred["statement"]) == ("inferred", 0.55, None)
    assert inferred["cause"]["text"] == "内部监督流于形式"


def test_causes_of_the_category_hold_for_its_items_and_the_other_way_round(client: TestClient) -> None:
    (item,) = client.get(f"/problems/{problem_id(audit(), '未按规定核算')}/causes").json()
    assert item["cause"]["text"] == "岗位职责不清"
    assert item["problem"]["headline"] == "县财政局专项资金管理不到位"
    works = client.get("/problems/p4/causes").json()
    assert {c["problem"]["number"] for c in works} == {"（五）", "5.1", "5.3"}
    assert [c["method"] for c in client.get("/problems/p3/causes").json()][:1] == ["explicit"]


def relations(found: dict[str, Any]) -> list[str | None]:
    return [step["relation"] for step in found["path"]]


def test_recommendations_own_and_from_elsewhere_with_their_paths(client: TestClient) -> None:
    asked = problem_id(feedback(), "专项资金管理不规范")
    found = client.get(f"/problems/{asked}/recommendations").json()
    (own,) = found["own"]
    assert own["recommendation"]["headline"] == "健全专项资金拨付台账"
    assert relations(own) == [None, "ADDRESSES"]
    assert (own["path"][1]["method"], own["path"][1]["confidence"]) == ("inferred", 0.75)
    first = found["related"][0]
    assert (first["recommendation"]["headline"], first["report"]["id"]) == ("明确岗位职责", "audit")
    assert relations(first) == [None, "SHARES_WORDS", "CAUSED_BY", "ADDRESSES"]
    assert first["path"][1]["words"] == ["专项资金管理不", "县财政局", "拨付"]
    assert first["path"][2]["method"] == "explicit"
    assert 0 < first["likeness"] <= 1
    assert all(one["report"]["id"] != "feedback" for one in found["related"])


def test_recommendation_for_the_category_reaches_its_items(client: TestClient) -> None:
    (own,) = client.get("/problems/p1.2/recommendations").json()["own"]
    assert relations(own) == [None, "PART_OF", "ADDRESSES"]
    assert own["recommendation"]["headline"] == water_report.RECOMMENDATIONS[1][0]
    assert own["path"][2]["method"] == "explicit"
