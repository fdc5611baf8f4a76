"""Which of the words that must stand on a damaged line it is least unlike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.model import Lattice

_SLIP = 1e-3
"""Probability that a damaged character shows as any given other one, or as none."""
_NOISE = 0.02
"""Probability of a step before or after the words that are looked for, whatever it shows."""


def weigh(
    lattice: Lattice, parts: Sequence[Sequence[str]], fold: Callable[[str], str] = str
) -> tuple[tuple[float, ...], ...]:
    """For each part the probability of each of its words, if the lattice spells one word of each in turn.

    Characters may be damaged, missing or too many anywhere, and noise may stand around the words. All
    words of a part are equally likely beforehand, and so are words and nothing but noise: the probabilities
    of a part sum to that of there being words at all. ``fold`` maps a symbol of the lattice to the
    character that it counts as; what it maps to an empty text counts as a blank.

    The posteriors come from the forward-backward algorithm over all words at once.
    """
    table, index = _folded(lattice, fold)
    return _Words.of(parts, index).posteriors(table)


def _folded(lattice: Lattice, fold: Callable[[str], str]) -> tuple[NDArray[np.float64], dict[str, int]]:
    """(T×F table of the probability of each folded character, its column); column 0 is the blank."""
    columns = {"": 0}
    folded = [columns.setdefault(fold(symbol) if symbol else "", len(columns)) for symbol in lattice.alphabet]
    table = np.zeros((len(lattice.symbols), len(columns)))
    steps = np.arange(len(lattice.symbols))[:, None]
    np.add.at(table, (steps, np.array(folded)[lattice.symbols]), np.exp(lattice.scores.astype(np.float64)))
    return np.maximum(table, _SLIP), columns


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """The characters of all words of all parts in a row, as states of one automaton.

    ``labels`` are columns of the table of chances, ``words`` the index of each one's word in its part,
    ``heads`` and ``ends`` the first and last characters of each part's words. ``inner`` says that a character
    follows the one before it in its word, ``unlike`` that no blank need part it from that one.
    """

    sizes: tuple[int, ...]
    labels: NDArray[np.int64]
    words: NDArray[np.int64]
    inner: NDArray[np.bool_]
    unlike: NDArray[np.bool_]
    heads: tuple[NDArray[np.int64], ...]
    ends: tuple[NDArray[np.int64], ...]

    @staticmethod
    def of(parts: Sequence[Sequence[str]], index: dict[str, int]) -> _Words:
        """The automaton of ``parts``; a character without a column of its own is never seen."""
        states = [
            (part, word, index.get(character, -1), at == 0, at == len(text) - 1)
            for part, texts in enumerate(parts)
            for word, text in enumerate(texts)
            for at, character in enumerate(text)
        ]
        part, words, labels, head, end = (np.array(column) for column in zip(*states, strict=True))
        return _Words(
            tuple(map(len, parts)),
            labels,
            words,
            ~head,
            ~head & (labels != np.roll(labels, 1)),
            tuple(np.flatnonzero(head & (part == p)) for p in range(len(parts))),
            tuple(np.flatnonzero(end & (part == p)) for p in range(len(parts))),
        )

    def posteriors(self, table: NDArray[np.float64]) -> tuple[tuple[float, ...], ...]:
        """How likely each word is, over all paths through the steps of ``table``."""
        seen = np.where(self.labels >= 0, table[:, self.labels], _SLIP)
        blank = np.broadcast_to(table[:, :1], seen.shape).copy()
        around = np.maximum(table[:, 0], _NOISE)
        blank[:, self.ends[-1]] = around[:, None]
        held, noise, scales = self._forward(seen, blank, around)
        weights = [np.zeros(size) for size in self.sizes]
        reach = np.zeros(seen.shape[1])
        reach[self.ends[-1]] = 1.0
        after_blank = reach.copy()
        if len(table):
            np.add.at(weights[-1], self.words[self.ends[-1]], held[-1][self.ends[-1]])
        for step in range(len(table) - 1, 0, -1):
            entered = seen[step] * reach / scales[step]
            stayed = blank[step] * after_blank / scales[step]
            following = np.append(entered[1:], 0.0)
            reach = entered + stayed + np.append(self.unlike[1:], False) * following
            after_blank = stayed + np.append(self.inner[1:], False) * following
            for part, (ends, heads) in enumerate(zip(self.ends[:-1], self.heads[1:], strict=True)):
                onward = entered[heads].sum() / self.sizes[part + 1]
                reach[ends] += onward
                after_blank[ends] += onward
                np.add.at(weights[part], self.words[ends], held[step - 1][ends] * onward)
        whole = weights[-1].sum() + noise
        return tuple(tuple((weight / whole).tolist()) for weight in weights)

    def _forward(
        self, seen: NDArray[np.float64], blank: NDArray[np.float64], around: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], float, NDArray[np.float64]]:
        """(T×S mass of paths at each character or in the blank behind it, of noise alone; scales)."""
        inside, behind, before = np.zeros(seen.shape[1]), np.zeros(seen.shape[1]), 1.0
        held, scales = np.zeros(seen.shape), np.zeros(len(seen))
        for step in range(len(seen)):
            into = self.inner * np.roll(behind, 1) + self.unlike * np.roll(inside, 1)
            into[self.heads[0]] = before / self.sizes[0]
            for ends, heads, size in zip(self.ends[:-1], self.heads[1:], self.sizes[1:], strict=True):
                into[heads] = (inside[ends] + behind[ends]).sum() / size
            inside, behind = (inside + into) * seen[step], (inside + behind) * blank[step]
            before *= around[step]
            scales[step] = inside.sum() + behind.sum() + before
            inside, behind, before = (mass / scales[step] for mass in (inside, behind, before))
            held[step] = inside + behind
        return held, before, scales
