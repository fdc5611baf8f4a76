"""Lattices for the tests of letters: what a recogniser would think of a line, written down by hand."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pipeline.model import Box, Character, Lattice, Line

STEP = 5.0
ALPHABET = ("", *sorted(set(" '.,/()lU0123456789๐๑๒๓๔๕๖๗๘๙" + "".join(map(chr, range(0x0E01, 0x0E4F))))))
FAINT = 1e-5


def line_with_lattice(
    text: str,
    doubts: Mapping[int, Mapping[str, float]] | None = None,
    at: tuple[float, float] = (170.0, 250.0),
    wide: Mapping[int, float] | None = None,
) -> Line:
    """A line that reads ``text``; ``doubts`` gives, for a character's index, the rivals' probabilities.

    Each character takes two steps of the lattice, itself and a blank; ``wide`` makes characters
    wider by so many times, as if written by hand.
    """
    rows: list[dict[str, float]] = []
    characters: list[Character] = []
    x = at[0]
    for index, symbol in enumerate(text):
        rivals = dict((doubts or {}).get(index, {}))
        steps = round(2 * (wide or {}).get(index, 1.0))
        sure = 1.0 - sum(rivals.values())
        rows += [{symbol: sure, **rivals}] + [{"": 1.0}] * (steps - 1)
        characters.append(Character(symbol, sure, x, x + steps * STEP, tuple(rivals.items())))
        x += steps * STEP
    confidence = float(np.prod([character.confidence for character in characters]))
    box = Box(at[0], at[1] - 11, x, at[1] + 22)
    return Line(
        text, box, confidence, tuple(characters), _lattice(rows, at[0]), body_height=16.0, engine="neural"
    )


def _lattice(rows: list[dict[str, float]], x0: float) -> Lattice:
    width = 6
    symbols = np.zeros((len(rows), width), np.int16)
    scores = np.full((len(rows), width), np.log(FAINT), np.float32)
    for step, row in enumerate(rows):
        ranked = sorted(row.items(), key=lambda item: -item[1])
        ranked += [
            (symbol, FAINT)
            for symbol in ("", "-", "ฯ", " ", ".", "/")
            if symbol not in row and symbol in ALPHABET
        ]
        for place, (symbol, chance) in enumerate(ranked[:width]):
            symbols[step, place] = ALPHABET.index(symbol)
            scores[step, place] = np.log(max(chance, FAINT))
    return Lattice(symbols, scores, ALPHABET, x0, STEP)
