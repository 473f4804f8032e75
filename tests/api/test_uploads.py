"""Uploads on a real service with a real process that reads: progress, duplicates, faults, limits, restarts."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import load_settings
from api.uploads.receiving import clean_name
from graph.store import GraphStore
from tests.api.conftest import Lent
from tests.support.word import p, write_word

SAMPLES = Path(__file__).parents[2] / "samples" / "reports"
REPORT = (SAMPLES / "university.txt").read_bytes()
SHORT = "关于石桥镇的审计报告\n一、存在的主要问题\n（一）账目混乱。由于会计人员配备不足，石桥镇2023年有12万元支出未入账。\n"


@pytest.fixture
def serve(embedded_store: GraphStore, tmp_path: Path) -> Callable[..., Any]:
    """A service with its data in tmp_path; settings as named."""

    @contextmanager
    def service(**given: Any) -> Iterator[TestClient]:
        settings = load_settings(data_dir=tmp_path, reader="rules", **given)
        with TestClient(create_app(lambda: Lent(embedded_store), settings)) as client:
            yield client

    return service


def send(client: TestClient, *files: tuple[str, bytes], **query: str) -> dict[str, Any]:
    answer = client.post("/uploads", files=[("file", file) for file in files], params=query)
    assert answer.status_code == 202, answer.text
    assert answer.headers["location"] == f"/uploads/{answer.json()['id']}"
    found: dict[str, Any] = answer.json()
    return found


def ended(client: TestClient, job: dict[str, Any], seconds: float = 300) -> dict[str, Any]:
    until = time.monotonic() + seconds
    while job["state"] in ("waiting", "working"):
        assert time.monotonic() < until, job
        time.sleep(0.05)
        job = client.get(f"/uploads/{job['id']}").json()
    return job


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


def test_from_the_file_to_the_graph_and_out_again(
    serve: Callable[..., Any], embedded_store: GraphStore, tmp_path: Path
) -> None:
    with serve() as client:
        job = ended(client, send(client, ("高校 巡视.txt", REPORT), ("short.txt", SHORT.encode())))
        assert (job["state"], job["done"], job["total"]) == ("done", 2, 2)
        first, second = job["files"]
        assert (first["name"], first["state"], first["status"]) == ("高校 巡视.txt", "done", "loaded")
        assert first["counts"]["Problem"] > 5
        assert client.get(f"/reports/{first['report']}").json()["name"] == "高校 巡视.txt"
        document = client.get(f"/uploads/{job['id']}/files/1/findings").json()
        assert document["report"]["id"] == first["report"]
        quote = client.get("/problems", params={"report": second["report"]}).json()["items"][0]["place"]
        assert SHORT[quote["start"] : quote["end"]].startswith("（一）账目混乱")
        assert not list((tmp_path / "uploads" / job["id"] / "files").glob("*/*")), (
            "what is loaded is kept no longer"
        )

        assert client.get("/uploads").json()["total"] == 1
        assert client.delete(f"/uploads/{job['id']}", params={"reports": True}).status_code == 204
        assert client.get(f"/uploads/{job['id']}").status_code == 404
        assert client.get(f"/reports/{first['report']}").status_code == 404
    assert embedded_store.counts()["nodes"]["Report"] == 0


def test_a_duplicate_is_known_by_its_content(serve: Callable[..., Any], tmp_path: Path) -> None:
    with serve() as client:
        report = ended(client, send(client, ("a.txt", SHORT.encode())))["files"][0]["report"]
        write_word(tmp_path / "c.docx", "".join(map(p, SHORT.strip().split("\n"))))
        word = (tmp_path / "c.docx").read_bytes()
        archive = packed(x__b_txt=SHORT.encode(), y_txt="无关的文字，没有问题。".encode())
        job = ended(client, send(client, ("b.txt", SHORT.encode()), ("c.docx", word), ("d.zip", archive)))
        assert [(f["name"], f["state"], f["report"] == report) for f in job["files"]] == [
            ("b.txt", "duplicate", True),
            ("c.docx", "duplicate", True),
            ("d.zip/x/b.txt", "duplicate", True),
            ("d.zip/y.txt", "done", False),
        ]
        assert client.get(f"/reports/{report}").json()["name"] == "a.txt"
        again = ended(client, send(client, ("c.docx", word), replace="true"))["files"][0]
        assert (again["state"], again["status"]) == ("done", "replaced")
        assert client.get(f"/reports/{report}").json()["name"] == "c.docx"


def test_the_body_may_be_the_file(serve: Callable[..., Any]) -> None:
    with serve() as client:
        answer = client.post("/uploads", params={"name": "../../etc/报告.txt"}, content=SHORT.encode())
        assert ended(client, answer.json())["files"][0]["name"] == "报告.txt"
        assert client.post("/uploads", content=SHORT.encode()).status_code == 415
        assert client.post("/uploads", files={"file": ("a.txt", b"")}).status_code == 422
        assert client.post("/uploads", data={"a": "b"}).status_code == 415
        assert client.post("/uploads", data={"a": "b"}, files={"file": ("a.txt", b"x")}).status_code == 422
        broken = client.post(
            "/uploads", content=b"--x\r\nno form", headers={"Content-Type": "multipart/form-data; boundary=x"}
        )
        assert broken.status_code == 422
        assert client.get("/uploads").json()["total"] == 1


def test_what_cannot_be_read_fails_alone_and_is_tried_again(
    serve: Callable[..., Any], tmp_path: Path
) -> None:
    with serve() as client:
        job = ended(client, send(client, ("bad.docx", b"PK\x03\x04 cut off"), ("good.txt", SHORT.encode())))
        bad, good = job["files"]
        assert (job["state"], bad["state"], good["state"]) == ("failed", "failed", "done")
        assert "damaged" in bad["error"]
        assert str(tmp_path) not in json.dumps(job)
        assert client.get(f"/uploads/{job['id']}/files/1/findings").status_code == 404
        again = client.post(f"/uploads/{job['id']}/retry")
        assert again.status_code == 202
        assert [f["state"] for f in ended(client, again.json())["files"]] == ["failed", "done"]
        client.delete(f"/uploads/{job['id']}")
        done = ended(client, send(client, ("good.txt", SHORT.encode())))
        assert client.post(f"/uploads/{done['id']}/retry").status_code == 409


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("virus.exe", b"MZ\x00\x00", 415),
        ("a.txt", b"\x7fELF" + b"\x00" * 100, 415),
        ("a.txt", b"{\\rtf1", 415),
        ("a.txt", b"\x89PNG\r\n\x1a\n", 415),
        ("no-suffix", b"text", 415),
    ],
)
def test_files_that_are_no_reports_are_refused(
    serve: Callable[..., Any], name: str, data: bytes, status: int, tmp_path: Path
) -> None:
    with serve() as client:
        answer = client.post("/uploads", files={"file": (name, data)})
        assert answer.status_code == status, answer.text
        assert client.get("/uploads").json()["total"] == 0
    assert [p.name for p in (tmp_path / "uploads").iterdir()] == [".lock"]


class Endless:
    """Body chunks of 64 KB up to 100 MB; counts what is taken."""

    def __init__(self, head: bytes) -> None:
        self.head, self.taken = head, 0

    def __iter__(self) -> Iterator[bytes]:
        yield self.head
        while self.taken < 100_000_000:
            self.taken += 65536
            yield b"\xe5\x9d\x80" * 21845 + b"\n"


FORM = b'--x\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n'


@pytest.mark.parametrize(
    ("address", "head", "status"),
    [
        ("/uploads", FORM % b"big.txt", 413),
        ("/uploads", FORM % b"big.exe", 415),
        ("/uploads", FORM % b"big.pdf" + b"\x7fELF" + b"\x00" * 5000, 415),
        ("/recommendations/related", b'{"text": "', 413),
    ],
)
def test_the_rest_of_a_large_body_is_not_read(
    serve: Callable[..., Any], address: str, head: bytes, status: int
) -> None:
    body = Endless(head)
    with serve(upload_size=3_000_000) as client:
        asked = client.build_request(
            "POST",
            address,
            headers={
                "Content-Type": "multipart/form-data; boundary=x"
                if address == "/uploads"
                else "application/json"
            },
        )
        taken: list[int] = []
        answer = _asgi(client, asked, iter(body), taken)
        assert answer == status
    assert sum(taken) < 4_500_000  # the limit, and what is drained after it


def _asgi(client: TestClient, asked: Any, chunks: Iterator[bytes], taken: list[int]) -> int:
    """Ask the app itself: httpx' transport for tests joins a body before it sends it."""
    status: list[int] = []

    async def receive() -> dict[str, Any]:
        chunk = next(chunks, b"")
        taken.append(len(chunk))
        return {"type": "http.request", "body": chunk, "more_body": bool(chunk)}

    async def send_(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            status.append(message["status"])

    headers = [
        (b"host", b"testserver"),
        (b"transfer-encoding", b"chunked"),
        (b"content-type", asked.headers["content-type"].encode()),
    ]
    scope = {
        "type": "http",
        "method": "POST",
        "path": asked.url.path,
        "raw_path": asked.url.raw_path,
        "query_string": b"",
        "headers": headers,
        "server": ("testserver", 80),
        "client": ("127.0.0.1", 1),
        "scheme": "http",
        "http_version": "1.1",
        "state": {},
        "root_path": "",
        "asgi": {"version": "3.0"},
    }
    assert client.portal is not None
    client.portal.call(client.app, scope, receive, send_)
    return status[0]


def test_a_declared_size_is_refused_before_anything_is_read(serve: Callable[..., Any]) -> None:
    with serve(upload_size=1000) as client:
        answer = client.post("/uploads", files={"file": ("a.txt", b"x" * 2000)})
        assert (answer.status_code, answer.headers["connection"]) == (413, "close")
        assert "1,000" in answer.text


def test_number_room_and_queue_are_bounded(serve: Callable[..., Any]) -> None:
    with serve(upload_files=2, upload_room=2000) as client:
        assert client.post("/uploads", files=[("f", (f"{n}.txt", b"x")) for n in range(3)]).status_code == 413
        assert client.post("/uploads", files={"file": ("a.txt", b"x" * 3000)}).status_code == 507
        many = packed(**{f"{n}_txt": b"x" for n in range(3)})
        failed = ended(client, send(client, ("many.zip", many)))["files"][0]
        assert failed["state"] == "failed"
        assert "holds more than 2 reports" in failed["error"]


def test_a_restart_goes_on_where_it_was(
    serve: Callable[..., Any], embedded_store: GraphStore, tmp_path: Path
) -> None:
    with serve() as client:
        done = ended(client, send(client, ("done.txt", SHORT.encode())))
        job = send(
            client,
            ("a.txt", REPORT),
            ("b.txt", REPORT + b"\n\xe7\x94\xb2"),
            ("c.txt", REPORT + b"\xe4\xb9\x99"),
        )
    folder = tmp_path / "uploads" / job["id"]
    kept = json.loads((folder / "job.json").read_text("utf-8"))
    assert any(file["state"] == "waiting" for file in kept["files"])
    lost = next(f for f in reversed(kept["files"]) if f["state"] == "waiting")
    (folder / lost["path"]).unlink()
    (tmp_path / "uploads" / ".coming-0").mkdir()  # one that had not arrived
    with serve() as client:
        assert client.get(f"/uploads/{done['id']}").json() == done
        states = {f["number"]: f["state"] for f in ended(client, job)["files"]}
        assert states.pop(lost["number"]) == "lost"
        assert set(states.values()) == {"done"}
    assert not (tmp_path / "uploads" / ".coming-0").exists()
    assert embedded_store.counts()["nodes"]["Report"] == 3


def test_what_ended_the_service_twice_is_not_read_again(serve: Callable[..., Any], tmp_path: Path) -> None:
    with serve() as client:
        job = send(client, ("a.txt", REPORT))
    path = tmp_path / "uploads" / job["id"] / "job.json"
    kept = json.loads(path.read_text("utf-8"))
    kept["files"][0] |= {"state": "reading", "tries": 2}
    path.write_text(json.dumps(kept), "utf-8")
    with serve() as client:
        [file] = ended(client, job)["files"]
        assert file["state"] == "failed"
        assert ended(client, client.post(f"/uploads/{job['id']}/retry").json())["files"][0]["state"] == "done"


def test_a_reading_without_end_is_ended_and_the_next_is_read(serve: Callable[..., Any]) -> None:
    with serve(reading_seconds=0.01) as client:  # the pipeline itself takes longer to start
        job = ended(client, send(client, ("a.txt", SHORT.encode())))
        assert "took too long" in job["files"][0]["error"]
        assert client.get("/health").status_code == 200


def test_a_reader_that_dies_takes_one_report_along(serve: Callable[..., Any]) -> None:
    with serve() as client:
        client.app.state.uploads.worker.reader.memory = 30_000_000  # not even Python starts
        job = ended(client, send(client, ("a.txt", SHORT.encode())))
        assert job["files"][0]["state"] == "failed"
        client.app.state.uploads.worker.reader.memory = 4_000_000_000
        assert ended(client, client.post(f"/uploads/{job['id']}/retry").json())["state"] == "done"


def test_deleting_stops_the_reading(serve: Callable[..., Any], embedded_store: GraphStore) -> None:
    with serve() as client:
        job = send(client, ("long.txt", REPORT * 60))
        other = send(client, ("short.txt", SHORT.encode()))
        while client.get(f"/uploads/{job['id']}").json()["state"] == "waiting":
            time.sleep(0.02)
        assert client.delete(f"/uploads/{job['id']}").status_code == 204
        assert ended(client, other)["state"] == "done"
    assert embedded_store.counts()["nodes"]["Report"] == 1


def test_two_services_do_not_share_a_folder(serve: Callable[..., Any]) -> None:
    with serve() as first, serve() as second:
        assert first.get("/uploads").status_code == 200
        answer = second.get("/uploads")
        assert answer.status_code == 503
        assert "another service" in answer.text


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("a/b\\c.txt", "c.txt"),
        ("..", "report"),
        ("~$x.docx", "x.docx"),
        ("一\u202e\x00二.txt", "一二.txt"),
        ("长" * 300 + ".docx", "长" * 58 + ".docx"),
        (".hidden", "hidden"),
    ],
)
def test_names_of_files(given: str, name: str) -> None:
    assert clean_name(given) == name
