"""Vowels, tone marks, dots and strokes given to the row that they belong to.

The four levels of a Thai line, in body heights from the baseline: lower vowels down to -0.6, the
consonants up to 1, upper vowels up to 1.6, tone marks up to 2.3 (3 for ascenders under a mark).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.baselines import fit_baseline
from pipeline.layout.ink import Components, Indices, Numbers
from pipeline.layout.rows import Row

_ABOVE, _BELOW = 1.15, 0.45
"""How far over a consonant's head, and under the baseline, a mark may begin, in body heights."""

_SURELY_LETTERS = 8
"""A row of this many shapes is no row of marks unless the row that it hangs on has as many."""

_LONG, _COVERED, _AS_HIGH = 4.0, 0.45, 0.7
"""Shapes that are so many body heights wide together, cover this share of their row's width and are as high
as this share of a line's letters, are letters themselves."""

_DOT = 0.3
"""What is smaller than this in both directions is a dot or a speck."""

_LOWER_VOWEL, _OVER_HEADS = 0.08, (0.12, 0.55)
"""Where a lower vowel begins under the baseline, and an upper vowel and a tone mark end over the heads."""

_MOST_LOWER, _MOST_UPPER = 0.5, 1.0
"""Of the letters of a title no larger share bears a vowel below: more shapes than that are the next line, as
is the number close under ด่วนที่สุด. Above, they bear no more marks than they are: more are the line before, as
is the office over the number of a stamp, whose digits are as high as a title."""

_TALLEST = 3.3
"""A shape higher than this is no part of a line of that size."""


def part_from_titles(components: Components, rows: list[Row]) -> list[Row]:
    """Rows without members that are marks of a larger title beside them at that height."""
    parted = []
    places = _by_region(rows)
    for row in rows:
        keep = np.ones(len(row.members), bool)
        own = components.take(row.members)
        for other in (rows[place] for place in places[row.region]):
            if other.baseline.body > 1.3 * row.baseline.body:
                keep &= ~_marks_of(own, components.take(other.members), other)
        if keep.all():
            parted.append(row)
        elif keep.any():
            fit = fit_baseline(own.take(keep), row.baseline.body, row.baseline.slope)
            parted.append(Row(row.members[keep], fit, row.region))
    return parted


def _marks_of(marks: Components, title: Components, row: Row) -> NDArray[np.bool_]:
    body = row.baseline.body
    middle = (marks.x0 + marks.x1) / 2
    within = (middle >= title.x0.min() - 0.2 * body) & (middle <= title.x1.max() + 0.2 * body)
    base = row.baseline.at(middle)
    above = (marks.y1 <= base - 0.85 * body) & (marks.y1 >= base - 1.7 * body)
    below = within & (marks.y0 >= base - 0.15 * body) & (marks.y1 <= base + 0.8 * body)
    if below.sum() > _MOST_LOWER * len(title):
        below[:] = False
    if (within & above).sum() > _MOST_UPPER * len(title):
        above[:] = False
    return np.asarray((within & above | below) & (marks.height <= body))


def drop_mark_rows(components: Components, rows: list[Row]) -> list[Row]:
    """Leave out rows that are only vowels or tone marks of a row below or above them.

    A merged vowel and tone mark is as high as a consonant. But it begins less than a body height
    over the heads of its own line, and a true line ends at least that far above the next one.
    """
    if len(rows) < 2:
        return rows
    places = _by_region(rows)
    boxes = [components.take(row.members).box() for row in rows]
    weights = [float(components.width[row.members].sum()) for row in rows]
    return [
        row
        for i, row in enumerate(rows)
        if not any(
            weights[j] > 1.5 * weights[i]
            and len(rows[j].members) >= min(len(row.members), _SURELY_LETTERS)
            and not _stands_close(row, weights[i], boxes[i].width, rows[j])
            and _hangs_on(boxes[i].x0, boxes[i].x1, row, boxes[j].x0, boxes[j].x1, rows[j])
            and _has_letters_at(
                components.take(row.members), components.take(rows[j].members), rows[j].baseline.body
            )
            for j in places[row.region]
            if j != i
        )
    ]


def _stands_close(row: Row, inked: float, width: float, other: Row) -> bool:
    """Whether a row's shapes, so wide together, stand side by side as high as another's letters.

    Few letters bear a mark, and marks are narrower than letters. Where lines are set very close, a short one
    hangs on the next as marks do; this tells it from them.
    """
    body = other.baseline.body
    as_high = row.baseline.body >= _AS_HIGH * body
    return as_high and inked >= max(_LONG * body, _COVERED * width)


