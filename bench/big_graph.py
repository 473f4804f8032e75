"""A Neo4j that holds the graph of many generated reports, by the way of Neo4j's own import."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path

from spacy.language import Language

from bench.corpus import as_source, generate
from extract.model import Findings
from extract.pipeline import build_nlp, extract_source
from graph.bulk import ImportFiles
from tests.support.neo4j_server import import_files, start_neo4j

#: For a graph that does not fit into what the tests give their server.
_MEMORY = {"server.memory.heap.max_size": "1g", "server.memory.pagecache.size": "1g"}
#: Reports after which the problems are counted.
_AT_ONCE = 400


@contextmanager
def big_graph(problems: int, seed: int) -> Iterator[None]:
    """Name in the environment a Neo4j with a graph of at least so many problems; its files go with it.

    One that NEO4J_URI names already is left as it is, whatever it holds. Raises Unavailable.
    """
    if os.environ.get("NEO4J_URI"):
        yield
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        files, home = Path(folder, "import"), Path(folder, "home")
        files.mkdir()
        write_files(files, problems, seed)
        import_files(files, home)
        server = start_neo4j(home, _MEMORY)
        os.environ |= {"NEO4J_URI": server.uri, "NEO4J_USER": server.user, "NEO4J_PASSWORD": server.password}
        try:
            yield
        finally:
            server.stop()


def write_files(folder: Path, problems: int, seed: int) -> None:
    """The files of an import of generated reports, as many as it takes."""
    found = 0
    reports = generate(seed, 10**9)
    with ProcessPoolExecutor(os.cpu_count()) as pool, ImportFiles(folder) as files:
        while found < problems and (some := list(islice(reports, _AT_ONCE))):
            for report in pool.map(_read, some, chunksize=20):
                files.add(report)
                found += sum(1 for _ in report.by_label("Problem"))


@cache
def _pipeline() -> Language:
    return build_nlp()


def _read(made: tuple[str, str]) -> Findings:
    return extract_source(as_source(*made), nlp=_pipeline())
