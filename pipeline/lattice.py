"""Reading a recogniser's lattice: freely, under a grammar, or to weigh given texts.

A lattice holds, for each step of a line, the likeliest symbols with the natural logarithm of their
probability; symbol 0 is the blank of connectionist temporal classification (Graves et al., 2006):
a text is any path with repeats merged and blanks dropped. Decoding under a grammar is prefix beam
search (Hannun et al., 2014) in which a prefix lives only while it can still become a match. What a
grammar rules out because the page is damaged, :func:`weigh` still reads: it asks which of the words that
must stand there the lattice is least unlike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
_SLIP = 1e-3
"""Probability that a damaged character shows as any given other one, or as none."""
_NOISE = 0.02
"""Probability of a step before or after the words that are looked for, whatever it shows."""


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
