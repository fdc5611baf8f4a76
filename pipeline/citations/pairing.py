"""What the comparisons have in common: the pairs, and the citing letters beside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.citations.columns import Ints, Mentions

Bits = NDArray[np.float32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """References and letters to compare: row ``reference[i]`` of one with row ``letter[i]`` of the other.

    ``citing`` is, for each reference, the row of the letter that makes it, or -1 where it is not held.
    """

    references: Mentions
    letters: Mentions
    reference: Ints
    letter: Ints
    citing: Ints

    def __len__(self) -> int:
        return len(self.reference)

    @property
    def together(self) -> Flags:
        """Which pairs are of one bundle."""
        same: Flags = self.references.bundle[self.reference] == self.letters.bundle[self.letter]
        return same

    def where(self, kept: Flags) -> Pairs:
        return Pairs(self.references, self.letters, self.reference[kept], self.letter[kept], self.citing)


def chosen(bits_by_outcome: list[tuple[Flags, float]], size: int) -> Bits:
    """The bits of the first outcome that holds for each pair, 0 where none does."""
    conditions = [condition for condition, _ in bits_by_outcome]
    weights = [np.float32(bits) for _, bits in bits_by_outcome]
    return (
        np.select(conditions, weights, np.float32(0)).astype(np.float32) if size else np.zeros(0, np.float32)
    )
