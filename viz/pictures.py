"""A map as a file: the page itself, or a picture of it that the system's own browser makes.

The page writes its SVG and lays out its sheets of A4 by itself (static/print.js); the browser opens it.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from extract.documents import write_bytes, write_text
from extract.model import SuyinError

PAGES = (".html", ".htm")
#: Browsers by the names of their programs, and by what playwright calls those that it finds by itself.
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome", "microsoft-edge")
_CHANNELS = ("chrome", "msedge")
#: Without it Chromium loads what an address bar that nobody sees suggests: more work than a map.
NO_SUGGESTIONS = "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup"
_LARGEST = 16_000  # pixels of a picture's side that the browser can make


class PictureError(SuyinError):
    """A map that cannot be written under this name; says what is needed."""


def is_page(path: Path) -> bool:
    """Whether a map of this name is the page itself."""
    return path.suffix.lower() in PAGES


def check_name(path: Path) -> None:
    """Raises PictureError, before any work, where a map cannot be written under this name."""
    if is_page(path):
        return
    if path.suffix.lower() not in _MAKERS:
        raise PictureError(f"{path}: 图只能存为 · a map is written as .html, {', '.join(_MAKERS)}")
    with _browser(path):
        pass


def write_map(path: Path, page: str) -> None:
    """Write the page, or a picture of it, by the ending of the name. Raises PictureError, SuyinError."""
    if is_page(path):
        write_text(path, page)
        return
    with _browser(path) as browser:
        made = _MAKERS[path.suffix.lower()](browser, page)
    write_bytes(path, made)


@contextmanager
def _browser(path: Path) -> Iterator[Any]:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise _needs(path, "playwright: make setup EXTRAS=dev,notebook,picture") from error
    program = next(filter(None, (os.environ.get("SUYIN_CHROMIUM"), *map(shutil.which, _PROGRAMS))), None)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    flags = ["--disable-gpu", NO_SUGGESTIONS, *(["--no-sandbox"] if root else [])]
    with sync_playwright() as playwright:
        ways: list[dict[str, Any]] = (
            [{"executable_path": program}] if program else [{"channel": channel} for channel in _CHANNELS]
        )
        for way in ways:
            try:
                browser = playwright.chromium.launch(args=flags, **way)
            except Error:
                continue
            try:
                yield browser
            except Error as error:
                said = str(error).partition("\n")[0]
                raise PictureError(f"{path}: the browser failed ({said}); write .html instead") from error
            finally:
                browser.close()
            return
    raise _needs(path, "Chromium, Chrome or Edge (or its program's path in SUYIN_CHROMIUM)")


def _needs(path: Path, what: str) -> PictureError:
    return PictureError(f"{path}: 需要 · needs {what}; 或存为 .html 再打印 · or write .html and print that")


def _opened(browser: Any, page: str) -> Any:
    with tempfile.TemporaryDirectory(prefix="suyin-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "map.html"
        file.write_text(page, "utf-8")
        tab = browser.new_context(offline=True, viewport={"width": 1600, "height": 1000}).new_page()
        tab.goto(file.as_uri())
        tab.wait_for_selector("body[data-ready=yes]")
        return tab


def _svg(browser: Any, page: str) -> bytes:
    return str(_opened(browser, page).evaluate("Suyin.picture.svg()")).encode("utf-8", "replace")


def _pdf(browser: Any, page: str) -> bytes:
    return bytes(_opened(browser, page).pdf(prefer_css_page_size=True, print_background=True))


def _png(browser: Any, page: str) -> bytes:
    svg = _svg(browser, page).decode()
    width, height = (int(float(n)) + 1 for n in re.findall(r' (?:width|height)="([\d.]+)"', svg[:400])[:2])
    tab = browser.new_context(
        offline=True,
        java_script_enabled=False,
        viewport={"width": width, "height": height},
        device_scale_factor=max(min(2.0, _LARGEST / max(width, height)), 0.1),
    ).new_page()
    tab.set_content(f"<!doctype html><style>body{{margin:0}}svg{{display:block}}</style>{svg}")
    return bytes(tab.screenshot(type="png"))


_MAKERS: dict[str, Callable[[Any, str], bytes]] = {".svg": _svg, ".png": _png, ".pdf": _pdf}