def _has_letters_at(marks: Components, letters: Components, body: float) -> bool:
    """Whether most ``marks`` are within a body height of a letter's place along the line."""
    middle = ((marks.x0 + marks.x1) / 2)[:, None]
    beside = (letters.x0 - body <= middle) & (middle <= letters.x1 + body)
    return bool(beside.any(axis=1).mean() > 0.5)


def _hangs_on(x0: float, x1: float, row: Row, other_x0: float, other_x1: float, other: Row) -> bool:
    body = other.baseline.body
    if x0 < other_x0 - body or x1 > other_x1 + body or row.baseline.body > 1.5 * body:
        return False
    middle = (x0 + x1) / 2
    above = other.baseline.at(middle) - body - row.baseline.at(middle)
    below = row.baseline.at(middle) - row.baseline.body - other.baseline.at(middle)
    return bool(-0.95 * body <= above <= 0.75 * body or -0.95 * body <= below <= 0.2 * body)


def _by_region(rows: list[Row]) -> dict[int, list[int]]:
    """The places in ``rows`` of those of each region: a page of cells has hundreds of both."""
    places: dict[int, list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(row.region, []).append(place)
    return places


def attach_marks(components: Components, rows: list[Row], regions: Indices) -> list[Indices]:
    """For each row, the indices of all components that belong to it, its own members included.

    ``regions`` gives the region of each component: no row takes any of another region.
    """
    attached = [np.empty(0, np.intp)] * len(rows)
    for region, places in _by_region(rows).items():
        here = np.flatnonzero(regions == region)
        local = [replace(rows[i], members=np.searchsorted(here, rows[i].members)) for i in places]
        for i, members in zip(places, _attach_here(components.take(here), local), strict=True):
            attached[i] = here[members]
    return attached


def _attach_here(components: Components, rows: list[Row]) -> list[Indices]:
    """:func:`attach_marks` where all are of one region."""
    cost = np.stack([_cost(components, row) for row in rows])
    for i, row in enumerate(rows):
        cost[:, row.members] = np.inf
        cost[i, row.members] = 0.0
    best = cost.argmin(axis=0)
    held = np.isfinite(cost.min(axis=0))
    for mark in np.flatnonzero(np.isfinite(cost).sum(axis=0) >= 2):
        between = np.flatnonzero(np.isfinite(cost[:, mark]))
        best[mark] = _nearer_row(components, rows, int(mark), between, int(best[mark]))
    return [np.flatnonzero(held & (best == i)) for i in range(len(rows))]


def _nearer_row(components: Components, rows: list[Row], mark: int, between: Indices, best: int) -> int:
    """Of two rows between which a mark stands, the one in which it is at the height of a mark.

    At single spacing a tone mark reaches up to the baseline of the line above: what tells is how
    far it is from that baseline as a lower vowel, and from the heads below as an upper vowel or tone.
    """
    c = components
    middle = (c.x0[mark] + c.x1[mark]) / 2
    bases = np.array([float(rows[r].baseline.at(middle)) for r in between])
    upper, lower = int(between[bases.argmin()]), int(between[bases.argmax()])
    body = rows[lower].baseline.body
    inside = any(base - body < (c.y0[mark] + c.y1[mark]) / 2 < base for base in bases)
    if inside or np.ptp(bases) < body or c.height[mark] > 1.3 * body:
        return best
    as_lower_vowel = abs((c.y0[mark] - bases.min()) / body - _LOWER_VOWEL)
    over_heads = (bases.max() - body - c.y1[mark]) / body
    return upper if as_lower_vowel < min(abs(over_heads - over) for over in _OVER_HEADS) else lower


def _cost(components: Components, row: Row) -> Numbers:
    """How badly each component fits the row: 0 in its body, more above and below, infinite beyond."""
    body = row.baseline.body
    middle = (components.x0 + components.x1) / 2
    base = row.baseline.at(middle)
    over = (base - body - components.y1) / body
    under = (components.y0 - base) / body
    own = components.take(row.members)
    # Dots beyond the ends are specks unless they are near; letters may stand further off.
    size = np.maximum(components.width, components.height)
    reach = np.where(size < _DOT * body, 0.5 * body, 1.0 * body)
    near = (components.x1 >= own.x0.min() - reach) & (components.x0 <= own.x1.max() + reach)
    fits = near & (over <= _ABOVE) & (under <= _BELOW) & (components.height <= _TALLEST * body)
    # A tall shape may hang into a row that it has nothing to do with: most of it must be in its zone.
    inside = np.minimum(components.y1, base + 0.7 * body) - np.maximum(components.y0, base - 2.4 * body)
    fits &= inside >= 0.6 * components.height
    return np.where(fits, np.maximum(over, 0.0) + 2.0 * np.maximum(under, 0.0), np.inf)
