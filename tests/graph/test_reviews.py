"""Problems and links as people judged them: the lines of the file, and what they do to a report's graph."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from extract.model import Findings
from graph.build import build_graph
from graph.check import check_graph
from graph.data import GraphData
from graph.judge import judge, unjudge
from graph.judgements import JudgementError, Judgements, parse_judgements
from graph.judgements_file import add_line, drop_lines
from graph.quotes import FoldedText, Quote
from graph.reviews import COLUMNS, Review
from graph.schema import load_schema
from tests.graph.data import audit, feedback

TITLE = "关于巡察县农业农村局党组的反馈意见"
STUDY, FUNDS, MINUTES = "学习贯彻不深入", "专项资金管理不规范", "会议记录不完整"
HEED, WATCH = "主要负责人重视不够", "内部监督流于形式"
PLAN, LEDGER = "制定年度学习计划并逐月督办", "健全专项资金拨付台账"


def said(data: GraphData, words: str, label: str | None = None) -> Any:
    """The node whose text begins with these words."""
    return next(
        n
        for n in data.nodes
        if n.properties.get("text", "").startswith(words)
        and n.label in (label or n.label,)
        and n.label != "SourceText"
    )


def quote(data: GraphData, words: str) -> Quote:
    node = said(data, words)
    return Quote.of(FoldedText.of(data), node.properties["start"], node.properties["end"])


def line(what: str, verdict: str, *ends: str, of: Findings | None = None, **more: str) -> dict[str, str]:
    """A line of the file on a finding of a report, by the first words of its nodes."""
    data = build_graph(of or feedback())
    quotes = dict(zip(("left", "right"), (str(quote(data, words)) for words in ends), strict=False))
    return {
        "what": what,
        "verdict": verdict,
        "report": data.report_id,
        "by": "wang",
        "title": data.report.properties["title"],
        **quotes,
        **more,
    }


def judgements(*lines: dict[str, str]) -> Judgements:
    text = ""
    for cells in lines:
        text = add_line(text, cells)
    return parse_judgements(text, where="j.csv")


def judged(*lines: dict[str, str], of: Findings | None = None) -> GraphData:
    """The graph of the report under these lines, which passes all checks and gives back what was found."""
    plain = build_graph(of or feedback())
    data = judge(plain, judgements(*lines))
    check_graph(data, load_schema())
    back = unjudge(data)
    assert back.digest == plain.digest
    assert back.report.properties == plain.report.properties
    assert judge(back, judgements(*lines)).digest == data.digest
    return data


def links(data: GraphData, type_: str) -> set[tuple[str, str, str | None]]:
    named = {n.id: n.properties.get("headline") or n.properties.get("text", "") for n in data.nodes}
    return {
        (named[e.source], named[e.target], e.properties.get("judged")) for e in data.edges if e.type == type_
    }


class TestLines:
    def test_a_line_reads_back(self) -> None:
        cells = line(
            "CAUSED_BY",
            "corrected",
            STUDY,
            HEED,
            right_instead=f"⟦{WATCH}⟧",
            code="supervision",
            why="见第三段",
        )
        [one] = judgements(cells).reviews
        assert {k: v for k, v in one.cells().items() if v} == cells
        assert one.line == 2

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"what": "Unit"}, "what 'Unit' is not one of Problem, CAUSED_BY, ADDRESSES"),
            ({"verdict": "same"}, "verdict 'same' is not one of confirmed, corrected, rejected"),
            ({"report": "", "title": ""}, "neither report .* nor title"),
            ({"left": ""}, "left: no words"),
            ({"right": "重视不够"}, "right is for links"),
            ({"what": "CAUSED_BY"}, "right: no words"),
            ({"left": "a⟧b⟦c"}, "left: .*the brackets do not match"),
            ({"verdict": "corrected"}, "corrected, but not how; fill in left_instead, headline or code"),
            ({"verdict": "rejected", "code": "finance"}, "rejected takes no headline and no code"),
            ({"left_instead": "学习"}, "confirmed takes nothing instead; say corrected"),
            ({"code": "money"}, "code 'money' is not one of theory-study"),
            ({"at": "gestern"}, "at 'gestern' is no date"),
            (
                {
                    "what": "ADDRESSES",
                    "right": "学习",
                    "verdict": "corrected",
                    "right_instead": "资金",
                    "code": "finance",
                },
                "code is not for ADDRESSES",
            ),
            (
                {
                    "what": "CAUSED_BY",
                    "right": "学习",
                    "verdict": "corrected",
                    "left_instead": "资金",
                    "code": "supervision",
                },
                "code is the type of the cause in right_instead",
            ),
            ({"what": "CAUSED_BY", "right": "学习", "headline": "学习"}, "headline is for problems"),
            ({"right_instead": "学习", "verdict": "corrected"}, "right_instead is for links"),
        ],
    )
    def test_what_cannot_be_is_refused_with_its_line(self, change: dict[str, str], says: str) -> None:
        with pytest.raises(JudgementError, match=f"^j.csv: line 2: {says}") as error:
            judgements({**line("Problem", "confirmed", STUDY), **change})
        assert "\n" not in str(error.value)

    def test_the_key_is_of_what_is_said_and_not_of_who_says_it(self) -> None:
        cells = line("Problem", "confirmed", STUDY)
        one, same, other = judgements(
            cells, {**cells, "by": "li", "why": "看过", "at": "2026-03-01"}, {**cells, "verdict": "rejected"}
        ).reviews
        assert one.key == same.key != other.key

    def test_they_stand_among_those_on_units(self) -> None:
        text = 'left,left_place,right,right_place,verdict,by,at,why\r\n县甲局,青岳县,县乙局,青岳县,same,wang,,"a,\nb"\r\n'
        more = add_line(text, line("Problem", "rejected", STUDY))
        found = parse_judgements(more)
        assert (len(found.lines), len(found.reviews)) == (1, 1)
        assert more.splitlines()[1:3] == text.splitlines()[1:3]
        assert more.splitlines()[0].startswith("left,left_place,right,right_place,verdict,by,at,why,")
        assert {"what", "report", "title"} <= {*more.splitlines()[0].split(",")} & {*COLUMNS}
        again = add_line(
            more,
            {
                "left": "县甲局",
                "left_place": "青岳县",
                "right": "县丙局",
                "right_place": "青岳县",
                "verdict": "unsure",
            },
        )
        assert len(parse_judgements(again).lines) == 2
        assert (
            drop_lines(again, {found.reviews[0].line, parse_judgements(again).lines[1].line}).splitlines()[1:]
            == text.splitlines()[1:]
        )


class TestProblem:
    def test_confirmed(self) -> None:
        data = judged(line("Problem", "confirmed", STUDY, headline=STUDY, code="theory-study"))
        assert said(data, STUDY).properties["judged"] == "confirmed"
        assert len(data.report.properties["judgements"]) == 1
        assert "unjudged" not in data.report.properties

    def test_rejected_takes_along_what_is_there_for_it_only(self) -> None:
        before, data = build_graph(feedback()), judged(line("Problem", "rejected", FUNDS))
        gone = {
            n.properties["text"][:8]
            for n in before.nodes
            if (n.label, n.id) not in {(m.label, m.id) for m in data.nodes} and "text" in n.properties
        }
        assert gone == {"专项资金管理不规", "县财政局拨付的专", "12个村的机井停", "内部监督流于形式"}
        assert said(data, LEDGER)  # a recommendation stands by itself
        assert not any(n.id == "category:assets" for n in data.nodes)
        assert FUNDS not in {source for source, *_ in links(data, "CAUSED_BY")}

    def test_items_of_a_rejected_problem_stay(self) -> None:
        data = judged(line("Problem", "rejected", "县财政局专项资金管理不到位", of=audit()), of=audit())
        assert said(data, "拨付超过规定期限").label == "Problem"
        assert not [e for e in data.edges if e.type == "PART_OF"]

    def test_corrected_headline_category_and_words(self) -> None:
        data = judged(
            line(
                "Problem",
                "corrected",
                FUNDS,
                headline="专项资金闲置",
                code="finance",
                left_instead="专项资金管理不规范。县财政局拨付的专项资金闲置86万元",
            )
        )
        node = said(data, FUNDS)
        assert (node.properties["headline"], node.properties["category"], node.properties["judged"]) == (
            "专项资金闲置",
            "finance",
            "corrected",
        )
        assert node.properties["text"].endswith("闲置86万元")
        targets = {(e.type, e.target) for e in data.edges if e.source == node.id}
        assert ("IN_CATEGORY", "category:finance") in targets
        assert ("IN_CATEGORY", "category:assets") not in targets
        [place] = [e.properties for e in data.edges if e.type == "STATED_IN" and e.source == node.id]
        assert (place["start"], place["end"]) == (node.properties["start"], node.properties["end"])

    def test_what_was_confirmed_holds_where_it_is_found_otherwise(self) -> None:
        """A confirmed category stays, whatever the next version of the rules makes of it."""
        other = feedback()
        nodes = [
            replace(n, properties={**n.properties, "category": "finance"})
            if n.properties.get("headline") == FUNDS
            else n
            for n in other.nodes
        ]
        moved = [
            replace(e, target="category:finance")
            if e.type == "IN_CATEGORY" and e.target == "category:assets"
            else e
            for e in other.edges
        ]
        named = [
            replace(n, id="category:finance", properties={**n.properties, "code": "finance"})
            if n.id == "category:assets"
            else n
            for n in nodes
        ]
        data = judged(
            line("Problem", "confirmed", FUNDS, code="assets"),
            of=replace(other, nodes=tuple(named), edges=tuple(moved)),
        )
        assert said(data, FUNDS).properties["category"] == "assets"
        assert said(data, FUNDS).properties["judged"] == "corrected"


class TestLink:
    def test_confirmed_stays_inferred(self) -> None:
        data = judged(
            line("CAUSED_BY", "confirmed", FUNDS, WATCH), line("ADDRESSES", "confirmed", PLAN, STUDY)
        )
        assert links(data, "CAUSED_BY") == {(STUDY, HEED, None), (FUNDS, WATCH, "confirmed")}
        assert (PLAN, STUDY, "confirmed") in links(data, "ADDRESSES")
        [edge] = [e for e in data.edges if e.type == "CAUSED_BY" and e.properties.get("judged")]
        assert (edge.properties["method"], edge.properties["confidence"]) == ("inferred", 0.55)

    def test_rejected_leaves_its_ends(self) -> None:
        data = judged(line("CAUSED_BY", "rejected", FUNDS, WATCH), line("ADDRESSES", "rejected", PLAN, STUDY))
        assert links(data, "CAUSED_BY") == {(STUDY, HEED, None)}
        assert links(data, "ADDRESSES") == {(LEDGER, FUNDS, None)}
        assert said(data, WATCH)
        assert said(data, PLAN)

    @pytest.mark.parametrize(
        ("more", "leads"),
        [
            ({"left_instead": MINUTES}, (MINUTES, HEED)),
            ({"right_instead": WATCH}, (STUDY, WATCH)),
            ({"left_instead": MINUTES, "right_instead": WATCH}, (MINUTES, WATCH)),
        ],
    )
    def test_corrected_leads_elsewhere_and_is_not_stated(
        self, more: dict[str, str], leads: tuple[str, str]
    ) -> None:
        data = judged(line("CAUSED_BY", "corrected", STUDY, HEED, **more))
        assert links(data, "CAUSED_BY") == {(*leads, "corrected"), (FUNDS, WATCH, None)}
        [edge] = [e for e in data.edges if e.properties.get("judged") == "corrected"]
        assert edge.properties == {"method": "inferred", "confidence": 1.0, "judged": "corrected"}

    def test_corrected_to_words_that_were_no_cause(self) -> None:
        data = judged(
            line(
                "CAUSED_BY", "corrected", STUDY, HEED, right_instead="学习计划没有落实", code="responsibility"
            )
        )
        assert (STUDY, "学习计划没有落实", "corrected") in links(data, "CAUSED_BY")
        cause = said(data, "学习计划没有落实", "RootCause")
        assert {(e.type, e.target) for e in data.edges if e.source == cause.id} == {
            ("STATED_IN", "feedback"),
            ("OF_TYPE", "cause-type:responsibility"),
        }

    def test_corrected_to_a_link_that_was_found_confirms_it(self) -> None:
        data = judged(line("CAUSED_BY", "corrected", STUDY, HEED, left_instead=FUNDS, right_instead=WATCH))
        assert links(data, "CAUSED_BY") == {(FUNDS, WATCH, "confirmed")}

    def test_a_confirmed_link_that_is_not_found_any_more_stays(self) -> None:
        cells, other = line("CAUSED_BY", "confirmed", FUNDS, WATCH), feedback()
        lost = replace(other, edges=tuple(e for e in other.edges if e.type != "CAUSED_BY"))
        assert links(judged(cells, of=lost), "CAUSED_BY") == {(FUNDS, WATCH, "corrected")}

    def test_a_rejected_problem_takes_its_links_but_not_those_that_were_led_away(self) -> None:
        data = judged(
            line("Problem", "rejected", FUNDS),
            line("CAUSED_BY", "corrected", FUNDS, WATCH, left_instead=STUDY),
        )
        assert links(data, "CAUSED_BY") == {(STUDY, HEED, None), (STUDY, WATCH, "corrected")}
        assert links(
            judged(line("CAUSED_BY", "confirmed", FUNDS, WATCH), line("Problem", "rejected", FUNDS)),
            "CAUSED_BY",
        ) == {(STUDY, HEED, None)}


class TestFit:
    def test_the_last_of_several_holds(self) -> None:
        lines = [
            line("Problem", verdict, STUDY, by=by)
            for verdict, by in (("rejected", "wang"), ("confirmed", "li"))
        ]
        assert said(judged(*lines), STUDY).properties["judged"] == "confirmed"
        assert STUDY not in {n.properties.get("headline") for n in judged(*reversed(lines)).nodes}

    def test_of_another_report_nothing_holds(self) -> None:
        data = build_graph(audit())
        assert judge(data, judgements(line("Problem", "rejected", STUDY))) is data

    def test_a_mended_text_of_another_id_is_the_same_report(self) -> None:
        cells = line("Problem", "rejected", FUNDS)
        found = feedback("mended")
        assert FUNDS not in {n.properties.get("headline") for n in judged(cells, of=found).nodes}
        other = replace(found, report=replace(found.report, title="另一份报告"))
        assert judge(build_graph(other), judgements(cells)).report.properties.get("judgements") is None

    def test_without_the_text_the_quotes_do(self) -> None:
        bare = replace(feedback(), source_text=None)
        assert links(judged(line("CAUSED_BY", "confirmed", FUNDS, WATCH), of=bare), "CAUSED_BY") == {
            (STUDY, HEED, None),
            (FUNDS, WATCH, "confirmed"),
        }

    @pytest.mark.parametrize(
        "cells",
        [
            line("Problem", "confirmed", STUDY, left="党费收缴不及时"),
            line("CAUSED_BY", "rejected", FUNDS, WATCH, right="人手不足"),
            line("CAUSED_BY", "corrected", FUNDS, WATCH, right_instead="人手不足"),
            line("ADDRESSES", "corrected", PLAN, STUDY, left_instead="究其原因"),
            line("Problem", "corrected", STUDY, left_instead="学习贯彻不深入2024"),
        ],
    )
    def test_what_fits_nothing_changes_nothing(self, cells: dict[str, str]) -> None:
        data = build_graph(feedback())
        assert judge(data, judgements(cells)) is data

    def test_of_what_is_rejected_only_the_words_must_be_there(self) -> None:
        other = feedback()
        gone = {n.id for n in other.nodes if n.properties.get("headline") == MINUTES}
        fewer = replace(
            other,
            nodes=tuple(n for n in other.nodes if n.id not in gone),
            edges=tuple(e for e in other.edges if e.source not in gone),
        )
        data = judged(line("Problem", "rejected", MINUTES), of=fewer)
        assert len(data.report.properties["judgements"]) == 1


def test_a_review_says_what_it_looks_for() -> None:
    one = Review("CAUSED_BY", "confirmed", "r", "", Quote("甲"), Quote("乙"))
    assert str(one) == "CAUSED_BY ⟦甲⟧ → ⟦乙⟧"
