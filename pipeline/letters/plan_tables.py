"""Telling a plan's table from other tables by its column headings."""

from __future__ import annotations

from rapidfuzz import fuzz

from pipeline.model import Table
from pipeline.thai import squeeze

COLUMN_WORDS = (
    ("ลำดับ", "ที่", "ข้อ"),
    ("โครงการ", "รายการ", "กิจกรรม", "มาตรการ"),
    ("งบประมาณ", "วงเงิน", "จำนวนเงิน", "ไตรมาส", "งปม"),
)
"""A plan's table has a column of each of these three groups."""


_LIKENESS = 80.0
"""Percentage of likeness from which a longer word was read, if with an error: สำดับ."""

_LONG = 5


def has_plan_columns(table: Table) -> bool:
    """Whether the first rows of a table name the columns of a plan."""
    heading = squeeze(" ".join(cell.text for cell in table.cells if cell.row <= 2))
    return all(any(_says(heading, word) for word in group) for group in COLUMN_WORDS)


def _says(heading: str, word: str) -> bool:
    if len(word) < _LONG:
        return word in heading
    return fuzz.partial_ratio(word, heading) >= _LIKENESS and len(heading) >= len(word)
