"""The project's own recogniser: a convolutional CTC network, run by ONNX Runtime."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from pipeline.errors import MissingToolError
from pipeline.model import GreyImage, Lattice, Line, LineRegion
from pipeline.ocr.calibration import Calibration
from pipeline.ocr.framing import BASELINE_ROW, BODY_ROWS, STRIP_HEIGHT, Frame, frame
from pipeline.ocr.lexicon import settle
from pipeline.ocr.reading import characters_of, doubt_between, text_of

MODEL = resources.files("pipeline.ocr") / "model" / "thai-print.onnx"
NAME = "saraban"
KEPT = 8
"""Symbols kept at each step of a lattice."""

_DOUBTFUL = 0.8
"""Line confidence below which a line is read again at the other scales."""
_OTHER_SCALES = (0.92, 1.08)
_AS_SURE = json.dumps([[1, 0]] * (1 + len(_OTHER_SCALES)))
"""Calibrations of such lines in a model that has none."""
_WIDTH_STEP = 64
_COLUMNS_AT_ONCE = 8192
"""Strip columns in one batch: bounds memory, and more at once is no faster on a CPU."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the model file says of itself; ``again[n]`` is for lines of whose readings n others agree."""

    alphabet: tuple[str, ...]
    step_pixels: int
    temperature: float
    characters: Calibration
    lines: Calibration
    again: tuple[Calibration, ...]


class NeuralRecogniser:
    """Reads Thai and Latin print, Thai and Arabic digits.

    ``threads`` is the number of processor threads that it may use. Deterministic: the same page and
    regions give the same lines, bit for bit, on the same machine.

    Raises:
        MissingToolError: the model file is not there or was made for another framing of lines.
    """

    def __init__(self, model: Path | None = None, threads: int = 1) -> None:
        content = _content(model)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.use_deterministic_compute = True
        # Spinning threads would burn the cores that other workers need.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        self._facts = _facts(self._session.get_modelmeta().custom_metadata_map)
        self._version = _hash(content)

    @property
    def name(self) -> str:
        return NAME

    @property
    def version(self) -> str:
        """The beginning of the model file's SHA-256."""
        return self._version

    def read(self, image: GreyImage, regions: Sequence[LineRegion]) -> tuple[Line, ...]:
        """The lines of ``regions`` on the page ``image``, in the order given.

        A line's characters, their boxes and its lattice are in page pixels; its confidence is the
        probability that all of its text is right. A line read with doubt is read again as if its
        body were a little smaller and a little larger, and the surest reading kept. Letters still in
        doubt are settled by the words that they make (:func:`pipeline.ocr.lexicon.settle`).
        """
        return settle([self._kept(readings) for readings in self.readings(image, regions)])

    def readings(self, image: GreyImage, regions: Sequence[LineRegion]) -> list[tuple[Line, ...]]:
        """Of each region its reading, and where that is doubtful those at the other scales after it."""
        lines: list[tuple[Line, ...]] = [(line,) for line in self._read(image, regions)]
        doubtful = [index for index, (line, *_) in enumerate(lines) if line.confidence < _DOUBTFUL]
        again = []
        for share in _OTHER_SCALES:
            scaled = [replace(r, body_height=r.body_height * share) for r in (regions[i] for i in doubtful)]
            again.append(self._read(image, scaled))
        for index, *others in zip(doubtful, *again, strict=True):
            height = regions[index].body_height
            lines[index] += tuple(replace(line, body_height=height) for line in others)
        return lines

    def _kept(self, readings: Sequence[Line]) -> Line:
        """The surest reading. Of several it is as sure as such are that agree with so many others."""
        if len(readings) == 1:
            return readings[0]
        kept, agreeing = surest(readings)
        return replace(kept, confidence=self._facts.again[agreeing](kept.confidence))

    def _read(self, image: GreyImage, regions: Sequence[LineRegion]) -> list[Line]:
        frames = [frame(image, region) for region in regions]
        lattices = self._lattices(frames)
        return [self._line(*item) for item in zip(regions, frames, lattices, strict=True)]

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
            engine=self.name,
        )


def surest(readings: Sequence[Line]) -> tuple[Line, int]:
    """The surest of a line's readings that read anything, and how many of the others read the same."""
    kept = max(readings, key=lambda line: (bool(line.text), line.confidence))
    return kept, sum(line.text == kept.text for line in readings) - 1


def model_version() -> str:
    """Which recogniser and which model the package reads with: ``saraban-`` and the model's hash.

    Raises:
        MissingToolError: the model file is not there.
    """
    return f"{NAME}-{_hash(_content(None))}"


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _content(model: Path | None) -> bytes:
    try:
        return (model or MODEL).read_bytes()
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
