"""Sheets of paper: what a page of a scan is, and what a transcript's page may hold several of.

Everything later reads sheets. Making one takes receive stamps out of the rows. A transcript without
page breaks is cut where a new document's head begins; a scanned page is always one sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from pipeline.letters.cutting import cuts_of
from pipeline.letters.labels import match_label
from pipeline.letters.marks import NUMBER_ROW, PAGE_NUMBER, PAGE_TURN
from pipeline.letters.plan_tables import has_plan_columns
from pipeline.letters.rows import Row, has_places, rows_of
from pipeline.letters.stamp_regions import outside_stamps, region_stamps
from pipeline.letters.stamps import StampsTaken, take_stamps
from pipeline.model import Page, Stamp, StampShape, StampText, Table
from pipeline.thai import repair

PAGE_NUMBER_MARGIN = 0.11
"""On a scan, a page number stands in this uppermost share of the paper."""

SPECK_LETTERS = 2
"""Specks are read as at most so many letters."""

SPECK = 0.45
"""A row lower than this share of the usual row is no text."""


MOST_COLUMNS = 3
"""Shadows and streaks over a letter part it into no more columns than these."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A sheet of paper: rows without stamps, page-turn marks and page number.

    ``placed`` says that boxes are places on paper. ``turns`` says that a page-turn mark at its foot
    announces another sheet, ``page_number`` what is printed at its head. ``seals`` are the rows inside
    each seal, ``marks`` the rows of other stamp regions (a red ด่วนที่สุด may be among them).
    """

    page: int
    width: int
    height: int
    placed: bool
    rows: tuple[Row, ...]
    stamps: tuple[Stamp, ...] = ()
    seals: tuple[tuple[Row, ...], ...] = ()
    marks: tuple[Row, ...] = ()
    tables: tuple[Table, ...] = ()
    turns: bool = False
    page_number: int | None = None

    @property
    def paper_height(self) -> float:
        """The height of the paper: a scanner's endless page may be longer than what lay on it."""
        return min(self.height, 1.5 * self.width)


def sheets_of(page: Page) -> tuple[Sheet, ...]:
    """The sheets of one page, in order; at least one, even for an empty page."""
    page = _without_false_tables(page)
    taken = take_stamps(rows_of(page, outside_stamps(page)))
    cuts = [0] if has_places(page) else cuts_of(taken, page.tables)
    edges = zip(cuts, [*cuts[1:], len(taken.rows)], strict=True)
    return tuple(_sheet(page, taken, start, end, len(cuts)) for start, end in edges)


def _without_false_tables(page: Page) -> Page:
    """The page, the lines of a table that holds a letter's head put back among the others.

    No letter stands in a table: shadows, streaks or dirt were taken for rulings.
    """
    false = [table for table in page.tables if has_places(page) and _holds_head(table)]
    if not false:
        return page
    inside = (line for table in false for cell in table.cells for line in cell.lines)
    lines = sorted((*page.lines, *inside), key=lambda line: line.box.centre[1])
    return replace(page, lines=tuple(lines), tables=tuple(t for t in page.tables if t not in false))


def _holds_head(table: Table) -> bool:
    """Whether a letter's เรื่อง or เรียน stands in a table, below its number or the one below the other.

    So does a memo's number below ส่วนราชการ, some of which are ruled as tables. In the rows of a plan such
    words are the beginnings of lines: ``เรื่องร้อง``, ``เรียนร้องทุกข์``.
    """
    if table.columns > MOST_COLUMNS:
        return False
    lines = [line for cell in table.cells for line in cell.lines]
    numbers = [line.box.y0 for line in lines if NUMBER_ROW.match(repair(line.text))]
    labels = [(match_label(repair(line.text)), line.box.y0) for line in lines]
    offices, subjects, recipients = (
        [y for label, y in labels if label and label.field == field]
        for field in ("office", "subject", "recipient")
    )
    if _above(offices, numbers):
        return True
    ordered = _above(subjects, recipients) or _above(numbers, subjects + recipients)
    return ordered and not has_plan_columns(table)


def _above(upper: Sequence[float], lower: Sequence[float]) -> bool:
    """Whether there are both, and the first of the upper ones stands above all of the lower ones."""
    return bool(upper and lower) and min(upper) < min(lower)


def _sheet(page: Page, taken: StampsTaken, start: int, end: int, parts: int) -> Sheet:
    rows = [row for row in taken.rows[start:end] if row is not None]
    stamps = tuple(
        stamp for stamp, place in zip(taken.stamps, taken.places, strict=True) if start <= place[0] < end
    )
    whole = start == 0 and parts == 1
    numbered = _page_number_row(rows, page)
    number = PAGE_NUMBER.match(numbered.text) if numbered else None
    text = [row for row in rows if row is not numbered and not PAGE_TURN.match(row.text)]
    return Sheet(
        page=page.number,
        width=page.width,
        height=page.height,
        placed=has_places(page),
        rows=_without_specks(text),
        stamps=stamps + (region_stamps(page) if start == 0 else ()),
        seals=tuple(rows_of(page, region.lines) for region in page.stamps if region.shape is StampShape.SEAL)
        if start == 0
        else (),
        marks=_marks(page) if start == 0 else (),
        tables=page.tables if whole else _tables_between(page, taken, start, end),
        turns=any(PAGE_TURN.match(row.text) for row in rows[-6:]),
        page_number=int(number["page"]) if number else None,
    )


def _without_specks(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Leave out rows far lower than the page's usual words: tone marks or dirt taken for lines."""
    words = [row for row in rows if row.line.engine != "transcript" and len(row.text) > SPECK_LETTERS]
    if not words:
        return tuple(rows)
    usual = median(row.height for row in words)
    return tuple(row for row in rows if row.height >= SPECK * usual)


def _marks(page: Page) -> tuple[Row, ...]:
    return tuple(row for region in page.stamps if _may_mark(region) for row in rows_of(page, region.lines))


def _may_mark(region: StampText) -> bool:
    """Whether a region may be an urgency or a secrecy, which is often stamped within a box of its own."""
    boxed = region.shape is StampShape.RECEIVE_BOX and len(region.lines) == 1
    return boxed or region.shape is StampShape.OTHER


def _page_number_row(rows: Sequence[Row], page: Page) -> Row | None:
    """The row that is a page number at the head: in the margin above the text, or first in a transcript."""
    if has_places(page):
        margin = PAGE_NUMBER_MARGIN * min(page.height, 1.5 * page.width)
        head = [row for row in rows if row.box.y1 < margin and row.box.x0 > 0.3 * page.width]
    else:
        head = list(rows[:2])
    return next((row for row in head if PAGE_NUMBER.match(row.text)), None)


def _tables_between(page: Page, taken: StampsTaken, start: int, end: int) -> tuple[Table, ...]:
    """The tables that stand between the first row of a sheet and the first row of the next one."""

    def top(index: int) -> float:
        rows = [row for row in taken.rows[index:] if row is not None]
        return rows[0].box.y0 if rows else float("inf")

    upper = 0.0 if start == 0 else top(start)
    lower = top(end)
    return tuple(table for table in page.tables if upper <= table.box.y0 < lower)
