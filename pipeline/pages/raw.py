"""Pages as scanned: one at a time, so that memory does not grow with the page count."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import ColourImage, GreyImage, MediaType, SourceFile
from pipeline.pages.poppler import render_page
from pipeline.pages.raster import load_frame


@dataclass(frozen=True, slots=True, eq=False)
class RawPage:
    """A page as it lies in its file: HxWx3 RGB, or HxW grey where it has no colour, at ``dpi``."""

    number: int
    image: ColourImage | GreyImage
    dpi: int


def load_page(source: SourceFile, number: int, dpi: int = 300) -> RawPage:
    """Page ``number`` (from 1) of a PDF, TIFF, PNG or JPEG, at about ``dpi``.

    PDF pages are rasterised at ``dpi``; images keep their pixels where their resolution is
    within a fifth of it, and are scaled to it otherwise.

    Raises :class:`pipeline.errors.CorruptFileError` where this page cannot be decoded,
    :class:`pipeline.errors.TimeLimitError`, :class:`pipeline.errors.MissingToolError`, and
    :class:`ValueError` for a transcript or a page that is not there.
    """
    if source.media_type is MediaType.TEXT:
        raise ValueError("a transcript has no page images")
    if not 1 <= number <= source.pages:
        raise ValueError(f"there is no page {number} in a file of {source.pages}")
    if source.media_type is MediaType.PDF:
        return RawPage(number, render_page(source.path, number, dpi), dpi)
    image, own_dpi = load_frame(source.path, number, dpi)
    return RawPage(number, image, own_dpi)
