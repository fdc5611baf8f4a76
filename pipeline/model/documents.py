"""Documents of a bundle, and all that one file gave."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pipeline.model.evidence import Evidence, Issue
from pipeline.model.images import Bend
from pipeline.model.letters import DocumentKind, Letter, Reference, Stamp
from pipeline.model.plans import Plan


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a bundle, with everything that was extracted from it."""

    ordinal: int
    first_page: int
    last_page: int
    kind: DocumentKind
    title: str | None
    confidence: float
    letter: Letter | None = None
    references: tuple[Reference, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    plans: tuple[Plan, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    issues: tuple[Issue, ...] = ()


class FileStatus(StrEnum):
    """How reading a file ended; a file with any page unread is never ``done``."""

    DONE = "done"
    PARTIAL = "partial"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PageRecord:
    """What the ``pages`` table keeps of a page."""

    number: int
    width: int
    height: int
    dpi: int
    rotation: int
    skew: float
    text: str
    mean_confidence: float
    bend: Bend | None = None


@dataclass(frozen=True, slots=True)
class FileResult:
    """All that one file gave, ready to be written in one transaction."""

    path: Path
    sha256: str | None
    media_type: str | None
    size_bytes: int | None
    page_count: int | None
    status: FileStatus
    error_code: str | None = None
    error: str | None = None
    seconds: float = 0.0
    pages: tuple[PageRecord, ...] = ()
    documents: tuple[Document, ...] = ()
    issues: tuple[Issue, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)
