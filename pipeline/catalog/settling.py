"""Resolving references anew where letters changed: one transaction for verdicts and the keys behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.schema import CreateTable

from pipeline.catalog.citations import letters_in, portions, references_in, store_verdicts
from pipeline.catalog.database import writing
from pipeline.catalog.recording import current_revision, mark_progress
from pipeline.catalog.tables import (
    documents_come,
    keys_gone,
    letter_keys,
    letter_references,
    letters,
    reference_keys,
)
from pipeline.model import ArchivedLetter, ArchivedReference, Resolution

_TEMPORARY = MetaData()
_wanted_keys = Table(
    "wanted_keys", _TEMPORARY, Column("key", Integer, primary_key=True), prefixes=["TEMPORARY"]
)
_wanted_ids = Table("wanted_ids", _TEMPORARY, Column("id", Text, primary_key=True), prefixes=["TEMPORARY"])


class Settling:
    """What the resolver asks of the catalog and tells it, within one write transaction.

    It is a :class:`pipeline.citations.KeyedArchive` of letters and references as they are now. Keys are
    signed 64-bit integers; what they mean is the resolver's own affair.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        for table in (_wanted_keys, _wanted_ids):
            connection.execute(CreateTable(table, if_not_exists=True))

    # ------------------------------------------------------------------ what changed

    @property
    def basis(self) -> int:
        """What the verdicts held rest on beside the letters, as told to :meth:`settled`; 0 before."""
        return current_revision(self._connection, "basis")

    def documents_come(self) -> list[str]:
        """The documents that were written since the last time."""
        return list(self._connection.execute(select(documents_come.c.document_id)).scalars())

    def keys_gone(self) -> dict[int, int]:
        """How many letters that are there no more had each key."""
        return dict(map(tuple, self._connection.execute(select(keys_gone.c.key, keys_gone.c.letters))))

    # ------------------------------------------------------------------ the archive by its keys

    def size(self) -> int:
        """The number of letters held."""
        return int(self._connection.execute(select(func.count()).select_from(letters)).scalar_one())

    def counts(self, keys: Collection[int]) -> dict[int, int]:
        """How many letters have each of ``keys``; those that none has are left out."""
        self._want(_wanted_keys, keys)
        query = select(letter_keys.c.key, func.count()).where(_is_wanted(letter_keys.c.key))
        return dict(map(tuple, self._connection.execute(query.group_by(letter_keys.c.key))))

    def documents_sharing(self, keys: Collection[int]) -> set[str]:
        """The letters that have one of ``keys``."""
        return self._sharing(letter_keys, letter_keys.c.document_id, keys)

    def references_sharing(self, keys: Collection[int]) -> set[str]:
        """The references that have one of ``keys``."""
        return self._sharing(reference_keys, reference_keys.c.reference_id, keys)

    def references_of(self, document_ids: Collection[str]) -> set[str]:
        """The references that these documents make."""
        self._want(_wanted_ids, document_ids)
        query = select(letter_references.c.reference_id).where(_is_named(letter_references.c.document_id))
        return set(self._connection.execute(query).scalars())

    def letters(self, document_ids: Collection[str]) -> list[ArchivedLetter]:
        """Those of the documents that are letters, in the order of their ids."""
        self._want(_wanted_ids, document_ids)
        return list(letters_in(self._connection, _is_named(letters.c.document_id)))

    def references(self, reference_ids: Collection[str]) -> list[ArchivedReference]:
        """The references of these ids, in that order."""
        self._want(_wanted_ids, reference_ids)
        return list(references_in(self._connection, _is_named(letter_references.c.reference_id)))

    # ------------------------------------------------------------------ writing

    def add_letter_keys(self, pairs: Iterable[tuple[str, int]]) -> None:
        """Keep (document id, key)."""
        for portion in portions(pairs):
            rows = [{"document_id": document_id, "key": key} for document_id, key in portion]
            self._connection.execute(insert(letter_keys), rows)

    def add_reference_keys(self, pairs: Iterable[tuple[str, int]]) -> None:
        """Keep (reference id, key); quickest in the order of keys."""
        for portion in portions(pairs):
            rows = [{"reference_id": reference_id, "key": key} for reference_id, key in portion]
            self._connection.execute(upsert(reference_keys).on_conflict_do_nothing(), rows)

    def forget_keys(self) -> None:
        """Drop all keys, to make them anew."""
        for table in (letter_keys, reference_keys):
            self._connection.execute(delete(table))

    def store(self, verdicts: Iterable[Resolution]) -> None:
        """Write verdicts; references that have none here keep theirs."""
        store_verdicts(self._connection, verdicts)

    def settled(self, basis: int) -> None:
        """All that changed is resolved now, on this basis."""
        for table in (documents_come, keys_gone):
            self._connection.execute(delete(table))
        mark_progress(self._connection, "basis", basis)

    # ------------------------------------------------------------------ in here

    def _sharing(self, table: Table, identity: Column[Any], keys: Collection[int]) -> set[str]:
        self._want(_wanted_keys, keys)
        query = select(identity).where(_is_wanted(table.c.key))
        return set(self._connection.execute(query).scalars())

    def _want(self, table: Table, values: Collection[Any]) -> None:
        """Put ``values`` into a temporary table, to be joined with."""
        self._connection.execute(delete(table))
        (column,) = table.columns
        for portion in portions(sorted(set(values))):
            self._connection.execute(insert(table), [{column.name: value} for value in portion])


# Not joins: SQLite has no statistics that would tell it to begin with the short table.


def _is_wanted(key: Column[Any]) -> ColumnElement[bool]:
    return key.in_(select(_wanted_keys.c.key))


def _is_named(identity: Column[Any]) -> ColumnElement[bool]:
    return identity.in_(select(_wanted_ids.c.id))


@contextmanager
def settling(engine: Engine) -> Iterator[Settling]:
    """One write transaction in which references are resolved anew. Raises :class:`StorageError`."""
    with writing(engine) as connection:
        yield Settling(connection)
