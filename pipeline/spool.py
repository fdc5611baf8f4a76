"""Where the pages of a file wait until all are read.

A page as read takes some 0.7 MB of memory, most of it the recogniser's lattices, and a file may have
thousands. So pages stay packed on the disk, and only the worker that puts the file together unpacks them.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from types import TracebackType

from pipeline.catalog import StorageError
from pipeline.worker_calls import SpooledPages


class PageSpool:
    """Packed pages in a file without a name: it is gone when this process is, however that ends."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="saraban-")  # noqa: SIM115 (closed by __exit__)
        self._packed: dict[int, tuple[int, int]] = {}

    def __enter__(self) -> PageSpool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._packed)

    def add(self, number: int, packed: bytes) -> None:
        """Keep the page with this number. Raises :class:`StorageError` where the disk is full."""
        try:
            start = self._file.seek(0, os.SEEK_END)
            self._file.write(packed)
            self._file.flush()
        except OSError as error:
            raise StorageError(f"{tempfile.gettempdir()}: {error.strerror}") from error
        self._packed[number] = start, len(packed)

    def content(self) -> SpooledPages:
        """Where a worker of this process finds the pages, in the order of their numbers."""
        extents = tuple(extent for _, extent in sorted(self._packed.items()))
        return SpooledPages(Path(f"/proc/{os.getpid()}/fd/{self._file.fileno()}"), extents)
