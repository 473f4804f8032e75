"""What people judged of a report's findings: a problem or a link is confirmed, corrected or rejected.

These judgements stand in the file of judgements.py, a line each. `what` says of which kind the finding is;
`left` and `right` name it by its words (quotes.py): a problem, or the ends of a link.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from graph.quotes import Quote, QuoteError
from graph.vocabulary import taxonomy

ReviewVerdict = Literal["confirmed", "corrected", "rejected"]
What = Literal["Problem", "CAUSED_BY", "ADDRESSES"]
#: The columns that only these judgements have.
COLUMNS = ("what", "report", "title", "left_instead", "right_instead", "headline", "code")
#: What may be judged: the labels at the left and at the right.
ENDS: Mapping[What, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Problem": (("Problem",), ()),
    "CAUSED_BY": (("Problem",), ("RootCause",)),
    "ADDRESSES": (("Recommendation",), ("Problem", "RootCause")),
}
_CODES = {"Problem": "categories", "CAUSED_BY": "cause_types"}


class ReviewError(ValueError):
    """A line that is no judgement of a finding; the message says what is wrong, not in which line."""


@dataclass(frozen=True)
class Review:
    """One line. `report` is the id of the judged report, `title` its title; one of them may be empty.

    What should stand there `instead`: other words of the text (a problem's own, or the end of a link), a
    `headline`, the `code` of a problem's category or of the type of a cause that is put in.
    """

    what: What
    verdict: ReviewVerdict
    report: str
    title: str
    left: Quote
    right: Quote | None = None
    left_instead: Quote | None = None
    right_instead: Quote | None = None
    headline: str = ""
    code: str = ""
    line: int = 0
    by: str = ""
    at: str = ""
    why: str = ""

    @cached_property
    def key(self) -> str:
        """Equal for lines that say the same of the same finding, whoever says it and why."""
        said = (
            self.what,
            self.verdict,
            self.report,
            self.title,
            str(self.left),
            str(self.right or ""),
            str(self.left_instead or ""),
            str(self.right_instead or ""),
            self.headline,
            self.code,
        )
        return hashlib.sha256("\0".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def cells(self) -> dict[str, str]:
        """The line as the file has it, by column."""
        quotes = {
            name: str(getattr(self, name) or "")
            for name in ("left", "right", "left_instead", "right_instead")
        }
        texts = ("what", "verdict", "report", "title", "headline", "code", "by", "at", "why")
        return quotes | {name: getattr(self, name) for name in texts}

    def __str__(self) -> str:
        ends = [f"⟦{q.words}⟧" for q in (self.left, self.right) if q]
        return f"{self.what} {' → '.join(ends)}"


def parse_review(cells: Mapping[str, str], line: int) -> Review:
    """The judgement that a line says. Raises ReviewError."""
    what, verdict = cells.get("what", ""), cells.get("verdict", "")
    if what not in ENDS:
        raise ReviewError(f"what {what!r} is not one of {', '.join(ENDS)}")
    if verdict not in get_args(ReviewVerdict):
        raise ReviewError(f"verdict {verdict!r} is not one of {', '.join(get_args(ReviewVerdict))}")
    quotes = {name: _quote(cells, name) for name in ("left", "right", "left_instead", "right_instead")}
    left = quotes.pop("left")
    texts = {name: cells.get(name, "") for name in ("report", "title", "headline", "code", "by", "at", "why")}
    if left is None:
        raise ReviewError("left: no words")
    review = Review(what=what, verdict=verdict, left=left, line=line, **quotes, **texts)  # type: ignore[arg-type]
    _check(review)
    return review


def _check(review: Review) -> None:
    link = review.what != "Problem"
    if not (review.report or review.title):
        raise ReviewError("neither report (its id) nor title; give one of them")
    if link != (review.right is not None):
        raise ReviewError("right: no words" if link else "right is for links; a problem stands in left")
    if link and review.headline:
        raise ReviewError("headline is for problems; leave it empty")
    if not link and review.right_instead:
        raise ReviewError("right_instead is for links; leave it empty")
    instead = review.left_instead or review.right_instead
    if review.verdict != "corrected" and instead:
        raise ReviewError(f"{review.verdict} takes nothing instead; say corrected")
    if review.verdict == "rejected" and (review.headline or review.code):
        raise ReviewError("rejected takes no headline and no code; say corrected")
    if review.verdict == "corrected" and not (instead or (not link and (review.headline or review.code))):
        raise ReviewError(
            "corrected, but not how; fill in "
            + ("left_instead or right_instead" if link else "left_instead, headline or code")
        )
    if review.code:
        _check_code(review)


def _check_code(review: Review) -> None:
    if review.what == "CAUSED_BY" and review.right_instead is None:
        raise ReviewError("code is the type of the cause in right_instead; leave it empty")
    known = taxonomy().get(_CODES.get(review.what, ""), {})
    if review.code not in known:
        raise ReviewError(
            f"code {review.code!r} is not one of {', '.join(known)}"
            if known
            else f"code is not for {review.what}; leave it empty"
        )


def _quote(cells: Mapping[str, str], name: str) -> Quote | None:
    try:
        return Quote.parse(cell) if (cell := cells.get(name, "")) else None
    except QuoteError as err:
        raise ReviewError(f"{name}: {err}") from err
