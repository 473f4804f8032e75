"""Runs the app under uvicorn, on an address that is ours before anything is promised."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from types import FrameType

import uvicorn

from api.access.connections import BoundedProtocol
from api.access.keys import KeyFile
from api.access.redaction import redact_logs
from api.app import create_app
from api.logs import write_logs
from api.settings import Settings, load_settings
from extract.model import SuyinError

#: Seconds that requests have to end once the service is told to; seconds after which it ends in any case.
_GRACE, _END_LIMIT = 10, 45


class ServerError(SuyinError):
    """The address cannot be served; names it and the option to change."""


def run_server(host: str, port: int, *, ready: Callable[[str], None]) -> None:
    """Serve until interrupted. `ready` is given the address once it is bound; port 0 takes a free one.

    `host` is a name or an address, an IPv6 one with or without brackets.
    Raises ServerError where the address is not to be had or everybody could ask, StoreError where the store
    is not there, SettingsError.
    """
    settings = load_settings(host=host.strip("[]"))
    _check_access(settings)
    with _bind(host, port) as listener:
        write_logs()
        redact_logs()
        app = create_app(settings=settings)
        server = _Server(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                http=BoundedProtocol,
                timeout_graceful_shutdown=_GRACE,
                proxy_headers=bool(settings.proxies),
                forwarded_allow_ips=list(settings.proxies),
            )
        )
        server.leaving = lambda: setattr(app.state.uploads, "leaving", True)
        ready(f"http://{_address(*listener.getsockname()[:2])}")
        server.run(sockets=[listener])


class _Server(uvicorn.Server):
    #: Called when it is told to end; answers that go on by themselves then end too.
    leaving: Callable[[], None]

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End in any case: a thread that waits for a database cannot be ended.

        The embedded store ends by itself, in order, when its owner is gone.
        """
        last = threading.Timer(_END_LIMIT, os._exit, (1,))
        last.daemon = True
        last.start()
        self.leaving()
        super().handle_exit(sig, frame)


def _check_access(settings: Settings) -> None:
    """Raise ServerError where others than this machine can connect and nothing says what they may do."""
    keys = KeyFile(settings.keys_file)
    if settings.public is None and not settings.on_loopback and not any(key.valid for key in keys.all()):
        raise ServerError(
            f"{settings.host}: others can connect, and there is no key that they could show; make one: "
            "suyin keys create NAME --scope read, or set SUYIN_PUBLIC=read: whoever comes may read"
        )


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
            f"{_address(host, port)}: {error.strerror}; choose another --host or --port"
        ) from error
    return listener


def _address(host: str, port: int) -> str:
    """As it stands in a URL: an IPv6 address in brackets."""
    host = host.strip("[]")
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
