"""Rendered pages as the pipeline meets them, with the truth moved to where cleaning put the page.

Each bundle is written as a PDF of scans, compressed as scanners do, and rasterised from it again.
"""

from __future__ import annotations

import math
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np

from pipeline.intake import IntakeLimits, examine
from pipeline.model import Box, PageImage
from pipeline.pages import clean, load_page
from samples.compose import Topic
from samples.content import BundleContent
from samples.files import write_pdf
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
    """A cleaned page, the truth in its coordinates, and how it was scanned.

    ``seconds`` of processor time were spent on cleaning it.
    """

    name: str
    page: PageImage
    truth: PageGeometry
    style: ScanStyle
    seconds: float


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
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bundle.pdf"
        write_pdf(bundle, path)
        source = examine(path, IntakeLimits())
        for number, rendered in enumerate(bundle.pages, start=1):
            raw = load_page(source, number)
            started = time.thread_time()
            page = clean(raw.image, number, raw.dpi)
            seconds = time.thread_time() - started
            if page.rotation:
                continue  # Cleaning's error, counted where cleaning is measured.
            height, width = rendered.image.shape[:2]
            scale = np.array([[page.width / width, 0, 0], [0, page.height / height, 0]], np.float64)
            back = turn(-page.skew, (page.width / 2, page.height / 2))
            truth = move_page(move_page(rendered.geometry, scale), back)
            truth = _tight(truth, (page.skew, rendered.skew))
            yield MeasuredPage(f"{name} p.{number}", page, truth, bundle.style, seconds)


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
