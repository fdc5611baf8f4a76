"""What in the graph can't be: letters that cite each other in a circle, or one that is yet to be written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import networkx as nx

from pipeline.citations.graph import FORWARDS, CitationGraph, Node
from pipeline.model import Issue, ReferenceStatus

_NAMED = 6
"""Letters of a circle that a message names."""


def graph_issues(graph: CitationGraph) -> tuple[tuple[str, Issue], ...]:
    """Issues with the id of the document that each concerns, in a settled order.

    ``citation_cycle``: held letters cite each other in a circle. ``citation_from_future``: a letter
    cites one of a later date, so that a date is misread or the link is wrong.
    """
    known = {node.name: _Known.of(node) for node in graph.nodes()}
    links = nx.DiGraph()
    found = set()
    for edge in graph.edges():
        if edge.attributes["relation"] == FORWARDS:
            continue
        citing, cited = known[edge.source], known[edge.target]
        if cited.held:
            links.add_edge(edge.source, edge.target)
        # References to a letter that is not held need not agree on its date: each speaks for itself.
        date = cited.date if cited.held else str(edge.attributes.get("date", ""))
        if edge.attributes["status"] != ReferenceStatus.AMBIGUOUS.value and _is_later(date, citing.date):
            message = f"cites {cited.label} of {date}, later than its own date {citing.date}"
            found.add((edge.source, Issue("citation_from_future", message, about=edge.target)))
    found |= {*_cycles(links, known)}
    return tuple(sorted(found, key=lambda item: (item[0], item[1].code, item[1].message)))


@dataclass(frozen=True, slots=True)
class _Known:
    """What issues say of a letter."""

    label: str
    date: str
    held: bool

    @staticmethod
    def of(node: Node) -> _Known:
        attributes = node.attributes
        return _Known(str(attributes["label"]), str(attributes.get("date", "")), bool(attributes["held"]))


def _cycles(links: nx.DiGraph, known: Mapping[str, _Known]) -> Iterator[tuple[str, Issue]]:
    for circle in nx.strongly_connected_components(links):
        if len(circle) < 2:
            continue
        labels = [known[node].label for node in sorted(circle)]
        named = ", ".join(labels[:_NAMED]) + (" …" if len(labels) > _NAMED else "")
        issue = Issue("citation_cycle", f"{len(labels)} letters cite each other in a circle: {named}")
        yield from ((node, issue) for node in circle)


def _is_later(one: str, other: str) -> bool:
    """Whether ISO date ``one`` is surely later; a month without a day may be any of its days, "" any day.

    >>> _is_later("2021-12-07", "2021-12"), _is_later("2022-01", "2021-12-31"), _is_later("2022-01", "")
    (False, True, False)
    """
    common = min(len(one), len(other))
    return one[:common] > other[:common]
