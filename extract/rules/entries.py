"""What each rule file may say: one model of its entries a file, and what their patterns must capture.

A new key, or a new value of `what`, `role` or `status`, is added here and nowhere else.
"""

from __future__ import annotations

from typing import ClassVar, Literal, Self, get_args

from pydantic import model_validator

from extract.rules.checks import Confidence, Strict, Text, Texts

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


class OutlineRule(Entry):
    what: Literal["stated-first", "run-in", "first-item", "rectified", "pointed-out"]


class Kind(Entry):
    parted_by = "where"
    kind: Text
    where: Literal["title", "head"]


class ProblemRule(Entry):
    what: Literal[
        "judgement", "none", "quoted", "fact", "violation", "asked", "aside", "opens", "enumerated",
        "convicted", "sampled", "announced", "intro", "summary", "frame",
    ]  # fmt: skip

    def needed(self) -> set[str]:
        return {"quoted": {"headline"}, "enumerated": {"list"}, "convicted": {"facts"}}.get(self.what, set())


class FindingRule(Entry):
    what: Literal[
        "listed", "reported", "some", "more", "no-opening", "subject", "why", "detail",
        "speaks-of-all", "outcome", "cause-first", "set-right", "unfinished", "case", "another",
        "named", "named-heading", "of-all", "goes-on", "subject-only", "done", "rectified",
        "chain-goes-on", "field", "joins", "turn", "another-case", "against", "chain-why", "unit",
        "found-how", "name", "subject-ends", "name-only", "tail", "region", "judges",
    ]  # fmt: skip

    def needed(self) -> set[str]:
        return {"field", "sign"} if self.what == "field" else set()


class EvidenceRule(Entry):
    what: Literal["cue", "soft", "concrete", "law", "directive", "detail", "says"]


class CauseRule(Entry):
    groups = ("cause", "cue")
    confidence: Confidence
    negative: bool = False
    inferred: bool = False


class AnalysisRule(Entry):
    what: Literal[
        "aspect", "aspect-words", "of-all", "hence", "led-to", "joint", "says-so", "added", "is", "each-is",
        "both-kinds", "sums-up", "demand", "moves-on", "same-course", "is-the-reason", "excluded", "no-cause",
        "speaks-of-all", "root-of-all", "told-by-all", "own-subject", "told", "told-of-all",
    ]  # fmt: skip

    def needed(self) -> set[str]:
        groups = {"aspect": {"before"}, "root-of-all": {"cause"}, "told-by-all": {"cause"}}
        return groups.get(self.what, set())


class EffectRule(Entry):
    groups = ("effect", "cue")
    confidence: Confidence


class RecommendationRule(Entry):
    what: Literal["verb", "trap", "intro", "to-what"]


class MeasureRule(Entry):
    status: Status


class RectificationRule(Entry):
    what: Literal["done", "inside", "after", "result", "done-by-now", "plan", "by-itself", "label", "rest"]

    def needed(self) -> set[str]:
        return {"after"} if self.what == "after" else set()


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
    what: Literal["none", "policy", "cue", "lead", "short"]


class UnitNameRule(Entry):
    what: Literal[
        "joint", "joined-places", "people-first", "letters", "one-of", "several-of", "no-start",
        "nameless", "of-several", "before", "of-part", "into", "brand", "central", "no-body", "no-city",
        "run-there", "other-word", "runs-on", "near-it", "led-by", "as-what", "its-head",
        "level-and-firm", "kind", "plant", "all-of-kind",
    ]  # fmt: skip


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
    "outline": OutlineRule,
    "kinds": Kind,
    "problems": ProblemRule,
    "findings": FindingRule,
    "evidence": EvidenceRule,
    "causes": CauseRule,
    "analyses": AnalysisRule,
    "effects": EffectRule,
    "recommendations": RecommendationRule,
    "measures": MeasureRule,
    "rectification": RectificationRule,
    "plans": Plan,
    "reports": ReportRule,
    "policy_patterns": PolicyPattern,
    "amounts": Amount,
    "policy_names": PolicyNameRule,
    "unit_names": UnitNameRule,
    "tables": TableRule,
}
