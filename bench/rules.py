"""Which rules the samples need, and how often they are right. `python -m bench rules [--write FILE]`

Each rule carries hits and misses that a test checks. Here each is looked for in the text of the samples and
of the field: those that none of them holds are named, since nothing but their own hits proves them. What
draws links is also compared with the annotations of all reports that rules may be written from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bench.pages import parser, show, table
from bench.quality import SAMPLES, wilson
from bench.reading import ASIDE
from extract.evaluate.gold import gold_files, read_gold
from extract.evaluate.scoring import compare
from extract.evaluate.tally import JudgedLink
from extract.pipeline import build_nlp, extract_report
from extract.readers import read_report
from extract.rules import load_rules
from extract.rules.sets import Rule
from extract.start import clean_text
from extract.units.names import mentions

#: Rules that draw links and stand in these files; what else draws some is named where it has drawn any.
_LINKING = ("causes", "effects")
_SENTENCE = re.compile(r"[^。；\n]+[。；]?")
_TITLE = re.compile("《([^《》\n]+)》")
_MARKER = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[)）、.]+")


def measure() -> dict[str, dict[str, bool]]:
    """File of rules -> rule -> is it found in any sample?"""
    rules = load_rules()
    folders = (SAMPLES / "reports", SAMPLES / "field" / "reports")
    sources = [read_report(path) for folder in folders for path in sorted(folder.glob("*.txt"))]
    clean = [clean_text(source, rules).text for source in sources]
    lines = [line for text in clean for line in text.split("\n") if line]
    raw = [line.strip() for source in sources for line in source.text.split("\n") if line.strip()]
    cells = [cell.strip() for line in raw for cell in line.split("\t")]
    pools = {
        "noise": raw,
        "headings": [_MARKER.sub("", line) for line in lines],
        "leads": clean,
        "analyses": [*clean, *cells],
        "rectification": [*clean, *cells],
        "findings": clean,
        "outline": [*clean, *lines],
        "kinds": [*clean, *lines],
        "reports": lines,
        "tables": cells,
    }
    sentences = [m[0] for text in clean for m in _SENTENCE.finditer(text)]
    pools["policy_names"] = [*sentences, *(title for text in clean for title in _TITLE.findall(text))]
    pools["unit_names"] = [*sentences, *(words for text in clean for words in _round_names(text))]
    return {
        name: {rule.id: _found(rule, pools.get(name, sentences)) for rule in of_file}
        for name, of_file in rules.sets.items()
    }


def _round_names(text: str) -> Iterator[str]:
    """What stands before each name of a unit, the name, and the name with what goes on behind it."""
    for start, end, name in mentions(text, set()):
        yield from (text[max(0, start - 16) : start], name, text[start : end + 4], text[end - 1 : end + 4])


def _found(rule: Rule, texts: Sequence[str]) -> bool:
    return any(rule.pattern.search(text) for text in texts)


def render(found: dict[str, dict[str, bool]]) -> str:
    """A table of the files, and the rules without a sample."""
    return "\n\n".join((
        table(("rules", "in all", "found in the samples"), (
            (f"[{name}](../extract/rules/{name}.toml)", len(rules), sum(rules.values()))
            for name, rules in found.items())),
        f"Found in none of them: {', '.join(f'`{ident}`' for ident in without_sample(found)) or 'none'}.",
    ))  # fmt: skip


def judged() -> list[JudgedLink]:
    """The links that the rules draw in all annotated reports but those set aside."""
    nlp = build_nlp("rules")
    folders = ("gold", "field/gold", *(f"blind/{part.name}/gold" for part in (SAMPLES / "blind").iterdir()))
    golds = (read_gold(path) for name in sorted({*folders} - {*ASIDE}) for path in gold_files(SAMPLES / name))
    return [link for gold in golds for link in compare(gold, extract_report(gold.report, nlp=nlp)).links]


def by_rule(links: Iterable[JudgedLink], rules: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Rule -> (links, right ones): these `rules` in their order, then what else has drawn any."""
    counts: dict[str, list[bool]] = {rule: [] for rule in rules}
    for link in links:
        counts.setdefault(link.rule or "none", []).append(link.right)
    return {rule: (len(rights), sum(rights)) for rule, rights in counts.items()}


def render_links(counts: Mapping[str, tuple[int, int]]) -> str:
    """A table of what draws links, and how often rightly."""
    return table(("drawn by", "links", "right", "share", "95 %"), (
        (f"`{rule}`", n, right, *(
            (f"{right / n:.2f}", "{:.2f}–{:.2f}".format(*wilson(right, n))) if n else ("", "")))
        for rule, (n, right) in counts.items()))  # fmt: skip


def without_sample(found: dict[str, dict[str, bool]]) -> Iterator[str]:
    """The ids of the rules that no sample holds."""
    return (ident for rules in found.values() for ident, known in rules.items() if not known)


def main(arguments: Sequence[str]) -> None:
    options = parser("rules", __doc__).parse_args(arguments)
    links = by_rule(judged(), (rule.id for name in _LINKING for rule in load_rules()[name]))
    show(f"{render(measure())}\n\n{render_links(links)}", "rules", options.write)
