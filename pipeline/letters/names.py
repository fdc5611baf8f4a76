"""Names of offices that are known, to settle a letterhead that was read with a slip or two."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from pipeline.model import Evidence
from pipeline.thai import agencies, departments, province_names, squeeze

NEAR = 0.8
"""A reading at least so like a known name may be that name."""

AHEAD = 0.06
"""The nearest name must be nearer than the next one by this much: กรมทางหลวง is no กรมทางหลวงชนบท."""

DOUBTFUL = 0.9
"""Only readings less sure than this are settled: what was read well stands as it is printed."""

SETTLED = 0.9
"""How sure a settled name is: the reading was doubtful, the name is one of few that are so like it."""


@cache
def known_names() -> dict[str, str]:
    """Squeezed name → name, of agencies, departments and provincial offices."""
    names = [name for agency in agencies() for name in (agency.name, *agency.aliases)]
    names += [name for department in departments() for name in (department.name, *department.aliases)]
    names += [f"ศาลากลางจังหวัด{province}" for province in province_names()]
    names += [f"ผู้ว่าราชการจังหวัด{province}" for province in province_names()]
    names += [f"อธิบดี{department.name}" for department in departments() if department.name.startswith("กรม")]
    names += ["ผู้ว่าราชการจังหวัด ทุกจังหวัด", "นายอำเภอ ทุกอำเภอ"]
    return {squeeze(name): name for name in names}


def nearest_name(text: str) -> str | None:
    """The one known name that ``text`` is a slip away from, or None.

    >>> nearest_name("กรมส่งเสริมกรปกครองท้องถิน")
    'กรมส่งเสริมการปกครองท้องถิ่น'
    >>> nearest_name("กองช่างสิบหมู่") is None
    True
    """
    best = process.extract(
        squeeze(text), list(known_names()), scorer=Levenshtein.normalized_similarity, limit=2
    )
    if not best or best[0][1] < NEAR or best[0][1] - best[1][1] < AHEAD:
        return None
    return known_names()[best[0][0]]


def settled(evidence: Evidence | None) -> Evidence | None:
    """A doubtful reading of a name, settled to the known name nearest to it; the raw text stays."""
    if evidence is None or evidence.value is None or evidence.confidence >= DOUBTFUL:
        return evidence
    name = nearest_name(evidence.value)
    if name is None:
        return evidence
    if squeeze(name) == squeeze(evidence.value):
        return replace(evidence, confidence=SETTLED, rule=f"{evidence.rule}; a known office")
    rule = f"{evidence.rule}; the known office nearest to {evidence.value}"
    alternatives = ((evidence.value, round(evidence.confidence, 4)),)
    return replace(evidence, value=name, confidence=SETTLED, rule=rule, alternatives=alternatives)
