"""Body rows of a plan grid as readings: items in order, and the totals that the table prints."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import regex
from rapidfuzz import fuzz

from pipeline.model import Box, Cell, Line
from pipeline.plans.amount_form import AmountForm, amount_form
from pipeline.plans.columns import BUDGET, Columns, is_quarter
from pipeline.plans.grid import Grid, Row
from pipeline.plans.split import ITEM_START, split_items
from pipeline.plans.values import (
    NOTHING,
    Reading,
    read_amount,
    read_dimension,
    read_heading,
    read_tick,
    read_whole_number,
)
from pipeline.thai import repair, squeeze

_GRAND_TOTAL_WORDS = (
    "รวมทั้งสิ้น",
    "รวมทั้งหมด",
    "รวมเงินทั้งสิ้น",
    "รวมเป็นเงินทั้งสิ้น",
    "รวมจำนวนเงินทั้งสิ้น",
    "รวมงบประมาณทั้งสิ้น",
    "รวมงบประมาณทั้งหมด",
    "ยอดรวมทั้งสิ้น",
)
_TOTAL_WORDS = ("รวม", "รวมเงิน", "รวมเป็นเงิน", "รวมงบประมาณ", "ยอดรวม", *_GRAND_TOTAL_WORDS)
_CARRIED_WORDS = ("ยอดยกมา", "ยอดยกไป", "ยกมา", "ยกไป", "รวมหน้านี้")
"""Sums carried from page to page: neither an item nor the table's total."""

_COUNTED = regex.compile(
    r"(?:จำนวน)?\d+(?:โครงการ|รายการ|กิจกรรม|มาตรการ)(?:/\w+)*|มิติ(?:ท[ี่]*)?\d|\(?บาท\)?|[:.]+$"
)
"""What may stand behind a total's word, squeezed: ``รวม 28 โครงการ``, ``รวมมิติที่ 2``."""

_NOT_THAI = regex.compile(r"[^ก-๎]")
"""Specks that were read as figures and strokes."""

_BROKEN_THAI = regex.compile(r"(?<=[ก-ฺเ-๎])\s*\n\s*(?=[ก-ฺเ-๎])")
"""A line break between Thai letters."""

_LETTER, _HARDLY_READ = regex.compile(r"\p{L}"), 0.8
"""A line of figures in a title is read with at least this confidence."""

_UNREAD_HEADING, _BY_PLACE = regex.compile(r"\s*\D{1,2}[.)]\s"), 0.9
"""How a heading begins whose number was not read: ``l. การสร้าง…``; confidence of one known by its place."""

_CARRIED, _UNSEEN = 0.98, 0.5
"""How surely a dimension holds for a row below it, and for one where the page shows no cell of its column."""

_ANY_DIGIT = regex.compile(r"\d")

_SAME_WORD = 85.0
"""Percentage of likeness from which a head is one of the words above, misread."""


@dataclass(frozen=True, slots=True)
class RowReading:
    """One item of a plan, each value with its alternatives; ``values`` by the names of ``Columns.values``.

    ``title_confidence`` is the probability that every letter of the title is right.
    """

    item_no: Reading[int | None]
    title: str
    title_confidence: float
    page: int
    box: Box
    dimension: Reading[int | None] | None
    values: Mapping[str, Reading[Any]]
    note: str | None
    extra: tuple[tuple[str, str], ...]

    @property
    def title_errors(self) -> float:
        """The share of the title's letters that is expected to be wrong (errors as a Poisson process)."""
        return -math.log(max(self.title_confidence, _SMALLEST)) / max(len(self.title), 1)


_SMALLEST = 1e-9


@dataclass(frozen=True, slots=True)
class Totals:
    """A line of sums: รวมทั้งสิ้น of the whole table, or รวม of a part of it.

    ``values`` are amounts, and for the quarters counts of ticks, by the names of ``Columns.values``;
    ``first`` and ``end`` say which items it sums up, as a half-open range of their indices.
    """

    values: Mapping[str, Reading[Any]]
    page: int
    first: int = 0
    end: int = 0


