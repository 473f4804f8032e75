"""The pages there are."""

from __future__ import annotations

from api.site import home, lists, suggest, uploads

#: In this order an address is looked for.
ROUTERS = (home.router, suggest.router, uploads.router, lists.router)
