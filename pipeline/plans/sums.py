"""Lines of sums (รวม, รวมทั้งสิ้น, ยอดยกมา): how they are told from items, and of which items they speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex
from rapidfuzz import fuzz

from pipeline.plans.columns import Columns
from pipeline.plans.grid import Row
from pipeline.plans.readings import Totals
from pipeline.plans.values import ANY_DIGIT
from pipeline.thai import squeeze

GRAND_TOTAL_WORDS = (
    "รวมทั้งสิ้น",
    "รวมทั้งหมด",
    "รวมเงินทั้งสิ้น",
    "รวมเป็นเงินทั้งสิ้น",
    "รวมจำนวนเงินทั้งสิ้น",
    "รวมงบประมาณทั้งสิ้น",
    "รวมงบประมาณทั้งหมด",
    "ยอดรวมทั้งสิ้น",
)
TOTAL_WORDS = ("รวม", "รวมเงิน", "รวมเป็นเงิน", "รวมงบประมาณ", "ยอดรวม", *GRAND_TOTAL_WORDS)
CARRIED_WORDS = ("ยอดยกมา", "ยอดยกไป", "ยกมา", "ยกไป", "รวมหน้านี้")
"""Sums carried from page to page: neither an item nor the table's total."""

_COUNTED = regex.compile(
    r"(?:จำนวน)?\d+(?:โครงการ|รายการ|กิจกรรม|มาตรการ)(?:/\w+)*"
    r"|(?:มิติ|ยุทธศาสตร์|กลยุทธ์|แผนงาน)(?:ท[ี่]*)?\d|\(?บาท\)?|[:.]+$"
)
"""What may stand behind a word of sums, squeezed: ``รวม 28 โครงการ``, ``รวมยุทธศาสตร์ที่ 1``."""

_NOT_THAI = regex.compile(r"[^ก-๎]")
"""Specks that were read as figures and strokes."""

_SAME_WORD, _SAME_BEGUN = 85.0, 76.0
"""Percentage of likeness from which a head is one of the words above, misread, and from which one is that
begins as they do and stands in one cell over number and title."""

_BEGINS = "รวม"

BEGINS_ITEM = regex.compile(r"โครงการ|กิจกรรม|มาตรการ")
"""How the title of a new item begins where items have no numbers: ``โครงการ…``."""


def says(row: Row, title_column: int | None, words: Sequence[str]) -> bool:
    """Whether the row is headed by one of ``words``, in the title column or left of it.

    Where one cell stands over both, one of its lines may be a stamp's, and รวม is no item's beginning.
    """
    last = title_column if title_column is not None else 0
    heads = [squeeze(cell.text) for column, cell in row.own_cells if column <= last]
    head = row.cell(last)
    if head is None or not last or head is not row.cell(0):
        return any(resembles(head, word) for head in heads for word in words)
    heads += [squeeze(line.text) for line in head.lines]
    return any(
        resembles(
            said, word, _SAME_BEGUN if said.startswith(_BEGINS) and word.startswith(_BEGINS) else _SAME_WORD
        )
        for said in heads
        for word in words
    )


def stands_as_sums(row: Row, columns: Columns) -> bool:
    """Whether a last row is one of sums though its word was not read: over number and title stands one cell,
    which is no item's, and figures stand where items have ticks and amounts."""
    head = row.cell(columns.first("title"))
    if head is None or head is not row.cell(columns.first("item_no")) or BEGINS_ITEM.search(head.text):
        return False
    values = [row.text(column) for held in columns.values.values() for column in held]
    figures = sum(ANY_DIGIT.search(text) is not None for text in values)
    return figures >= max(2, len(values) - 1)


def resembles(head: str, word: str, least: float = _SAME_WORD) -> bool:
    """Whether a squeezed head is one of the words of sums, perhaps misread, whatever it counts behind it.

    ``least`` is the percentage of likeness from which it is.
    """
    bare = _NOT_THAI.sub("", _COUNTED.sub("", head))
    return fuzz.ratio(bare, word) >= least


def with_ranges(sums: Sequence[tuple[Totals, bool]]) -> tuple[Totals, ...]:
    """Lines of sums, each with the items it speaks of: all so far, or those since the last line of sums.

    ``รวมทั้งสิ้น`` speaks of all, and so does the only line of sums, or one right below another.
    """
    found: list[Totals] = []
    first = 0
    for totals, grand in sums:
        whole = grand or len(sums) == 1 or totals.end == first
        found.append(replace(totals, first=0 if whole else first))
        first = totals.end
    return tuple(found)
