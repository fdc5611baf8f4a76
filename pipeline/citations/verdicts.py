"""From scored candidates to a verdict, with its evidence written out for people to read."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.citations.building import readings_of
from pipeline.citations.circumstances import plain, subjects_agree
from pipeline.model import ArchivedLetter, ArchivedReference, ReferenceStatus, Resolution

CLEAR_WINNER = 0.74
"""A link is made when the letter is the one meant with at least this probability."""

WORTH_NAMING = 0.2
"""Candidates with less probability are not worth a person's look."""

_SHOWN = 5


class Candidate(NamedTuple):
    """A held letter that a reference may mean: log2 of the odds, and the ``pair`` that was compared."""

    letter: ArchivedLetter
    odds: float
    pair: int


def verdict(
    reference: ArchivedReference,
    candidates: Sequence[Candidate],
    bits_of: Callable[[int], Mapping[str, float]],
) -> Resolution:
    """What ``reference`` means, given every candidate worth comparing.

    ``bits_of`` says which bits make up the odds of a pair.
    """
    if reference.target_kind != "letter":
        return Resolution(
            reference.reference_id, ReferenceStatus.NOT_HELD, None, 0.0, {"names": reference.target_kind}
        )
    groups = _without_copies(reference, candidates)
    if not groups:
        return Resolution(reference.reference_id, ReferenceStatus.NOT_HELD, None, 0.0, {"candidates": []})
    probabilities = _probabilities([group[0].odds for group in groups])
    best, probability = groups[0][0], probabilities[0]
    evidence = _evidence(reference, groups, probabilities, bits_of(best.pair))
    score = round(probability, 4)
    if probability >= CLEAR_WINNER:
        status = (
            ReferenceStatus.RESOLVED if same_identity(reference, best.letter) else ReferenceStatus.PROBABLE
        )
        return Resolution(reference.reference_id, status, best.letter.document_id, score, evidence)
    status = ReferenceStatus.AMBIGUOUS if probability >= WORTH_NAMING else ReferenceStatus.NOT_HELD
    return Resolution(reference.reference_id, status, None, score, evidence)


def _probabilities(odds: Sequence[float]) -> list[float]:
    """The probability of each candidate, against the others and against that none is the one meant."""
    top = max(0.0, *odds)
    shares = [2.0 ** (value - top) for value in odds]
    total = math.fsum([2.0**-top, *shares])
    return [share / total for share in shares]


def same_identity(reference: ArchivedReference, letter: ArchivedLetter) -> bool:
    """Whether agency code, circular or not, running number and year are known and agree."""
    if reference.running_number is None or not (reference.agency_code and reference.date):
        return False
    return (
        plain(reference.agency_code) == plain(letter.agency_code or "")
        and reference.is_circular == letter.is_circular
        and reference.running_number == letter.running_number
        and reference.date[:4] == (letter.date or "")[:4]
    )


def _without_copies(reference: ArchivedReference, candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Candidates, best first, the copies of one letter in a group led by the copy to point at.

    A letter scanned twice is no second candidate. The copy in the citing letter's bundle leads, then
    the one with better evidence, then the one whose id comes first.
    """
    ranked = sorted(candidates, key=lambda candidate: (-candidate.odds, candidate.letter.document_id))
    groups: list[list[Candidate]] = []
    for candidate in ranked:
        for group in groups:
            if are_copies(group[0].letter, candidate.letter):
                group.append(candidate)
                break
        else:
            groups.append([candidate])
    if len(groups) == len(ranked):
        return groups
    for group in groups:
        group.sort(key=lambda candidate: candidate.letter.place[0] != reference.place[0])
    return sorted(groups, key=lambda group: (-group[0].odds, group[0].letter.document_id))


def are_copies(one: ArchivedLetter, other: ArchivedLetter) -> bool:
    """Whether two documents are scans of one letter: date and subject are the same, and the number is.

    Where both subjects are known, the number may be the same in any of its readings.
    """
    if one.date is None or one.date != other.date or not subjects_agree(one.subject, other.subject):
        return False
    if one.running_number is not None and _parts(one) == _parts(other):
        return True
    return bool(one.subject and other.subject and not _readings(one).isdisjoint(_readings(other)))


def _parts(letter: ArchivedLetter) -> tuple[str, bool | None, int | None]:
    return plain(letter.agency_code or ""), letter.is_circular, letter.running_number


def _readings(letter: ArchivedLetter) -> frozenset[str]:
    return _plain_readings(letter.number, letter.number_alternatives)


@lru_cache(maxsize=1 << 14)
def _plain_readings(number: str | None, alternatives: tuple[tuple[str, float], ...]) -> frozenset[str]:
    return frozenset(plain(reading) for reading, _ in readings_of(number, alternatives))


def _evidence(
    reference: ArchivedReference,
    groups: Sequence[Sequence[Candidate]],
    probabilities: Sequence[float],
    bits: Mapping[str, float],
) -> dict[str, Any]:
    best = groups[0][0]
    evidence: dict[str, Any] = {
        "agrees": [name for name, weight in bits.items() if weight > 0],
        "differs": [name for name, weight in bits.items() if weight < 0],
        "bits": {name: round(weight, 1) for name, weight in bits.items() if weight},
        "log2_odds": round(best.odds, 1),
        "cited": _described(reference),
        "held": _described(best.letter),
    }
    if len(groups[0]) > 1:
        evidence["copies"] = [copy.letter.document_id for copy in groups[0][1:]]
    if len(groups) > 1:
        evidence["runner_up"] = groups[1][0].letter.document_id
        evidence["margin_bits"] = round(best.odds - groups[1][0].odds, 1)
    if probabilities[0] < CLEAR_WINNER:
        named = zip(groups[:_SHOWN], probabilities, strict=False)
        evidence["candidates"] = [
            {"document_id": group[0].letter.document_id, "probability": round(p, 4)} for group, p in named
        ]
    return evidence


def _described(mention: ArchivedReference | ArchivedLetter) -> str:
    return " ".join(part for part in (mention.number, mention.date) if part)
