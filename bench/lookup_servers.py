"""The two servers that the look-ups are measured on, and what Cypher the service asks for a look-up."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import uvicorn
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.access.connections import BoundedProtocol
from api.app import create_app
from graph.connect import connect_neo4j
from graph.reading import QueryResult, Reader
from graph.store import GraphStore
from tests.support.commands import SUYIN

_START_LIMIT = 60
T = TypeVar("T")
#: A statement and its parameters.
Asked = tuple[str, Mapping[str, Any]]
#: The headers and the body of an answer.
Answer = tuple[Mapping[str, str], bytes]


class Recorder(GraphStore):
    """The store of a service in this process; it notes what it is asked."""

    def __init__(self) -> None:
        super().__init__(lambda: connect_neo4j(os.environ["NEO4J_URI"]))
        self.asked: list[Asked] = []

    def read(self, cypher: str, /, **params: Any) -> list[dict[str, Any]]:
        self.asked.append((cypher, params))
        return super().read(cypher, **params)

    def read_together(self, work: Callable[[Reader], T]) -> T:
        return super().read_together(lambda reader: work(_Noted(reader, self.asked)))


class _Noted:
    """A reader that notes what it is asked."""

    def __init__(self, reader: Reader, asked: list[Asked]) -> None:
        self.schema = reader.schema
        self._reader, self._asked = reader, asked

    def read(self, cypher: str, /, **params: Any) -> list[dict[str, Any]]:
        self._asked.append((cypher, params))
        return self._reader.read(cypher, **params)

    def read_only(self, cypher: str, /, **params: Any) -> QueryResult:
        self._asked.append((cypher, params))
        return self._reader.read_only(cypher, **params)


class Recording:
    """Asks the service in this process."""

    def __init__(self, client: TestClient, store: Recorder) -> None:
        self._client, self._store = client, store

    def cypher(self, path: str) -> list[Asked]:
        """What the store is asked for the answer to a path."""
        self._store.asked.clear()
        self._get(path)
        return list(self._store.asked)

    def follow(self, path: str) -> str:
        """The path with the cursor of its second page, where it ends in `cursor=`."""
        if not path.endswith("cursor="):
            return path
        return path + str(json.loads(self._get(path))["next"])

    def _get(self, path: str) -> bytes:
        answer = self._client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.content


@contextmanager
def record() -> Iterator[Recording]:
    """The service in this process, on the Neo4j of NEO4J_URI."""
    store = Recorder()
    with TestClient(create_app(lambda: store), base_url="http://localhost") as client:
        yield Recording(client, store)


@contextmanager
def serve(data: Path | None = None) -> Iterator[str]:
    """`suyin serve` on the Neo4j of NEO4J_URI, or on the embedded store of `data`: its host and port."""
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        env = os.environ | {"SUYIN_DATA_DIR": str(data or folder), "SUYIN_RATE": "none"}
        process = subprocess.Popen(
            [SUYIN, "serve", "--port", str(port)],
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _await(port)
            yield f"127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


@contextmanager
def serve_static(answers: Sequence[Answer]) -> Iterator[str]:
    """A server that gives the n-th of the answers at /n, on connections as the service has them: its host
    and port."""
    port = _free_port()
    process = multiprocessing.get_context("spawn").Process(target=_run_static, args=(list(answers), port))
    process.start()
    try:
        _await(port)
        yield f"127.0.0.1:{port}"
    finally:
        process.kill()
        process.join()


def _run_static(answers: Sequence[Answer], port: int) -> None:
    async def give(request: Request) -> Response:
        headers, body = answers[request.path_params["number"]]
        return Response(body, headers=headers)

    app = Starlette(routes=[Route("/{number:int}", give)])
    uvicorn.run(app, host="127.0.0.1", port=port, http=BoundedProtocol, log_level="warning", access_log=False)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _await(port: int) -> None:
    end = time.monotonic() + _START_LIMIT
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return
