"""The roles of clauses, and the labels of the tagger: where a run of a role begins, where it goes on."""

from __future__ import annotations

#: Roles whose runs are nodes, each with the label of its node.
NODES = {
    "headline": "Problem",
    "evidence": "Evidence",
    "cause": "RootCause",
    "effect": "Effect",
    "recommendation": "Recommendation",
    "measure": "Measure",
}
#: All roles: those of nodes, the rest of a problem's text, a heading that states nothing, nothing.
ROLES = (*NODES, "rest", "heading", "none")
#: Labels of the tagger.
LABELS = (*(f"{sign}{role}" for role in NODES for sign in "+="), "rest", "heading", "none")
#: Role of each label, by its number.
ROLE_OF = tuple(label.lstrip("+=") for label in LABELS)
BEGINS = tuple(label.startswith("+") for label in LABELS)
#: What a character is to the name of a unit.
NAMING = ("outside", "begins", "inside")
#: Kinds of report, as the tagger numbers them; the last stands for any other.
KINDS = (
    "inspection-feedback",
    "audit-report",
    "accident-report",
    "rectification-notice",
    "self-examination",
    "other",
)
