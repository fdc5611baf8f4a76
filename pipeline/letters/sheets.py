"""Sheets of paper: what a page of a scan is, and what a transcript's page may hold several of.

Everything later reads sheets. Making one takes receive stamps out of the rows. A transcript without
page breaks is cut where a new document's head begins; a scanned page is always one sheet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.letters.labels import match_label
from pipeline.letters.rows import Row, has_places, rows_of
from pipeline.letters.stamps import StampsTaken, region_stamps, take_stamps
from pipeline.letters.titles import Title, match_title
from pipeline.model import Page, Stamp, StampShape, Table

PAGE_TURN = re.compile(r"^[/\\|]\s?[^/]{1,40}?(?:\.\s?){2,}$|^[/\\|]\s?[^/]{1,40}…+$")
"""The first words of the next page, announced at the foot of a page: ``/ สามารถ...``."""

PAGE_NUMBER = re.compile(r"^[-–—~_\s]*(?P<page>[๐-๙0-9]{1,3})[-–—~_\s]*$")
"""A page number alone on its line: ``- ๒ -``."""

NUMBER_ROW = re.compile(
    r"^\W{0,3}ท[ีิืึ]?[่้]?\s*(?P<number>(?:[ก-ฮ]\s?){1,4}\.?\s?(?:\([ก-ฮ. ]+\)\s?)?[๐-๙0-9OoIl][๐-๙0-9.\s]*/?.*)$"
)
"""The number line of a letterhead: ``ที่ มท ๐๘๑๐.๓/ว ๒๙๒๗``; the tone mark or vowel of ที่ may be lost."""

SPECK = 0.45
"""A row lower than this share of the usual row is no text."""

HEAD_REACH = 16
"""A letter's เรื่อง or ถึง stands at most this many rows below its number in a transcript."""


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
    taken = take_stamps(rows_of(page, page.lines))
    cuts = [0] if has_places(page) else _cuts(taken)
    edges = zip(cuts, [*cuts[1:], len(taken.rows)], strict=True)
    return tuple(_sheet(page, taken, start, end, len(cuts)) for start, end in edges)


def _sheet(page: Page, taken: StampsTaken, start: int, end: int, parts: int) -> Sheet:
    rows = [row for row in taken.rows[start:end] if row is not None]
    stamps = tuple(
        stamp for stamp, place in zip(taken.stamps, taken.places, strict=True) if start <= place[0] < end
    )
    whole = start == 0 and parts == 1
    return Sheet(
        page=page.number,
        width=page.width,
        height=page.height,
        placed=has_places(page),
        rows=_without_specks([row for row in rows if not _furniture(row, rows)]),
        stamps=stamps + (region_stamps(page) if start == 0 else ()),
        seals=tuple(rows_of(page, region.lines) for region in page.stamps if region.shape is StampShape.SEAL)
        if start == 0
        else (),
        marks=_marks(page) if start == 0 else (),
        tables=page.tables if whole else _tables_between(page, taken, start, end),
        turns=any(PAGE_TURN.match(row.text) for row in rows[-6:]),
        page_number=_page_number(rows),
    )


def _without_specks(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Leave out rows far lower than the page's usual one: tone marks or dirt taken for lines."""
    placed = [row for row in rows if row.line.engine != "transcript"]
    if not placed:
        return tuple(rows)
    usual = median(row.height for row in placed)
    return tuple(row for row in rows if row.height >= SPECK * usual)


def _marks(page: Page) -> tuple[Row, ...]:
    return tuple(
        row
        for region in page.stamps
        if region.shape is StampShape.OTHER
        for row in rows_of(page, region.lines)
    )


def _furniture(row: Row, rows: Sequence[Row]) -> bool:
    """Whether a row is a page-turn mark, or a page number among the first rows."""
    return bool(PAGE_TURN.match(row.text)) or (row in rows[:2] and bool(PAGE_NUMBER.match(row.text)))


def _page_number(rows: Sequence[Row]) -> int | None:
    for row in rows[:2]:
        match = PAGE_NUMBER.match(row.text)
        if match:
            return int(match["page"])
    return None


# ---------------------------------------------------------------------- cutting a transcript


def _cuts(taken: StampsTaken) -> list[int]:
    """Row indices where sheets begin: at each head, or at the stamps that stand right above it."""
    rows = taken.rows
    cuts = {0}
    for index, row in enumerate(rows):
        if row is not None and begins_document(rows, index):
            cuts.add(_before_stamps(taken, index))
    ordered = sorted(cuts)
    # What stands before the first head (a scribble, a stamp) belongs to the document that it heads.
    if len(ordered) > 1 and not _has_text(rows[: ordered[1]]):
        ordered.pop(1)
    return ordered


def _has_text(rows: Sequence[Row | None]) -> bool:
    return sum(len(row.text) for row in rows if row is not None) > 80


def _before_stamps(taken: StampsTaken, index: int) -> int:
    """Move a cut up over the stamps that stand right above it."""
    moved = True
    while moved:
        moved = False
        for first, last in taken.places:
            if last == index - 1:
                index, moved = first, True
    return index


def begins_document(rows: Sequence[Row | None], index: int) -> bool:
    """Whether a document's head begins with this row of a transcript."""
    row = rows[index]
    if row is None:
        return False
    following = [r for r in rows[index + 1 : index + 1 + HEAD_REACH] if r is not None]
    if NUMBER_ROW.match(row.text) and len(row.text) < 60:
        return _heads_letter(following)
    title = match_title(row.text)
    return title is not None and row.gap >= 0.5 and _heads_titled(title, following)


def _heads_letter(following: Sequence[Row]) -> bool:
    """Whether เรื่อง or ถึง follows before อ้างถึง, another number or running text does."""
    for row in following:
        label = match_label(row.text)
        if label and label.field in ("subject", "to", "recipient"):
            return True
        if (label and label.field in ("refers_to", "encloses")) or NUMBER_ROW.match(row.text):
            return False
        if row.text.startswith("ลงวันที่"):
            return False
    return False


def _heads_titled(title: Title, following: Sequence[Row]) -> bool:
    """Whether what follows a title row bears it out."""
    if title.needs_subject:
        fields = [label.field for label in (match_label(row.text) for row in following[:4]) if label]
        return "subject" in fields
    return True


def _tables_between(page: Page, taken: StampsTaken, start: int, end: int) -> tuple[Table, ...]:
    """The tables that stand between the first row of a sheet and the first row of the next one."""

    def top(index: int) -> float:
        rows = [row for row in taken.rows[index:] if row is not None]
        return rows[0].box.y0 if rows else float("inf")

    upper = 0.0 if start == 0 else top(start)
    lower = top(end)
    return tuple(table for table in page.tables if upper <= table.box.y0 < lower)
