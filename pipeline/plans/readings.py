"""What the rows of a plan table read as, before anything is concluded from them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.model import Box, title_errors
from pipeline.plans.values import Reading


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
        """The share of the title's letters that is expected to be wrong."""
        return title_errors(self.title, self.title_confidence)


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
