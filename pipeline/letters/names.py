"""Names of offices that are known, to settle a letterhead that was read with a slip or two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from pipeline import lattice
from pipeline.letters.rows import Passage, span_box
from pipeline.model import Evidence, Rule
from pipeline.thai import departments, office_names, province_names, squeeze

NEAR = 0.8
"""A reading at least so like a known name may be that name."""

AHEAD = 0.06
"""The nearest name must be nearer than the next one by this much: กรมทางหลวง is no กรมทางหลวงชนบท."""

DOUBTFUL = 0.9
"""Only readings less sure than this are settled: what was read well stands as it is printed."""

POSSIBLE = -7.0
"""Natural logarithm of how much less likely than its best reading the lattice may find a known name:
about 1 in 1000, which is how seldom an office one letter away from a known one writes."""

CUT_OFF = 0.55
"""How sure a known name is of which only a beginning or an end was read; more would pass without review."""

SETTLED = 0.9
"""How sure a settled name is: the reading was doubtful, the name is one of few that are so like it."""


@cache
def known_names() -> dict[str, str]:
    """Squeezed name → name, of agencies, departments and provincial offices."""
    names = list(office_names())
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
    nearest = nearest_of(text, known_names())
    return nearest.name if nearest else None


@dataclass(frozen=True, slots=True)
class Nearest:
    """The name nearest to a reading, and how like it (0 to 1)."""

    name: str
    likeness: float


def nearest_of(text: str, names: Mapping[str, str], ahead: float = AHEAD) -> Nearest | None:
    """The one of ``names``, by themselves squeezed, that ``text`` is a slip away from, or None.

    It is nearer than the next one by ``ahead``.
    """
    best = process.extract(squeeze(text), list(names), scorer=Levenshtein.normalized_similarity, limit=2)
    if not best or best[0][1] < NEAR or best[0][1] - best[1][1] < ahead:
        return None
    return Nearest(names[best[0][0]], best[0][1])


def settled(evidence: Evidence | None, passage: Passage) -> Evidence | None:
    """The reading of a name in ``passage``, settled to the known name nearest to it; the raw text stays.

    Where the recogniser's lattice is at hand, it must hold the known name to be possible; else only a
    doubtful reading is settled.
    """
    name = nearest_name(evidence.value) if evidence and evidence.value else None
    if evidence is None or evidence.value is None or name is None:
        return evidence
    if _without_dots(name) == _without_dots(evidence.value):
        confidence = max(evidence.confidence, SETTLED)
        printed = squeeze(name) == squeeze(evidence.value) and len(passage.rows) == 1
        value = evidence.value if printed else name  # no space stands where a name ran on into its next line
        return replace(evidence, value=value, confidence=confidence).because(Rule.OFFICE_KNOWN)
    if not _possible(passage, evidence, name):
        return _completed(evidence, name)
    alternatives = ((evidence.value, round(evidence.confidence, 4)),)
    nearest = replace(evidence, value=name, confidence=SETTLED, alternatives=alternatives)
    return nearest.because(Rule.OFFICE_NEAREST, evidence.value)


def _completed(evidence: Evidence, name: str) -> Evidence:
    """The known name whose beginning or end was read, where a seal or a stamp cut off the rest."""
    read, whole = squeeze(evidence.value or ""), squeeze(name)
    if len(read) >= len(whole) or not (whole.startswith(read) or whole.endswith(read)):
        return evidence
    completed = replace(evidence, value=name, confidence=min(evidence.confidence, CUT_OFF))
    return completed.because(Rule.OFFICE_COMPLETED)


def _without_dots(name: str) -> str:
    """What tells names apart where a dot may have been lost: ``สำนักงาน ก.พ`` is สำนักงาน ก.พ."""
    return squeeze(name).replace(".", "")


def _possible(passage: Passage, evidence: Evidence, name: str) -> bool:
    """Whether the page may say ``name``: by the lattice if there is one, else as the reading is unsure."""
    place = passage.place(0, len(passage.text))
    if place is None or place[0].line.lattice is None:
        return evidence.confidence < DOUBTFUL
    row, start, end = place
    box = span_box(row, start, end)
    cut = lattice.between(place[0].line.lattice, box.x0, box.x1)
    read = row.text[start:end]
    return lattice.score(cut, name) - lattice.score(cut, read) > POSSIBLE
