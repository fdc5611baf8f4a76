"""Pictures of pages for people to look at, drawn on demand from the files that were read."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from pipeline import intake, pages
from pipeline.catalog import Catalog, Scan
from pipeline.errors import FileError, UnreadableFileError
from pipeline.model import Bend, Box, ColourImage, GreyImage, MediaType, SourceFile

_SHOWN_DPI = 200
"""Resolution of a whole page on screen; crops keep all pixels."""

_QUALITY = 82
_KEPT_PAGES = 6
_KEPT_FILES = 64

_MARGIN = 0.35
"""Of the height of a box, shown around it, and this many pixels at least."""
_LEAST_MARGIN = 14
_BESIDE = 3
"""Times as much is shown to the left and right, where a line goes on."""

Image = ColourImage | GreyImage


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page and its size in the pixels in which boxes are measured; ``text`` where it is a transcript."""

    number: int
    width: int
    height: int
    text: str | None


class Scans:
    """Pages of the files of an archive; safe to use from several threads, which draw one at a time."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._drawing = threading.Lock()
        self._pages: OrderedDict[tuple[Any, ...], Image] = OrderedDict()
        self._verified: OrderedDict[tuple[Path, int, int], str] = OrderedDict()

    def pages(self, file_sha256: str, first: int, last: int) -> tuple[ShownPage, ...]:
        """What is known of the pages from ``first`` to ``last``, but for those that could not be read."""
        scan = self._catalog.scan_of(file_sha256)
        if scan is None:
            return ()
        is_text = scan.file["media_type"] == MediaType.TEXT
        rows = [row for number, row in sorted(scan.pages.items()) if first <= number <= last]
        return tuple(
            ShownPage(row["page"], row["width"], row["height"], row["text"] if is_text else None)
            for row in rows
        )

    def is_at_hand(self, file_sha256: str) -> bool:
        """Whether the file still lies where it was read or seen, with the same bytes."""
        scan = self._catalog.scan_of(file_sha256)
        try:
            return scan is not None and self._find(scan) is not None
        except FileError:
            return False

    def picture(self, file_sha256: str, number: int) -> bytes:
        """The whole page as JPEG. Raises :class:`FileError` where the scan is not at hand or damaged."""
        image, dpi = self._image(file_sha256, number)
        scale = _SHOWN_DPI / max(dpi, _SHOWN_DPI)
        size = max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale))
        return _jpeg(np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8))

    def crop(self, file_sha256: str, number: int, box: Box) -> bytes:
        """The part of a page around ``box`` (pixels of the cleaned page) as JPEG, at full resolution."""
        image, _ = self._image(file_sha256, number)
        height, width = image.shape[:2]
        margin = max(_LEAST_MARGIN, _MARGIN * min(box.height, height / 20))
        beside = _BESIDE * margin
        left, top = max(0, int(box.x0 - beside)), max(0, int(box.y0 - margin))
        right, bottom = min(width, int(box.x1 + beside) + 1), min(height, int(box.y1 + margin) + 1)
        if right <= left or bottom <= top:
            raise FileError(file_sha256, "the page has no such part")
        return _jpeg(image[top:bottom, left:right])

    # ------------------------------------------------------------------ drawing

    def _image(self, file_sha256: str, number: int) -> tuple[Image, int]:
        """The page as it was when its boxes were measured, and its resolution."""
        scan = self._catalog.scan_of(file_sha256)
        if scan is None or number not in scan.pages or scan.file["media_type"] == MediaType.TEXT:
            raise FileError(file_sha256, f"there is no picture of page {number}")
        page = scan.pages[number]
        # Read anew, the same page may have been turned otherwise.
        known = (file_sha256, number, page["dpi"], page["rotation"], page["skew"], page["bend"])
        with self._drawing:
            if known not in self._pages:
                self._pages[known] = self._draw(scan, page)
                while len(self._pages) > _KEPT_PAGES:
                    self._pages.popitem(last=False)
            self._pages.move_to_end(known)
            return self._pages[known], page["dpi"]

    def _draw(self, scan: Scan, page: Mapping[str, Any]) -> Image:
        file, path = scan.file, self._find(scan)
        if path is None:
            raise UnreadableFileError(file["path"], "it lies no more where it was read")
        media_type = MediaType(file["media_type"])
        source = SourceFile(path, file["file_sha256"], media_type, file["size_bytes"], file["pages"])
        raw = pages.load_page(source, page["page"], page["dpi"])
        bend = Bend(**json.loads(page["bend"])) if page["bend"] else None
        image = pages.upright(raw.image, page["rotation"], page["skew"] or 0.0, bend)
        if image.shape[:2] != (page["height"], page["width"]):
            image = np.asarray(cv2.resize(image, (page["width"], page["height"])), dtype=np.uint8)
        return image

    def _find(self, scan: Scan) -> Path | None:
        """A path at which the bytes that were read lie now; other bytes would show another page."""
        for path in scan.places:
            if path.is_file() and self._hash(path) == scan.file["file_sha256"]:
                return path
        return None

    def _hash(self, path: Path) -> str:
        stat = path.stat()
        known = path, stat.st_size, stat.st_mtime_ns
        if known not in self._verified:
            self._verified[known] = intake.hash_file(path)
            while len(self._verified) > _KEPT_FILES:
                self._verified.popitem(last=False)
        return self._verified[known]


def _jpeg(image: Image) -> bytes:
    shown = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    _, encoded = cv2.imencode(".jpg", shown, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return encoded.tobytes()
