"""From what a bundle says to the pages of its scan, with the truth about both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samples.content import (
    AttachmentContent,
    BundleContent,
    DocumentContent,
    LetterContent,
    MinutesContent,
    PlanContent,
)
from samples.geometry import PageGeometry, StampTruth, TableTruth, TextLine, move_page
from samples.letters import LetterSetter
from samples.papers import set_attachment, set_minutes
from samples.plans import set_plan
from samples.scan import Mode, ScanStyle, quarter_turns, scan, wants_watermark
from samples.sheet import Sheet
from samples.truth import bundle_truth
from samples.watermark import lay_watermark


@dataclass(frozen=True, slots=True, eq=False)
class RenderedPage:
    """A page of a scan: HxW (grey, bilevel) or HxWx3 RGB uint8, and what lies where on it.

    ``skew`` is the angle in degrees by which the scan is turned, positive clockwise;
    ``document`` the place of its document in the bundle, from 0. ``rotation`` (0, 90, 180 or 270
    degrees clockwise) is how the page lay on the glass: ``geometry`` holds for ``upright``.
    """

    image: NDArray[np.uint8]
    dpi: int
    geometry: PageGeometry
    skew: float
    document: int
    rotation: int = 0

    @property
    def upright(self) -> NDArray[np.uint8]:
        """The image turned back so that its text reads from left to right."""
        return np.rot90(self.image, self.rotation // 90)

    @property
    def lines(self) -> tuple[TextLine, ...]:
        return self.geometry.lines

    @property
    def tables(self) -> tuple[TableTruth, ...]:
        return self.geometry.tables

    @property
    def stamps(self) -> tuple[StampTruth, ...]:
        return self.geometry.stamps


@dataclass(frozen=True, slots=True, eq=False)
class RenderedBundle:
    """A scan and its truth, in the form of one file of the evaluation's truth files."""

    name: str
    style: ScanStyle
    pages: tuple[RenderedPage, ...]
    truth: dict[str, Any]


def render_bundle(bundle: BundleContent, style: ScanStyle, seed: int) -> RenderedBundle:
    """Draw ``bundle`` and scan it. The same arguments give the same pixels and the same truth."""
    sheets: list[tuple[int, Sheet]] = []
    first_pages: list[int] = []
    for index, document in enumerate(bundle.documents):
        first_pages.append(len(sheets) + 1)
        sheets += [(index, sheet) for sheet in _set(document, style.dpi, seed * 101 + index)]
    clean = [_flatten(sheet, style, seed * 1009 + place) for place, (_, sheet) in enumerate(sheets)]
    pages = tuple(_scanned(place, sheets, clean, style, seed) for place in range(len(sheets)))
    return RenderedBundle(bundle.name, style, pages, bundle_truth(bundle, tuple(first_pages)))


def _set(document: DocumentContent, dpi: int, seed: int) -> list[Sheet]:
    match document:
        case LetterContent():
            return LetterSetter(document, dpi, seed).pages()
        case MinutesContent():
            return set_minutes(document, dpi, seed)
        case AttachmentContent():
            return set_attachment(document, dpi)
        case PlanContent():
            return set_plan(document, dpi, seed)


def _flatten(sheet: Sheet, style: ScanStyle, seed: int) -> NDArray[np.uint8]:
    if wants_watermark(style, seed):
        lay_watermark(sheet, seed)
    return sheet.flatten(style.mode is Mode.COLOUR)


def _scanned(
    place: int, sheets: list[tuple[int, Sheet]], clean: list[NDArray[np.uint8]], style: ScanStyle, seed: int
) -> RenderedPage:
    document, sheet = sheets[place]
    back = clean[(place + 1) % len(clean)]
    same_size = back.shape[:2] == clean[place].shape[:2] and len(clean) > 1
    image, matrix, skew = scan(clean[place], back if same_size else None, style, seed * 7919 + place)
    turns = quarter_turns(style, sheet.width > sheet.height, seed * 7919 + place)
    lying = np.ascontiguousarray(np.rot90(image, -turns))
    return RenderedPage(lying, style.dpi, move_page(sheet.geometry, matrix), skew, document, 90 * turns)
