"""One network run by ONNX Runtime: regions of a page to lines with lattices and calibrated confidence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from pipeline.errors import MissingToolError
from pipeline.model import GreyImage, Lattice, Line, LineRegion
from pipeline.ocr.calibration import Calibration
from pipeline.ocr.framing import BASELINE_ROW, BODY_ROWS, STRIP_HEIGHT, Frame, frame
from pipeline.ocr.reading import characters_of, doubt_between, text_of

KEPT = 8
"""Symbols kept at each step of a lattice."""

_AS_SURE = json.dumps([[1, 0]] * 3)
"""Calibrations of lines read again, up to three times in all, in a model that has none."""

_WIDTH_STEP = 64
_COLUMNS_AT_ONCE = 8192
"""Strip columns in one batch: bounds memory, and more at once is no faster on a CPU."""


class ModelFile(Protocol):
    """A path, or a file inside the package."""

    def read_bytes(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the model file says of itself; ``again[n]`` is for lines of whose readings n others agree."""

    alphabet: tuple[str, ...]
    step_pixels: int
    temperature: float
    characters: Calibration
    lines: Calibration
    again: tuple[Calibration, ...]


class Network:
    """A model file ready to read with; lines that it reads bear the name of ``engine``.

    Raises:
        MissingToolError: the file is not there or was made for another framing of lines.
    """

    def __init__(self, file: ModelFile, engine: str, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.use_deterministic_compute = True
        # Spinning threads would burn the cores that other workers need.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            content_of(file), options, providers=["CPUExecutionProvider"]
        )
        self._facts = _facts(self._session.get_modelmeta().custom_metadata_map)
        self._engine = engine

    def read(self, image: GreyImage, regions: Sequence[LineRegion]) -> list[Line]:
        """The lines of ``regions`` on the page ``image`` (HxW), in the order given."""
        frames = [frame(image, region) for region in regions]
        lattices = self._lattices(frames)
        return [self._line(*item) for item in zip(regions, frames, lattices, strict=True)]

    def sureness_of(self, line: Line, agreeing: int) -> float:
        """The probability that all of a line's surest reading is right, with which so many others agree."""
        return self._facts.again[agreeing](line.confidence)

    def _lattices(self, frames: Sequence[Frame]) -> list[Lattice]:
        lattices: dict[int, Lattice] = {}
        for group in _groups([held.strip.shape[1] for held in frames]):
            width = _padded(max(frames[index].strip.shape[1] for index in group))
            strips = np.zeros((len(group), 1, STRIP_HEIGHT, width), dtype=np.uint8)
            for row, index in enumerate(group):
                strips[row, 0, :, : frames[index].strip.shape[1]] = frames[index].strip
            (logits,) = self._session.run(None, {"strips": strips})
            for row, index in enumerate(group):
                lattices[index] = self._lattice(logits[row], frames[index])
        return [lattices[index] for index in range(len(frames))]

    def _lattice(self, logits: NDArray[np.float32], held: Frame) -> Lattice:
        steps = -(-held.strip.shape[1] // self._facts.step_pixels)
        logits = logits[:steps] / self._facts.temperature
        kept = np.argpartition(-logits, KEPT, axis=1)[:, :KEPT]
        values = np.take_along_axis(logits, kept, axis=1)
        order = np.argsort(-values, axis=1, kind="stable")
        peak = logits.max(axis=1, keepdims=True)
        total = np.log(np.exp(logits - peak).sum(axis=1, keepdims=True)) + peak
        scores = np.take_along_axis(values, order, axis=1) - total
        symbols = np.take_along_axis(kept, order, axis=1).astype(np.int16)
        step = held.step * self._facts.step_pixels
        return Lattice(symbols, scores.astype(np.float32), self._facts.alphabet, held.x0, step)

    def _line(self, region: LineRegion, held: Frame, lattice: Lattice) -> Line:
        characters = characters_of(lattice, region, self._facts.characters)
        sure = float(np.prod([character.confidence for character in characters]))
        return Line(
            text=text_of(characters),
            box=region.box,
            confidence=self._facts.lines(sure * (1.0 - doubt_between(lattice))),
            characters=characters,
            lattice=lattice,
            baseline=(region.baseline_left + region.baseline_right) / 2,
            body_height=region.body_height,
            ink=region.ink,
            engine=self._engine,
        )


def hash_of(*files: ModelFile) -> str:
    """The beginning of the SHA-256 of all files together."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(content_of(file))
    return digest.hexdigest()[:12]


def content_of(file: ModelFile) -> bytes:
    """The bytes of a model file; :class:`MissingToolError` if it is not there."""
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise MissingToolError(f"the recogniser's model is missing: {error.filename}") from error


def _facts(metadata: dict[str, str]) -> _Facts:
    framing = json.loads(metadata.get("framing", "null"))
    if framing != [STRIP_HEIGHT, BASELINE_ROW, BODY_ROWS]:
        raise MissingToolError(f"the recogniser's model was trained on other framing: {framing}")
    return _Facts(
        alphabet=tuple(json.loads(metadata["alphabet"])),
        step_pixels=int(metadata["step_pixels"]),
        temperature=float(metadata.get("temperature", "1")),
        characters=Calibration(*json.loads(metadata.get("character_calibration", "[1, 0]"))),
        lines=Calibration(*json.loads(metadata.get("line_calibration", "[1, 0]"))),
        again=tuple(Calibration(*fit) for fit in json.loads(metadata.get("again_calibration", _AS_SURE))),
    )


def _padded(width: int) -> int:
    return -(-width // _WIDTH_STEP) * _WIDTH_STEP


def _groups(widths: Sequence[int]) -> Iterator[list[int]]:
    """Indices of strips to read together: of like width, and not too many columns in all."""
    group: list[int] = []
    for index in sorted(range(len(widths)), key=lambda i: (widths[i], i)):
        if group and (len(group) + 1) * _padded(widths[index]) > _COLUMNS_AT_ONCE:
            yield group
            group = []
        group.append(index)
    if group:
        yield group
