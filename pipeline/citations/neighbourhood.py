"""Resolving again what changed letters can affect, and nothing else.

The verdict on a reference depends on the letters that share a blocking key with it, and on how many
letters the archive holds of their offices and months (:mod:`pipeline.citations.census`). An archive that
keeps the keys of its letters and references in indexed tables need not load all that it holds when a
letter comes, goes or is corrected, and still comes to the verdicts of a full resolution.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Protocol, TypeVar

import numpy as np

from pipeline.citations.blocking import (
    BLOCK_LIMIT,
    BUNDLE,
    CITED,
    OFFICE,
    Keys,
    blocking_keys,
    cited_counting_keys,
    counted_keys,
)
from pipeline.citations.building import letter_columns, reference_columns
from pipeline.citations.census import Census, size_class, steps
from pipeline.citations.resolve import resolve
from pipeline.citations.tables import tables_fingerprint
from pipeline.model import ArchivedLetter, ArchivedReference, Resolution

_PORTION = 100_000
"""Mentions whose keys are made at a time."""


class KeyedArchive(Protocol):
    """An archive that keeps the keys of its letters and references (:func:`letter_keys`, …)."""

    def size(self) -> int:
        """The number of letters held."""

    def counts(self, keys: Collection[int]) -> Mapping[int, int]:
        """How many letters have each of ``keys``; those that none has may be left out."""

    def documents_sharing(self, keys: Collection[int]) -> set[str]:
        """The letters that have one of ``keys``."""

    def references_sharing(self, keys: Collection[int]) -> set[str]:
        """The references that have one of ``keys``."""

    def references_of(self, document_ids: Collection[str]) -> set[str]:
        """The references that these documents make."""

    def letters(self, document_ids: Collection[str]) -> Sequence[ArchivedLetter]:
        """Those of the documents that are letters."""

    def references(self, reference_ids: Collection[str]) -> Sequence[ArchivedReference]:
        """The references of these ids that are held."""


def basis(letters: int) -> str:
    """What verdicts rest on beside the letters, of which an archive has so many; all change with it."""
    return f"{tables_fingerprint():x} {size_class(letters)}"


def letter_keys(letters: Iterable[ArchivedLetter]) -> Iterator[tuple[str, int]]:
    """(document id, key) for each key of each letter; keys are signed 64-bit integers, always the same."""
    for portion in _portions(letters):
        columns = letter_columns(portion)
        for row, key in _pairs(blocking_keys(columns), counted_keys(columns)):
            yield portion[row].document_id, key


def reference_keys(references: Iterable[ArchivedReference]) -> Iterator[tuple[str, int]]:
    """(reference id, key) for each key of each reference that names a letter; see :func:`letter_keys`."""
    for portion in _portions(reference for reference in references if reference.target_kind == "letter"):
        columns = reference_columns(portion)
        for row, key in _pairs(blocking_keys(columns), cited_counting_keys(columns)):
            yield portion[row].reference_id, key


def resolve_again(
    archive: KeyedArchive, came: Collection[str], gone: Mapping[int, int]
) -> Iterator[Resolution]:
    """New verdicts on all references that documents which ``came`` may affect, and keys of letters ``gone``.

    ``archive`` has the documents that came already, and those that are gone no more; ``gone`` says how many
    letters lost each key. A corrected letter is one that went and came.
    """
    gained = Counter(key for _, key in letter_keys(archive.letters(came)))
    changed = gained.keys() | gone.keys()
    after = archive.counts(changed)
    before = {key: after.get(key, 0) - gained[key] + gone.get(key, 0) for key in changed}
    affecting = {key for key in changed if _matters(key, before[key], after.get(key, 0))}
    # What the census says of a letter bears on every reference that is compared with that letter
    recounted = archive.documents_sharing({key for key in affecting if _kind(key) == OFFICE})
    affecting |= _followed(archive, (key for _, key in letter_keys(archive.letters(recounted))))
    touched = archive.references_of(came) | archive.references_sharing(affecting)
    yield from _resolved(archive, archive.references(touched))


def _resolved(archive: KeyedArchive, references: Sequence[ArchivedReference]) -> Iterator[Resolution]:
    """Verdicts on ``references``, held against their neighbourhood."""
    cited = {key for _, key in reference_keys(references)}
    near = archive.documents_sharing(_followed(archive, cited))
    letters = archive.letters(near | {reference.document_id for reference in references})
    counted = cited | {key for _, key in letter_keys(letters)}
    return resolve(letters, references, Census.known(archive.counts(counted), archive.size()))


def _followed(archive: KeyedArchive, keys: Iterable[int]) -> set[int]:
    """Those of the keys whose letters are compared; a bundle's always, since it ranks its letters."""
    blocking = {key for key in keys if not _counts_only(key)}
    counts = archive.counts(blocking)
    return {key for key in blocking if _kind(key) == BUNDLE or counts.get(key, 0) <= BLOCK_LIMIT}


def _matters(key: int, before: int, after: int) -> bool:
    """Whether a verdict may depend on the letters of a key, which were ``before`` and are ``after``."""
    if _counts_only(key):
        one, other = steps(np.array([before, after])).tolist()
        return bool(one != other)
    return _kind(key) == BUNDLE or min(before, after) <= BLOCK_LIMIT


def _counts_only(key: int) -> bool:
    return _kind(key) in (OFFICE, CITED)


def _kind(key: int) -> int:
    return key & 3  # as blocking.kind_of, of a signed number


def _pairs(*parts: Keys) -> Iterator[tuple[int, int]]:
    """Each (row, key) once, in the order of keys, in which tables take them best."""
    row = np.concatenate([part.row for part in parts])
    key = np.concatenate([part.key for part in parts]).view(np.int64)
    order = np.lexsort((row, key))
    row, key = row[order], key[order]
    new = np.ones(len(row), np.bool_)
    new[1:] = (row[1:] != row[:-1]) | (key[1:] != key[:-1])
    return zip(row[new].tolist(), key[new].tolist(), strict=True)


_T = TypeVar("_T")


def _portions(mentions: Iterable[_T]) -> Iterator[tuple[_T, ...]]:
    remaining = iter(mentions)
    while portion := tuple(islice(remaining, _PORTION)):
        yield portion
