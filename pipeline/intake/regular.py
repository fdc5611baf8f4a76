"""Opening what may be anything: only regular files are read, and never waited for."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from pipeline.errors import UnreadableFileError


@contextmanager
def open_regular(path: Path) -> Iterator[BufferedReader]:
    """Open ``path`` for reading; raise :class:`UnreadableFileError` for all but regular files.

    Opened without blocking, since a named pipe with no writer would otherwise hang the run.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise UnreadableFileError(path, getattr(error, "strerror", None) or str(error)) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UnreadableFileError(path, "not a regular file")
    with os.fdopen(handle, "rb") as file:
        yield file


def hash_file(path: Path) -> str:
    """The SHA-256 of the bytes of ``path``, in lower-case hexadecimal.

    Raises :class:`UnreadableFileError` where the operating system refuses to read it.
    """
    with open_regular(path) as file:
        try:
            return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise UnreadableFileError(path, error.strerror or str(error)) from error
