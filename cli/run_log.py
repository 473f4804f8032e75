"""What a run over many files did, for programs: a log of JSON lines while it runs, figures at its end.

The log has a line for each file (`read`, `written`, `failed`), for each partition of a cluster, and one with
the sums (`done`), each as in the service's log: `event`, `level`, `timestamp`, and what belongs to it. The
figures are the same sums in Prometheus' text format, for the textfile collector of its node_exporter.
"""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Self, TypeVar

from extract.model import SuyinError
from extract.runs.items import Item

T = TypeVar("T")
_NUMBER = re.compile(r"\d[\d,.]*")


class RunLog:
    """Counts what a command did; writes it where `log` or `metrics` say a file. Raises SuyinError.

    `stages`: seconds by stage, added up over all processes that were at it.
    """

    def __init__(self, command: str, log: Path | None = None, metrics: Path | None = None) -> None:
        self.command, self.log, self.metrics = command, log, metrics
        self.documents = self.characters = self.edges = self.warnings = self.warned = 0
        self.nodes: Counter[str] = Counter()
        self.stages: defaultdict[str, float] = defaultdict(float)
        self.failures: Counter[str] = Counter()
        self._event: Callable[..., object] = lambda event, **values: None
        self._stack = ExitStack()
        self._began = time.perf_counter()

    def __enter__(self) -> Self:
        if self.log:
            self._event = self._opened(self.log)
            self._event("began", command=self.command)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._stack:
            totals = self.totals()
            self._event("done" if kind is None else "stopped", command=self.command, **totals)
        if self.metrics:
            _write_metrics(self.metrics, self.command, totals)

    def totals(self) -> dict[str, Any]:
        """All sums. `seconds`: by stage, and `all` by the clock; `failures`: how many for each reason."""
        return {
            "documents": self.documents,
            "characters": self.characters,
            "nodes": dict(self.nodes),
            "edges": self.edges,
            "warnings": self.warnings,
            "failures": dict(self.failures),
            "seconds": {stage: round(seconds, 3) for stage, seconds in self.stages.items()}
            | {"all": round(time.perf_counter() - self._began, 3)},
        }

    def read(
        self,
        file: Path,
        *,
        characters: int,
        nodes: Mapping[str, int],
        edges: int,
        warnings: int,
        seconds: float,
    ) -> None:
        """A document was read, in so many seconds of the process that did."""
        self._add(1, characters, nodes, edges, warnings)
        self.warned += warnings > 0
        self.took("reading", seconds)
        self._event("read", file=str(file), characters=characters, nodes=sum(nodes.values()), edges=edges,
                    warnings=warnings, seconds=round(seconds, 4))  # fmt: skip

    def partition(self, name: str, **sums: Any) -> None:
        """So many documents were read and written as one partition, by one process of a cluster.

        `sums`: documents, characters, nodes (by label), edges, warnings; seconds of `reading` and `writing`.
        """
        self._add(*(sums[each] for each in ("documents", "characters", "nodes", "edges", "warnings")))
        for stage in ("reading", "writing"):
            self.took(stage, sums[stage])
            sums[stage] = round(sums[stage], 3)
        self._event("partition", name=name, **sums | {"nodes": sum(sums["nodes"].values())})

    def tell(self, event: str, **values: object) -> None:
        """Anything else that is worth a line."""
        self._event(event, **values)

    def took(self, stage: str, seconds: float) -> None:
        self.stages[stage] += seconds

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.took(name, time.perf_counter() - began)

    def watch(self, work: Callable[[Item], T]) -> Callable[[Item], T]:
        """`work`, of which each failure is put down."""

        def watched(item: Item) -> T:
            try:
                return work(item)
            except SuyinError as error:
                self.failed(str(item.file), str(error))
                raise

        return watched

    def failed(self, file: str, reason: str) -> None:
        reason = " ".join(reason.removeprefix(f"{file}: ").split())
        kind = kind_of(reason)
        self.failures[kind] += 1
        self._event("failed", level="error", file=file, kind=kind, reason=reason)

    def _add(
        self, documents: int, characters: int, nodes: Mapping[str, int], edges: int, warnings: int
    ) -> None:
        self.documents += documents
        self.characters += characters
        self.nodes.update(nodes)
        self.edges += edges
        self.warnings += warnings

    def _opened(self, path: Path) -> Callable[..., object]:
        import structlog

        try:
            file = self._stack.enter_context(path.open("a", encoding="utf-8", buffering=1))
        except OSError as error:
            raise SuyinError(f"{path}: cannot be written ({error.strerror}); choose another --log") from error
        logger = structlog.wrap_logger(
            structlog.WriteLogger(file),
            processors=[
                structlog.processors.TimeStamper(fmt="iso"),
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            wrapper_class=structlog.BoundLogger,
        )
        return lambda event, level="info", **values: logger.msg(event, level=level, **values)


def kind_of(reason: str) -> str:
    """A reason without its particulars: `the file is empty; give …` is `the file is empty`."""
    return _NUMBER.sub("N", re.split(r"; | \(|: ", reason, maxsplit=1)[0])[:80]


def _write_metrics(path: Path, command: str, totals: Mapping[str, Any]) -> None:
    """Raises SuyinError."""
    from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

    registry = CollectorRegistry()

    def gauge(name: str, says: str, by: str | None, values: Mapping[str, float]) -> None:
        made = Gauge(f"suyin_run_{name}", says, ("command", *([by] if by else [])), registry=registry)
        for label, value in values.items():
            made.labels(command, *([label] if by else [])).set(value)

    for name in ("documents", "characters", "edges", "warnings"):
        gauge(name, f"{name} of the last run", None, {"": totals[name]})
    gauge("nodes", "nodes of the last run", "label", totals["nodes"])
    gauge("failures", "files that failed in the last run", "reason", totals["failures"])
    gauge("seconds", "seconds by stage, over all processes; all: by the clock", "stage", totals["seconds"])
    gauge("ended_timestamp_seconds", "when the last run ended", None, {"": time.time()})
    try:
        write_to_textfile(str(path), registry)
    except OSError as error:
        raise SuyinError(f"{path}: cannot be written ({error.strerror}); choose another --metrics") from error
