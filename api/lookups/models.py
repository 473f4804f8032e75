"""What look-ups answer. A quote is the report's text from `start` to `end` of its place."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, Field

from api.models import Judged, Method, Named, Place, ReportRef

T = TypeVar("T")
_JUDGED = Field(None, description="人的判断 · what a person said of it, if anybody did")
_JUDGED_LINK = Field(None, description="人对这一联系的判断 · what a person said of the link, if anybody did")


class Item(BaseModel):
    """一件东西 · A thing that can be looked up."""

    id: str
    label: str = Field(description="图中的标签 · its label in the graph")
    links: dict[str, str] = Field(
        description="相关的地址：自身、网页、报告、相邻的各类 · addresses: "
        "its own, its page, its report, its neighbours"
    )


class Said(Item):
    """报告说的一件事 · Something that a report says: its words and their place."""

    quote: str = Field(description="原话 · the report's words")
    place: Place
    report: ReportRef


class Report(Item):
    """一份报告 · One report: what it is and what was read from it."""

    title: str
    kind: str | None
    place: str | None
    date: str | None
    level: str | None = Field(description="层级 · level: central, province, city, county …")
    round: str | None = Field(description="第几轮 · round of inspections")
    url: str | None
    name: str | None = Field(description="文件名 · name of the file")
    sha256: str | None
    chars: int | None
    warnings: list[str]
    inspects: list[Named] = Field(description="检查对象 · who was inspected")
    issued_by: list[Named] = Field(description="出具单位 · who issued it")
    counts: dict[str, int] = Field(description="各类节点数 · nodes by label")


class LinkedProblem(BaseModel):
    """所联系的问题 · A problem that it is linked to, stated by the report or inferred."""

    id: str
    headline: str
    method: Method | None
    confidence: float | None
    judged: Judged | None = _JUDGED_LINK
    href: str


class ProblemSummary(Said):
    """问题 · A problem."""

    number: str | None
    headline: str
    category: Named | None
    part_of: str | None = Field(description="所属大类问题的 id · the problem that it is an item of")
    amount: float | None = Field(description="涉及金额，元 · its amount in yuan")
    judged: Judged | None = _JUDGED


class CauseItem(Said):
    """原因 · A cause, and the problems that it explains."""

    type: Named | None
    judged: Judged | None = _JUDGED
    problems: list[LinkedProblem]


class RecommendationItem(Said):
    """建议 · A recommendation, and the problems that it is for, itself or by their cause."""

    number: str | None
    headline: str | None
    problems: list[LinkedProblem]


class MeasureItem(Said):
    """整改措施 · A measure, and the problems that it resolves."""

    status: str | None
    problems: list[LinkedProblem]


class EvidenceItem(Said):
    """依据事实 · An example, figure, date or case, and the problems that it supports."""

    amounts: list[float] = Field(description="元 · yuan")
    dates: list[str] = Field(description="ISO 8601")
    problems: list[LinkedProblem]


class UnitItem(Item):
    """单位 · A named organisation."""

    name: str
    aliases: list[str]
    place: str | None = Field(description="地区 · province, city, county or town")
    inspected: int = Field(description="检查它的报告数 · reports that inspect it")
    mentions: int = Field(description="提到它的次数 · mentions of it")


class PolicyItem(Item):
    """政策 · A law, regulation, Party document, meeting, doctrine, formula or named system."""

    name: str
    aliases: list[str]
    citations: int = Field(description="引用它的次数 · citations of it")


class ReportSummary(Item):
    """报告 · A report and how much it says."""

    title: str
    kind: str | None
    place: str | None = Field(description="地方 · city or county")
    date: str | None
    problems: int
    causes: int
    recommendations: int


class Neighbour(BaseModel):
    """相邻的一件东西 · What a thing is linked to, and by which edge."""

    id: str
    label: str
    relation: str = Field(description="边的类型 · type of the edge")
    direction: Literal["out", "in"] = Field(description="out 由它出发，in 指向它 · from it or to it")
    name: str = Field(description="标题、名称或原话 · headline, name or words")
    quote: str | None
    place: Place | None = Field(description="它在原文的位置 · where it stands")
    method: Method | None = None
    confidence: float | None = None
    judged: Judged | None = _JUDGED_LINK
    cue: str | None = Field(None, description="明示的提示词 · the cue, where the report states the link")
    article: str | None = Field(None, description="第几条 · article that is cited")
    status: str | None = Field(None, description="整改状态 · status of a measure")
    stated_at: Place | None = Field(None, description="联系本身的位置 · where the link itself is stated")
    href: str | None


class Surroundings(BaseModel):
    """相邻的各组 · What stands round a thing, by what it is to it: causes, evidence, units …"""

    neighbours: dict[str, list[Neighbour]] = Field(
        description="每种边最多 200 个，其余见 links 中的列表 · at most 200 of an edge; the lists in `links` "
        "have all"
    )


class FacetValue(BaseModel):
    """一个取值有多少 · How many have a value."""

    value: str = Field(description="代码、id 或词，可用作筛选 · code, id or word, to filter by")
    name: str | None
    name_en: str | None = None
    count: int


class Match(BaseModel):
    """名称所指的一个 · One of the things that a name fits."""

    id: str
    name: str
    place: str | None
    href: str


class Listing(BaseModel, Generic[T]):
    """一页结果 · One page of a list."""

    items: list[T]
    total: int = Field(description="共有多少 · how many there are in all")
    limit: int
    offset: int
    next: str | None = Field(description="下一页的 cursor；没有则为空 · cursor of the next page, if any")
    previous: str | None = Field(description="上一页的 cursor · cursor of the page before, if any")
    facets: dict[str, list[FacetValue]] = Field(
        description="各取值的数量，最多 50 个；不受同名筛选影响 · counts by value, at most 50; a facet "
        "leaves the filter of its name aside"
    )
    matches: dict[str, list[Match]] = Field(
        description="unit、policy 的名称指哪些 · what the names given for unit and policy fit"
    )
    notes: list[str] = Field(
        description="图中没有的、有歧义的名称 · names that the graph lacks, or that fit several"
    )


class Span(BaseModel):
    """原文的一段 · A part of the text, and the node or edge that stands on it."""

    what: Literal["node", "edge"]
    id: str
    label: str
    place: Place
    source: str | None = Field(description="边的起点 · where an edge comes from")
    target: str | None = Field(description="边的终点 · where it leads")
    href: str | None


class ReportText(BaseModel):
    """原文和其中所有的段 · The text of a report with all that stands on it, in the order of the text."""

    report: ReportRef
    chars: int
    text: str
    spans: list[Span]
