"""What the API answers. A place is half-open and counts the characters of the report's text."""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, Field

T = TypeVar("T")
Method = Literal["explicit", "inferred"]


class ErrorText(BaseModel):
    message: str = Field(description="哪里不对 · what is wrong")
    fix: str | None = Field(None, description="怎样改 · what to do")


class ErrorBody(BaseModel):
    """错误 · Every error has this shape."""

    error: ErrorText


class Page(BaseModel, Generic[T]):
    """一页结果 · One page of a list."""

    items: list[T]
    total: int = Field(description="共有多少 · how many there are in all")
    limit: int
    offset: int
    notes: list[str] = Field(default_factory=list, description="图中没有的名称 · names it lacks, the nearest")


class Health(BaseModel):
    """服务状态 · The service and its database."""

    status: Literal["ok"]
    version: str
    store: Literal["embedded", "neo4j"] = Field(description="哪种数据库 · which database it is")


class Place(BaseModel):
    """原文中的位置 · A place in the report's text: `start` within, `end` just after."""

    start: int
    end: int


class Named(BaseModel):
    """类别、类型、单位或政策 · A category, type, unit or policy."""

    id: str
    name: str
    name_en: str | None = None
    code: str | None = None


class ReportRef(BaseModel):
    id: str
    title: str


class NodeRef(BaseModel):
    """报告说的一件事 · Something that a report says, in its words."""

    id: str
    label: str
    number: str | None = None
    headline: str | None = None
    text: str | None = None
    place: Place | None = None


class ReportSummary(BaseModel):
    """报告 · A report and how much it says."""

    id: str
    title: str
    kind: str | None
    place: str | None = Field(description="地方 · city or county")
    date: str | None
    problems: int
    causes: int
    recommendations: int


class Report(BaseModel):
    """一份报告 · One report: what it is and what was read from it."""

    id: str
    title: str
    kind: str | None
    place: str | None
    date: str | None
    name: str | None = Field(description="文件名 · name of the file")
    sha256: str | None
    chars: int | None
    warnings: list[str]
    inspects: list[Named] = Field(description="检查对象 · who was inspected")
    issued_by: list[Named] = Field(description="出具单位 · who issued it")
    counts: dict[str, int] = Field(description="各类节点数 · nodes by label")


class GraphNodeOut(BaseModel):
    id: str
    label: str
    properties: dict[str, Any]


class Quote(BaseModel):
    """出处 · A place in a report's text that a node or edge stands on."""

    label: str = Field(description="哪种节点或边 · what stands there")
    basis: Literal["own", "mention", "member", "ends"] = Field(
        description="own 自己的位置；mention 提到它之处；member 归入它的；ends 两端所在 · "
                    "its own place, a mention of it, what belongs to it, or its ends")
    quote: str | None
    place: Place
    before: str | None = Field(description="前文；没有原文则无 · what stands before; null without the text")
    after: str | None
    report: ReportRef
    file: str | None = Field(description="文件名 · name of the file")


class Standing(BaseModel):
    """原文某处的节点或边 · A node or an edge that stands at a place."""

    what: Literal["node", "edge"]
    id: str
    label: str
    quote: str | None
    place: Place
    source: str | None = Field(None, description="边的起点 · where an edge comes from")
    target: str | None = Field(None, description="边的终点 · where it leads")


class GraphEdgeOut(BaseModel):
    id: str
    type: str
    source: str
    target: str
    properties: dict[str, Any]


class ReportGraph(BaseModel):
    """一份报告的图 · The graph of one report; the whole text (SourceText) is left out."""

    report: str
    nodes: list[GraphNodeOut]
    edges: list[GraphEdgeOut]


class ProblemSummary(BaseModel):
    """问题 · A problem."""

    id: str
    number: str | None
    headline: str
    category: Named | None
    part_of: str | None = Field(description="所属大类问题的 id · the problem that it is an item of")
    report: ReportRef
    place: Place


