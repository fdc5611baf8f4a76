"""The graph as a picture (first version)."""

from __future__ import annotations

from html import escape
from pathlib import Path

import networkx as nx


def write_svg(graph: nx.MultiDiGraph, path: Path) -> None:
    """Draw ``graph`` as SVG into ``path``."""
    path.write_text(draw(graph), encoding="utf-8")


def draw(graph: nx.MultiDiGraph) -> str:
    """The SVG text of ``graph``."""
    rows = {node: index for index, node in enumerate(sorted(graph, key=lambda n: (graph.nodes[n].get("date", ""), n)))}
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="{60 * len(rows) + 20}">']
    parts += [
        f'<path d="M 60 {60 * rows[a] + 30} Q 10 {30 * (rows[a] + rows[b]) + 30} 60 {60 * rows[b] + 30}" fill="none" stroke="grey"/>'
        for a, b in graph.edges()
    ]
    parts += [f'<text x="70" y="{60 * row + 34}">{escape(graph.nodes[node]["label"])}</text>' for node, row in rows.items()]
    return "\n".join([*parts, "</svg>\n"])
