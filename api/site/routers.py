"""The pages there are."""

from __future__ import annotations

from api.site import cypher, home, questions, sign_in

#: In this order an address is looked for.
ROUTERS = (home.router, questions.router, cypher.router, sign_in.router)
