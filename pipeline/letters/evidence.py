"""Values with their evidence, and how confidences combine.

The confidence of a value is the probability that it is right. It is the product of two: that the
characters were read right (the recogniser's, :meth:`pipeline.letters.rows.Passage.extent`; it holds
for digits written by hand as it does for print: of 384 hard held-out numbers and dates, 88 were expected
to be misread and 91 were), and that the rule which took them for this field was right (a constant of
the rule, or what the grammar left open). Where two independent sources say the same, the chance that
both are wrong in the same way is small, so agreement raises confidence (:func:`agreed`); a contradiction
lowers it below the threshold of review (:data:`CONTRADICTED`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from math import exp, factorial, log

from pipeline.letters.rows import Extent
from pipeline.model import Evidence, Rule, Step

CONTRADICTED = 0.5
"""Confidence of a value that other evidence in the bundle contradicts."""

LETTERS_WRONG = 0.03
"""A subject or a list of recipients is still right with this share of its letters wrong."""

FAINTEST = 1e-9
"""Keeps the logarithm of a probability finite."""

MIXED = re.compile(
    r"[0-9][๐-๙]|[๐-๙][0-9]|[0-9]\s*[ก-๎.]{3,}\s*(?:พ\.?\s?ศ\.?)?\s*[๐-๙]|[๐-๙]\s*[ก-๎.]{3,}\s*(?:พ\.?\s?ศ\.?)?\s*[0-9]"
)
"""Thai and Arabic digits in one number, or around one month: ``๔๑๔6``, ``9 กรกฎาคม ๒๕๕๔``."""

MIXED_DIGITS = 0.6
"""Confidence of such digits: nobody mixes them, so that one was misread (๑ by hand as 9), but of the day and
the year one may be by hand; of six read so, real and rendered, three were wrong."""


GUESSED_DATE = 0.5
"""How sure the date of a stamp is that took a guess to read: a misread month, a year of two digits."""


def evidence_of(
    field: str,
    value: str | None,
    extent: Extent,
    rule: Rule,
    certainty: float,
    alternatives: tuple[tuple[str, float], ...] = (),
    detail: str = "",
) -> Evidence:
    """Evidence for a value read at ``extent`` by a rule that is right with probability ``certainty``.

    ``detail`` is what the rule speaks of.
    """
    return Evidence(
        field=field,
        value=value,
        raw=extent.raw,
        page=extent.page,
        box=extent.box,
        confidence=round(min(extent.confidence * certainty, digits_limit(extent)), 4),
        steps=(Step(rule, detail),),
        alternatives=alternatives,
    )


def running_text(field: str, text: str, extent: Extent, rule: Rule, certainty: float) -> Evidence:
    """Evidence for running text, in which a letter or two of a hundred may be wrong."""
    read = replace(extent, confidence=legible(extent.confidence, text))
    return evidence_of(field, text, read, rule, certainty)


def legible(confidence: float, text: str) -> float:
    """Probability that at most :data:`LETTERS_WRONG` of the letters of ``text`` are wrong.

    ``confidence`` is the probability that none is. Errors fall on letters independently and seldom, so
    that their number follows Poisson's law; short texts may hold none.

    >>> legible(0.5, "ขอเชิญประชุม")
    0.5
    >>> round(legible(0.5, "การประเมินผลงานพนักงานครูและบุคลากรทางการศึกษาเทศบาลเพื่อเลื่อนวิทยฐานะ"), 2)
    0.97
    """
    expected = -log(max(confidence, FAINTEST))
    allowed = round(LETTERS_WRONG * len(text))
    return sum(expected**wrong * exp(-expected) / factorial(wrong) for wrong in range(allowed + 1))


def digits_limit(extent: Extent) -> float:
    """The most that a reading may be trusted, by the scripts of its digits."""
    return MIXED_DIGITS if MIXED.search(extent.raw) else 1.0


def agreed(evidence: Evidence, rule: Rule) -> Evidence:
    """The same value, confirmed by an independent reading of it elsewhere."""
    confidence = 1 - (1 - evidence.confidence) * 0.2
    return replace(evidence, confidence=round(confidence, 4)).because(rule)


def doubted(evidence: Evidence, witness: float = 1.0) -> Evidence:
    """The same value, less sure, since something read with confidence ``witness`` can't be right beside it.

    One of the two is wrong at least: the surer the witness is beside the value, the likelier it is the value.
    """
    sure = evidence.confidence
    either = sure * (1 - witness) / max(FAINTEST, 1 - sure * witness)
    confidence = round(max(min(sure, CONTRADICTED), either), 4)
    return replace(evidence, confidence=confidence)


def contradicted(evidence: Evidence, rule: Rule, other: str) -> Evidence:
    """The same value, doubted because another place in the bundle says ``other``."""
    less_sure = doubted(evidence).because(rule)
    others = tuple(known for known in evidence.alternatives if known[0] != other)
    return replace(less_sure, alternatives=(*others, (other, round(1 - less_sure.confidence, 4))))
