"""What people say of values that were read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SubjectKind(StrEnum):
    """What a correction is about: a row of the table of that name."""

    LETTERS = "letters"
    LETTER_REFERENCES = "letter_references"
    STAMPS = "stamps"
    PLANS = "plans"
    PLAN_ITEMS = "plan_items"
    PLAN_BUDGETS = "plan_budgets"
    REVIEW_ISSUES = "review_issues"


class Verdict(StrEnum):
    """What a person found: the value as read is right, another one is, or the page has none.

    Of a review issue, ``confirmed`` says that a person has looked and nothing is left to do.
    """

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a person says of one value of one document.

    ``subject_id`` names the row and ``field`` its column. ``value`` is the right one as the column's text
    (numbers and dates normalised, ticks ``True`` or ``False``); it counts only where ``verdict`` is
    ``corrected``.
    """

    subject_id: str
    field: str
    verdict: Verdict
    value: str | None = None
