"""A whole run: find files, read what is not done, connect, and write everything out.

:func:`ingest` shows the run in one screen; :class:`Batch` holds its steps, which the Prefect
flow goes through as well. Files are read in worker processes; only the process that made the batch
writes, under the output folder's lock.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from types import TracebackType

import pipeline
from pipeline import intake
from pipeline.catalog import (
    FILE_NAME,
    Catalog,
    Choice,
    RunLock,
    RunSummary,
    WorkItem,
    WorkPlan,
    WorkState,
    datasets_are_current,
    export_datasets,
    keep_run,
    write_report,
)
from pipeline.connect import connect
from pipeline.errors import ExitCode
from pipeline.file_reader import FileReader, failed_result
from pipeline.model import FileResult, FileStatus
from pipeline.ocr import model_version
from pipeline.reading import ReadingOptions
from pipeline.settings import Settings

Progress = Callable[[FileResult, int], None]
"""Told of each file as it is kept, and of how many files the run has to read."""


def ingest(
    paths: Sequence[Path], settings: Settings, choice: Choice | None = None, progress: Progress | None = None
) -> RunSummary:
    """Read every file under ``paths`` that is not done into the catalog in ``settings.out``.

    Raises :class:`pipeline.errors.LockedError` when another run writes there and
    :class:`pipeline.errors.UsageError` for a path that is not there; what happens to single
    files is in the catalog, the report and the summary.
    """
    intake.check_paths(paths)
    with Batch(settings) as batch, FileReader(settings) as reader:
        work = batch.plan(paths, choice or Choice())
        for result in read_all(reader, work, settings.workers):
            batch.keep(result)
            if progress is not None:
                progress(result, len(work))
        batch.connect()
        return batch.publish()


def read_all(reader: FileReader, items: Sequence[WorkItem], workers: int) -> Iterator[FileResult]:
    """Results of ``items`` as they become ready.

    As many files as workers are under way at once, and one more, so that no worker waits while a file is
    put together; no more, so that memory does not grow with the batch.
    """
    remaining = iter(items)
    calls: set[Future[FileResult]] = set()
    threads = ThreadPoolExecutor(workers + 1, thread_name_prefix="file")
    try:
        while True:
            more = islice(remaining, workers + 1 - len(calls))
            calls |= {threads.submit(reader.read, item.path, item.sha256) for item in more}
            if not calls:
                return
            ready, calls = wait(calls, return_when=FIRST_COMPLETED)
            while ready:
                yield ready.pop().result()
    finally:
        # Who stops a run does not wait for the files under way; closing the reader ends their workers.
        threads.shutdown(wait=False, cancel_futures=True)


OUTPUT = (
    *(FILE_NAME + ending for ending in ("", "-wal", "-shm", "-journal")),
    ".saraban.lock",
    ".prefect",
    "datasets",
    "graph",
    "report.html",
)
"""What a run writes into its output folder, which may lie in a folder that it reads."""


class Batch:
    """One run over one output folder. A context manager: it holds the folder's lock and the catalog."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._versions = (pipeline.__version__, model_version())
        self._reading = ReadingOptions.of(settings).by_media_type
        self._started = datetime.now(UTC)
        self._clock = time.monotonic()
        self._results: list[tuple[FileStatus, int]] = []
        self._work = WorkPlan(())
        self._hidden: tuple[Path, ...] = ()
        self._choice = Choice()
        self._refused = 0
        self._failed_as_before = 0
        self._open = ExitStack()

    def __enter__(self) -> Batch:
        with ExitStack() as opening:
            opening.enter_context(RunLock(self.settings.out))
            self.catalog = opening.enter_context(Catalog.open(self.settings.out))
            self._open = opening.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def plan(self, paths: Sequence[Path], choice: Choice) -> tuple[WorkItem, ...]:
        """The files to read. What cannot even be listed or hashed is recorded as failed right away."""
        found = intake.find_files(paths, [self.settings.out / name for name in OUTPUT])
        pipeline_version, recogniser_version = self._versions
        self._work = self.catalog.plan_work(
            found.files,
            intake.hash_file,
            pipeline_version,
            recogniser_version,
            roots=paths,
            refused=[error.path for error in found.refused],
            settings=self._reading,
            choice=choice,
        )
        self._hidden = found.hidden
        self._choice = choice
        self._refused = len(found.refused)
        for error in found.refused:
            self.keep(failed_result(error.path, None, error))
        return self._work.wanted

    def keep(self, result: FileResult) -> None:
        """Write one file's result, in one transaction.

        A failure that is known, of a file that is tried in every run, counts as unchanged: a night is not
        bad because a link has been broken for long.
        """
        settings = self._reading.get(result.media_type or "")
        changed = self.catalog.store(result, *self._versions, settings)
        if changed or self._choice.force or self._choice.retry_failed:
            self._results.append((result.status, len(result.pages)))
        else:
            self._failed_as_before += 1

    def connect(self) -> None:
        """Bring the verdicts on references and the citation graph up to date, if anything changed."""
        connect(self.catalog, self.settings.out / "graph")

    def publish(self) -> RunSummary:
        """Write the datasets, if anything changed, and the report of this run."""
        out = self.settings.out
        if self.catalog.needs_export or not datasets_are_current(self.catalog, out / "datasets"):
            export_datasets(self.catalog, out / "datasets")
        summary = self._summary()
        keep_run(self.catalog, summary)
        write_report(self.catalog, out, summary)
        return summary

    def _summary(self) -> RunSummary:
        statuses = [status for status, _ in self._results]
        seen = len(self._work.items) + self._refused
        new = len(self._work.wanted) + self._refused - self._failed_as_before
        return RunSummary(
            started=self._started,
            seconds=time.monotonic() - self._clock,
            seen=seen,
            new=new,
            done=statuses.count(FileStatus.DONE),
            partial=statuses.count(FileStatus.PARTIAL),
            failed=statuses.count(FileStatus.FAILED),
            unchanged=seen - new,
            pages=sum(pages for _, pages in self._results),
            exit_code=self._exit_code(statuses),
            vanished=self._work.vanished,
            moved=self._work.moved,
            duplicates=self._work.duplicates,
            hidden=self._hidden,
        )

    def _exit_code(self, statuses: Sequence[FileStatus]) -> ExitCode:
        if self._work.vanished and not self._work.items:
            return ExitCode.SOME_FAILED
        unfinished = [status for status in statuses if status is not FileStatus.DONE]
        if not unfinished:
            return ExitCode.ALL_READ
        held = any(item.state is WorkState.DONE for item in self._work.items)
        read_any = held or any(status is not FileStatus.FAILED for status in statuses)
        return ExitCode.SOME_FAILED if read_any else ExitCode.NOTHING_READ
