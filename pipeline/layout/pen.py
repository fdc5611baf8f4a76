"""Ink that was parted by colour, and what print leaves over: pen on lines, signatures, notes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pipeline.layout.bodies import millimetres
from pipeline.layout.groups import group_labels
from pipeline.layout.ink import Components, Indices
from pipeline.layout.insertions import fits_line
from pipeline.model import Box, LineRegion, StampRegion, StampShape

_CLUSTER_MM = 2.2
"""Strokes this near to one another are of one hand."""

_SIGNATURE_MM = (9.0, 4.5)
"""A signature is at least this wide and high."""

_LARGEST_SIGNATURE_MM = (90.0, 45.0)
_SIGNATURE_INK = 0.3
"""A signature covers less of its box than this; blots and pictures more."""


_ON_PRINT = 0.5
"""More than this share of a stroke over a printed name lies within the ends of the print."""


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Components near to one another."""

    members: Indices
    box: Box
    ink_share: float


def clusters(components: Components, dpi: int) -> list[Cluster]:
    """Groups of components near to one another, specks left out."""
    size = np.maximum(components.width, components.height)
    chosen = np.flatnonzero(size >= millimetres(0.8, dpi))
    if not len(chosen):
        return []
    chosen = chosen[np.argsort(-size[chosen])][:1500]
    near = millimetres(_CLUSTER_MM, dpi)
    c = components.take(chosen)
    apart_x = np.maximum(c.x0[:, None], c.x0) - np.minimum(c.x1[:, None], c.x1)
    apart_y = np.maximum(c.y0[:, None], c.y0) - np.minimum(c.y1[:, None], c.y1)
    labels = group_labels((apart_x <= near) & (apart_y <= near))
    found = []
    for label in range(int(labels.max()) + 1):
        held = chosen[labels == label]
        box = components.take(held).box()
        found.append(Cluster(held, box, float(components.area[held].sum()) / max(box.area, 1.0)))
    # From left to right, since a line grows by what is written on it.
    return sorted(found, key=lambda cluster: cluster.box.x0)


def is_signature(cluster: Cluster, dpi: int) -> bool:
    """Whether a cluster that belongs to no line has the size and thin strokes of a signature."""
    box = cluster.box
    low, high = (
        (millimetres(v, dpi) for v in _SIGNATURE_MM),
        (millimetres(v, dpi) for v in _LARGEST_SIGNATURE_MM),
    )
    least_width, least_height = low
    most_width, most_height = high
    return (
        least_width <= box.width <= most_width
        and least_height <= box.height <= most_height
        and cluster.ink_share < _SIGNATURE_INK
    )


def signature(cluster: Cluster) -> StampRegion:
    """The cluster as a signature."""
    return StampRegion(cluster.box, StampShape.SIGNATURE)


def signs_over(cluster: Cluster, components: Components, line: LineRegion, dpi: int) -> bool:
    """Whether a cluster is a signature over the print of ``line``, and no number or day written into it.

    One of its strokes is as large as a signature, which no figure is, and stands on print, not beside it.
    """
    strokes = components.take(cluster.members)
    width, height = (millimetres(size, dpi) for size in _SIGNATURE_MM)
    over = np.minimum(strokes.x1, line.box.x1) - np.maximum(strokes.x0, line.box.x0)
    large = (strokes.width >= width) & (strokes.height >= height)
    return bool((large & (over > _ON_PRINT * strokes.width)).any())


def line_under(cluster: Cluster, lines: list[LineRegion]) -> int | None:
    """The index of the printed line on which the cluster is written, or None."""
    best: tuple[float, int] | None = None
    box = cluster.box
    for i, line in enumerate(lines):
        slope = (line.baseline_right - line.baseline_left) / max(line.box.width, 1.0)
        base = line.baseline_left + slope * (box.centre[0] - line.box.x0)
        if fits_line(box, line.box, base, line.body_height):
            away = abs(box.centre[1] - base + line.body_height / 2)
            best = min(best or (away, i), (away, i))
    return None if best is None else best[1]


def grown(line: LineRegion, box: Box) -> LineRegion:
    """``line`` with its box grown by ``box``; baseline prolonged, size kept."""
    around = Box.around((line.box, box))
    slope = (line.baseline_right - line.baseline_left) / max(line.box.width, 1.0)
    return replace(
        line,
        box=around,
        baseline_left=line.baseline_left + slope * (around.x0 - line.box.x0),
        baseline_right=line.baseline_right + slope * (around.x1 - line.box.x1),
    )
