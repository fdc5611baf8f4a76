"""The likeliest readings of a lattice, free or under a grammar.

Decoding under a grammar is prefix beam search (Hannun et al., 2014) in which a prefix lives only while
it can still become a match.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import regex

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
