"""The citation graph: letters held, letters only cited, and typed edges with their evidence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date

import networkx as nx

from pipeline.model import (
    ArchivedLetter,
    ArchivedReference,
    ReferenceStatus,
    Relation,
    Resolution,
)

FORWARDS = "forwards"
"""The relation of a letter to the one that it passes on."""

_LINKED = (ReferenceStatus.RESOLVED, ReferenceStatus.PROBABLE)


def build_graph(
    letters: Iterable[ArchivedLetter],
    references: Iterable[ArchivedReference],
    resolutions: Iterable[Resolution],
) -> nx.MultiDiGraph:
    """The graph of ``letters`` and of what ``references`` name, as ``resolutions`` say."""
    graph = nx.MultiDiGraph()
    for letter in sorted(letters, key=lambda letter: letter.document_id):
        graph.add_node(letter.document_id, **_present(
            label=letter.number or letter.subject or letter.document_id, number=letter.number, date=letter.date,
            sender=letter.sender_agency or letter.sender, recipient=letter.recipient, subject=letter.subject,
            held=True,
        ))
    verdicts = {resolution.reference_id: resolution for resolution in resolutions}
    for reference in sorted(references, key=lambda reference: reference.reference_id):
        verdict = verdicts.get(reference.reference_id)
        if verdict is None or reference.target_kind != "letter":
            continue
        target = verdict.target or _ghost(graph, reference)
        graph.add_edge(
            reference.document_id, target, key=reference.reference_id, relation=reference.relation.value,
            status=verdict.status.value, score=round(verdict.score, 4),
            evidence=json.dumps(verdict.evidence, ensure_ascii=False, sort_keys=True),
            reference_id=reference.reference_id,
        )
        if reference.relation is Relation.ENCLOSES and verdict.status in _LINKED:
            _add_forwarding(graph, reference, target, verdict)
    return graph


def _ghost(graph: nx.MultiDiGraph, reference: ArchivedReference) -> str:
    year = (reference.date or "")[:4]
    identity = (reference.agency_code, reference.is_circular, reference.running_number, year)
    if reference.running_number is None:
        identity = (reference.sender, None, None, reference.date or reference.reference_id)
    node = "cited-" + hashlib.sha256(json.dumps(identity, ensure_ascii=False).encode()).hexdigest()[:16]
    if node not in graph:
        graph.add_node(node, **_present(
            label=reference.number or reference.raw_text, number=reference.number, date=reference.date,
            sender=reference.sender, subject=reference.subject, held=False,
        ))
    return node


def _add_forwarding(graph: nx.MultiDiGraph, reference: ArchivedReference, target: str, verdict: Resolution) -> None:
    passing, passed = graph.nodes[reference.document_id], graph.nodes[target]
    days = _days(passed.get("date"), passing.get("date"))
    graph.add_edge(
        reference.document_id, target, key=f"{reference.reference_id}-{FORWARDS}",
        **_present(
            relation=FORWARDS, status=verdict.status.value, score=round(verdict.score, 4),
            reference_id=reference.reference_id, passed_by=passing.get("sender"),
            passed_to=passing.get("recipient"), days=days, evidence="",
        ),
    )


def _days(earlier: str | None, later: str | None) -> int | None:
    if earlier is None or later is None or len(earlier) != 10 or len(later) != 10:
        return None
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def _present(**attributes: object) -> dict[str, object]:
    return {name: value for name, value in attributes.items() if value is not None}
