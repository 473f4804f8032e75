"""The pages there are."""

from __future__ import annotations

from api.site import home, questions, sign_in

#: In this order an address is looked for.
ROUTERS = (home.router, questions.router, sign_in.router)
