"""Plan tables on paper: ruled, with two-level headers, over as many pages as they need."""

from __future__ import annotations

import random
from dataclasses import replace

from pipeline.model import Box
from samples.content import PlanContent, Writing
from samples.faces import Face, text_width
from samples.geometry import TableCell, TableTruth, TextLine
from samples.inscribe import set_line, write_line
from samples.letter_heads import PAGE
from samples.marks import draw_empty, draw_tick
from samples.plan_rows import PAD, CellPlan, RowPlan, RowPlanner
from samples.setting import centred, wrap
from samples.sheet import Colour, Piece, Sheet
from samples.writing import digits, write_date

_SIDE_MARGIN = 42.0
_TOP = 56.0
_FOOT_MARGIN = 52.0
_SHADE: Colour = (222, 222, 230)


class PlanSetter:
    """Sets one plan table; ``seed`` decides what a hand would do differently each time."""

    def __init__(self, plan: PlanContent, dpi: int, seed: int) -> None:
        self.plan = plan
        self.dpi = dpi
        self.chance = random.Random(seed)
        self.page = (PAGE[1], PAGE[0]) if plan.style.landscape else PAGE
        self.planner = RowPlanner(plan, _SIDE_MARGIN, self.page[0] - _SIDE_MARGIN)
        self.face, self.bold, self.leading = self.planner.face, self.planner.bold, self.planner.leading
        self.title_face = Face(plan.typeface.family, plan.typeface.body_height * 1.18, bold=True)

    def pages(self) -> list[Sheet]:
        """The pages of the table."""
        header, body = self.planner.header(), self.planner.body()
        sheets: list[Sheet] = []
        y = _TOP
        while body:
            sheet = Sheet(*self.page, self.dpi)
            y = self._title(sheet) if not sheets or self.plan.style.title_repeated else _TOP
            shown = header if not sheets or self.plan.style.header_repeated else []
            room = self.page[1] - _FOOT_MARGIN - y - sum(row.height for row in shown)
            held, body = self.planner.fill(body, room)
            y = self._draw_table(sheet, [*shown, *self.planner.merged(held)], y, bool(sheets), bool(body))
            sheets.append(sheet)
        self._after(sheets, y)
        return sheets

    def _title(self, sheet: Sheet) -> float:
        thai = self.plan.style.thai_digits
        room = self.page[0] - 2 * _SIDE_MARGIN
        y = _TOP
        for text in wrap(digits(self.plan.title, thai), self.title_face, room, room):
            write_line(sheet, centred(text, self.title_face, 0, self.page[0] / 2).groups[0], y, "title")
            y += self.leading * 1.2
        return y - self.leading * 0.5

    def _draw_table(
        self, sheet: Sheet, rows: list[RowPlan], top: float, cut_above: bool, cut_below: bool
    ) -> float:
        """Draw the table's part on this page and say where it ends."""
        edges = [top]
        for row in rows:
            edges.append(edges[-1] + row.height)
        cells = tuple(
            self._draw_cell(sheet, cell, index, edges, rows[index].shaded)
            for index, row in enumerate(rows)
            for cell in row.cells
        )
        self._rule(sheet, cells)
        s = sheet.scale
        box = Box(_SIDE_MARGIN * s, top * s, (self.page[0] - _SIDE_MARGIN) * s, edges[-1] * s)
        columns = len(self.planner.leaves)
        sheet.tables.append(TableTruth(box, len(rows), columns, cells, cut_above, cut_below))
        return edges[-1]

    def _draw_cell(
        self, sheet: Sheet, cell: CellPlan, row: int, edges: list[float], shaded: bool
    ) -> TableCell:
        leaves = self.planner.leaves
        x0, x1 = leaves[cell.column].x0, leaves[cell.column + cell.column_span - 1].x1
        y0, y1 = edges[row], edges[row + cell.row_span]
        s = sheet.scale
        if shaded:
            sheet.pen(_SHADE).rectangle([x0 * s, y0 * s, x1 * s, y1 * s], fill=255)
        if cell.tick is not None:
            self._mark(sheet, (x0 + x1) / 2, (y0 + y1) / 2, cell.tick)
        box = Box(x0 * s, y0 * s, x1 * s, y1 * s)
        lines = self._cell_lines(sheet, cell, x0, x1, y0, y1)
        return TableCell(row, cell.column, cell.row_span, cell.column_span, box, lines, cell.tick)

    def _mark(self, sheet: Sheet, x: float, y: float, ticked: bool) -> None:
        size = self.face.body_height * 1.7
        if ticked:
            draw_tick(sheet, x, y, size, self.plan.style.tick, self.chance)
        else:
            draw_empty(sheet, x, y, size, self.plan.style.tick)

    def _cell_lines(
        self, sheet: Sheet, cell: CellPlan, x0: float, x1: float, y0: float, y1: float
    ) -> tuple[TextLine, ...]:
        face = self.bold if cell.bold else self.face
        y = y0 + PAD + self.leading * 0.72
        if cell.align == "centre" and cell.bold:
            y += (y1 - y0 - self.planner.height(len(cell.lines))) / 2
        placed = []
        for text in cell.lines:
            width = text_width(text, face)
            x = {"left": x0 + PAD, "right": x1 - PAD - width}.get(cell.align, (x0 + x1 - width) / 2)
            placed.append(set_line(sheet, [Piece(text, x, face)], y, "cell"))
            y += self.leading
        return tuple(placed)

    def _rule(self, sheet: Sheet, cells: tuple[TableCell, ...]) -> None:
        """Every cell's four sides, but for those that the style leaves out."""
        ruling = self.plan.style.ruling
        if ruling == "none":
            return
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
            shown = digits(text, self.plan.style.thai_digits)
            write_line(sheets[-1], [Piece(shown, _SIDE_MARGIN + 4, self.face)], y, role)
            y += self.leading

    def _notes(self) -> list[tuple[str, str]]:
        texts: list[tuple[str, str]] = []
        if self.plan.as_of is not None:
            writing = replace(Writing(), thai_digits=self.plan.style.thai_digits)
            texts.append((f"** ข้อมูล ณ วันที่ {write_date(self.plan.as_of, writing)}", "as_of"))
        if self.plan.reporter:
            texts.append((f"ชื่อ - สกุล ผู้ออกรายงาน {self.plan.reporter}", "reporter"))
        if self.plan.legend:
            texts.append(("คำอธิบาย", "legend"))
        return [*texts, *((text, "legend") for text in self.plan.legend)]


def set_plan(plan: PlanContent, dpi: int, seed: int) -> list[Sheet]:
    """The pages of a plan table."""
    return PlanSetter(plan, dpi, seed).pages()
