"""The catalog: the one source of truth about an archive, as one SQLite file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import pandas as pd
from sqlalchemy import Engine

from pipeline.catalog import citations, corrections, ledger, queries, work
from pipeline.catalog.database import open_engine, reading
from pipeline.catalog.ledger import Choice, WorkPlan
from pipeline.catalog.migrations import bring_up_to_date
from pipeline.catalog.queries import DocumentRecord, LetterQuery, Record
from pipeline.catalog.recording import current_revision, record_file
from pipeline.catalog.rows import Rows
from pipeline.catalog.settling import Settling, settling
from pipeline.catalog.sightings import Listing
from pipeline.catalog.values import absolute_text
from pipeline.catalog.work import EVERYTHING, Scan, WorkFilter, WorkList
from pipeline.errors import StorageError
from pipeline.model import ArchivedLetter, ArchivedReference, FileResult, Issue, Resolution, Statement

FILE_NAME = "saraban.sqlite"


class Catalog:
    """What has been read. ``with Catalog.open(folder) as catalog:`` opens ``folder/saraban.sqlite``.

    One process writes at a time (:class:`RunLock` sees to it); any number may read meanwhile. Methods
    raise :class:`StorageError` where the file cannot be read or written.
    """

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine = engine
        self.folder = folder

    @staticmethod
    def open(folder: Path) -> Catalog:
        """Open the catalog in ``folder``; make it where there is none, upgrade it where it is older."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"{folder}: cannot be made: {error.strerror}") from error
        engine = open_engine(folder / FILE_NAME)
        bring_up_to_date(engine)
        return Catalog(engine, folder)

    def __enter__(self) -> Catalog:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._engine.dispose()

    @property
    def engine(self) -> Engine:
        """For questions that have no method here."""
        return self._engine

    # ------------------------------------------------------------------ a run

    def plan_work(
        self,
        paths: Iterable[Path],
        hash_file: Callable[[Path], str],
        pipeline_version: str,
        model_version: str,
        *,
        roots: Iterable[Path] = (),
        refused: Iterable[Path] = (),
        settings: Mapping[str, str] | None = None,
        choice: Choice | None = None,
    ) -> WorkPlan:
        """What a run over ``paths`` has to read. ``hash_file`` gives the SHA-256 of a file in hexadecimal;
        it is asked only about files whose stat changed, and may raise :class:`FileError`. The paths are all
        that lies under ``roots``, but for the links and folders that were ``refused``.

        New, changed and stale files are wanted (stale: read by another version of the program or the
        recogniser, or with other ``settings``, which are given by media type), and what ``choice`` says.
        """
        listing = Listing(frozenset(map(absolute_text, roots)), frozenset(map(absolute_text, refused)))
        versions = (pipeline_version, model_version)
        chosen = choice or Choice()
        return ledger.plan_work(self._engine, paths, hash_file, versions, settings or {}, chosen, listing)

    def store(
        self, result: FileResult, pipeline_version: str, model_version: str, settings: str | None = None
    ) -> bool:
        """Replace all records of a file, in one transaction; a failure keeps those of an earlier reading.

        ``settings`` are those that decide how such a file is read, as :meth:`plan_work` is told of them.
        Returns whether anything changed: the same failure again does not.
        """
        return record_file(self._engine, result, pipeline_version, model_version, settings)

    # ------------------------------------------------------------------ what people say

    def correct(self, document_id: str, statements: Sequence[Statement], by: str) -> None:
        """Keep what the person of login name ``by`` says of a document's values, and put it into the records.

        One transaction. It stands until it is withdrawn, also after the file is read again. Raises
        :class:`CorrectionError` where there is no such document, row or field, or a value is none.
        """
        corrections.correct(self._engine, document_id, statements, by)

    def withdraw(self, correction_id: int, by: str) -> None:
        """Take a correction back: what was said before it, or what was read, stands again."""
        corrections.withdraw(self._engine, correction_id, by)

    def corrections_of(self, document_id: str) -> tuple[Record, ...]:
        """All corrections of a document in the order of their making, those withdrawn as well."""
        return corrections.corrections_of(self._engine, document_id)

    def rows_of(self, document_id: str) -> Rows:
        """The rows of a document by table as they are now, without the verdicts on its references."""
        return corrections.rows_of(self._engine, document_id)

    def rows_as_read(self, document_id: str) -> Rows:
        """The rows of a document by table as they were read, whatever people said since."""
        return corrections.rows_as_read(self._engine, document_id)

    def work_list(self, chosen: WorkFilter = EVERYTHING) -> WorkList:
        """The documents that people should check, worst first, and how many are left."""
        return work.work_list(self._engine, chosen)

    def work_order(self, chosen: WorkFilter) -> tuple[str, ...]:
        """The ids of all documents that people should check, worst first."""
        return work.work_order(self._engine, chosen)

    def scan_of(self, file_sha256: str) -> Scan | None:
        """The file of that hash, its pages and where it lies, or None."""
        return work.scan_of(self._engine, file_sha256)

    # ------------------------------------------------------------------ the resolver

    def archived_letters(self) -> Iterator[ArchivedLetter]:
        """Every letter held, in the order of document ids."""
        return citations.archived_letters(self._engine)

    def archived_references(self) -> Iterator[ArchivedReference]:
        """Every reference held, in the order of reference ids."""
        return citations.archived_references(self._engine)

    def resolutions(self) -> Iterator[Resolution]:
        """The verdict on every reference, in the order of reference ids."""
        return citations.resolutions(self._engine)

    def settling(self) -> AbstractContextManager[Settling]:
        """One write transaction in which references are resolved anew where letters changed."""
        return settling(self._engine)

    def store_citation_issues(self, issues: Iterable[tuple[str, Issue]]) -> None:
        """Replace the resolver's issues (document_id, issue); nothing needs resolution then."""
        citations.store_citation_issues(self._engine, issues)

    @property
    def needs_resolution(self) -> bool:
        """Whether records changed since the last resolution."""
        return not self._is_current("resolution")

    @property
    def needs_export(self) -> bool:
        """Whether records changed since the last export of the datasets."""
        return not self._is_current("datasets")

    def _is_current(self, name: str) -> bool:
        with reading(self._engine) as connection:
            return current_revision(connection, name) == current_revision(connection, "records")

    # ------------------------------------------------------------------ questions

    def find_document(self, text: str, limit: int = 50) -> pd.DataFrame:
        """Documents that ``text`` may mean: an id, a letter number, part of a path."""
        return queries.find_document(self._engine, text, limit)

    def document_record(self, document_id: str) -> DocumentRecord | None:
        """All of one document, or None."""
        return queries.document_record(self._engine, document_id)

    def letters_of(self, document_ids: Sequence[str]) -> tuple[Record, ...]:
        """The rows of ``letters`` of these documents, in this order; what is no letter is left out."""
        return queries.letters_of(self._engine, document_ids)

    def letters_frame(self, query: LetterQuery, limit: int | None = None) -> pd.DataFrame:
        """Letters with their place, by date and number."""
        return queries.letters_frame(self._engine, query, limit)
