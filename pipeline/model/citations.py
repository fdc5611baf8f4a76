"""What the resolver takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pipeline.model.letters import Relation


class ReferenceStatus(StrEnum):
    """What became of a reference."""

    RESOLVED = "resolved"
    PROBABLE = "probable"
    AMBIGUOUS = "ambiguous"
    NOT_HELD = "not_held"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The verdict on one reference.

    ``target`` is the document_id of the letter that it means, or None; ``evidence`` is JSON-ready:
    what agreed, what did not, and the candidates where there are several.
    """

    reference_id: str
    status: ReferenceStatus
    target: str | None
    score: float
    evidence: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ArchivedLetter:
    """A letter as the resolver sees it: one that the catalog holds.

    ``place`` is (file_sha256, ordinal): where in which bundle it lies, since an enclosed letter
    usually comes next. ``number_alternatives`` are other readings of the number with probabilities.
    """

    document_id: str
    place: tuple[str, int]
    number: str | None
    agency_code: str | None
    is_circular: bool | None
    running_number: int | None
    date: str | None
    sender: str | None
    sender_agency: str | None
    recipient: str | None
    subject: str | None
    number_alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ArchivedReference:
    """A reference as the resolver sees it, with the letter that makes it.

    ``place`` is (file_sha256, ordinal) of the letter that makes the reference.
    """

    reference_id: str
    document_id: str
    place: tuple[str, int]
    position: int
    relation: Relation
    raw_text: str
    sender: str | None
    subject: str | None
    number: str | None
    agency_code: str | None
    is_circular: bool | None
    running_number: int | None
    date: str | None
    target_kind: str = "letter"
    number_alternatives: tuple[tuple[str, float], ...] = ()
