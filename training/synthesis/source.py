"""The endless supply of synthetic lines."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Literal

import numpy as np

from pipeline.model import GreyImage, LineRegion
from training.fonts import Face, faces
from training.synthesis import damage
from training.synthesis.compose import Faces, LineStyle, compose, draw_style
from training.synthesis.render import Ink
from training.synthesis.scene import place, warp
from training.synthesis.scribbles import scribble
from training.synthesis.segments import HAND, Segments, label
from training.synthesis.surroundings import paint, sign_over, surround
from training.synthesis.text import draw_text

_BODY_HEIGHTS = (9.0, 40.0)
_NOTHING_SHARE = 0.02
"""Of all lines, how many are a signature or dirt, to be read as nothing."""

_WRITTEN_SHARE, _NAMES_SHARE, _SIGNED_SHARE = 0.65, 0.5, 0.6
"""Of the lines for the network of the pen, how many must hold handwriting; of the others, how many are names;
and how many of those without handwriting are crossed by a signature."""


@dataclass(frozen=True, slots=True, eq=False)
class SyntheticLine:
    """One line of text as a scan shows it.

    ``image`` is HxW uint8 with wide margins, into which neighbour lines may reach; ``region`` is
    the true place of the line after all distortion; ``text`` is canonical, the stretches of the
    line joined by single spaces, empty for ink that says nothing; ``damage`` names what was done to
    it; ``style`` is the kind of text and the inks it has, such as ``date/print+hand``.
    """

    image: GreyImage
    region: LineRegion
    text: str
    font: str
    damage: tuple[str, ...]
    style: str


class LineSource(Iterator[SyntheticLine]):
    """Endless synthetic lines, the same for the same arguments.

    ``fonts`` chooses the families trained on, or those held out to measure on; ``level`` scales the
    damage (0 gives clean lines); ``max_characters`` bounds the text (24 for the short lines that
    training starts with, 90 for full ones). With ``pen`` the lines are those for the network of the pen: most
    hold handwriting, and many others are crossed by a signature.
    """

    def __init__(
        self,
        seed: int,
        fonts: Literal["train", "held_out"] = "train",
        level: float = 1.0,
        max_characters: int = 90,
        pen: bool = False,
    ) -> None:
        self._random = Random(f"{seed}/{fonts}")
        self._rng = np.random.default_rng([seed, fonts == "held_out"])
        self._level = level
        self._max_characters = max_characters
        self._pen = pen
        self._faces = {kind: _weighted(faces(fonts, kind)) for kind in ("print", "hand", "latin", "symbol")}
        self._heavy = {face.family.name: face for face in self._faces["print"][0] if face.heavy}
        self._past: deque[Ink] = deque(maxlen=24)

    def __next__(self) -> SyntheticLine:
        style = self._draw_style()
        kind, ink, drawn = self._draw_ink(style)
        neighbours = self._neighbours(ink)
        self._past.append(ink)
        placed = surround(self._rng, place(self._rng, ink, neighbours), self._level)
        if self._pen and not _is_written(drawn) and self._rng.random() < _SIGNED_SHARE:
            sign_over(self._rng, placed)
        line, others, region = warp(self._rng, placed, min(1.0, self._level))
        grey = paint(self._rng, line, others, self._level)
        grey, done = damage.degrade(self._rng, grey, region.body_height, self._level)
        inks = "+".join(sorted({segment.ink for segment in drawn}))
        return SyntheticLine(grey, region, label(drawn), style.faces.text.name, done, f"{kind}/{inks}")

    def _draw_ink(self, style: LineStyle) -> tuple[str, Ink, Segments]:
        """What the line shows, and the stretches of text in it; none where it says nothing."""
        if self._random.random() < _NOTHING_SHARE:
            return "nothing", scribble(self._rng, style.body_height), ()
        kind, segments = self._draw_text()
        return kind, *compose(self._random, self._rng, segments, style)

    def _draw_text(self) -> tuple[str, Segments]:
        must_be_written = self._pen and self._random.random() < _WRITTEN_SHARE
        must_be_name = self._pen and not must_be_written and self._random.random() < _NAMES_SHARE
        while True:
            kind, segments = draw_text(self._random, self._max_characters)
            if (_is_written(segments) or not must_be_written) and (kind == "signature" or not must_be_name):
                return kind, segments

    def _draw_style(self) -> LineStyle:
        low, high = np.log(_BODY_HEIGHTS[0]), np.log(_BODY_HEIGHTS[1])
        body = float(np.exp(low + (high - low) * self._rng.beta(1.5, 2.2)))
        chosen = {kind: self._draw_face(kind) for kind in self._faces}
        text = chosen["print"]
        heavy = self._heavy.get(text.family.name, text)
        drawn = Faces(text, heavy, chosen["hand"], chosen["latin"], chosen["symbol"])
        return draw_style(self._random, drawn, body)

    def _draw_face(self, kind: str) -> Face:
        found, cumulative = self._faces[kind]
        return self._random.choices(found, cum_weights=cumulative)[0]

    def _neighbours(self, ink: Ink) -> list[Ink]:
        """Lines drawn before, brought to this one's size; none for some lines."""
        if not self._past or self._rng.random() < 0.3:
            return []
        chosen = [self._past[int(self._rng.integers(len(self._past)))] for _ in range(2)]
        return [other.scaled(ink.body_height / other.body_height) for other in chosen]


def _is_written(segments: Segments) -> bool:
    return any(segment.ink == HAND for segment in segments)


def _weighted(found: tuple[Face, ...]) -> tuple[tuple[Face, ...], tuple[float, ...]]:
    return found, tuple(accumulate(face.weight for face in found))
