"""Secrets and the database's address are in no answer and no log."""

from __future__ import annotations

import io
import logging

import pytest

from api.access.redaction import redact, redact_logs
from graph.errors import StoreError

TOKEN = "suyin_0a1b2c3d_" + "x" * 43


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "neo4j+s://user:hunter22@db.intern:7687")
    monkeypatch.setenv("NEO4J_PASSWORD", "pässword!")
    monkeypatch.setenv("SUYIN_DATA_DIR", "/srv/suyin-data")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("bolt://10.0.0.3:7687: no answer; is it there?", "数据库 database: no answer; is it there?"),
        ("neo4j+s://user:hunter22@db.intern:7687/x, gone", "数据库 database, gone"),
        (
            "Couldn't connect to db.intern:7687 (resolved to ('10.0.0.3:7687',))",
            "Couldn't connect to 数据库 database (resolved to ('数据库 database',))",
        ),
        ("auth=('neo4j', 'pässword!')", "auth=('neo4j', '[…]')"),
        (f"Bearer {TOKEN}", "Bearer suyin_0a1b2c3d_[…]"),
        ("/srv/suyin-data/arcadedb: the disk is full", "SUYIN_DATA_DIR/arcadedb: the disk is full"),
        ("a report of neo4j, 12:30", "a report of neo4j, 12:30"),
    ],
)
def test_redact(text: str, left: str) -> None:
    assert redact(text) == left


def test_logs_and_their_tracebacks() -> None:
    before = logging.getLogRecordFactory()
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    log = logging.getLogger("suyin.test-redaction")
    log.addHandler(handler)
    try:
        redact_logs()
        try:
            raise StoreError("bolt://db.intern:7687: pässword! is wrong")
        except StoreError:
            log.exception("asked %s by %s", "db.intern:7687", TOKEN)
    finally:
        logging.setLogRecordFactory(before)
        log.removeHandler(handler)
    said = out.getvalue()
    assert "Traceback" in said
    for secret in ("db.intern", "pässword!", TOKEN):
        assert secret not in said
