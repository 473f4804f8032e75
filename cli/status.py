"""`suyin status`, `suyin stop`, `suyin check`: what the store holds, whether it runs and is right."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import runs, tables
from cli.options import AsJson
from cli.terminal import show, show_json

if TYPE_CHECKING:
    from graph.store import GraphStore


def status(as_json: AsJson = False) -> None:
    """图库里有什么 · What the graph holds

    例 Example: suyin status --json
    """
    with runs.opened_store() as store:
        counts, digest, running = store.counts(), store.digest(), kept(store)
    if as_json:
        show_json({"digest": digest, **counts, "running": running and running.to_dict()})
    else:
        tables.show_counts(counts, digest)
        if running:
            show(f"\n{running}")


def stop(
    force: Annotated[
        bool, typer.Option("--force", help="即使别的进程在用 · also where other processes use it")
    ] = False,
) -> None:
    """结束命令之后还在运行的内置图库 · End the embedded store that runs on after a command

    例 Example: suyin stop
    """
    from graph.embedded_run import stop_running
    from graph.places import store_dir

    process = stop_running(store_dir(), force=force)
    show(
        "内置图库没有在运行 the embedded store does not run"
        if process is None
        else f"已结束 stopped: 进程 process {process}"
    )


def check(as_json: AsJson = False) -> None:
    """核对图库：每处引文都是原文中的那一段？ · Is every quote in the graph its slice of the text?

    例 Example: suyin check
    """
    from graph.verify import Checked, check_store

    checked = Checked()
    with runs.opened_store() as store:
        faults = [asdict(fault) for fault in check_store(store, checked)]
    if as_json:
        show_json({**asdict(checked), "violations": faults})
    else:
        tables.show_checked(checked, faults)
    raise typer.Exit(bool(faults))


@dataclass(frozen=True, slots=True)
class Kept:
    """Since when it runs, and when it ends if nobody uses it from now on; `idle` in seconds."""

    process: int
    since: str
    idle: float
    ends: str

    def __str__(self) -> str:
        return (
            f"内置图库在运行，进程 {self.process}，始于 {self.since}；"
            f"此后不用，{self.ends} 结束；suyin stop 立即结束\n"
            f"the embedded store runs, process {self.process}, since {self.since}; "
            f"unused from now on it ends at {self.ends}; suyin stop ends it now"
        )

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def kept(store: GraphStore) -> Kept | None:
    """None of a Neo4j, and of a store that ends with the process that started it."""
    server = store.connection().server
    if server is None or not server.info.idle:
        return None
    info = server.info
    since, now = datetime.fromtimestamp(info.born).astimezone(), datetime.now().astimezone()
    ends = now + timedelta(seconds=info.idle)
    return Kept(info.pid, since.isoformat(" ", "seconds"), info.idle, ends.isoformat(" ", "seconds"))
