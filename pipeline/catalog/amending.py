"""Corrections in the records: put in, taken back, and put in again after the file was read anew.

Of a document that has corrections the rows as read are kept; the records are always made of those and of
the corrections that stand. Everything here is part of a transaction that its caller holds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pipeline.catalog.amendment import amended
from pipeline.catalog.rows import UNRESOLVED, Row, Rows, unplaced_issue
from pipeline.catalog.settled import SETTLED
from pipeline.catalog.subjects import Subject, Subjects, box_of, is_same_place
from pipeline.catalog.tables import (
    corrections,
    documents,
    field_evidence,
    files,
    letter_references,
    letters,
    plan_budgets,
    plan_items,
    plans,
    readings,
    review_issues,
    stamps,
)
from pipeline.catalog.values import json_text
from pipeline.model import SubjectKind

Record = Mapping[str, Any]

_AMENDED = (documents, letters, letter_references, stamps, plans, plan_items, plan_budgets)
"""Tables whose rows stay the same rows when a document is corrected."""

_REMADE = (field_evidence, review_issues)
"""Tables whose rows come and go with corrections."""


def reading_of(connection: Connection, document_id: str) -> Rows:
    """The rows of a document by table, as they were read."""
    query = select(readings.c.rows).where(readings.c.document_id == document_id)
    kept = connection.execute(query).scalar()
    if kept is None:
        return rows_now(connection, document_id)
    rows: Rows = json.loads(kept)
    return rows


def amend(connection: Connection, document_id: str) -> None:
    """Make the records of a document from its reading and the corrections that stand.

    Must run before records are changed in any other way: the first time, they are the reading.
    """
    reading = reading_of(connection, document_id)
    standing = standing_corrections(connection, document_id)
    if standing:
        kept = {"document_id": document_id, "rows": json_text(reading)}
        connection.execute(upsert(readings).values(**kept).on_conflict_do_nothing())
    else:
        connection.execute(delete(readings).where(readings.c.document_id == document_id))
    _write(connection, document_id, amended(reading, standing))
    _mark_applied(connection, document_id, [row["correction_id"] for row in standing])
    connection.execute(delete(review_issues).where(review_issues.c.document_id == document_id, SETTLED))


def standing_corrections(connection: Connection, document_id: str) -> tuple[Record, ...]:
    """The last correction of each value of a document, those withdrawn left out, in order."""
    placed = (corrections.c.document_id == document_id) & corrections.c.unplaced_in.is_(None)
    query = select(corrections).where(placed, corrections.c.withdrawn_at.is_(None))
    found = connection.execute(query.order_by(corrections.c.correction_id)).mappings()
    last = {(row["subject_id"], row["field"]): dict(row) for row in found}
    return tuple(sorted(last.values(), key=lambda row: int(row["correction_id"])))


# ---------------------------------------------------------------------- rows in and out


def rows_now(connection: Connection, document_id: str) -> Rows:
    """The rows of a document by table as they are now, without verdicts and what comparing letters found."""
    rows: Rows = {}
    for table in (*_AMENDED, *_REMADE):
        query = select(table).where(_belongs(table, document_id)).order_by(*table.primary_key)
        rows[table.name] = [dict(row) for row in connection.execute(query).mappings()]
    for reference in rows["letter_references"]:
        for verdict in UNRESOLVED:
            del reference[verdict]
    return rows


def _belongs(table: Table, document_id: str) -> Any:
    if "document_id" not in table.c:
        return table.c.plan_id.in_(select(plans.c.plan_id).where(plans.c.document_id == document_id))
    own = table.c.document_id == document_id
    return own & (table.c.stage == "reading") if table is review_issues else own


def _write(connection: Connection, document_id: str, rows: Rows) -> None:
    for table in _AMENDED:
        keys = [column.name for column in table.primary_key]
        for row in rows[table.name]:
            same = [table.c[key] == row[key] for key in keys]
            connection.execute(update(table).where(*same).values(**_without(row, keys)))
    for table in _REMADE:
        connection.execute(delete(table).where(_belongs(table, document_id)))
        if rows[table.name]:
            connection.execute(insert(table), rows[table.name])


def _without(row: Row, names: Sequence[str]) -> Row:
    # The path may have changed since the reading was kept.
    return {name: value for name, value in row.items() if name not in (*names, "path")}


def _mark_applied(connection: Connection, document_id: str, standing: Sequence[int]) -> None:
    of_document = corrections.c.document_id == document_id
    applied = corrections.c.correction_id.in_(standing)
    connection.execute(update(corrections).where(of_document).values(applied=applied))


# ---------------------------------------------------------------------- after a new reading


def reapply(connection: Connection, file_id: str) -> None:
    """Put the corrections of a file into its records, which have just been written as read.

    A correction belongs to the document that begins on the same page, and in it to the row that stands in
    the same place. Those that have no place any more are kept and reported as an issue of the file.
    """
    of_file = (corrections.c.file_sha256 == file_id) & corrections.c.withdrawn_at.is_(None)
    query = select(corrections).where(of_file).order_by(corrections.c.correction_id)
    standing = [dict(row) for row in connection.execute(query).mappings()]
    begin = select(documents.c.document_id, documents.c.first_page).where(documents.c.file_sha256 == file_id)
    first_pages = dict(map(tuple, connection.execute(begin)))
    found: dict[str, Rows] = {}
    for row in standing:
        document_id = _document(row, first_pages)
        if document_id is not None and document_id not in found:
            found[document_id] = reading_of(connection, document_id)
        _note_place(connection, row, _place(row, found.get(document_id or "")))
    for document_id in found:
        amend(connection, document_id)
    reported = {row["unplaced_in"] for row in standing if row["unplaced_in"] is not None}
    for place in sorted({file_id, *reported}):
        report_unplaced(connection, place)


def _document(correction: Record, first_pages: Mapping[str, int]) -> str | None:
    """The document that begins where the correction's did; of several, the one with its id."""
    there = [name for name, page in first_pages.items() if page == correction["first_page"]]
    if correction["document_id"] in there:
        return str(correction["document_id"])
    return there[0] if len(there) == 1 else None


