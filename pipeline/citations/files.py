"""The graph as files: GraphML for graph tools, node-link JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import networkx as nx

from pipeline.atomic import written_beside
from pipeline.citations.graph import Attributes, CitationGraph
from pipeline.errors import StorageError

_GRAPHML, _JSON = "citations.graphml", "citations.json"

_NODE_TYPES = {
    "held": "boolean", "label": "string", "number": "string", "date": "string", "sender": "string",
    "recipient": "string", "subject": "string", "variants": "string",
}  # fmt: skip
_EDGE_TYPES = {
    "relation": "string", "status": "string", "score": "double", "reference_id": "string",
    "evidence": "string", "passed_by": "string", "passed_to": "string", "days": "int",
}  # fmt: skip


def write_graph(graph: CitationGraph, folder: Path) -> tuple[Path, Path]:
    """Write ``citations.graphml`` and ``citations.json`` (node-link) into ``folder`` and return their paths.

    The same graph gives the same bytes. Each file is written beside its place and then moved there,
    so that a reader never sees half of one. Raises :class:`StorageError` where the system refuses.
    """
    graphml, node_link = folder / _GRAPHML, folder / _JSON
    _write(graphml, _graphml(graph))
    _write(node_link, _node_link(graph))
    return graphml, node_link


def graph_is_there(folder: Path) -> bool:
    """Whether ``folder`` holds both files of :func:`write_graph`."""
    return all((folder / name).exists() for name in (_GRAPHML, _JSON))


def read_graph(folder: Path) -> nx.MultiDiGraph:
    """The graph that :func:`write_graph` wrote into ``folder``; raises :class:`StorageError` without one."""
    try:
        content = json.loads((folder / _JSON).read_text(encoding="utf-8"))
    except OSError as error:
        raise StorageError(f"{folder / _JSON}: cannot be read: {error.strerror}; a run writes it") from error
    graph = nx.MultiDiGraph()
    for node in content["nodes"]:
        graph.add_node(node.pop("id"), **node)
    for edge in content["edges"]:
        graph.add_edge(edge.pop("source"), edge.pop("target"), edge.pop("key"), **edge)
    return graph


def _write(path: Path, pieces: Iterable[str]) -> None:
    with written_beside(path) as beside, beside.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)


def _node_link(graph: CitationGraph) -> Iterator[str]:
    """Node-link JSON, one node or edge a line."""
    yield '{"directed": true, "multigraph": true, "graph": {}, "nodes": ['
    yield from _listed({"id": node.name, **node.attributes} for node in graph.nodes())
    yield '], "edges": ['
    yield from _listed(
        {"source": edge.source, "target": edge.target, "key": edge.key, **edge.attributes}
        for edge in graph.edges()
    )
    yield "]}\n"


def _listed(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    for number, item in enumerate(items):
        yield ",\n" if number else "\n"
        yield json.dumps(item, ensure_ascii=False)


def _graphml(graph: CitationGraph) -> Iterator[str]:
    """GraphML, one node or edge a line. The writers of networkx want all of a graph in memory."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for element, types in (("node", _NODE_TYPES), ("edge", _EDGE_TYPES)):
        for name, kind in types.items():
            yield f'<key id="{name}" for="{element}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for node in graph.nodes():
        yield f"<node id={quoteattr(node.name)}>{_data(node.attributes)}</node>\n"
    for edge in graph.edges():
        ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
        yield f"<edge id={quoteattr(edge.key)} {ends}>{_data(edge.attributes)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(attributes: Attributes) -> str:
    texts = (
        (key, str(value).lower() if isinstance(value, bool) else str(value))
        for key, value in attributes.items()
    )
    return "".join(f'<data key="{key}">{escape(text)}</data>' for key, text in texts)
