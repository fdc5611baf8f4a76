"""Plan tables on paper: ruled, with two-level headers, over as many pages as they need."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline.model import Box
from samples.content import ColumnKind, PlanColumn, PlanContent, PlanRow, Writing
from samples.faces import Face, text_width
from samples.geometry import TableCell, TableTruth, TextLine
from samples.inscribe import set_line, write_line
from samples.letters import PAGE
from samples.marks import draw_empty, draw_tick
from samples.setting import centred, wrap
from samples.sheet import Colour, Piece, Sheet
from samples.writing import digits, write_date, write_money

_SIDE_MARGIN = 42.0
_TOP = 56.0
_FOOT_MARGIN = 52.0
_PAD = 3.2
_SHADE: Colour = (222, 222, 230)
_ARABIC = Writing(thai_digits=False)

_CENTRED = {ColumnKind.ITEM_NO, ColumnKind.DIMENSION, ColumnKind.NOTE}


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A single column of the grid: a quarter or a year has one of its own."""

    column: PlanColumn
    header: str
    index: int
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class _CellPlan:
    """A cell before it is drawn: its text broken into lines, or its tick."""

    column: int
    column_span: int
    lines: tuple[str, ...]
    align: str = "left"
    tick: bool | None = None
    bold: bool = False
    row_span: int = 1


@dataclass(frozen=True, slots=True)
class _RowPlan:
    """A row before it is drawn; ``height`` in points."""

    cells: tuple[_CellPlan, ...]
    height: float
    shaded: bool = False


