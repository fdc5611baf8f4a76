"""What belongs together: connected groups of a relation, runs of places in a row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def group_labels(related: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Labels 0… of the connected groups of a symmetric N×N relation."""
    labels = np.full(len(related), -1, np.int64)
    group = 0
    for start in range(len(related)):
        if labels[start] >= 0:
            continue
        frontier = [start]
        labels[start] = group
        while frontier:
            near = np.flatnonzero(related[frontier.pop()] & (labels < 0))
            labels[near] = group
            frontier += near.tolist()
        group += 1
    return labels


def runs(chosen: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Start and end (exclusive) of each run of true values in a row of places.

    >>> runs(np.array([True, True, False, True]))
    [(0, 2), (3, 4)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([0], chosen.astype(np.int8), [0]))))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]
