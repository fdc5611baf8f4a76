"""What worker processes are asked to do: small arguments in, packed pages or a whole file's meaning out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import FileError
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
from pipeline.spool import SpooledPages, pack


@dataclass(frozen=True, slots=True)
class PackedPage:
    """A page that was read: its number, itself as a spool keeps it, and the seconds that each stage took."""

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
    return PackedPage(number, pack(page), clock.seconds)


def understand_transcript(source: SourceFile, options: ReadingOptions) -> Meaning:
    """Read and understand a transcript."""
    clock = StageClock()
    with clock.stage("transcript"):
        read = {page.number: page for page in read_transcript(source, options)}
    with clock.stage("understand"):
        return Meaning(understand(read, {}), clock.seconds)


def understand_spooled(spooled: SpooledPages, errors: Mapping[int, FileError]) -> Meaning:
    """Understand the pages of a scan that were read before; ``errors`` say why others could not be."""
    clock = StageClock()
    with clock.stage("understand"):
        return Meaning(understand(spooled, errors), clock.seconds)
