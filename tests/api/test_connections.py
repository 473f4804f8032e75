"""A real server: half-open and slow connections end, a large body is refused while it is sent."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from api.access.connections import BoundedProtocol
from api.app import create_app
from api.server import _bind
from api.settings import load_settings
from graph.store import GraphStore
from tests.api.conftest import Lent

ASK = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"


class Impatient(BoundedProtocol):
    """With limits that a test can wait for."""

    head_limit = 0.3
    body_pause, body_limit = 0.3, 1.0
    write_limit = 0.3
    per_address = 5


@pytest.fixture
def port(embedded_store: GraphStore, tmp_path: Path) -> Iterator[int]:
    settings = load_settings(data_dir=tmp_path, upload_size=100_000_000)
    app = create_app(lambda: Lent(embedded_store), settings)

    @app.get("/large")
    def large() -> str:
        return "溯" * 20_000_000

    with _bind("127.0.0.1", 0) as listener:
        server = uvicorn.Server(
            uvicorn.Config(
                app, log_level="error", http=Impatient, proxy_headers=False, forwarded_allow_ips=[]
            )
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join()


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def rest(connection: socket.socket) -> bytes:
    """All until the server closes; fails where it does not within the time-out."""
    got = b""
    try:
        while chunk := connection.recv(65536):
            got += chunk
    except ConnectionError:
        pass
    return got


def drips(connection: socket.socket, data: bytes) -> int:
    """How often data can be sent until the server has closed, 500 times at most."""
    for times in range(500):
        try:
            connection.sendall(data)
        except ConnectionError:
            return times
        time.sleep(0.05)
    return 500


def test_a_head_that_does_not_end_is_given_up(port: int) -> None:
    for sent in (b"", b"GET / HTTP/1.1\r\nHost: local"):
        with connect(port) as half_open:
            half_open.sendall(sent)
            assert rest(half_open).startswith(b"HTTP/1.1 408 ")
    with connect(port) as slow:  # a byte now and then does not help
        assert drips(slow, b"X") < 100


def test_a_second_head_on_a_used_connection_too(port: int) -> None:
    with connect(port) as used:
        used.sendall(ASK)
        assert used.recv(65536).startswith(b"HTTP/1.1 200 ")
        used.sendall(b"GET")
        assert rest(used).endswith(b"Content-Length: 0\r\n\r\n")


def test_a_body_that_does_not_come_is_given_up(port: int) -> None:
    head = b"POST /recommendations/related HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n"
    with connect(port) as waiting:
        waiting.sendall(head + b"{")
        assert rest(waiting).startswith(b"HTTP/1.1 408 ")
    with connect(port) as drop:  # each in time, and never the end
        drop.sendall(head)
        assert drips(drop, b"{") < 100


def test_who_does_not_read_the_answer_is_cut_off(port: int) -> None:
    with connect(port) as deaf:
        deaf.sendall(ASK.replace(b"/health", b"/large"))
        time.sleep(2.5)
        assert len(rest(deaf)) < 60_000_000


def test_one_address_cannot_take_all_connections(port: int) -> None:
    held = [connect(port) for _ in range(5)]
    try:
        with connect(port) as sixth:
            assert rest(sixth) == b""
        held.pop().close()
        time.sleep(0.1)
        with connect(port) as again:
            again.sendall(ASK)
            assert again.recv(100).startswith(b"HTTP/1.1 200 ")
    finally:
        for each in held:
            each.close()


@pytest.mark.parametrize(("name", "status"), [("big.exe", b"415"), ("big.txt", b"413")])
def test_a_large_upload_is_refused_while_it_comes(port: int, name: str, status: bytes) -> None:
    """And the client, which is still sending, gets to see it."""
    with connect(port) as client:
        client.sendall(
            b"POST /uploads HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
            b"Content-Type: multipart/form-data; boundary=x\r\n\r\n"
        )
        head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        sent = 0
        try:
            for piece in (head, *[b"abc\n" * 16384] * 1600):  # 100 MB
                client.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
                sent += len(piece)
        except ConnectionError:
            pass
        answer = rest(client)
    assert answer.split()[1] == status
    # up to the limit of a text of 20 MB, what is drained, and the buffers between
    assert sent < (30_000_000 if name == "big.txt" else 10_000_000)


def test_a_declared_size_is_refused_before_the_body(port: int) -> None:
    with connect(port) as client:
        client.sendall(
            b"POST /uploads HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000000\r\n"
            b"Expect: 100-continue\r\nContent-Type: multipart/form-data; boundary=x\r\n\r\n"
        )
        assert rest(client).startswith(b"HTTP/1.1 413 ")