def read_rows(grid: Grid, columns: Columns) -> tuple[tuple[RowReading, ...], tuple[Totals, ...]]:
    """Items and sums of ``grid``. A row cut by a page break is one item; carried sums are left out."""
    items: list[RowReading] = []
    sums: list[tuple[Totals, bool]] = []
    title_column = columns.first("title")
    forms = {
        name: amount_form([row.cell(column) for row in grid.rows])
        for name, column in columns.values.items()
        if not is_quarter(name)
    }
    under: Reading[int | None] | None = None
    for index, whole in enumerate(grid.rows):
        if (heading := _heading(whole, columns)) is not None:
            under = read_heading(*heading) or under
            continue
        if is_blank(whole) or _says(whole, title_column, _CARRIED_WORDS):
            continue
        unread = index == len(grid.rows) - 1 and _stands_as_sums(whole, columns)
        if unread or _says(whole, title_column, _TOTAL_WORDS):
            grand = _says(whole, title_column, _GRAND_TOTAL_WORDS)
            sums.append((replace(_totals(whole, columns, forms), end=len(items)), grand))
            continue
        for row in split_items(whole, columns):
            reading = _row(row, columns, forms)
            if reading.dimension is None:
                reading = replace(reading, dimension=under)
            if items and _belongs_above(row, columns, index in grid.breaks):
                items[-1] = _merged(items[-1], reading)
            elif reading.title or BUDGET in reading.values:
                items.append(reading)
    return _numbered(_carried_down(items)), _ranged(sums)


def _ranged(sums: Sequence[tuple[Totals, bool]]) -> tuple[Totals, ...]:
    """Which items each line of sums speaks of: all so far, or those since the last line of sums.

    ``รวมทั้งสิ้น`` speaks of all, and so does the only line of sums, or one right below another.
    """
    ranged: list[Totals] = []
    first = 0
    for totals, grand in sums:
        whole = grand or len(sums) == 1 or totals.end == first
        ranged.append(replace(totals, first=0 if whole else first))
        first = totals.end
    return tuple(ranged)


def _carried_down(items: Sequence[RowReading]) -> list[RowReading]:
    """Dimensions that a table prints once, beside the first of the items that they hold for.

    A lone digit counts as such only where the table leaves many cells empty; else it was not read.
    """
    own = _headings_in_order([item.dimension for item in items])
    # A heading cut by a page break leaves words without its number at the top of the next page.
    empty = [dimension is not None and _says_no_number(dimension) for dimension in own]
    sparse = sum(empty) > len(items) / 4
    carried: list[RowReading] = []
    above: Reading[int | None] | None = None
    for item, dimension, blank in zip(items, own, empty, strict=True):
        if blank and above is not None:
            seen = dimension is None or dimension.box is not None
            sure = above.confidence * (_CARRIED if seen else _UNSEEN)
            carried_down = replace(above, raw=dimension.raw if dimension else "", confidence=sure)
            item = replace(item, dimension=carried_down)
        elif dimension is not None and not blank:
            above = dimension if sparse or _is_heading(dimension.raw) else None
            item = replace(item, dimension=dimension)
        carried.append(item)
    return carried


def _says_no_number(dimension: Reading[int | None]) -> bool:
    return not _ANY_DIGIT.search(dimension.raw) and not _UNREAD_HEADING.match(dimension.raw)


def _headings_in_order(dimensions: Sequence[Reading[int | None] | None]) -> list[Reading[int | None] | None]:
    """The dimensions, a heading whose number was not read numbered by its place: they count up."""
    numbered = list(dimensions)
    for place, dimension in enumerate(dimensions):
        if dimension is None or dimension.value is not None or not _UNREAD_HEADING.match(dimension.raw):
            continue
        above = next((d.value for d in numbered[:place][::-1] if d is not None and d.value), None)
        below = next((d.value for d in numbered[place + 1 :] if d is not None and d.value), None)
        value = above + 1 if above is not None else below - 1 if below is not None else None
        numbered[place] = replace(dimension, value=value, confidence=_BY_PLACE)
    return numbered


