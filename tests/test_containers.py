"""docker-compose.yml and the Dockerfile, read as data: what they promise holds without a container engine."""

from __future__ import annotations

import json
import re
import shlex
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command
from typer.testing import CliRunner

from api.app import create_app
from cli.program import app
from tests.support.neo4j_server import VERSION

ROOT = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
NEO4J, API = COMPOSE["services"]["neo4j"], COMPOSE["services"]["api"]
#: the instructions of the Dockerfile, continued lines joined
DOCKERFILE = [
    tuple(line.split(maxsplit=1))
    for line in re.sub(r"\\\n\s*", " ", (ROOT / "Dockerfile").read_text("utf-8")).splitlines()
    if line and not line.startswith("#")
]


READ_ONLY = "NEO4J_server_databases_read__only"


def setting(variable: str) -> str:
    """The setting that Neo4j's image makes of a variable: _ is a dot, __ an underscore."""
    return "_".join(part.replace("_", ".") for part in variable.removeprefix("NEO4J_").split("__"))


def neo4j_settings() -> dict[str, str]:
    """The settings of neo4j.conf in docker-compose.yml; those that are empty are not set, as in the image."""
    return {
        setting(name): value
        for name, value in NEO4J["environment"].items()
        if name not in ("NEO4J_AUTH", READ_ONLY)
    }


def instruction(name: str) -> str:
    return next(rest for word, rest in reversed(DOCKERFILE) if word == name)


class TestCompose:
    def test_neo4j_is_of_the_line_that_the_tests_run(self) -> None:
        assert NEO4J["image"] == f"neo4j:{'.'.join(VERSION.split('.')[:2])}-community"

    def test_its_data_outlive_the_container(self) -> None:
        [volume] = [v.partition(":") for v in NEO4J["volumes"] if v.endswith(":/data")]
        assert volume[0] in COMPOSE["volumes"]

    def test_it_may_end_in_an_orderly_way(self) -> None:
        assert NEO4J["stop_grace_period"] == "2m"

    def test_the_api_waits_until_neo4j_answers(self) -> None:
        assert API["depends_on"]["neo4j"]["condition"] == "service_healthy"
        kind, command = NEO4J["healthcheck"]["test"]
        assert kind == "CMD-SHELL"
        words = shlex.split(command.replace("$$", "$"))
        assert words[0] == "cypher-shell"
        assert "RETURN 1" in words

    def test_passwords_come_from_the_environment_only(self) -> None:
        passwords = [
            NEO4J["environment"]["NEO4J_AUTH"].removeprefix("neo4j/"),
            API["environment"]["NEO4J_PASSWORD"],
        ]
        assert all(re.fullmatch(r"\$\{NEO4J_PASSWORD:\?.+\}", value) for value in passwords)

    def test_every_variable_is_in_the_example_and_none_has_a_value(self) -> None:
        """With :? an empty password is refused as well as none."""
        text = (ROOT / ".env.example").read_text("utf-8")
        settings = dict(line.split("=") for line in text.splitlines() if line and not line.startswith("#"))
        asked = re.findall(r"(?<!\$)\$\{(\w+)", (ROOT / "docker-compose.yml").read_text("utf-8"))
        assert settings == dict.fromkeys(asked, "")
        assert ".env" in (ROOT / ".gitignore").read_text("utf-8").splitlines()

    def test_no_plugin_is_loaded(self) -> None:
        settings = neo4j_settings()
        assert settings["dbms.security.procedures.allowlist"] == "db.*,dbms.*"
        assert "NEO4J_PLUGINS" not in NEO4J["environment"]
        assert not [name for name in settings if name.endswith("unrestricted")]

    def test_a_graph_can_be_closed_to_writing(self) -> None:
        assert NEO4J["environment"][READ_ONLY] == "${NEO4J_READ_ONLY_DATABASES:-}"
        assert setting(READ_ONLY) == "server.databases.read_only"

    def test_the_api_finds_neo4j(self) -> None:
        assert API["environment"]["NEO4J_URI"] == "bolt://neo4j:7687"
        assert API["build"] == "."

    def test_without_a_key_one_may_read_and_no_more(self) -> None:
        assert API["environment"]["SUYIN_PUBLIC"] == "${SUYIN_PUBLIC:-read}"
        assert ("ENV", "SUYIN_PUBLIC=read") in DOCKERFILE

    def test_keys_and_uploads_outlive_the_container(self) -> None:
        [volume, place] = API["volumes"][0].split(":")
        assert volume in COMPOSE["volumes"]
        assert ("ENV", f"SUYIN_DATA_DIR={place}") in DOCKERFILE

    @pytest.mark.parametrize("service", [NEO4J, API])
    def test_nothing_listens_beyond_this_machine(self, service: dict[str, Any]) -> None:
        assert service["ports"]
        assert all(port.startswith("127.0.0.1:") for port in service["ports"])

    @pytest.mark.parametrize("service", [NEO4J, API])
    def test_memory_is_bounded(self, service: dict[str, Any]) -> None:
        assert re.fullmatch(r"\d+g", service["mem_limit"])


class TestDockerfile:
    def test_debian_slim_since_the_embedded_store_has_no_musl_wheel(self) -> None:
        assert instruction("FROM") == "python:3.12-slim-bookworm"

    def test_runs_as_a_user(self) -> None:
        user = instruction("USER")
        assert user not in ("root", "0")
        runs = [rest for word, rest in DOCKERFILE if word == "RUN"]
        assert any(f"useradd --create-home --uid 1000 {user}" in rest for rest in runs)
        order = [word for word, _ in DOCKERFILE]
        assert order.index("USER") < order.index("CMD")

    def test_installs_the_tested_versions(self) -> None:
        assert ("RUN", "pip install -c constraints.txt .") in DOCKERFILE

    def test_its_command_is_one_of_ours(self) -> None:
        program, *arguments = json.loads(instruction("CMD"))
        assert program == "suyin"
        result = CliRunner().invoke(app, [*arguments[:1], "--help"], env={"COLUMNS": "200"})
        assert result.exit_code == 0
        options = {o for p in get_command(app).commands["serve"].params for o in p.opts}  # type: ignore[attr-defined]
        assert {a for a in arguments if a.startswith("--")} <= options
        assert arguments[arguments.index("--host") + 1] == "0.0.0.0"
        assert arguments[arguments.index("--port") + 1] == instruction("EXPOSE")

    def test_its_health_check_asks_a_route_of_ours(self) -> None:
        path = re.search(r"127\.0\.0\.1:8000(/\w+)", instruction("HEALTHCHECK"))
        assert path
        assert path[1] in create_app().openapi()["paths"]


def test_the_image_gets_all_that_the_installation_needs() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    kept = [line[1:] for line in lines if line.startswith("!")]
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    packages = re.findall(r'"(\w+)\*"', project)
    assert packages
    for needed in (*packages, "pyproject.toml", "constraints.txt", "README.md", "LICENSE"):
        assert any(fnmatch(needed, pattern) for pattern in kept), needed
