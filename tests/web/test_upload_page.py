"""Uploads by a person: chosen or dropped, told of one by one, retried, deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import load_settings
from graph.store import GraphStore
from tests.api.conftest import Lent
from tests.web.conftest import HTML, Visited

SHORT = "关于石桥镇的审计报告\n一、存在的主要问题\n（一）账目混乱。由于会计人员配备不足，石桥镇2023年有12万元支出未入账。\n"


def test_who_may_not_write_is_told(embedded_store: GraphStore) -> None:
    settings = load_settings(host="0.0.0.0", public="read")
    with TestClient(create_app(lambda: Lent(embedded_store), settings), headers=HTML) as client:
        page = client.get("/browse/upload").text
        assert "/browse/sign-in" in page
        assert 'type="file"' not in page
        assert "/browse/upload" not in client.get("/").text


@pytest.mark.browser
def test_from_the_file_to_the_report(visit: Callable[..., Visited], tmp_path: Path) -> None:
    visited = visit("/browse/upload")
    page = visited.page
    page.set_default_timeout(120_000)
    visited.check()
    good, bad, wrong = tmp_path / "好 <b>.txt", tmp_path / "bad.docx", tmp_path / "virus.exe"
    good.write_text(SHORT, "utf-8")
    bad.write_bytes(b"PK\x03\x04 cut off")
    wrong.write_bytes(b"MZ\x00\x00")
    page.locator("#files").focus()
    page.locator("#files").set_input_files([good, wrong, bad])
    row = {
        state: page.locator(f".jobs li[data-state={state}]")
        for state in ("done", "refused", "failed", "duplicate")
    }
    for state in ("done", "refused", "failed"):
        row[state].wait_for()
    assert "好 <b>.txt" in row["done"].inner_text()
    assert "问题 1" in row["done"].inner_text()
    assert "virus.exe" in row["refused"].inner_text()
    assert "damaged" in row["failed"].inner_text()
    visited.errors[:] = [line for line in visited.errors if "415" not in line]  # the browser's own line on it
    visited.check()
    assert page.locator("#said").inner_text() == "3 份：已完成 1，失败 2"

    row["failed"].locator(".retry").press("Enter")
    row["failed"].wait_for()
    page.evaluate(
        """text => { const data = new DataTransfer();
        data.items.add(new File([text], 'again.txt'));
        document.body.dispatchEvent(new DragEvent('drop', {bubbles: true, dataTransfer: data})); }""",
        SHORT,
    )
    row["duplicate"].wait_for()
    report = row["duplicate"].locator(".open").get_attribute("href")
    assert report == row["done"].locator(".open").get_attribute("href")
    page.on("dialog", lambda dialog: dialog.accept())
    row["done"].locator(".delete").click()
    row["done"].wait_for(state="detached")
    gone = page.request.get(visited.site + report.removeprefix("/browse"))
    assert gone.status == 404
