"""What the resolver reads and writes: letters and references out, verdicts and issues in.

Everything streams: an archive of millions of references passes in portions.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Engine, bindparam, delete, insert, or_, select, update
from sqlalchemy.engine import Row

from pipeline.catalog.database import reading, writing
from pipeline.catalog.recording import advance, mark_progress
from pipeline.catalog.rows import citation_issue
from pipeline.catalog.tables import documents, letter_references, letters, review_issues
from pipeline.catalog.values import json_text
from pipeline.model import ArchivedLetter, ArchivedReference, Issue, Relation, Resolution

_PORTION = 20_000

_LETTER_FIELDS = (
    "document_id", "number", "agency_code", "is_circular", "running_number", "date", "sender",
    "sender_agency", "recipient", "subject",
)  # fmt: skip
_REFERENCE_FIELDS = (
    "reference_id", "document_id", "position", "raw_text", "sender", "subject", "number", "agency_code",
    "is_circular", "running_number", "date", "target_kind",
)  # fmt: skip
_PLACE = (documents.c.file_sha256, documents.c.ordinal)


def archived_letters(engine: Engine) -> Iterator[ArchivedLetter]:
    """Every letter, memo and announcement that the catalog holds, in the order of their ids."""
    table = letters.join(documents)
    columns = [letters.c[name] for name in _LETTER_FIELDS]
    query = select(*columns, letters.c.number_alternatives, *_PLACE).select_from(table)
    for row in _stream(engine, query.order_by(letters.c.document_id)):
        fields = {name: getattr(row, name) for name in _LETTER_FIELDS}
        yield ArchivedLetter(**fields, place=_place(row), number_alternatives=_alternatives(row))


def archived_references(engine: Engine) -> Iterator[ArchivedReference]:
    """Every reference that the catalog holds, in the order of their ids."""
    table = letter_references.join(documents, letter_references.c.document_id == documents.c.document_id)
    columns = [letter_references.c[name] for name in (*_REFERENCE_FIELDS, "relation", "number_alternatives")]
    query = select(*columns, *_PLACE).select_from(table)
    for row in _stream(engine, query.order_by(letter_references.c.reference_id)):
        fields = {name: getattr(row, name) for name in _REFERENCE_FIELDS}
        yield ArchivedReference(
            **fields,
            relation=Relation(row.relation),
            place=_place(row),
            number_alternatives=_alternatives(row),
        )


def store_resolutions(
    engine: Engine, resolutions: Iterable[Resolution], issues: Iterable[tuple[str, Issue]]
) -> None:
    """Write verdicts, and replace all issues of the resolver by ``issues`` as (document_id, issue).

    One transaction; references that have no verdict here keep theirs. Raises :class:`StorageError`.
    """
    with writing(engine) as connection:
        for portion in _portions(resolutions):
            connection.execute(_VERDICT, [_verdict(resolution) for resolution in portion])
        connection.execute(delete(review_issues).where(review_issues.c.stage == "citations"))
        for rows in _portions(_issue_rows(issues)):
            connection.execute(_CITATION_ISSUE, rows)
        mark_progress(connection, "resolution", advance(connection))


_VERDICT = (
    update(letter_references)
    .where(
        letter_references.c.reference_id == bindparam("key"),
        # A verdict that is the same as before need not touch the disk.
        or_(
            letter_references.c.status != bindparam("new_status"),
            letter_references.c.target_document_id.is_distinct_from(bindparam("target")),
            letter_references.c.score.is_distinct_from(bindparam("new_score")),
            letter_references.c.evidence.is_distinct_from(bindparam("new_evidence")),
        ),
    )
    .values(
        status=bindparam("new_status"),
        target_document_id=bindparam("target"),
        score=bindparam("new_score"),
        evidence=bindparam("new_evidence"),
    )
)

_FILE_OF_DOCUMENT = select(documents.c.file_sha256).where(documents.c.document_id == bindparam("about"))
_CITATION_ISSUE = insert(review_issues).values(file_id=_FILE_OF_DOCUMENT.scalar_subquery())


def _verdict(resolution: Resolution) -> dict[str, Any]:
    return {
        "key": resolution.reference_id,
        "new_status": resolution.status.value,
        "target": resolution.target,
        "new_score": round(float(resolution.score), 4),
        "new_evidence": json_text(resolution.evidence),
    }


def _issue_rows(issues: Iterable[tuple[str, Issue]]) -> Iterator[dict[str, Any]]:
    met: dict[str, int] = defaultdict(int)
    for document_id, issue in issues:
        met[document_id] += 1
        yield {**citation_issue(issue, document_id, met[document_id]), "about": document_id}


def _stream(engine: Engine, query: Any) -> Iterator[Row[Any]]:
    with reading(engine) as connection:
        yield from connection.execution_options(yield_per=_PORTION).execute(query)


def _place(row: Row[Any]) -> tuple[str, int]:
    return row.file_sha256, row.ordinal


def _alternatives(row: Row[Any]) -> tuple[tuple[str, float], ...]:
    if row.number_alternatives in (None, "[]"):
        return ()
    return tuple((text, probability) for text, probability in json.loads(row.number_alternatives))


_T = TypeVar("_T")


def _portions(things: Iterable[_T]) -> Iterator[list[_T]]:
    remaining = iter(things)
    while portion := list(islice(remaining, _PORTION)):
        yield portion
