"""Passages named by their words: found again in the same text, in a mended one, and not where they are not."""

from __future__ import annotations

import pytest

from extract.model import GROUNDED
from extract.pipeline import build_nlp, extract_report
from graph.quotes import FoldedText, Quote, QuoteError
from tests.support.commands import REPORTS

TEXT = (
    "一、学习不深入。理论学习中心组全年集中学习仅４次，由于重视不够，学习计划没有落实。\n"
    "二、管理不严格。财务制度没有执行，由于重视不够，差旅费超标准报销。\n"
    "三、责任不落实。　安全检查走过场，隐患台账不完整，由于人手不足，整改没有跟踪。\n"
)


def quote(words: str, text: str = TEXT, nth: int = 0) -> Quote:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Quote.of(FoldedText(text), start, start + len(words))


def found(named: Quote, text: str, *, same_report: bool = True) -> str | None:
    folded = FoldedText(text)
    span = named.find(folded, same_report=same_report)
    if span is None:
        return None
    assert span.end is not None
    start, end = folded.place(span.start, span.end)
    return text[start:end]


def test_the_same_words_twice_are_told_apart_by_what_stands_around() -> None:
    first, second = (
        FoldedText(TEXT).span(TEXT.index("重视"), 0),
        FoldedText(TEXT).span(TEXT.rindex("重视"), 0),
    )
    assert quote("重视不够").find(FoldedText(TEXT)) == FoldedText(TEXT).span(first.start, first.start + 4)
    span = quote("重视不够", nth=1).find(FoldedText(TEXT))
    assert span is not None
    assert span.start == second.start


@pytest.mark.parametrize(
    "mended",
    [
        TEXT.replace("４次", "4 次"),
        TEXT.replace("\n", "\r\n\r\n"),
        TEXT.replace("，", ","),  # white space and width
        TEXT.replace("一、学习不深入。", "一、学习不深入、不系统。"),
        TEXT.replace("学习计划没有落实", "年度学习计划没有完全落实"),
        TEXT.replace("二、管理不严格。财务制度没有执行，由于重视不够，差旅费超标准报销。\n", ""),
        "附注：本文经过校对。\n" * 30 + TEXT,
    ],
)
def test_it_is_found_in_a_mended_text(mended: str) -> None:
    assert found(quote("重视不够"), mended) == "重视不够"
    span = quote("重视不够").find(FoldedText(mended))
    assert span is not None
    assert span.start == FoldedText(mended).text.index("重视不够")


def test_mended_words_are_the_same_words() -> None:
    words = "理论学习中心组全年集中学习仅４次"
    assert found(quote(words), TEXT.replace("全年集中", "全年的集中")) is not None
    assert found(quote(words), TEXT.replace(words, "党组没有研究意识形态工作")) is None


def test_words_that_went_are_not_found_elsewhere() -> None:
    """The other 重视不够 is of another problem."""
    assert found(quote("重视不够"), TEXT.replace("由于重视不够，学习计划", "学习计划")) is None


def test_in_another_report_all_around_must_be_alike() -> None:
    other = TEXT.replace("财务制度没有执行，", "").replace("，学习计划没有落实", "，专项资金没有拨付")
    named = quote("重视不够")
    assert found(named, other) == "重视不够"
    assert found(named, other, same_report=False) is None
    assert found(named, TEXT.replace("４", "6"), same_report=False) == "重视不够"


def test_of_a_long_passage_the_ends_are_enough() -> None:
    long = TEXT.replace("\n", "") * 1
    named = quote(long[8:-8], long)
    assert named.last
    assert len(str(named)) < 130
    assert found(named, long) == long[8:-8]
    assert (
        found(named, long.replace("管理不严格", "管理很不严格"))
        == long.replace("管理不严格", "管理很不严格")[8:-8]
    )
    span = named.find(FoldedText(long[:60]))
    assert span is not None
    assert span.end is None


def test_the_words_alone_must_stand_there_once() -> None:
    assert found(Quote.parse("人手不足"), TEXT) == "人手不足"
    assert found(Quote.parse("重视不够"), TEXT) is None
    assert found(Quote.parse("重视 不够⟦x"[:5]), TEXT) is None


def test_what_is_written_reads_back() -> None:
    for words in ("重视不够", TEXT[3:100].replace("\n", "")):
        named = quote(words, TEXT.replace("\n", ""))
        assert Quote.parse(str(named)) == named


@pytest.mark.parametrize("cell", ["⟦⟧", "前⟦文", "⟦ ⟧后", "“”", "a⟧b⟦c"])
def test_what_is_no_quote_is_refused(cell: str) -> None:
    with pytest.raises(QuoteError):
        Quote.parse(cell)


def test_what_stands_several_times_alike_is_refused() -> None:
    with pytest.raises(QuoteError, match="several times"):
        quote("重视不够。", "重视不够。" * 400, nth=200)


@pytest.fixture(scope="module")
def university() -> tuple[str, list[tuple[int, int]]]:
    findings = extract_report(REPORTS / "university.txt", nlp=build_nlp())
    assert findings.source_text is not None
    return findings.source_text, [(n.start or 0, n.end or 0) for n in findings.nodes if n.label in GROUNDED]


def test_every_node_of_a_report_is_named_and_found(university: tuple[str, list[tuple[int, int]]]) -> None:
    source, spans = university
    text = FoldedText(source)
    for start, end in spans:
        assert Quote.of(text, start, end).find(text) == text.span(start, end)


def test_every_node_is_found_where_each_line_was_mended(
    university: tuple[str, list[tuple[int, int]]],
) -> None:
    """One character more in every line, and a paragraph before: all are found, and none elsewhere."""
    source, spans = university
    text, put = FoldedText(source), "本文于公布后作过文字校订。\n"
    mended = FoldedText(put + source.replace("的", "之"))
    lost = 0
    for start, end in spans:
        span = Quote.of(text, start, end).find(mended)
        if span is None:
            lost += 1
        else:
            assert abs(mended.place(span.start, span.start + 1)[0] - start - len(put)) <= 3
    assert lost <= len(spans) // 20
