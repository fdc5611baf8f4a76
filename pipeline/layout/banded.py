"""Tables that are ruled across only: rulings part the rows, and paper between the entries the columns.

Level rulings of one length are strong evidence, so little more is asked of what stands between them than
that several bands hold several entries. A text that runs over an edge of columns is one cell: a heading.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.bodies import millimetres
from pipeline.layout.grids import SAME_BOUNDARY_MM, Grid, clustered, spans_between, turned
from pipeline.layout.groups import runs
from pipeline.layout.ink import Components, Numbers
from pipeline.layout.nontext import spots
from pipeline.layout.rulings import Ruling
from pipeline.layout.walls import covered_share

_FEWEST_WHOLE, FEWEST_RULINGS, _SHORTEST_MM = 3, 4, 15.0
"""So many rulings run over the whole table; so many are there with those that part some of its columns."""

_SAME_END_MM = 4.0
_WIDEST_BAND_MM = 90.0
"""Rulings of one table have their ends so near to one another's, and are no further apart."""

_FEWEST_COLUMNS, _FEWEST_FULL = 4, 2
"""A table has at least so many columns, and so many bands with at least three entries."""

_WORDS_APART, _SPECK = 0.5, 0.3
"""Words of one entry are nearer than so many body heights; what is smaller than the second is no letter."""

_APART = 1.6
"""What stands alone in a column that has few entries is so many body heights away from any other."""

_CHANNEL, _CROSSED = 0.5, 0.15
"""Between columns are at least so many body heights of paper, crossed in at most this share of the bands."""

_HEADING, _OF_HEADING = 0.25, 2.0
"""Words alone in their band, no further apart than so many body heights, are a heading if they have this part
of the table's width."""

_COVERED = 0.5

Entries = list[NDArray[np.float64]]
"""For each band, the ends (N×2, turned coordinates) of what stands in it."""


def find_banded(levels: Sequence[Ruling], ink: Components, body: float, dpi: int) -> list[Grid]:
    """The grid of the table whose rows the ``levels`` of a page part; none where they part no entries."""
    rulings = _of_one_table(levels, dpi)
    if not rulings:
        return []
    slope = float(np.average([r.slope for r in rulings], weights=[r.length for r in rulings]))
    same = millimetres(SAME_BOUNDARY_MM, dpi)
    level = turned(rulings, slope, False)
    rows = clustered(level, same)
    ends = float(np.median(level[:, 0])), float(np.median(level[:, 1]))
    entries = _entries(ink, rows, ends, slope, body)
    columns = _columns(entries, ends, body)
    if len(columns) <= _FEWEST_COLUMNS or sum(len(band) >= 3 for band in entries) < _FEWEST_FULL:
        return []
    floors = covered_share(level, rows, columns, 2 * same) >= _COVERED
    sides = np.array([[_parts(band, edge) for edge in columns] for band in entries])
    ruled = float((floors.sum() + 2 * len(rows)) / (floors.size + sides.size))
    return [Grid(rows, columns, slope, spans_between(floors, sides), 0, ruled)]


def _of_one_table(levels: Sequence[Ruling], dpi: int) -> list[Ruling]:
    """The rulings over the whole width of a table, and those that part some of its columns; or none."""
    near, widest = millimetres(_SAME_END_MM, dpi), millimetres(_WIDEST_BAND_MM, dpi)
    long = [r for r in levels if r.length >= millimetres(_SHORTEST_MM, dpi)]
    best: list[Ruling] = []
    for model in long:
        like = [r for r in long if abs(r.start - model.start) <= near and abs(r.end - model.end) <= near]
        best = max(best, like, key=len)
    whole = sorted(best, key=lambda r: r.start_at)
    gaps = np.diff([r.start_at for r in whole])
    if len(whole) < _FEWEST_WHOLE or gaps.max() > widest:
        return []
    first, last = whole[0], whole[-1]
    table = [
        r
        for r in long
        if first.start - near <= r.start
        and r.end <= first.end + near
        and first.start_at <= r.start_at <= last.start_at
    ]
    return table if len(table) >= FEWEST_RULINGS else []


