"""Tesseract behind the same interface, to compare with. Its Thai models do not know ๔ ๖ ๗ ๘ ๙.

All of a page's lines go to one Tesseract process as a list of pictures, since starting it and
loading its language data takes longer than reading a line.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytesseract

from pipeline.errors import MissingToolError, SarabanError
from pipeline.model import Character, GreyImage, Line, LineRegion

_BODY_ROWS = 24
"""Height of a consonant in the pictures that Tesseract gets; it reads worse below 20."""
_MARGIN = 16
_SPACE = 0.65
"""Gap between two Thai words' boxes, in body heights, that is a space on the page. Tesseract's own
spaces are no guide there: it puts one after nearly every Thai character."""
_START_SECONDS = 30.0


class TesseractRecogniser:
    """Reads lines with the language data ``languages``, such as ``tha+eng``, on one thread.

    Raises:
        MissingToolError: Tesseract or one of its languages is not installed.
        SarabanError: it took more than ``seconds`` for a page's lines, or failed.
    """

    def __init__(self, languages: str = "tha+eng", seconds: float = 120.0) -> None:
        self._languages = languages
        self._seconds = seconds
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        try:
            self._version = str(pytesseract.get_tesseract_version())
            # pytesseract's own list of languages leaves out those named for a script, so one is tried.
            pytesseract.image_to_string(
                np.full((8, 8), 255, np.uint8), lang=languages, timeout=_START_SECONDS
            )
        except pytesseract.TesseractNotFoundError as error:
            raise MissingToolError("tesseract is not installed (apt-get install tesseract-ocr)") from error
        except pytesseract.TesseractError as error:
            raise MissingToolError(f"tesseract cannot load the language data {languages}") from error

    @property
    def name(self) -> str:
        return f"tesseract {self._languages}"

    @property
    def version(self) -> str:
        return self._version

    def read(self, image: GreyImage, regions: Sequence[LineRegion]) -> tuple[Line, ...]:
        """The lines of ``regions`` on the page ``image``; they have characters but no lattice."""
        if not regions:
            return ()
        with tempfile.TemporaryDirectory(prefix="saraban-") as folder:
            pictures = [_picture(image, region) for region in regions]
            words = self._words(pictures, Path(folder))
        return tuple(
            self._line(region, [word for word in words if word.page == number])
            for number, region in enumerate(regions, 1)
        )

    def _words(self, pictures: Sequence[GreyImage], folder: Path) -> list[_Word]:
        paths = [folder / f"{number}.png" for number in range(len(pictures))]
        for path, picture in zip(paths, pictures, strict=True):
            cv2.imwrite(str(path), picture)
        names = folder / "lines.txt"
        names.write_text("\n".join(str(path) for path in paths), encoding="utf-8")
        try:
            table = pytesseract.image_to_data(
                str(names),
                lang=self._languages,
                config="--psm 7",
                timeout=self._seconds,
                output_type=pytesseract.Output.DICT,
            )
        except pytesseract.TesseractError as error:
            raise SarabanError(f"tesseract failed: {error}") from error
        except RuntimeError as error:  # pytesseract's way to tell of a timeout
            raise SarabanError(f"tesseract took more than {self._seconds:g} s") from error
        return list(_rows(table))

    def _line(self, region: LineRegion, words: list[_Word]) -> Line:
        characters = tuple(_characters(words, region))
        sure = float(np.prod([word.confidence for word in words])) if words else 0.0
        return Line(
            text="".join(character.text for character in characters),
            box=region.box,
            confidence=sure,
            characters=characters,
            baseline=(region.baseline_left + region.baseline_right) / 2,
            body_height=region.body_height,
            ink=region.ink,
            engine=self.name,
        )


@dataclass(frozen=True, slots=True)
class _Word:
    """A row of Tesseract's table, in pixels of the picture that it got."""

    page: int
    text: str
    x0: float
    x1: float
    confidence: float


def _rows(table: dict[str, list[Any]]) -> Iterator[_Word]:
    columns = (table[name] for name in ("page_num", "text", "left", "width", "conf"))
    for page, text, left, width, confidence in zip(*columns, strict=True):
        if str(text).strip() and float(confidence) >= 0:
            yield _Word(
                int(page),
                str(text).strip().replace("ํา", "ำ"),
                float(left),
                float(left + width),
                float(confidence) / 100,
            )


def _scale(region: LineRegion) -> float:
    return _BODY_ROWS / max(region.body_height, 1.0)


def _picture(image: GreyImage, region: LineRegion) -> GreyImage:
    """The line's box cut out, scaled, with a white margin."""
    top, left = max(int(region.box.y0), 0), max(int(region.box.x0), 0)
    part = image[top : int(np.ceil(region.box.y1)), left : int(np.ceil(region.box.x1))]
    if part.size == 0:
        part = np.full((1, 1), 255, np.uint8)
    scale = _scale(region)
    size = (max(round(part.shape[1] * scale), 1), max(round(part.shape[0] * scale), 1))
    method = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_CUBIC
    scaled = cv2.resize(part, size, interpolation=method)
    edges = np.pad(scaled, _MARGIN, constant_values=255)
    return np.asarray(edges, dtype=np.uint8)


def _spaced(before: _Word, word: _Word) -> bool:
    """Whether a space stands between two words; Tesseract is right about those of Latin text."""
    thai = "\u0e00" <= before.text[-1] <= "\u0e7f" and "\u0e00" <= word.text[0] <= "\u0e7f"
    return not thai or word.x0 - before.x1 > _SPACE * _BODY_ROWS


def _characters(words: list[_Word], region: LineRegion) -> Iterator[Character]:
    """Characters spread evenly over their word's box, and the spaces that the gaps show."""
    scale = _scale(region)

    def page_x(x: float) -> float:
        return region.box.x0 + (x - _MARGIN) / scale

    before: _Word | None = None
    for word in words:
        if before is not None and _spaced(before, word):
            sure = min(before.confidence, word.confidence)
            yield Character(" ", sure, page_x(before.x1), page_x(word.x0))
        before = word
        pace = (word.x1 - word.x0) / len(word.text)
        for index, character in enumerate(word.text):
            x0 = word.x0 + index * pace
            yield Character(character, word.confidence, page_x(x0), page_x(x0 + pace))
