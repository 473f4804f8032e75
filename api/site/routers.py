"""The pages there are."""

from __future__ import annotations

from api.site import home, things

#: In this order an address is looked for.
ROUTERS = (home.router, things.tables, things.router)
