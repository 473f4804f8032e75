"""What is drawn of too much: a picture of problems with what is tied to them, and never loose ends alone."""

from __future__ import annotations

import random
from collections import Counter

from graph.data import GraphEdge, GraphNode
from viz.choice import choose


def nodes(**counts: int) -> list[GraphNode]:
    """RootCause=2 gives RootCause0 and RootCause1."""
    return [GraphNode(f"{label}{i}", label) for label, count in counts.items() for i in range(count)]


def caused(problem: int, cause: int, confidence: float = 0.9, method: str = "explicit") -> GraphEdge:
    return GraphEdge(
        "CAUSED_BY",
        f"Problem{problem}",
        f"RootCause{cause}",
        "Problem",
        "RootCause",
        {"confidence": confidence, "method": method},
    )


def part(child: int, parent: int) -> GraphEdge:
    return GraphEdge("PART_OF", f"Problem{child}", f"Problem{parent}", "Problem", "Problem")


def labels(chosen: set[str]) -> Counter[str]:
    return Counter(id_.rstrip("0123456789") for id_ in chosen)


def test_all_where_there_is_room() -> None:
    assert len(choose(nodes(Problem=3, RootCause=7), [], 10)) == 10


def test_causes_by_far_the_most() -> None:
    edges = [caused(i % 30, i) for i in range(200)]
    chosen = choose(nodes(RootCause=200, Problem=30), edges, 100)
    assert labels(chosen) == {"Problem": 30, "RootCause": 70}
    tied = Counter(edge.source for edge in edges if edge.target in chosen)
    assert set(tied.values()) == {2, 3}  # each problem has its share


def test_problems_by_far_the_most_leave_room_for_whole_edges() -> None:
    edges = [caused(i, i) for i in range(150)]
    assert labels(choose(nodes(Problem=200, RootCause=150), edges, 100)) == {"Problem": 50, "RootCause": 50}
    assert labels(choose(nodes(Problem=200, RootCause=2), edges[:2], 100)) == {"Problem": 98, "RootCause": 2}
    assert labels(choose(nodes(Problem=200), [], 100)) == {"Problem": 100}


def test_the_most_certain_first() -> None:
    edges = [
        caused(0, 0, 0.4, "inferred"),
        caused(0, 1, 0.7, "inferred"),
        caused(0, 2, 0.8),
        caused(0, 3, 0.95),
    ]
    for room, cause in ((2, 3), (3, 2), (4, 1)):
        chosen = choose(nodes(Problem=1, RootCause=4), edges, room)
        assert len(chosen) == room
        assert f"RootCause{cause}" in chosen


def test_an_item_brings_what_it_is_part_of() -> None:
    edges = [*(part(i, i % 4) for i in range(4, 40)), *(part(40 + i, 39) for i in range(40))]
    chosen = choose(nodes(Problem=80, RootCause=80), edges + [caused(i, i) for i in range(80)], 60)
    above = {edge.source: edge.target for edge in edges if edge.type == "PART_OF"}
    assert all(above[id_] in chosen for id_ in chosen if id_ in above)
    assert len(chosen) == 60


def test_a_circle_and_loose_ends_still_fill_the_picture() -> None:
    circle = [part(0, 1), part(1, 0)]
    assert labels(choose(nodes(Problem=2, RootCause=9), circle, 6)) == {"Problem": 2, "RootCause": 4}
    assert labels(choose(nodes(Evidence=9, RootCause=9), [], 12)) == {"RootCause": 9, "Evidence": 3}


def test_details_after_all_else_and_at_any_distance() -> None:
    far = [
        GraphEdge("ADDRESSES", "Recommendation0", "RootCause0", "Recommendation", "RootCause"),
        GraphEdge("SUPPORTS", "Evidence0", "Problem0", "Evidence", "Problem"),
        caused(0, 0),
    ]
    assert "Evidence0" not in choose(nodes(Evidence=1, Problem=1, RootCause=1, Recommendation=1), far, 3)


def test_no_more_than_there_is_room_whatever_the_graph() -> None:
    dice = random.Random(34)
    for _ in range(50):
        some = nodes(Problem=dice.randrange(40), RootCause=dice.randrange(40), Evidence=dice.randrange(40))
        ids = [node.id for node in some]
        edges = [
            GraphEdge(dice.choice(["PART_OF", "CAUSED_BY"]), dice.choice(ids), dice.choice(ids), "", "")
            for _ in range(60)
            if ids
        ]
        limit = dice.randrange(1, 60)
        chosen = choose(some, edges, limit)
        assert len(chosen) <= limit
        assert len(chosen) == min(limit, len(some)) or any(edge.type == "PART_OF" for edge in edges)
