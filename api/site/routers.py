"""The pages there are."""

from __future__ import annotations

from api.site import (
    compare,
    cypher,
    home,
    lists,
    maps,
    questions,
    report,
    sign_in,
    suggest,
    things,
    units,
    uploads,
)

#: In this order an address is looked for.
ROUTERS = (
    home.router,
    suggest.router,
    uploads.router,
    questions.router,
    cypher.router,
    sign_in.router,
    maps.of_report,
    report.router,
    compare.router,
    maps.router,
    things.tables,
    things.router,
    units.router,
    lists.router,
)
