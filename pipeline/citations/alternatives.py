"""What other readings of a number add: those that the recogniser held possible beside the one it chose."""

from __future__ import annotations

import numpy as np

from pipeline.citations.columns import Ints
from pipeline.citations.numbers import compare_circular, compare_codes, compare_running
from pipeline.citations.pairing import Bits, Pairs


def alternative_bits(pairs: Pairs, first: Bits) -> Bits:
    """Bits beyond ``first``, those of the readings that were chosen, when all readings are weighed.

    The likelihood is averaged over the readings of both numbers. Those beside the first count where
    they agree in the running number, which chance seldom brings about.
    """
    cited, held = pairs.references.options, pairs.letters.options
    several = (cited.count[pairs.reference] > 1) | (held.count[pairs.letter] > 1)
    rows = np.flatnonzero(several)
    which, one, other = _combinations(
        cited.start[pairs.reference[rows]], cited.count[pairs.reference[rows]],
        held.start[pairs.letter[rows]], held.count[pairs.letter[rows]],
    )  # fmt: skip
    chosen = cited.is_first[one] & held.is_first[other]
    running = cited.readings.running[one]
    kept = chosen | ((running == held.readings.running[other]) & (running >= 0))
    which, one, other, chosen = which[kept], one[kept], other[kept], chosen[kept]
    weight = np.where(chosen, first[rows[which]], _number_bits(pairs, rows[which], one, other))
    weight += np.log2(cited.probability[one] * held.probability[other])
    added = np.zeros(len(pairs), np.float32)
    if len(rows):
        starts = np.searchsorted(which, np.arange(len(rows)))
        added[rows] = np.logaddexp2.reduceat(weight, starts) - first[rows]
    return added


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


def _number_bits(pairs: Pairs, rows: Ints, one: Ints, other: Ints) -> Bits:
    cited, held = pairs.references.options.readings.taken(one), pairs.letters.options.readings.taken(other)
    script = pairs.references.script[pairs.reference[rows]]
    running, _ = compare_running(cited, held, script)
    together = pairs.together[rows]
    codes = compare_codes(cited, pairs.references.texts, held, pairs.letters.texts, script, together)
    return running + codes + compare_circular(cited, held)
