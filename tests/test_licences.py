"""No dependency of Suyin, however indirect, in any extra, is under the GPL or AGPL (LGPL may stay)."""

from __future__ import annotations

import os
import re
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

#: Package -> why it may stay though its metadata read like the GPL or say nothing. Empty is best.
EXCEPTIONS: dict[str, str] = {
    "axe-playwright-python": "its metadata name none; its LICENSE file is MIT, the axe-core in it MPL-2.0"
}

#: Extras of gigabytes (torch), which CI does not install: their licences are looked into where they are installed.
LARGE = {"train"}

GPL = re.compile(r"(?<![A-Z])A?GPL|(?<!Lesser )(?<!Library )General Public Licen[sc]e|Affero", re.IGNORECASE)


def stated_licences(meta: metadata.PackageMetadata) -> list[str]:
    """What the metadata say: an SPDX expression, else the classifiers and the first line of the free text."""
    if expression := meta.get("License-Expression"):
        return [expression]
    classifiers = meta.get_all("Classifier") or ()
    said = [c.rpartition("::")[2].strip() for c in classifiers if c.startswith("License ::")]
    free = (meta.get("License") or "").strip().partition("\n")[0]
    return said + [free] * (free not in ("", "UNKNOWN"))


def is_gpl(licence: str) -> bool:
    """Whether nothing but the GPL or AGPL is offered: in "MIT OR GPL-2.0" one may take the first."""
    return all(GPL.search(choice) for choice in re.split(r"\s+OR\s+", licence))


def dependencies(root: str, *extras: str) -> dict[str, metadata.Distribution]:
    """All installed distributions that `root` with its extras needs, by canonical name.

    Raises PackageNotFoundError where one is not installed.
    """
    todo = [(root, frozenset(["", *extras]))]
    seen: set[tuple[str, frozenset[str]]] = set()
    found: dict[str, metadata.Distribution] = {}
    while todo:
        name, wanted = todo.pop()
        if (name, wanted) in seen:
            continue
        seen.add((name, wanted))
        found[name] = metadata.distribution(name)
        for text in found[name].requires or ():
            need = Requirement(text)
            if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in wanted):
                todo.append((canonicalize_name(need.name), frozenset(["", *need.extras])))
    return found


@pytest.fixture(params=sorted(metadata.metadata("suyin").get_all("Provides-Extra") or []))
def found(request: pytest.FixtureRequest) -> dict[str, metadata.Distribution]:
    """What Suyin with one of its extras needs; skipped where that is not installed."""
    extra = request.param
    try:
        return dependencies("suyin", extra)
    except metadata.PackageNotFoundError as missing:
        if os.environ.get("SUYIN_REQUIRE_EXTRAS") == "1" and extra not in LARGE:
            pytest.fail(f"SUYIN_REQUIRE_EXTRAS is set, but the extra {extra} needs {missing.name}")
        pytest.skip(f"the extra {extra} is not installed (no {missing.name}): make setup EXTRAS=dev,{extra}")


def test_all_dependencies_may_be_used(found: dict[str, metadata.Distribution]) -> None:
    assert {"spacy", "neo4j", "fastapi", "pyvis", "numpy"} <= found.keys()
    bad = []
    for name, dist in sorted(found.items()):
        licences = stated_licences(dist.metadata)
        if name not in EXCEPTIONS and (not licences or any(map(is_gpl, licences))):
            bad.append(f"{name} {dist.version}: {licences or 'says no licence'}")
    assert not bad, "\n".join(bad)


def test_extras_are_looked_into() -> None:
    assert "pytest" in dependencies("suyin", "dev")
    assert "pytest" not in dependencies("suyin")


def test_exceptions_are_needed(found: dict[str, metadata.Distribution]) -> None:
    for name in EXCEPTIONS.keys() & found.keys():
        licences = stated_licences(found[name].metadata)
        assert not licences or any(map(is_gpl, licences)), f"{name} needs no exception any more"


@pytest.mark.parametrize(
    "licence",
    [
        "GPL-3.0-only",
        "GPLv2",
        "AGPL-3.0-or-later",
        "GNU General Public License v3 (GPLv3)",
        "GPL-2.0-only OR AGPL-3.0-only",
        "MIT AND GPL-2.0-only",
        "GNU Affero General Public License v3",
    ],
)
def test_is_gpl(licence: str) -> None:
    assert is_gpl(licence)


@pytest.mark.parametrize(
    "licence",
    [
        "MIT",
        "LGPL-2.1-or-later",
        "LGPLv3",
        "GNU Lesser General Public License v3 (LGPLv3)",
        "MPL-2.0",
        "GNU Library General Public License v2",
        "MIT OR GPL-2.0-only",
        "BSD-3-Clause AND LGPL-2.1-only",
    ],
)
def test_is_not_gpl(licence: str) -> None:
    assert not is_gpl(licence)
