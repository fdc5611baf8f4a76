"""References to verdicts, portion by portion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from pipeline.citations.building import letter_columns, reference_columns
from pipeline.citations.census import Census
from pipeline.citations.scoring import Scorer
from pipeline.citations.verdicts import Candidate, verdict
from pipeline.model import ArchivedLetter, ArchivedReference, Resolution

_PORTION = 20_000
"""References compared at a time: enough for whole-array arithmetic, few enough to stay small."""


def resolve(
    letters: Sequence[ArchivedLetter], references: Iterable[ArchivedReference], census: Census | None = None
) -> Iterator[Resolution]:
    """A verdict on each reference, in the order of ``references``, of which one portion is held at a time.

    A verdict depends on the letters that share a blocking key with the reference, on how many there are
    of their offices, and on whether the archive has doubled; not on the order of letters, nor on the
    other references. ``census`` counts the whole archive where ``letters`` are only the neighbourhood of
    the references (see :mod:`pipeline.citations.neighbourhood`).
    """
    columns = letter_columns(letters)
    scorer = Scorer(columns, census or Census.of(columns))
    remaining = iter(references)
    while portion := tuple(islice(remaining, _PORTION)):
        yield from _resolve_portion(scorer, letters, portion)


def _resolve_portion(
    scorer: Scorer, letters: Sequence[ArchivedLetter], references: Sequence[ArchivedReference]
) -> Iterator[Resolution]:
    scores = scorer.score(reference_columns(references))
    rows, odds = scores.pairs.letter.tolist(), scores.total.tolist()
    ends = np.searchsorted(scores.pairs.reference, np.arange(len(references)), "right").tolist()
    start = 0
    for reference, end in zip(references, ends, strict=True):
        candidates = [Candidate(letters[rows[pair]], odds[pair], pair) for pair in range(start, end)]
        start = end
        yield verdict(reference, candidates, scores.bits_of)
