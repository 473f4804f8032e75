"""Made-up graphs that are too large, too wide or of several reports."""

from __future__ import annotations

from dataclasses import replace

from graph.data import GraphData, GraphEdge, GraphNode


def crowd(problems: int, causes: int, units: int = 0, title: str = "一份报告") -> GraphData:
    """A report with so many problems, causes (each of one problem, in turn) and inspected units."""
    report = GraphNode("r", "Report", {"title": title, "date": "2024-05-06"})
    nodes = [
        GraphNode(
            f"p{i}",
            "Problem",
            {
                "headline": f"第{i}个问题：主体责任落实不到位，资金使用不规范",
                "number": str(i),
                "start": i,
                "end": i + 1,
            },
        )
        for i in range(problems)
    ]
    nodes += [
        GraphNode(f"c{i}", "RootCause", {"text": f"原因{i}：日常监督缺位", "start": i, "end": i + 1})
        for i in range(causes)
    ]
    edges = [GraphEdge("STATED_IN", n.id, "r", n.label, "Report") for n in nodes]
    edges += [
        GraphEdge(
            "CAUSED_BY",
            f"p{i % problems}",
            f"c{i}",
            "Problem",
            "RootCause",
            {"method": "inferred" if i % 3 else "explicit", "confidence": 0.5},
        )
        for i in range(causes)
    ]
    for i in range(units):
        nodes.append(
            GraphNode(f"u{i}", "Unit", {"name": f"青岳县第{i}镇党委和人民政府联合工作领导小组办公室"})
        )
        edges.append(GraphEdge("INSPECTS", "r", f"u{i}", "Report", "Unit"))
    return GraphData("r", (report, *nodes), tuple(edges))


def dated(data: GraphData, name: str, date: str) -> GraphData:
    """The same as another report: every node of its own has another id."""
    shared = ("Unit", "Policy", "Category", "CauseType")
    new = {n.id: n.id if n.label in shared else f"{name}-{n.id}" for n in data.nodes}
    nodes = tuple(
        replace(
            n,
            id=new[n.id],
            properties={**n.properties, "date": date, "title": f"{date}的报告"}
            if n.label == "Report"
            else n.properties,
        )
        for n in data.nodes
    )
    edges = tuple(
        GraphEdge(e.type, new[e.source], new[e.target], e.source_label, e.target_label, e.properties)
        for e in data.edges
    )
    return GraphData(name, nodes, edges)
