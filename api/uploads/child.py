"""The process that reads: it knows no store and no password, and may be killed at any time.

It is told one JSON object a line on its standard input and answers on its standard output:
{"list": PATH, "most": N} -> {"reports": [PATH…]}; {"read": PATH, "out": FILE, "seconds": N} -> {"pages":
[read, in all]} any number of times, then {"done": true}, with the findings in FILE and the text in FILE.txt.
To either the answer may be {"error": LINE}.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from extract.documents import to_json, write_text
from extract.model import SuyinError
from extract.readers import find_reports
from extract.runs.batch import Reader


def main(memory: int, by: str) -> None:
    """Answer until the standard input closes. `memory`: bytes of address space; `by`: see `Reader`."""
    _limit(memory)
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print is no answer of ours
    asked: queue.Queue[dict[str, Any]] = queue.Queue()
    threading.Thread(target=_listen, args=(asked,), daemon=True).start()

    def say(**what: Any) -> None:
        channel.write(json.dumps(what) + "\n")
        channel.flush()

    reader = Reader(
        progress=lambda read, pages: say(pages=[read, pages]), by="model" if by == "model" else "rules"
    )
    while True:
        task = asked.get()
        try:
            if "list" in task:
                found = islice(find_reports(Path(task["list"])), task["most"])
                say(reports=[os.fspath(path) for path in found])
            else:
                _alarm(task["seconds"])
                _read(reader, Path(task["read"]), Path(task["out"]))
                say(done=True)
        except SuyinError as error:
            say(error=str(error))
        except MemoryError:
            say(error="needs more memory than it is given; split it")
        except RecursionError:
            say(error="is nested too deeply; save it anew, or as .txt")
        except Exception as error:  # noqa: BLE001 - one report's fault stays its own
            say(error=f"unexpected {type(error).__name__}; report it as a fault of Suyin")
        finally:
            _alarm(0)


def _read(reader: Reader, path: Path, out: Path) -> None:
    findings = reader.report(path)
    write_text(out, to_json(findings))
    with open(f"{out}.txt", "w", encoding="utf-8", errors="surrogatepass", newline="") as file:
        file.write(findings.source_text or "")


def _listen(asked: queue.Queue[dict[str, Any]]) -> None:
    """Where the service ends, also by force, its standard input closes: then this process ends too."""
    lines: TextIO = sys.stdin
    for line in lines:
        asked.put(json.loads(line))
    os._exit(0)


def _alarm(seconds: float) -> None:
    """The system ends this process then, even where nobody is left who would."""
    if hasattr(signal, "alarm"):
        signal.alarm(int(seconds))


def _limit(memory: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has none, macOS does not heed it
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
