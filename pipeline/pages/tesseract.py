"""Orientation by Tesseract's script and orientation detection, through pytesseract."""

from __future__ import annotations

import pytesseract
from PIL import Image

from pipeline.errors import MissingToolError
from pipeline.model import GreyImage

_SECONDS = 20
_LEAST_CONFIDENCE = 3.0


def detect_orientation(proof: GreyImage) -> int:
    """Degrees clockwise by which to turn the page to make it upright; 0 where Tesseract is unsure.

    Costs about a second. Raises :class:`MissingToolError` where Tesseract is not installed.
    """
    try:
        found = pytesseract.image_to_osd(
            Image.fromarray(proof), output_type=pytesseract.Output.DICT, config="--dpi 150", timeout=_SECONDS
        )
    except pytesseract.TesseractNotFoundError as error:
        raise MissingToolError("tesseract is not installed; install the package tesseract-ocr") from error
    except (pytesseract.TesseractError, RuntimeError):
        # Too few characters to tell, or no answer in time: the page stays as it is.
        return 0
    if float(found["orientation_conf"]) < _LEAST_CONFIDENCE:
        return 0
    return int(found["rotate"]) % 360
