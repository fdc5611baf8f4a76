"""From a lattice's best path to characters: where each stands, how sure it is, what else it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.model import Character, Lattice, LineRegion
from pipeline.ocr.calibration import Calibration

_LEAST_ALTERNATIVE = 0.002
_RIVALS = ("ัิีึื็", "ุู", "่้๊๋์")
"""Marks of which a consonant bears one at most: vowels above, vowels below, tones and ์."""
_WIDEST_CELL = 0.9
"""Half of the widest character cell, in body heights; further out is space between words."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring steps at which the best path has the same symbol; ``stop`` is exclusive."""

    symbol: int
    start: int
    stop: int


def text_of(characters: Sequence[Character]) -> str:
    """The characters' texts, joined."""
    return "".join(character.text for character in characters)


def characters_of(lattice: Lattice, region: LineRegion, calibration: Calibration) -> tuple[Character, ...]:
    """The characters of the best path, without spaces at its ends or two in a row."""
    runs = [run for run in _runs(lattice) if run.symbol]
    runs = _without_idle_spaces(_without_rivals(runs, lattice), lattice.alphabet)
    cells = _cells(runs, lattice)
    half = _WIDEST_CELL * region.body_height
    found = []
    for run, (left, right) in zip(runs, _edges(cells, lattice, half), strict=True):
        peak = run.start + int(np.argmax(lattice.scores[run.start : run.stop, 0]))
        raw = float(np.exp(lattice.scores[peak, 0]))
        x0, x1 = (min(max(x, region.box.x0), region.box.x1) for x in (left, right))
        others = _alternatives(lattice, peak, run.symbol)
        found.append(Character(lattice.alphabet[run.symbol], calibration(raw), x0, x1, others))
    return tuple(found)


def doubt_between(lattice: Lattice) -> float:
    """The probability that the best path left out a character somewhere.

    At each step of a gap, what is neither blank nor the path's symbol before or after the gap may
    be such a character; the worst step of each gap counts.
    """
    runs = _runs(lattice)
    if not runs:
        return 0.0
    lengths = [run.stop - run.start for run in runs]
    path = [0, *(run.symbol for run in runs), 0]
    before, after = np.repeat(path[:-2], lengths)[:, None], np.repeat(path[2:], lengths)[:, None]
    gap = np.repeat(path[1:-1], lengths) == 0
    expected = (lattice.symbols == 0) | (lattice.symbols == before) | (lattice.symbols == after)
    unexpected = np.where(expected, 0.0, np.exp(lattice.scores)).sum(axis=1) * gap
    worst = np.maximum.reduceat(unexpected, [run.start for run in runs])
    return 1.0 - float(np.prod(np.maximum(1.0 - worst, 0.0)))


def _runs(lattice: Lattice) -> list[_Run]:
    if len(lattice.symbols) == 0:
        return []
    path = lattice.symbols[:, 0]
    starts = np.concatenate(([0], np.flatnonzero(np.diff(path)) + 1))
    stops = np.concatenate((starts[1:], [len(path)]))
    return [_Run(int(path[a]), int(a), int(b)) for a, b in zip(starts, stops, strict=True)]


def _without_rivals(runs: list[_Run], lattice: Lattice) -> list[_Run]:
    """Of two marks in a row that never stand on one consonant, such as ี and ื, the surer one."""
    kept: list[_Run] = []
    for run in runs:
        mark = lattice.alphabet[run.symbol]
        if kept and any(mark in rivals and lattice.alphabet[kept[-1].symbol] in rivals for rivals in _RIVALS):
            kept[-1] = max(kept[-1], run, key=lambda rival: _peak(lattice, rival))
        else:
            kept.append(run)
    return kept


def _peak(lattice: Lattice, run: _Run) -> float:
    return float(lattice.scores[run.start : run.stop, 0].max())


def _without_idle_spaces(runs: list[_Run], alphabet: tuple[str, ...]) -> list[_Run]:
    kept: list[_Run] = []
    for run in runs:
        if alphabet[run.symbol] == " " and (not kept or alphabet[kept[-1].symbol] == " "):
            continue
        kept.append(run)
    if kept and alphabet[kept[-1].symbol] == " ":
        kept.pop()
    return kept


def _stands_on_another(character: str) -> bool:
    """Whether it is a Thai mark above or below a consonant (ั ิ ี ึ ื ุ ู ฺ ็ ่ ้ ๊ ๋ ์ ํ)."""
    return character == "ั" or "ิ" <= character <= "ฺ" or "็" <= character <= "๎"


def _cells(runs: Sequence[_Run], lattice: Lattice) -> list[list[_Run]]:
    """Runs grouped by what stands in one column: a consonant with its marks."""
    cells: list[list[_Run]] = []
    for run in runs:
        if cells and _stands_on_another(lattice.alphabet[run.symbol]):
            cells[-1].append(run)
        else:
            cells.append([run])
    return cells


def _edges(cells: list[list[_Run]], lattice: Lattice, half: float) -> list[tuple[float, float]]:
    """Left and right edge of every run's cell on the page: midway between it and its neighbours."""
    firsts = [lattice.x0 + cell[0].start * lattice.step for cell in cells]
    lasts = [lattice.x0 + max(run.stop for run in cell) * lattice.step for cell in cells]
    edges = []
    for index, cell in enumerate(cells):
        centre = (firsts[index] + lasts[index]) / 2
        left = (lasts[index - 1] + firsts[index]) / 2 if index else centre - half
        right = (lasts[index] + firsts[index + 1]) / 2 if index + 1 < len(cells) else centre + half
        edges += [(max(left, centre - half), min(right, centre + half))] * len(cell)
    return edges


def _alternatives(lattice: Lattice, step: int, symbol: int) -> tuple[tuple[str, float], ...]:
    pairs = zip(lattice.symbols[step].tolist(), np.exp(lattice.scores[step]).tolist(), strict=True)
    return tuple(
        (lattice.alphabet[index], round(chance, 6))
        for index, chance in pairs
        if index != symbol and chance >= _LEAST_ALTERNATIVE
    )
