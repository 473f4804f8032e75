"""Reading many reports with a cluster of Dask: which partitions there are, and what becomes of each.

Dask schedules. A partition whose process ended is halved and tried again, until one report is left. That one
is tried once more when nothing else is under way: a process that ends then, ends because of it.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import PurePath

import dask
from distributed import Client, Future, KilledWorker, LocalCluster, as_completed
from distributed.utils import silence_logging_cmgr

from extract.cluster.places import Folder
from extract.cluster.tables import TABLES, Rows, finished
from extract.cluster.task import Job, Part, Tally, read_part
from extract.documents import PARTITIONS
from extract.metadata import Metadata
from extract.model import SuyinError

#: Reports of a partition: some seconds by the rules, and a file of a megabyte or two.
AT_ONCE = 200
LOCAL = "local"
_FORMAT = "suyin.partitions/1"
#: Seconds to reach a cluster, and for its first worker to join.
_PATIENCE = 20
#: Its profile of what a worker does, 100 times a second for an hour, takes some 100 MB of each.
_DASK = {
    "distributed.scheduler.allowed-failures": 0,
    "distributed.comm.timeouts.connect": _PATIENCE,
    "distributed.worker.profile.enabled": False,
}


class ClusterError(SuyinError):
    """A cluster that cannot be reached or does not do; names it and the fix."""


@contextmanager
def opened(address: str, workers: int) -> Iterator[Client]:
    """The cluster at an address, or one of so many processes on this machine. Raises ClusterError."""
    with dask.config.set(_DASK), silence_logging_cmgr(logging.CRITICAL):
        if address == LOCAL:
            with (
                LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    dashboard_address="127.0.0.1:0",
                    security=True,  # by keys of its own: nobody else on this machine may run something in it
                    silence_logs=logging.CRITICAL,
                ) as cluster,
                Client(cluster) as client,
            ):
                yield client
            return
        try:
            client = Client(address, timeout=_PATIENCE)
            client.wait_for_workers(1, timeout=_PATIENCE)
        except (OSError, TimeoutError, ValueError) as error:
            raise ClusterError(
                f"{address}: no cluster with workers answers ({error or 'time is over'}); start one: "
                f"dask scheduler, then on each machine: dask worker {address} --nthreads 1 --nworkers auto"
            ) from error
        with client:
            yield client


def begin(folder: Folder, job: Job, known: Mapping[str, Metadata]) -> set[str]:
    """Make ready for a run, or for the rest of one. Returns the files that need not be read again.

    What failed before is forgotten, to be tried again. Raises SuyinError where the folder is of another run.
    """
    told = json.dumps(sorted((name, str(entry)) for name, entry in known.items()))
    settings = {"format": _FORMAT, "reader": job.by, "suyin": job.version,
                "metadata": hashlib.sha256(told.encode()).hexdigest() if known else None}  # fmt: skip
    before = folder.read(PARTITIONS)
    if before is None:
        folder.write(PARTITIONS, json.dumps(settings, indent=1).encode())
    elif before != json.dumps(settings, indent=1).encode():
        raise SuyinError(f"{folder.address}: its partitions were read otherwise ({PARTITIONS} says how: "
                         "reader, metadata, version); choose another folder, or delete it")  # fmt: skip
    whole = set(folder.names("reports", ".parquet"))
    for table in TABLES:
        for name in folder.names(table, ".parquet"):
            if table == "failures" or name not in whole:  # a process ended over it
                folder.delete(f"{table}/{name}.parquet")
    return finished(folder)


def partitions(
    files: Sequence[str], done: set[str], known: Mapping[str, Metadata], at_once: int = AT_ONCE
) -> list[Part]:
    """Of the files that are not done; those that are next to each other together."""
    parts = []
    left = iter(file for file in files if file not in done)
    while some := tuple(islice(left, at_once)):
        parts.append(_part(some, known))
    return parts


def extract_on(client: Client, job: Job, parts: Sequence[Part]) -> Iterator[tuple[Part, Tally]]:
    """Each partition, or part of one, as soon as it is written. Raises SuyinError where that cannot go on."""
    waiting, suspects = deque(parts), deque[Part]()
    under_way: dict[Future[Tally], Part] = {}
    finishing = as_completed()
    while waiting or under_way or suspects:
        alone = not (waiting or under_way)
        source = suspects if alone else waiting
        while source and len(under_way) < (1 if alone else _threads(client)):
            part = source.popleft()
            future = client.submit(read_part, job, part, pure=False, key=f"read-{part.name}-{alone}")
            under_way[future] = part
            finishing.add(future)
        future = next(finishing)
        part = under_way.pop(future)
        try:
            yield part, future.result()
        except KilledWorker:
            if len(part.files) > 1:
                half = len(part.files) // 2
                waiting.extendleft(
                    _part(files, part.known) for files in (part.files[half:], part.files[:half])
                )
            elif not alone:
                suspects.append(part)
            else:
                yield part, _fail(job, part)
        except SuyinError:
            raise
        except Exception as error:
            raise ClusterError(
                f"the cluster: {type(error).__name__}: {error}; is Suyin with the extra cluster on all its "
                "workers, and are they there? The same command goes on where this ended"
            ) from error
        finally:
            future.release()


def _threads(client: Client) -> int:
    """How many reports the workers of the moment can read at a time."""
    threads: list[int] = [*client.nthreads().values()]
    return max(1, sum(threads))


def _part(files: tuple[str, ...], known: Mapping[str, Metadata]) -> Part:
    """The name depends on the files alone: what is read again takes the place of what was left of it."""
    name = hashlib.sha256("\n".join(files).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    own = {PurePath(file).name for file in files}
    return Part(name, files, {file: known[file] for file in own & known.keys()})


def _fail(job: Job, part: Part) -> Tally:
    """Put down the report that ended its process again and again."""
    [file] = part.files
    reason = (
        "reading it ended the process that read, again and again: by a fault in the file, for want of "
        f"memory, or as it took over {job.seconds:g} s (SUYIN_DOCUMENT_SECONDS); save it anew, or as .txt"
    )
    rows = Rows()
    rows.fail(file, reason)
    rows.write(Folder(job.folder), part.name)
    return Tally(failed={file: reason})
