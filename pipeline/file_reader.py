"""Reading files in worker processes: limits, retries, and an error for everything that can happen."""

from __future__ import annotations

import contextlib
import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from pipeline import intake
from pipeline.errors import (
    ChangedWhileReadError,
    FileError,
    MemoryLimitError,
    MissingToolError,
    SpoolError,
    StorageError,
    TimeLimitError,
    UnreadableFileError,
    WorkerCrashError,
)
from pipeline.isolation import IsolatedPool, WorkerDiedError, WorkerLimits, WorkerTimeoutError
from pipeline.model import FileResult, FileStatus, MediaType, SourceFile
from pipeline.reading import ReadingOptions, StageClock
from pipeline.settings import Settings
from pipeline.spool import PageSpool
from pipeline.worker_calls import (
    Meaning,
    PackedPage,
    examine,
    pack_page,
    understand_spooled,
    understand_transcript,
)

Result = TypeVar("Result")

_RETRY_AFTER_SECONDS = (0.5, 2.0)


@dataclass(slots=True)
class _Effort:
    """What workers have spent on one file, by stage, and what they still may: waiting for them is free."""

    seconds_left: float
    clock: StageClock = field(default_factory=StageClock)

    def spend(self, seconds: dict[str, float]) -> None:
        self.clock.add(seconds)
        self.seconds_left -= sum(seconds.values())


class FileReader:
    """Reads files in worker processes; safe to call from several threads at once.

    The pages of a file are calls of their own, so that all workers are busy even on one big file. Each
    file has only a few of them waiting, so that a big file does not keep the small ones waiting.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._options = ReadingOptions.of(settings)
        self._pool = IsolatedPool(settings.workers, WorkerLimits(settings.worker_megabytes * 1_000_000))

    def __enter__(self) -> FileReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the worker processes."""
        self._pool.close()

    def read(self, path: Path, sha256: str | None = None) -> FileResult:
        """Read one file; whatever happens to it is told in the result, never raised.

        ``sha256`` is what the ledger knows the content to be; other content is an error. Raises only
        :class:`MissingToolError`, where a program is missing without which no file can be read.
        """
        started = time.monotonic()
        result = self._read_with_retries(path, sha256)
        return replace(result, seconds=round(time.monotonic() - started, 3))

    def _read_with_retries(self, path: Path, sha256: str | None) -> FileResult:
        for pause in (*_RETRY_AFTER_SECONDS, None):
            try:
                return self._read_once(path, sha256)
            except FileError as error:
                if pause is None or not _may_pass(error):
                    return failed_result(path, sha256, error)
                time.sleep(pause)
        raise AssertionError("the last try returns")

    def _read_once(self, path: Path, sha256: str | None) -> FileResult:
        effort = _Effort(self._settings.file_seconds)
        source, seconds = self._call(path, effort, examine, path, self._options)
        effort.spend(seconds)
        if sha256 is not None and source.sha256 != sha256:
            raise ChangedWhileReadError(path, "its content changed while the run was under way")
        errors: dict[int, FileError] = {}
        if source.media_type is MediaType.TEXT:
            meaning = self._call(path, effort, understand_transcript, source, self._options)
        else:
            meaning, errors = self._read_scan(source, effort)
        effort.spend(meaning.seconds)
        if intake.hash_file(path) != source.sha256:
            raise ChangedWhileReadError(path, "its content changed while it was read")
        return _file_result(source, meaning, errors, effort.clock)

    def _read_scan(self, source: SourceFile, effort: _Effort) -> tuple[Meaning, dict[int, FileError]]:
        try:
            with PageSpool() as spool:
                errors = self._read_pages(source, effort, spool)
                if errors and not len(spool):
                    raise next(iter(errors.values()))
                return self._call(source.path, effort, understand_spooled, spool.content(), errors), errors
        except StorageError as error:
            raise SpoolError(source.path, str(error)) from error

    def _read_pages(self, source: SourceFile, effort: _Effort, spool: PageSpool) -> dict[int, FileError]:
        """Spool all pages that can be read; gives the errors of those that cannot, by number in order."""
        errors: dict[int, FileError] = {}
        waiting: deque[Future[PackedPage]] = deque()
        numbers = iter(range(1, source.pages + 1))
        for number in range(1, source.pages + 1):
            self._fill(waiting, numbers, source)
            try:
                with _errors_of(source.path):
                    page = waiting.popleft().result()
                effort.spend(page.seconds)
                spool.add(page.number, page.packed)
            except FileError as error:
                errors[number] = error
                if isinstance(error, TimeLimitError):
                    effort.spend({"time limit": self._settings.page_seconds})
            if effort.seconds_left <= 0:
                for call in waiting:
                    call.cancel()
                late = TimeLimitError(source.path, "reading the whole file took too long")
                return errors | dict.fromkeys(range(number + 1, source.pages + 1), late)
        return errors

    def _fill(self, waiting: deque[Future[PackedPage]], numbers: Iterator[int], source: SourceFile) -> None:
        """Have enough calls wait that no worker is idle while there are pages, and no more."""
        while len(waiting) < 2 * self._settings.workers:
            number = next(numbers, None)
            if number is None:
                return
            call = self._pool.submit(self._settings.page_seconds, pack_page, source, number, self._options)
            waiting.append(call)

    def _call(
        self, path: Path, effort: _Effort, function: Callable[..., Result], *arguments: object
    ) -> Result:
        # Pages that were read are worth a last look, even where they took all the time there is.
        seconds = max(effort.seconds_left, self._settings.page_seconds)
        with _errors_of(path):
            return self._pool.submit(seconds, function, *arguments).result()


