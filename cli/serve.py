"""`suyin serve`: the pages and the API."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.terminal import show


def serve(
    host: Annotated[str, typer.Option(help="地址 · address")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="端口 · port")] = 8000,
) -> None:
    """启动网页和接口 · Serve the pages and the API

    例 Example: suyin serve --port 8080
    """
    from api.server import run_server

    run_server(host, port, ready=show)
