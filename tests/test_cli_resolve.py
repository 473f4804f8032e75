"""suyin resolve: what may be one, judged on the command line, and taken back by deleting the line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.support.commands import done, suyin

pytestmark = [pytest.mark.store, pytest.mark.usefixtures("stores_stay")]
#: Both speak of a 县种子管理站, and only one says of which county.
TEXTS = (
    "关于青岳县种子经费的审计报告\n一、存在的主要问题\n1.收费不规范。县种子管理站没有公示收费标准，多收8万元。\n",
    "关于种子抽检情况的通报\n一、存在的主要问题\n1.抽检走过场。县种子管理站没有留存样品，缺少12份记录。\n",
)


def digest(env: dict[str, Path]) -> str:
    return str(json.loads(done("status", "--json", **env))["digest"])


def files(folder: Path) -> list[Path]:
    return [folder / f"{i}.txt" for i, _ in enumerate(TEXTS)]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, Path]:
    env = {"SUYIN_DATA_DIR": tmp_path / "data"}
    for path, text in zip(files(tmp_path), TEXTS, strict=True):
        path.write_text(text, "utf-8")
    done("load", *files(tmp_path), **env)
    return env


def test_a_pair_is_judged_and_taken_back(env: dict[str, Path], tmp_path: Path) -> None:
    before = digest(env)
    rows = json.loads(done("resolve", "--json", **env))
    assert [row["likeness"] for row in rows] == sorted((row["likeness"] for row in rows), reverse=True)
    pair = next(row for row in rows if row["left_quote"])
    assert pair["left"] in pair["left_quote"] or pair["left_quote"]
    assert pair["evidence"]

    ids = pair["left_id"], pair["right_id"]
    said = done("resolve", "--same", *ids, "--by", "wang", "--why", "同一份通报, 两种写法", **env)
    path = tmp_path / "data" / "judgements.csv"
    assert str(path) in said
    [line] = csv.DictReader(path.read_text("utf-8").splitlines())
    assert (line["verdict"], line["by"], line["why"]) == ("same", "wang", "同一份通报, 两种写法")
    assert line["at"].endswith("+00:00")
    after = digest(env)
    assert after != before
    assert not [
        row
        for row in json.loads(done("resolve", "--json", **env))
        if {row["left_id"], row["right_id"]} == {*ids}
    ]

    clean = {"SUYIN_DATA_DIR": tmp_path / "clean", "SUYIN_JUDGEMENTS": path}
    done("load", *reversed(files(tmp_path)), **clean)
    assert digest(clean) == after

    path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:1]), "utf-8")
    assert "1" in done("resolve", "--apply", **env)
    assert digest(env) == before


def test_loading_one_report_follows_the_file_for_all(env: dict[str, Path], tmp_path: Path) -> None:
    before = digest(env)
    pair = json.loads(done("resolve", "--json", **env))[0]
    done("resolve", "--same", pair["left_id"], pair["right_id"], "--by", "li", **env)
    (tmp_path / "data" / "judgements.csv").unlink()
    done("load", files(tmp_path)[0], **env)
    assert digest(env) == before


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_what_is_judged_otherwise_is_left_alone_and_not_asked_again(
    verdict: str, env: dict[str, Path]
) -> None:
    before = digest(env)
    rows = json.loads(done("resolve", "--json", **env))
    done("resolve", f"--{verdict}", rows[0]["left_id"], rows[0]["right_id"], "--by", "li", **env)
    assert digest(env) == before
    assert json.loads(done("resolve", "--json", **env)) == rows[1:]


def test_mistakes_are_one_line_and_write_nothing(env: dict[str, Path], tmp_path: Path) -> None:
    rows = json.loads(done("resolve", "--json", **env))
    a, b = rows[0]["left_id"], rows[0]["right_id"]
    done("resolve", "--different", a, b, "--by", "li", **env)
    path = tmp_path / "data" / "judgements.csv"
    text = path.read_bytes()
    for arguments, code, says in [
        (["--same", a, b, "--by", "li"], 1, "line 2: different, but line 3 says same"),
        (["--same", a, a, "--by", "li"], 1, "are one node already"),
        (["--same", a, b], 2, "say who judges"),
        (["--same", a, "没有这个单位", "--by", "li"], 1, "there is no unit or policy '没有这个单位'"),
        (["--same", a, b, "--unsure", a, b, "--by", "li"], 2, "one at a time"),
        (["--apply", "--unsure", a, b, "--by", "li"], 2, "one at a time"),
    ]:
        run = suyin("resolve", *arguments, **env)
        assert (run.returncode, run.stdout, run.stderr.count("\n")) == (code, "", 1), run.stderr
        assert says in run.stderr
        assert path.read_bytes() == text
    path.write_text("left,right\n", "utf-8")
    for command in (["resolve"], ["load", files(tmp_path)[0]]):
        run = suyin(*command, **env)
        assert (run.returncode, run.stderr.count("\n")) == (1, 1)
        assert f"{path}: line 1: no column 'verdict'" in run.stderr
    done("query", "report-kinds", **env)  # asks for no judgement
