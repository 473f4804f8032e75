"""The facts of a map as a table: for a screen reader, for print, and where no script may run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from viz.details import Record

#: The columns beside the problem: what each holds, by the label at the other end of a link.
CELLS = (("RootCause",), ("Effect", "Evidence"), ("Recommendation", "Measure"), ("Policy", "Unit"))


def table(records: Sequence[Record]) -> dict[str, Any]:
    """{"problems": rows, "others": rows} in the order of the records.

    A row is a problem's record with `cells`: its links for each of CELLS. Others are records that no row has.
    """
    rows, told = [], set()
    for record in records:
        if record["label"] == "Problem":
            cells = [[link for link in record["links"] if link["kind"] in kinds] for kinds in CELLS]
            rows.append({**record, "cells": cells})
            told |= {link["other"] for cell in cells for link in cell} | {record["id"]}
    return {
        "problems": rows,
        "others": [r for r in records if r["id"] not in told and r["label"] != "Report"],
    }
