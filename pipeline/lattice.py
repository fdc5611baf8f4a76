"""Reading a recogniser's lattice: freely, under a grammar, or to weigh one given text.

A lattice holds, for each step of a line, the likeliest symbols with the natural logarithm of their
probability; symbol 0 is the blank of connectionist temporal classification (Graves et al., 2006):
a text is any path with repeats merged and blanks dropped. Decoding under a grammar is prefix beam
search (Hannun et al., 2014) in which a prefix lives only while it can still become a match.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import regex
from numpy.typing import NDArray

from pipeline.model import Lattice

_FAINTEST = 1e-4
"""Symbols less likely than this at a step are not followed."""
_FLOOR = 1e-9
"""Probability of a symbol of which the lattice keeps nothing."""
_FREE_BEAM = 6


def best(lattice: Lattice) -> str:
    """The text of the likeliest path; blanks at its ends are dropped, spaces are kept."""
    path = lattice.symbols[:, 0] if len(lattice.symbols) else np.zeros(0, np.int16)
    changed = np.flatnonzero((path != 0) & (path != np.concatenate(([0], path[:-1]))))
    return "".join(lattice.alphabet[index] for index in path[changed])


def decode(
    lattice: Lattice, pattern: str | regex.Pattern[str], beam: int = 12
) -> tuple[tuple[str, float], ...]:
    """The readings of the whole lattice that ``pattern`` matches in full, likeliest first.

    Each comes with its probability among all readings of the lattice, those that do not match
    included: when even the best is unlikely, the page does not look like that. Empty when no
    reading that matches is in sight.

    ``pattern`` is a regular expression of the :mod:`regex` package, such as
    ``[๐-๙]{1,2} (มกราคม|กุมภาพันธ์) ๒๕[๐-๙]{2}``.
    """
    compiled = _compiled(pattern) if isinstance(pattern, str) else pattern
    partial: dict[str, bool] = {}

    def can_match(prefix: str) -> bool:
        known = partial.get(prefix)
        if known is None:
            known = partial[prefix] = compiled.fullmatch(prefix, partial=True) is not None
        return known

    constrained = _search(lattice, can_match, beam)
    matching = {text: mass for text, mass in constrained.items() if mass > 0.0 and compiled.fullmatch(text)}
    if not matching:
        return ()
    free = _search(lattice, None, _FREE_BEAM)
    others = sum(mass for text, mass in free.items() if not compiled.fullmatch(text))
    whole = sum(matching.values()) + others
    ranked = sorted(matching.items(), key=lambda item: (-item[1], item[0]))
    return tuple((text, min(mass / whole, 1.0)) for text, mass in ranked)


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


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern)


def _search(lattice: Lattice, allowed: Callable[[str], bool] | None, beam: int) -> dict[str, float]:
    """Prefix beam search: texts with their probability, all on one scale for one lattice.

    The masses are plain probabilities, which is faster than logarithms. Each step's are divided by
    that of its best symbol: this keeps them from vanishing, and is the same factor in two searches
    of one lattice, so that their masses can be compared.
    """
    beams: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}
    symbols = lattice.symbols.tolist()
    chances = np.exp(lattice.scores - lattice.scores[:, :1]).tolist() if len(symbols) else []
    alphabet = lattice.alphabet
    for indices, row in zip(symbols, chances, strict=True):
        blank, kept = _FLOOR, []
        for index, chance in zip(indices, row, strict=True):
            if index == 0:
                blank = chance
            elif chance >= _FAINTEST:
                kept.append((alphabet[index], chance))
        beams = _extended(beams, blank, kept, allowed)
        if len(beams) > beam:
            beams = dict(sorted(beams.items(), key=lambda item: -(item[1][0] + item[1][1]))[:beam])
    return {text: ended + open_ for text, (ended, open_) in beams.items()}


def _extended(
    beams: dict[str, tuple[float, float]],
    blank: float,
    kept: list[tuple[str, float]],
    allowed: Callable[[str], bool] | None,
) -> dict[str, tuple[float, float]]:
    """One step: every prefix stays or grows. Each has its mass ending in blank, and in its last symbol."""
    grown: dict[str, tuple[float, float]] = {}
    for prefix, (ended, open_) in beams.items():
        mass = ended + open_
        last = prefix[-1:]
        again = 0.0
        for symbol, chance in kept:
            gain = mass * chance
            if symbol == last:
                again = open_ * chance
                gain = ended * chance
            longer = prefix + symbol
            if gain > 0.0 and (allowed is None or allowed(longer)):
                before = grown.get(longer, (0.0, 0.0))
                grown[longer] = (before[0], before[1] + gain)
        before = grown.get(prefix, (0.0, 0.0))
        grown[prefix] = (before[0] + mass * blank, before[1] + again)
    return grown


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