def _place(correction: Record, rows: Rows | None) -> Row:
    """The columns of a correction that say where it belongs in ``rows``, those of its document."""
    nowhere = {"unplaced_in": correction["file_sha256"]}
    if rows is None:
        return nowhere
    document_id = rows["documents"][0]["document_id"]
    own = f"{document_id}{correction['subject_id'].removeprefix(correction['document_id'])}"
    subject_id = _subject_id(correction, own, rows)
    if subject_id is None:
        return {**nowhere, "document_id": document_id, "subject_id": own}
    return {"unplaced_in": None, "document_id": document_id, "subject_id": subject_id}


def _subject_id(correction: Record, own: str, rows: Rows) -> str | None:
    """The id of the row that stands where the correction's stood, of several its ``own``; None without."""
    kind = SubjectKind(correction["subject"])
    if kind is SubjectKind.REVIEW_ISSUES:
        return own
    subjects = Subjects.of(rows)
    of_kind = [subject for subject in subjects.by_id.values() if subject.kind is kind]
    if kind is SubjectKind.LETTERS:
        near = [subject.subject_id for subject in of_kind]
    elif kind is SubjectKind.PLANS:
        near = _plans_there(of_kind, correction, subjects)
    else:
        near = [subject.subject_id for subject in of_kind if _stands_there(subject, correction)]
    if kind is SubjectKind.PLAN_BUDGETS:
        # The years of an item share its place: it is the one of the same year, by their order.
        near = [name for name in near if name.rpartition("-")[2] == own.rpartition("-")[2]]
    if own in near:
        return own
    return near[0] if len(near) == 1 else None


def _plans_there(plans: Sequence[Subject], correction: Record, subjects: Subjects) -> list[str]:
    """The plans that have the correction's value where it stood.

    The one plan of a document has it as well where either reading did not find the value.
    """
    box = box_of(correction)
    there = []
    for plan in plans:
        evidence = subjects.evidence.get((plan.subject_id, correction["field"]), {})
        own_box = box_of(evidence)
        if box is None or own_box is None:
            same = len(plans) == 1
        else:
            same = evidence["page"] == correction["page"] and is_same_place(own_box, box)
        there += [plan.subject_id] if same else []
    return there


def _note_place(connection: Connection, correction: Record, place: Row) -> None:
    same = corrections.c.correction_id == correction["correction_id"]
    connection.execute(update(corrections).where(same).values(applied=False, **place))


def _stands_there(subject: Subject, correction: Record) -> bool:
    return subject.is_in_place_of(correction["page"], box_of(correction), correction["raw"])


def report_unplaced(connection: Connection, file_id: str) -> None:
    """Say on the file, where it is held, which corrections have no place in it; nothing where none has."""
    here = (corrections.c.unplaced_in == file_id) & corrections.c.withdrawn_at.is_(None)
    query = select(corrections).where(here).order_by(corrections.c.correction_id)
    unplaced = [dict(row) for row in connection.execute(query).mappings()]
    issue = unplaced_issue(file_id, unplaced)
    connection.execute(delete(review_issues).where(review_issues.c.issue_id == issue["issue_id"]))
    held = connection.execute(select(files.c.file_id).where(files.c.file_id == file_id)).first()
    if unplaced and held is not None:
        connection.execute(insert(review_issues), [issue])


def orphan(connection: Connection, old: str, new: str) -> None:
    """Keep the corrections of a file whose records go, since its path holds the file ``new`` now.

    With them those that ``old`` itself had to keep of the file before it.
    """
    of_file = or_(corrections.c.file_sha256 == old, corrections.c.unplaced_in == old)
    standing = of_file & corrections.c.withdrawn_at.is_(None)
    connection.execute(update(corrections).where(standing).values(applied=False, unplaced_in=new))
    report_unplaced(connection, new)
