"""The graph as a page to pan, zoom and search; it loads nothing from anywhere."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import networkx as nx

from pipeline.atomic import write_text
from pipeline.citations.picture import draw
from pipeline.thai import ThaiDate, format_date
from pipeline.words import word

_NODE_FIELDS = ("label", "held", "sender", "recipient", "subject", "variants")


def write_html(graph: nx.MultiDiGraph, path: Path) -> None:
    """Write a self-contained page of ``graph`` into ``path``, for light and dark surroundings."""
    template = (files(__package__) / "data" / "page.html").read_text(encoding="utf-8")
    page = template.replace("{{ picture }}", draw(graph)).replace("{{ graph }}", _embedded(graph))
    write_text(path, page)


def _embedded(graph: nx.MultiDiGraph) -> str:
    """Nodes and edges as JSON that can't end the script element that holds it."""
    content = {
        "nodes": [_node(node, data) for node, data in sorted(graph.nodes(data=True))],
        "edges": [
            _edge(*edge) for edge in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])
        ],
    }
    return json.dumps(content, ensure_ascii=False).replace("<", "\\u003c")


def _node(node: str, data: dict[str, Any]) -> dict[str, Any]:
    day = data.get("date")
    known = {name: data[name] for name in _NODE_FIELDS if name in data}
    return {"id": node, "day": day and format_date(ThaiDate.from_iso(day)), **known}


def _edge(source: str, target: str, _key: str, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "source": source,
        "target": target,
        "name": word("relation_short", data["relation"]),
        "state": word("status_short", data["status"]),
        "why": data["evidence"],
        **({"days": data["days"]} if "days" in data else {}),
    }
