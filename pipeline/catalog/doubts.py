"""When a value is settled, and when a cell of a plan is doubtful.

Where people have settled some of a row's cells, what is left decides whether the row still needs review, by
the thresholds by which the plans stage marked it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.model import MISREAD_TITLE, PROVEN_CELL, SURE_CELL, Rule, Verdict, title_errors

RULES = {
    Verdict.CONFIRMED: Rule.CONFIRMED_BY_PERSON,
    Verdict.CORRECTED: Rule.CORRECTED_BY_PERSON,
    Verdict.ABSENT: Rule.DENIED_BY_PERSON,
}
"""The rules of values that a person settled."""


def is_settled(evidence: Mapping[str, Any]) -> bool:
    """Whether a person confirmed or corrected the value."""
    return evidence["rule"] in RULES.values()


def is_changed(evidence: Mapping[str, Any]) -> bool:
    """Whether a person said of the value that it is another one, or none."""
    return evidence["rule"] in (RULES[Verdict.CORRECTED], RULES[Verdict.ABSENT])


def issue_codes(field: str) -> frozenset[str]:
    """The codes of review issues that are about a field of a letter."""
    return frozenset(f"{field}_{ending}" for ending in ("missing", "doubtful", "disagrees"))


def is_doubtful_cell(field: str, evidence: Mapping[str, Any]) -> bool:
    """Whether a person should look at a plan's cell; ``evidence`` is its row of ``field_evidence``."""
    if is_settled(evidence):
        return False
    if field == "title":
        return title_errors(str(evidence["value"] or ""), float(evidence["confidence"])) > MISREAD_TITLE
    blamed = evidence["rule"] in (Rule.SUM_DISAGREES, Rule.AUDIT_REPAIR)
    return blamed or cell_confidence(evidence) < SURE_CELL


def cell_confidence(evidence: Mapping[str, Any]) -> float:
    """How sure a plan's cell is; one whose column adds up can hardly be wrong."""
    sure = float(evidence["confidence"])
    return max(sure, PROVEN_CELL) if evidence["rule"] == Rule.SUM_AGREES else sure
