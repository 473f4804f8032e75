"""What `suyin draw` does: finds the reports that are meant, or what many say on one thing, and draws them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cli import runs, terminal
from cli.naming import find_report
from extract.model import SuyinError
from extract.runs.batch import Reader
from graph.build import build_graph
from graph.data import GraphData
from graph.gather import gather_category, gather_policy, gather_unit, join
from graph.read import read_graph
from graph.schema import load_schema
from viz.maps import draw_graph
from viz.picture import caption
from viz.words import WORDS, Lang

if TYPE_CHECKING:
    from extract.reading import ReaderName

#: The things that many reports speak of.
ABOUT = {"category": gather_category, "policy": gather_policy, "unit": gather_unit}


def draw_reports(names: Sequence[str], lang: Lang, by: ReaderName) -> str:
    """The page of one report, or of several in one map. A name is that of a file, or else the id or title
    of a report in the graph. Raises SuyinError.
    """
    files = [name for name in names if Path(name).exists() or _is_file(name)]
    graphs: dict[str, GraphData] = {}
    with terminal.Bars() as bars:
        reader = Reader(progress=bars.pages, by=by)
        for name in files:
            findings = reader.report_or_document(Path(name))
            runs.show_warnings(Path(name), findings.report.warnings)
            graphs[name] = build_graph(findings)
    if others := [name for name in names if name not in files]:
        with runs.opened_store() as store:
            for name in others:
                graph = read_graph(store, find_report(store, name))
                if graph is None:
                    raise SuyinError(f"{name}: the report has just been deleted")
                graphs[name] = graph
    drawn = [graphs[name] for name in dict.fromkeys(names)]
    titles = [caption(next(n for n in graph.nodes if n.label == "Report")) for graph in drawn]
    if len(drawn) == 1:
        return draw_graph(drawn[0], load_schema(), title=titles[0], lang=lang)
    title = WORDS[lang]["several"].format(len(drawn), titles[0])
    return draw_graph(join(drawn, title), load_schema(), title=title, lang=lang)


def draw_about(kind: str, name: str, lang: Lang) -> str:
    """The page of what all reports in the graph say on a thing of ABOUT. Raises SuyinError."""
    with runs.opened_store() as store:
        found = ABOUT[kind](store, name)
    title = found.zh if lang == "zh" else found.en
    return draw_graph(found.data, load_schema(), title=title, lang=lang, more=found.more)


def _is_file(name: str) -> bool:
    """A file that is not there is to be told of as such, not looked for in the graph."""
    return re.fullmatch(r"\.[A-Za-z]{2,5}", Path(name).suffix) is not None
