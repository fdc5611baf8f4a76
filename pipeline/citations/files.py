"""The graph as files: GraphML for graph tools, node-link JSON for programs."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx

_GRAPHML, _JSON = "citations.graphml", "citations.json"


def write_graph(graph: nx.MultiDiGraph, folder: Path) -> None:
    """Write ``citations.graphml`` and ``citations.json`` into ``folder``, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    ordered = _ordered(graph)
    beside = folder / (_GRAPHML + ".part")
    nx.write_graphml(ordered, beside, named_key_ids=True)
    beside.replace(folder / _GRAPHML)
    beside = folder / (_JSON + ".part")
    beside.write_text(json.dumps(_node_link(ordered), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    beside.replace(folder / _JSON)


def read_graph(folder: Path) -> nx.MultiDiGraph:
    """The graph that :func:`write_graph` wrote into ``folder``."""
    content = json.loads((folder / _JSON).read_text(encoding="utf-8"))
    graph = nx.MultiDiGraph()
    for node in content["nodes"]:
        graph.add_node(node.pop("id"), **node)
    for edge in content["edges"]:
        graph.add_edge(edge.pop("source"), edge.pop("target"), edge.pop("key"), **edge)
    return graph


def _ordered(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    ordered = nx.MultiDiGraph()
    ordered.add_nodes_from((node, dict(sorted(data.items()))) for node, data in sorted(graph.nodes(data=True)))
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])
    ordered.add_edges_from((*edge[:3], dict(sorted(edge[3].items()))) for edge in edges)
    return ordered


def _node_link(graph: nx.MultiDiGraph) -> dict[str, object]:
    return {
        "directed": True,
        "multigraph": True,
        "graph": {},
        "nodes": [{"id": node, **data} for node, data in graph.nodes(data=True)],
        "edges": [
            {"source": source, "target": target, "key": key, **data}
            for source, target, key, data in graph.edges(keys=True, data=True)
        ],
    }