def _is_heading(raw: str) -> bool:
    """A dimension with its name (``๑. การสร้างสังคม…``), which stands for all below it, not a lone digit."""
    return len(squeeze(raw)) > 3


def is_blank(row: Row) -> bool:
    """No text and no tick in the whole row."""
    return not any(cell.text.strip() or (cell.tick and cell.tick.present) for _, cell in row.own_cells)


def _says(row: Row, title_column: int | None, words: Sequence[str]) -> bool:
    """Whether the row is headed by one of ``words``, in the title column or left of it."""
    last = title_column if title_column is not None else 0
    heads = [squeeze(cell.text) for column, cell in row.own_cells if column <= last]
    return any(_resembles(head, word) for head in heads for word in words)


def _stands_as_sums(row: Row, columns: Columns) -> bool:
    """Whether a last row is one of sums though its word was not read: over number and title stands one cell,
    which is no item's, and figures stand where items have ticks and amounts."""
    head = row.cell(columns.first("title"))
    if head is None or head is not row.cell(columns.first("item_no")) or _KIND.search(head.text):
        return False
    values = [row.text(column) for column in columns.values.values()]
    figures = sum(_ANY_DIGIT.search(text) is not None for text in values)
    return figures >= max(2, len(values) - 1)


def _resembles(head: str, word: str) -> bool:
    bare = _NOT_THAI.sub("", _COUNTED.sub("", head))
    return fuzz.ratio(bare, word) >= _SAME_WORD


def _heading(row: Row, columns: Columns) -> list[Cell] | None:
    """The cells of a row that heads those below it: its words name a dimension, or stand over the columns.

    Words that run over several columns may have been cut at their edges: then they name it together.
    """
    filled = [cell for _, cell in row.own_cells if cell.text.strip() or (cell.tick and cell.tick.present)]
    head = row.cells[: (columns.first("title") or 0) + 1]
    if not filled or not any(cell is filled[0] for cell in head):
        return None
    if len(filled) > 1:
        own = filled[0] is row.cell(columns.first("dimension"))
        return filled if not own and read_heading(*filled) is not None else None
    over_all = sum(cell is filled[0] for cell in row.cells) > len(row.cells) / 2
    named = read_heading(filled[0]) is not None
    sums = any(_resembles(squeeze(filled[0].text), word) for word in (*_TOTAL_WORDS, *_CARRIED_WORDS))
    return filled if (over_all or named) and not sums else None


def _row(row: Row, columns: Columns, forms: Mapping[str, AmountForm | None]) -> RowReading:
    title_cell = row.cell(columns.first("title"))
    dimension = columns.first("dimension")
    note = row.text(columns.first("note"))
    return RowReading(
        item_no=read_whole_number(row.cell(columns.first("item_no"))),
        title=_joined(title_cell),
        title_confidence=_confidence(title_cell),
        page=row.page,
        box=Box.around(cell.box for _, cell in row.own_cells),
        dimension=None if dimension is None else read_dimension(row.cell(dimension)),
        values=_values(row, columns, forms, read_tick),
        note=note if note and not NOTHING.fullmatch(note) else None,
        extra=tuple(
            (columns.names[column] or f"column {column + 1}", row.text(column))
            for column, role in enumerate(columns.roles)
            if role == "other" and row.text(column)
        ),
    )


def _joined(cell: Cell | None) -> str:
    """The lines of a cell as one text. Thai has no spaces between words, so a line break in it is none."""
    text = "\n".join(line.text for line in cell.lines if not _is_dirt(line)) if cell else ""
    return repair(" ".join(_BROKEN_THAI.sub("", text).split()))


