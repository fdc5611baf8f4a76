"""Where the values of a plan stand on its pages, and by which rule each was concluded.

All names of evidence begin with the ``name`` of the plan in its document: ``plan[0].items[3].budget``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.model import Box, Evidence, Rule, Step
from pipeline.plans.audit import Audit, Repair
from pipeline.plans.columns import BUDGET
from pipeline.plans.periods import is_quarter
from pipeline.plans.readings import RowReading
from pipeline.plans.surroundings import Found, Surroundings
from pipeline.plans.values import Reading


def name_of_total(field: str) -> str:
    """Where a plan keeps the total of a field: ``total_budget``, ``q1_count``."""
    return f"{field}_count" if is_quarter(field) else f"total_{field}"


def head_evidence(around: Surroundings, name: str) -> Iterator[Evidence]:
    """Of what is said around the table."""
    for field in ("title", "organisation", "fiscal_year_be", "as_of_date", "reporter"):
        found: Found[Any] | None = getattr(around, field)
        if found is not None:
            in_title = around.title is not None and found.line is around.title.line
            yield Evidence(
                f"{name}.{field}",
                str(found.value),
                found.raw,
                found.page,
                found.line.box,
                found.line.confidence,
                (Step(Rule.PLAN_TITLE if in_title else Rule.LINE_BY_TABLE),),
            )


def total_evidence(verdict: Audit, name: str) -> Iterator[Evidence]:
    """Of the totals of the whole table, those that a plan keeps."""
    totals = verdict.grand_total
    if totals is None:
        return
    line = verdict.totals.index(totals)
    repaired = {r.field: r for r in verdict.repairs if r.row is None and r.line == line}
    for field, reading in totals.values.items():
        if field == BUDGET or is_quarter(field):
            by_place = Rule.SUM_AGREES if verdict.agrees(totals, field) else Rule.LINE_OF_SUMS
            step = _step(repaired.get(field), by_place)
            yield _value_evidence(f"{name}.{name_of_total(field)}", totals.page, reading.box, reading, step)


def row_evidence(place: int, row: RowReading, verdict: Audit, name: str) -> list[Evidence]:
    """Of the values of the row at ``place``, and why each is what it is."""
    repaired = {repair.field: repair for repair in verdict.repairs if repair.row == place}
    own = f"{name}.items[{row.item_no.value}]"
    by_header = Step(Rule.COLUMN_BY_HEADER)
    title = Evidence(
        f"{own}.title", row.title, row.title, row.page, row.box, row.title_confidence, (by_header,)
    )
    cells: list[tuple[str, Reading[Any], Step]] = [("item_no", row.item_no, Step(Rule.ITEM_NUMBER))]
    if row.dimension is not None:
        cells.append(("dimension", row.dimension, by_header))
    for field, reading in row.values.items():
        cells.append((field, reading, _step(repaired.get(field), _summed(verdict, place, field))))
    values = (
        _value_evidence(f"{own}.{field}", row.page, reading.box or row.box, reading, step)
        for field, reading, step in cells
    )
    return [title, *values]


def _summed(verdict: Audit, place: int, field: str) -> Rule:
    """What the sums say of a cell that stands in the column of its header."""
    if (place, field) in verdict.blamed:
        return Rule.SUM_DISAGREES
    return Rule.SUM_AGREES if (place, field) in verdict.proven else Rule.COLUMN_BY_HEADER


def _step(repair: Repair | None, rule: Rule) -> Step:
    return Step(Rule.AUDIT_REPAIR, repair.reason) if repair else Step(rule)


def _value_evidence(field: str, page: int, box: Box | None, reading: Reading[object], step: Step) -> Evidence:
    return Evidence(
        field=field,
        value=None if reading.value is None else str(reading.value),
        raw=reading.raw,
        page=page,
        box=box,
        confidence=round(reading.confidence, 4),
        steps=(step,),
        alternatives=tuple((str(value), round(p, 4)) for value, p in reading.alternatives),
    )
