"""Keys to keep beside letters and references, so that one more letter costs a look at its neighbourhood.

The verdict on a reference depends on the letters that share a key with it and on no others. So an
archive that keeps these keys in an indexed table need not load all it holds when a letter comes, goes
or is corrected: the references that share a key with the letter are the ones whose verdicts may change
(and those that it makes itself), and the letters that share a key with any of these references are all
that :func:`pipeline.citations.resolve` has to be given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.citations.blocking import blocking_keys, counting_keys
from pipeline.citations.building import letter_columns, reference_columns
from pipeline.citations.columns import Mentions
from pipeline.model import ArchivedLetter, ArchivedReference


def letter_keys(letters: Sequence[ArchivedLetter]) -> Iterator[tuple[str, int]]:
    """(document id, key) for each key of each letter; keys are signed 64-bit integers, always the same."""
    for row, key in _keys(letter_columns(letters)):
        yield letters[row].document_id, key


def reference_keys(references: Sequence[ArchivedReference]) -> Iterator[tuple[str, int]]:
    """(reference id, key) for each key of each reference that names a letter; see :func:`letter_keys`."""
    named = [reference for reference in references if reference.target_kind == "letter"]
    for row, key in _keys(reference_columns(named)):
        yield named[row].reference_id, key


def _keys(mentions: Mentions) -> Iterator[tuple[int, int]]:
    parts = blocking_keys(mentions), counting_keys(mentions)
    row = np.concatenate([part.row for part in parts])
    key = np.concatenate([part.key for part in parts]).view(np.int64)
    pairs = np.unique(np.stack([row, key], axis=1), axis=0) if len(row) else np.zeros((0, 2), np.int64)
    return ((one, other) for one, other in pairs.tolist())
