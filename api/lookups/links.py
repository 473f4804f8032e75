"""The addresses that belong to a thing: its own, its report's, its page, and the lists of its neighbours."""

from __future__ import annotations

from functools import cache

from api.lookups.kinds import BY_LABEL
from api.site.addresses import page_of, part

#: Label -> lists of its neighbours: name -> (address, the filter that takes its id).
_LISTS = {
    "Report": {
        name: (f"/{name}", "report")
        for name in ("problems", "causes", "recommendations", "measures", "evidence", "units", "policies")
    },
    "Problem": {
        **{name: (f"/{name}", "problem") for name in ("evidence", "measures", "policies")},
        "items": ("/problems", "part_of"),
    },
    "RootCause": {"problems": ("/problems", "cause"), "recommendations": ("/recommendations", "cause")},
    "Unit": {
        "reports": ("/reports", "unit"),
        **{
            name: (f"/{name}", "unit")
            for name in ("problems", "causes", "recommendations", "measures", "policies")
        },
    },
    "Policy": {
        name: (f"/{name}", "policy")
        for name in ("reports", "problems", "causes", "recommendations", "measures", "evidence")
    },
}


def address(label: str, id_: str) -> str | None:
    """Where one thing can be looked up; None for a label that is no kind of its own."""
    kind = BY_LABEL.get(label)
    return f"/{kind.name}/{part(id_)}" if kind else None


def links(
    label: str, id_: str, report: str | None = None, place: tuple[int, int] | None = None
) -> dict[str, str]:
    """Addresses by name: self, page, quotes, lists of neighbours, its report and the map of that, and `at`:
    what stands there. The label is that of a kind."""
    safe = part(id_)
    found = {name: f"{before}{safe}{after}" for name, before, after in _own(label)}
    if report is not None:
        at = f"/reports/{part(report)}"
        found["map"] = f"{at}/map"
        found["report"] = at
        if place:
            found["at"] = f"{at}/at?start={place[0]}&end={place[1]}"
    return found


@cache
def _own(label: str) -> list[tuple[str, str, str]]:
    """The addresses that its id alone makes: name, what stands before the id, what stands after it."""
    made = [("self", address(label, "") or "", ""), ("page", page_of(label, "") or "", "")]
    if label == "Problem":
        made += [(below, "/problems/", f"/{below}") for below in ("causes", "recommendations")]
    made += [(near, f"{list_}?{filter_}=", "") for near, (list_, filter_) in _LISTS.get(label, {}).items()]
    if label == "Report":
        return [*made, *((below, "/reports/", f"/{below}") for below in ("graph", "text", "map"))]
    return [*made, ("quotes", "/quotes/", "")]
