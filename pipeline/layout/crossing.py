"""Rulings that cross one another: each group of them may be a table."""

from __future__ import annotations

import numpy as np

from pipeline.layout.bodies import millimetres
from pipeline.layout.groups import group_labels
from pipeline.layout.rulings import Ruling

TOUCH_MM = 2.0
"""Two rulings meet when one ends within this distance of the other."""

_FAINT = 0.45
"""A ruling that has less than this share of the usual darkness of those that it crosses is none."""

_THROUGHOUT = 0.9
"""A dotted ruling from edge to edge of its table has this share of the length of the longest. Feet of letters
in a row have not."""


def crossing_groups(
    across: list[Ruling], down: list[Ruling], dpi: float
) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Groups of rulings that cross one another, directly or through others, without the faint among them.

    Those are no rulings but what shows through from the other side, or feet of letters in a row.
    """
    if not across or not down:
        return []
    touch = millimetres(TOUCH_MM, dpi)
    meets = np.array([[_meet(h, v, touch) for v in down] for h in across])
    size = len(across) + len(down)
    related = np.zeros((size, size), bool)
    related[: len(across), len(across) :] = meets
    related |= related.T
    labels = group_labels(related)
    groups = []
    for label in range(labels.max() + 1):
        chosen = np.flatnonzero(labels == label)
        group = [across[i] for i in chosen if i < len(across)]
        group_down = [down[i - len(across)] for i in chosen if i >= len(across)]
        if group and group_down:
            least = _FAINT * _usual_darkness([*group, *group_down])
            groups.append((_as_dark(group, least), _as_dark(group_down, least)))
    return groups


def _as_dark(rulings: list[Ruling], least: float) -> list[Ruling]:
    """Those of parallel rulings that are dark, or dotted with dark ink over all the length of the longest."""
    through = _THROUGHOUT * max(r.length for r in rulings)
    return [r for r in rulings if (r.ink_darkness if r.length >= through else r.darkness) >= least]


def _usual_darkness(rulings: list[Ruling]) -> float:
    """The median darkness of rulings, each counted as often as it is long."""
    ordered = sorted(rulings, key=lambda r: r.darkness)
    reached = np.cumsum([r.length for r in ordered])
    return ordered[int(np.searchsorted(reached, reached[-1] / 2))].darkness


def _meet(across: Ruling, down: Ruling, touch: float) -> bool:
    x = down.at(across.at((across.start + across.end) / 2))
    y = across.at(x)
    return across.start - touch <= x <= across.end + touch and down.start - touch <= y <= down.end + touch
