"""The cost of one more letter, in a catalog that holds an archive with its verdicts."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, insert

from benchmarks.citations.synthetic import SyntheticArchive
from pipeline.catalog import Catalog
from pipeline.catalog.tables import documents, documents_come, files, letter_references, letters
from pipeline.catalog.values import alternatives_text
from pipeline.connect import settle
from pipeline.model import (
    ArchivedLetter,
    ArchivedReference,
    DocumentKind,
    FileStatus,
    LetterForm,
    ReferenceStatus,
)

_PORTION = 20_000


class Seconds(NamedTuple):
    clock: float
    processor: float


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds to resolve all but the last letters, and then for each of those as it came.

    Of the clock, and of the processor, which other work on the machine does not lengthen.
    """

    all_but_them: Seconds
    each: tuple[Seconds, ...]


def one_more_letter(archive: SyntheticArchive, catalog: Catalog, count: int) -> Cost:
    """Add the last ``count`` letters one by one to an empty catalog that then holds all the others."""
    rest, added = archive.letters[:-count], archive.letters[-count:]
    own: dict[str, list[ArchivedReference]] = {letter.document_id: [] for letter in added}
    others: list[ArchivedReference] = []
    for reference in archive.references:
        own.get(reference.document_id, others).append(reference)
    _add(catalog, rest, others)
    first = _settled(catalog)
    each = []
    for letter in added:
        _add(catalog, [letter], own[letter.document_id])
        each.append(_settled(catalog))
    return Cost(first, tuple(each))


def _settled(catalog: Catalog) -> Seconds:
    clock, processor = time.perf_counter(), time.process_time()
    settle(catalog)
    return Seconds(time.perf_counter() - clock, time.process_time() - processor)


def _add(catalog: Catalog, new: Sequence[ArchivedLetter], references: Sequence[ArchivedReference]) -> None:
    """Write letters, each bundle a file, as reading them would."""
    with catalog.engine.begin() as connection:
        bundles = dict.fromkeys(letter.place[0] for letter in new)
        _insert(connection, insert(files).prefix_with("OR IGNORE"), map(_file, bundles))
        _insert(connection, insert(documents), map(_document, new))
        _insert(connection, insert(letters), map(_letter, new))
        _insert(connection, insert(letter_references), map(_reference, references))
        _insert(connection, insert(documents_come), ({"document_id": x.document_id} for x in new))


def _file(bundle: str) -> dict[str, Any]:
    return {
        "file_id": bundle, "file_sha256": bundle, "path": bundle, "status": FileStatus.DONE.value,
        "pipeline_version": "0", "model_version": "0",
    }  # fmt: skip


def _document(letter: ArchivedLetter) -> dict[str, Any]:
    bundle, ordinal = letter.place
    return {
        "document_id": letter.document_id, "file_sha256": bundle, "path": bundle, "ordinal": ordinal,
        "first_page": ordinal, "last_page": ordinal, "kind": DocumentKind.LETTER.value,
    }  # fmt: skip


def _letter(letter: ArchivedLetter) -> dict[str, Any]:
    return {
        "document_id": letter.document_id, "form": LetterForm.EXTERNAL.value, "number": letter.number,
        "agency_code": letter.agency_code, "is_circular": letter.is_circular,
        "running_number": letter.running_number, "date": letter.date, "sender": letter.sender,
        "sender_agency": letter.sender_agency, "subject": letter.subject, "needs_review": False,
        "number_alternatives": alternatives_text(letter.number_alternatives),
    }  # fmt: skip


def _reference(reference: ArchivedReference) -> dict[str, Any]:
    return {
        "reference_id": reference.reference_id, "document_id": reference.document_id,
        "position": reference.position, "relation": reference.relation.value, "raw_text": reference.raw_text,
        "sender": reference.sender, "subject": reference.subject, "number": reference.number,
        "agency_code": reference.agency_code, "is_circular": reference.is_circular,
        "running_number": reference.running_number, "date": reference.date,
        "target_kind": reference.target_kind, "status": ReferenceStatus.NOT_HELD.value, "page": 1,
        "number_alternatives": alternatives_text(reference.number_alternatives),
    }  # fmt: skip


_T = TypeVar("_T")


def _insert(connection: Connection, statement: Any, rows: Iterable[dict[str, Any]]) -> None:
    for portion in _portions(rows):
        connection.execute(statement, portion)


def _portions(things: Iterable[_T]) -> Iterator[list[_T]]:
    remaining = iter(things)
    while portion := list(islice(remaining, _PORTION)):
        yield portion
