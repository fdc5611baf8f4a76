"""Images by Pillow: how many pages, how large, and whether they are whole."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageFile, ImageSequence, TiffImagePlugin

from pipeline.errors import CorruptFileError, FileError, NoPagesError, TooLargeError, TruncatedFileError
from pipeline.intake.limits import IntakeLimits
from pipeline.model import MediaType

_FORMATS = {
    MediaType.TIFF: ("TIFF",),
    MediaType.PNG: ("PNG",),
    # Cameras write several JPEG images into one file (MPO); the first is the picture.
    MediaType.JPEG: ("JPEG", "MPO"),
}

_END_MARKS = {MediaType.PNG: b"IEND", MediaType.JPEG: b"\xff\xd9"}

_END_WITHIN = 4096

# Pillow has no one error for "damaged": its readers let these through.
_DAMAGE = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error)

_OFFSETS_AND_LENGTHS = (
    (TiffImagePlugin.STRIPOFFSETS, TiffImagePlugin.STRIPBYTECOUNTS),
    (TiffImagePlugin.TILEOFFSETS, TiffImagePlugin.TILEBYTECOUNTS),
)


def count_image_pages(path: Path, media_type: MediaType, limits: IntakeLimits) -> int:
    """How many pages the TIFF, PNG or JPEG file at ``path`` has; a TIFF may have many.

    Raises :class:`TooLargeError`, :class:`TruncatedFileError`, :class:`CorruptFileError` or
    :class:`NoPagesError`. Pixels are not decoded, except a JPEG at an eighth of its size,
    since nothing else tells a whole JPEG from half of one.
    """
    with _translated(path, media_type), Image.open(path, formats=_FORMATS[media_type]) as image:
        match media_type:
            case MediaType.TIFF:
                return _count_frames(path, image, limits)
            case MediaType.JPEG:
                _check_size(path, image, limits)
                image.draft("L", (max(1, image.width // 8), max(1, image.height // 8)))
                image.load()
            case _:
                _check_size(path, image, limits)
                image.verify()
    return 1


def _count_frames(path: Path, image: ImageFile.ImageFile, limits: IntakeLimits) -> int:
    size_bytes = path.stat().st_size
    pages = 0
    for frame in ImageSequence.Iterator(image):
        pages += 1
        if pages > limits.max_pages:
            raise TooLargeError(path, f"more than {limits.max_pages:,} pages")
        _check_size(path, frame, limits)
        if _data_end(frame) > size_bytes:
            raise TruncatedFileError(path, f"page {pages} lies beyond the end of the file")
    if pages == 0:
        raise NoPagesError(path, "the image file holds no image")
    return pages


def _data_end(frame: Image.Image) -> int:
    """Where in the file the pixels of a TIFF frame end."""
    tags = getattr(frame, "tag_v2", {})
    ends = [0]
    for offsets, lengths in _OFFSETS_AND_LENGTHS:
        ends += (
            start + size for start, size in zip(tags.get(offsets, ()), tags.get(lengths, ()), strict=False)
        )
    return max(ends)


def _check_size(path: Path, image: Image.Image, limits: IntakeLimits) -> None:
    pixels = image.width * image.height
    if pixels == 0:
        raise NoPagesError(path, "the image has no pixels")
    if pixels > limits.max_pixels:
        raise TooLargeError(
            path,
            f"a page of {image.width:,}x{image.height:,} pixels; the limit is {limits.max_pixels:,} in all",
        )


@contextmanager
def _translated(path: Path, media_type: MediaType) -> Iterator[None]:
    """Pillow's ways of failing, as ours."""
    try:
        with warnings.catch_warnings():
            # Odd metadata is no reason to refuse a page, and sizes are checked against our own limit.
            warnings.simplefilter("ignore")
            yield
    except FileError:
        raise
    except Image.DecompressionBombError as error:
        raise TooLargeError(path, "a page has absurdly many pixels") from error
    except _DAMAGE as error:
        if _ends_early(path, media_type):
            raise TruncatedFileError(path, "the image ends before its format says it should") from error
        raise CorruptFileError(path, f"the image cannot be decoded ({error})") from error


def _ends_early(path: Path, media_type: MediaType) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        if media_type is MediaType.TIFF:
            file.seek(0)
            return _first_directory(file.read(8)) >= size
        file.seek(max(0, size - _END_WITHIN))
        return _END_MARKS[media_type] not in file.read()


def _first_directory(header: bytes) -> int:
    """Where a classic TIFF file says that its first directory is; 0 in BigTIFF."""
    if len(header) < 8 or header[2:4] not in (b"*\x00", b"\x00*"):
        return 0
    return int.from_bytes(header[4:8], "little" if header[:2] == b"II" else "big")
