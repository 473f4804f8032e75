"""The log: a line of JSON for each event on stderr, or, on a terminal, a line for people."""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.types import Processor


def write_logs(*, json: bool | None = None) -> None:
    """Let all loggers write so, with the id of the request that they speak of.

    `json`: by default where stderr is no terminal.
    """
    json = not sys.stderr.isatty() if json is None else json
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso"),
    ]
    last: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if json:
        last += [structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer(ensure_ascii=False)]
    else:
        last.append(structlog.dev.ConsoleRenderer())
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=last, foreign_pre_chain=common))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("suyin").setLevel(logging.INFO)
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # an error of ours says the same in one line
