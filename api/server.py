"""Runs the app under uvicorn, on an address that is ours before anything is promised."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from api.app import create_app
from api.logs import write_logs
from extract.model import SuyinError


class ServerError(SuyinError):
    """The address cannot be served; names it and the option to change."""


def run_server(host: str, port: int, *, ready: Callable[[str], None]) -> None:
    """Serve until interrupted. `ready` is given the address once it is bound; port 0 takes a free one.

    `host` is a name or an address, an IPv6 one with or without brackets.
    Raises ServerError where the address is not to be had, StoreError where the store is not.
    """
    with _bind(host, port) as listener:
        write_logs()
        server = uvicorn.Server(uvicorn.Config(create_app(), log_config=None, access_log=False))
        ready(f"http://{_address(*listener.getsockname()[:2])}")
        server.run(sockets=[listener])


def _bind(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        family, kind, protocol, _, address = found[0]
        # without the protocol asyncio sets no TCP_NODELAY, and an answer waits 40 ms for the client's ACK
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
            listener.listen()  # who comes before the store is open waits and is not refused
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise ServerError(
            f"{_address(host, port)}: {error.strerror}; choose another --host or --port") from error
    return listener


def _address(host: str, port: int) -> str:
    """As it stands in a URL: an IPv6 address in brackets."""
    host = host.strip("[]")
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
