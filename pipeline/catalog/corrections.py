"""What people say of values: taken, taken back, listed. One transaction each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from pipeline.catalog.amending import amend, reading_of, report_unplaced, rows_now
from pipeline.catalog.amendment import columns_of
from pipeline.catalog.changes import note_come, note_gone
from pipeline.catalog.database import reading, writing
from pipeline.catalog.recording import advance
from pipeline.catalog.rows import Row, Rows
from pipeline.catalog.subjects import Subject, Subjects
from pipeline.catalog.tables import corrections, documents, review_issues
from pipeline.catalog.values import amount, clean_text, edges, whole
from pipeline.errors import CorrectionError
from pipeline.model import Statement, SubjectKind, Verdict
from pipeline.thai import ThaiDate, parse_number, terms

Record = Mapping[str, Any]

_TERMS = ("urgency", "secrecy")
"""Columns that hold one of few terms."""

_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
"""A time: ``09:35``."""


def correct(engine: Engine, document_id: str, statements: Sequence[Statement], by: str) -> None:
    """Keep what the person of login name ``by`` says of values of a document, and put it into the records.

    Raises :class:`CorrectionError` where the document, a row or a field is not there, or a value is none.
    """
    with writing(engine) as connection:
        document = _document(connection, document_id)
        read = reading_of(connection, document_id)
        subjects = Subjects.of(_with_all_issues(connection, document_id, read))
        now = Subjects.of(rows_now(connection, document_id))
        rows = [_row(document, subjects, now, statement, by) for statement in statements]
        connection.execute(insert(corrections), rows)
        _amend(connection, document)


def withdraw(engine: Engine, correction_id: int, by: str) -> None:
    """Take a correction back: what was said before it, or what was read, stands again.

    Raises :class:`CorrectionError` where there is no such correction, or it was withdrawn before.
    """
    with writing(engine) as connection:
        here = (corrections.c.correction_id == correction_id) & corrections.c.withdrawn_at.is_(None)
        found = connection.execute(select(corrections).where(here)).mappings().first()
        if found is None:
            raise CorrectionError(f"there is no correction {correction_id} that could be withdrawn")
        withdrawn = {"withdrawn_at": _now(), "withdrawn_by": by, "applied": False}
        connection.execute(update(corrections).where(here).values(**withdrawn))
        if found["unplaced_in"] is None:
            _amend(connection, _document(connection, found["document_id"]))
        else:
            report_unplaced(connection, found["unplaced_in"])
            advance(connection)


def corrections_of(engine: Engine, document_id: str) -> tuple[Record, ...]:
    """All corrections of a document in the order of their making, those withdrawn as well."""
    query = select(corrections).where(corrections.c.document_id == document_id)
    with reading(engine) as connection:
        found = connection.execute(query.order_by(corrections.c.correction_id)).mappings()
        return tuple(dict(row) for row in found)


def rows_of(engine: Engine, document_id: str) -> Rows:
    """The rows of a document by table as they are now, without the verdicts on its references."""
    with reading(engine) as connection:
        return rows_now(connection, document_id)


def rows_as_read(engine: Engine, document_id: str) -> Rows:
    """The rows of a document by table as they were read, whatever people said since."""
    with reading(engine) as connection:
        return reading_of(connection, document_id)


def _document(connection: Connection, document_id: str) -> Record:
    query = select(documents).where(documents.c.document_id == document_id)
    found = connection.execute(query).mappings().first()
    if found is None:
        raise CorrectionError(f"there is no document {document_id!r}")
    return dict(found)


def _amend(connection: Connection, document: Record) -> None:
    """Put what stands now into the records; references to and from the letter are to be resolved anew."""
    # The whole file, since the letters of a bundle speak of one another.
    note_gone(connection, document["file_sha256"])
    amend(connection, document["document_id"])
    note_come(connection, document["file_sha256"])
    advance(connection)


def _with_all_issues(connection: Connection, document_id: str, rows: Rows) -> Rows:
    """``rows`` with the issues as they are now: those that comparing letters or a correction brought up."""
    query = select(review_issues).where(review_issues.c.document_id == document_id)
    now = [dict(row) for row in connection.execute(query).mappings()]
    return {**rows, "review_issues": now}


def _row(document: Record, subjects: Subjects, now: Subjects, statement: Statement, by: str) -> Row:
    """The row of a statement, with what had been read (``subjects``); a person saw the values ``now``."""
    subject = subjects.by_id.get(statement.subject_id)
    if subject is None or statement.field not in subject.fields:
        raise CorrectionError(f"there is no {statement.field!r} of {statement.subject_id!r} to correct")
    evidence = subjects.evidence.get((statement.subject_id, statement.field), {})
    read = _value_read(subject, statement.field, evidence)
    statement = _of_what_is_shown(statement, subject, now)
    return {
        "file_sha256": document["file_sha256"],
        "document_id": document["document_id"],
        "first_page": document["first_page"],
        "subject": subject.kind.value,
        "subject_id": subject.subject_id,
        "field": statement.field,
        "verdict": statement.verdict.value,
        "value_read": read,
        "value": _value(subject, statement, read),
        **_place(subject, evidence),
        "made_at": _now(),
        "made_by": by,
        "applied": True,
    }


def _of_what_is_shown(statement: Statement, subject: Subject, now: Subjects) -> Statement:
    """A confirmed value that followed another that was corrected, and so was never read, is a correction."""
    shown = now.by_id.get(subject.subject_id)
    if statement.verdict is not Verdict.CONFIRMED or shown is None or statement.field not in shown.row:
        return statement
    value = shown.row[statement.field]
    if value is None or value == subject.row[statement.field]:
        return statement
    return replace(statement, verdict=Verdict.CORRECTED, value=str(value))


def _place(subject: Subject, evidence: Record) -> Row:
    """Where the row stands, and what the page says there; of a letter or plan, where the value stands."""
    if subject.page is None:
        return {name: evidence.get(name) for name in ("raw", "page", "x0", "y0", "x1", "y1")}
    return {"raw": subject.raw, "page": subject.page, **edges(subject.box)}


def _value_read(subject: Subject, field: str, evidence: Record) -> str | None:
    if subject.kind is SubjectKind.REVIEW_ISSUES:
        return str(subject.row["message"])
    value = subject.row[field]
    # An amount as the page prints it has its satang, a float has not.
    return None if value is None else str(evidence.get("value") or value)


def _value(subject: Subject, statement: Statement, read: str | None) -> str | None:
    if statement.verdict is Verdict.ABSENT:
        return None
    if statement.verdict is Verdict.CONFIRMED:
        return read
    value = clean_text(statement.value)
    if not value or not _fits(subject.kind, statement.field, value):
        raise CorrectionError(f"{statement.value!r} is no value for {statement.field}")
    return value


def _fits(kind: SubjectKind, field: str, value: str) -> bool:
    """Whether the column can hold ``value``: a letter number, a date, a term, an amount, any text."""
    try:
        if field.endswith("date"):
            ThaiDate.from_iso(value)
        typed = columns_of(kind, field, value).get(field)
    except (ValueError, KeyError):
        return False
    if field in _TERMS:
        return value in terms(field)
    if field.endswith("time"):
        return _CLOCK.fullmatch(value) is not None
    if isinstance(typed, float):
        return amount(typed) is not None
    if isinstance(typed, int):
        return whole(typed) is not None
    return field != "number" or parse_number(value) is not None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
