"""Endless batches of framed synthetic lines for training.

Lines are framed by the same code that frames them when reading (:mod:`pipeline.ocr.framing`),
from regions shaken as a layout stage may err: a quarter in scale, a few rows up or down, a slight
slope. Strips of like width go together, padded to a multiple of 64 columns, since oneDNN
compiles its kernels anew for every shape it meets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset

from pipeline.model import Box, LineRegion
from pipeline.ocr.framing import STRIP_HEIGHT, Strip, frame
from training.alphabet import encode
from training.network import STEP_PIXELS
from training.synthesis import LineSource, SyntheticLine

WIDTH_STEP = 64
_POOL = 480


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Strips (N×1×48×W, uint8), all their classes in one row, and how many belong to each strip."""

    strips: Tensor
    classes: Tensor
    lengths: Tensor

    def ink(self, device: torch.device) -> Tensor:
        """The strips as a network takes them, 0 paper to 1 ink, laid out as convolutions like them."""
        inked = self.strips.to(device).float().mul_(1 / 255)
        return inked.contiguous(memory_format=torch.channels_last)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to feed: ``columns`` of strip in a batch, no strip wider than ``widest``.

    ``level`` and ``pen`` are as in :class:`training.synthesis.LineSource`.
    """

    seed: int
    level: float = 1.0
    columns: int = 8192
    widest: int = 1536
    fonts: Literal["train", "held_out"] = "train"
    pen: bool = False


def load(plan: Plan, workers: int) -> Iterator[Batch]:
    """Batches made by ``workers`` other processes, each from a seed of its own."""
    loader = DataLoader(
        _Stream(plan),
        batch_size=None,
        num_workers=workers,
        prefetch_factor=24,
        multiprocessing_context="spawn",
    )
    return iter(loader)


class _Stream(IterableDataset[Batch]):
    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __iter__(self) -> Iterator[Batch]:
        cv2.setNumThreads(1)
        torch.set_num_threads(1)
        worker = torch.utils.data.get_worker_info()
        seed = self.plan.seed * 1009 + (worker.id if worker else 0)
        plan = self.plan
        source = LineSource(seed, level=plan.level, fonts=plan.fonts, pen=plan.pen)
        random = np.random.default_rng(seed)
        lines = _framed(source, random, self.plan.widest)
        while True:
            pool = sorted((next(lines) for _ in range(_POOL)), key=lambda line: line[0].shape[1])
            batches = _grouped(pool, self.plan.columns)
            for index in random.permutation(len(batches)):
                yield collate(batches[index])


def _framed(
    source: Iterable[SyntheticLine], random: np.random.Generator, widest: int
) -> Iterator[tuple[Strip, list[int]]]:
    for line in source:
        classes = encode(line.text)
        if classes is None:
            continue
        strip = frame(line.image, shake(line.region, random)).strip
        if strip.shape[1] <= widest and fits(strip, classes):
            yield thin(strip, random), classes


def fits(strip: Strip, classes: list[int]) -> bool:
    """Whether CTC has steps enough: one for each character, one more between two that are equal."""
    doubles = sum(a == b for a, b in pairwise(classes))
    return bool(strip.shape[1] // STEP_PIXELS >= len(classes) + doubles)


def shake(region: LineRegion, random: np.random.Generator) -> LineRegion:
    """``region`` as a layout stage may misjudge it, most often by little."""
    body = region.body_height
    wild = 1.0 if random.random() < 0.3 else 0.4
    body_height = body * float(np.exp(wild * random.uniform(-0.24, 0.24)))
    # A box cut short by less than the frame's own margin still shows all ink.
    up, tilt = (wild * body * random.uniform(-span, span) for span in (0.2, 0.1))
    left, right = (random.uniform(-0.15, 0.7) * body for _ in range(2))
    box = region.box
    return LineRegion(
        Box(box.x0 - left, box.y0, box.x1 + right, box.y1),
        region.baseline_left + up + tilt,
        region.baseline_right + up - tilt,
        body_height,
        region.ink,
    )


def thin(strip: Strip, random: np.random.Generator) -> Strip:
    """Squeeze or stretch sideways by up to a tenth: condensed type, careless copiers."""
    if random.random() < 0.5:
        return strip
    width = max(round(strip.shape[1] * random.uniform(0.9, 1.1)), 16)
    return np.asarray(cv2.resize(strip, (width, STRIP_HEIGHT), interpolation=cv2.INTER_LINEAR), np.uint8)


def _grouped(pool: list[tuple[Strip, list[int]]], columns: int) -> list[list[tuple[Strip, list[int]]]]:
    batches, start = [], 0
    while start < len(pool):
        # The size follows the narrowest strip's padded width, so that shapes repeat.
        size = max(columns // padded(pool[start][0].shape[1]), 4)
        batches.append(pool[start : start + size])
        start += size
    return batches


def padded(width: int) -> int:
    """``width`` rounded up to a multiple of 64."""
    return -(-width // WIDTH_STEP) * WIDTH_STEP


def collate(lines: list[tuple[Strip, list[int]]]) -> Batch:
    """One batch of ``lines``, their strips padded with paper at the right."""
    width = padded(max(strip.shape[1] for strip, _ in lines))
    strips = np.zeros((len(lines), 1, STRIP_HEIGHT, width), dtype=np.uint8)
    for row, (strip, _) in enumerate(lines):
        strips[row, 0, :, : strip.shape[1]] = strip
    classes = [index for _, line in lines for index in line]
    return Batch(
        torch.from_numpy(strips),
        torch.tensor(classes, dtype=torch.long),
        torch.tensor([len(line) for _, line in lines], dtype=torch.long),
    )
