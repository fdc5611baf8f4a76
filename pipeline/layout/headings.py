"""The headings of a table without rulings, and the columns that they stand over.

The lowest headings have a column each. A column's edge lies between two of them, where the fewest rows
cross it: dashes, ticks and figures set flush right belong to the heading that they stand under. A heading
above several others spans their columns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from pipeline.layout.aligned_rows import WIDEST_NUMBER, entries_at
from pipeline.layout.grids import Span
from pipeline.layout.groups import runs
from pipeline.layout.heading_lines import FEWEST_IN_LINE
from pipeline.layout.ink import Numbers
from pipeline.layout.pieces import APART, Pieces

_FLUSH, _CENTRED = 0.1, 0.2
"""Lines of a heading have edges or middles within these parts of the longer one's width."""

_CROSSED = 0.2
"""Two headings of which no edge parts the rows, but for this share of them, are words of one."""

_LETTER, _WORDS_APART = 1.2, 2.0
"""What is narrower than the first many body heights is a part of a worn heading that is within the second."""

_MARK_ABOVE = 1.4
"""What is no wider than a letter, and lower than so many body heights above a word that reaches over it at
both sides, is a vowel or a tone mark of it."""

_SPLINTER = 0.45
"""What is narrower than this many body heights and has no entries near below it is no heading."""

