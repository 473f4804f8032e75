"""An archive of the Java classes of the embedded store, with which its JVM starts in half the time.

It is made once for each version (graph.embedded_training), by a process of its own that works in the
background when a store was left to itself and nobody uses it. The JVM ignores one that does not fit its jars.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from contextlib import suppress
from importlib import metadata
from pathlib import Path


def archive_file() -> Path | None:
    """Where it is, or would be: in XDG_CACHE_HOME or ~/.cache; None where SUYIN_ARCHIVE=0 wants none."""
    if os.environ.get("SUYIN_ARCHIVE") == "0":
        return None
    made_of = [metadata.version("arcadedb-embedded"), metadata.version("jpype1"), sys.prefix]
    name = hashlib.sha256("\n".join(made_of).encode(errors="surrogateescape")).hexdigest()[:16]
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "suyin" / f"store-{name}.aot"


def failed_file(archive: Path) -> Path:
    """Is there where making it went wrong: it is not tried again."""
    return archive.with_suffix(".failed")


def flags() -> list[str]:
    """What the JVM is told, so that it uses the archive where there is one."""
    archive = archive_file()
    if archive is None or not archive.is_file():
        return []
    return [f"-XX:AOTCache={archive}", "-XX:+VerifySharedSpaces"]


def forget() -> None:
    """Take the archive away: a start has failed and said nothing, as that of a JVM that crashed."""
    if archive := archive_file():
        with suppress(OSError):
            archive.unlink()


def make_in_the_background() -> None:
    """Where there is no archive: start the process that makes it, for a minute and at the lowest priority."""
    archive = archive_file()
    if archive is not None and not archive.exists() and not failed_file(archive).exists():
        with suppress(OSError):
            process = subprocess.Popen(
                [sys.executable, "-P", "-X", "utf8", "-m", "graph.embedded_training"],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            threading.Thread(target=process.wait, daemon=True).start()  # else it stays a zombie