def _file_result(
    source: SourceFile, meaning: Meaning, errors: dict[int, FileError], clock: StageClock
) -> FileResult:
    understanding = meaning.understanding
    first_error = next(iter(errors.values()), None)
    return FileResult(
        path=source.path,
        sha256=source.sha256,
        media_type=source.media_type.value,
        size_bytes=source.size_bytes,
        page_count=max(source.pages, len(understanding.pages)),
        status=FileStatus.PARTIAL if first_error else FileStatus.DONE,
        error_code=first_error.code if first_error else None,
        error=str(first_error) if first_error else None,
        pages=understanding.pages,
        documents=understanding.documents,
        issues=understanding.issues,
        timings={stage: round(seconds, 3) for stage, seconds in clock.seconds.items()},
    )


def _may_pass(error: FileError) -> bool:
    """Whether it is a fault of the moment, worth another try; a bad document stays bad."""
    if isinstance(error, UnreadableFileError):
        # A file that is there and may be read: a network folder that hiccups. Not one that is gone.
        return error.path.is_file() and os.access(error.path, os.R_OK)
    return isinstance(error, ChangedWhileReadError)


@contextlib.contextmanager
def _errors_of(path: Path) -> Iterator[None]:
    """Turn what a worker can end with into the typed error of the file that it was reading."""
    try:
        yield
    except (FileError, MissingToolError):
        raise
    except WorkerTimeoutError as error:
        raise TimeLimitError(path, str(error)) from error
    except MemoryError as error:
        raise MemoryLimitError(path, "reading it needs more memory than a worker may use") from error
    except WorkerDiedError as error:
        raise WorkerCrashError(path, str(error)) from error
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or str(error)) from error
    except Exception as error:
        # A defect of ours on one document must not cost the others; the type and text help to mend it.
        raise FileError(path, f"reading it failed with {type(error).__name__}: {error}") from error


def failed_result(path: Path, sha256: str | None, error: FileError) -> FileResult:
    """The result of a file that could not be read; its size where the system tells it."""
    try:
        size = path.stat().st_size
    except OSError:
        size = None
    return FileResult(
        path=path,
        sha256=sha256,
        media_type=None,
        size_bytes=size,
        page_count=None,
        status=FileStatus.FAILED,
        error_code=error.code,
        error=str(error),
    )
