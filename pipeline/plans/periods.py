"""Columns of time: what says that a column is that of a quarter or of a month of the fiscal year.

The fiscal year of Thai offices begins with October: its first quarter is ต.ค. to ธ.ค.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

import regex

from pipeline.model import TICK_FIELDS
from pipeline.thai import month_name, month_short_name, squeeze

_MONTHS = r"(?:(?=\D*(?:[.(–-]|คม|ยน))(?![0-9])[\p{L}\p{M}\d.()/–-]{1,36})?"
"""What may stand behind the number of a quarter, squeezed: its months, or the dots and dashes of them."""

_QUARTER = regex.compile(rf"(?:ไตรมาส(?:ที่)?|Q|\D{{0,4}})\(?([1-4])(?!-\d){_MONTHS}")
"""The header of a quarter under ไตรมาส, squeezed: ``1``, ``ไตรมาสที่1``, ``1ต.ค.-ธ.ค.``, misread ``มาส3``."""

_NAMED_QUARTER = regex.compile(rf"(?:(?:ไตรมาส){{e<=2}}(?:ที่)?|Q)\(?([1-4])(?!-\d){_MONTHS}")
"""A quarter's header that says itself what it is, perhaps misread: ``ไตรมาส1(ต.ค.-ธ.ค.)``, ``Q1``."""


def _written(month: int) -> str:
    """A pattern for a month, squeezed: ``ต.ค`` and ``ตุลาคม``."""
    return month_short_name(month).strip(".").replace(".", r"\.?") + "|" + month_name(month)


_MONTHS_OF_QUARTER = tuple(
    regex.compile(
        rf"(?:(?:ไตรมาส){{e<=2}}(?:ที่)?\D?)?\(?(?:{_written(first)})\.?\d*[-–](?:{_written(first + 2)})"
    )
    for first in (10, 1, 4, 7)
)
"""The months of each quarter of a fiscal year as the whole header, squeezed, or behind a misread number:
``ต.ค.64-ธ.ค.64``, ``ไตรมาส๏(ต.ค.-ธ.ค.)``."""

_NO_LETTER = regex.compile(r"[^\p{L}\p{M}]")
"""Dots and the year: ``ต.ค.64``."""

_FEWEST_MONTHS = 6
"""So many months, each in its place, say that all twelve are there, however the others were misread."""


def is_quarter(value: str) -> bool:
    """Whether a value's name is a quarter's: ``q1``."""
    return value in TICK_FIELDS


def is_month(role: str) -> bool:
    """Whether a column's role is a month of the fiscal year: ``month 1`` for ต.ค."""
    return role.startswith("month ")


def quarter_named(own: str, grouped: bool) -> int | None:
    """The quarter of a column by its own header, squeezed; if ``grouped``, a number is one."""
    numbered = _NAMED_QUARTER.fullmatch(own) or (_QUARTER.fullmatch(own) if grouped else None)
    if numbered:
        return int(numbered[1])
    months = (place for place, months in enumerate(_MONTHS_OF_QUARTER, 1) if months.match(own))
    return next(months, None)


def name_months(roles: list[str], headers: Sequence[str]) -> None:
    """Name twelve columns side by side after the months of the fiscal year that their ``headers`` say."""
    starts = Counter(
        index - month for index, header in enumerate(headers) if (month := _fiscal_month(header)) is not None
    )
    first, votes = starts.most_common(1)[0] if starts else (0, 0)
    if votes >= _FEWEST_MONTHS and 0 <= first <= len(roles) - 12:
        roles[first : first + 12] = [f"month {month}" for month in range(1, 13)]


def months_of(quarter: int) -> tuple[str, ...]:
    """The roles of the months of a quarter.

    >>> months_of(2)
    ('month 4', 'month 5', 'month 6')
    """
    return tuple(f"month {month}" for month in range(3 * quarter - 2, 3 * quarter + 1))


def _fiscal_month(header: str) -> int | None:
    """The place in the fiscal year, from 0 on, of the month that a header is."""
    return _fiscal_months().get(_NO_LETTER.sub("", squeeze(header)))


@cache
def _fiscal_months() -> dict[str, int]:
    return {
        _NO_LETTER.sub("", squeeze(spell(month))): (month - 10) % 12
        for month in range(1, 13)
        for spell in (month_name, month_short_name)
    }
