"""What in the graph cannot be: letters that cite each other in a circle, or one from the future."""

from __future__ import annotations

import networkx as nx

from pipeline.citations.graph import FORWARDS
from pipeline.model import Issue


def graph_issues(graph: nx.MultiDiGraph) -> tuple[tuple[str, Issue], ...]:
    """Issues by the document they concern: ``citation_cycle`` and ``citation_from_future``."""
    found: list[tuple[str, Issue]] = []
    for component in nx.strongly_connected_components(graph):
        if len(component) > 1:
            members = sorted(component)
            found += [
                (node, Issue("citation_cycle", "letters cite each other in a circle: " + ", ".join(
                    graph.nodes[member]["label"] for member in members)))
                for node in members
            ]
    for source, target, data in graph.edges(data=True):
        own, cited = graph.nodes[source].get("date"), graph.nodes[target].get("date")
        if data["relation"] != FORWARDS and own and cited and cited[: len(own)] > own[: len(cited)]:
            label = graph.nodes[target]["label"]
            found.append((source, Issue("citation_from_future", f"cites {label} of {cited}, but is of {own}")))
    return tuple(sorted(found, key=lambda item: (item[0], item[1].code, item[1].message)))
