"""Where the pages of a file wait until all are read.

A page as read takes up to 1 MB of memory, most of it the recogniser's lattices and characters, and a file
may have thousands. So pages stay packed on the disk, from the worker that read them until the one that
puts the file together looks at them, one after the other. ``TMPDIR`` says where, should ``/tmp`` be memory.
"""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from pipeline.errors import StorageError
from pipeline.model import Page


@dataclass(frozen=True, slots=True)
class SpooledPages(Mapping[int, Page]):
    """The pages in a spool by number, in order: each is unpacked anew whenever it is asked for.

    ``path`` is the spool's file, ``extents`` hold (start, length) of each packed page in it, in bytes.
    """

    path: Path
    extents: dict[int, tuple[int, int]]

    def __getitem__(self, number: int) -> Page:
        start, length = self.extents[number]
        with self.path.open("rb") as file:
            file.seek(start)
            page: Page = pickle.loads(file.read(length))
        return page

    def __contains__(self, number: object) -> bool:
        return number in self.extents

    def __iter__(self) -> Iterator[int]:
        return iter(self.extents)

    def __len__(self) -> int:
        return len(self.extents)


def pack(page: Page) -> bytes:
    """The page as a spool keeps it."""
    return pickle.dumps(page, pickle.HIGHEST_PROTOCOL)


class PageSpool:
    """Packed pages in a file without a name: it is gone when this process is, however that ends."""

    def __init__(self) -> None:
        """Raises :class:`StorageError` where no temporary file can be made."""
        try:
            self._file = tempfile.TemporaryFile(prefix="saraban-")  # noqa: SIM115 (closed by __exit__)
        except OSError as error:
            raise StorageError(f"no temporary file can be made: {error.strerror}") from error
        self._extents: dict[int, tuple[int, int]] = {}

    def __enter__(self) -> PageSpool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Closing tries once more to write what a full disk refused; "add" has told of that.
        with suppress(OSError):
            self._file.close()

    def __len__(self) -> int:
        return len(self._extents)

    def add(self, number: int, packed: bytes) -> None:
        """Keep the page with this number. Raises :class:`StorageError` where the disk is full."""
        try:
            start = self._file.seek(0, os.SEEK_END)
            self._file.write(packed)
            self._file.flush()
        except OSError as error:
            raise StorageError(f"{tempfile.gettempdir()}: {error.strerror}") from error
        self._extents[number] = start, len(packed)

    def content(self) -> SpooledPages:
        """The pages, for a worker of this process to look at while this spool is open."""
        path = Path(f"/proc/{os.getpid()}/fd/{self._file.fileno()}")
        return SpooledPages(path, dict(sorted(self._extents.items())))
