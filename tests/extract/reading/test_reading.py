"""The trained reader without its weights: clauses, ids, windows, the chain of labels, roles to findings."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from extract.outline import find_sections
from extract.reading.alphabet import BAR, NEW_LINE, SPECIAL, UNKNOWN, Alphabet
from extract.reading.chain import Chain
from extract.reading.clauses import split_clauses
from extract.reading.decoder import Decoder, Found
from extract.reading.labels import LABELS, ROLE_OF, ROLES
from extract.reading.tagger import spread, to_roles
from extract.reading.windows import LONGEST, MOST, Page
from extract.rules import load_rules

NO_NAMES = np.zeros((0, 3))
ALPHABET = Alphabet(
    [
        *SPECIAL,
        *"一二三四五、，。：；「」（）县局未按规定因人手不足导致帐目混乱建议整改例如年元",
        *"0123456789",
        "##0",
        "##1",
    ]
)


def words(text: str) -> list[str]:
    return [text[c.start : c.end] for c in split_clauses(text)]


def test_clauses_cover_the_text_in_order_and_end_at_stops() -> None:
    text = "一、帐目混乱\n县局未按规定记账，因人手不足，导致帐目混乱。有的村“以表代账，一年一结”；《办法（试行）》未执行。"
    clauses = split_clauses(text)
    assert "".join(words(text)) == text.replace("\n", "")
    assert words(text)[1:5] == [
        "县局未按规定记账，",
        "因人手不足，",
        "导致帐目混乱。",
        "有的村“以表代账，一年一结”；",
    ]
    first = clauses[0]
    assert (first.marker, text[first.body : first.end], first.heading) == ("cn", "帐目混乱", True)
    assert [c.opens for c in clauses[1:5]] == [True, False, False, True]
    assert clauses[4].marker == "some"
    assert clauses[4].body == clauses[4].start  # 有的 belongs to the statement


def test_a_connective_inside_a_clause_begins_one() -> None:
    assert words("县局长期无人记账导致账目混乱。") == ["县局长期无人记账", "导致账目混乱。"]
    assert words("他们担心造成的损失。") == ["他们担心造成的损失。"]


@pytest.mark.parametrize("text", ["", "\n\n", "。", "（", "一、", "”，“"])
def test_texts_without_words_have_no_clauses_that_lie_outside(text: str) -> None:
    assert all(0 <= c.start <= c.body < c.end <= len(text) for c in split_clauses(text))


def test_one_id_a_character_and_digits_run_on() -> None:
    ids = ALPHABET.ids("县 1 10“\n龘")
    pieces = [ALPHABET.pieces[i] for i in ids]
    assert len(ids) == len("县 1 10“\n龘")
    assert pieces[0] == "县"
    assert ids[1] == BAR
    assert pieces[4:6] == ["1", "##0"]
    assert pieces[6] == "「"
    assert ids[7] == NEW_LINE
    assert ids[8] == UNKNOWN


def page(text: str) -> Page:
    return Page(text, split_clauses(text), ALPHABET)


def test_windows_hold_all_clauses_within_what_the_encoder_takes() -> None:
    text = "标题\n一、财务\n" + "县局未按规定记账，帐目混乱。" * 120 + "\n" + "长" * 800
    made = page(text)
    windows = [made.window(*run) for run in made.tiles()]
    assert sorted({k for w in windows for k in w.clauses}) == list(range(len(made.clauses)))
    for window in windows:
        assert len(window.ids) == len(window.places) <= MOST
        assert max(itertools.starmap(lambda k, g: len([*g]), itertools.groupby(window.places))) <= max(
            LONGEST, 60
        )
    assert windows[0].clauses[0] == 0


def test_a_clause_takes_its_scores_from_the_window_in_whose_middle_it_stands() -> None:
    made = page("县局未按规定记账，帐目混乱。" * 120)
    windows = [made.window(*run) for run in made.tiles()]
    rows = [np.full((len(w.clauses), 1), i) for i, w in enumerate(windows)]
    chosen = spread(made, windows, rows)[:, 0]
    assert list(chosen) == sorted(chosen)
    inner = windows[1].clauses
    assert chosen[inner[len(inner) // 2]] == 1


def test_the_chain_finds_the_likeliest_labels_and_probabilities_of_all_paths() -> None:
    rng = np.random.default_rng(3)
    chain = Chain(rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=3))
    scores = rng.normal(size=(4, 3))
    paths = list(itertools.product(range(3), repeat=4))

    def value(path: tuple[int, ...]) -> float:
        steps = sum(chain.follows[a, b] for a, b in itertools.pairwise(path))
        return (
            chain.first[path[0]]
            + chain.last[path[-1]]
            + steps
            + sum(scores[t, k] for t, k in enumerate(path))
        )

    weights = np.exp([value(path) for path in paths])
    labels, probable = chain.read(scores)
    assert tuple(labels) == max(paths, key=value)
    for t, k in itertools.product(range(4), range(3)):
        share = sum(w for w, path in zip(weights, paths, strict=True) if path[t] == k) / weights.sum()
        assert probable[t, k] == pytest.approx(share)
    _, softer = chain.read(scores, temperature=5.0)
    assert softer.max() < probable.max()


def test_roles_add_the_labels_that_begin_and_go_on() -> None:
    n = len(LABELS)
    scores = np.zeros((1, n))
    scores[0, LABELS.index("+cause")] = scores[0, LABELS.index("=cause")] = 5.0
    roles = to_roles(Chain(np.zeros((n, n)), np.zeros(n), np.zeros(n)), scores, 1.0, NO_NAMES)
    assert ROLE_OF[roles.labels[0]] == "cause"
    assert roles.sure[0] == pytest.approx(roles.probable[0, ROLES.index("cause")])
    assert roles.sure[0] > 0.9
    assert (
        to_roles(Chain(np.zeros((n, n)), np.zeros(n), np.zeros(n)), np.zeros((0, n)), 1.0, NO_NAMES).labels
        == []
    )


def read(marked: str, *, accident: bool = False) -> tuple[str, list[Found]]:
    """What the decoder makes of a text in which each clause is followed by <label>."""
    import re

    pieces = re.findall(r"([^<]*)<([^>]*)>", marked)
    text = "".join(piece for piece, _ in pieces).strip("\n")
    clauses = split_clauses(text)
    labels = [LABELS.index(label) for _, label in pieces]
    assert len(clauses) == len(labels), [text[c.start : c.end] for c in clauses]
    root = find_sections(text, load_rules(), {})
    return text, Decoder(text, clauses, labels, [0.9] * len(labels), root, accident=accident).read()


def spans(text: str, found: list[Found], label: str) -> list[str]:
    return [text[f.start : f.end] for f in found if f.label == label]


def test_a_problem_reaches_from_its_cause_to_the_clause_before_another_role() -> None:
    text, found = read(
        "由于<none>台账无人管理，<+cause>资产底数不清，<+headline>12间门面未入账，<+evidence>租金流失。<+effect>"
        "目前已登记入账。<+measure>"
    )
    assert spans(text, found, "Problem") == ["由于台账无人管理，资产底数不清，12间门面未入账，租金流失。"]
    assert spans(text, found, "RootCause") == ["台账无人管理"]
    assert spans(text, found, "Evidence") == ["12间门面未入账"]
    assert spans(text, found, "Effect") == ["租金流失"]
    [problem] = [f for f in found if f.label == "Problem"]
    assert problem.headline is not None
    assert text[slice(*problem.headline)] == "资产底数不清"
    assert all(f.parent is problem for f in found if f.label in ("RootCause", "Evidence", "Effect"))


def test_a_problem_at_the_head_of_a_section_holds_those_within_it() -> None:
    text, found = read(
        "一、财务管理混乱。<+headline>\n1.白条入账。<+headline>有23张白条。<+evidence>\n2.私设小金库。<+headline>\n"
        "二、用人把关不严。<+headline>"
    )
    problems = [f for f in found if f.label == "Problem"]
    assert [text[f.start : f.end] for f in problems if f.parent is None] == [
        "一、财务管理混乱。\n1.白条入账。有23张白条。\n2.私设小金库。",
        "二、用人把关不严。",
    ]
    assert [text[f.start : f.end] for f in problems[0].items] == [
        "1.白条入账。有23张白条。",
        "2.私设小金库。",
    ]


def test_recommendations_are_cut_at_their_markers() -> None:
    text, found = read(
        "审计建议<heading>\n（一）加强预算管理，<+recommendation>严格执行计划。<=recommendation>\n"
        "（二）清理往来款项。<=recommendation>\n特此通报。<none>"
    )
    assert spans(text, found, "Recommendation") == [
        "（一）加强预算管理，严格执行计划。",
        "（二）清理往来款项。",
    ]


def test_in_an_accident_report_an_item_of_the_analysis_is_cause_and_problem() -> None:
    text, found = read(
        "间接原因<heading>\n1.企业培训流于形式，<+cause>新工人未经三级教育即上岗。<+evidence>", accident=True
    )
    assert spans(text, found, "Problem") == ["1.企业培训流于形式，新工人未经三级教育即上岗。"]
    assert spans(text, found, "RootCause") == ["企业培训流于形式，新工人未经三级教育即上岗"]


def test_a_cause_after_its_problem_in_the_line_is_that_problems() -> None:
    _, found = read("资产底数不清。<+headline>会议强调。<none>究其原因，<none>是无人管理。<+cause>")
    [cause] = [f for f in found if f.label == "RootCause"]
    assert cause.parent is not None
