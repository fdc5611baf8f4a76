"""What the graph answers: the chain of a letter, and which letters are worth acquiring."""

from __future__ import annotations

import networkx as nx

from pipeline.errors import UsageError
from pipeline.model import ReferenceStatus


def lineage(graph: nx.MultiDiGraph, document_id: str) -> nx.MultiDiGraph:
    """The letter with all its ancestors and descendants, and the edges between them.

    Raises :class:`pipeline.errors.UsageError` where the graph has no such letter.
    """
    if document_id not in graph:
        raise UsageError(f"{document_id} is no letter of the citation graph")
    family = {document_id} | nx.ancestors(graph, document_id) | nx.descendants(graph, document_id)
    return graph.subgraph(family).copy()


def most_wanted(graph: nx.MultiDiGraph, limit: int) -> tuple[tuple[str, int], ...]:
    """Letters not held and how many letters cite each, most cited first: an acquisition list.

    References that may mean a held letter (``ambiguous``) do not count.
    """
    wanted: dict[str, set[str]] = {}
    for citing, cited, status in graph.edges(data="status"):
        if status == ReferenceStatus.NOT_HELD.value and not graph.nodes[cited].get("held"):
            wanted.setdefault(cited, set()).add(citing)
    counts = [(node, len(citing)) for node, citing in wanted.items()]
    return tuple(sorted(counts, key=lambda item: (-item[1], item[0]))[:limit])
