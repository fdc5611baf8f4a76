"""PDF pages by pdf2image, which runs poppler's pdftoppm; its failures become ours here."""

from __future__ import annotations

from pathlib import Path

from pdf2image import convert_from_path
from pdf2image import exceptions as poppler
from PIL import Image, UnidentifiedImageError

from pipeline.errors import CorruptFileError, MissingToolError, TimeLimitError
from pipeline.model import ColourImage, GreyImage
from pipeline.pages.raster import pixels_of

_SECONDS = 120


def render_page(path: Path, number: int, dpi: int) -> ColourImage | GreyImage:
    """Rasterise page ``number`` (from 1) of the PDF at ``path`` at ``dpi``.

    What a reader on screen would see: cropped to the page's crop box, turned by its rotation
    entry, with annotations. Raises :class:`CorruptFileError`, :class:`TimeLimitError` or
    :class:`MissingToolError`.
    """
    try:
        images: list[Image.Image] = convert_from_path(
            # An absolute path, since a name that begins with a dash would be taken for an option.
            str(path.absolute()),
            dpi=dpi,
            first_page=number,
            last_page=number,
            use_cropbox=True,
            timeout=_SECONDS,
        )
    except poppler.PopplerNotInstalledError as error:
        raise MissingToolError("poppler is not installed; install the package poppler-utils") from error
    except poppler.PDFPopplerTimeoutError as error:
        raise TimeLimitError(path, f"page {number} took longer than {_SECONDS} s to rasterise") from error
    except (poppler.PDFPageCountError, poppler.PDFSyntaxError, UnidentifiedImageError) as error:
        raise CorruptFileError(path, f"page {number} cannot be rasterised") from error
    if not images:
        raise CorruptFileError(path, f"page {number} cannot be rasterised")
    return pixels_of(images[0])
