"""The arithmetic audit: rows against the table's own totals, and the one change that explains a difference.

A table that prints its totals checks itself. Where a sum disagrees, the other readings of each
cell are tried: if exactly one change of one cell makes the sum agree, the sum is *repaired*
(what was read and what was concluded are both kept, and the cell is marked for review); if
several do, or none, it is *inconsistent* and the suspects are named. Nothing is changed silently.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pipeline.model import AuditStatus
from pipeline.plans.rows import RowReading, Totals
from pipeline.plans.values import Reading

_LEAST_LIKELY = 0.01
"""An alternative less likely than this is no explanation."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One cell that was concluded otherwise than read; ``item`` is None for the totals line."""

    item: int | None
    field: str
    read: str
    concluded: str
    reason: str


@dataclass(frozen=True, slots=True)
class Audit:
    """The verdict, with rows and totals as concluded.

    ``proven`` are (row index, field) of the cells whose column adds up as read.
    """

    status: AuditStatus
    note: str
    rows: tuple[RowReading, ...]
    totals: tuple[Totals, ...]
    repairs: tuple[Repair, ...]
    proven: frozenset[tuple[int, str]]

    @property
    def grand_total(self) -> Totals | None:
        """The line that sums up all items, if the table prints one."""
        whole = [totals for totals in self.totals if totals.first == 0 and totals.end == len(self.rows)]
        return whole[-1] if whole else None


@dataclass(frozen=True, slots=True)
class _Sum:
    """One claim: the cells of ``field`` from row ``first`` on add up to ``total``, of sums line ``line``."""

    field: str
    line: int
    first: int
    cells: tuple[Reading[Any], ...]
    total: Reading[Any]

    @property
    def difference(self) -> Decimal:
        return Decimal(self.total.value) - sum((_worth(cell.value) for cell in self.cells), Decimal(0))

    @property
    def places(self) -> frozenset[tuple[int, str]]:
        return frozenset((self.first + offset, self.field) for offset in range(len(self.cells)))


def audit(rows: Sequence[RowReading], totals: Sequence[Totals]) -> Audit:
    """Check every column of every line of sums, and explain what disagrees.

    Lines are taken in order, so a change that explains a part's sum holds for the whole's.
    """
    current_rows, current_totals = tuple(rows), tuple(totals)
    repairs: list[Repair] = []
    complaints: list[str] = []
    proven: set[tuple[int, str]] = set()
    claimed = False
    for line, field in ((line, field) for line, stated in enumerate(totals) for field in _fields(stated)):
        claim = _claim(current_rows, current_totals[line], line, field)
        if claim is None:
            continue
        claimed = True
        if claim.difference == 0:
            proven |= claim.places
            continue
        explanations = _explanations(claim, proven)
        if len(explanations) == 1:
            place, value = explanations[0]
            repairs.append(_repair(claim, current_rows, place, value))
            current_rows, current_totals = _changed(current_rows, current_totals, claim, place, value)
        else:
            complaints.append(_complaint(claim, current_rows, explanations))
    if not claimed:
        return Audit(AuditStatus.NO_TOTALS, "the table prints no totals", current_rows, (), (), frozenset())
    repaired = {
        (place, repair.field)
        for repair in repairs
        for place, row in enumerate(current_rows)
        if row.item_no.value == repair.item
    }
    status = (
        AuditStatus.INCONSISTENT
        if complaints
        else AuditStatus.REPAIRED
        if repairs
        else AuditStatus.CONSISTENT
    )
    notes = [f"{repair.field}: {repair.reason}" for repair in repairs] + complaints
    return Audit(
        status, "; ".join(notes), current_rows, current_totals, tuple(repairs), frozenset(proven - repaired)
    )


def field_reading(row: RowReading, field: str) -> Reading[Any] | None:
    """The reading of ``budget``, ``q1``…``q4`` or ``year 2562`` in a row."""
    if field == "budget":
        return row.budget
    if field.startswith("q"):
        return dict(row.quarters).get(int(field[1]))
    return dict(row.years).get(int(field.removeprefix("year ")))


def _fields(totals: Totals) -> tuple[str, ...]:
    budget = ("budget",) if totals.budget is not None else ()
    quarters = (f"q{quarter}" for quarter, _ in totals.counts)
    return (*budget, *quarters, *(f"year {year}" for year, _ in totals.years))


