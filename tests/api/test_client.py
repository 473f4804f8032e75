"""The Python client that docs/api.md says how to generate: generated so, it answers as the service does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.settings import load_settings
from graph.load import load
from graph.store import GraphStore
from tests.api.conftest import Lent, served
from tests.graph.data import audit, feedback

MANUAL = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
_ADDRESS = "http://127.0.0.1:8000"
#: An upload, which goes as a form and comes back as a model, and an error, which is one too.
_MORE = """
from suyin_client.api.上传_uploads import upload
from suyin_client.api.问题_problems import get_problem
from suyin_client.models import UploadFilesBody
from suyin_client.types import File

text = "关于石桥镇的审计报告\\n一、存在的主要问题\\n（一）账目混乱。\\n".encode()
sent = upload.sync(client=client, body=UploadFilesBody(file=[File(payload=__import__("io").BytesIO(text), file_name="a.txt")]))
print(sent.files[0].name, sent.total)
print(get_problem.sync("none", client=client).type_)
"""


def manual(language: str) -> str:
    """The code of this language in the section on the client."""
    section = MANUAL.partition("## Python 客户端")[2].partition("\n## ")[0]
    found = re.search(rf"```{language}\n(.*?)```", section, re.DOTALL)
    assert found
    return found[1]


def run(*command: object, cwd: Path) -> str:
    done = subprocess.run(
        [*map(str, command)], cwd=cwd, capture_output=True, encoding="utf-8", timeout=600, check=False
    )
    assert done.returncode == 0, (command, done.stdout[-3000:], done.stderr[-3000:])
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that has the generator, as pipx makes one; it comes from the package index."""
    if os.environ.get("SUYIN_REQUIRE_CLIENT") != "1":
        pytest.skip("fetches a generator of clients; make test-full")
    folder = tmp_path_factory.mktemp("generator")
    generator = manual("sh").split()[2]
    run(sys.executable, "-m", "venv", folder, cwd=folder)
    run(folder / "bin" / "pip", "install", "-q", "--disable-pip-version-check", generator, cwd=folder)
    return folder / "bin"


def test_what_the_manual_says_makes_a_client_that_works(
    installed: Path, embedded_store: GraphStore, tmp_path: Path
) -> None:
    for report in (feedback(), audit()):
        load(report, embedded_store)
    settings = load_settings(data_dir=tmp_path, reader="rules", public="write")
    with served(create_app(lambda: Lent(embedded_store), settings)) as address:
        command = manual("sh").replace(_ADDRESS, address).split()[3:]
        said = run(installed / "openapi-python-client", *command, cwd=tmp_path)
        assert "Endpoint will not be generated" not in said, said
        program = tmp_path / "program.py"
        program.write_text(manual("python").replace(_ADDRESS, address) + _MORE, "utf-8")
        lines = run(installed / "python", program, cwd=tmp_path).splitlines()
        problems = httpx.get(f"{address}/problems", params={"category": "assets", "limit": 3}).json()["items"]
        related = httpx.get(f"{address}/recommendations/related", params={"text": "专项资金闲置"}).json()
    expected = [f"{p['report']['title']} {p['place']['start']} {p['quote']}" for p in problems]
    expected += [f"{one['likeness']} {one['recommendation']['text']}" for one in related["items"]]
    assert len(problems) > 1
    assert related["items"]
    assert lines == [*expected, "a.txt 1", "urn:suyin:error:not-found"]
