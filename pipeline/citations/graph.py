"""The citation graph: letters held, letters only cited, and typed edges with their evidence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pipeline.citations.ghosts import Ghost, find_ghosts
from pipeline.model import ArchivedLetter, ArchivedReference, Relation, Resolution

# A form feed or another character that XML forbids: "ที่\x0cมท"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

FORWARDS = "forwards"
"""The relation, derived from ``encloses``, of a letter to the one that it passes on."""

Attributes = dict[str, str | float | bool]
"""What is known of a node or an edge, by name; what is not known is left out."""


class ResolvedArchive(Protocol):
    """Letters, references and the verdict on each reference: each time anew, in the order of their ids."""

    def archived_letters(self) -> Iterator[ArchivedLetter]: ...

    def archived_references(self) -> Iterator[ArchivedReference]: ...

    def resolutions(self) -> Iterator[Resolution]: ...


@dataclass(frozen=True, slots=True)
class Node:
    """A letter: ``label``, ``held`` and, where known, number, date, sender, recipient and subject.

    A held letter's ``name`` is its document id. A letter that is only cited has one node for all
    references to it, and ``variants`` where they write its number differently.
    """

    name: str
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Edge:
    """From the letter that cites: ``relation``, ``status``, ``score``, ``evidence`` (JSON), ``reference_id``,
    and the ``date`` of which it cites the other.

    A letter that encloses a held one also ``forwards`` it: ``passed_by`` whom and ``passed_to`` whom,
    and after how many ``days``.
    """

    source: str
    target: str
    key: str
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class _Held:
    """What edges say of the letters at their ends."""

    sender: str | None
    recipient: str | None
    date: str | None


class CitationGraph:
    """The graph of an archive, given out node by node and edge by edge, in an order that is always the same.

    An archive of a million letters and their edges does not fit into memory as a graph; only the
    letters' offices and dates and the letters that are only cited are held here.
    """

    def __init__(self, archive: ResolvedArchive) -> None:
        self._archive = archive
        self._held = {
            letter.document_id: _Held(_sender(letter), letter.recipient, letter.date)
            for letter in archive.archived_letters()
        }
        self._others: set[str] = set()
        self._ghosts = find_ghosts(self._not_held())

    def nodes(self) -> Iterator[Node]:
        """Letters held, then documents that cite and are no letters, then letters only cited."""
        for letter in self._archive.archived_letters():
            yield Node(letter.document_id, _of_letter(letter))
        for document_id in sorted(self._others):
            yield Node(document_id, _present(held=True, label=document_id))
        ghosts = {ghost.node: ghost for ghost in self._ghosts.values()}
        for name in sorted(ghosts):
            yield Node(name, _of_ghost(ghosts[name]))

    def edges(self) -> Iterator[Edge]:
        """An edge for each reference to a letter, and one more where that letter is passed on."""
        for reference, verdict in self._judged():
            target = verdict.target or self._ghosts[reference.reference_id].node
            common = _of_verdict(verdict)
            cites = _present(relation=reference.relation.value, date=reference.date) | common
            yield Edge(reference.document_id, target, reference.reference_id, cites)
            if reference.relation is Relation.ENCLOSES and verdict.target is not None:
                passage = self._passage(reference.document_id, verdict.target) | common
                yield Edge(reference.document_id, target, f"{reference.reference_id}-{FORWARDS}", passage)

    def cited_letters(self) -> Iterator[tuple[str, str]]:
        """(reference id, node) of each reference that means no held letter for sure."""
        return ((reference_id, ghost.node) for reference_id, ghost in self._ghosts.items())

    def _not_held(self) -> Iterator[ArchivedReference]:
        """References to letters not held; on the way, documents that cite and are no letters are noted."""
        for reference, verdict in self._judged():
            if reference.document_id not in self._held:
                self._others.add(reference.document_id)
            if verdict.target is None:
                yield reference

    def _judged(self) -> Iterator[tuple[ArchivedReference, Resolution]]:
        """References to letters with their verdicts."""
        pairs = zip(self._archive.archived_references(), self._archive.resolutions(), strict=True)
        return (pair for pair in pairs if pair[0].target_kind == "letter")

    def _passage(self, passing_id: str, passed_id: str) -> Attributes:
        passing, passed = self._held.get(passing_id, _UNKNOWN), self._held.get(passed_id, _UNKNOWN)
        return _present(
            relation=FORWARDS,
            passed_by=passing.sender,
            passed_to=passing.recipient,
            days=days_between(passed.date, passing.date),
        )


_UNKNOWN = _Held(None, None, None)


def _sender(letter: ArchivedLetter) -> str | None:
    return letter.sender_agency or letter.sender


def _of_letter(letter: ArchivedLetter) -> Attributes:
    return _present(
        held=True,
        label=_label(letter.number, letter.date, _sender(letter)) or letter.subject or letter.document_id,
        number=letter.number,
        date=letter.date,
        sender=_sender(letter),
        recipient=letter.recipient,
        subject=letter.subject,
    )


def _of_ghost(ghost: Ghost) -> Attributes:
    return _present(
        held=False,
        label=_label(ghost.number, ghost.date, ghost.sender) or ghost.raw_text,
        number=ghost.number,
        date=ghost.date,
        sender=ghost.sender,
        subject=ghost.subject,
        variants=" | ".join(ghost.variants) or None,
    )


def _of_verdict(verdict: Resolution) -> Attributes:
    return {
        "status": verdict.status.value,
        "score": round(verdict.score, 4),
        "reference_id": verdict.reference_id,
        "evidence": json.dumps(verdict.evidence, ensure_ascii=False, sort_keys=True),
    }


def _label(number: str | None, iso: str | None, sender: str | None) -> str:
    """``มท 0810.3/ว 2927``, or who wrote it and when where there is no number."""
    return number or " ".join(part for part in (sender, iso) if part)


def days_between(earlier: str | None, later: str | None) -> int | None:
    """Days from one ISO date to another; None where either day is not known.

    >>> days_between("2021-12-07", "2021-12-21"), days_between("2020-04", "2020-07-14")
    (14, None)
    """
    if earlier is None or later is None or len(earlier) != 10 or len(later) != 10:
        return None
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def _present(**attributes: str | float | bool | None) -> Attributes:
    """What is known, texts without the control characters that XML does not allow."""
    return {
        name: _CONTROL.sub(" ", value) if isinstance(value, str) else value
        for name, value in attributes.items()
        if value is not None
    }