def _stated(totals: Totals, field: str) -> Reading[Any] | None:
    if field == "budget":
        return totals.budget
    if field.startswith("q"):
        return dict(totals.counts)[int(field[1])]
    return dict(totals.years)[int(field.removeprefix("year "))]


def _claim(rows: Sequence[RowReading], totals: Totals, line: int, field: str) -> _Sum | None:
    cells = [field_reading(row, field) for row in rows[totals.first : totals.end]]
    stated = _stated(totals, field)
    if stated is None or stated.value is None or not cells or any(cell is None for cell in cells):
        return None
    return _Sum(field, line, totals.first, tuple(cell for cell in cells if cell is not None), stated)


def _worth(value: Decimal | bool | None) -> Decimal:
    return Decimal(0) if value is None else Decimal(value)


def _explanations(claim: _Sum, proven: set[tuple[int, str]]) -> list[tuple[int | None, Any]]:
    """(row index, or None for the total; value) of every single change after which the sum agrees."""
    found: list[tuple[int | None, Any]] = []
    difference = claim.difference
    for place, cell in enumerate(claim.cells, claim.first):
        if (place, claim.field) in proven:
            continue
        for value, probability in cell.alternatives:
            if probability >= _LEAST_LIKELY and _worth(value) - _worth(cell.value) == difference:
                found.append((place, value))
    for value, probability in claim.total.alternatives:
        likely = value is not None and probability >= _LEAST_LIKELY
        if likely and Decimal(value) == Decimal(claim.total.value) - difference:
            found.append((None, value))
    unread = [
        place
        for place, cell in enumerate(claim.cells, claim.first)
        if cell.value is None and cell.confidence == 0.0
    ]
    if not found and len(unread) == 1 and difference > 0:
        found.append((unread[0], difference))
    return found


def _repair(claim: _Sum, rows: Sequence[RowReading], place: int | None, value: Any) -> Repair:
    cell = claim.total if place is None else claim.cells[place - claim.first]
    item = None if place is None else rows[place].item_no.value
    where = "the total" if place is None else f"item {item}"
    reason = (
        f"{where} was read as {_shown(cell.value)} ({cell.raw!r}); only {_shown(value)} makes the rows "
        f"add up to the total"
    )
    return Repair(item, claim.field, _shown(cell.value), _shown(value), reason)


def _complaint(
    claim: _Sum, rows: Sequence[RowReading], explanations: Sequence[tuple[int | None, Any]]
) -> str:
    text = (
        f"{claim.field}: the total says {_shown(claim.total.value)}, the rows differ by {claim.difference:+}"
    )
    if explanations:
        places = ["the total" if p is None else f"item {rows[p].item_no.value}" for p, _ in explanations]
        return f"{text}; several changes would explain it: {', '.join(dict.fromkeys(places))}"
    doubtful = sorted(
        (cell.confidence, place) for place, cell in enumerate(claim.cells) if cell.confidence < 0.9
    )
    suspects = ", ".join(f"item {rows[place].item_no.value}" for _, place in doubtful[:3])
    return f"{text}; least sure of {suspects}" if suspects else text


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "ticked" if value else "not ticked"
    return f"{value:,}"


def _changed(
    rows: tuple[RowReading, ...], totals: tuple[Totals, ...], claim: _Sum, place: int | None, value: Any
) -> tuple[tuple[RowReading, ...], tuple[Totals, ...]]:
    def change(reading: Reading[Any]) -> Reading[Any]:
        known = () if reading.value is None else ((reading.value, reading.confidence),)
        return replace(reading, value=value, confidence=0.8, alternatives=known)

    if place is None:
        changed_line = _with(totals[claim.line], claim.field, change)
        return rows, (*totals[: claim.line], changed_line, *totals[claim.line + 1 :])
    changed_row = _with(rows[place], claim.field, change)
    return (*rows[:place], changed_row, *rows[place + 1 :]), totals


def _with(record: Any, field: str, change: Callable[[Reading[Any]], Reading[Any]]) -> Any:
    """``record`` (a row or the totals) with the reading of ``field`` changed."""
    if field == "budget":
        return replace(record, budget=change(record.budget))
    if field.startswith("q"):
        name, key = ("quarters" if isinstance(record, RowReading) else "counts"), int(field[1])
    else:
        name, key = "years", int(field.removeprefix("year "))
    pairs = tuple((own, change(reading) if own == key else reading) for own, reading in getattr(record, name))
    return replace(record, **{name: pairs})
