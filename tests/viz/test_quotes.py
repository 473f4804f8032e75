"""The sentence round a place."""

from __future__ import annotations

from viz.quotes import flow, quote

TEXT = "一、问题\n1.账目不清。由于制度缺失，导致账\n实不符；长期无人过问。2.另一件事。"


def test_whole_sentence_with_the_place_and_cue_in_it() -> None:
    start, end = TEXT.index("由于"), TEXT.index("，导致")
    assert quote(TEXT, None, start, end, "由于") == [
        ["cue", "由于"],
        ["own", "制度缺失"],
        ["", "，导致账实不符；长期无人过问。"],
    ]


def test_a_list_mark_opens_a_sentence_and_keeps_its_line() -> None:
    start = TEXT.index("账目")
    assert quote(TEXT, None, start, start + 4) == [["", "1."], ["own", "账目不清"], ["", "。"]]
    assert flow("第一行\n第二行\n\n（一）标题\r\n1.项") == "第一行第二行\n\n（一）标题\n1.项"


def test_a_full_stop_at_the_end_ends_it() -> None:
    start, end = TEXT.index("1."), TEXT.index("由于")
    assert quote(TEXT, None, start, end) == [["own", "1.账目不清。"]]


def test_without_the_text_the_nodes_own_words() -> None:
    assert quote(None, "原话", 3, 5) == [["own", "原话"]]
    assert quote(TEXT, "原话", 3, 9999) == [["own", "原话"]]
    assert quote(TEXT, None, None, None) == []
