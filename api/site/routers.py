"""The pages there are."""

from __future__ import annotations

from api.site import home, report

#: In this order an address is looked for.
ROUTERS = (home.router, report.router)
