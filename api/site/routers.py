"""The pages there are."""

from __future__ import annotations

from api.site import compare, home, maps, things, units

#: In this order an address is looked for.
ROUTERS = (home.router, compare.router, maps.router, things.tables, things.router, units.router)
