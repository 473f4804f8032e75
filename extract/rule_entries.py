"""What each rule file may say: one model of its entries a file, and what their patterns must capture.

A new key, or a new value of `what`, `role` or `status`, is added here and nowhere else.
"""

from __future__ import annotations

from typing import ClassVar, Literal, Self, get_args

from pydantic import model_validator

from extract.rule_checks import Confidence, Strict, Text, Texts

Role = Literal[
    "problems", "causes", "recommendations", "measures", "rectified", "overview", "process", "responsibility",
    "pledge", "closing", "effects",
]  # fmt: skip
Status = Literal["done", "ongoing", "long-term", "planned"]
Column = Literal[
    "number", "group", "detail", "problem", "cause", "advice", "status", "done", "measure", "unit", "whose",
    "aside", "count",
]  # fmt: skip


class Entry(Strict):
    """A rule: a pattern with its proof.

    `parted_by`: the key by whose value the rules of a file are told apart; each value needs a rule.
    `groups`: what the pattern must capture.
    """

    parted_by: ClassVar[str] = "what"
    groups: ClassVar[tuple[str, ...]] = ()
    id: Text
    pattern: Text
    hits: Texts
    misses: Texts
    note: Text | None = None
    cues: Texts | None = None

    @property
    def part(self) -> str | None:
        """To which part of its file the rule belongs."""
        return getattr(self, self.parted_by, None)

    @classmethod
    def parts(cls) -> frozenset[str]:
        """The parts that the file must have."""
        field = cls.model_fields.get(cls.parted_by)
        return frozenset(get_args(field.annotation) if field else ())

    def needed(self) -> set[str]:
        """The groups that its pattern must have."""
        return set(self.groups)


class NoiseRule(Entry):
    what: Literal["page", "drop", "tail", "keep"]


class Heading(Entry):
    role: Role
    generic: bool = True


class Lead(Entry):
    groups = ("lead",)
    role: Role
    chain: bool = False


class Kind(Entry):
    parted_by = "where"
    kind: Text
    where: Literal["title", "head"]


class ProblemRule(Entry):
    what: Literal[
        "judgement", "none", "quoted", "fact", "violation", "asked", "aside", "opens", "enumerated",
        "announced", "intro", "summary", "frame",
    ]  # fmt: skip

    def needed(self) -> set[str]:
        return {"quoted": {"headline"}, "enumerated": {"list"}}.get(self.what, set())


class EvidenceRule(Entry):
    what: Literal["cue", "soft", "concrete", "law", "directive", "detail"]


class CauseRule(Entry):
    groups = ("cause", "cue")
    confidence: Confidence
    negative: bool = False
    inferred: bool = False


class EffectRule(Entry):
    groups = ("effect", "cue")
    confidence: Confidence


class RecommendationRule(Entry):
    what: Literal["verb", "trap", "intro"]


class MeasureRule(Entry):
    status: Status


class Plan(Entry):
    scope: Literal["clause", "sentence"] = "clause"


class ReportRule(Entry):
    what: Literal["title"]


class PolicyPattern(Entry):
    groups = ("name",)
    what: Literal["meeting", "thought", "speech", "formula"]


class Amount(Entry):
    what: Literal["total", "basis", "part"]


class PolicyNameRule(Entry):
    what: Literal["none", "policy", "cue", "lead"]


class TableRule(Entry):
    """`column`, `said`: of the head of a column; `status`: of a cell."""

    what: Literal["column", "status", "total", "note"]
    column: Column | None = None
    said: Text | None = None
    status: Status | None = None

    @model_validator(mode="after")
    def _has_what_it_says(self) -> Self:
        for key in ("column", "status"):
            if (self.what == key) != (getattr(self, key) is not None):
                raise ValueError(f"{key} belongs to what = {key!r}, and only there")
        return self


#: The rule files, with the model of their entries.
ENTRIES: dict[str, type[Entry]] = {
    "noise": NoiseRule,
    "headings": Heading,
    "leads": Lead,
    "kinds": Kind,
    "problems": ProblemRule,
    "evidence": EvidenceRule,
    "causes": CauseRule,
    "effects": EffectRule,
    "recommendations": RecommendationRule,
    "measures": MeasureRule,
    "plans": Plan,
    "reports": ReportRule,
    "policy_patterns": PolicyPattern,
    "amounts": Amount,
    "policy_names": PolicyNameRule,
    "tables": TableRule,
}
