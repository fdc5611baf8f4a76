"""What the order of items tells: their numbers, and the dimension (มิติ) that is printed once for several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline.plans.readings import RowReading
from pipeline.plans.values import ANY_DIGIT, Reading
from pipeline.thai import squeeze

_UNREAD_HEADING, _BY_PLACE = regex.compile(r"\s*\D{1,2}[.)]\s"), 0.9
"""How a heading begins whose number was not read: ``l. การสร้าง…``; confidence of one known by its place."""

_CARRIED, _UNSEEN = 0.98, 0.5
"""How surely a dimension holds for a row below it, and for one where the page shows no cell of its column."""


def carried_down(items: Sequence[RowReading]) -> list[RowReading]:
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
            from_above = replace(above, raw=dimension.raw if dimension else "", confidence=sure)
            item = replace(item, dimension=from_above)
        elif dimension is not None and not blank:
            above = dimension if sparse or _is_heading(dimension.raw) else None
            item = replace(item, dimension=dimension)
        carried.append(item)
    return carried


def _says_no_number(dimension: Reading[int | None]) -> bool:
    return not ANY_DIGIT.search(dimension.raw) and not _UNREAD_HEADING.match(dimension.raw)


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


def numbered(items: Sequence[RowReading]) -> tuple[RowReading, ...]:
    """Item numbers by sequence where the page's own are missing or break a sequence that holds around them.

    A plan counts from one without gaps, some anew in each part; the number as read stays in ``raw``.
    """
    return tuple(item for part in _parts(items) for item in _numbered(part))


def _parts(items: Sequence[RowReading]) -> list[Sequence[RowReading]]:
    """The items, parted where counting begins anew: with 1 and 2."""
    values = [item.item_no.value for item in items]
    starts = [0, *(place for place in range(1, len(items) - 1) if values[place : place + 2] == [1, 2])]
    return [items[start:stop] for start, stop in zip(starts, [*starts[1:], len(items)], strict=True)]


def _numbered(items: Sequence[RowReading]) -> tuple[RowReading, ...]:
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
