"""Runs the app under uvicorn, on an address that is ours before anything is promised."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from api.app import create_app
from extract.model import SuyinError


class ServerError(SuyinError):
    """The address cannot be served; names it and the option to change."""


def run_server(host: str, port: int, *, ready: Callable[[str], None]) -> None:
    """Serve until interrupted. `ready` is given the address once it is bound; port 0 takes a free one.

    Raises ServerError where the address is not to be had, StoreError where the store is not.
    """
    with _bind(host, port) as listener:
        server = uvicorn.Server(uvicorn.Config(create_app(), log_level="warning"))
        ready("http://{}:{}".format(*listener.getsockname()))
        server.run(sockets=[listener])


def _bind(host: str, port: int) -> socket.socket:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
            listener.listen()  # who comes before the store is open waits and is not refused
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise ServerError(f"{host}:{port}: {error.strerror}; choose another --host or --port") from error
    return listener
