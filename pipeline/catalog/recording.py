"""Writing the records of a file: one transaction, all or nothing.

A file is known by the hash of its bytes. Its records are deleted and written anew under the same ids;
references of other files that point at its letters stay, unless the letter is there no more.
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine, delete, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pipeline.catalog import rows, values
from pipeline.catalog.amending import orphan, reapply
from pipeline.catalog.changes import note_come, note_gone
from pipeline.catalog.database import writing
from pipeline.catalog.tables import (
    DATASETS,
    documents,
    file_paths,
    files,
    ledger,
    letter_references,
    progress,
    review_issues,
)
from pipeline.model import FileResult, FileStatus


def record_file(
    engine: Engine, result: FileResult, pipeline_version: str, model_version: str, settings: str | None
) -> bool:
    """Replace all records of a file by ``result``, or note that reading it again failed.

    A failure never takes away the records of an earlier, better reading of the same bytes; one that is
    known already changes nothing. Returns whether records changed. Raises ``ValueError`` for records of a
    file without a hash, :class:`StorageError` where it cannot write.
    """
    if result.sha256 is None and (result.pages or result.documents):
        raise ValueError(f"{result.path}: records need the hash of the bytes that they are from")
    identity = values.file_id(result.path, result.sha256)
    failed = result.status is FileStatus.FAILED
    with writing(engine) as connection:
        if failed and _is_known_failure(connection, identity, result, pipeline_version, model_version):
            return False
        if failed and _was_read(connection, identity):
            _note_failure(connection, identity, result)
        else:
            _replace(connection, identity, result, pipeline_version, model_version)
        _note_try(connection, identity, result, pipeline_version, model_version, settings)
        _note_path(connection, result)
        if result.sha256 is not None:
            forget_unhashed(connection, [values.absolute_text(result.path)])
            if not failed:
                name_files(connection, adopt(connection, result.sha256))
        advance(connection)
    return True


def advance(connection: Connection) -> int:
    """Count one more change of the records; returns the new revision."""
    revision = current_revision(connection, "records") + 1
    mark_progress(connection, "records", revision)
    return revision


def current_revision(connection: Connection, name: str) -> int:
    """The revision of the records, or of what was last made from them (``resolution``, ``datasets``)."""
    found = connection.execute(select(progress.c.revision).where(progress.c.name == name)).scalar()
    return int(found or 0)


def mark_progress(connection: Connection, name: str, revision: int) -> None:
    """Note that ``name`` is now at ``revision``."""
    statement = upsert(progress).values(name=name, revision=revision)
    connection.execute(statement.on_conflict_do_update(set_={"revision": revision}))


# ---------------------------------------------------------------------- the records


def _is_known_failure(
    connection: Connection, identity: str, result: FileResult, pipeline_version: str, model_version: str
) -> bool:
    """Whether the last try at the file, by the same versions, failed for the same reason, whatever path
    the file was named by then."""
    same_try = (
        (ledger.c.file_id == identity)
        & (ledger.c.status == FileStatus.FAILED.value)
        & (ledger.c.error_code == result.error_code)
        & (ledger.c.pipeline_version == pipeline_version)
        & (ledger.c.model_version == model_version)
    )
    reason = str(values.clean_text(result.error)).removeprefix(f"{values.path_text(result.path)}: ")
    told = or_(
        files.c.error.endswith(reason, autoescape=True),
        (review_issues.c.code == "reread_failed") & review_issues.c.message.contains(reason, autoescape=True),
    )
    of_the_file = review_issues.c.file_id == ledger.c.file_id
    joined = ledger.join(files).outerjoin(review_issues, of_the_file)
    query = select(ledger.c.file_id).select_from(joined).where(same_try, told)
    return connection.execute(query).first() is not None


def _was_read(connection: Connection, identity: str) -> bool:
    status = connection.execute(select(files.c.status).where(files.c.file_id == identity)).scalar()
    return status in (FileStatus.DONE, FileStatus.PARTIAL)


def _replace(
    connection: Connection, identity: str, result: FileResult, pipeline_version: str, model_version: str
) -> None:
    new = rows.file_rows(result, pipeline_version, model_version)
    kept = {row["document_id"] for row in new.get("documents", ())}
    gone = _documents_of(connection, identity) - kept
    note_gone(connection, identity)
    connection.execute(delete(files).where(files.c.file_id == identity))
    for table in DATASETS:
        if new.get(table.name):
            connection.execute(insert(table), new[table.name])
    reapply(connection, identity)
    note_come(connection, identity)
    _unresolve(connection, gone)


def _documents_of(connection: Connection, sha256: str) -> set[str]:
    found = connection.execute(select(documents.c.document_id).where(documents.c.file_sha256 == sha256))
    return set(found.scalars())


def _unresolve(connection: Connection, document_ids: set[str]) -> None:
    """References to letters that are no longer held are open again."""
    for document_id in document_ids:
        pointing = letter_references.c.target_document_id == document_id
        connection.execute(update(letter_references).where(pointing).values(**rows.UNRESOLVED))


def _note_failure(connection: Connection, identity: str, result: FileResult) -> None:
    issue = rows.failure_issue(identity, result.error_code, result.error)
    connection.execute(delete(review_issues).where(review_issues.c.issue_id == issue["issue_id"]))
    connection.execute(insert(review_issues), [issue])


def _note_try(
    connection: Connection,
    identity: str,
    result: FileResult,
    pipeline_version: str,
    model_version: str,
    settings: str | None,
) -> None:
    values = {
        "pipeline_version": pipeline_version,
        "model_version": model_version,
        "status": result.status.value,
        "error_code": result.error_code,
        "settings": settings,
    }
    statement = upsert(ledger).values(file_id=identity, **values)
    connection.execute(statement.on_conflict_do_update(set_=values))


# ---------------------------------------------------------------------- where the bytes lie


def _note_path(connection: Connection, result: FileResult) -> None:
    """Note the path of a file; what stat said before counts no more if its bytes are others now."""
    place = values.absolute_text(result.path)
    given = values.path_text(result.path)
    statement = upsert(file_paths).values(path=place, given=given, sha256=result.sha256, present=True)
    connection.execute(statement.on_conflict_do_nothing())
    if result.sha256 is not None:
        other = (file_paths.c.path == place) & file_paths.c.sha256.is_distinct_from(result.sha256)
        unknown = dict.fromkeys(("size", "mtime_ns", "ctime_ns", "inode"))
        changed = connection.execute(update(file_paths).where(other).values(sha256=result.sha256, **unknown))
        if changed.rowcount:
            forget_replaced(connection)


def adopt(connection: Connection, sha256: str) -> set[str]:
    """Let the records of ``sha256`` stand for every path that holds those bytes.

    Records of the bytes that such a path held before go, unless those bytes lie or stand for something
    elsewhere: the catalog describes what the files hold. Returns the hashes whose paths changed.
    """
    here = file_paths.c.sha256 == sha256
    recorded = file_paths.c.recorded_sha256
    former = connection.execute(select(recorded).where(here, recorded.is_distinct_from(sha256)).distinct())
    replaced = {old for old in former.scalars() if old is not None}
    connection.execute(update(file_paths).where(here).values(recorded_sha256=sha256))
    for old in sorted(replaced):
        needed = (recorded == old) | ((file_paths.c.sha256 == old) & file_paths.c.present)
        if connection.execute(select(file_paths.c.path).where(needed).limit(1)).first() is None:
            _unresolve(connection, _documents_of(connection, old))
            note_gone(connection, old)
            connection.execute(delete(files).where(files.c.file_id == old))
            orphan(connection, old, sha256)
    return {sha256, *replaced}


def name_files(connection: Connection, hashes: set[str]) -> list[tuple[str, str]]:
    """Give files the first path at which they now lie; returns those that changed as (old, new)."""
    renamed = []
    for sha256 in sorted(hashes):
        old = connection.execute(select(files.c.path).where(files.c.file_id == sha256)).scalar()
        places = select(file_paths.c.given).where(file_paths.c.sha256 == sha256, file_paths.c.present)
        new = connection.execute(places.order_by(file_paths.c.path).limit(1)).scalar()
        if old is not None and new is not None and old != new:
            connection.execute(update(files).where(files.c.file_id == sha256).values(path=new))
            connection.execute(update(documents).where(documents.c.file_sha256 == sha256).values(path=new))
            renamed.append((old, new))
    return renamed


def forget_unhashed(connection: Connection, places: list[str]) -> None:
    """Drop the failures of paths whose bytes could not be hashed before, and now can."""
    for place in places:
        connection.execute(delete(files).where(files.c.file_id == values.unhashed_id(place)))


def forget_replaced(connection: Connection) -> bool:
    """Drop the failures of bytes that lie nowhere any more; returns whether there were any."""
    lies = select(file_paths.c.path).where(file_paths.c.sha256 == files.c.file_sha256, file_paths.c.present)
    failed = (files.c.status == FileStatus.FAILED.value) & files.c.file_sha256.is_not(None)
    return connection.execute(delete(files).where(failed, ~lies.exists())).rowcount > 0
