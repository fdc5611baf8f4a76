"""One file under the glass: its type, its pages, or the error that says why it is refused."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.errors import (
    ChangedWhileReadError,
    EmptyFileError,
    TooLargeError,
    UnsupportedTypeError,
)
from pipeline.intake.images import count_image_pages
from pipeline.intake.limits import IntakeLimits
from pipeline.intake.pdf import count_pdf_pages
from pipeline.intake.regular import hash_file, open_regular
from pipeline.intake.sniff import SNIFF_BYTES, sniff
from pipeline.intake.text import count_text_pages, find_encoding
from pipeline.model import MediaType, SourceFile

_DEFAULT_LIMITS = IntakeLimits()


def examine(path: Path, limits: IntakeLimits = _DEFAULT_LIMITS) -> SourceFile:
    """Say what the file at ``path`` is, by its content, and how many pages it has.

    Only headers are decoded (and single JPEG images, to see that they are whole), so a file
    that claims absurd sizes costs nothing. ``pages`` of a transcript counts its form feeds.

    Raises a :class:`pipeline.errors.FileError` of the kind that fits: empty, unsupported,
    corrupt, truncated, encrypted, no pages, too large, unreadable, or changed while read.
    """
    before = _stamp(path)
    if before[0] == 0:
        raise EmptyFileError(path, "the file has no bytes")
    if before[0] > limits.max_bytes:
        raise TooLargeError(path, f"{before[0]:,} bytes; the limit is {limits.max_bytes:,}")
    media_type = _media_type(path)
    encoding = find_encoding(path) if media_type is MediaType.TEXT else None
    match media_type:
        case MediaType.PDF:
            pages = count_pdf_pages(path, limits)
        case MediaType.TEXT:
            pages = count_text_pages(path, encoding or "utf-8", limits)
        case _:
            pages = count_image_pages(path, media_type, limits)
    sha256 = hash_file(path)
    if _stamp(path) != before:
        raise ChangedWhileReadError(path, "it changed while it was examined")
    return SourceFile(path, sha256, media_type, before[0], pages, encoding)


def _stamp(path: Path) -> tuple[int, int, int]:
    """Size, time of change and inode: if they stay the same, so did the content."""
    with open_regular(path) as file:
        status = os.fstat(file.fileno())
    return status.st_size, status.st_mtime_ns, status.st_ino


def _media_type(path: Path) -> MediaType:
    with open_regular(path) as file:
        kind = sniff(file.read(SNIFF_BYTES))
    if isinstance(kind, MediaType):
        return kind
    if kind is None and find_encoding(path) is not None:
        return MediaType.TEXT
    what = kind or "neither a PDF, an image nor text"
    raise UnsupportedTypeError(path, f"its content is {what}; Saraban reads PDF, TIFF, PNG, JPEG and text")
