"""What POST /cypher takes and gives."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from graph.gate.limits import LONGEST


class CypherIn(BaseModel):
    """一条只读的 Cypher · One query that only reads."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "query": "MATCH (p:Problem) WHERE p.category = $c RETURN p.headline AS 标题 LIMIT 5",
                    "parameters": {"c": "finance"},
                }
            ]
        },
    )

    query: str = Field(min_length=1, max_length=LONGEST, description="查询 · the query")
    parameters: dict[str, Any] = Field(default_factory=dict, description="参数，JSON · its parameters")


class CypherNode(BaseModel):
    id: str | None
    label: str | None
    properties: dict[str, Any]


class CypherEdge(BaseModel):
    """`source` 和 `target` 为空：结果中没有那一端 · null where the answer does not hold that end."""

    id: str | None
    type: str
    source: str | None
    target: str | None
    properties: dict[str, Any]


class CypherOut(BaseModel):
    """结果：表，以及其中的结点和边 · The table, and the nodes and edges in it."""

    columns: list[str]
    rows: list[dict[str, Any]]
    truncated: bool = Field(description="还有更多，已截断 · there was more than rows or bytes allow")
    notes: list[str] = Field(description="图中没有的名称 · words that the schema lacks")
    nodes: list[CypherNode]
    edges: list[CypherEdge]
