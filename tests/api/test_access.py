"""Who may ask: keys and scopes, Host and Origin, rates, the audit log, and what a start refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.access.audit import note
from api.access.callers import needs
from api.access.keys import Key, KeyFile, KeyFileError
from api.access.scopes import SCOPES
from api.app import create_app
from api.server import ServerError, _check_access
from api.settings import SettingsError, load_settings
from cli import program
from graph.store import GraphStore
from tests.api.conftest import Lent

READ, WRITE = "/reports", "/uploads"


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys.json")


@pytest.fixture
def serve(embedded_store: GraphStore, tmp_path: Path) -> Callable[..., Any]:
    @contextmanager
    def service(**given: Any) -> Iterator[TestClient]:
        app = create_app(lambda: Lent(embedded_store), load_settings(data_dir=tmp_path, **given))
        add_research(app)
        with TestClient(app, raise_server_exceptions=False) as client:
            yield client

    return service


def add_research(app: FastAPI) -> None:
    @app.get("/research", dependencies=[needs("research")])
    def research(request: Request) -> str:
        note(request, cypher="MATCH (n) RETURN n")
        return "ok"


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


class TestKeys:
    def test_a_key_opens_what_its_scopes_hold(self, serve: Callable[..., Any], keys: KeyFile) -> None:
        opened = {}
        with serve(public="none") as client:
            for scope in SCOPES:
                head = bearer(keys.create("k", [scope])[1])
                opened[scope] = [
                    client.get(at, headers=head).status_code for at in (READ, "/research", WRITE)
                ]
        assert opened == {
            "read": [200, 403, 403],
            "research": [200, 200, 403],
            "write": [200, 403, 200],
            "admin": [200, 200, 200],
        }

    def test_without_a_key(self, serve: Callable[..., Any]) -> None:
        with serve(public="none") as client:
            for at in ("/health", "/docs", "/openapi.json", "/static/site/site.css"):
                assert client.get(at).status_code == 200, at
            for at in (READ, "/", "/problems/x", "/queries/none", WRITE, "/reports?nonsense=1"):
                answer = client.get(at)
                assert (answer.status_code, answer.headers["www-authenticate"]) == (
                    401,
                    'Bearer realm="suyin"',
                )
                assert "scope" in answer.text
        with serve(public="read") as client:
            assert [client.get(at).status_code for at in (READ, "/research", WRITE)] == [200, 401, 401]
        with serve() as client:
            assert [client.get(at).status_code for at in (READ, "/research", WRITE)] == [200, 200, 200]
        with serve(host="0.0.0.0") as client:
            assert client.get(READ).status_code == 401

    def test_a_wrong_key_is_refused_also_where_none_is_needed(
        self, serve: Callable[..., Any], keys: KeyFile
    ) -> None:
        _, token = keys.create("k", ["read"])
        with serve() as client:
            assert client.get(READ, headers=bearer(token)).status_code == 200
            for wrong in (
                token[:-1],
                token + "x",
                "suyin__",
                "",
                "x",
                token.replace("suyin", "suyim"),
                "suyin_é",
            ):
                head = {"Authorization": f"Bearer {wrong}".encode()}
                assert client.get(READ, headers=head).status_code == 401, wrong
            assert client.get(READ, headers={"Authorization": f"Basic {token}"}).status_code == 401

    def test_revoked_and_expired_keys(self, serve: Callable[..., Any], keys: KeyFile) -> None:
        key, token = keys.create("k", ["read"])
        _, old = keys.create("old", ["read"], days=-1)
        with serve(public="none") as client:
            assert client.get(READ, headers=bearer(token)).status_code == 200
            assert client.get(READ, headers=bearer(old)).status_code == 401
            keys.revoke(key.id)
            assert client.get(READ, headers=bearer(token)).status_code == 401

    def test_a_rotated_key_opens_with_both_secrets_for_a_while(
        self, serve: Callable[..., Any], keys: KeyFile
    ) -> None:
        key, first = keys.create("k", ["write"], days=10)
        with serve(public="none") as client:

            def opened(*tokens: str) -> list[int]:
                return [client.get(READ, headers=bearer(token)).status_code for token in tokens]

            again, second = keys.rotate("k", grace=timedelta(hours=1))
            assert (again.id, again.scopes) == (key.id, key.scopes)
            assert opened(first, second, f"suyin_{key.id}_") == [200, 200, 401]
            third = keys.rotate(key.id, grace=timedelta(0))[1]
            assert opened(first, second, third) == [401, 401, 200]
            fourth = keys.rotate(key.id, grace=timedelta(hours=1))[1]
            assert opened(third, fourth) == [200, 200]
            keys.revoke(key.id)
            assert opened(third, fourth) == [401, 401]

    def test_how_long_the_secrets_of_a_rotated_key_hold(self, keys: KeyFile) -> None:
        def days(at: str | None) -> int | None:
            return (
                None
                if at is None
                else round((datetime.fromisoformat(at) - datetime.now(UTC)) / timedelta(days=1))
            )

        for made, asked, new, old in (
            (10, None, 10, 2),
            (10, 30, 30, 2),
            (1, None, 1, 1),
            (None, None, None, 2),
            (None, 5, 5, 2),
        ):
            key = keys.create("k", ["read"], days=made)[0]
            found = keys.rotate(key.id, grace=timedelta(days=2), days=asked)[0]
            assert (days(found.expires), days(found.old_until)) == (new, old), (made, asked)

    def test_which_key_is_rotated(self, keys: KeyFile) -> None:
        ended, twice = keys.create("k", ["read"])[0], [keys.create("two", ["read"])[0] for _ in "ab"]
        keys.revoke(ended.id)
        for name in ("k", ended.id, "none", ""):
            with pytest.raises(KeyFileError, match="there is no valid key"):
                keys.rotate(name, grace=timedelta(0))
        with pytest.raises(KeyFileError, match=f"several keys .* {twice[0].id} {twice[1].id}"):
            keys.rotate("two", grace=timedelta(0))
        keys.revoke(twice[0].id)
        assert keys.rotate("two", grace=timedelta(0))[0].id == twice[1].id

    def test_nothing_in_the_file_opens_anything(self, serve: Callable[..., Any], keys: KeyFile) -> None:
        key, token = keys.create("k", ["admin"])
        kept = keys.path.read_text("utf-8")
        assert token not in kept
        assert token.split("_", 2)[2] not in kept
        assert keys.path.stat().st_mode & 0o077 == 0
        with serve(public="none") as client:
            assert client.get(READ, headers=bearer(f"suyin_{key.id}_{key.sha256}")).status_code == 401

    def test_a_damaged_file_opens_nothing(self, serve: Callable[..., Any], keys: KeyFile) -> None:
        _, token = keys.create("k", ["admin"])
        keys.path.write_text("{", "utf-8")
        with serve(public="none") as client:
            answer = client.get(READ, headers=bearer(token))
            assert (answer.status_code, str(keys.path) in answer.text) == (503, False)
        with pytest.raises(KeyFileError, match="is damaged"):
            keys.all()

    def test_keys_do_not_see_the_uploads_of_others(self, serve: Callable[..., Any], keys: KeyFile) -> None:
        one, two, boss = (
            bearer(keys.create(n, [s])[1]) for n, s in [("a", "write"), ("b", "write"), ("c", "admin")]
        )
        with serve(public="none", reader="rules") as client:
            at = client.post(WRITE, files={"file": ("a.txt", "甲")}, headers=one).headers["location"]
            assert [client.get(at, headers=head).status_code for head in (one, two, boss)] == [200, 404, 200]
            assert [client.get(WRITE, headers=head).json()["total"] for head in (one, two, boss)] == [1, 0, 1]
            assert client.delete(at, headers=two).status_code == 404
            assert client.delete(at, headers=boss).status_code == 204

    def test_a_proxy_before_an_open_service_does_not_open_it(self, serve: Callable[..., Any]) -> None:
        with serve() as client:
            assert client.get(READ, headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 401

    def test_the_description_says_what_needs_a_key(self, serve: Callable[..., Any]) -> None:
        with serve(public="read") as client:
            spec = client.get("/openapi.json").json()
            assert "security" not in spec["paths"][READ]["get"]
            assert spec["paths"][WRITE]["post"]["security"] == [{"key": []}]
            assert spec["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
        with serve() as client:
            assert "securitySchemes" not in client.get("/openapi.json").json()["components"]


class TestCommands:
    def test_make_list_revoke(self, tmp_path: Path, keys: KeyFile) -> None:
        def run(*words: str) -> str:
            done = CliRunner().invoke(program.app, ["keys", *words], env={"SUYIN_DATA_DIR": str(tmp_path)})
            assert done.exit_code == 0, done.output
            return done.stdout

        token = run("create", "审计处", "--scope", "research", "--scope", "write", "--days", "30").strip()
        found = keys.find(token)
        assert found is not None
        assert (found.name, found.scopes) == ("审计处", ("research", "write"))
        assert found.expires
        left = datetime.fromisoformat(found.expires) - datetime.now(UTC)
        assert timedelta(days=29) < left < timedelta(days=31)
        assert json.loads(run("create", "b", "--forever", "--json"))["expires"] is None
        listed = run("list", "--json")
        assert [row["state"] for row in json.loads(listed)] == ["valid", "valid"]
        assert found.sha256 not in listed
        newer = run("rotate", "审计处", "--grace", "72").strip()
        assert keys.find(newer) == keys.find(token) != found
        newest = json.loads(run("rotate", found.id, "--grace", "0", "--days", "5", "--json"))["token"]
        assert [keys.find(each) is None for each in (token, newer, newest)] == [True, True, False]
        run("revoke", found.id)
        assert keys.find(newest) is None
        assert [row["state"] for row in json.loads(run("list", "--json"))] == ["revoked", "valid"]


class TestStart:
    @pytest.mark.parametrize(
        ("given", "refused"),
        [
            ({}, False),
            ({"host": "::1"}, False),
            ({"host": "localhost"}, False),
            ({"host": "0.0.0.0"}, True),
            ({"host": "::"}, True),
            ({"host": "192.0.2.1"}, True),
            ({"host": "0.0.0.0", "public": "read"}, False),
            ({"host": "0.0.0.0", "public": "all"}, False),
            ({"hosts": "example.org"}, True),
        ],
    )
    def test_an_open_service_is_for_this_machine(
        self, tmp_path: Path, given: dict[str, str], refused: bool
    ) -> None:
        settings = load_settings(data_dir=tmp_path, **given)
        if not refused:
            return _check_access(settings)
        KeyFile(settings.keys_file).create("old", ["read"], days=-1)
        with pytest.raises(ServerError, match="suyin keys create"):
            _check_access(settings)
        KeyFile(settings.keys_file).create("new", ["read"])
        return _check_access(settings)

    def test_settings_come_from_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in {
            "PUBLIC": "read,research",
            "HOSTS": "a.cn b.cn",
            "BODY_SIZE": "2MB",
            "RATE": "",
        }.items():
            monkeypatch.setenv(f"SUYIN_{name}", value)
        settings = load_settings()
        assert (settings.free, settings.hosts, settings.body_size) == (
            {"read", "research"},
            ("a.cn", "b.cn"),
            2_000_000,
        )
        assert settings.rate == "600/minute"
        monkeypatch.setenv("SUYIN_PUBLIC", "reed")
        with pytest.raises(SettingsError, match=r"SUYIN_PUBLIC: .*docs/access\.md"):
            load_settings()


class TestHosts:
    @pytest.mark.parametrize(
        ("host", "status"),
        [
            ("testserver", 200),
            ("localhost:8000", 200),
            ("127.0.0.1", 200),
            ("[::1]:80", 200),
            ("Localhost.", 200),
            ("evil.example", 421),
            ("testserver.evil.example", 421),
            ("127.0.0.1.evil.example", 421),
            ("", 421),
            ("a@localhost", 421),
            ("localhost/../x", 421),
            ("[::1", 421),
            ("report.example.cn", 200),
        ],
    )
    def test_host(self, serve: Callable[..., Any], host: str, status: int) -> None:
        with serve(hosts="report.example.cn", public="all") as client:
            answer = client.get("/reports/", headers={"Host": host}, follow_redirects=False)
            assert answer.status_code in ((status, 307) if status == 200 else (status,))
            assert "evil" not in answer.headers.get("location", "")

    def test_another_sites_page_changes_nothing(self, serve: Callable[..., Any]) -> None:
        with serve(origins="https://friend.example") as client:

            def post(origin: str) -> int:
                return client.post(
                    WRITE, files={"file": ("a.exe", b"x")}, headers={"Origin": origin}
                ).status_code

            assert [post(o) for o in ("https://evil.example", "null", "http://testserver:1")] == [403] * 3
            assert [post(o) for o in ("http://testserver", "https://friend.example")] == [415] * 2

    def test_cors_is_off_unless_an_origin_is_named(self, serve: Callable[..., Any]) -> None:
        ask = {
            "Origin": "https://friend.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "Authorization",
        }
        with serve(public="none") as client:
            assert not [
                h for h in client.options(READ, headers=ask).headers if h.startswith("access-control")
            ]
        with serve(public="none", origins="https://friend.example") as client:
            answer = client.options(READ, headers=ask)
            assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, ask["Origin"])
            refused = client.get(READ, headers={"Origin": ask["Origin"]})
            assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (
                401,
                ask["Origin"],
            )
            other = client.get(READ, headers={"Origin": "https://evil.example"})
            assert "access-control-allow-origin" not in other.headers


class TestRates:
    def test_too_many_requests(self, serve: Callable[..., Any], keys: KeyFile) -> None:
        one, two = (bearer(keys.create(name, ["read"])[1]) for name in "ab")
        with serve(rate="3/minute", public="read") as client:
            assert [client.get("/health", headers=one).status_code for _ in range(4)] == [200, 200, 200, 429]
            refused = client.get("/health", headers=one)
            assert 1 <= int(refused.headers["retry-after"]) <= 60
            assert "try again in" in refused.text
            assert client.get("/health", headers=two).status_code == 200
            assert [client.get("/health").status_code for _ in range(4)] == [200, 200, 200, 429]

    def test_the_owner_of_the_machine_is_not_counted(self, serve: Callable[..., Any]) -> None:
        with serve(rate="1/minute") as client:
            assert {client.get("/health").status_code for _ in range(5)} == {200}


class TestAudit:
    def test_who_asked_what(self, serve: Callable[..., Any], keys: KeyFile, tmp_path: Path) -> None:
        key, token = keys.create("审计处", ["research"])
        with serve(public="none") as client:
            client.get("/reports", params={"kind": "audit-report"}, headers=bearer(token))
            client.get("/research", headers=bearer(token))
            client.get("/reports", headers=bearer(token + "x"))
            client.get("/health", headers={"Host": "evil.example"})
        text = (tmp_path / "audit.jsonl").read_text("utf-8")
        lines = [json.loads(line) for line in text.splitlines()]
        assert [(one["who"], one["key"], one["path"], one["query"], one["status"]) for one in lines] == [
            ("审计处", key.id, "/reports", "kind=audit-report", 200),
            ("审计处", key.id, "/research", "", 200),
            ("?", None, "/reports", "", 401),
            ("?", None, "/health", "", 421),
        ]
        assert lines[1]["cypher"] == "MATCH (n) RETURN n"
        assert token not in text
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", lines[0]["time"])
        assert (tmp_path / "audit.jsonl").stat().st_mode & 0o077 == 0

    def test_off_on_loopback_unless_named(self, serve: Callable[..., Any], tmp_path: Path) -> None:
        with serve() as client:
            client.get("/health")
        assert not (tmp_path / "audit.jsonl").exists()
        with serve(audit=str(tmp_path / "named.jsonl")) as client:
            client.get("/health?a=%0a")
        [line] = (tmp_path / "named.jsonl").read_text("utf-8").splitlines()
        assert json.loads(line)["who"] == "local"


def test_a_key_that_is_shown_has_no_hash() -> None:
    key = Key("1", "n", ("read",), "hash", "2026-01-01T00:00:00+00:00")
    assert "hash" not in json.dumps(key.shown())
