"""Questions that people ask of the catalog: find a document, list letters, show all of one document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Column, ColumnElement, Connection, Engine, Select, Table, false, func, or_, select

from pipeline.catalog.database import reading
from pipeline.catalog.frames import frame_types
from pipeline.catalog.tables import (
    documents,
    field_evidence,
    file_paths,
    letter_references,
    letters,
    plan_items,
    plans,
    review_issues,
    stamps,
)
from pipeline.thai import parse_number, to_arabic

Record = Mapping[str, Any]
"""A row by column name."""


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """All that the catalog holds of one document.

    ``letter`` is None for what is no letter. ``cited_by`` are the references of other documents that mean
    this one; ``items`` are the rows of ``plans``, told apart by their plan_id.
    """

    document: Record
    letter: Record | None
    stamps: tuple[Record, ...]
    references: tuple[Record, ...]
    cited_by: tuple[Record, ...]
    plans: tuple[Record, ...]
    items: tuple[Record, ...]
    evidence: tuple[Record, ...]
    issues: tuple[Record, ...]


def document_record(engine: Engine, document_id: str) -> DocumentRecord | None:
    """All of the document with that id, or None where there is none."""
    with reading(engine) as connection:
        found = _of_document(connection, documents, document_id)
        if not found:
            return None
        citing = select(letter_references).where(letter_references.c.target_document_id == document_id)
        rows = select(plan_items).join(plans).where(plans.c.document_id == document_id)
        letter = _of_document(connection, letters, document_id)
        return DocumentRecord(
            document=found[0],
            letter=letter[0] if letter else None,
            stamps=_of_document(connection, stamps, document_id),
            references=_of_document(connection, letter_references, document_id),
            cited_by=_records(connection, citing.order_by(letter_references.c.reference_id)),
            plans=_of_document(connection, plans, document_id),
            items=_records(connection, rows.order_by(*plan_items.primary_key)),
            evidence=_of_document(connection, field_evidence, document_id),
            issues=_of_document(connection, review_issues, document_id),
        )


def letters_of(engine: Engine, document_ids: Sequence[str]) -> tuple[Record, ...]:
    """The rows of ``letters`` of these documents, in this order; what is no letter is left out."""
    with reading(engine) as connection:
        found = _records(connection, select(letters).where(letters.c.document_id.in_(document_ids)))
    rows = {row["document_id"]: row for row in found}
    return tuple(rows[name] for name in document_ids if name in rows)


def _of_document(connection: Connection, table: Table, document_id: str) -> tuple[Record, ...]:
    query = select(table).where(table.c.document_id == document_id)
    return _records(connection, query.order_by(*table.primary_key))


def _records(connection: Connection, query: Select[Any]) -> tuple[Record, ...]:
    return tuple(dict(row) for row in connection.execute(query).mappings())


# ---------------------------------------------------------------------- finding


_HELD = documents.outerjoin(letters)
_FOUND = (
    documents.c.document_id, documents.c.kind, letters.c.number, letters.c.date, letters.c.sender,
    documents.c.title, documents.c.path, documents.c.first_page, documents.c.last_page,
)  # fmt: skip


def find_document(engine: Engine, text: str, limit: int) -> pd.DataFrame:
    """Documents that ``text`` may mean, at most ``limit``: by the beginning of their id, by letter number
    (as letters print it, or just its end as in ``ว 2927``), or by part of a path at
    which their file lies.

    An exact id or number leaves out what only resembles it. Columns: document_id, kind, number, date,
    sender, title, path, first_page, last_page.
    """
    wanted = text.strip()
    number = _spaceless(letters.c.number)
    if not wanted:
        return _frame(engine, select(*_FOUND).select_from(_HELD).where(false()), _FOUND)
    parsed = parse_number(wanted)
    key = (parsed.normalised if parsed else to_arabic(wanted)).replace(" ", "")
    exact = or_(documents.c.document_id == wanted, number == key)
    there = file_paths.c.given.contains(wanted, autoescape=True) & file_paths.c.recorded_sha256.is_not(None)
    alike = or_(
        documents.c.document_id.startswith(wanted, autoescape=True),
        number.endswith(key, autoescape=True),
        documents.c.path.contains(wanted, autoescape=True),
        documents.c.file_sha256.in_(select(file_paths.c.recorded_sha256).where(there)),
    )
    query = select(*_FOUND).select_from(_HELD).order_by(documents.c.path, documents.c.ordinal).limit(limit)
    found = _frame(engine, query.where(exact), _FOUND)
    return found if len(found) else _frame(engine, query.where(alike), _FOUND)


@dataclass(frozen=True, slots=True)
class LetterQuery:
    """Which letters: every field that is given narrows the choice.

    ``number`` is part of a letter number in either digits, ``agency`` the beginning of an agency code or
    part of the sending agency's name, ``sender`` part of the sender as printed. ``date_from`` and
    ``date_to`` are ISO dates, months or years, inclusive; a letter whose day is unknown counts when it may
    lie between.
    """

    number: str | None = None
    agency: str | None = None
    sender: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    needs_review: bool | None = None


def letters_frame(engine: Engine, query: LetterQuery, limit: int | None) -> pd.DataFrame:
    """The letters that ``query`` chooses, by date and number: the columns of ``letters`` and the path and
    pages of each."""
    columns = (*letters.columns, documents.c.path, documents.c.first_page, documents.c.last_page)
    statement = select(*columns).join_from(letters, documents).where(*_conditions(query))
    order = (letters.c.date, letters.c.number, letters.c.document_id)
    return _frame(engine, statement.order_by(*order).limit(limit), columns)


def _conditions(query: LetterQuery) -> list[ColumnElement[bool]]:
    conditions = []
    if query.number is not None:
        key = to_arabic(query.number).replace(" ", "")
        conditions.append(_spaceless(letters.c.number).contains(key, autoescape=True))
    if query.agency is not None:
        conditions.append(_is_agency(query.agency))
    if query.sender is not None:
        conditions.append(letters.c.sender.contains(query.sender, autoescape=True))
    if query.date_from is not None:
        conditions.append(_padded(letters.c.date, _LATEST) >= _whole_date(query.date_from, _EARLIEST))
    if query.date_to is not None:
        conditions.append(_padded(letters.c.date, _EARLIEST) <= _whole_date(query.date_to, _LATEST))
    if query.needs_review is not None:
        conditions.append(letters.c.needs_review.is_(query.needs_review))
    return conditions


def _is_agency(agency: str) -> ColumnElement[bool]:
    code = to_arabic(agency).replace(" ", "")
    return or_(
        _spaceless(letters.c.agency_code).startswith(code, autoescape=True),
        letters.c.sender_agency.contains(agency, autoescape=True),
    )


_EARLIEST, _LATEST = "-00-00", "-99-99"
"""Endings that put a date without day or month before or after all that it may mean."""


def _whole_date(date: str, ending: str) -> str:
    return date + ending[len(date) - 4 :]


def _padded(date: ColumnElement[Any], ending: str) -> ColumnElement[Any]:
    """The same in the database, where strings begin at 1."""
    missing = func.substr(ending, func.length(date) - 3)
    return date + missing


def _spaceless(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.replace(column, " ", "")


def _frame(engine: Engine, query: Select[Any], columns: Iterable[Column[Any]]) -> pd.DataFrame:
    with reading(engine) as connection:
        return pd.read_sql_query(query, connection, dtype=frame_types(columns))
