"""How soon pages and maps can be used, against empty ones with the same assets; how smoothly maps move.

`python -m bench browsing [--rounds N] [--write docs/speed.md]`

Needs Chromium and playwright. `suyin serve` runs in a process of its own on the sample reports; the empty
pages and a map of 300 boxes come from memory. Each page is opened in a browser without a cache, in turns. It
can be used when it has loaded, its map is drawn, and the last task of 50 ms or more has ended. Frames are
those that the browser paints while a mouse drags the map or zooms it.
"""

from __future__ import annotations

import re
import statistics
import tempfile
import threading
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from bench.lookup_servers import serve
from bench.pages import parser, show, table
from extract.pipeline import build_nlp, extract_report
from graph.load import load
from graph.schema import load_schema
from graph.store import open_store
from tests.support.browser import FLAGS, need_chromium
from tests.viz.crowd import crowd
from viz.maps import draw_graph

REPORTS = Path(__file__).parents[1] / "samples" / "reports"
REPORT = REPORTS / "university.txt"
#: What a page may take beside an empty one.
FACTOR, MORE = 1.5, 1000
_QUIET = 700  # ms without a long task
_ASSET = re.compile(r'(?:href|src)="(/(?:static|browse/kinds)[^"]*)"')
_HEAD = re.compile(r"<link[^>]*>|<script[^>]*></script>")
_SEEN = """(() => {
  const seen = top.seen ??= { at: 0 }, now = () => performance.timeOrigin + performance.now();
  const note = (at) => { seen.at = Math.max(seen.at, at); };
  new PerformanceObserver((list) => list.getEntries().forEach((task) =>
    note(performance.timeOrigin + task.startTime + task.duration)))
    .observe({ type: 'longtask', buffered: true });
  addEventListener('load', () => note(now()));
  new MutationObserver((_, watch) => {
    if (document.body?.dataset.ready) { note(now()); watch.disconnect(); }
  }).observe(document, { attributes: true, childList: true, subtree: true, attributeFilter: ['data-ready'] });
})()"""
_FRAMES = """() => { const at = []; window.frames_at = at;
  const step = (now) => { at.push(now); if (window.frames_at === at) requestAnimationFrame(step); };
  requestAnimationFrame(step); }"""
_STOP = "() => { const at = window.frames_at; window.frames_at = null; return at; }"


@dataclass(frozen=True, slots=True)
class Place:
    """A page: where it is, how many maps it draws, and the empty page that it is compared with."""

    name: str
    address: str
    maps: int
    empty: str = ""


def interactive(browser: Any, place: Place) -> float:
    """Milliseconds from the start of the navigation until the page can be used."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    try:
        page = context.new_page()
        page.add_init_script(_SEEN)
        page.goto(place.address, wait_until="load")
        for frame in page.frames[-place.maps :] if place.maps else ():
            frame.wait_for_selector("body[data-ready=yes]")
        page.wait_for_timeout(_QUIET)
        return float(page.evaluate("seen.at - performance.timeOrigin"))
    finally:
        context.close()


def frames(browser: Any, address: str, doing: str) -> list[float]:
    """Milliseconds between frames while a map is dragged or zoomed."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    try:
        page.goto(address)
        page.wait_for_selector("body[data-ready=yes]")
        page.mouse.move(640, 450)
        page.evaluate(_FRAMES)
        if doing == "drag":
            page.mouse.down()
            for i in range(90):
                page.mouse.move(640 + 3 * (i % 30), 450 - 4 * min(i, 60))
                page.wait_for_timeout(8)
            page.mouse.up()
        else:
            page.keyboard.down("Control")
            for i in range(60):
                page.mouse.wheel(0, -60 if i % 30 < 15 else 60)
                page.wait_for_timeout(8)
        at = page.evaluate(_STOP)
        return [after - before for before, after in pairwise(at)]
    finally:
        page.close()


