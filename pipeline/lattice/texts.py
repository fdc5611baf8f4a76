"""How probable a given text is: all paths of it summed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.model import Lattice


def score(lattice: Lattice, text: str) -> float:
    """Natural logarithm of the probability that the lattice gives to ``text``, all paths summed.

    Characters that the alphabet lacks make it minus infinity; one that a step does not keep
    gets an equal share of what the kept ones leave over.
    """
    positions = {symbol: index for index, symbol in enumerate(lattice.alphabet)}
    if any(character not in positions for character in text):
        return -np.inf
    labels = np.zeros(2 * len(text) + 1, dtype=np.int64)
    labels[1::2] = [positions[character] for character in text]
    chances = _chances(lattice, labels)
    # A path may leave out the blank between two labels that differ.
    skips = np.zeros(len(labels), dtype=bool)
    skips[3::2] = labels[3::2] != labels[1:-2:2]
    return _forward(chances, skips)


def _chances(lattice: Lattice, labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """T×S: the probability of each label at each step."""
    steps, kept = lattice.symbols.shape
    table = np.full((steps, len(lattice.alphabet)), 0.0)
    probabilities = np.exp(lattice.scores.astype(np.float64))
    rest = np.maximum(1.0 - probabilities.sum(axis=1), 0.0) / max(len(lattice.alphabet) - kept, 1)
    table += rest[:, None]
    np.put_along_axis(table, lattice.symbols.astype(np.int64), probabilities, axis=1)
    return table[:, labels]


def _forward(chances: NDArray[np.float64], skips: NDArray[np.bool_]) -> float:
    """CTC's forward variable, scaled at every step; the sum of the scales' logarithms is the score."""
    states = chances.shape[1]
    if len(chances) == 0:
        return 0.0 if states == 1 else -np.inf
    alpha = np.zeros(states)
    alpha[:2] = chances[0, :2]
    total = 0.0
    for step in range(1, len(chances) + 1):
        scale = alpha.sum()
        if scale <= 0.0:
            return -np.inf
        total += float(np.log(scale))
        alpha /= scale
        if step == len(chances):
            break
        moved = alpha.copy()
        moved[1:] += alpha[:-1]
        moved[2:] += np.where(skips[2:], alpha[:-2], 0.0)
        alpha = moved * chances[step]
    end = float(alpha[-2:].sum())
    return total + float(np.log(end)) if end > 0.0 else -np.inf
