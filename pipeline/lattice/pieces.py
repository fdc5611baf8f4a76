"""Lattices made of others: a piece of one, several in a row, one that is sure of a text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.model import Lattice


def joined(lattices: Sequence[Lattice]) -> Lattice:
    """Lattices of one recogniser one after the other, as if their lines were one; x positions are lost."""
    symbols = np.concatenate([lattice.symbols for lattice in lattices])
    scores = np.concatenate([lattice.scores for lattice in lattices])
    return Lattice(symbols, scores, lattices[0].alphabet, lattices[0].x0, lattices[0].step)


def of_text(text: str) -> Lattice:
    """A lattice that is sure of ``text``, with room for what may be missing between its characters."""
    alphabet = ("", *sorted(set(text)))
    symbols = np.zeros((4 * len(text), 1), np.int16)
    symbols[::4, 0] = [alphabet.index(character) for character in text]
    return Lattice(symbols, np.zeros(symbols.shape, np.float32), alphabet, 0.0, 1.0)


def between(lattice: Lattice, x0: float, x1: float) -> Lattice:
    """The steps whose centres lie from ``x0`` up to ``x1`` on the page."""
    centres = lattice.x0 + (np.arange(len(lattice.symbols)) + 0.5) * lattice.step
    kept = np.flatnonzero((centres >= x0) & (centres < x1))
    if len(kept) == 0:
        return Lattice(lattice.symbols[:0], lattice.scores[:0], lattice.alphabet, x0, lattice.step)
    start, stop = int(kept[0]), int(kept[-1]) + 1
    return Lattice(
        lattice.symbols[start:stop],
        lattice.scores[start:stop],
        lattice.alphabet,
        lattice.x0 + start * lattice.step,
        lattice.step,
    )
