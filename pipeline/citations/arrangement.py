"""Where the letters of a graph stand in its picture: in columns from the youngest to what it builds on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

WIDTH, HEIGHT = 280, 74
"""Size of a letter's box, in pixels."""

_COLUMN, _ROW, _BETWEEN_CHAINS = WIDTH + 150, HEIGHT + 26, 40
_SWEEPS = 6
_LONERS_IN_A_ROW = 4


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The top left corner of each node's box, and the size of the whole, in pixels."""

    corners: Mapping[str, tuple[float, float]]
    width: float
    height: float


def arrange(graph: nx.MultiDiGraph) -> Arrangement:
    """Chains below one another, each in columns; letters without any edge last, in a grid."""
    corners: dict[str, tuple[float, float]] = {}
    top = 0.0
    for chain in _chains(graph):
        placed = _place_chain(graph.subgraph(chain))
        corners.update({node: (x, y + top) for node, (x, y) in placed.items()})
        top += max(y for _, y in placed.values()) + HEIGHT + _BETWEEN_CHAINS
    loners = sorted(nx.isolates(graph), key=lambda node: _age_key(graph, node))
    for index, node in enumerate(loners):
        row, column = divmod(index, _LONERS_IN_A_ROW)
        corners[node] = (column * (WIDTH + 30.0), top + row * _ROW)
    width = max((x for x, _ in corners.values()), default=0) + WIDTH
    height = max((y for _, y in corners.values()), default=0) + HEIGHT
    return Arrangement(corners, width, height)


def _chains(graph: nx.MultiDiGraph) -> list[set[str]]:
    """The connected parts of the graph, the largest first."""
    chains = [chain for chain in nx.weakly_connected_components(graph) if len(chain) > 1]
    return sorted(chains, key=lambda chain: (-len(chain), min(chain)))


def _age_key(graph: nx.MultiDiGraph, node: str) -> tuple[tuple[int, ...], str]:
    """Sorts the youngest first, letters without a date last."""
    digits = graph.nodes[node].get("date", "")
    return tuple(-int(part) for part in digits.split("-") if part) or (1,), node


def _place_chain(chain: nx.MultiDiGraph) -> dict[str, tuple[float, float]]:
    columns = _columns(chain)
    neighbours: dict[str, list[str]] = {
        node: sorted({*chain.predecessors(node), *chain.successors(node)}) for node in chain
    }
    rows = {node: float(row) for column in columns for row, node in enumerate(column)}
    for sweep in range(_SWEEPS):
        order = columns if sweep % 2 == 0 else columns[::-1]
        for column in order:
            _settle(column, rows, neighbours)
    lowest = min(rows.values())
    return {
        node: (index * _COLUMN, (rows[node] - lowest) * _ROW)
        for index, column in enumerate(columns)
        for node in column
    }


def _columns(chain: nx.MultiDiGraph) -> list[list[str]]:
    """Nodes by the longest way to them from a letter that nobody cites; a circle shares a column."""
    condensed = nx.condensation(nx.DiGraph(chain))
    depth: dict[int, int] = {}
    for circle in nx.topological_sort(condensed):
        depth[circle] = max((depth[before] + 1 for before in condensed.predecessors(circle)), default=0)
    columns: dict[int, list[str]] = defaultdict(list)
    for circle, members in condensed.nodes(data="members"):
        columns[depth[circle]] += members
    return [sorted(columns[index], key=lambda node: _age_key(chain, node)) for index in sorted(columns)]


def _settle(column: list[str], rows: dict[str, float], neighbours: Mapping[str, Iterable[str]]) -> None:
    """Bring each node of a column to the middle of its neighbours, as far as the others leave room."""
    wished = {}
    here = set(column)
    for node in column:
        others = [rows[other] for other in neighbours[node] if other not in here]
        wished[node] = sum(others) / len(others) if others else rows[node]
    column.sort(key=lambda node: (wished[node], rows[node], node))
    places: list[float] = []
    for node in column:
        places.append(max(wished[node], places[-1] + 1) if places else wished[node])
    # What was pushed down is shared out between above and below
    shift = sum(wished[node] - place for node, place in zip(column, places, strict=True)) / len(column)
    rows.update({node: place + shift for node, place in zip(column, places, strict=True)})
