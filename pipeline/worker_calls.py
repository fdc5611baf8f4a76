"""What worker processes are asked to do, and the spool that keeps pages between two calls.

A page as read takes some 0.7 MB of memory, most of it the recogniser's lattices, and a file may have
thousands. So pages stay packed in the spool, and only the worker that puts the file together unpacks them.
"""

from __future__ import annotations

import os
import pickle
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from pipeline.catalog import StorageError
from pipeline.model import SourceFile
from pipeline.reading import (
    ReadingOptions,
    StageClock,
    Understanding,
    examine_file,
    read_page,
    read_transcript,
    understand,
)


class PageSpool:
    """Packed pages in a file without a name: it is gone when this process is, however that ends."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._file = self._open.enter_context(tempfile.TemporaryFile(prefix="saraban-"))
        self._packed: dict[int, tuple[int, int]] = {}

    def __enter__(self) -> PageSpool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

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


@dataclass(frozen=True, slots=True)
class SpooledPages:
    """Pages in a spool: the file, and (start, length) of each, in bytes."""

    path: Path
    extents: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PackedPage:
    """A page that was read: its number, its pickle, and the seconds that each stage took."""

    number: int
    packed: bytes
    seconds: dict[str, float]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a whole file means, and the seconds that each stage took."""

    understanding: Understanding
    seconds: dict[str, float]


def examine(path: Path, options: ReadingOptions) -> tuple[SourceFile, dict[str, float]]:
    """What the file is; raises :class:`pipeline.errors.FileError` where it cannot be read."""
    clock = StageClock()
    with clock.stage("intake"):
        source = examine_file(path, options)
    return source, clock.seconds


def pack_page(source: SourceFile, number: int, options: ReadingOptions) -> PackedPage:
    """Read one page of a scan."""
    clock = StageClock()
    page = read_page(source, number, options, clock)
    return PackedPage(number, pickle.dumps(page, pickle.HIGHEST_PROTOCOL), clock.seconds)


def understand_transcript(source: SourceFile, options: ReadingOptions) -> Meaning:
    """Read and understand a transcript."""
    clock = StageClock()
    with clock.stage("transcript"):
        read = read_transcript(source, options)
    with clock.stage("understand"):
        return Meaning(understand(source, read), clock.seconds)


def understand_spooled(source: SourceFile, spooled: SpooledPages) -> Meaning:
    """Understand the pages of a scan that were read before."""
    clock = StageClock()
    read = []
    with clock.stage("understand"):
        with spooled.path.open("rb") as file:
            for start, length in spooled.extents:
                file.seek(start)
                read.append(pickle.loads(file.read(length)))
        meaning = understand(source, read)
    return Meaning(meaning, clock.seconds)