class PlanSetter:
    """Sets one plan table."""

    def __init__(self, plan: PlanContent, dpi: int, seed: int) -> None:
        self.plan = plan
        self.dpi = dpi
        self.chance = random.Random(seed)
        type_ = plan.typeface
        self.face = Face(type_.family, type_.body_height)
        self.bold = Face(type_.family, type_.body_height, bold=True)
        self.title_face = Face(type_.family, type_.body_height * 1.18, bold=True)
        self.leading = type_.leading
        self.page = (PAGE[1], PAGE[0]) if plan.style.landscape else PAGE
        self.leaves = self._leaves()

    def pages(self) -> list[Sheet]:
        """The pages of the table."""
        header, body = self._header_rows(), [self._body_row(row) for row in self.plan.rows]
        if self.plan.totals:
            body.append(self._totals_row())
        sheets: list[Sheet] = []
        cut = False
        while body or not sheets:
            sheet = Sheet(*self.page, self.dpi)
            y = self._title(sheet) if not sheets or self.plan.style.title_repeated else _TOP
            shown = header if not sheets or self.plan.style.header_repeated else []
            room = self.page[1] - _FOOT_MARGIN - y - sum(row.height for row in shown)
            held, body, split = self._fill(body, room)
            y = self._draw_table(sheet, [*shown, *held], y, bool(sheets), cut, bool(body))
            cut = split
            sheets.append(sheet)
        self._after(sheets, y)
        return sheets

    # ------------------------------------------------------------------ planning

    def _leaves(self) -> list[_Leaf]:
        total = sum(column.width for column in self.plan.columns)
        width = self.page[0] - 2 * _SIDE_MARGIN
        leaves: list[_Leaf] = []
        x = _SIDE_MARGIN
        for column in self.plan.columns:
            headers = self._sub_headers(column) or (column.header,)
            share = column.width / total * width / len(headers)
            for header in headers:
                leaves.append(_Leaf(column, header, len(leaves), x, x + share))
                x += share
        return leaves

    def _sub_headers(self, column: PlanColumn) -> tuple[str, ...]:
        thai = self.plan.style.thai_digits
        if column.kind is ColumnKind.QUARTERS:
            return tuple(digits(str(quarter), thai) for quarter in range(1, 5))
        if column.kind is ColumnKind.YEARS:
            return tuple(digits(f"ปี {year}", thai) for year in self.plan.years)
        return ()

    def _broken(self, text: str, width: float, face: Face) -> tuple[str, ...]:
        room = width - 2 * _PAD - 1
        return tuple(wrap(digits(text, self.plan.style.thai_digits), face, room, room))

    def _header_rows(self) -> list[_RowPlan]:
        """One row, or two where a column is divided."""
        two = any(self._sub_headers(column) for column in self.plan.columns)
        upper: list[_CellPlan] = []
        lower: list[_CellPlan] = []
        at = 0
        for column in self.plan.columns:
            parts = self._sub_headers(column)
            span = max(1, len(parts))
            width = self.leaves[at + span - 1].x1 - self.leaves[at].x0
            lines = self._broken(column.header, width, self.bold)
            upper.append(_CellPlan(at, span, lines, "centre", None, True, 2 if two and not parts else 1))
            lower += [_CellPlan(at + i, 1, (part,), "centre", None, True) for i, part in enumerate(parts)]
            at += span
        tallest = max(len(cell.lines) for cell in upper if cell.row_span == 1 or not two)
        spanning = max((len(cell.lines) for cell in upper if cell.row_span == 2), default=0)
        lower_height = self._height(max(1, spanning - tallest)) if two else 0.0
        shaded = self.plan.style.header_shaded
        rows = [_RowPlan(tuple(upper), self._height(tallest), shaded)]
        return [*rows, _RowPlan(tuple(lower), lower_height, shaded)] if two else rows

    def _height(self, lines: int) -> float:
        return lines * self.leading + 2 * _PAD

    def _body_row(self, row: PlanRow) -> _RowPlan:
        cells = tuple(self._body_cell(row, leaf) for leaf in self.leaves)
        return _RowPlan(cells, self._height(max(1, *(len(cell.lines) for cell in cells))))

    def _body_cell(self, row: PlanRow, leaf: _Leaf) -> _CellPlan:
        kind = leaf.column.kind
        place = sum(1 for other in self.leaves[: leaf.index] if other.column is leaf.column)
        if kind is ColumnKind.QUARTERS:
            return _CellPlan(leaf.index, 1, (), "centre", row.quarters[place])
        text = self._text(row, kind, place)
        align = (
            "right"
            if kind in (ColumnKind.BUDGET, ColumnKind.YEARS) and text != "-"
            else "centre"
            if kind in _CENTRED or text == "-"
            else "left"
        )
        return _CellPlan(leaf.index, 1, self._broken(text, leaf.x1 - leaf.x0, self.face), align)

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

    def _totals_row(self) -> _RowPlan:
        """รวมทั้งสิ้น over the first columns, then the sum or count of each column that has one."""
        summed = {ColumnKind.BUDGET, ColumnKind.YEARS, ColumnKind.QUARTERS}
        lead = next(leaf.index for leaf in self.leaves if leaf.column.kind in summed)
        cells = [_CellPlan(0, lead, (self.plan.totals_word,), "centre", None, True)]
        for leaf in self.leaves[lead:]:
            place = sum(1 for other in self.leaves[: leaf.index] if other.column is leaf.column)
            text = self._total_text(leaf.column.kind, place)
            align = "centre" if leaf.column.kind is ColumnKind.QUARTERS else "right"
            cells.append(_CellPlan(leaf.index, 1, (text,) if text else (), align, None, True))
        return _RowPlan(tuple(cells), self._height(1))

    def _total_text(self, kind: ColumnKind, place: int) -> str:
        style = self.plan.style
        if kind is ColumnKind.BUDGET:
            return write_money(self.plan.total_budget, style.money, style.thai_digits)
        if kind is ColumnKind.QUARTERS:
            return digits(str(self.plan.quarter_counts[place]), style.thai_digits)
        if kind is ColumnKind.YEARS:
            amount = sum(row.year_budgets[place] or 0.0 for row in self.plan.rows)
            return write_money(amount, style.money, style.thai_digits)
        return ""

    def _fill(self, body: list[_RowPlan], room: float) -> tuple[list[_RowPlan], list[_RowPlan], bool]:
        """As many rows as fit; the row that does not is split where the plan's style allows."""
        held: list[_RowPlan] = []
        rest = list(body)
        while rest and rest[0].height <= room:
            held.append(rest.pop(0))
            room -= held[-1].height
        fitting = int((room - 2 * _PAD) // self.leading)
        if (
            rest
            and self.plan.style.split_rows
            and fitting >= 1
            and max(len(cell.lines) for cell in rest[0].cells) > fitting
        ):
            upper, lower = self._split(rest[0], fitting)
            return [*held, upper], [lower, *rest[1:]], True
        return held, rest, False

    def _split(self, row: _RowPlan, fitting: int) -> tuple[_RowPlan, _RowPlan]:
        upper = tuple(replace(cell, lines=cell.lines[:fitting]) for cell in row.cells)
        # Ticks stay with the upper part; the lower part of their cells is empty.
        lower = tuple(
            replace(cell, lines=cell.lines[fitting:], tick=None if cell.tick is None else False)
            for cell in row.cells
        )
        rest = max(1, *(len(cell.lines) for cell in lower))
        return replace(row, cells=upper, height=self._height(fitting)), replace(
            row, cells=lower, height=self._height(rest)
        )

    # ------------------------------------------------------------------ drawing

    def _title(self, sheet: Sheet) -> float:
        thai = self.plan.style.thai_digits
        room = self.page[0] - 2 * _SIDE_MARGIN
        y = _TOP
        for text in wrap(digits(self.plan.title, thai), self.title_face, room, room):
            write_line(sheet, centred(text, self.title_face, 0, self.page[0] / 2).groups[0], y, "title")
            y += self.leading * 1.2
        return y - self.leading * 0.5

    def _draw_table(
        self, sheet: Sheet, rows: list[_RowPlan], top: float, continued: bool, cut_above: bool, more: bool
    ) -> float:
        edges = [top]
        for row in rows:
            edges.append(edges[-1] + row.height)
        cells = tuple(
            self._draw_cell(sheet, cell, index, edges, rows[index].shaded)
            for index, row in enumerate(rows)
            for cell in row.cells
        )
        self._rule(sheet, cells, edges)
        s = sheet.scale
        box = Box(_SIDE_MARGIN * s, top * s, (self.page[0] - _SIDE_MARGIN) * s, edges[-1] * s)
        sheet.tables.append(TableTruth(box, len(rows), len(self.leaves), cells, continued, more))
        return edges[-1]

    def _draw_cell(
        self, sheet: Sheet, cell: _CellPlan, row: int, edges: list[float], shaded: bool
    ) -> TableCell:
        x0, x1 = self.leaves[cell.column].x0, self.leaves[cell.column + cell.column_span - 1].x1
        y0, y1 = edges[row], edges[row + cell.row_span]
        s = sheet.scale
        if shaded:
            sheet.pen(_SHADE).rectangle([x0 * s, y0 * s, x1 * s, y1 * s], fill=255)
        if cell.tick is not None and cell.lines == ():
            self._mark(sheet, (x0 + x1) / 2, (y0 + y1) / 2, cell.tick)
        lines = self._cell_lines(sheet, cell, x0, x1, y0, y1)
        return TableCell(
            row,
            cell.column,
            cell.row_span,
            cell.column_span,
            Box(x0 * s, y0 * s, x1 * s, y1 * s),
            lines,
            cell.tick,
        )

    def _mark(self, sheet: Sheet, x: float, y: float, ticked: bool) -> None:
        size = self.face.body_height * 1.7
        if ticked:
            draw_tick(sheet, x, y, size, self.plan.style.tick, self.chance)
        else:
            draw_empty(sheet, x, y, size, self.plan.style.tick)

    def _cell_lines(
        self, sheet: Sheet, cell: _CellPlan, x0: float, x1: float, y0: float, y1: float
    ) -> tuple[TextLine, ...]:
        face = self.bold if cell.bold else self.face
        y = y0 + _PAD + self.leading * 0.72
        if cell.align == "centre" and cell.bold:
            y += (y1 - y0 - self._height(len(cell.lines))) / 2
        placed = []
        for text in cell.lines:
            width = text_width(text, face)
            x = {"left": x0 + _PAD, "right": x1 - _PAD - width}.get(cell.align, (x0 + x1 - width) / 2)
            placed.append(set_line(sheet, [Piece(text, x, face)], y, "cell"))
            y += self.leading
        return tuple(placed)

    def _rule(self, sheet: Sheet, cells: tuple[TableCell, ...], edges: list[float]) -> None:
        """Every cell's four sides, each drawn by the cells beside it."""
        ruling = self.plan.style.ruling
        weight, strength = (0.4, 130) if ruling == "faint" else (0.6, 255)
        left, right = _SIDE_MARGIN, self.page[0] - _SIDE_MARGIN
        for cell in cells:
            box = cell.box
            x0, y0, x1, y1 = (v / sheet.scale for v in (box.x0, box.y0, box.x1, box.y1))
            for ax, ay, bx, by in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
                side = ax == bx and (abs(ax - left) < 0.5 or abs(ax - right) < 0.5)
                if not (side and ruling == "no_outer"):
                    sheet.rule(ax, ay, bx, by, weight, strength=strength)

    def _after(self, sheets: list[Sheet], y: float) -> None:
        """What stands under the table: date of the data, reporter, legend; a new page if need be."""
        texts = self._notes()
        if texts and y + (len(texts) + 1) * self.leading > self.page[1] - 30:
            sheets.append(Sheet(*self.page, self.dpi))
            y = _TOP
        y += self.leading * 1.3
        for text, role in texts:
            write_line(
                sheets[-1],
                [Piece(digits(text, self.plan.style.thai_digits), _SIDE_MARGIN + 4, self.face)],
                y,
                role,
            )
            y += self.leading

    def _notes(self) -> list[tuple[str, str]]:
        texts: list[tuple[str, str]] = []
        if self.plan.as_of is not None:
            writing = replace(_ARABIC, thai_digits=self.plan.style.thai_digits)
            texts.append((f"** ข้อมูล ณ วันที่ {write_date(self.plan.as_of, writing)}", "as_of"))
        if self.plan.reporter:
            texts.append((f"ชื่อ - สกุล ผู้ออกรายงาน {self.plan.reporter}", "reporter"))
        if self.plan.legend:
            texts.append(("คำอธิบาย", "legend"))
        return [*texts, *((text, "legend") for text in self.plan.legend)]


def _or_dash(amount: float | None, money: str) -> str:
    return "-" if amount is None else write_money(amount, money, thai=False)


def set_plan(plan: PlanContent, dpi: int, seed: int) -> list[Sheet]:
    """The pages of a plan table."""
    return PlanSetter(plan, dpi, seed).pages()
