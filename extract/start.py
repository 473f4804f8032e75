"""From a source to the report with which the components begin: clean text, outline, kind, title, date."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.draft import Draft
from extract.heads import Heads
from extract.kinds import TITLE_LINES, JudgeKind, find_kind, find_title, is_title
from extract.metadata import Metadata
from extract.model import Source
from extract.outline import find_sections
from extract.outline.labels import write_colons
from extract.outline.markers import Markers, is_heading, write_stops
from extract.outline.roles import assign_roles
from extract.outline.stating import assign_statements
from extract.report_date import find_report_date
from extract.results import Report
from extract.rules import Rules
from extract.text.characters import plain, read_characters
from extract.text.clean import CleanText, fold, join, split_lines, split_run_in, unwrap
from extract.text.noise import strip_noise
from extract.text.pipes import write_pipes
from extract.text.table_lines import find_cells

#: A line that ends so goes on in the next: …。发现的主要/问题：
_UNENDED = re.compile(r"(?<=[\u4e00-\u9fff]{12})(?:的|主要|存在|发现|以下|下列|突出|[和与及、，])$")


def clean_text(source: Source, rules: Rules) -> CleanText:
    """Strip, outline, unwrap: headings are found before lines are joined."""
    readable = read_characters(source.text)
    words = write_pipes(readable.text)
    folded = fold(write_colons(write_stops(words)))
    cells = [readable.cell(cell) for cell in source.cells] or find_cells(words)
    stands = {cell.start: cell for cell in cells}
    given = split_lines(folded, cells)
    prose = [line for line in given if line.start not in stands]
    lines = split_run_in(strip_noise(prose, rules), rules)
    if cells:  # taken as they stand, however often they recur
        lines += [line for line in given if line.start in stands]
        lines.sort(key=lambda line: line.start)
    markers = Markers("\n".join(line.text for line in lines))
    starts = {i for i, line in enumerate(lines) if markers.opens(line.text)}
    headings = {
        i
        for i, line in enumerate(lines)
        if (is_heading(line.text, rules, markers) and not (i and _UNENDED.search(lines[i - 1].text)))
        or (i < TITLE_LINES and is_title(line.text, rules))
        or (stands and line.start in stands)
    }
    clean = join(unwrap(lines, starts, headings), folded, stands)
    starts_at, origins = readable.to_source(clean.starts, clean.origins, len(clean.text))
    return replace(clean, starts=starts_at, origins=origins)


def start_report(
    source: Source,
    clean: CleanText,
    rules: Rules,
    judge: JudgeKind = find_kind,
    *,
    given: Metadata | None = None,
    heads: Heads | None = None,
) -> Report:
    """What is known of a text before anything is found in it. `judge` says of which kind it is."""
    title = find_title(clean, rules)
    kind = judge(clean.text, title, rules)
    dated = find_report_date(plain(source.text), clean.text[slice(*title)] if title else "")
    impossible = (f"date that no calendar has: {line}" for line in dated.impossible)
    report = Report(
        source,
        clean,
        rules,
        find_sections(clean.text, rules, clean.cells),
        kind,
        title,
        dated.iso,
        (*impossible, *source.warnings),
        given or Metadata(),
        heads,
    )
    draft = Draft(report)
    assign_roles(draft)
    assign_statements(draft)
    return report
