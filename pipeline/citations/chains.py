"""What the graph answers: the chain of a letter, and which letters are worth acquiring."""

from __future__ import annotations

import networkx as nx


def lineage(graph: nx.MultiDiGraph, document_id: str) -> nx.MultiDiGraph:
    """The letter with all its ancestors and descendants, and the edges between them."""
    family = {document_id} | nx.ancestors(graph, document_id) | nx.descendants(graph, document_id)
    return graph.subgraph(family).copy()


def most_wanted(graph: nx.MultiDiGraph, limit: int) -> tuple[tuple[str, int], ...]:
    """Letters not held and how many letters cite each, most cited first: an acquisition list."""
    counts = [
        (node, len(set(graph.predecessors(node)))) for node, held in graph.nodes(data="held") if not held
    ]
    return tuple(sorted(counts, key=lambda item: (-item[1], item[0]))[:limit])
