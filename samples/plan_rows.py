"""The rows of a plan table before they are drawn: text broken into lines, heights, spans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from samples.content import ColumnKind, PlanColumn, PlanContent, PlanRow
from samples.faces import Face
from samples.setting import wrap
from samples.writing import digits, write_money

PAD = 3.2

_CENTRED = {ColumnKind.ITEM_NO, ColumnKind.DIMENSION, ColumnKind.NOTE}
_SUMMED = {ColumnKind.BUDGET, ColumnKind.YEARS, ColumnKind.QUARTERS}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single column of the grid: a quarter or a year has one of its own. ``place`` counts
    within its column."""

    column: PlanColumn
    place: int
    index: int
    x0: float
    x1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0


@dataclass(frozen=True, slots=True)
class CellPlan:
    """A cell before it is drawn. ``group`` is that of a cell which runs over several rows."""

    column: int
    column_span: int
    lines: tuple[str, ...]
    align: str = "left"
    tick: bool | None = None
    bold: bool = False
    row_span: int = 1
    group: int | None = None


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A row before it is drawn; ``height`` in points."""

    cells: tuple[CellPlan, ...]
    height: float
    shaded: bool = False


class RowPlanner:
    """Plans the rows of one table between ``left`` and ``right``, in points."""

    def __init__(self, plan: PlanContent, left: float, right: float) -> None:
        self.plan = plan
        self.face = Face(plan.typeface.family, plan.typeface.body_height)
        self.bold = Face(plan.typeface.family, plan.typeface.body_height, bold=True)
        self.leading = plan.typeface.leading
        self.leaves = self._leaves(left, right)
        self._group_lines: dict[int, tuple[str, ...]] = {}

    def _leaves(self, left: float, right: float) -> list[Leaf]:
        total = sum(column.width for column in self.plan.columns)
        leaves: list[Leaf] = []
        x = left
        for column in self.plan.columns:
            parts = len(self._parts(column)) or 1
            share = column.width / total * (right - left) / parts
            for place in range(parts):
                leaves.append(Leaf(column, place, len(leaves), x, x + share))
                x += share
        return leaves

    def _parts(self, column: PlanColumn) -> tuple[str, ...]:
        """What the columns of a group are called."""
        thai = self.plan.style.thai_digits
        if column.kind is ColumnKind.QUARTERS:
            return tuple(digits(str(quarter), thai) for quarter in range(1, 5))
        if column.kind is ColumnKind.YEARS:
            return tuple(digits(f"ปี {year}", thai) for year in self.plan.years)
        return ()

    def _broken(self, text: str, width: float, face: Face) -> tuple[str, ...]:
        room = width - 2 * PAD - 1
        return tuple(wrap(digits(text, self.plan.style.thai_digits), face, room, room))

    def height(self, lines: int) -> float:
        """The height of a row of so many lines."""
        return lines * self.leading + 2 * PAD

    # ------------------------------------------------------------------ header

    def header(self) -> list[RowPlan]:
        """One row, or two where a column is divided."""
        two = any(self._parts(column) for column in self.plan.columns)
        upper: list[CellPlan] = []
        lower: list[CellPlan] = []
        for column in self.plan.columns:
            leaves = [leaf for leaf in self.leaves if leaf.column is column]
            above, below = self._header_cells(column, leaves, two)
            upper += above
            lower += below
        tallest = max(len(cell.lines) for cell in upper if cell.row_span == 1)
        spanning = max((len(cell.lines) for cell in upper if cell.row_span == 2), default=0)
        lowest = max([1, spanning - tallest, *(len(cell.lines) for cell in lower)])
        shaded = self.plan.style.header_shaded
        rows = [RowPlan(tuple(upper), self.height(tallest), shaded)]
        return [*rows, RowPlan(tuple(lower), self.height(lowest), shaded)] if two else rows

    def _header_cells(
        self, column: PlanColumn, leaves: list[Leaf], two: bool
    ) -> tuple[list[CellPlan], list[CellPlan]]:
        parts = self._parts(column)
        first, width = leaves[0].index, leaves[-1].x1 - leaves[0].x0
        if not parts:
            lines = self._broken(column.header, width, self.bold)
            return [CellPlan(first, 1, lines, "centre", None, True, 2 if two else 1)], []
        named = [CellPlan(first + i, 1, (part,), "centre", None, True) for i, part in enumerate(parts)]
        if column.kind is ColumnKind.YEARS and self.plan.style.header_under_years:
            each = [
                replace(cell, lines=self._broken(column.header, leaves[0].width, self.bold)) for cell in named
            ]
            return named, each
        lines = self._broken(column.header, width, self.bold)
        return [CellPlan(first, len(parts), lines, "centre", None, True)], named

    # ------------------------------------------------------------------ body

    def body(self) -> list[RowPlan]:
        """A row for each of the plan's, and the totals where it has them."""
        rows = [self._row(row) for row in self.plan.rows]
        if self.plan.style.merged_dimensions:
            rows = self._with_room_for_groups(rows)
        return [*rows, self._totals()] if self.plan.totals else rows

    def _row(self, row: PlanRow) -> RowPlan:
        cells = tuple(self._cell(row, leaf) for leaf in self.leaves)
        return RowPlan(cells, self.height(max(1, *(len(cell.lines) for cell in cells))))

    def _cell(self, row: PlanRow, leaf: Leaf) -> CellPlan:
        kind = leaf.column.kind
        if kind is ColumnKind.QUARTERS:
            return CellPlan(leaf.index, 1, (), "centre", row.quarters[leaf.place])
        if kind is ColumnKind.DIMENSION and self.plan.style.merged_dimensions:
            text = f"{row.dimension}. {self.plan.dimension_names[row.dimension - 1]}"
            self._group_lines[row.dimension] = self._broken(text, leaf.width, self.face)
            return CellPlan(leaf.index, 1, (), group=row.dimension)
        text = self._text(row, kind, leaf.place)
        align = "centre" if kind in _CENTRED or text == "-" else "right" if kind in _SUMMED else "left"
        return CellPlan(leaf.index, 1, self._broken(text, leaf.width, self.face), align)

    def _text(self, row: PlanRow, kind: ColumnKind, place: int) -> str:
        money = self.plan.style.money
        texts: dict[ColumnKind, Callable[[], str]] = {
            ColumnKind.ITEM_NO: lambda: str(row.item_no),
            ColumnKind.TITLE: lambda: row.title,
            ColumnKind.DIMENSION: lambda: str(row.dimension),
            ColumnKind.BUDGET: lambda: write_money(row.budget, money, thai=False),
            ColumnKind.YEARS: lambda: _or_dash(row.year_budgets[place], money),
            ColumnKind.PLACE: lambda: row.place,
            ColumnKind.RESPONSIBLE: lambda: row.responsible,
            ColumnKind.NOTE: lambda: row.note,
        }
        return texts[kind]()

    def _totals(self) -> RowPlan:
        """รวมทั้งสิ้น over the first columns, then the sum or count of each column that has one."""
        lead = next(leaf.index for leaf in self.leaves if leaf.column.kind in _SUMMED)
        cells = [CellPlan(0, lead, (self.plan.totals_word,), "centre", None, True)]
        for leaf in self.leaves[lead:]:
            text = self._total(leaf)
            align = "centre" if leaf.column.kind is ColumnKind.QUARTERS else "right"
            cells.append(CellPlan(leaf.index, 1, (text,) if text else (), align, None, True))
        return RowPlan(tuple(cells), self.height(1))

    def _total(self, leaf: Leaf) -> str:
        style = self.plan.style
        match leaf.column.kind:
            case ColumnKind.BUDGET:
                return write_money(self.plan.total_budget, style.money, style.thai_digits)
            case ColumnKind.QUARTERS:
                return digits(str(self.plan.quarter_counts[leaf.place]), style.thai_digits)
            case ColumnKind.YEARS:
                amount = sum(row.year_budgets[leaf.place] or 0.0 for row in self.plan.rows)
                return write_money(amount, style.money, style.thai_digits)
            case _:
                return ""

    # ------------------------------------------------------------------ pages

    def fill(self, body: list[RowPlan], room: float) -> tuple[list[RowPlan], list[RowPlan]]:
        """As many rows as fit, and the rest; a row may be split where the plan's style allows."""
        held: list[RowPlan] = []
        rest = list(body)
        while rest and rest[0].height <= room:
            held.append(rest.pop(0))
            room -= held[-1].height
        fitting = int((room - 2 * PAD) // self.leading)
        if rest and self.plan.style.split_rows and 1 <= fitting < _tallest(rest[0]):
            upper, lower = self._split(rest[0], fitting)
            return [*held, upper], [lower, *rest[1:]]
        return held, rest

    def _split(self, row: RowPlan, fitting: int) -> tuple[RowPlan, RowPlan]:
        """Ticks stay with the upper part; the lower part of their cells is empty."""
        upper = tuple(replace(cell, lines=cell.lines[:fitting]) for cell in row.cells)
        lower = tuple(
            replace(cell, lines=cell.lines[fitting:], tick=None if cell.tick is None else False)
            for cell in row.cells
        )
        below = RowPlan(lower, self.height(max(1, _tallest(replace(row, cells=lower)))))
        return RowPlan(upper, self.height(fitting)), below

    def _with_room_for_groups(self, rows: list[RowPlan]) -> list[RowPlan]:
        """The last row of each group made high enough for the group's text to fit beside it."""
        groups = [next(cell.group for cell in row.cells if cell.group is not None) for row in rows]
        heights = [row.height for row in rows]
        for group, lines in self._group_lines.items():
            places = [place for place, other in enumerate(groups) if other == group]
            lacking = self.height(len(lines)) - sum(heights[place] for place in places)
            heights[places[-1]] += max(0.0, lacking)
        return [replace(row, height=height) for row, height in zip(rows, heights, strict=True)]

    def merged(self, rows: list[RowPlan]) -> list[RowPlan]:
        """The rows of one page with the cells of a group made one, as much of its text in it as
        fits; what does not goes on the next page."""
        done: list[RowPlan] = []
        for place, row in enumerate(rows):
            cell = next((cell for cell in row.cells if cell.group is not None), None)
            if cell is None or cell.group is None:
                done.append(row)
                continue
            others = tuple(other for other in row.cells if other.group is None)
            if place and any(other.group == cell.group for other in rows[place - 1].cells):
                done.append(replace(row, cells=others))
                continue
            run = _run_of(rows, place, cell.group)
            fitting = int((sum(held.height for held in run) - 2 * PAD + 0.01) // self.leading)
            lines = self._group_lines[cell.group]
            self._group_lines[cell.group] = lines[fitting:]
            whole = replace(cell, lines=lines[:fitting], row_span=len(run))
            done.append(replace(row, cells=(*others, whole)))
        return done


def _run_of(rows: list[RowPlan], first: int, group: int) -> list[RowPlan]:
    """Row ``first`` and those after it that belong to the same group."""
    last = first
    while last < len(rows) and any(cell.group == group for cell in rows[last].cells):
        last += 1
    return rows[first:last]


def _tallest(row: RowPlan) -> int:
    return max(len(cell.lines) for cell in row.cells)


def _or_dash(amount: float | None, money: str) -> str:
    return "-" if amount is None else write_money(amount, money, thai=False)
