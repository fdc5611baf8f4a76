"""Letters that have run together: grain and blur join them by their grey rims."""

from __future__ import annotations

import numpy as np

from pipeline.layout.bodies import HIGHEST_BODY_MM, LOWEST_BODY_MM, millimetres
from pipeline.layout.ink import Components, Mask, components_of, ink_mask
from pipeline.model import GreyImage

_DARKER = (0.0, 20.0, 40.0, 60.0)
"""Grey levels by which ink is darker than usual, one tried after the other."""

_CLOTTED, _WORD, _LONGEST = 0.1, 3.0, 40.0
"""At most the first share of the ink of text is in shapes the second many times wider than high: words whose
letters have run together. What is longer than the third is a ruling."""


def parted_ink(image: GreyImage, ruled: Mask, dpi: int) -> tuple[Mask, Components]:
    """Ink of a cleaned grey page (HxW uint8, dark ink) as a mask without ``ruled``, and its components.

    It is as dark as it takes to part the letters.
    """
    for darker in _DARKER:
        mask = (ink_mask(image, darker) > ruled).view(np.uint8)
        ink = components_of(mask)
        if _clotted(ink, dpi) <= _CLOTTED:
            break
    return mask, ink


def _clotted(ink: Components, dpi: int) -> float:
    """The share of the ink of text that is in words run together."""
    as_high = (ink.height >= millimetres(LOWEST_BODY_MM, dpi)) & (
        ink.height < millimetres(HIGHEST_BODY_MM, dpi)
    )
    text = ink.take(as_high & (ink.width < _LONGEST * ink.height))
    return float(text.area[text.width > _WORD * text.height].sum()) / max(float(text.area.sum()), 1.0)
