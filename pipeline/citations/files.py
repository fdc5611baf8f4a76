"""The graph as files: GraphML for graph tools, node-link JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx

_GRAPHML, _JSON = "citations.graphml", "citations.json"


def write_graph(graph: nx.MultiDiGraph, folder: Path) -> None:
    """Write ``citations.graphml`` and ``citations.json`` (node-link) into ``folder``.

    The same graph gives the same bytes. Each file is written beside its place and then moved there,
    so that a reader never sees half of one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ordered = _ordered(graph)
    # Not write_graphml, whose bytes depend on whether lxml is installed
    replace_file(folder / _GRAPHML, lambda path: nx.write_graphml_xml(ordered, path, named_key_ids=True))
    replace_file(folder / _JSON, lambda path: _write_json(ordered, path))


def read_graph(folder: Path) -> nx.MultiDiGraph:
    """The graph that :func:`write_graph` wrote into ``folder``; raises FileNotFoundError where none is."""
    content = json.loads((folder / _JSON).read_text(encoding="utf-8"))
    graph = nx.MultiDiGraph()
    for node in content["nodes"]:
        graph.add_node(node.pop("id"), **node)
    for edge in content["edges"]:
        graph.add_edge(edge.pop("source"), edge.pop("target"), edge.pop("key"), **edge)
    return graph


def replace_file(path: Path, write: Callable[[Path], object]) -> None:
    """Let ``write`` make a file beside ``path``, then put it there in one step."""
    beside = path.with_name(f".{path.name}.part")
    try:
        write(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _ordered(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """``graph`` with nodes, edges and attributes in order of their names."""
    ordered = nx.MultiDiGraph()
    ordered.add_nodes_from((node, _sorted(data)) for node, data in sorted(graph.nodes(data=True)))
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])
    ordered.add_edges_from((source, target, key, _sorted(data)) for source, target, key, data in edges)
    return ordered


def _sorted(attributes: dict[str, Any]) -> dict[str, Any]:
    return dict(sorted(attributes.items()))


def _write_json(graph: nx.MultiDiGraph, path: Path) -> None:
    content = {
        "directed": True,
        "multigraph": True,
        "graph": {},
        "nodes": [{"id": node, **data} for node, data in graph.nodes(data=True)],
        "edges": [
            {"source": source, "target": target, "key": key, **data}
            for source, target, key, data in graph.edges(keys=True, data=True)
        ],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
