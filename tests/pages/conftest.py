"""Drawn pages: letters that stand on lines as Thai does, with marks above and a few below."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


class Drawing:
    """Draws test pages at 150 or 300 dpi; the same seed gives the same page."""

    @staticmethod
    def text(
        height: int = 1754, width: int = 1240, letter: int = 12, lines: int = 30, seed: int = 0
    ) -> Pixels:
        """Black letters on white: boxes open at one side, marks above a third of them, few below."""
        random = np.random.default_rng(seed)
        page = np.full((height, width), 255, np.uint8)
        pitch = letter * 4
        thick = max(1, letter // 6)
        for line in range(lines):
            baseline = pitch * (3 + line)
            if baseline > height - pitch * 2:
                break
            left = width // 10
            for _ in range(int(random.integers(20, 60))):
                step = round(letter * 1.3)
                if random.random() < 0.15:
                    left += step
                if left > width - width // 10 - step:
                    break
                Drawing._letter(page, left, baseline, letter, thick, random)
                left += step
        return page

    @staticmethod
    def _letter(
        page: Pixels, left: int, baseline: int, letter: int, thick: int, random: np.random.Generator
    ) -> None:
        across = letter - thick
        corners = [(0, 0), (0, -letter), (across, -letter), (across, 0)]
        outline = np.array([(left + x, baseline + y) for x, y in corners], np.int32)
        cv2.polylines(page, [outline], False, 0, thick)
        if random.random() < 0.35:
            top = baseline - letter - letter // 2
            cv2.rectangle(page, (left, top), (left + across, top + thick), 0, -1)
        if random.random() < 0.06:
            cv2.rectangle(page, (left, baseline + letter // 3), (left + thick, baseline + letter // 2), 0, -1)

    @staticmethod
    def table(height: int = 1754, width: int = 1240, rows: int = 20) -> Pixels:
        page = np.full((height, width), 255, np.uint8)
        for row in range(rows + 1):
            cv2.line(page, (100, 150 + row * 60), (width - 100, 150 + row * 60), 0, 2)
        for column in range(5):
            across = 100 + column * (width - 200) // 4
            cv2.line(page, (across, 150), (across, 150 + rows * 60), 0, 2)
        return np.minimum(page, Drawing.text(height, width, lines=4))

    @staticmethod
    def turned(page: Pixels, degrees: float) -> Pixels:
        """``page`` as a scanner sees it when it lies ``degrees`` clockwise."""
        height, width = page.shape[:2]
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
        white = (255, 255, 255)
        return np.asarray(
            cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=white)
        )

    @staticmethod
    def printed(
        black: Pixels,
        colour: Pixels,
        ink: tuple[int, int, int],
        paper: tuple[int, int, int] = (252, 252, 250),
    ) -> Pixels:
        """An RGB scan of a page printed in ``black`` and stamped in ``colour`` with ``ink``.

        Softened and packed as JPEG, so that colour bleeds as in real scans.
        """
        layers = []
        for channel in range(3):
            black_part = 35 + (255 - 35) * (black / 255.0)
            colour_part = ink[channel] + (255 - ink[channel]) * (colour / 255.0)
            layers.append(paper[channel] / 255.0 * black_part * colour_part / 255.0)
        soft = cv2.GaussianBlur(np.stack(layers, axis=-1).astype(np.float32), (0, 0), 1.0)
        packed = cv2.imencode(".jpg", soft[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 70])[1]
        return np.ascontiguousarray(cv2.imdecode(packed, cv2.IMREAD_COLOR)[..., ::-1])


@pytest.fixture
def draw() -> type[Drawing]:
    return Drawing


@pytest.fixture
def stamp_plane() -> Callable[[int, int], Pixels]:
    """A receive stamp (box with lines of small letters) on an otherwise white plane."""

    def make(height: int, width: int) -> Pixels:
        plane = np.full((height, width), 255, np.uint8)
        top, left = height // 8, width // 2
        cv2.rectangle(plane, (left, top), (left + 600, top + 300), 0, 4)
        text = Drawing.text(300, 600, letter=16, lines=4, seed=7)
        plane[top : top + 300, left : left + 600] = np.minimum(
            plane[top : top + 300, left : left + 600], text
        )
        return plane

    return make
