"""How often one caller may ask."""

from __future__ import annotations

import ipaddress
import math
import time

from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access.callers import Caller, caller_of
from api.access.refusals import refuse
from api.settings import Settings


class Rates:
    """Middleware: 429 with Retry-After for a key, or an address without one, that asks too often.

    Who may do all without a key, as on loopback, is not counted: that is the owner of the machine.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.limit = app, settings.limit
        self.limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app: ASGIApp = self.app
        caller = caller_of(scope)
        if self.limit and scope["type"] == "http" and not (caller.may_all and caller.key is None):
            who = _who(caller)
            if not self.limiter.hit(self.limit, who):
                until = self.limiter.get_window_stats(self.limit, who).reset_time
                wait = max(1, math.ceil(until - time.time()))
                app = refuse(
                    429,
                    f"请求太多 · too many requests: {self.limit}",
                    f"{wait} 秒后再试 · try again in {wait} s",
                    {"Retry-After": str(wait)},
                )
        await app(scope, receive, send)


def _who(caller: Caller) -> str:
    """The key, or the address; an IPv6 network of one household counts as one."""
    if caller.key:
        return f"key {caller.key}"
    try:
        address = ipaddress.ip_address(caller.address)
    except ValueError:
        return caller.address
    if address.version == 4:
        return caller.address
    return str(ipaddress.ip_network((address, 64), strict=False))
