"""What in the graph can't be: letters that cite each other in a circle, or one that is yet to be written."""

from __future__ import annotations

import networkx as nx

from pipeline.citations.graph import FORWARDS
from pipeline.model import Issue, ReferenceStatus

_NAMED = 6
"""Letters of a circle that a message names."""


def graph_issues(graph: nx.MultiDiGraph) -> tuple[tuple[str, Issue], ...]:
    """Issues with the id of the document that each concerns, in a settled order.

    ``citation_cycle``: held letters cite each other in a circle. ``citation_from_future``: a letter
    cites one of a later date, so that a date is misread or the link is wrong.
    """
    found = {*_cycles(graph), *_from_future(graph)}
    return tuple(sorted(found, key=lambda item: (item[0], item[1].code, item[1].message)))


def _cycles(graph: nx.MultiDiGraph) -> list[tuple[str, Issue]]:
    found = []
    for circle in nx.strongly_connected_components(graph):
        if len(circle) < 2:
            continue
        labels = [graph.nodes[node]["label"] for node in sorted(circle)]
        named = ", ".join(labels[:_NAMED]) + (" …" if len(labels) > _NAMED else "")
        issue = Issue("citation_cycle", f"{len(labels)} letters cite each other in a circle: {named}")
        found += [(node, issue) for node in circle]
    return found


def _from_future(graph: nx.MultiDiGraph) -> list[tuple[str, Issue]]:
    found = []
    for citing, cited, data in graph.edges(data=True):
        own, other = graph.nodes[citing].get("date"), graph.nodes[cited].get("date")
        if data["relation"] == FORWARDS or data["status"] == ReferenceStatus.AMBIGUOUS.value:
            continue
        if own and other and _is_later(other, own):
            label = graph.nodes[cited]["label"]
            message = f"cites {label} of {other}, later than its own date {own}"
            found.append((citing, Issue("citation_from_future", message)))
    return found


def _is_later(one: str, other: str) -> bool:
    """Whether ISO date ``one`` is surely later; a month without a day may be any of its days.

    >>> _is_later("2021-12-07", "2021-12"), _is_later("2022-01", "2021-12-31")
    (False, True)
    """
    common = min(len(one), len(other))
    return one[:common] > other[:common]
