"""Findings documents that are wrong: refused with file, place and fix, and nothing of them loaded."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.documents import DocumentError, read_document, to_json
from tests.graph.data import feedback
from tests.support.commands import done, suyin

pytestmark = pytest.mark.usefixtures("stores_stay")


def broken(doc: dict[str, Any]) -> str:
    return json.dumps(doc)[:-40]


def newer(doc: dict[str, Any]) -> None:
    doc["format"] = "suyin.findings/2"


def other(doc: dict[str, Any]) -> None:
    doc["format"] = "other/1"


def dangling(doc: dict[str, Any]) -> None:
    doc["edges"][3]["target"] = "nowhere"


def clash(doc: dict[str, Any]) -> None:
    doc["nodes"][4]["id"] = doc["nodes"][1]["id"]


def short(doc: dict[str, Any]) -> None:
    doc["nodes"][1]["text"] = doc["nodes"][1]["text"][:-1]


def behind(doc: dict[str, Any]) -> None:
    doc["nodes"][1]["start"] += 10_000
    doc["nodes"][1]["end"] += 10_000


def no_place(doc: dict[str, Any]) -> None:
    doc["nodes"][1]["start"] = "3"


def keyless(doc: dict[str, Any]) -> None:
    del doc["edges"][2]["type"]


def number(doc: dict[str, Any]) -> None:
    doc["nodes"][1]["properties"]["category"] = 5


def large(doc: dict[str, Any]) -> None:
    doc["report"]["kind"] = "k" * 5000


#: Each with what the line must say.
WRONG: dict[Callable[[dict[str, Any]], Any], str] = {
    broken: "line 1 column",
    newer: "newer than 'suyin.findings/1', which this Suyin reads; update Suyin",
    other: "format: 'other/1' is not 'suyin.findings/1'",
    dangling: "edges[3]: ",
    clash: "nodes[4]: the id ",
    short: "nodes[1]: '",
    behind: "nodes[1]: 10020–10084 is no place",
    no_place: "nodes[1]: '3'–84 is no place",
    keyless: "edges[2]: 'type' is missing",
    number: "category must be of type string, not 5",
    large: "kind is too large (5,000, at most 4,000)",
}
#: What only the schema of the graph knows.
LATER = (number, large)


def write(harm: Callable[[dict[str, Any]], Any], path: Path) -> Path:
    doc = json.loads(to_json(feedback()))
    text = harm(doc)
    path.write_text(text or json.dumps(doc), encoding="utf-8")
    return path


@pytest.mark.parametrize("harm", [h for h in WRONG if h not in LATER], ids=lambda h: h.__name__)
def test_a_document_is_refused_with_its_place(harm: Callable[[dict[str, Any]], Any], tmp_path: Path) -> None:
    path = write(harm, tmp_path / "r.json")
    with pytest.raises(DocumentError) as error:
        read_document(path)
    message = str(error.value)
    assert message.startswith(f"{path}: ")
    assert WRONG[harm] in message
    assert "; " in message
    assert "\n" not in message


@pytest.mark.store
def test_nothing_of_them_is_loaded_and_the_good_one_is(tmp_path: Path) -> None:
    env = {"SUYIN_DATA_DIR": tmp_path / "store"}
    files = {write(harm, tmp_path / f"{harm.__name__}.json"): says for harm, says in WRONG.items()}
    run = suyin("load", *files, "--json", **env)
    assert run.returncode == 1
    assert {row["status"] for row in json.loads(run.stdout)} == {"failed"}
    lines = run.stderr.splitlines()
    for path, says in files.items():
        assert [says in line for line in lines if str(path) in line] == [True], path
    counts = json.loads(done("status", "--json", **env))
    assert not any((counts["nodes"] | counts["edges"]).values())
    good = tmp_path / "good.json"
    good.write_text(to_json(feedback()), encoding="utf-8")
    assert json.loads(done("load", good, "--json", **env))[0]["status"] == "loaded"
