"""The arithmetic audit: rows against the table's own totals, and the one change that explains a difference.

A table that prints its totals checks itself. Where a sum disagrees, the other readings of each
cell are tried: if exactly one change of one cell makes the sum agree, the sum is *repaired*
(what was read and what was concluded are both kept, and the cell is marked for review); if
several do, or none, it is *inconsistent* and the suspects are named. Nothing is changed silently.
A sum that disagrees without one explanation casts doubt on its cells, most on those read least surely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from pipeline.model import AuditStatus
from pipeline.plans.readings import RowReading, Totals
from pipeline.plans.values import Reading

_LEAST_LIKELY = 0.01
"""An alternative less likely than this is no explanation."""

_ALWAYS_DOUBTED = 0.0005
"""Doubt about a cell that was read with all confidence: a whole word in its place, a misplaced column."""

_BLAME_SHARE = 0.98
"""How much of the blame for a disagreeing sum is laid on cells that people then look at."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One cell that was concluded otherwise than read: that of ``row``, or where it is None of ``line``.

    ``row`` and ``line`` are indices of rows and of lines of sums; the rows add up to that line.
    """

    row: int | None
    line: int
    field: str
    read: str
    concluded: str
    reason: str


@dataclass(frozen=True, slots=True)
class Audit:
    """The verdict, with rows and totals as concluded.

    ``proven`` are (row index, field) of the cells whose column adds up as read; ``blamed`` those of the
    cells among which the error of a column that does not add up is to be sought. ``unread`` are the fields
    of which a sum is printed that could not be read, so that their cells were not checked against it.
    """

    status: AuditStatus
    note: str
    rows: tuple[RowReading, ...]
    totals: tuple[Totals, ...]
    repairs: tuple[Repair, ...]
    proven: frozenset[tuple[int, str]]
    blamed: frozenset[tuple[int, str]]
    unread: tuple[str, ...]

    @property
    def grand_total(self) -> Totals | None:
        """The line that sums up all items, if the table prints one."""
        whole = [totals for totals in self.totals if totals.first == 0 and totals.end == len(self.rows)]
        return whole[-1] if whole else None

    def agrees(self, totals: Totals, field: str) -> bool:
        """Whether the rows, as concluded, add up to what a line of sums says of ``field``."""
        claim = _claim(self.rows, totals, 0, field)
        return claim is not None and claim.difference == 0


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


@dataclass(slots=True)
class _Findings:
    """What is found from sum to sum; a change that explains one holds for those after it."""

    rows: tuple[RowReading, ...]
    totals: tuple[Totals, ...]
    repairs: list[Repair] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    proven: set[tuple[int, str]] = field(default_factory=set)
    blamed: set[tuple[int, str]] = field(default_factory=set)

    def check(self, claim: _Sum) -> None:
        if claim.difference == 0:
            self.proven |= claim.places
            return
        explanations = _explanations(claim, self.proven)
        if len(explanations) == 1:
            place, value = explanations[0]
            self.repairs.append(_repair(claim, self.rows, place, value))
            self.rows, self.totals = _changed(self.rows, self.totals, claim, place, value)
        else:
            self.complaints.append(_complaint(claim, self.rows, explanations))
            self.blamed |= _blamed(claim, self.proven)

    @property
    def status(self) -> AuditStatus:
        if self.complaints:
            return AuditStatus.INCONSISTENT
        return AuditStatus.REPAIRED if self.repairs else AuditStatus.CONSISTENT


def audit(rows: Sequence[RowReading], totals: Sequence[Totals]) -> Audit:
    """Check every column of every line of sums, and explain what disagrees.

    Lines are taken in order, so a change that explains a part's sum holds for the whole's.
    """
    found = _Findings(tuple(rows), tuple(totals))
    unread = _unread(totals)
    claimed = False
    for line, name in ((line, name) for line, stated in enumerate(totals) for name in stated.values):
        claim = _claim(found.rows, found.totals[line], line, name)
        if claim is not None:
            claimed = True
            found.check(claim)
    if not claimed:
        note = "no total of the table could be read" if unread else "the table prints no totals"
        return Audit(AuditStatus.NO_TOTALS, note, found.rows, (), (), frozenset(), frozenset(), unread)
    notes = [f"{repair.field}: {repair.reason}" for repair in found.repairs] + found.complaints
    notes += [f"{name}: its total could not be read" for name in unread]
    repaired = {(repair.row, repair.field) for repair in found.repairs}
    return Audit(
        found.status,
        "; ".join(notes),
        found.rows,
        found.totals,
        tuple(found.repairs),
        frozenset(found.proven - repaired),
        frozenset(found.blamed - found.proven),
        unread,
    )


def _unread(totals: Sequence[Totals]) -> tuple[str, ...]:
    """The fields of which a line of sums holds something that could not be read as a number."""
    return tuple(
        dict.fromkeys(
            field
            for stated in totals
            for field, total in stated.values.items()
            if total.value is None and total.confidence == 0.0
        )
    )


def _claim(rows: Sequence[RowReading], totals: Totals, line: int, field: str) -> _Sum | None:
    cells = tuple(row.values[field] for row in rows[totals.first : totals.end])
    stated = totals.values[field]
    return None if stated.value is None or not cells else _Sum(field, line, totals.first, cells, stated)


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


def _blamed(claim: _Sum, proven: set[tuple[int, str]]) -> set[tuple[int, str]]:
    """The cells that most likely hold the error, which may be the total's own.

    One of them is wrong, so what each is blamed for is its share of all doubt.
    """
    doubts = {
        (place, claim.field): max(1 - cell.confidence, _ALWAYS_DOUBTED)
        for place, cell in enumerate(claim.cells, claim.first)
        if (place, claim.field) not in proven
    }
    total = max(1 - claim.total.confidence, _ALWAYS_DOUBTED)
    unblamed = (1 - _BLAME_SHARE) * (sum(doubts.values()) + total)
    for place, doubt in sorted(doubts.items(), key=lambda pair: pair[1]):
        unblamed -= doubt
        if unblamed < 0:
            break
        del doubts[place]
    return set(doubts)


def _repair(claim: _Sum, rows: Sequence[RowReading], place: int | None, value: Any) -> Repair:
    cell = claim.total if place is None else claim.cells[place - claim.first]
    where = "the total" if place is None else f"item {rows[place].item_no.value}"
    reason = (
        f"{where} was read as {_shown(cell.value)} ({cell.raw!r}); only {_shown(value)} makes the rows "
        f"add up to the total"
    )
    return Repair(place, claim.line, claim.field, _shown(cell.value), _shown(value), reason)


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
        line = totals[claim.line]
        changed_line = replace(line, values={**line.values, claim.field: change(line.values[claim.field])})
        return rows, (*totals[: claim.line], changed_line, *totals[claim.line + 1 :])
    row = rows[place]
    changed_row = replace(row, values={**row.values, claim.field: change(row.values[claim.field])})
    return (*rows[:place], changed_row, *rows[place + 1 :]), totals
