"""What is left for people to check: documents, worst first, and how far they have come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, case, func, or_, select

from pipeline.catalog.database import reading
from pipeline.catalog.tables import (
    corrections,
    documents,
    file_paths,
    files,
    letters,
    pages,
    plan_items,
    plans,
    review_issues,
)
from pipeline.catalog.values import paths_meant
from pipeline.model import Severity

Record = Mapping[str, Any]

_LIST = 500
"""Rows of a list at most; each comes with how many there are."""


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """Which documents: those of one file (its SHA-256), those with an issue of one code; all by default."""

    file_sha256: str | None = None
    code: str | None = None


EVERYTHING = WorkFilter()


@dataclass(frozen=True, slots=True)
class WorkList:
    """Documents that need review, worst first (500 at most), of ``left`` that are chosen.

    Each has ``errors``, ``warnings``, ``notes`` (its issues by severity), ``rows`` (rows of plans to
    review) and the columns of its letter. ``all_left`` and ``finished`` count in the whole archive:
    finished are those in which people settled all there was. ``files`` and ``codes`` are what one may
    choose by, with the documents left in each. ``file_issues`` are about files as a whole.
    ``unplaced`` are corrections that have no place in what was read since (500 at most, of
    ``all_unplaced``), with the ``path`` of the file in which they have none.
    """

    documents: tuple[Record, ...]
    left: int
    all_left: int
    finished: int
    files: tuple[Record, ...]
    codes: tuple[Record, ...]
    file_issues: tuple[Record, ...]
    unplaced: tuple[Record, ...]
    all_unplaced: int


@dataclass(frozen=True, slots=True)
class Scan:
    """A file as the catalog knows it: ``file`` is its row, ``pages`` the rows of its pages by number, and
    ``places`` the absolute paths at which its bytes were seen, those where they were seen last first."""

    file: Record
    pages: Mapping[int, Record]
    places: tuple[Path, ...]


def work_list(engine: Engine, chosen: WorkFilter) -> WorkList:
    """What is left of the chosen documents."""
    with reading(engine) as connection:
        return WorkList(
            documents=_rows(connection, _ranked(chosen).limit(_LIST)),
            left=_number(connection, _ranked(chosen)),
            all_left=_number(connection, _ranked(EVERYTHING)),
            finished=_number(connection, _FINISHED),
            files=_rows(connection, _FILES),
            codes=_rows(connection, _CODES),
            file_issues=_rows(connection, _FILE_ISSUES),
            unplaced=_rows(connection, _UNPLACED.limit(_LIST)),
            all_unplaced=_number(connection, _UNPLACED),
        )


def work_order(engine: Engine, chosen: WorkFilter) -> tuple[str, ...]:
    """The ids of the chosen documents that need review, worst first."""
    with reading(engine) as connection:
        ids = _ranked(chosen).with_only_columns(documents.c.document_id, maintain_column_froms=True)
        return tuple(connection.execute(ids).scalars())


def scan_of(engine: Engine, file_sha256: str) -> Scan | None:
    """The file of that hash, or None where no records are held of it."""
    with reading(engine) as connection:
        found = _rows(connection, select(files).where(files.c.file_sha256 == file_sha256))
        if not found:
            return None
        of_file = select(pages).where(pages.c.file_sha256 == file_sha256)
        there = select(file_paths.c.path).where(file_paths.c.sha256 == file_sha256)
        texts = connection.execute(there.order_by(file_paths.c.present.desc(), file_paths.c.path)).scalars()
        places = tuple(path for text in texts for path in paths_meant(text))
        return Scan(found[0], {row["page"]: row for row in _rows(connection, of_file)}, places)


# ---------------------------------------------------------------------- questions


def _of_severity(severity: Severity) -> ColumnElement[int]:
    return func.sum(case((review_issues.c.severity == severity.value, 1), else_=0))


_ISSUES = (
    select(
        review_issues.c.document_id,
        _of_severity(Severity.ERROR).label("errors"),
        _of_severity(Severity.WARNING).label("warnings"),
        _of_severity(Severity.NOTE).label("notes"),
    )
    .where(review_issues.c.document_id.is_not(None))
    .group_by(review_issues.c.document_id)
    .subquery()
)

_PLAN_ROWS = (
    select(plans.c.document_id, func.count().label("rows"))
    .join_from(plans, plan_items)
    .where(plan_items.c.needs_review)
    .group_by(plans.c.document_id)
    .subquery()
)

_ERRORS = func.coalesce(_ISSUES.c.errors, 0)
_WARNINGS = func.coalesce(_ISSUES.c.warnings, 0)
_ROWS = func.coalesce(_PLAN_ROWS.c.rows, 0)
_NEEDS_REVIEW = or_(_ERRORS > 0, _WARNINGS > 0, _ROWS > 0, letters.c.needs_review)

_JOINED = (
    documents.outerjoin(letters)
    .outerjoin(_ISSUES, _ISSUES.c.document_id == documents.c.document_id)
    .outerjoin(_PLAN_ROWS, _PLAN_ROWS.c.document_id == documents.c.document_id)
)


def _ranked(chosen: WorkFilter) -> Select[Any]:
    conditions = [_NEEDS_REVIEW]
    if chosen.file_sha256 is not None:
        conditions.append(documents.c.file_sha256 == chosen.file_sha256)
    if chosen.code is not None:
        with_code = select(review_issues.c.document_id).where(review_issues.c.code == chosen.code)
        conditions.append(documents.c.document_id.in_(with_code))
    columns = (
        documents, letters.c.number, letters.c.date, letters.c.sender, letters.c.confidence.label("sure"),
        _ERRORS.label("errors"), _WARNINGS.label("warnings"), _ROWS.label("rows"),
        func.coalesce(_ISSUES.c.notes, 0).label("notes"),
    )  # fmt: skip
    worst = (_ERRORS.desc(), (_WARNINGS + _ROWS).desc(), documents.c.path, documents.c.ordinal)
    return select(*columns).select_from(_JOINED).where(and_(*conditions)).order_by(*worst)


_FINISHED = (
    select(documents.c.document_id)
    .select_from(_JOINED)
    .where(
        ~func.coalesce(_NEEDS_REVIEW, False),
        documents.c.document_id.in_(select(corrections.c.document_id).where(corrections.c.applied)),
    )
)

_LEFT = func.count().label("left")

_FILES = (
    select(documents.c.file_sha256, documents.c.path, _LEFT)
    .select_from(_JOINED)
    .where(_NEEDS_REVIEW)
    .group_by(documents.c.file_sha256, documents.c.path)
    .order_by(documents.c.path)
    .limit(_LIST)
)

_CODES = (
    select(review_issues.c.code, func.count(review_issues.c.document_id.distinct()).label("left"))
    .where(review_issues.c.document_id.is_not(None), review_issues.c.severity != Severity.NOTE.value)
    .group_by(review_issues.c.code)
    .order_by(review_issues.c.code)
)

_FILE_ISSUES = (
    select(review_issues, files.c.path)
    .join_from(review_issues, files)
    .where(review_issues.c.document_id.is_(None))
    .order_by(files.c.path, review_issues.c.issue_id)
    .limit(_LIST)
)

_UNPLACED = (
    select(corrections, files.c.path)
    .select_from(corrections.outerjoin(files, files.c.file_id == corrections.c.unplaced_in))
    .where(corrections.c.withdrawn_at.is_(None), corrections.c.unplaced_in.is_not(None))
    .order_by(corrections.c.correction_id)
)


def _number(connection: Connection, query: Select[Any]) -> int:
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    return int(connection.execute(counted).scalar_one())


def _rows(connection: Connection, query: Select[Any]) -> tuple[Record, ...]:
    return tuple(dict(row) for row in connection.execute(query).mappings())
