"""The service on a real store that holds four invented reports, once on either database."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from graph.store import GraphStore
from tests.conftest import holding
from tests.graph.data import audit, feedback, notice
from tests.viz import water_report


class Lent(GraphStore):
    """A store that the service may close without ending it for the tests after."""

    def __init__(self, store: GraphStore) -> None:
        self.__dict__ = store.__dict__

    def close(self) -> None:
        """The fixture closes it."""


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of a service that runs on a free port, in a thread of its own."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Uploads, keys and the audit log of a test lie in a folder of its own."""
    monkeypatch.setenv("SUYIN_DATA_DIR", str(tmp_path))


@pytest.fixture
def filled(used_store: GraphStore) -> GraphStore:
    return holding(used_store, (make() for make in (feedback, notice, audit, water_report.findings)))


@pytest.fixture
def client(filled: GraphStore) -> Iterator[TestClient]:
    with TestClient(create_app(lambda: Lent(filled)), raise_server_exceptions=False) as client:
        yield client
