"""An archive that people check: what they say goes into the catalog, and what follows from it out again."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from pipeline.catalog import (
    Catalog,
    RunLock,
    RunSummary,
    datasets_are_current,
    export_datasets,
    last_run,
    write_report,
)
from pipeline.checking.scans import Scans
from pipeline.checking.view import reading_name
from pipeline.connect import connect, settle
from pipeline.errors import CorrectionError, ExitCode
from pipeline.model import Statement


class CheckedArchive:
    """The catalog in its folder, and the person who checks it; safe to use from several threads.

    Every change holds the folder's run lock, and only while it is made, so that checking never keeps a
    nightly run from starting. Raises :class:`pipeline.errors.LockedError` while a run writes there.
    """

    def __init__(self, catalog: Catalog, person: str) -> None:
        self.catalog = catalog
        self.person = person
        self.scans = Scans(catalog)
        self._changing = threading.Lock()

    def correct(self, document_id: str, statements: Sequence[Statement], reading: str) -> None:
        """Keep what the person says, and resolve anew the references that it bears on.

        ``reading`` is the name of the one that the person saw; of another, nothing is taken:
        :class:`pipeline.errors.CorrectionError`.
        """
        with self._alone():
            if reading_name(self.catalog.rows_as_read(document_id)) != reading:
                raise CorrectionError(f"{document_id} was read anew since it was looked at")
            self.catalog.correct(document_id, statements, self.person)
            settle(self.catalog)

    def withdraw(self, correction_id: int) -> None:
        """Take a correction back, and resolve anew the references that it bears on."""
        with self._alone():
            self.catalog.withdraw(correction_id, self.person)
            settle(self.catalog)

    @property
    def is_published(self) -> bool:
        """Whether datasets and graph hold all that people said."""
        datasets = datasets_are_current(self.catalog, self.catalog.folder / "datasets")
        return datasets and not self.catalog.needs_resolution

    def publish(self) -> None:
        """Write graph, datasets and the last run's report anew."""
        started, clock = datetime.now(UTC), time.monotonic()
        folder = self.catalog.folder
        with self._alone():
            connect(self.catalog, folder / "graph")
            export_datasets(self.catalog, folder / "datasets")
            run = last_run(self.catalog) or _nothing_read(started, time.monotonic() - clock)
            write_report(self.catalog, folder, run, corrected=datetime.now(UTC))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        # Two locks: the folder's would refuse a second thread of this process instead of letting it wait.
        with self._changing, RunLock(self.catalog.folder):
            yield


def _nothing_read(started: datetime, seconds: float) -> RunSummary:
    return RunSummary(
        started=started,
        seconds=seconds,
        seen=0,
        new=0,
        done=0,
        partial=0,
        failed=0,
        unchanged=0,
        pages=0,
        exit_code=ExitCode.ALL_READ,
    )
