"""The graph as a page to pan and zoom (first version)."""

from __future__ import annotations

from pathlib import Path

import networkx as nx

from pipeline.citations.picture import draw


def write_html(graph: nx.MultiDiGraph, path: Path) -> None:
    """Write a self-contained page of ``graph`` into ``path``."""
    path.write_text(f'<!doctype html><meta charset="utf-8"><title>Saraban</title>{draw(graph)}', encoding="utf-8")
