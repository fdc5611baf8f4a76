"""The citation graph: letters held, letters only cited, and typed edges with their evidence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import networkx as nx

from pipeline.citations.ghosts import Ghost, find_ghosts
from pipeline.model import ArchivedLetter, ArchivedReference, Relation, Resolution

# A form feed or another character that XML forbids: "ที่\x0cมท"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

FORWARDS = "forwards"
"""The relation, derived from ``encloses``, of a letter to the one that it passes on."""


def build_graph(
    letters: Iterable[ArchivedLetter],
    references: Iterable[ArchivedReference],
    resolutions: Iterable[Resolution],
) -> nx.MultiDiGraph:
    """The graph of ``letters`` and of the letters that ``references`` name, as ``resolutions`` say.

    Nodes have ``label``, ``held`` and, where known, ``number``, ``date``, ``sender``, ``recipient`` and
    ``subject``. A held letter's node is its document id. A letter that is only cited has one node for
    all references to it, and ``variants`` where they write its number differently. Edges run from the
    letter that cites; they have ``relation``, ``status``, ``score``, ``evidence`` (JSON text) and
    ``reference_id``. A letter that encloses a held one also ``forwards`` it: ``passed_by`` whom and
    ``passed_to`` whom, and after how many ``days``. What is not known is left out.
    """
    graph = nx.MultiDiGraph()
    for letter in sorted(letters, key=lambda letter: letter.document_id):
        graph.add_node(letter.document_id, **_letter_attributes(letter))
    verdicts = {resolution.reference_id: _Verdict.of(resolution) for resolution in resolutions}
    known = [r for r in references if r.target_kind == "letter" and r.reference_id in verdicts]
    known.sort(key=lambda reference: reference.reference_id)
    ghosts = find_ghosts(r for r in known if verdicts[r.reference_id].target is None)
    for reference in known:
        verdict = verdicts[reference.reference_id]
        if reference.document_id not in graph:
            graph.add_node(reference.document_id, held=True, label=reference.document_id)
        target = verdict.target or _ghost_node(graph, ghosts[reference.reference_id])
        _add_edge(graph, reference, target, verdict)
    return graph


def _letter_attributes(letter: ArchivedLetter) -> dict[str, object]:
    sender = letter.sender_agency or letter.sender
    return _present(
        held=True,
        label=_label(letter.number, letter.date, sender) or letter.subject or letter.document_id,
        number=letter.number,
        date=letter.date,
        sender=sender,
        recipient=letter.recipient,
        subject=letter.subject,
    )


def _ghost_node(graph: nx.MultiDiGraph, ghost: Ghost) -> str:
    if ghost.node not in graph:
        attributes = _present(
            held=False,
            label=_label(ghost.number, ghost.date, ghost.sender) or ghost.raw_text,
            number=ghost.number,
            date=ghost.date,
            sender=ghost.sender,
            subject=ghost.subject,
            variants=" | ".join(ghost.variants) or None,
        )
        graph.add_node(ghost.node, **attributes)
    return ghost.node


def _label(number: str | None, iso: str | None, sender: str | None) -> str:
    """``มท 0810.3/ว 2927``, or who wrote it and when where there is no number."""
    return number or " ".join(part for part in (sender, iso) if part)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A resolution with its evidence as JSON text, which takes a tenth of the memory."""

    status: str
    target: str | None
    score: float
    evidence: str

    @staticmethod
    def of(resolution: Resolution) -> _Verdict:
        evidence = json.dumps(resolution.evidence, ensure_ascii=False, sort_keys=True)
        return _Verdict(resolution.status.value, resolution.target, round(resolution.score, 4), evidence)


def _add_edge(graph: nx.MultiDiGraph, reference: ArchivedReference, target: str, verdict: _Verdict) -> None:
    common = {
        "status": verdict.status,
        "score": verdict.score,
        "reference_id": reference.reference_id,
        "evidence": verdict.evidence,
    }
    graph.add_edge(
        reference.document_id, target, key=reference.reference_id, relation=reference.relation.value, **common
    )
    if reference.relation is Relation.ENCLOSES and verdict.target is not None:
        passing, passed = graph.nodes[reference.document_id], graph.nodes[target]
        passage = _present(
            relation=FORWARDS,
            passed_by=passing.get("sender"),
            passed_to=passing.get("recipient"),
            days=days_between(passed.get("date"), passing.get("date")),
        )
        key = f"{reference.reference_id}-{FORWARDS}"
        graph.add_edge(reference.document_id, target, key=key, **passage, **common)


def days_between(earlier: str | None, later: str | None) -> int | None:
    """Days from one ISO date to another; None where either day is not known.

    >>> days_between("2021-12-07", "2021-12-21"), days_between("2020-04", "2020-07-14")
    (14, None)
    """
    if earlier is None or later is None or len(earlier) != 10 or len(later) != 10:
        return None
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def _present(**attributes: object) -> dict[str, object]:
    """What is known, texts without the control characters that XML does not allow."""
    known = {name: value for name, value in attributes.items() if value is not None}
    return {
        name: _CONTROL.sub(" ", value) if isinstance(value, str) else value for name, value in known.items()
    }
