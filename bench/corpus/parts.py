"""The parts that generated reports are made of: problems, causes, advice, and what stands round them."""

from __future__ import annotations

from bench.corpus.words import cn
from bench.corpus.writer import Writer


def details(w: Writer) -> str:
    """What is said to a problem behind its statement."""
    parts = [f"{{example}}{{fact}}{w.one('。', '；')}" for _ in w.some(0, 5)]
    if w.maybe(0.35):
        parts.append("{because}")
    if w.maybe(0.2):
        parts.append("{effect}")
    if w.maybe(0.2):
        parts.append("{against}")
    return "".join(parts)


def problems(w: Writer) -> None:
    """A section of them: nested, flat, run into one paragraph, or nothing but half sentences."""
    if w.maybe(0.9):
        w.item(0, "{problem_head}")
    if w.maybe(0.3):
        w.line(w.one("{announce}", "检查发现，{unit}{announce}"))
    style = w.one("nested", "flat", "flat", "run-in", "semicolons", "plain")
    if style == "semicolons":
        w.line("".join(f"{{fault}}，{{fact}}{w.one('；', '；', '。')}" for _ in w.some(3, 12)))
        return
    for _ in w.some(3, 14):
        if style == "flat":
            w.item(1, "{fault}。" + details(w))
        elif style == "plain":  # no heads: the facts speak
            w.item(1, w.one("{fact}。{against}", "{fact}，{fault}。", "{date}，{fact}。{effect}"))
        elif style == "run-in":
            runs = "".join(f"{cn(i + 1)}是{{fault}}，{{fact}}{w.one('；', '。')}" for i in w.some(2, 6))
            w.item(1, "{fault}。" + runs + ("{because}" if w.maybe(0.3) else ""))
        else:
            w.item(1, w.one("{fault}，{fault}", "{fault}。", "在{topic}方面"))
            for _ in w.some(1, 4):
                w.item(2, "{fault}。" + details(w))


def causes(w: Writer) -> None:
    """An analysis: of direct and indirect causes, of one's own and of others, or as it comes."""
    w.item(0, "{cause_head}")
    pairs = (("{direct_head}", "{indirect_head}"), ("主观方面", "客观方面"), ("思想层面", "工作层面"), ("",))
    for head in w.rng.choice(pairs):
        if head:
            w.item(1, head)
        for _ in w.some(1, 4):
            if w.maybe(0.7):
                w.item(2 if head else 1, w.one("{reason}。{fact}，{reason}。", "{reason}。{reflect}"))
            else:
                w.line("{because}")


def advice(w: Writer) -> None:
    """A section of recommendations, or one paragraph of them."""
    w.item(0, "{advice_head}")
    if w.maybe(0.25):
        w.line("{advise}" + "".join(f"{cn(i + 1)}是{{act}}，{{act}}；" for i in w.some(2, 5)))
        return
    for _ in w.some(3, 10):
        w.item(
            1,
            w.one(
                "{act}。{act}，{act}。",
                "{act}，{act}，防止{outcome}。",
                "针对{fault}的问题，{act}。",
                "{unit}要{act}，{act}；{unit}要{act}。",
                "{deadline}，{act}。",
            ),
        )


def overview(w: Writer) -> None:
    if w.maybe(0.5):
        w.item(0, "{overview_head}")
    w.line(
        "{date}至{date}，{team}对{unit}进行了检查。{praise}；{praise}。"
        + ("但也要看到，{fault}。" if w.maybe(0.5) else "")
    )


def closing(w: Writer) -> None:
    if w.maybe(0.5):
        w.line("{demand}{demand}")
    if w.maybe(0.6):
        w.line("{unit}")
        w.line("{date}")


def done(w: Writer) -> str:
    """What has been done about a problem."""
    return "".join("{done}" for _ in w.some(1, 3))
