"""The pages there are."""

from __future__ import annotations

from api.site import compare, home, lists, maps, suggest, things, units, uploads

#: In this order an address is looked for.
ROUTERS = (home.router, suggest.router, uploads.router, compare.router, maps.router, things.tables,
           things.router, units.router, lists.router)
