"""The embedded store that runs on after a command, as `suyin status` tells of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph.store import GraphStore


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
