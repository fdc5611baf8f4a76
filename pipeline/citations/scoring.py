"""All evidence on each pair added up: the log-odds that a letter is the one that a reference means.

The sum is that of Fellegi and Sunter ("A Theory for Record Linkage", 1969): evidence weighs
log2(P(seen | same letter) / P(seen | another letter)), and what is not known weighs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.citations.alternatives import compare_numbers
from pipeline.citations.blocking import BlockIndex
from pipeline.citations.census import Census, Company
from pipeline.citations.circumstances import (
    compare_dates,
    compare_order,
    compare_places,
    compare_senders,
    compare_subjects,
)
from pipeline.citations.columns import Ints, Mentions, Readings
from pipeline.citations.pairing import Bits, Flags, Pairs
from pipeline.citations.register import neighbour_bits, sender_crowd_bits, undated_bits
from pipeline.citations.tables import bits

_HOPELESS = -14.0
"""Pairs whose log-odds without their subjects are lower can't be the ones meant."""


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """``bits`` by evidence for each pair, and their sum with the prior: ``total``, log2 of the odds."""

    pairs: Pairs
    bits: dict[str, Bits]
    total: Bits

    def bits_of(self, pair: int) -> dict[str, float]:
        """The bits of one pair, by evidence."""
        return {name: weights.item(pair) for name, weights in self.bits.items()}


class Scorer:
    """Compares references with the letters of an archive, or with those of it that may matter."""

    def __init__(self, letters: Mentions, census: Census) -> None:
        self.letters, self.census = letters, census
        self._blocks = BlockIndex(letters, census.crowded)
        self._by_document = np.argsort(letters.document, kind="stable")
        self._sorted_documents = letters.document[self._by_document]
        self._by_place = np.lexsort((letters.ordinal, letters.bundle))
        self._sorted_bundles = letters.bundle[self._by_place]
        self._rank = self._ranks()
        self._company = Company.of_letters(letters, census)

    def score(self, references: Mentions) -> Scores:
        """The pairs worth a look, with their evidence, by row of reference and then of letter."""
        reference, letter = self._blocks.pairs(references)
        pairs = Pairs(references, self.letters, reference, letter, self._rows_of(references))
        pairs = pairs.where(self.letters.document[letter] != references.document[reference])
        found = self._cheap_evidence(pairs)
        total = _total(found, len(pairs))
        kept = total >= _HOPELESS
        pairs, found = pairs.where(kept), {name: weight[kept] for name, weight in found.items()}
        found["subject"] = compare_subjects(pairs)
        return Scores(pairs, found, _total(found, len(pairs)))

    def _cheap_evidence(self, pairs: Pairs) -> dict[str, Bits]:
        found = {"place": compare_places(pairs, self._rank, self._citing_ranks(pairs.references))}
        found["date"], date_seen = compare_dates(pairs)
        found["order"] = compare_order(pairs)
        company = Company.of_references(pairs.references, self.census)
        numbers = compare_numbers(pairs, company, self._company)
        found["code"], found["circular"] = numbers.code, numbers.circular
        found["running"], found["alternatives"] = numbers.running, numbers.alternatives
        cited, held = pairs.references.number.taken(pairs.reference), self.letters.number.taken(pairs.letter)
        found["sender"], same_sender = compare_senders(
            pairs, found["code"], _same_letters(pairs, cited, held)
        )
        found["crowd"] = sender_crowd_bits(pairs, self._company, same_sender, numbers.code_known)
        identified = _only(found, _IDENTIFYING) + np.float32(bits("prior", "any"))
        found["register"] = neighbour_bits(pairs, numbers, numbers.seen + date_seen, identified)
        identified += found["register"]
        found["register"] += undated_bits(pairs, numbers, identified)
        return found

    def _rows_of(self, references: Mentions) -> Ints:
        """The row of the letter that makes each reference, -1 where it is not held."""
        if not len(self.letters):
            return np.full(len(references), -1, np.int64)
        place = np.searchsorted(self._sorted_documents, references.document)
        row = self._by_document[np.minimum(place, len(self.letters) - 1)]
        return np.where(self.letters.document[row] == references.document, row, -1)

    def _ranks(self) -> Ints:
        """Each letter's place among the letters of its bundle, from 0."""
        first = np.searchsorted(self._sorted_bundles, self._sorted_bundles, "left")
        ranks = np.empty(len(self.letters), np.int64)
        ranks[self._by_place] = np.arange(len(self.letters)) - first
        return ranks

    def _citing_ranks(self, references: Mentions) -> Ints:
        row = self._rows_of(references)
        # From a document that is no letter, all letters of its bundle count as later ones
        return np.where(row >= 0, self._rank[row] if len(self._rank) else -2, -2)


_IDENTIFYING = ("date", "code", "circular", "running", "alternatives", "sender", "crowd")


def _same_letters(pairs: Pairs, cited: Readings, held: Readings) -> Flags:
    one, other = pairs.references.text_prints[cited.letters], pairs.letters.text_prints[held.letters]
    same: Flags = (one == other) & (one != 0)
    return same


def _only(found: dict[str, Bits], names: tuple[str, ...]) -> Bits:
    total: Bits = np.sum([found[name] for name in names], axis=0, dtype=np.float32)
    return total


def _total(found: dict[str, Bits], size: int) -> Bits:
    total = np.full(size, bits("prior", "any"), np.float32)
    for weight in found.values():
        total += weight
    return total