@contextmanager
def from_memory(bodies: Mapping[str, tuple[str, bytes]]) -> Iterator[str]:
    """Serves (type, bytes) by path; the address of the server."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = bodies.get(self.path, ("text/plain", b""))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: it would take time."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def bodies(page: str, at: str) -> dict[str, tuple[str, bytes]]:
    """An empty page with the assets of `page` and an empty map, that map, a map of 300 boxes."""

    def drawn(problems: int, causes: int) -> tuple[str, bytes]:
        html = draw_graph(crowd(problems, causes), load_schema(), title="一份报告")
        return "text/html; charset=utf-8", html.encode()

    found: dict[str, tuple[str, bytes]] = {}
    for path in dict.fromkeys(_ASSET.findall(page)):
        with urllib.request.urlopen(f"{at}{path}") as answer:
            found[path] = answer.headers["Content-Type"], answer.read()
    head = "".join(tag for tag in _HEAD.findall(page) if 'rel="icon"' not in tag)
    empty = f'<!doctype html><meta charset="utf-8">{head}<main></main><iframe src="/map"></iframe>'
    return found | {
        "/": ("text/html; charset=utf-8", empty.encode()),
        "/map": drawn(0, 0),
        "/300": drawn(180, 119),
    }


def measure(rounds: int) -> str:
    """The two tables."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        nlp = build_nlp()
        with open_store(uri=None, data_dir=folder) as store:
            for path in sorted(REPORTS.glob("*.txt")):
                load(extract_report(path, nlp=nlp), store)
            found = extract_report(REPORT, nlp=nlp).report
        with serve(Path(folder)) as host, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=need_chromium(), args=FLAGS)
            report = f"http://{host}/browse/reports/{found.id}"
            wanted = urllib.request.Request(report, headers={"Accept": "text/html"})
            with urllib.request.urlopen(wanted) as answer:
                page = answer.read().decode()
            with from_memory(bodies(page, f"http://{host}")) as memory:
                places = [
                    Place("empty page with the assets of a report's", f"{memory}/", 1),
                    Place(f"a report, {found.chars:,} characters, with its map", report, 1, f"{memory}/"),
                    Place("empty map", f"{memory}/map", 1),
                    Place("map of that report", f"{report}/map", 1, f"{memory}/map"),
                    Place("map of 300 boxes", f"{memory}/300", 1, f"{memory}/map"),
                ]
                times: dict[str, list[float]] = {place.address: [] for place in places}
                for turn in range(rounds + 1):  # the first warms up and does not count
                    for place in places:
                        took = interactive(browser, place)
                        if turn:
                            times[place.address].append(took)
                moved = [
                    (place.name, doing, frames(browser, place.address, doing))
                    for place in places[-2:]
                    for doing in ("drag", "zoom")
                ]
            browser.close()
    return f"{_soon(places, times, rounds)}\n\n{_smooth(moved)}"


def _soon(places: Sequence[Place], times: Mapping[str, list[float]], rounds: int) -> str:
    middle = {address: statistics.median(taken) for address, taken in times.items()}
    rows = []
    for place in places:
        took, empty = middle[place.address], middle.get(place.empty)
        rows.append(
            (
                place.name,
                f"{took:,.0f}",
                f"{took / empty:.2f}" if empty else 1,
                "" if empty is None else "yes" if took <= FACTOR * empty + MORE else "no",
            )
        )
    return f"Medians of {rounds}:\n\n" + table(
        ("page", "ms until it can be used", "ratio", f"≤ {FACTOR} × empty + {MORE // 1000} s"), rows
    )


def _smooth(moved: Sequence[tuple[str, str, list[float]]]) -> str:
    return table(
        ("map", "doing", "frames", "median, ms", "95 %, ms"),
        [
            (
                name,
                doing,
                len(taken),
                f"{statistics.median(taken):.1f}",
                f"{statistics.quantiles(taken, n=20)[-1]:.1f}",
            )
            for name, doing, taken in moved
        ],
    )


def main(arguments: Sequence[str]) -> None:
    cli = parser("browsing", __doc__)
    cli.add_argument("--rounds", type=int, default=5, metavar="N")
    options = cli.parse_args(arguments)
    show(measure(options.rounds), "browsing", options.write)
