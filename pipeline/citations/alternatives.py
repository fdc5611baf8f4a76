"""Comparing numbers in all their readings: the chosen ones, and others that the recogniser held possible."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.citations.census import Company
from pipeline.citations.columns import Ints, Readings
from pipeline.citations.numbers import Likeness, compare_circular, compare_codes, compare_running, right_bits
from pipeline.citations.pairing import Bits, Flags, Pairs
from pipeline.citations.rarity import USUAL, code_bits, expected, of_ten_years

_NEVER = np.float32(-200)
"""log2 of a probability that counts for nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class NumberEvidence:
    """What the numbers of each pair say: bits by part, and how alike the agency codes are.

    ``alternatives`` are the bits that other readings add to the sum of the chosen ones'. ``cited`` and
    ``held`` are the readings that agree best, ``alike`` says where their agency codes may be one, and
    ``seen`` is log2 of the probability of reading one number for the other, in all readings. ``others``
    and ``others_monthly`` say how many other letters with that agency code the archive holds, and how
    many of them are expected in a month; where the codes differ, those of the commoner one.
    """

    code: Bits
    circular: Bits
    running: Bits
    alternatives: Bits
    code_known: Flags
    cited: Readings
    held: Readings
    alike: Flags
    seen: Bits
    others: Ints
    others_monthly: Bits