_CONFLICTS, _MOST_CONFLICTS = 0.3, 0.5
"""In at most this share of the rows does any column hold two entries, and in at most the second if no channel
parts them."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its ends, its first and its last baseline."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    def over(self, other: Heading) -> bool:
        """Whether the two have some of their width in common."""
        return self.left < other.right and other.left < self.right

    def goes_on_in(self, below: Heading) -> bool:
        """Whether ``below`` is a further line of this heading: set about the same middle, or flush left."""
        widths = sorted((self.right - self.left, below.right - below.left))
        flush = abs(self.left - below.left) <= _FLUSH * widths[1] and widths[0] >= widths[1] / 2
        return flush or abs(self.middle - below.middle) <= _CENTRED * widths[1]

    def with_one_above(self, other: Heading) -> Heading:
        """Both as one heading of several lines."""
        return Heading(
            min(self.left, other.left), max(self.right, other.right), min(self.top, other.top), self.bottom
        )


@dataclass(frozen=True, slots=True, eq=False)
class HeadedColumns:
    """The edges of the columns, the heading of each, and headings over several: (heading, first, last).

    Of the leaves only so many as ``named`` were found; the place of the others is between two rulings.
    """

    edges: Numbers
    leaves: tuple[Heading, ...]
    spanning: tuple[tuple[Heading, int, int], ...]
    named: int

    @property
    def top(self) -> float:
        """The highest baseline."""
        return min(heading.top for heading in (*self.leaves, *(span for span, _, _ in self.spanning)))

    @property
    def floor(self) -> tuple[float, float]:
        """The lowest baseline of headings over several columns, and the highest of those below them."""
        below = [leaf for _, first, last in self.spanning for leaf in self.leaves[first : last + 1]]
        return max(span.bottom for span, _, _ in self.spanning), min(leaf.top for leaf in below)

    def reaching(self, left: float) -> HeadedColumns:
        """These columns, the first one reaching to ``left`` at least."""
        return replace(self, edges=np.array([min(left, self.edges[0]), *self.edges[1:]]))

    def cells(self) -> tuple[Span, ...]:
        """The cells of the headings: one row of them, or two where some span others."""
        if not self.spanning:
            return tuple(Span(0, column, 1, 1) for column in range(len(self.leaves)))
        below = {column for _, first, last in self.spanning for column in range(first, last + 1)}
        spans = [Span(0, first, 1, last - first + 1) for _, first, last in self.spanning]
        spans += [
            Span(int(column in below), column, 1 if column in below else 2, 1)
            for column in range(len(self.leaves))
        ]
        return tuple(sorted(spans, key=lambda span: (span.row, span.column)))


def columns_under(
    headings: Pieces, rows: Pieces, numbered: Numbers, uprights: Numbers, body: float
) -> HeadedColumns | None:
    """The columns of ``rows`` under ``headings``, or None where these do not fit.

    ``numbered`` are the baselines of the lines that begin a row, ``uprights`` the places of rulings between
    columns, as far as any are left.
    """
    leaves, spanning = _levels(_without_marks(headings, body), rows, uprights)
    leaves = _without_fragments(leaves, rows, body)
    if not leaves:
        return None
    leaves = [*_over_numbers(leaves[0], rows, numbered, body), *leaves]
    most = max(1.0, _CROSSED * max(len(np.unique(rows.line[rows.line >= 0])), 1))
    uprights = uprights[[_crossing(rows, x) <= most for x in uprights]]
    kept, edges, named = [leaves[0]], list[float](), 1
    for last, leaf in pairwise(leaves):
        ruled = uprights[(uprights > last.right) & (uprights < leaf.left)].tolist()
        x, count = _edge(last, leaf, rows)
        if not ruled and count > most:
            kept[-1] = Heading(kept[-1].left, leaf.right, min(kept[-1].top, leaf.top), leaf.bottom)
        else:
            # Between two rulings there is a column even where its heading is lost.
            kept += [Heading(a, b, leaf.bottom, leaf.bottom) for a, b in pairwise(ruled)]
            edges += ruled or [x]
            kept.append(leaf)
            named += 1
    left = min(float(rows.left.min()), kept[0].left) - body
    right = max(float(rows.right.max()), kept[-1].right) + body
    columns = np.array([left, *edges, right])
    if not _fits(rows, numbered, columns, body):
        return None
    return HeadedColumns(columns, tuple(kept), _spans(spanning, kept, columns, body), named)


def _over_numbers(first: Heading, rows: Pieces, numbered: Numbers, body: float) -> list[Heading]:
    """The place over the numbers of rows as a heading, where it is lost: ``first`` stands beside it."""
    entries = [entries_at(rows, float(base), body).joined(APART * body) for base in numbered]
    two = [row for row in entries if len(row) > 1]
    if not two:
        return []
    right, beside = (
        float(np.median([row.right[0] for row in two])),
        float(np.median([r.left[1] for r in two])),
    )
    left = float(np.median([row.left[0] for row in two]))
    lost = beside <= first.middle and right < first.left and right - left <= WIDEST_NUMBER * body
    return [Heading(left, right, first.bottom, first.bottom)] if lost else []


def _crossing(rows: Pieces, x: float) -> int:
    """How many pieces have ink at both sides of ``x``."""
    return int(((rows.left < x) & (x < rows.right)).sum())


def _without_marks(headings: Pieces, body: float) -> Pieces:
    """The headings without vowels and tone marks that were taken for a line of their own."""
    above = headings.base[None, :] - headings.base[:, None]
    covered = (headings.left[None, :] <= headings.left[:, None]) & (
        headings.right[:, None] <= headings.right[None, :]
    )
    marks = (covered & (above > 0) & (above <= _MARK_ABOVE * body)).any(axis=1)
    return headings.take(~(marks & (headings.width <= _LETTER * body)))


def _levels(headings: Pieces, rows: Pieces, uprights: Numbers) -> tuple[list[Heading], list[Heading]]:
    """The lowest headings from left to right, and those above several of them."""
    leaves: list[Heading] = []
    spanning: list[Heading] = []
    for i in np.argsort(-headings.base, kind="stable"):
        base = float(headings.base[i])
        own = Heading(float(headings.left[i]), float(headings.right[i]), base, base)
        below = [leaf for leaf in leaves if leaf.over(own)]
        above = next((span for span in spanning if span.over(own)), None)
        if above is not None:
            spanning[spanning.index(above)] = above.with_one_above(own)
        elif len(below) == 1 and own.goes_on_in(below[0]):
            leaves[leaves.index(below[0])] = below[0].with_one_above(own)
        elif below:
            spanning.append(own)
        else:
            leaves.append(own)
    leaves.sort(key=lambda leaf: leaf.left)
    between = [
        leaf
        for before, leaf, after in zip(leaves, leaves[1:], leaves[2:], strict=False)
        if leaf.bottom < min(before.top, after.top)
        and (not _has_entries(leaf, rows) or ((uprights > leaf.left) & (uprights < leaf.right)).any())
    ]
    return [leaf for leaf in leaves if leaf not in between], [*spanning, *between]


def _without_fragments(leaves: list[Heading], rows: Pieces, body: float) -> list[Heading]:
    """The headings without splinters over nothing; a letter over nothing is joined with a near one."""
    near = [Heading(leaf.middle - body, leaf.middle + body, leaf.top, leaf.bottom) for leaf in leaves]
    leaves = [
        leaf
        for leaf, around in zip(leaves, near, strict=True)
        if leaf.right - leaf.left >= _SPLINTER * body or _has_entries(around, rows)
    ]
    whole = leaves[:1]
    for leaf in leaves[1:]:
        last = whole[-1]
        fragments = [
            part
            for part in (last, leaf)
            if part.right - part.left < _LETTER * body and not _has_entries(part, rows)
        ]
        if fragments and leaf.left - last.right <= _WORDS_APART * body:
            whole[-1] = Heading(last.left, leaf.right, min(last.top, leaf.top), max(last.bottom, leaf.bottom))
        else:
            whole.append(leaf)
    return whole


def _has_entries(heading: Heading, rows: Pieces) -> bool:
    return bool(((rows.middle >= heading.left) & (rows.middle <= heading.right)).any())


def _edge(leaf: Heading, other: Heading, rows: Pieces) -> tuple[float, int]:
    """Where between two headings the fewest rows have ink (the middle of the widest place), and how many."""
    low, high = sorted((leaf.right, other.left))
    x = np.arange(low, high + 1.0)
    crossed = ((rows.left[:, None] <= x) & (x <= rows.right[:, None])).sum(axis=0)
    least = int(crossed.min())
    start, end = max(runs(crossed == least), key=lambda run: run[1] - run[0])
    return float(x[start] + x[end - 1]) / 2, least


def _fits(rows: Pieces, numbered: Numbers, columns: Numbers, body: float) -> bool:
    """Whether the rows have entries in most columns, and seldom two in one.

    What a stamp over a text leaves of it stands in two pieces as well, but no channel runs between them.
    """
    filled, twice = [], []
    entries = _without_marks(rows, body)
    for base in numbered:
        row = entries.take(np.abs(entries.base - base) < 0.5 * body)
        places = np.searchsorted(columns, row.joined(APART * body).middle)
        counts = np.bincount(places, minlength=len(columns) + 1)
        filled.append(int((counts > 0).sum()))
        twice.append(counts > 1)
    conflicts = np.mean(twice, axis=0)
    parted = conflicts.max() > _MOST_CONFLICTS or any(
        _has_channel(rows, columns[place - 1 : place + 1]) for place in np.flatnonzero(conflicts > _CONFLICTS)
    )
    return float(np.median(filled)) >= FEWEST_IN_LINE and not parted


def _has_channel(rows: Pieces, ends: Numbers) -> bool:
    """Whether hardly any line crosses some place between the entries of the column that has these ends."""
    inside = rows.take((rows.middle > ends[0]) & (rows.middle < ends[1]))
    x = np.arange(np.percentile(inside.left, 25) + 1, np.percentile(inside.right, 75))
    crossed = ((inside.left[:, None] <= x) & (x <= inside.right[:, None])).sum(axis=0)
    return bool((crossed <= _CROSSED * len(np.unique(inside.base))).any())


def _spans(
    spanning: list[Heading], leaves: list[Heading], edges: Numbers, body: float
) -> tuple[tuple[Heading, int, int], ...]:
    """The columns that each spanning heading is centred over, of those whose headings are below it."""
    spans = []
    free = set(range(len(leaves)))
    for heading in sorted(spanning, key=lambda span: span.left):
        if not free:
            break
        under = [leaves[i] for i in free if leaves[i].over(heading)] or sorted(
            (leaves[i] for i in free), key=lambda leaf: abs(leaf.middle - heading.middle)
        )[:2]
        level = max(min(leaf.top for leaf in under) - body / 2, heading.bottom + body)
        lower = [i for i in free if leaves[i].top >= level]
        runs = [
            (abs(edges[first] + edges[last + 1] - 2 * heading.middle), first, last)
            for first in lower
            for last in lower
            if first < last and all(i in lower for i in range(first, last))
            if edges[first] <= heading.left and heading.right <= edges[last + 1]
        ]
        if not runs:
            continue
        nearest = min(runs)[0]
        _, first, last = max(
            (run for run in runs if run[0] <= nearest + 2 * body), key=lambda run: run[2] - run[1]
        )
        spans.append((heading, first, last))
        free -= set(range(first, last + 1))
    return tuple(spans)