def _is_dirt(line: Line) -> bool:
    """Whether a line has no letter and was hardly read: specks and shreds of rulings look like figures."""
    return not _LETTER.search(line.text) and line.confidence < _HARDLY_READ


def _totals(row: Row, columns: Columns, forms: Mapping[str, AmountForm | None]) -> Totals:
    return Totals(_values(row, columns, forms, read_whole_number), row.page)


def _values(
    row: Row,
    columns: Columns,
    forms: Mapping[str, AmountForm | None],
    read_quarter: Callable[[Cell | None], Reading[Any]],
) -> dict[str, Reading[Any]]:
    """The readings of the columns that a sum may speak of: amounts in their forms, and quarters."""
    cells = {name: row.cell(column) for name, column in columns.values.items()}
    return {
        name: read_quarter(cell) if is_quarter(name) else read_amount(cell, forms[name])
        for name, cell in cells.items()
    }


def _confidence(cell: Cell | None) -> float:
    return math.prod(line.confidence for line in cell.lines) if cell else 1.0


def _belongs_above(row: Row, columns: Columns, after_break: bool) -> bool:
    """The rest of a cut row: text, but neither an item number nor any value of its own."""
    number_column = columns.first("item_no")
    if number_column is not None:
        return not row.text(number_column) and not _has_values(row, columns)
    return (
        after_break and not _has_values(row, columns) and not _begins_item(row.text(columns.first("title")))
    )


_KIND = regex.compile(r"โครงการ|กิจกรรม|มาตรการ")
"""How the title of a new item begins where items have no numbers: ``โครงการ…``."""


def _begins_item(title: str) -> bool:
    return bool(ITEM_START.match(title) or _KIND.match(title.lstrip()))


def _has_values(row: Row, columns: Columns) -> bool:
    cells = [row.cell(column) for column in columns.values.values()]
    return any(
        cell is not None and (cell.text.strip() or (cell.tick and cell.tick.present)) for cell in cells
    )


def _merged(above: RowReading, rest: RowReading) -> RowReading:
    title = repair(_BROKEN_THAI.sub("", f"{above.title}\n{rest.title}")).replace("\n", " ").strip()
    return replace(
        above,
        title=title,
        title_confidence=above.title_confidence * rest.title_confidence,
        note=" ".join(filter(None, (above.note, rest.note))) or None,
    )


def _numbered(items: Sequence[RowReading]) -> tuple[RowReading, ...]:
    """Item numbers by sequence where the page's own are missing or break a sequence that holds around them.

    A plan counts from one without gaps; the number as read stays in ``raw``.
    """
    agree = sum(item.item_no.value == place for place, item in enumerate(items, 1))
    none_read = all(item.item_no.value is None for item in items)
    if not none_read and agree * 2 < len(items):
        return _in_stretches(items)
    return tuple(
        item if item.item_no.value == place else replace(item, item_no=_concluded(item.item_no, place))
        for place, item in enumerate(items, 1)
    )


def _in_stretches(items: Sequence[RowReading]) -> tuple[RowReading, ...]:
    """For tables that do not count from one: a number is mended only between neighbours that agree."""
    numbers = [item.item_no.value for item in items]
    mended = list(items)
    for place in range(1, len(items) - 1):
        before, after = numbers[place - 1], numbers[place + 1]
        if before is not None and after is not None and after - before == 2 and numbers[place] != before + 1:
            mended[place] = replace(items[place], item_no=_concluded(items[place].item_no, before + 1))
    return tuple(mended)


def _concluded(read: Reading[int | None], value: int) -> Reading[int | None]:
    known = () if read.value is None else ((read.value, read.confidence),)
    # Counting the rows of a table that has no numbers of its own is no guess.
    return Reading(value, read.raw, 0.9 if read.raw else 1.0, known, read.box)