def compare_numbers(pairs: Pairs, cited_company: Company, held_company: Company) -> NumberEvidence:
    """The evidence of the numbers, by pair."""
    compare = _Comparison(pairs, cited_company, held_company)
    cited, held = pairs.references.options, pairs.letters.options
    first = compare.readings(np.arange(len(pairs)), cited.start[pairs.reference], held.start[pairs.letter])
    all_readings = _weighed(pairs, compare, first)
    return NumberEvidence(
        first.code,
        first.circular,
        first.running,
        all_readings.total - first.total,
        first.likeness.known,
        cited.readings.taken(all_readings.one),
        held.readings.taken(all_readings.other),
        all_readings.alike,
        all_readings.seen,
        all_readings.others,
        all_readings.others_monthly,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Compared:
    """One reading of each pair's numbers compared with one of the other's."""

    code: Bits
    circular: Bits
    running: Bits
    likeness: Likeness
    seen: Bits
    right: Bits
    others: Ints
    others_monthly: Bits

    @property
    def total(self) -> Bits:
        return self.code + self.circular + self.running

    @property
    def beside_right(self) -> Bits:
        """log2 of the probability of reading one number for the other, beside that of reading it right."""
        return self.seen - self.right + self.circular

    @property
    def alike(self) -> Flags:
        """Where the agency codes may be one."""
        return self.likeness.known & (self.likeness.same | (self.code > 0))


@dataclass(frozen=True, slots=True, eq=False)
class _Weighed:
    """All readings of each pair's numbers: the sum of bits, and which two (by row) agree best."""

    total: Bits
    seen: Bits
    alike: Flags
    others: Ints
    others_monthly: Bits
    one: Ints
    other: Ints


@dataclass(frozen=True, slots=True, eq=False)
class _Comparison:
    pairs: Pairs
    cited_company: Company
    held_company: Company

    def readings(self, rows: Ints, one: Ints, other: Ints) -> _Compared:
        """Reading ``one[i]`` of the number cited in pair ``rows[i]`` with ``other[i]`` of the one held."""
        pairs = self.pairs
        letter = pairs.letter[rows]
        cited = pairs.references.options.readings.taken(one)
        held = pairs.letters.options.readings.taken(other)
        script = pairs.references.script[pairs.reference[rows]]
        running, seen = compare_running(cited, held, script)
        likeness = compare_codes(cited, pairs.references.texts, held, pairs.letters.texts, script)
        counted = pairs.letters.number.code[letter] == cited.code
        same_year, same_month = self._same_date(rows)
        company = self.cited_company
        others_cited = of_ten_years(
            _others(company.of_code[one], counted), _others(company.of_code_year[one], counted & same_year)
        )
        of_month = _others(company.of_code_month[one], counted & same_month)
        of_cited = expected(others_cited, of_month, company.size)
        company = self.held_company
        others = of_ten_years(company.of_code[letter], _others(company.of_code_year[letter], True))
        of_held = expected(others, _others(company.of_code_month[letter], True), company.size)
        # The census says nothing of an undated letter's own office
        usual = np.where(likeness.same, of_cited, np.float32(USUAL))
        of_held = np.where(others < 0, usual, of_held)
        code = code_bits(likeness, of_cited, of_held, pairs.together[rows])
        return _Compared(
            code,
            compare_circular(cited, held),
            running,
            likeness,
            seen,
            right_bits(cited),
            np.maximum(others, others_cited),
            np.maximum(of_held, of_cited),
        )

    def _same_date(self, rows: Ints) -> tuple[Flags, Flags]:
        """(the same year, the same month of it)."""
        references, letters = self.pairs.references, self.pairs.letters
        r, h = self.pairs.reference[rows], self.pairs.letter[rows]
        same: Flags = references.year[r] == letters.year[h]
        return same, same & (references.month[r] == letters.month[h])


def _others(count: Ints, counted: Flags | bool) -> Ints:
    """``count`` without the letter at hand, where that one is ``counted``: it is no company of its own."""
    return np.where(count > 0, count - counted, count)


def _weighed(pairs: Pairs, compare: _Comparison, first: _Compared) -> _Weighed:
    """All readings of both numbers, weighed by their probabilities.

    Readings beside the first count where they agree in the running number or the agency code: the others
    agree in neither, so that they add nothing.
    """
    cited, held = pairs.references.options, pairs.letters.options
    weighed = _Weighed(
        first.total.copy(),
        first.beside_right,
        first.alike,
        first.others,
        first.others_monthly,
        cited.start[pairs.reference],
        held.start[pairs.letter],
    )
    rows = np.flatnonzero((cited.count[pairs.reference] > 1) | (held.count[pairs.letter] > 1))
    if not len(rows):
        return weighed
    which, one, other = _combinations(
        cited.start[pairs.reference[rows]], cited.count[pairs.reference[rows]],
        held.start[pairs.letter[rows]], held.count[pairs.letter[rows]],
    )  # fmt: skip
    running, code = cited.readings.running[one], cited.readings.code[one]
    kept = cited.is_first[one] & held.is_first[other]
    kept |= (running == held.readings.running[other]) & (running >= 0)
    kept |= (code == held.readings.code[other]) & (code != 0)
    which, one, other = which[kept], one[kept], other[kept]
    share = np.log2(cited.probability[one] * held.probability[other]).astype(np.float32)
    compared = compare.readings(rows[which], one, other)
    total, seen = compared.total + share, compared.beside_right + share
    starts = np.searchsorted(which, np.arange(len(rows)))
    top = np.flatnonzero(total == np.maximum.reduceat(total, starts)[which])
    best = np.empty(len(rows), np.int64)
    best[which[top]] = top
    weighed.total[rows] = np.logaddexp2.reduceat(total, starts)
    # Of the readings under which both may be of one register: of the others it says nothing
    alike = np.where(compared.alike, np.float32(0), _NEVER)
    weighed.seen[rows] = np.logaddexp2.reduceat(seen + alike, starts) - np.logaddexp2.reduceat(
        share + alike, starts
    )
    weighed.alike[rows] = compared.alike[best]
    weighed.others[rows], weighed.others_monthly[rows] = compared.others[best], compared.others_monthly[best]
    weighed.one[rows], weighed.other[rows] = one[best], other[best]
    return weighed


def _combinations(
    one_start: Ints, one_count: Ints, other_start: Ints, other_count: Ints
) -> tuple[Ints, Ints, Ints]:
    """(pair, option of the one, option of the other): every option of one with each of the other."""
    count = one_count * other_count
    which = np.repeat(np.arange(len(count)), count)
    within = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    return (
        which,
        one_start[which] + within // other_count[which],
        other_start[which] + within % other_count[which],
    )
