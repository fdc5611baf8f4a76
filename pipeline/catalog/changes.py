"""What changed since references were resolved last: documents come, and keys of letters that are gone."""

from __future__ import annotations

from sqlalchemy import Connection, Select, delete, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pipeline.catalog.tables import documents, documents_come, keys_gone, letter_keys


def note_come(connection: Connection, file_id: str) -> None:
    """Note the documents of a file, whose records have just been written."""
    connection.execute(upsert(documents_come).from_select(["document_id"], _documents(file_id)))


def note_gone(connection: Connection, file_id: str) -> None:
    """Note the keys of a file's letters, whose records are about to be deleted, and drop them."""
    of_file = letter_keys.c.document_id.in_(_documents(file_id))
    lost = select(letter_keys.c.key, func.count()).where(of_file).group_by(letter_keys.c.key)
    statement = upsert(keys_gone).from_select(["key", "letters"], lost)
    more = {"letters": keys_gone.c.letters + statement.excluded.letters}
    connection.execute(statement.on_conflict_do_update(set_=more))
    connection.execute(delete(letter_keys).where(of_file))
    connection.execute(delete(documents_come).where(documents_come.c.document_id.in_(_documents(file_id))))


def _documents(file_id: str) -> Select[tuple[str]]:
    return select(documents.c.document_id).where(documents.c.file_sha256 == file_id)
