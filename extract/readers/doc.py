"""Old Word files (.doc), by a program that the system has: antiword, catdoc or LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from extract.readers.docx import read_docx
from extract.readers.limits import ReadError, Warn

_SECONDS = 120


def read_doc(raw: bytes, *, name: str, warn: Warn) -> str:
    """The text of a .doc. LibreOffice comes first: only it knows automatic numbers. Raises ReadError."""
    with tempfile.TemporaryDirectory(prefix="suyin-") as folder:
        file = Path(folder, "report.doc")
        file.write_bytes(raw)
        office = shutil.which("soffice") or shutil.which("libreoffice")
        if office:
            profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"  # beside a running one
            _run([office, profile, "--headless", "--convert-to", "docx", "--outdir", folder, str(file)], name)
            converted = file.with_suffix(".docx")
            if converted.exists():
                return read_docx(converted.read_bytes(), name=name, warn=warn)
        for program, *options in (
            ("antiword", "-w", "0", "-m", "UTF-8.txt"),
            ("catdoc", "-w", "-d", "utf-8"),
        ):
            if shutil.which(program):
                text = _run([program, *options, str(file)], name)
                if text.strip():
                    return text
    raise ReadError(
        f"{name}: is an old Word file; save it as .docx, or install LibreOffice, antiword or catdoc"
    )


def _run(command: list[str], name: str) -> str:
    try:
        run = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as err:
        raise ReadError(f"{name}: {command[0]} did not finish with it; save it as .docx") from err
    except OSError as err:
        raise ReadError(f"{name}: {command[0]} cannot be started ({err.strerror}); save it as .docx") from err
    return run.stdout.decode("utf-8", errors="replace")
