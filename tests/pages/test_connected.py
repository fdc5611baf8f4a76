"""Connected parts are numbered right however many there are."""

import cv2
import numpy as np
import pytest

from pipeline.connected import labelled, numbered


@pytest.mark.parametrize("side", [1, 40, 701, 1400])
def test_parts_are_those_of_numbers_of_four_bytes(side: int) -> None:
    mask = (np.random.default_rng(side).random((side, side)) < 0.1).astype(np.uint8)
    count, expected = cv2.connectedComponents(mask, connectivity=8)
    labels, stats = labelled(mask)
    assert len(stats) == count
    assert int(numbered(mask).max()) == int(labels.max()) == count - 1
    pairs = np.unique(np.stack((labels.ravel().astype(np.int64), expected.ravel())), axis=1)
    assert pairs.shape[1] == count


def test_a_page_of_more_specks_than_two_bytes_count() -> None:
    mask = np.zeros((600, 600), np.uint8)
    mask[::2, ::2] = 1
    assert int(numbered(mask).max()) == 300 * 300
