"""What the resolver reads and writes: letters and references out, verdicts and issues in.

Everything streams: an archive of millions of references passes in portions.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.engine import Row

from pipeline.catalog.database import reading, writing
from pipeline.catalog.recording import advance, mark_progress
from pipeline.catalog.rows import citation_issue
from pipeline.catalog.settled import SETTLED
from pipeline.catalog.tables import documents, letter_references, letters, review_issues
from pipeline.catalog.values import json_text
from pipeline.model import (
    ArchivedLetter,
    ArchivedReference,
    Issue,
    ReferenceStatus,
    Relation,
    Resolution,
)

_PORTION = 20_000

# In the order of the fields of ArchivedLetter and ArchivedReference: with millions of rows, passing them by
# position halves the time. The place takes two columns, and the JSON of alternatives comes last.
_LETTERS = select(
    letters.c.document_id, documents.c.file_sha256, documents.c.ordinal,
    letters.c.number, letters.c.agency_code, letters.c.is_circular, letters.c.running_number,
    letters.c.date, letters.c.sender, letters.c.sender_agency, letters.c.recipient, letters.c.subject,
    letters.c.number_alternatives,
).join_from(letters, documents).order_by(letters.c.document_id)  # fmt: skip

_cited = letter_references.c
_REFERENCES = select(
    _cited.reference_id, _cited.document_id, documents.c.file_sha256, documents.c.ordinal,
    _cited.position, _cited.relation,
    _cited.raw_text, _cited.sender, _cited.subject, _cited.number, _cited.agency_code, _cited.is_circular,
    _cited.running_number, _cited.date, _cited.target_kind,
    _cited.number_alternatives,
).join_from(
    letter_references, documents, _cited.document_id == documents.c.document_id
).order_by(_cited.reference_id)  # fmt: skip


def archived_letters(engine: Engine) -> Iterator[ArchivedLetter]:
    """Every letter, memo and announcement that the catalog holds, in the order of their ids."""
    with reading(engine) as connection:
        yield from letters_in(connection)


def archived_references(engine: Engine) -> Iterator[ArchivedReference]:
    """Every reference that the catalog holds, in the order of their ids."""
    with reading(engine) as connection:
        yield from references_in(connection)


def letters_in(connection: Connection, *where: ColumnElement[bool]) -> Iterator[ArchivedLetter]:
    """The letters that fulfil all of ``where``, in the order of their ids."""
    for document_id, file, ordinal, *fields, alternatives in _stream(connection, _LETTERS.where(*where)):
        arguments = (document_id, (file, ordinal), *fields, _alternatives(alternatives))
        yield ArchivedLetter(*arguments)


def references_in(connection: Connection, *where: ColumnElement[bool]) -> Iterator[ArchivedReference]:
    """The references that fulfil all of ``where``, in the order of their ids."""
    for row in _stream(connection, _REFERENCES.where(*where)):
        reference_id, document_id, file, ordinal, position, relation, *fields, alternatives = row
        place = (file, ordinal)
        known = (reference_id, document_id, place, position, Relation(relation))
        arguments = (*known, *fields, _alternatives(alternatives))
        yield ArchivedReference(*arguments)


def resolutions(engine: Engine) -> Iterator[Resolution]:
    """The verdict on every reference, in the order of their ids."""
    verdict = _cited.reference_id, _cited.status, _cited.target_document_id, _cited.score, _cited.evidence
    with reading(engine) as connection:
        for row in _stream(connection, select(*verdict).order_by(_cited.reference_id)):
            reference_id, status, target, score, evidence = row
            known = json.loads(evidence or "{}")
            yield Resolution(reference_id, ReferenceStatus(status), target, score or 0.0, known)


def store_verdicts(connection: Connection, verdicts: Iterable[Resolution]) -> None:
    """Write verdicts, portion by portion; references that have none here keep theirs."""
    for portion in portions(verdicts):
        connection.execute(_VERDICT, [_verdict(resolution) for resolution in portion])


def store_citation_issues(engine: Engine, issues: Iterable[tuple[str, Issue]]) -> None:
    """Replace all issues of the resolver by ``issues`` as (document_id, issue): references are resolved.

    One transaction. Raises :class:`StorageError`.
    """
    with writing(engine) as connection:
        connection.execute(delete(review_issues).where(review_issues.c.stage == "citations"))
        for rows in portions(_issue_rows(issues)):
            connection.execute(_CITATION_ISSUE, rows)
        connection.execute(delete(review_issues).where(SETTLED))
        mark_progress(connection, "resolution", advance(connection))


def store_cited_letters(engine: Engine, cited: Iterable[tuple[str, str]]) -> None:
    """Keep which letter of the graph each reference means that means no held one, as (reference_id, node).

    One transaction. Raises :class:`StorageError`.
    """
    held = letter_references.c.target_document_id.is_not(None)
    outdated = held & letter_references.c.cited_letter.is_not(None)
    with writing(engine) as connection:
        connection.execute(update(letter_references).where(outdated).values(cited_letter=None))
        for portion in portions(cited):
            connection.execute(_CITED, [{"key": key, "node": node} for key, node in portion])


_CITED = (
    update(letter_references)
    .where(
        letter_references.c.reference_id == bindparam("key"),
        letter_references.c.cited_letter.is_distinct_from(bindparam("node")),
    )
    .values(cited_letter=bindparam("node"))
)

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

_FILE_OF_DOCUMENT = select(documents.c.file_sha256).where(documents.c.document_id == bindparam("of_document"))
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
        yield {**citation_issue(issue, document_id, met[document_id]), "of_document": document_id}


def _stream(connection: Connection, query: Select[Any]) -> Iterator[Row[Any]]:
    yield from connection.execute(query, execution_options={"yield_per": _PORTION})


def _alternatives(text: str | None) -> tuple[tuple[str, float], ...]:
    if text is None or text == "[]":
        return ()
    return tuple((number, probability) for number, probability in json.loads(text))


_T = TypeVar("_T")


def portions(things: Iterable[_T]) -> Iterator[list[_T]]:
    """``things`` in lists of a size that SQLite takes at a time."""
    remaining = iter(things)
    while portion := list(islice(remaining, _PORTION)):
        yield portion
