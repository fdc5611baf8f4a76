"""The state of an archive in figures and short lists: what the report and the terminal show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, case, func, select

from pipeline.catalog.catalog import Catalog
from pipeline.catalog.database import reading
from pipeline.catalog.tables import (
    documents,
    file_paths,
    files,
    letter_references,
    letters,
    plans,
    review_issues,
)
from pipeline.model import AuditStatus, FileStatus, ReferenceStatus

Record = Mapping[str, Any]

_LIST = 200
"""Rows of a list at most; the datasets hold them all, and each list says how many there are."""

_ISSUES_OF_ONE_CODE = 25


@dataclass(frozen=True, slots=True)
class IssueGroup:
    """Issues of one severity and code: how many, and the first of them."""

    severity: str
    code: str
    count: int
    issues: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """``files``, ``documents``, ``references`` and ``audits`` count by status or kind. Lists hold at most
    200 rows, ``issues`` 25 for each code; ``letters_to_review`` and ``plans_to_review`` count all."""

    files: Mapping[str, int]
    documents: Mapping[str, int]
    references: Mapping[str, int]
    audits: Mapping[str, int]
    pages: int
    letters_to_review: int
    unread: tuple[Record, ...]
    issues: tuple[IssueGroup, ...]
    doubtful_letters: tuple[Record, ...]
    plans: tuple[Record, ...]
    missing_letters: tuple[Record, ...]


def overview(catalog: Catalog) -> Overview:
    """Figures and lists of the archive as it is now."""
    with reading(catalog.engine) as connection:
        return Overview(
            files=_count_by(connection, files.c.status),
            documents=_count_by(connection, documents.c.kind),
            references=_count_by(connection, letter_references.c.status),
            audits=_count_by(connection, plans.c.audit_status),
            pages=_number(connection, select(func.coalesce(func.sum(files.c.pages), 0))),
            letters_to_review=_number(connection, select(func.count()).where(letters.c.needs_review)),
            unread=_rows(connection, _UNREAD),
            issues=_issue_groups(connection),
            doubtful_letters=_rows(connection, _DOUBTFUL_LETTERS),
            plans=_rows(connection, _PLANS),
            missing_letters=_rows(connection, _MISSING_LETTERS),
        )


# ---------------------------------------------------------------------- questions


_PLACE = (
    select(func.min(file_paths.c.path))
    .where(file_paths.c.sha256 == files.c.file_sha256, file_paths.c.present)
    .scalar_subquery()
    .label("place")
)
"""The absolute path at which a file lies now, for links."""

_UNREAD = (
    select(files, _PLACE)
    .where(files.c.status != FileStatus.DONE.value)
    .order_by(files.c.status, files.c.error_code, files.c.path)
    .limit(_LIST)
)

_DOUBTFUL_LETTERS = (
    select(letters, documents.c.path, documents.c.first_page, files.c.media_type, _PLACE)
    .select_from(letters.join(documents).join(files))
    .where(letters.c.needs_review)
    .order_by(letters.c.confidence, documents.c.path, documents.c.ordinal)
    .limit(_LIST)
)

_AUDIT_RANK = case(
    {
        AuditStatus.INCONSISTENT.value: 0,
        AuditStatus.REPAIRED.value: 1,
        AuditStatus.NO_TOTALS.value: 2,
        AuditStatus.CONSISTENT.value: 3,
    },
    value=plans.c.audit_status,
)

_PLANS = (
    select(plans, documents.c.path, documents.c.first_page, files.c.media_type, _PLACE)
    .select_from(plans.join(documents).join(files))
    .order_by(_AUDIT_RANK, documents.c.path, plans.c.plan_id)
    .limit(_LIST)
)

_CITED_BY = func.count(letter_references.c.document_id.distinct()).label("documents")
_MISSING_LETTERS = (
    select(
        func.group_concat(letter_references.c.number.distinct()).label("number"),
        func.min(letter_references.c.date).label("date"),
        func.min(letter_references.c.sender).label("sender"),
        func.min(letter_references.c.subject).label("subject"),
        func.min(letter_references.c.raw_text).label("raw_text"),
        func.count().label("times"),
        _CITED_BY,
    )
    .where(letter_references.c.status == ReferenceStatus.NOT_HELD.value)
    .where(letter_references.c.cited_letter.is_not(None))
    .group_by(letter_references.c.cited_letter)
    .order_by(_CITED_BY.desc(), letter_references.c.cited_letter)
    .limit(50)
)
"""As ``saraban graph`` lists them: one line for each letter, with all readings of its number."""


def _issue_groups(connection: Connection) -> tuple[IssueGroup, ...]:
    rank = case({"error": 0, "warning": 1, "note": 2}, value=review_issues.c.severity)
    kind = (review_issues.c.severity, review_issues.c.code)
    groups = select(*kind, func.count()).group_by(*kind).order_by(rank, func.count().desc(), *kind)
    return tuple(
        IssueGroup(severity, code, count, _rows(connection, _issues_of(severity, code)))
        for severity, code, count in connection.execute(groups).all()
    )


def _issues_of(severity: str, code: str) -> Select[Any]:
    page = func.coalesce(review_issues.c.page, documents.c.first_page).label("shown_page")
    joined = review_issues.join(files).outerjoin(
        documents, review_issues.c.document_id == documents.c.document_id
    )
    return (
        select(review_issues, page, files.c.path, files.c.media_type, documents.c.title, _PLACE)
        .select_from(joined)
        .where(review_issues.c.severity == severity, review_issues.c.code == code)
        .order_by(files.c.path, page, review_issues.c.issue_id)
        .limit(_ISSUES_OF_ONE_CODE)
    )


def _count_by(connection: Connection, column: Any) -> dict[str, int]:
    counted = connection.execute(select(column, func.count()).group_by(column).order_by(column))
    return {value: int(count) for value, count in counted.all()}


def _number(connection: Connection, query: Select[Any]) -> int:
    return int(connection.execute(query).scalar_one())


def _rows(connection: Connection, query: Select[Any]) -> tuple[Record, ...]:
    return tuple(dict(row) for row in connection.execute(query).mappings())
