"""Personal names in public output: which are found, and that nothing moves."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fastapi import Response
from fastapi.testclient import TestClient

from api.access.keys import KeyFile
from api.access.names import mask
from api.app import create_app
from api.settings import load_settings
from graph.load import load
from graph.store import GraphStore
from tests.api.conftest import Lent
from tests.graph.data import Draft

#: what is written, with the names between | |
NAMES = [
    "|张某某|任职期间",
    "项目经理|陈XX|，",
    "对|温某|警告并处罚款",
    "登记的|赵**|、|王×|",
    "局长|王建国|在任期间，|王建国|挪用公款",
    "责任人：|李四|、|王五|，完成时限",
    "时任党委书记|欧阳谨|主持会议",
    "由|李伟|同志承担领导责任",
    "|黄志强|，男，1970年生",
    "|孙立|（时任财务科科长）审批",
    "法定代表人|任志强|。",
    "联系人：|张力| 电话",
    "记录：|白舟|\n",
    "|祁望川|强调，要整改。|祁望川|说",
    "给予会计|何芳|、出纳|林静|警告处分",
    '{"text":"副镇长|高强|未履职","start":3}',
    "驾驶员|方某|闻到焦糊味",
    "镇长|关树人|同志",
]
#: what is no name
WORDS = [
    "书记高度重视，召开会议",
    "负责人安排，",
    "局长任组长的领导小组",
    "主任常务会议",
    "责任人：财务总监、工程部",
    "会计方法，",
    "党员包保”的做法",
    "书记关于安全生产",
    "总工程师签批",
    "机电工程系安排",
    "校长负责制，",
    "干部任用，",
    "整改责任人：董事长、",
    "向某公司支付",
    "2023年某月某日",
    "本院某某科室",
    "金融机构强调，",
    "全体党员同志",
    "老同志",
    "主要负责同志",
    "对某村",
    "文件要求，",
    "温州要求，",
    "证券代码：83XX17",
    "绥B1××66号",
]


@pytest.mark.parametrize("text", NAMES)
def test_names(text: str) -> None:
    plain = text.replace("|", "")
    assert mask(plain) == "".join(
        "某" * len(part) if i % 2 else part for i, part in enumerate(text.split("|"))
    )
    assert len(mask(plain)) == len(plain)


@pytest.mark.parametrize("text", WORDS)
def test_words(text: str) -> None:
    assert mask(text) == text


@pytest.fixture
def report(embedded_store: GraphStore) -> str:
    text = "镇审计报告\n账目混乱。会计何芳、出纳林XX未入账12万元。何芳已退休\n"
    draft = Draft("names", "audit-report", text, place=None)
    draft.said("Problem", text.split("\n")[1], headline="账目混乱", category="finance")
    load(draft.done(), embedded_store)
    return text


def test_the_public_sees_masked_names_at_their_places(
    embedded_store: GraphStore, report: str, tmp_path: Path
) -> None:
    settings = load_settings(data_dir=tmp_path, public="read", mask_names=True)
    app = create_app(lambda: Lent(embedded_store), settings)

    @app.get("/packed")
    def packed() -> Response:
        return Response(b"PAR1", media_type="application/vnd.apache.parquet")

    reader, researcher = (
        f"Bearer {KeyFile(settings.keys_file).create(s, [s])[1]}" for s in ("read", "research")
    )
    with TestClient(app) as client:
        whole = client.get("/problems", headers={"Authorization": researcher}).json()["items"][0]
        at = f"/problems/{whole['id']}"
        for head in ({}, {"Authorization": reader}):
            answer = client.get(at, headers=head)
            seen = answer.json()
            assert seen["quote"] == "账目混乱。会计某某、出纳某某某未入账12万元。某某已退休"
            assert seen["place"] == whole["place"]
            assert len(seen["quote"]) == seen["place"]["end"] - seen["place"]["start"]
            assert "Authorization" in answer.headers["vary"]
            assert client.get("/packed", headers=head).status_code == 406
            page = client.get("/reports/names/map", headers=head).text
            assert "账目混乱" in page
            assert not re.search(r"何芳|\\u4f55\\u82b3", page)  # as it is, or as JSON in a page has it
        full = client.get(at, headers={"Authorization": researcher})
        assert full.json()["quote"] == report.split("\n")[1]
        page = client.get("/reports/names/map", headers={"Authorization": researcher}).text
        assert re.search(r"何芳|\\u4f55\\u82b3", page)
        assert client.get("/packed", headers={"Authorization": researcher}).content == b"PAR1"


def test_off_by_default(embedded_store: GraphStore, report: str, tmp_path: Path) -> None:
    app = create_app(lambda: Lent(embedded_store), load_settings(data_dir=tmp_path, public="read"))
    with TestClient(app) as client:
        assert "何芳" in json.dumps(
            client.get("/problems").json() | client.get("/reports/names/graph").json(), ensure_ascii=False
        )
