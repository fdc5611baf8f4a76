"""Plan tables, audited."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.geometry import Box

TICK_FIELDS = ("q1", "q2", "q3", "q4")
"""The fields of a plan's row that hold ticks: the quarters (ไตรมาส) of the fiscal year."""

AMOUNT_FIELDS = ("budget", "amount", "total_budget")
"""The fields of a plan, its rows and their years that hold baht."""

SURE_CELL = 0.95
"""Below this probability a budget, tick or number is marked for a person to look at."""

PROVEN_CELL = 0.995
"""Confidence of a cell whose column adds up to the table's own total: two errors that cancel are rare."""

MISREAD_TITLE = 0.03
"""A title with more than this share of its letters expected wrong is marked for a person to look at."""


def title_errors(title: str, confidence: float) -> float:
    """The share of a title's letters that is expected to be wrong (errors as a Poisson process).

    ``confidence`` is the probability that every letter is right.
    """
    return -math.log(max(confidence, _SMALLEST)) / max(len(title), 1)


_SMALLEST = 1e-9


class AuditStatus(StrEnum):
    """What the arithmetic audit of a plan table found."""

    CONSISTENT = "consistent"
    REPAIRED = "repaired"
    INCONSISTENT = "inconsistent"
    NO_TOTALS = "no_totals"


@dataclass(frozen=True, slots=True)
class YearBudget:
    """A budget for one fiscal year (Buddhist era), where a plan has a column for each year."""

    fiscal_year_be: int
    amount: float | None


@dataclass(frozen=True, slots=True)
class PlanItem:
    """A row of a plan. ``budget`` in baht; quarters are ticks, None where there is no column.

    ``item_no`` is None where the page prints none that could be read, and the order of rows tells none.
    """

    item_no: int | None
    title: str
    kind: str
    page: int
    dimension: int | None = None
    budget: float | None = None
    budget_raw: str | None = None
    q1: bool | None = None
    q2: bool | None = None
    q3: bool | None = None
    q4: bool | None = None
    note: str | None = None
    box: Box | None = None
    confidence: float = 1.0
    needs_review: bool = False
    year_budgets: tuple[YearBudget, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedSum:
    """A sum that the table prints: of ``field`` (``budget``, ``q1``, ``year 2565``) in a run of its rows.

    Rows are counted from 1, the last one included. ``repaired`` says that ``total`` was concluded otherwise
    than read.
    """

    field: str
    first_row: int
    last_row: int
    total: float
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan table, its pages stitched; the totals are those that the table prints."""

    title: str | None
    organisation: str | None
    items: tuple[PlanItem, ...]
    audit_status: AuditStatus
    audit_note: str = ""
    fiscal_year_be: int | None = None
    as_of_date: str | None = None
    reporter: str | None = None
    legend: tuple[tuple[str, str], ...] = ()
    total_budget: float | None = None
    q1_count: int | None = None
    q2_count: int | None = None
    q3_count: int | None = None
    q4_count: int | None = None
    sums: tuple[PrintedSum, ...] = ()
