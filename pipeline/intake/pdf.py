"""PDF by poppler: how many pages, how large, and why not if it cannot be opened."""

from __future__ import annotations

import mmap
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pdf2image import exceptions as poppler
from pdf2image import pdfinfo_from_path
from pypdf import PdfReader

from pipeline.errors import (
    CorruptFileError,
    EncryptedFileError,
    FileError,
    MissingToolError,
    NoPagesError,
    TimeLimitError,
    TooLargeError,
    TruncatedFileError,
)
from pipeline.intake.limits import IntakeLimits

_POINTS_PER_INCH = 72

_END_WITHIN = 2048

# The line "Page    3 size:  595.28 x 841.89 pts (A4)" of pdfinfo, after its colon.
_PAGE_SIZE = re.compile(r"([\d.]+) x ([\d.]+) pts")

# The trailer entry "/Encrypt 12 0 R" or "/Encrypt <<", never compressed or encrypted itself.
_ENCRYPT_ENTRY = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")


def count_pdf_pages(path: Path, limits: IntakeLimits) -> int:
    """How many pages the PDF at ``path`` has, after a check of the size of each.

    A damaged cross-reference table is no error: poppler rebuilds it. A PDF that has only an
    owner's password opens without one and is read.

    Raises :class:`EncryptedFileError`, :class:`TruncatedFileError`, :class:`CorruptFileError`,
    :class:`NoPagesError`, :class:`TooLargeError`, :class:`TimeLimitError` or
    :class:`MissingToolError`.
    """
    pages = int(_pdfinfo(path, limits)["Pages"])
    if pages <= 0:
        raise NoPagesError(path, "the PDF holds no page")
    if pages > limits.max_pages:
        raise TooLargeError(path, f"{pages:,} pages; the limit is {limits.max_pages:,}")
    _check_page_sizes(path, _pdfinfo(path, limits, pages), limits)
    _check_picture_sizes(path, limits)
    return pages


def _pdfinfo(path: Path, limits: IntakeLimits, sizes_until: int = 0) -> Mapping[str, Any]:
    # An absolute path, since a name that begins with a dash would be taken for an option.
    try:
        information: Mapping[str, Any] = pdfinfo_from_path(
            str(path.absolute()),
            timeout=limits.seconds,
            first_page=min(1, sizes_until),
            last_page=sizes_until,
        )
    except poppler.PDFInfoNotInstalledError as error:
        raise MissingToolError("pdfinfo is not installed; install the package poppler-utils") from error
    except poppler.PDFPopplerTimeoutError as error:
        raise TimeLimitError(path, f"pdfinfo took longer than {limits.seconds} s") from error
    except poppler.PDFPageCountError as error:
        raise _why_unreadable(path) from error
    return information


def _why_unreadable(path: Path) -> FileError:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if _ENCRYPT_ENTRY.search(content):
            return EncryptedFileError(path, "a password is needed to open it")
        if content.rfind(b"%%EOF", max(0, len(content) - _END_WITHIN)) < 0:
            return TruncatedFileError(path, "the PDF ends before its end mark and cannot be rebuilt")
    if _is_well_formed_without_pages(path):
        return NoPagesError(path, "the PDF holds no page")
    return CorruptFileError(path, "the PDF is damaged beyond what poppler can rebuild")


def _is_well_formed_without_pages(path: Path) -> bool:
    """Poppler calls a PDF without pages damaged; pypdf can tell."""
    try:
        return len(PdfReader(path, strict=True).pages) == 0
    except Exception:
        # Damage shows in pypdf as errors of all kinds; here they all mean the same.
        return False


def _check_page_sizes(path: Path, information: Mapping[str, Any], limits: IntakeLimits) -> None:
    scale = limits.dpi / _POINTS_PER_INCH
    for key, value in information.items():
        size = _PAGE_SIZE.match(str(value)) if key.startswith("Page ") else None
        if size is None:
            continue
        width, height = float(size[1]) * scale, float(size[2]) * scale
        if width * height > limits.max_pixels:
            number = key.split()[1]
            raise TooLargeError(
                path,
                f"page {number} has {width:,.0f}x{height:,.0f} pixels at {limits.dpi} dpi; the limit is "
                f"{limits.max_pixels:,} in all (max_page_pixels in saraban.toml)",
            )


def _check_picture_sizes(path: Path, limits: IntakeLimits) -> None:
    """Refuse pictures inside the pages that would not fit, by the sizes that they declare."""
    try:
        listing = subprocess.run(
            ["pdfimages", "-list", str(path.absolute())],
            capture_output=True,
            timeout=limits.seconds,
            check=False,
        )
    except FileNotFoundError as error:
        raise MissingToolError("pdfimages is not installed; install the package poppler-utils") from error
    except subprocess.TimeoutExpired as error:
        raise TimeLimitError(path, f"pdfimages took longer than {limits.seconds} s") from error
    # Columns: page, num, type, width, height, …; two lines of heading. A page that poppler
    # cannot list is left to the rasteriser, which fails for that page alone.
    for row in listing.stdout.decode("ascii", "replace").splitlines()[2:]:
        page, _, _, width, height = row.split()[:5]
        if int(width) * int(height) > limits.max_pixels:
            raise TooLargeError(path, f"page {page} holds a picture of {int(width):,}x{int(height):,} pixels")
