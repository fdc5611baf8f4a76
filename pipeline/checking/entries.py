"""A document as the page shows it: groups of values, each with its place, its reasons and its choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.catalog import DocumentRecord, issue_subject_id
from pipeline.model import Box, SubjectKind

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another value that one may choose: as the column holds it, as it is shown, and how likely it is."""

    value: str
    shown: str
    probability: float | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One value: what the page says (``raw``), what was concluded, why, and what else it might be.

    ``key`` names it within the document. ``correction`` is the row of the correction that stands, or None.
    ``choices`` are all that the value can be, where there are few: (value, shown).
    """

    key: str
    subject_id: str
    field: str
    label: str
    value: str | None
    shown: str
    typed: str
    raw: str | None
    confidence: float | None
    rule: str
    page: int | None
    box: Box | None
    alternatives: tuple[Alternative, ...]
    choices: tuple[tuple[str, str], ...]
    doubtful: bool
    correction: Record | None


@dataclass(frozen=True, slots=True)
class Group:
    """Values that belong together: a letter's, a reference's, a stamp's, those of a row of a plan.

    ``lines`` say more about it, ``links`` name documents that it speaks of as (document id, text);
    ``page`` and ``box`` are where its row stands.
    """

    subject_id: str
    kind: SubjectKind
    title: str
    lines: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]
    page: int | None = None
    box: Box | None = None

    @property
    def is_at_work(self) -> bool:
        """Whether something in it is doubtful, or a person has said something of it."""
        return any(entry.doubtful or entry.correction is not None for entry in self.entries)

    @property
    def unsettled(self) -> tuple[Entry, ...]:
        """The values that are there and that nobody has settled."""
        return tuple(e for e in self.entries if e.correction is None and e.value is not None)


@dataclass(frozen=True, slots=True)
class DocumentView:
    """Everything that the page of one document shows; ``reading`` tells one reading of it from another."""

    record: DocumentRecord
    reading: str
    groups: tuple[Group, ...]
    corrections: tuple[Record, ...]

    @property
    def issues(self) -> tuple[tuple[str, Record], ...]:
        """What is left to look at, each with the id by which a person settles it."""
        return tuple((issue_subject_id(issue), issue) for issue in self.record.issues)

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for group in self.groups for entry in group.entries)
