"""Rendered pages with the truth moved to where cleaning put the page."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from pipeline.model import Box, PageImage
from pipeline.pages import clean
from samples.compose import Topic
from samples.content import BundleContent
from samples.generate import random_bundle
from samples.geometry import PageGeometry, move_page, turn
from samples.marks import TICKS
from samples.random_plan import random_plan
from samples.render import RenderedBundle, render_bundle
from samples.scan import Damage, Mode, ScanStyle
from samples.vocabulary import table

_RULINGS = ("full", "no_outer", "faint")


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredPage:
    """A cleaned page, the truth in its coordinates, and how it was scanned."""

    name: str
    page: PageImage
    truth: PageGeometry
    style: ScanStyle


def style_of(seed: int) -> ScanStyle:
    """Resolutions, modes and damage in turn, so that every combination comes up."""
    combinations = list(product((150, 200, 300), Mode, Damage))
    return ScanStyle(*combinations[seed * 7 % len(combinations)])


def bundle_pages(seeds: range) -> Iterator[MeasuredPage]:
    """Pages of random bundles: letters, minutes, attachments, plans."""
    for seed in seeds:
        yield from _pages(render_bundle(random_bundle(seed), style_of(seed), seed), f"bundle {seed}")


def plan_pages(seeds: range) -> Iterator[MeasuredPage]:
    """Pages of plan tables alone, with every kind of tick and ruling in turn."""
    kinds = list(product(TICKS, _RULINGS))
    for seed in seeds:
        chance = random.Random(seed + 7000)
        plan = random_plan(
            chance.choice(table("provinces")), Topic(chance.choice(table("topics")), 2565), chance
        )
        tick, ruling = kinds[seed % len(kinds)]
        plan = replace(plan, style=replace(plan.style, tick=tick, ruling=ruling))
        bundle = BundleContent(f"plan {seed}", (plan,))
        yield from _pages(render_bundle(bundle, style_of(seed), seed), bundle.name)


def _pages(bundle: RenderedBundle, name: str) -> Iterator[MeasuredPage]:
    for number, rendered in enumerate(bundle.pages, start=1):
        page = clean(rendered.image, number, rendered.dpi)
        if page.rotation:
            continue  # Cleaning's error, counted where cleaning is measured.
        back = turn(-page.skew, (page.width / 2, page.height / 2))
        truth = _tight(move_page(rendered.geometry, back), (page.skew, rendered.skew))
        yield MeasuredPage(f"{name} p.{number}", page, truth, bundle.style)


def _tight(truth: PageGeometry, angles: tuple[float, ...]) -> PageGeometry:
    """``truth`` with cells as large as they are: the upright box around a turned cell is larger."""
    tables = []
    for table_truth in truth.tables:
        cells = []
        for cell in table_truth.cells:
            box = cell.box
            for angle in angles:
                box = _turned_back(box, math.radians(abs(angle)))
            cells.append(replace(cell, box=box))
        tables.append(replace(table_truth, cells=tuple(cells)))
    return replace(truth, tables=tuple(tables))


def _turned_back(box: Box, angle: float) -> Box:
    """The rectangle around which ``box`` lies when it is turned by ``angle`` (radians) about its centre."""
    cosine, sine = math.cos(angle), math.sin(angle)
    width = (box.width * cosine - box.height * sine) / math.cos(2 * angle)
    height = (box.height * cosine - box.width * sine) / math.cos(2 * angle)
    x, y = box.centre
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
