"""Everything that can go wrong, as one tree.

::

    SarabanError                     exit  code
    ├── UsageError                    2    usage
    ├── MissingToolError              3    missing_tool
    ├── LockedError                   6    locked
    ├── StorageError                  4    storage
    ├── CorrectionError               2    correction      there is no such document, row or value to correct
    │   └── InvalidValueError         2    invalid_value   what was typed is no value for the field
    └── FileError                     4    file            one input file could not be read
        ├── EmptyFileError            4    empty_file      zero bytes
        ├── UnsupportedTypeError      4    unsupported     not a document that Saraban reads
        ├── CorruptFileError          4    corrupt         damaged beyond reading
        │   └── TruncatedFileError    4    truncated       ends before its format says it should
        ├── EncryptedFileError        4    encrypted       a password is needed
        ├── NoPagesError              4    no_pages        a well-formed file without pages
        ├── TooLargeError             4    too_large       over the page, pixel or byte cap
        ├── UnreadableFileError       4    unreadable      the operating system refuses it
        ├── ChangedWhileReadError     4    changed         it grew or changed under the reader
        ├── SpoolError                4    spool           no place on the disk for its pages
        ├── TimeLimitError            4    time_limit      a page or the file took too long
        ├── MemoryLimitError          4    memory_limit    its worker ran out of its memory share
        └── WorkerCrashError          4    worker_crash    its worker died, even by a signal

An error carries a ``code`` that the catalog stores and the report groups by, and the
``exit_code`` of a command that ends with it. The command line catches :class:`SarabanError`
at one place; nothing ever matches on message text. A problem with a *page* or a *value* is
not an exception but a :class:`pipeline.model.Issue`.
"""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """Exit status of the command line and of a flow run.

    ``ALL_READ`` says that nothing failed in this run; what failed in earlier ones is in the report.
    """

    ALL_READ = 0
    BAD_ARGUMENTS = 2
    MISSING_TOOL = 3
    SOME_FAILED = 4
    NOTHING_READ = 5
    LOCKED = 6


class SarabanError(Exception):
    """Root of every error that Saraban raises on purpose."""

    code = "error"
    exit_code = ExitCode.SOME_FAILED


class UsageError(SarabanError):
    """The caller asked for something that makes no sense, such as a path that is not there."""

    code = "usage"
    exit_code = ExitCode.BAD_ARGUMENTS


class MissingToolError(SarabanError):
    """A program or model that the run needs is not installed; the message says how to get it."""

    code = "missing_tool"
    exit_code = ExitCode.MISSING_TOOL


class LockedError(SarabanError):
    """Another run is writing the same output folder."""

    code = "locked"
    exit_code = ExitCode.LOCKED


class StorageError(SarabanError):
    """The catalog, a dataset or a temporary file cannot be written or read: disk full, damaged, too new."""

    code = "storage"


class CorrectionError(SarabanError):
    """A correction that cannot be taken: of a document, row or field that is not there."""

    code = "correction"
    exit_code = ExitCode.BAD_ARGUMENTS


class InvalidValueError(CorrectionError):
    """What a person typed is no value for the field; the message says in Thai what is expected."""

    code = "invalid_value"


class FileError(SarabanError):
    """One input file could not be read; the batch goes on without it.

    ``path`` is the file as the user named it; the message always begins with it.
    """

    code = "file"

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = Path(path)
        self.reason = reason

    def __reduce__(self) -> tuple[type[FileError], tuple[Path, str]]:
        # Errors cross process borders; the default would pass only the joined message.
        return type(self), (self.path, self.reason)


class EmptyFileError(FileError):
    """The file has zero bytes."""

    code = "empty_file"


class UnsupportedTypeError(FileError):
    """The content is not a PDF, TIFF, PNG, JPEG or text transcript, whatever its name says."""

    code = "unsupported"


class CorruptFileError(FileError):
    """The content is damaged beyond what the decoders can read."""

    code = "corrupt"


class TruncatedFileError(CorruptFileError):
    """The file ends before its own format says that it should."""

    code = "truncated"


class EncryptedFileError(FileError):
    """The file cannot be opened without a password."""

    code = "encrypted"


class NoPagesError(FileError):
    """The file is well formed and holds no page."""

    code = "no_pages"


class TooLargeError(FileError):
    """The file is over the cap on pages, on pixels of a page, or on bytes."""

    code = "too_large"


class UnreadableFileError(FileError):
    """The operating system does not let us read the file."""

    code = "unreadable"


class ChangedWhileReadError(FileError):
    """The file's bytes changed between hashing and the end of reading."""

    code = "changed"


class SpoolError(FileError):
    """The disk for temporary files had no place for the file's pages while it was read."""

    code = "spool"


class TimeLimitError(FileError):
    """A page or the whole file took longer than its limit."""

    code = "time_limit"


class MemoryLimitError(FileError):
    """The worker that read the file ran out of the memory that it may use."""

    code = "memory_limit"


class WorkerCrashError(FileError):
    """The worker that read the file died."""

    code = "worker_crash"
