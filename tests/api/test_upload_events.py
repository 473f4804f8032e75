"""How an upload goes on, told as it happens: by a real service to a real client."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.access.keys import KeyFile
from api.app import create_app
from api.settings import load_settings
from graph.store import GraphStore
from tests.api.conftest import Lent, served
from tests.api.test_uploads import REPORT, SHORT
from tests.support.commands import SUYIN

Event = tuple[str, dict[str, Any]]


@pytest.fixture
def serve(embedded_store: GraphStore, tmp_path: Path) -> Callable[..., Any]:
    """A client of a service on a port of its own, with its data in tmp_path; settings as named."""

    @contextmanager
    def service(**given: Any) -> Iterator[httpx.Client]:
        settings = load_settings(data_dir=tmp_path, reader="rules", **given)
        with (
            served(create_app(lambda: Lent(embedded_store), settings)) as address,
            httpx.Client(base_url=address, timeout=120) as client,
        ):
            yield client

    return service


def send(client: httpx.Client, *reports: bytes, **headers: str) -> str:
    """The address of the events of a new upload."""
    files = [("file", (f"{n}.txt", report)) for n, report in enumerate(reports)]
    answer = client.post("/uploads", files=files, headers=headers)
    assert answer.status_code == 202, answer.text
    return f"{answer.headers['location']}/events"


def events(answer: httpx.Response) -> Iterator[Event]:
    """As a browser reads them; comments are left out."""
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
    fields: dict[str, str] = {}
    for line in answer.iter_lines():
        if not line and fields:
            yield fields["event"], json.loads(fields["data"])
            fields = {}
        elif line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            fields[name] = value


def test_each_change_is_told_until_all_has_ended(serve: Callable[..., Any]) -> None:
    with serve() as client:
        address = send(client, REPORT, b"PK\x03\x04 cut off", SHORT.encode())
        with client.stream("GET", address) as answer:
            told = list(events(answer))
        names, uploads = zip(*told, strict=True)
        assert names[-1] == "failed"
        assert set(names[:-1]) == {"progress"}
        assert all(before != after for before, after in pairwise(uploads))
        assert [one["done"] for one in uploads] == sorted(one["done"] for one in uploads)
        assert [file["state"] for file in uploads[-1]["files"]] == ["done", "failed", "done"]
        assert uploads[-1] == client.get(address.removesuffix("/events")).json()
        with client.stream("GET", address) as answer:
            assert list(events(answer)) == [told[-1]], "who comes late hears the end"
        head = client.head(address)
        assert (head.status_code, head.content) == (200, b"")


def test_who_hears_it_hears_of_its_deletion(serve: Callable[..., Any]) -> None:
    with serve() as client, serve_other(client) as other:
        address = send(client, REPORT * 60)
        with client.stream("GET", address) as answer:
            told = events(answer)
            assert next(told)[0] == "progress"
            assert other.delete(address.removesuffix("/events")).status_code == 204
            assert [name for name, _ in told][-1] == "deleted"
        assert client.get(address).status_code == 404


@contextmanager
def serve_other(client: httpx.Client) -> Iterator[httpx.Client]:
    """Another client of the same service."""
    with httpx.Client(base_url=client.base_url, timeout=120) as other:
        yield other


def test_only_its_owner_hears_and_names_are_masked_as_it_goes(
    serve: Callable[..., Any], tmp_path: Path
) -> None:
    keys = KeyFile(load_settings(data_dir=tmp_path).keys_file)
    owner, other = ({"Authorization": f"Bearer {keys.create(name, ['write'])[1]}"} for name in ("a", "b"))
    with serve(mask_names=True, public="read") as client:
        address = send(client, REPORT * 60, **owner)
        assert client.get(address).status_code == 401
        assert client.get(address, headers=other).status_code == 404
        with client.stream("GET", address, headers=owner) as answer:
            name, upload = next(events(answer))  # it does not wait for the end
            assert (name, upload["done"]) == ("progress", 0)
        client.delete(address.removesuffix("/events"), headers=owner)


def test_a_service_that_ends_lets_go_of_who_listens(tmp_path: Path) -> None:
    """The answer ends whole, where it would be cut off if the service had to wait for it."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("NEO4J_", "SUYIN_"))}
    env |= {"SUYIN_DATA_DIR": str(tmp_path), "SUYIN_READER": "rules", "SUYIN_ARCHIVE": "0"}
    command = [SUYIN, "serve", "--port", "0"]
    with subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as service:
        assert service.stdout is not None
        address = next(word for line in service.stdout for word in line.split() if word.startswith("http://"))
        try:
            with (
                httpx.Client(base_url=address, timeout=120) as client,
                client.stream("GET", send(client, REPORT * 60)) as answer,
            ):
                told = events(answer)
                assert next(told)[0] == "progress"
                service.send_signal(signal.SIGTERM)
                assert {name for name, _ in told} <= {"progress"}
        finally:
            service.terminate()
