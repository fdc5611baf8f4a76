"""Comparing what stands around the number: date, sender, subject, place in the bundle, order in time."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from pipeline.citations.columns import Ints, Mentions
from pipeline.citations.pairing import Bits, Flags, Pairs, chosen
from pipeline.citations.tables import bits
from pipeline.thai import to_arabic

_SIMILAR_NAME = 0.85
"""Names of offices at least this alike (1 less edits by length) are one name misread."""

_SAME_SUBJECT, _SIMILAR_SUBJECT = 90, 70
"""Subjects this alike (0 to 100) are the same, or the same in other words."""

_FIRM_CODE = 5.0
"""From so many bits on, the agency code has said already who the sender is."""


def compare_dates(pairs: Pairs) -> tuple[Bits, Bits]:
    """(bits for the same date, log2 of the probability of misreading the one for the other).

    A date whose day is missing still has its month.
    """
    cited, held, r, h = pairs.references, pairs.letters, pairs.reference, pairs.letter
    known = (cited.year[r] > 0) & (held.year[h] > 0)
    year, month = cited.year[r] == held.year[h], cited.month[r] == held.month[h]
    both_days = (cited.day[r] > 0) & (held.day[h] > 0)
    day = cited.day[r] == held.day[h]
    together = pairs.together
    one_part_off = (year & month) | (day & both_days & (year | month))
    outcomes = [
        (~known, 0.0),
        (year & month & day & both_days, bits("date", "same_day")),
        (year & month & ~both_days & together, bits("date", "same_month_in_bundle")),
        (year & month & ~both_days, bits("date", "same_month")),
        (one_part_off & together, bits("date", "off_in_bundle")),
        (year & month, bits("date", "day_off")),
        (year & day & both_days, bits("date", "month_off")),
        (month & day & both_days, bits("date", "year_off")),
        (year & together, bits("date", "same_year_in_bundle")),
        (year, bits("date", "same_year")),
        (known, bits("date", "different")),
    ]
    fits = ~known | (year & month & (day | ~both_days))
    misread = [
        (fits, 0.0),
        (year & month, bits("register", "day_misread")),
        (one_part_off | (month & day & both_days), bits("register", "date_misread")),
        (known, bits("register", "date_wholly_misread")),
    ]
    return chosen(outcomes, len(pairs)), chosen(misread, len(pairs))


def compare_order(pairs: Pairs) -> Bits:
    """Bits against a letter that is younger than the one that cites it.

    Where the reference gives the same date, it is the citing letter's own date that does not fit, whichever
    letter is meant; where it gives another, that one of the two is misread is said already.
    """
    references, held, r, h = pairs.references, pairs.letters, pairs.reference, pairs.letter
    citing = pairs.citing[r]
    younger = (citing >= 0) & (held.year[h] > 0) & (held.year[citing] > 0) & _is_later(held, h, citing)
    dated = references.year[r] > 0
    same_month = (references.year[r] == held.year[h]) & (references.month[r] == held.month[h])
    missing = (references.day[r] == 0) | (held.day[h] == 0)
    same = dated & same_month & (missing | (references.day[r] == held.day[h]))
    outcomes = [
        (younger & same, 0.0),
        (younger & dated, bits("order", "younger_misread")),
        (younger, bits("order", "younger")),
    ]
    return chosen(outcomes, len(pairs))


def _is_later(letters: Mentions, one: Ints, other: Ints) -> Flags:
    """Whether ``one`` is surely of a later day, or a later month where a day is missing."""
    months = letters.year * 12 + letters.month
    same_month = months[one] == months[other]
    both_days = (letters.day[one] > 0) & (letters.day[other] > 0)
    later_day = letters.day[one] > letters.day[other]
    later: Flags = (months[one] > months[other]) | (same_month & both_days & later_day)
    return later


def compare_places(pairs: Pairs, rank: Ints, citing_rank: Ints) -> Bits:
    """Bits for where the letter lies, seen from the one that cites it.

    ``rank`` counts each letter within its bundle from 0; ``citing_rank`` is, for each reference, the
    rank of the letter that makes it.
    """
    cited, r, h = pairs.references, pairs.reference, pairs.letter
    together = pairs.together
    steps = rank[h] - citing_rank[r]
    outcomes = []
    for relation, applies in (("encloses", cited.encloses[r]), ("names", ~cited.encloses[r])):
        outcomes += [
            (applies & together & (steps == 1), bits("place", f"{relation}_next")),
            (applies & together & (steps > 1), bits("place", f"{relation}_later")),
            (applies & together, bits("place", f"{relation}_earlier")),
            (applies, bits("place", f"{relation}_elsewhere")),
        ]
    return chosen(outcomes, len(pairs))


def compare_senders(pairs: Pairs, code: Bits, letters_agree: Flags) -> tuple[Bits, Flags]:
    """Bits for the same office under its canonical name, and where it is the same.

    It says what the bits for the agency ``code`` have not said already; where it is not known, the agency
    letters say something.
    """
    code_agrees = code >= _FIRM_CODE
    one, other = pairs.references.sender[pairs.reference], pairs.letters.sender[pairs.letter]
    combined, place = np.unique((one << 32) | other, return_inverse=True)
    names = pairs.references.texts, pairs.letters.texts
    likeness = [
        _office_likeness(names[0][pair >> 32], names[1][pair & 0xFFFFFFFF]) for pair in combined.tolist()
    ]
    outcome = np.array(likeness, np.int8)[place] if likeness else np.zeros(0, np.int8)
    outcomes = [
        ((outcome == _NOT_KNOWN) & letters_agree & ~code_agrees, bits("sender", "unknown_beside_letters")),
        ((outcome == _SIMILAR) & code_agrees, bits("sender", "similar_beside_code")),
        (outcome == _SIMILAR, bits("sender", "similar")),
        (outcome == _RELATED, bits("sender", "related")),
        (outcome == _DIFFERENT, bits("sender", "different")),
    ]
    same = np.clip(_FIRM_CODE - code, bits("sender", "same_beside_code"), bits("sender", "same"))
    weight = np.where(outcome == _SAME, same.astype(np.float32), chosen(outcomes, len(pairs)))
    return weight, outcome == _SAME


_NOT_KNOWN, _SAME, _SIMILAR, _RELATED, _DIFFERENT = range(5)


@lru_cache(maxsize=1 << 18)
def _office_likeness(one: str, other: str) -> int:
    if not one or not other:
        return _NOT_KNOWN
    if one == other:
        return _SAME
    one, other = plain(one), plain(other)
    if Levenshtein.normalized_similarity(one, other, score_cutoff=_SIMILAR_NAME) >= _SIMILAR_NAME:
        return _SIMILAR
    return _RELATED if one in other or other in one else _DIFFERENT


def compare_subjects(pairs: Pairs) -> Bits:
    """Bits for the subject: the one that the reference names, else that of the letter that cites."""
    references, letters = pairs.references, pairs.letters
    together = pairs.together
    named = references.subject[pairs.reference]
    citing = pairs.citing[pairs.reference]
    own = np.where(citing >= 0, letters.subject[citing], 0)
    held = letters.subject[pairs.letter]
    encloses = references.encloses[pairs.reference]
    weight = np.zeros(len(pairs), np.float32)
    for index in np.flatnonzero((held > 0) & ((named > 0) | (own > 0))).tolist():
        if named[index]:
            likeness = _subject_likeness(references.texts[named[index]], letters.texts[held[index]])
            weight[index] = _named_bits(likeness)
        elif _subject_likeness(letters.texts[own[index]], letters.texts[held[index]]) >= _SAME_SUBJECT:
            outcome = "passed_on" if encloses[index] else "taken_up"
            weight[index] = bits("subject", outcome + ("_in_bundle" if together[index] else ""))
    return weight


def _named_bits(likeness: float) -> float:
    if likeness >= _SAME_SUBJECT:
        return bits("subject", "named_same")
    return bits("subject", "named_similar" if likeness >= _SIMILAR_SUBJECT else "named_different")


@lru_cache(maxsize=1 << 18)
def _subject_likeness(one: str, other: str) -> float:
    return fuzz.ratio(plain(one), plain(other), score_cutoff=_SIMILAR_SUBJECT)


@lru_cache(maxsize=1 << 17)
def plain(text: str) -> str:
    """``text`` without spaces, in Arabic digits.

    >>> plain("ปี พ.ศ. ๒๕๖๕")
    'ปีพ.ศ.2565'
    """
    return "".join(to_arabic(text).split())


def subjects_agree(one: str | None, other: str | None) -> bool:
    """Whether two subjects may be one, a few characters misread; one that is not known may be any."""
    return not one or not other or one == other or _subject_likeness(one, other) >= _SAME_SUBJECT
