"""The addresses that belong to a thing: its own, its report's, its page, and the lists of its neighbours."""

from __future__ import annotations

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
    what stands there."""
    found = {"self": address(label, id_) or "", "page": page_of(label, id_) or ""}
    safe = part(id_)
    if label == "Problem":
        found |= {name: f"/problems/{safe}/{name}" for name in ("causes", "recommendations")}
    for name, (list_, filter_) in _LISTS.get(label, {}).items():
        found[name] = f"{list_}?{filter_}={safe}"
    if label == "Report":
        found |= {name: f"/reports/{safe}/{name}" for name in ("graph", "text")}
    else:
        found["quotes"] = f"/quotes/{safe}"
    home = id_ if label == "Report" else report
    if home is not None:
        at = f"/reports/{part(home)}"
        found["map"] = f"{at}/map"
        if label != "Report":
            found["report"] = at
        if place:
            found["at"] = f"{at}/at?start={place[0]}&end={place[1]}"
    return found