def _entries(ink: Components, rows: Numbers, ends: tuple[float, float], slope: float, body: float) -> Entries:
    x, y = (ink.x0 + ink.x1) / 2, (ink.y0 + ink.y1) / 2
    across, down = x + slope * y, y - slope * x
    large = (ink.width >= _SPECK * body) | (ink.height >= _SPECK * body)
    dirt = spots(ink, body)
    inside = large & (across > ends[0]) & (across < ends[1])
    row = np.searchsorted(rows, down, side="right") - 1
    bands = []
    for band in range(len(rows) - 1):
        held = inside & (row == band)
        left, right = across[held] - ink.width[held] / 2, across[held] + ink.width[held] / 2
        heading = _joined(left, right, _OF_HEADING * body)
        is_heading = len(heading) == 1 and np.ptp(heading) >= _HEADING * (ends[1] - ends[0])
        words = heading if is_heading else _joined(left, right, _WORDS_APART * body)
        bands.append(_holding(words, across[held & ~dirt]))
    return bands


def _holding(words: NDArray[np.float64], letters: Numbers) -> NDArray[np.float64]:
    """The words (N×2) that hold the middle of a letter: others are but spots, as commas are in figures."""
    inside = (words[:, :1] <= letters) & (letters <= words[:, 1:])
    return np.asarray(words[inside.any(axis=1)])


def _joined(left: Numbers, right: Numbers, gap: float) -> NDArray[np.float64]:
    """The ends (N×2) of what is no more than ``gap`` apart."""
    order = np.argsort(left, kind="stable")
    left, reach = left[order], np.maximum.accumulate(right[order])
    cuts = np.flatnonzero(left[1:] - reach[:-1] > gap)
    return np.stack((np.append(left[:1], left[cuts + 1]), np.append(reach[cuts], reach[-1:])), axis=1)


def _columns(entries: Entries, ends: tuple[float, float], body: float) -> Numbers:
    """The edges of columns: the middles of channels of paper that hardly any band's entries cross."""
    left, right = ends
    bands = [band - left for band in entries if len(band) > 1]
    size = int(right - left) + 2
    free = _crossed(bands[1:], size) <= _CROSSED * len(bands)
    wider = [_joined(band[:, 0], band[:, 1], _APART * body) for band in bands]
    alone = np.concatenate(wider or [np.zeros((0, 2))])
    # What lies wholly in free paper does not cross it: it is an entry of a column that has few.
    for a, b in runs(free):
        for start, end in alone:
            if start >= a and end < b:
                free[int(start) : int(end) + 1] = False
    # Headings may reach further to the sides than what stands below them.
    all_crossed = _crossed(bands, size)
    channels = []
    for a, b in runs(free):
        if b - a >= _CHANNEL * body and a and b < size:
            least = runs(all_crossed[a:b] == all_crossed[a:b].min())
            start, end = max(least, key=lambda run: run[1] - run[0])
            channels.append(left + a + (start + end) / 2)
    return _parting([left, *channels, right], entries)


def _parting(edges: Sequence[float], entries: Entries) -> Numbers:
    """The edges of columns without those that part one in two: under one heading dashes stand amid the column
    and figures at its right, and no band holds both."""
    kept = [edges[0]]
    for edge, following in pairwise(edges[1:]):
        parted = [band for band in entries if _parts(band, edge)]
        beside = any(_holds(band, kept[-1], edge) and _holds(band, edge, following) for band in parted)
        if beside or len(parted) == len(entries):
            kept.append(edge)
    return np.array([*kept, edges[-1]])


def _holds(band: NDArray[np.float64], start: float, end: float) -> bool:
    """Whether an entry of a band has its middle in a column."""
    middle = band.mean(axis=1)
    return bool(((middle > start) & (middle < end)).any())


def _crossed(bands: Entries, size: int) -> Numbers:
    """In how many bands something stands at each of so many places."""
    crossed = np.zeros(size)
    for band in bands:
        for start, end in band:
            crossed[max(0, int(start)) : int(end) + 1] += 1
    return crossed


def _parts(band: NDArray[np.float64], edge: float) -> bool:
    """Whether no entry of a band stands on the edge of a column."""
    return not ((band[:, 0] < edge) & (edge < band[:, 1])).any()
