"""What the API answers. A place is half-open and counts the characters of the report's text."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from graph.judges import Finding

Method = Literal["explicit", "inferred"]


class Fault(BaseModel):
    """一处错误 · One thing that is wrong with a request."""

    name: str = Field(description="参数名，或正文中的位置 · the parameter, or the place in the body")
    detail: str


class ErrorBody(BaseModel):
    """错误，按 RFC 9457 · Every error has this shape, that of RFC 9457."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:suyin:error:not-found",
                    "title": "没有这个 · not there",
                    "status": 404,
                    "detail": "there is no report 'x'",
                    "fix": "see /reports",
                    "request_id": "5f0c",
                }
            ]
        }
    )

    type: str = Field(description="错误的种类 · the kind of error; about:blank where the status says it all")
    title: str = Field(description="种类的名称 · the kind in words")
    status: int
    detail: str = Field(description="哪里不对 · what is wrong")
    fix: str | None = Field(None, description="怎样改 · what to do")
    errors: list[Fault] | None = Field(None, description="逐项 · each fault, where there may be several")
    request_id: str | None = Field(None, description="请求编号，见日志 · id of the request, also in the log")


class Health(BaseModel):
    """服务状态 · The service and its database."""

    status: Literal["ok"]
    version: str
    store: Literal["embedded", "neo4j"] = Field(description="哪种数据库 · which database it is")


class Alive(BaseModel):
    """服务在运行 · The service runs."""

    status: Literal["ok"]
    version: str


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


class Judged(BaseModel):
    """人的判断 · What a person said of it."""

    verdict: Literal["confirmed", "corrected"] = Field(
        description="confirmed 找得对；corrected 由人改正、补上 · found rightly, or put right by a person"
    )
    by: str | None = Field(None, description="谁；隐去姓名时不给 · who; not given where names are masked")
    at: str | None = Field(None, description="何时，ISO 8601 · when")
    _report: str = PrivateAttr("")
    _finding: Finding = PrivateAttr("")

    @classmethod
    def of(cls, verdict: Any, report: str, finding: Finding) -> Self | None:
        """None where nobody judged it. Who did is found later (api.judging), as it stands in no graph."""
        if not verdict:
            return None
        one = cls(verdict=verdict, by=None, at=None)
        one._report, one._finding = report, finding
        return one

    @property
    def of_what(self) -> tuple[str, Finding]:
        """The id of the report and what was judged in it."""
        return self._report, self._finding


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


class GraphNodeOut(BaseModel):
    id: str
    label: str
    properties: dict[str, Any]


class Quote(BaseModel):
    """出处 · A place in a report's text that a node or edge stands on."""

    label: str = Field(description="哪种节点或边 · what stands there")
    basis: Literal["own", "mention", "member", "ends"] = Field(
        description="own 自己的位置；mention 提到它之处；member 归入它的；ends 两端所在 · "
        "its own place, a mention of it, what belongs to it, or its ends"
    )
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
    judged: Judged | None = Field(None, description="人对这一联系的判断 · what a person said of the link")
    statement: Statement | None = Field(description="明示时的原话 · the words, where it is stated")
    problem: NodeRef = Field(
        description="联系所在的问题：它本身、上级或分项 · the problem that the link "
        "stands on: the one asked for, what it is part of, or an item of it"
    )


class Step(BaseModel):
    """路径的一步 · A step of a path: how it is reached, and what is reached."""

    relation: str | None = Field(
        description="第一步为空；SHARES_WORDS 用词相同，SAME_MEANING 只是意思相近，"
        "其余为图中的关系 · null for the first; the others are edges"
    )
    node: NodeRef
    report: ReportRef | None = None
    method: Method | None = None
    confidence: float | None = None
    judged: Judged | None = Field(
        default=None,
        description="人对这一联系的判断 · what a person said of the link that this step goes along",
    )
    words: list[str] = Field(default_factory=list, description="相同的词 · the words shared")


class LikenessParts(BaseModel):
    """相似度由何而来，各为 0 到 1 · What the likeness is made of, each from 0 to 1.

    没有句向量时 meaning 为空 · `meaning` is null without the sentence encoder's vectors.
    """

    words: float = Field(description="建议本身与所问的用词 · words that the recommendation itself shares")
    meaning: float | None = Field(description="建议本身与所问的意思 · how like in meaning it is itself")
    problem_words: float | None = Field(
        description="所针对的问题与所问的用词 · the same of the problem that "
        "it addresses, the likest; null where there is none"
    )
    problem_meaning: float | None
    link: float | None = Field(description="建议针对该问题有多可靠 · how sure it is that it addresses it")
    advice_words: float | None = Field(
        description="与该问题自己的报告所提建议的用词 · words shared with what the problem's own report "
        "recommends for it; null where that is nothing"
    )
    advice_meaning: float | None


class Recommended(BaseModel):
    """建议及其由来 · A recommendation, and the path that explains why it is shown."""

    recommendation: NodeRef
    report: ReportRef
    likeness: float | None = Field(
        description="与所问的相似度，0 到 1，按此排列 · how well it fits, 0 to 1; "
        "the order; null of a report's own"
    )
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
