"""What the repository must hold, and what it must not."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from cli.program import app

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")
COMMANDS = [
    str(command.name or command.callback.__name__)  # type: ignore[union-attr]
    for command in app.registered_commands
] + [str(group.name) for group in app.registered_groups]

#: Paths of somebody's machine.
MACHINE = re.compile(
    "|".join(
        [re.escape(f"{ROOT}/"), re.escape(f"{Path.home()}/"), r"/(?:home|Users)/\w+/", r"[A-Z]:\\\\?Users\\"]
    )
)
#: Where packages come from is set up on a machine, not in the repository.
PACKAGE_HOST = re.compile(
    r"--(?:extra-)?index-url|--find-link[s]|--trusted-hos[t]"
    r"|https?://[\w.-]*(?:pypi\.|pythonhosted|npmjs|maven\.org|repo\d?\.maven|artifactory|nexus|mirror)"
    r"|https?://[\w.-]+\.(?:internal|local|lan)\b|https?://(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d",
    re.IGNORECASE,
)


def tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True, encoding="utf-8"
    ).stdout
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in tracked():
        try:
            found.append((path, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue  # pictures, and samples in other encodings
    return found


@pytest.mark.parametrize("pattern", [MACHINE, PACKAGE_HOST])
def test_nothing_of_a_machine_is_tracked(pattern: re.Pattern[str]) -> None:
    found = [f"{path.relative_to(ROOT)}: {hit[0]}" for path, text in texts() if (hit := pattern.search(text))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("pattern", "example"),
    [
        (MACHINE, f"{ROOT}/extract/text/clean.py"),
        (MACHINE, "/" + "home/you/x"),
        (PACKAGE_HOST, "--" + "find-links wheels"),
        (PACKAGE_HOST, "https:" + "//pypi.somewhere.cn/simple"),
        (PACKAGE_HOST, "http:" + "//10.0.0.3/wheels"),
    ],
)
def test_that_search_finds(pattern: re.Pattern[str], example: str) -> None:
    assert pattern.search(example)


def test_no_real_report_is_tracked() -> None:
    assert not [path for path in tracked() if "kejiju" in path.name]


@pytest.mark.skipif(not os.environ.get("SUYIN_GOLD_DIRS"), reason="SUYIN_GOLD_DIRS names no other reports")
def test_no_text_of_a_report_outside_is_tracked() -> None:
    ours = {path.name for path in tracked()}
    folders = [Path(folder) / "reports" for folder in os.environ["SUYIN_GOLD_DIRS"].split(os.pathsep)]
    reports = [path for folder in folders for path in folder.glob("*.txt") if path.name not in ours]
    assert reports, f"no reports that are not samples in {folders}"
    together = "\n".join("".join(text.split()) for _, text in texts())
    for report in reports:
        lines = ("".join(line.split()) for line in report.read_text(encoding="utf-8").splitlines())
        copied = [line for line in lines if len(line) >= 35 and line in together]
        assert not copied, f"{report.name}: {copied[:3]}"


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(readme: str, command: str) -> None:
    assert re.search(rf"\bsuyin {command}\b", (ROOT / readme).read_text(encoding="utf-8"))


def test_every_make_target_is_listed() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    described = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert described == set(phony[1].split())


def test_changelog_has_unreleased_changes() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    section = re.search(r"^## Unreleased\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    assert section
    assert re.search(r"^- \S", section[1], re.MULTILINE)


def test_links_between_documents_lead_somewhere() -> None:
    dead = []
    for path, text in texts():
        if path.suffix == ".md":
            for target in re.findall(r"\]\(([^)#\s]+)", text):
                if "://" not in target and not (path.parent / target).exists():
                    dead.append(f"{path.relative_to(ROOT)}: {target}")
    assert not dead, "\n".join(dead)


def test_every_direct_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins: dict[str, list[Requirement]] = {}
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            pin = Requirement(line)
            pins.setdefault(canonicalize_name(pin.name), []).append(pin)
    direct = sum(project["optional-dependencies"].values(), project["dependencies"])
    for need in map(Requirement, direct):
        for pin in pins[canonicalize_name(need.name)]:
            (version,) = pin.specifier
            assert version.operator == "=="
            assert need.specifier.contains(version.version), f"{pin} does not fit {need}; say: make lock"


def test_every_data_file_is_installed() -> None:
    """An installation that is not editable has only what package-data names."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    patterns = [f"{package}/{glob}" for package, globs in settings["package-data"].items() for glob in globs]
    packages = ("extract", "graph", "viz", "api", "cli")
    files = [path.relative_to(ROOT) for path in tracked() if path.suffix != ".py"]
    data = [path for path in files if path.parts[0] in packages]
    assert len(data) > 20
    assert [str(path) for path in data if not any(path.match(pattern) for pattern in patterns)] == []
