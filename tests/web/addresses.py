"""The pages that all must bear bad input: add a line for each page."""

from __future__ import annotations

from urllib.parse import quote

from tests.graph.data import Draft

SCRIPT = "<script>window.broken = 1</script><img src=x onerror='window.broken = 1'>"
QUOTES = '"\'`><b onmouseover="window.broken = 1">&lt;'
CLOSING = "</script></textarea></title><script>window.broken = 1</script>"
TURNED = "\u202e右到左\u2067שלום مرحبا\u200f"
LONG = "长" * 10_000
#: Longer names the graph refuses.
_NAME = 1300
HOSTILE = (SCRIPT, QUOTES, CLOSING, TURNED, LONG)
#: An id that has all that an address treats as its own.
ID = "a/b?c=1&d#e%20f'\"<g>"

#: They show names and words of reports. Those of `hostile` fall into finance and institution.
SHOWING = (
    "/",
    "/browse/problems",
    "/browse/units",
    "/browse/policies",
    "/browse/questions/report-overview",
    "/browse/questions/units-in-focus",
    "/browse/questions/policies-most-cited",
    "/browse/questions/causes-of-category?category=finance",
    "/browse/questions/stated-vs-inferred-by-report",
)
#: Those of the hostile report itself.
OWN = (f"/browse/reports/{quote(ID, safe='')}",)
#: They do not, or not by themselves.
OTHERS = (
    "/browse/questions",
    "/browse/questions/category-counts",
    "/browse/questions/unit-dossier",
    "/browse/cypher",
    "/browse/sign-in",
    "/browse/upload",
    "/browse/compare",
)
#: Nothing is there.
GONE = (
    "/browse/nothing",
    "/browse/questions/none",
    "/browse/questions/none.csv",
    "/browse/questions/none/map",
    "/browse/questions/%3Cscript%3E",
    "/browse/reports/a%2Fb%3Fc%23d%25",
    "/browse/problems/none",
)


def hostile() -> Draft:
    """A report whose title, headings, unit and policies are hostile, under a hostile id."""
    texts = [f"问题{i} {text}" for i, text in enumerate(HOSTILE)]
    causes = [f"原因{i} {text}" for i, text in enumerate(HOSTILE)]
    d = Draft(
        ID, "audit-report", "\n".join([f"标题 {SCRIPT} {TURNED} {LONG}", *texts, *causes]), place=QUOTES
    )
    for i, text in enumerate(HOSTILE):
        problem = d.said("Problem", texts[i], headline=texts[i], category="finance")
        cause = d.said("RootCause", causes[i], type="institution")
        d.link("CAUSED_BY", problem, cause, causes[i], method="explicit", confidence=0.9, cue=text[:40])
        d.link("REFERENCES", problem, d.named("Policy", f"政策{i} {text}"[:_NAME]), texts[i])
        d.link("INSPECTS", ID, d.named("Unit", f"单位{i} {text}"[:_NAME]))
    return d
