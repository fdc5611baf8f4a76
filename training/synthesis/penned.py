"""Arabic digits as people wrote them, cut out one by one, set side by side as a running number.

The strokes of :mod:`training.synthesis.handwriting` come from a few habits; these come from hundreds of hands
(the MNIST images, see :mod:`training.fonts`): the images for training in lines to train on, those
for testing in held-out lines.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from training.fonts import penned_folder
from training.synthesis.render import Ink, Mask

Rng = np.random.Generator
_PARTS = {"train": "train", "held_out": "t10k"}
_IMAGE_HEADER, _LABEL_HEADER = 16, 8  # bytes before the data of an IDX file
_SIDE = 28
_BOX = 20  # every digit fills a box of this many pixels in its image
_FINER = 2


@lru_cache(maxsize=2)
def _images(split: str) -> tuple[NDArray[np.uint8], ...]:
    """The images N×28×28 uint8, ink 255, of each digit 0 to 9."""
    names = [penned_folder() / f"{_PARTS[split]}-{kind}-ubyte" for kind in ("images-idx3", "labels-idx1")]
    images = _data(names[0], _IMAGE_HEADER).reshape(-1, _SIDE, _SIDE)
    labels = _data(names[1], _LABEL_HEADER)
    return tuple(images[labels == digit] for digit in range(10))


def _data(path: Path, header: int) -> NDArray[np.uint8]:
    if not path.is_file():
        raise FileNotFoundError(f"no {path.name} in {path.parent}: run python -m training.fonts")
    return np.fromfile(path, np.uint8, offset=header)


def penned(rng: Rng, split: str, digit: str, height: float, pen: float, slant: float) -> Ink:
    """One Arabic digit, about ``height`` pixels high.

    ``pen`` from 0 (fine) to 1 (broad) makes its strokes thinner or thicker than they were;
    ``slant`` moves the top to the right by that share of the height.

    Raises:
        FileNotFoundError: the images are not there.
    """
    choice = _images(split)[int(digit)]
    image = choice[int(rng.integers(len(choice)))]
    share = height / _BOX * _FINER
    body = height * _FINER
    large = cv2.resize(image, None, fx=share, fy=share, interpolation=cv2.INTER_CUBIC)
    soft = cv2.GaussianBlur(large, (0, 0), 0.35 * share + 0.3)
    lean = np.array([[1.0, -slant, slant * large.shape[0] / 2], [0.0, 1.0, 0.0]])
    leant = cv2.warpAffine(soft, lean, (soft.shape[1], soft.shape[0]))
    ink = np.clip((leant.astype(np.float32) - (200 - 130 * pen)) * (0.03 * body) + 128, 0, 255)
    rows, columns = (np.flatnonzero(ink.max(axis=axis) > 100) for axis in (1, 0))
    if not len(rows):
        return penned(rng, split, digit, height, min(1.0, pen + 0.2), slant)
    cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.uint8)
    size = max(1, cut.shape[1] // _FINER), max(1, cut.shape[0] // _FINER)
    mask: Mask = np.asarray(cv2.resize(cut, size, interpolation=cv2.INTER_AREA), np.uint8)
    return Ink(mask, float(mask.shape[0]), height)
