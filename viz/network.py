"""The pyvis network that a map is written with, under a page template of our own.

pyvis' own template loads Bootstrap from a CDN and lets scripts through in headings and titles. Only its model
of nodes, edges and options and the vis-network files that it ships are used; what that rests on is checked.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib import resources
from typing import Any

import pyvis
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from viz.picture import MapError

_VIS = "lib/vis-9.1.2/vis-network"
_SCRIPTS = (
    "draw.js",
    "layout.js",
    "svg.js",
    "view.js",
    "columns.js",
    "map.js",
    "keys.js",
    "panel.js",
    "search.js",
    "tip.js",
    "link.js",
    "print.js",
    "events.js",
)
_STYLES = ("map.css", "panel.css", "table.css", "narrow.css", "framed.css", "print.css")
_MARK = 'data-suyin="map"'


class MapNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """A directed pyvis network with fixed positions that renders `templates/map.html`.

    `page`: the values of the template besides the network's own nodes, edges and options.
    Raises MapError where pyvis is not the release whose workings are relied on.
    """

    def __init__(self, *, page: dict[str, Any], options: dict[str, Any]) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        if pyvis.__version__ != "0.3.2" or not hasattr(self, "templateEnv") or not hasattr(self, "path"):
            raise MapError(f"map: pyvis {pyvis.__version__} is not 0.3.2; install pyvis==0.3.2")
        self.options = options
        self.path = "map.html"
        self.templateEnv = Environment(
            loader=PackageLoader("viz"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templateEnv.filters["fromjson"] = json.loads
        self.templateEnv.globals.update(page, **_assets())

    def write(self) -> str:
        """The page. Raises MapError where pyvis did not use our template."""
        html = str(self.generate_html())
        if _MARK not in html or len(self.nodes) != len(self.node_ids):
            raise MapError("map: pyvis did not write our template; install pyvis==0.3.2")
        return html


@cache
def _assets() -> dict[str, Any]:
    """The styles and scripts of the page, as text to inline, and the policy that lets only these run.

    `plain`: the style of the page where no script may run.
    """
    here, theirs = resources.files("viz"), resources.files("pyvis")
    styles = [
        theirs.joinpath(f"{_VIS}.css").read_text("utf-8"),
        *(here.joinpath(f"static/{name}").read_text("utf-8") for name in _STYLES),
    ]
    plain = here.joinpath("static/plain.css").read_text("utf-8")
    vis = re.sub(r"\n?//# sourceMappingURL=.*", "", theirs.joinpath(f"{_VIS}.min.js").read_text("utf-8"))
    scripts = [vis, *(here.joinpath(f"static/{name}").read_text("utf-8") for name in _SCRIPTS)]
    for text in (*styles, plain, *scripts):
        if re.search(r"</(script|style)|<!--", text, re.IGNORECASE):
            raise MapError("map: a script or style would end its own element; reinstall pyvis==0.3.2")
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; "
        f"style-src {_hashes([*styles, plain])}; script-src {_hashes(scripts)}"
    )
    return {
        "policy": policy,
        "styles": [Markup(s) for s in styles],
        "plain": Markup(plain),
        "scripts": [Markup(s) for s in scripts],
    }


def _hashes(texts: list[str]) -> str:
    """CSP sources for inlined texts. The browser hashes what stands between the tags."""
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)
