"""How a bundle was scanned, and the damage that copying and scanning do to a page."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.geometry import Affine, turn

Pixels = NDArray[np.uint8]


class Damage(StrEnum):
    """How much a page has been through."""

    NONE = "none"
    LIGHT = "light"
    MEDIUM = "medium"
    HEAVY = "heavy"


class Mode(StrEnum):
    """What the scanner keeps: RGB, grey, or black and white."""

    COLOUR = "colour"
    GREY = "grey"
    BILEVEL = "bilevel"


@dataclass(frozen=True, slots=True)
class ScanStyle:
    """Resolution, colour and damage of a scan, the same for all pages of a bundle.

    ``turned`` is the share of pages that were laid on the glass the wrong way round.
    """

    dpi: int = 200
    mode: Mode = Mode.GREY
    damage: Damage = Damage.LIGHT
    turned: float = 0.0

    @staticmethod
    def any(
        seed: int, dpi: int | None = None, damage: Damage | None = None, mode: Mode | None = None
    ) -> ScanStyle:
        """A style as chance has it; what is given stays."""
        chance = random.Random(seed * 977 + 5)
        chosen = chance.choice((150, 200, 200, 300)), chance.choice(tuple(Damage)), chance.choice(tuple(Mode))
        harmed = damage or chosen[1]
        turned = 0.04 if harmed in (Damage.MEDIUM, Damage.HEAVY) else 0.0
        return ScanStyle(dpi or chosen[0], mode or chosen[2], harmed, turned)


@dataclass(frozen=True, slots=True)
class _Harm:
    """The strength of each kind of damage at one level; shares are the chance that it occurs."""

    skew: float
    blur: float
    noise: float
    jpeg: int
    uneven: float
    tint: float
    specks: float
    thicken: float
    edges: float
    holes: float
    bleed: float
    watermark: float
    contrast: float


# Blur in points of sigma on paper, noise in grey levels, specks per square inch.
_HARM = {
    Damage.NONE: _Harm(0, 0, 0, 95, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    Damage.LIGHT: _Harm(0.4, 0.12, 3, 75, 6, 4, 0.05, 0.1, 0.15, 0.1, 0.0, 0.05, 0.05),
    Damage.MEDIUM: _Harm(0.9, 0.19, 7, 65, 18, 10, 0.4, 0.25, 0.4, 0.25, 0.25, 0.12, 0.12),
    Damage.HEAVY: _Harm(1.5, 0.26, 12, 50, 34, 18, 1.4, 0.4, 0.6, 0.35, 0.5, 0.2, 0.22),
}


def jpeg_quality(style: ScanStyle) -> int:
    """The JPEG quality that pages of this style are kept at."""
    return _HARM[style.damage].jpeg


def scan(page: Pixels, back: Pixels | None, style: ScanStyle, seed: int) -> tuple[Pixels, Affine, float]:
    """Scan a clean page (HxW or HxWx3 uint8); ``back`` is the page on the other side, if any.

    Returns the scan, the matrix from clean to scanned pixels, and the skew in degrees, positive
    clockwise. JPEG comes later, when the page is written.
    """
    harm = _HARM[style.damage]
    chance = np.random.default_rng(seed)
    image = page
    if back is not None and chance.random() < harm.bleed:
        image = _bleed_through(image, back, float(chance.uniform(0.06, 0.2)))
    if chance.random() < harm.thicken:
        image = _photocopy(image, style.dpi, chance)
    if chance.random() < harm.holes:
        image = _punch_holes(image, style.dpi, chance)
    image, matrix, skew = _turn(image, harm, chance)
    if harm.contrast:
        image = _fade(image, float(chance.uniform(0, harm.contrast)))
    if chance.random() < harm.edges:
        image = _dark_edges(image, style.dpi, chance)
    if harm.specks:
        image = _specks(image, style.dpi, harm.specks, chance)
    if harm.blur:
        sigma = float(chance.uniform(0.5, 1.0)) * harm.blur * style.dpi / 72
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), max(0.3, sigma)), np.uint8)
    if harm.uneven:
        image = _uneven_light(image, float(chance.uniform(0.3, 1.0)) * harm.uneven, chance)
    if harm.tint and style.mode is not Mode.BILEVEL:
        image = _tint(image, float(chance.uniform(0, harm.tint)), chance)
    if harm.noise:
        image = _noise(image, float(chance.uniform(0.4, 1.0)) * harm.noise, chance)
    if style.mode is Mode.BILEVEL:
        image = _threshold(image, style.dpi, harm, chance)
    return image, matrix, skew


def quarter_turns(style: ScanStyle, landscape: bool, seed: int) -> int:
    """By how many quarters a page lies turned clockwise; wide pages are mostly fed sideways."""
    chance = random.Random(seed * 613 + 29)
    if chance.random() >= style.turned * (8 if landscape else 1):
        return 0
    return chance.choice((1, 3) if landscape else (1, 2, 2, 3))


def wants_watermark(style: ScanStyle, seed: int) -> bool:
    """Whether a page printed for this scan carries a watermark."""
    return random.Random(seed * 131 + 17).random() < _HARM[style.damage].watermark


def _turn(image: Pixels, harm: _Harm, chance: np.random.Generator) -> tuple[Pixels, Affine, float]:
    height, width = image.shape[:2]
    skew = float(np.clip(chance.normal(0, harm.skew * 0.6), -harm.skew, harm.skew))
    if not harm.skew:
        return image, turn(0, (width / 2, height / 2)), 0.0
    shift = (float(chance.uniform(-0.006, 0.006) * width), float(chance.uniform(-0.004, 0.004) * height))
    matrix = turn(skew, (width / 2, height / 2), shift)
    white = (255, 255, 255)
    turned = cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=white)
    return np.asarray(turned, np.uint8), matrix, skew


def _bleed_through(image: Pixels, back: Pixels, strength: float) -> Pixels:
    mirrored = cv2.GaussianBlur(cv2.flip(back, 1), (0, 0), 1.6)
    faint = np.asarray(
        cv2.LUT(mirrored, (255 - (255 - np.arange(256)) * strength).astype(np.uint8)), np.uint8
    )
    if image.ndim == 3 and faint.ndim == 2:
        faint = np.asarray(cv2.merge([faint] * 3), np.uint8)
    if image.ndim == 2 and faint.ndim == 3:
        faint = np.asarray(cv2.cvtColor(faint, cv2.COLOR_RGB2GRAY), np.uint8)
    return np.asarray(cv2.multiply(image, faint, scale=1 / 255), np.uint8)


def _photocopy(image: Pixels, dpi: int, chance: np.random.Generator) -> Pixels:
    """A copy of a copy: strokes swell (or, one time in four, thin out) by a third of a dot or so."""
    size = 2 if dpi < 250 else 3
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    thin = chance.random() < 0.25
    changed = cv2.dilate(image, kernel) if thin else cv2.erode(image, kernel)
    share = float(chance.uniform(0.25, 0.5) if thin else chance.uniform(0.35, 0.8))
    return np.asarray(cv2.addWeighted(image, 1 - share, changed, share, 0), np.uint8)


def _punch_holes(image: Pixels, dpi: int, chance: np.random.Generator) -> Pixels:
    marked = image.copy()
    height = image.shape[0]
    radius = round(0.118 * dpi)
    x = round(0.47 * dpi + chance.uniform(-0.08, 0.08) * dpi)
    tone = int(chance.choice([25, 60, 120]))
    for y in (height / 2 - 1.575 * dpi, height / 2 + 1.575 * dpi):
        cv2.circle(marked, (x, round(y)), radius, (tone, tone, tone), -1, cv2.LINE_AA)
    return marked


def _fade(image: Pixels, share: float) -> Pixels:
    """Black turns to grey."""
    table = np.clip(np.arange(256) * (1 - share) + 255 * share * 0.9, 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(image, table), np.uint8)


def _dark_edges(image: Pixels, dpi: int, chance: np.random.Generator) -> Pixels:
    """What lay beside the paper: a dark band with a ragged edge along one or two sides."""
    marked = image.copy()
    height, width = image.shape[:2]
    for side in chance.choice(4, size=int(chance.integers(1, 3)), replace=False):
        length = width if side < 2 else height
        knots = np.cumsum(chance.normal(0, 0.012 * dpi, 9)) + chance.uniform(0.01, 0.09) * dpi
        depth = np.clip(np.interp(np.arange(length), np.linspace(0, length, 9), knots), 0, 0.16 * dpi)
        tone = int(chance.integers(10, 90))
        reach = int(depth.max()) + 1
        band = np.arange(reach)[:, None] < depth[None, :]
        target = {
            0: marked[:reach],
            1: marked[::-1][:reach],
            2: marked.swapaxes(0, 1)[:reach],
            3: marked.swapaxes(0, 1)[::-1][:reach],
        }
        target[int(side)][band] = tone
    return marked


def _specks(image: Pixels, dpi: int, density: float, chance: np.random.Generator) -> Pixels:
    marked = image.copy()
    height, width = image.shape[:2]
    count = int(chance.poisson(density * height * width / dpi**2))
    for x, y in zip(chance.integers(0, width, count), chance.integers(0, height, count), strict=True):
        radius = float(chance.exponential(0.0035)) * dpi
        tone = int(chance.integers(0, 120))
        axes = (max(1, round(radius)), max(1, round(radius * chance.uniform(0.5, 1.2))))
        cv2.ellipse(
            marked, (int(x), int(y)), axes, float(chance.uniform(0, 180)), 0, 360, (tone, tone, tone), -1
        )
    return marked


def _uneven_light(image: Pixels, strength: float, chance: np.random.Generator) -> Pixels:
    """Light that falls off over the page by up to ``strength`` grey levels."""
    height, width = image.shape[:2]
    small = np.asarray(chance.uniform(0, 1, (4, 3)), np.float32)
    light = np.asarray(255 - cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC) * strength)
    light = np.clip(light, 0, 255).astype(np.uint8)
    if image.ndim == 3:
        light = np.asarray(cv2.merge([light] * 3), np.uint8)
    return np.asarray(cv2.multiply(image, light, scale=1 / 255), np.uint8)


def _tint(image: Pixels, strength: float, chance: np.random.Generator) -> Pixels:
    """Paper that is not white: yellowed in colour, darker in grey."""
    if image.ndim == 2:
        return np.asarray(cv2.LUT(image, (np.arange(256) * (1 - strength / 255)).astype(np.uint8)), np.uint8)
    shares = strength * np.array([0.3, 0.5, 1.0]) * chance.uniform(0.8, 1.2, 3)
    tables = [(np.arange(256) * (1 - share / 255)).astype(np.uint8) for share in shares]
    channels = [cv2.LUT(channel, table) for channel, table in zip(cv2.split(image), tables, strict=True)]
    return np.asarray(cv2.merge(channels), np.uint8)


def _noise(image: Pixels, sigma: float, chance: np.random.Generator) -> Pixels:
    """Grain, from a tile that is laid over the page at a random offset: quick, and not seen."""
    height, width = image.shape[:2]
    tile = chance.normal(0, sigma, (509, 503)).astype(np.float32)
    tile = np.asarray(cv2.GaussianBlur(tile, (0, 0), 0.55)) * 1.4
    rows, columns = -(-height // 509), -(-width // 503)
    grain = np.tile(np.round(tile).astype(np.int16), (rows, columns))[:height, :width]
    if image.ndim == 3:
        grain = np.asarray(cv2.merge([grain] * 3))
    return np.asarray(cv2.add(image, grain, dtype=cv2.CV_8U), np.uint8)


def _threshold(image: Pixels, dpi: int, harm: _Harm, chance: np.random.Generator) -> Pixels:
    """Black and white as a fax or a cheap scanner makes it: one level for the whole page."""
    grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY) if image.ndim == 3 else image, np.uint8)
    paper = float(np.percentile(grey[:: max(1, dpi // 40), :: max(1, dpi // 40)], 30))
    level = paper * float(chance.uniform(0.58, 0.58 + harm.skew * 0.12 + 0.04))
    return np.where(grey < level, 0, 255).astype(np.uint8)
