"""Reading files in worker processes: limits, retries, and an error for everything that can happen."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from pipeline import intake
from pipeline.errors import (
    ChangedWhileReadError,
    FileError,
    MemoryLimitError,
    TimeLimitError,
    UnreadableFileError,
    WorkerCrashError,
)
from pipeline.isolation import IsolatedPool, WorkerDiedError, WorkerLimits, WorkerTimeoutError
from pipeline.model import FileResult, FileStatus, MediaType, Page, SourceFile
from pipeline.reading import ReadingOptions, examine_file, read_page, read_transcript, understand
from pipeline.settings import Settings

Result = TypeVar("Result")

_TRANSIENT = (UnreadableFileError, ChangedWhileReadError)
"""Faults of the moment, worth another try; a bad document stays bad."""

_RETRY_AFTER_SECONDS = (0.5, 2.0)


class FileReader:
    """Reads files in worker processes; safe to call from several threads at once.

    The pages of a file are calls of their own, so that all workers are busy even on one big file.
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

        ``sha256`` is what the ledger knows the content to be; other content is an error.
        """
        started = time.monotonic()
        result = self._read_with_retries(path, sha256)
        return replace(result, seconds=round(time.monotonic() - started, 3))

    def _read_with_retries(self, path: Path, sha256: str | None) -> FileResult:
        for pause in _RETRY_AFTER_SECONDS:
            try:
                return self._read_once(path, sha256)
            except _TRANSIENT:
                time.sleep(pause)
            except FileError as error:
                return failed_result(path, sha256, error)
        try:
            return self._read_once(path, sha256)
        except FileError as error:
            return failed_result(path, sha256, error)

    def _read_once(self, path: Path, sha256: str | None) -> FileResult:
        deadline = time.monotonic() + self._settings.file_seconds
        source = self._call(path, deadline, examine_file, path, self._options)
        if sha256 is not None and source.sha256 != sha256:
            raise ChangedWhileReadError(path, "its content changed while the run was under way")
        read: Sequence[Page]
        first_error: FileError | None = None
        if source.media_type is MediaType.TEXT:
            read = self._call(path, deadline, read_transcript, source, self._options)
        else:
            read, first_error = self._read_pages(source, deadline)
        if first_error is not None and not read:
            raise first_error
        meaning = self._call(path, deadline, understand, source, read)
        if intake.hash_file(path) != source.sha256:
            raise ChangedWhileReadError(path, "its content changed while it was read")
        return FileResult(
            path=path,
            sha256=source.sha256,
            media_type=source.media_type.value,
            size_bytes=source.size_bytes,
            page_count=max(source.pages, len(read)),
            status=FileStatus.PARTIAL if first_error else FileStatus.DONE,
            error_code=first_error.code if first_error else None,
            error=str(first_error) if first_error else None,
            pages=meaning.pages,
            documents=meaning.documents,
            issues=meaning.issues,
        )

    def _read_pages(self, source: SourceFile, deadline: float) -> tuple[list[Page], FileError | None]:
        """All pages that can be read, in order, and the first error among those that cannot."""
        calls = [
            self._pool.submit(self._settings.page_seconds, read_page, source, number, self._options)
            for number in range(1, source.pages + 1)
        ]
        read: list[Page] = []
        first_error: FileError | None = None
        for call in calls:
            try:
                with _errors_of(source.path):
                    read.append(call.result(max(0.0, deadline - time.monotonic())))
            except FileError as error:
                first_error = first_error or error
        for call in calls:
            call.cancel()
        return read, first_error

    def _call(
        self, path: Path, deadline: float, function: Callable[..., Result], *arguments: object
    ) -> Result:
        with _errors_of(path):
            remaining = max(0.1, deadline - time.monotonic())
            return self._pool.submit(remaining, function, *arguments).result()


@contextlib.contextmanager
def _errors_of(path: Path) -> Iterator[None]:
    """Turn what a worker can end with into the typed error of the file that it was reading."""
    try:
        yield
    except FileError:
        raise
    except (WorkerTimeoutError, FutureTimeoutError) as error:
        raise TimeLimitError(path, str(error) or "reading the whole file took too long") from error
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
    """The result of a file that could not be read."""
    return FileResult(
        path=path,
        sha256=sha256,
        media_type=None,
        size_bytes=None,
        page_count=None,
        status=FileStatus.FAILED,
        error_code=error.code,
        error=str(error),
    )
