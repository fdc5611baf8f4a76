"""Items of several ruled rows, and items without any tick among others that have some."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pipeline.plans.columns import Columns
from pipeline.plans.grid import Row
from pipeline.plans.periods import is_quarter
from pipeline.plans.readings import RowReading
from pipeline.plans.values import Reading

_AMBIGUOUS = 0.5
"""Confidence of one of several values that the rows of one item have."""

_FEWEST_ITEMS, _MOSTLY_TICKED, _UNTICKED = 5, 0.8, 0.9
"""Among so many items, of which this share is ticked, one without a tick is no surer than the last."""


def is_part(row: Row, above: Row, columns: Columns) -> bool:
    """Whether ``row`` is of the item ``above`` it: the cells of number and title stand over both."""
    title, number = columns.first("title"), columns.first("item_no")
    same_title = row.cell(title) is not None and row.cell(title) is above.cell(title)
    return same_title and row.cell(number) is above.cell(number)


def with_part(item: RowReading, part: RowReading) -> RowReading:
    """``item`` with the values of another row that is a part of it."""
    values = {name: _combined(own, part.values[name]) for name, own in item.values.items()}
    notes = dict.fromkeys(filter(None, (item.note, part.note)))
    return replace(item, values=values, note=" ".join(notes) or None)


def _combined(own: Reading[Any], other: Reading[Any]) -> Reading[Any]:
    """The value of two cells of one item: that of the filled one; which of two amounts holds is open."""
    if own.box == other.box or not other.value:
        return own
    if not own.value or isinstance(own.value, bool):
        return other if other.confidence > own.confidence or not own.value else own
    return replace(own, confidence=min(own.confidence, _AMBIGUOUS))


def doubting_unticked(items: Sequence[RowReading]) -> list[RowReading]:
    """``items``, the quarters of one without a tick doubted where nearly all others have some."""
    ticked = [any(value.value for name, value in item.values.items() if is_quarter(name)) for item in items]
    if len(items) < _FEWEST_ITEMS or sum(ticked) < _MOSTLY_TICKED * len(items):
        return list(items)
    return [item if has else _doubted(item) for item, has in zip(items, ticked, strict=True)]


def _doubted(item: RowReading) -> RowReading:
    values = {
        name: replace(value, confidence=min(value.confidence, _UNTICKED)) if is_quarter(name) else value
        for name, value in item.values.items()
    }
    return replace(item, values=values)
