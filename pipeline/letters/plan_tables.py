"""Telling a plan's table from other tables by its column headings."""

from __future__ import annotations

from pipeline.model import Table
from pipeline.thai import squeeze

COLUMN_WORDS = (("ลำดับ", "ที่"), ("โครงการ", "รายการ", "กิจกรรม", "มาตรการ"), ("งบประมาณ", "ไตรมาส", "งปม"))
"""A plan's table has a column of each of these three groups."""


def has_plan_columns(table: Table) -> bool:
    """Whether the first rows of a table name the columns of a plan."""
    heading = squeeze(" ".join(cell.text for cell in table.cells if cell.row <= 2))
    return all(any(word in heading for word in group) for group in COLUMN_WORDS)
