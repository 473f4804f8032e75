"""The Chromium that the system has, and whether its pages can show Chinese."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from viz.pictures import NO_SUGGESTIONS

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    NO_SUGGESTIONS,
]


def need_chromium(*, chinese: bool = False) -> str:
    """The program. Where it, or with `chinese` a font for what it prints, is missing, the test is skipped;
    it fails where SUYIN_REQUIRE_BROWSER is 1.
    """
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    candidates = [os.environ.get("SUYIN_CHROMIUM"), "/usr/bin/chromium", *map(shutil.which, names)]
    path = next((path for path in candidates if path and os.access(path, os.X_OK)), None)
    if path is None:
        _lacks("no Chromium: install it (apt-get install chromium) or name it in SUYIN_CHROMIUM")
    if chinese and not _chinese_fonts():
        _lacks("no Chinese font for the browser: install one (apt-get install fonts-noto-cjk)")
    assert path is not None
    return path


def _chinese_fonts() -> bool:
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, timeout=60, check=False)
    return bool(listed.stdout.strip())


def _lacks(reason: str) -> None:
    if os.environ.get("SUYIN_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
