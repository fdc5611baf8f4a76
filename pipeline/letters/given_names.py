"""Given names that are known (PyThaiNLP's lists), to settle one that a signature or dirt had misread.

Most of those who sign bear one of some twelve thousand given names. Surnames were made to be unlike each
other, so that no list of them helps.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pythainlp.corpus import thai_female_names, thai_male_names
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from pipeline import lattice
from pipeline.letters.decoding import cut_lattice
from pipeline.letters.rows import Row, span_confidence

ALIKE = 0.5
"""A known name at least so like what was read may be what is written."""

RIVALS = 60
"""So many known names, the most alike, are weighed against each other."""

SURE = 0.95
"""A name that was read so surely stands, known or not."""

LOST = 2
"""At most so many letters were lost or are too many: what is longer holds a rank as well, or a surname."""

LIKELY = 0.8
"""A known name must be so likely among them to be concluded."""

SHORTEST = 3
"""Shorter names are too like each other."""

KNOWN = 0.93
"""How sure a name is at most that was read unsurely and is a known one: of 23 read so, 22 were right."""


@dataclass(frozen=True, slots=True)
class GivenName:
    """A known name, and how likely it is the one that is written."""

    name: str
    confidence: float


@cache
def given_names() -> frozenset[str]:
    """Given names of men and women."""
    names = thai_male_names() | thai_female_names()
    return frozenset(name for name in names if len(name) >= SHORTEST)


def nearest_given_name(row: Row, start: int, end: int) -> GivenName | None:
    """The one known name that ``row.text[start:end]`` may be, or just is; None without a lattice."""
    read = row.text[start:end]
    steps = cut_lattice(row, start, end)
    if steps is None or len(read) < SHORTEST or span_confidence(row, start, end) > SURE:
        return None
    near = process.extract(
        read, given_names(), scorer=Levenshtein.normalized_similarity, limit=RIVALS, score_cutoff=ALIKE
    )
    names = [name for name, *_ in near if abs(len(name) - len(read)) <= LOST]
    if not names:
        return None
    (chances,) = lattice.weigh(steps, [names])
    likely, name = max(zip(chances, names, strict=True))
    titled = name != read and read.endswith(name)  # what is left of นางสาว stands before it
    return GivenName(name, min(likely, KNOWN)) if likely >= LIKELY and not titled else None
