"""suyin judge and suyin evaluate JUDGEMENTS: problems and links judged on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.store import open_store
from tests.support.commands import done, suyin

pytestmark = [pytest.mark.store, pytest.mark.usefixtures("stores_stay")]
TEXT = (
    "关于巡察青岳县水利局党组的反馈意见\n一、存在的主要问题\n"
    "（一）理论学习不深入。党组理论学习中心组全年只学习2次，由于主要负责人重视不够，学习计划没有落实。\n"
    "（二）专项资金管理不规范。闲置水利资金86万元，未按规定拨付。\n"
    "（三）会议记录不完整。2023年3次党组会没有记录。\n"
    "二、整改建议\n1.制定年度学习计划并逐月督办。\n2.健全专项资金拨付台账。\n"
)
CAUSES = "MATCH (p)-[e:CAUSED_BY]->(c) RETURN p.headline AS problem, c.text AS cause, e.judged AS judged"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("judge")
    (home / "report.txt").write_text(TEXT, "utf-8")
    with open_store(data_dir=home / "data"):  # runs until the end, so that each command only attaches
        run(home, "load", home / "report.txt")
        run(home, "extract", home / "report.txt", "--out", home / "findings")
        yield home


@pytest.fixture(autouse=True)
def _no_judgements(home: Path) -> None:
    if (file := home / "data" / "judgements.csv").exists():
        file.unlink()
        run(home, "resolve", "--apply")


def env(home: Path) -> dict[str, object]:
    return {"SUYIN_DATA_DIR": home / "data", "SUYIN_READER": "rules"}


def run(home: Path, *arguments: object) -> str:
    return done(*arguments, **env(home))


def ask(home: Path, question: str) -> list[dict[str, Any]]:
    return list(json.loads(run(home, "query", question, "--json")))


def test_judged_listed_evaluated_and_taken_back(home: Path) -> None:
    before, file = run(home, "status"), home / "data" / "judgements.csv"
    said = run(
        home,
        "judge",
        "理论学习不深入",
        "主要负责人重视不够",
        "--confirm",
        "--by",
        "wang",
        "--why",
        "文中明说",
    )
    assert f"{file}: line 2: CAUSED_BY" in said
    run(home, "judge", "会议记录不完整", "--reject", "--by", "li", "--why", "个别情况")
    run(home, "judge", "专项资金管理不规范", "--correct", "--code", "integrity", "--by", "li")
    run(
        home,
        "judge",
        "健全专项资金拨付台账",
        "专项资金管理不规范",
        "--correct",
        "--right-instead",
        "理论学习不深入",
        "--by",
        "li",
    )
    assert ask(home, CAUSES) == [
        {"problem": "理论学习不深入", "cause": "主要负责人重视不够", "judged": "confirmed"}
    ]
    assert {row["category"] for row in ask(home, "MATCH (p:Problem) RETURN p.category AS category")} == {
        "theory-study",
        "integrity",
    }
    rows = json.loads(run(home, "judge", "--json"))
    assert [(row["verdict"], row["state"], row["by"]) for row in rows] == [
        ("confirmed", "fits", "wang"),
        ("rejected", "fits", "li"),
        ("corrected", "fits", "li"),
        ("corrected", "fits", "li"),
    ]
    assert "⟦主要负责人重视不够⟧，学习计划没有落实" in rows[0]["right"]
    run(home, "judge", "--out", home / "judged.csv")
    assert "个别情况" in (home / "judged.csv").read_text("utf-8")
    assert "相符 fits" in run(home, "judge")

    scores = json.loads(run(home, "evaluate", file, home / "findings", "--json"))
    counted = {
        row: tuple(scores[row][key] for key in ("right", "wrong", "missed"))
        for row in scores
        if row != "overall"
    }
    # the corrected recommendation is for another problem: the one found is wrong, the other missed
    assert counted == {
        "problems": (1, 1, 0),
        "categories": (0, 1, 1),
        "caused_by": (1, 0, 0),
        "addresses": (0, 1, 1),
    }
    listed = run(home, "evaluate", file, home / "findings" / "report.json", "-v")
    assert "wrong  problems         line 3: Problem ⟦（三）会议记录不完整" in listed

    run(home, "judge", "--withdraw", "3")
    run(home, "judge", "--withdraw", rows[0]["key"])
    file.write_text(file.read_text("utf-8").splitlines()[0], "utf-8")
    assert "1" in run(home, "resolve", "--apply")
    assert run(home, "status") == before


def test_what_fits_nothing_any_more_is_said_at_load(home: Path) -> None:
    run(home, "judge", "会议记录不完整", "--reject", "--by", "li")
    run(home, "judge", "专项资金管理不规范", "--confirm", "--by", "li")
    other = home / "other.txt"
    other.write_text(TEXT.replace("（三）会议记录不完整。2023年3次党组会没有记录。\n", ""), "utf-8")
    report = json.loads((home / "findings" / "report.json").read_text("utf-8"))["report"]
    run(home, "delete", report["id"])
    loaded = suyin("load", other, **env(home))
    assert loaded.returncode == 0
    assert loaded.stderr.count("\n") == 1
    assert (
        "judgements.csv: line 2: 报告中已没有 fits nothing any more in 关于巡察青岳县水利局党组的反馈意见: Problem ⟦（三）会议记录不完整"
        in loaded.stderr
    )
    assert ask(home, "MATCH (p:Problem {judged: 'confirmed'}) RETURN p.headline AS p") == [
        {"p": "专项资金管理不规范"}
    ]
    exported = suyin("export", "neo4j-import", other, "--out", home / "import", **env(home))
    assert "line 2: 报告中已没有" in exported.stderr
    run(home, "delete", "other.txt")
    run(home, "load", home / "report.txt")


def test_mistakes_are_one_line(home: Path) -> None:
    for arguments, code, says in [
        (["会议记录不完整", "--reject"], 2, "say who judges"),
        (["会议记录不完整"], 2, "and one of these; or nothing"),
        (["--confirm", "--by", "li"], 2, "and one of these; or nothing"),
        (["会议记录不完整", "--reject", "--confirm", "--by", "li"], 2, "and one of these"),
        (
            ["没有这个问题", "--reject", "--by", "li"],
            1,
            "there is no problem, cause, recommendation '没有这个问题'",
        ),
        (["主要负责人重视不够", "--reject", "--by", "li"], 1, "RootCause: 不能判断 cannot be judged"),
        (["--withdraw", "9"], 1, "line 9: 没有这条判断"),
    ]:
        tried = suyin("judge", *arguments, **env(home))
        assert (tried.returncode, tried.stdout, tried.stderr.count("\n")) == (code, "", 1), tried.stderr
        assert says in tried.stderr
    for arguments, says in [
        (["judgements.csv", "findings"], "no such file"),
        (["findings/report.csv", "--check"], "suyin judge says which judgements fit"),
    ]:
        tried = suyin(
            "evaluate",
            *(home / a if "/" in a or "." in a or a == "findings" else a for a in arguments),
            **env(home),
        )
        assert (tried.returncode > 0, tried.stderr.count("\n")) == (True, 1)
        assert says in tried.stderr
    assert not (home / "data" / "judgements.csv").exists()


def test_judgements_of_other_reports_do_not_count(home: Path) -> None:
    file = home / "shared.csv"
    file.write_text("what,verdict,report,left,right\nProblem,rejected,elsewhere,会议记录不完整,\n", "utf-8")
    tried = suyin("evaluate", file, home / "findings", **env(home))
    assert (tried.returncode, tried.stderr.count("\n")) == (1, 1)
    assert "no judgement is of a report in" in tried.stderr
    with file.open("a", encoding="utf-8") as more:
        report = json.loads((home / "findings" / "report.json").read_text("utf-8"))["report"]
        more.write(
            f"Problem,rejected,{report['id']},会议记录不完整,\nProblem,confirmed,{report['id']},党费收缴不及时,\n"
        )
    tried = suyin("evaluate", file, home / "findings", "--json", **env(home))
    assert "1 条判断的报告不在其中" in tried.stderr
    assert {key: json.loads(tried.stdout)["problems"][key] for key in ("right", "wrong", "missed")} == {
        "right": 0,
        "wrong": 1,
        "missed": 1,
    }