class Citation(BaseModel):
    """引用的政策 · A policy that is cited, and where."""

    policy: Named
    article: str | None
    place: Place | None


class MeasureOut(NodeRef):
    status: str | None


class Problem(ProblemSummary):
    """一个问题 · A problem with what stands round it."""

    text: str
    items: list[NodeRef]
    evidence: list[NodeRef]
    effects: list[NodeRef]
    measures: list[MeasureOut]
    policies: list[Citation]
    units: list[Named]


class Statement(BaseModel):
    """报告的原话 · The words of the report that state a link, the cue within."""

    cue: str | None
    text: str | None
    place: Place


class Cause(BaseModel):
    """原因 · A cause; `method` tells whether the report says so (explicit) or it is inferred."""

    cause: NodeRef
    type: Named | None
    method: Method
    confidence: float
    statement: Statement | None = Field(description="明示时的原话 · the words, where it is stated")
    problem: NodeRef = Field(description="联系所在的问题：它本身、上级或分项 · the problem that the link "
                                         "stands on: the one asked for, what it is part of, or an item of it")


class Step(BaseModel):
    """路径的一步 · A step of a path: how it is reached, and what is reached."""

    relation: str | None = Field(description="第一步为空；SHARES_WORDS 用词相同，SAME_MEANING 只是意思相近，"
                                             "其余为图中的关系 · null for the first; the others are edges")
    node: NodeRef
    report: ReportRef | None = None
    method: Method | None = None
    confidence: float | None = None
    words: list[str] = Field(default_factory=list, description="相同的词 · the words shared")


class LikenessParts(BaseModel):
    """相似度由何而来，各为 0 到 1 · What the likeness is made of, each from 0 to 1.

    没有句向量时 meaning 为空 · `meaning` is null without the sentence encoder's vectors.
    """

    words: float = Field(description="建议本身与所问的用词 · words that the recommendation itself shares")
    meaning: float | None = Field(description="建议本身与所问的意思 · how like in meaning it is itself")
    problem_words: float | None = Field(description="所针对的问题与所问的用词 · the same of the problem that "
                                                    "it addresses, the likest; null where there is none")
    problem_meaning: float | None
    link: float | None = Field(description="建议针对该问题有多可靠 · how sure it is that it addresses it")


class Recommended(BaseModel):
    """建议及其由来 · A recommendation, and the path that explains why it is shown."""

    recommendation: NodeRef
    report: ReportRef
    likeness: float | None = Field(description="与所问的相似度，0 到 1，按此排列 · how well it fits, 0 to 1; "
                                               "the order; null of a report's own")
    parts: LikenessParts | None = Field(description="相似度的各部分 · its parts; null of a report's own")
    path: list[Step]


class ProblemRecommendations(BaseModel):
    """本报告的建议与别处的建议 · The report's own recommendations, and those from elsewhere."""

    own: list[Recommended]
    related: list[Recommended]


class Related(BaseModel):
    """别处的建议 · Recommendations for problems like these words."""

    text: str
    items: list[Recommended]


class QueryParameter(BaseModel):
    name: str
    type: str
    default: str | int | float | None = Field(description="没有则必填 · required where it is null")
    says: str
    may_be_empty: bool = Field(description="可以为空，即不限 · may be empty, which stands for any")


class QueryInfo(BaseModel):
    """命名查询 · A named query."""

    name: str
    question_zh: str
    question_en: str
    topic: str
    parameters: list[QueryParameter]
    columns: list[str]
    columns_say: list[str] = Field(description="各列是什么 · what each column is")
    example: dict[str, str] = Field(description="样例取值 · values that find something in the samples")
    cypher: str


class QueryRows(BaseModel):
    """查询结果 · The rows of an answer; `truncated` where there were more."""

    name: str
    columns: list[str]
    rows: list[dict[str, Any]]
    truncated: bool
    notes: list[str] = Field(default_factory=list, description="图中没有的名称 · names it lacks, the nearest")
