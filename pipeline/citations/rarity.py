"""How rare the letters of an office are: what the same agency code says, in a given archive."""

from __future__ import annotations

import numpy as np

from pipeline.citations.columns import Ints
from pipeline.citations.numbers import Likeness
from pipeline.citations.pairing import Bits, Flags
from pipeline.citations.tables import bits

_YEARS = 10
"""Years over which the letters of one office are spread."""

_STEADINESS, _STEADINESS_UNSEEN = 2.0, 0.5
"""How far the letters of one month are told by those of the year: the shape of a gamma distribution; and how
far by what is usual, where the archive is too small to say."""

UNSEEN = 0.3
"""Letters of an office that may be held in a year though none is known."""

_TELLING = 100
"""Letters from which an archive on says itself how common an office is."""

USUAL = 0.15 * 30
"""Letters a month of one agency code for which the weight of the table is right."""

_MOST = 6.0
"""Bits that the number of such letters adds or takes at most."""


def of_ten_years(of_code: Ints, of_code_year: Ints) -> Ints:
    """Letters with one agency code in ten years, of which that many are held in one; all, where it is -1."""
    return np.where(of_code_year < 0, of_code, _YEARS * of_code_year)


def expected(of_code: Ints, of_code_month: Ints, size: int) -> Bits:
    """Letters with one agency code, ``of_code`` in ten years, expected in a month with ``of_code_month``.

    The estimate lies between that count and the mean of all months (gamma-Poisson): one month says
    little, and one that is not known (-1) nothing. An archive whose ``size`` is small says little of either.
    """
    known = size / (size + _TELLING)
    steadiness = _STEADINESS_UNSEEN + (_STEADINESS - _STEADINESS_UNSEEN) * known
    mean = (of_code / _YEARS + UNSEEN) / 12 + USUAL * (1 - known)
    in_month = (of_code_month + steadiness) / (1 + steadiness / mean)
    monthly: Bits = np.where(of_code_month < 0, mean, in_month).astype(np.float32)
    return monthly


def rarity(monthly: Bits) -> Bits:
    """Bits for the same agency code, where ``monthly`` other letters with it are expected in that month."""
    usual = np.log2(np.float32(USUAL) / monthly)
    weight: Bits = np.clip(usual, -_MOST, _MOST).astype(np.float32)
    return weight + np.float32(bits("code", "same"))


def code_bits(likeness: Likeness, cited: Bits, held: Bits, together: Flags) -> Bits:
    """Bits for the same agency code, by the letters expected of the code cited and of the code held.

    A code that few letters bear is a misread one rather than that of another letter; but it may be
    misread from that of any office of the agency. ``together`` says which pairs are of one bundle, where
    the same code is soon met.
    """
    near = np.minimum(likeness.misread + rarity(cited), rarity(held) + np.float32(bits("code", "near")))
    weight = np.where(likeness.same, rarity(cited), np.maximum(near, likeness.least))
    common = np.float32(bits("code", "same_in_bundle") - bits("code", "same"))
    weight = np.where(together, np.minimum(weight, rarity(held) + common), weight)
    return np.where(likeness.known, weight, np.float32(0))
