"""Files that are whole or not there: written beside, flushed to the disk, then renamed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import StorageError


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """A path beside ``path`` to write to; when the block ends well, it takes the place of ``path``.

    The name beside is always the same, so that what a killed run left is overwritten by the next one.
    Raises :class:`StorageError` where the system refuses, with ``path`` as it was.
    """
    if not path.name:
        raise StorageError(f"{path}: cannot be written: it names no file")
    beside = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield beside
            _flush(beside)
            beside.replace(path)
            _flush(path.parent)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(f"{path}: cannot be written: {error.strerror or error}") from error


def write_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8, wholly or not at all."""
    with written_beside(path) as beside:
        beside.write_text(text, encoding="utf-8", newline="\n")


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
