"""The project's own recogniser: two convolutional CTC networks, one for print and one for the pen.

The first reads every line. What it doubts is written by hand as a rule, or badly worn, and is read again by
the second, which was trained on lines with handwriting for the most part: two networks of this size read more
than one that has to know both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path

from pipeline.model import GreyImage, Line, LineRegion
from pipeline.ocr.lexicon import settle
from pipeline.ocr.network import ModelFile, Network, hash_of

_MODELS = resources.files("pipeline.ocr") / "model"
_PRINT, _PEN = _MODELS / "thai-print.onnx", _MODELS / "thai-pen.onnx"
NAME = "saraban"

_DOUBTFUL = 0.8
"""Line confidence below which a line is read again by the network for the pen."""
_SCALES_AGAIN = (0.92, 1.16)
"""As if its body were so many times as high: layout misjudges the height of what is hard to read, and writing
is larger than print."""


class NeuralRecogniser:
    """Reads Thai and Latin print, Thai and Arabic digits, and digits written by hand.

    ``print_model`` and ``pen_model`` are the shipped ones unless others are given; ``threads`` is the number
    of processor threads that it may use. Deterministic: the same page and regions give the same lines, bit
    for bit, on the same machine.

    Raises:
        MissingToolError: a model file is not there or was made for another framing of lines.
    """

    def __init__(
        self, print_model: Path | None = None, pen_model: Path | None = None, threads: int = 1
    ) -> None:
        files: tuple[ModelFile, ModelFile] = (print_model or _PRINT, pen_model or _PEN)
        self._print, self._pen = (Network(file, NAME, threads) for file in files)
        self._version = hash_of(*files)

    @property
    def name(self) -> str:
        return NAME

    @property
    def version(self) -> str:
        """The beginning of the SHA-256 of both model files."""
        return self._version

    def read(self, image: GreyImage, regions: Sequence[LineRegion]) -> tuple[Line, ...]:
        """The lines of ``regions`` on the page ``image``, in the order given.

        A line's characters, their boxes and its lattice are in page pixels; its confidence is the
        probability that all of its text is right. Of a line read with doubt the surest of several readings
        is kept. Letters still in doubt are settled by the words that they make
        (:func:`pipeline.ocr.lexicon.settle`).
        """
        return settle([self._kept(readings) for readings in self.readings(image, regions)])

    def readings(self, image: GreyImage, regions: Sequence[LineRegion]) -> list[tuple[Line, ...]]:
        """Of each region its reading as print, and where that is doubtful those of the pen after it."""
        lines: list[tuple[Line, ...]] = [(line,) for line in self._print.read(image, regions)]
        doubtful = [index for index, (line, *_) in enumerate(lines) if line.confidence < _DOUBTFUL]
        again = []
        for share in _SCALES_AGAIN:
            scaled = [replace(r, body_height=r.body_height * share) for r in (regions[i] for i in doubtful)]
            again.append(self._pen.read(image, scaled))
        for index, *others in zip(doubtful, *again, strict=True):
            height = regions[index].body_height
            lines[index] += tuple(replace(line, body_height=height) for line in others)
        return lines

    def _kept(self, readings: Sequence[Line]) -> Line:
        """The surest reading. Of several it is as sure as such are that agree with so many others."""
        if len(readings) == 1:
            return readings[0]
        kept, agreeing = surest(readings)
        return replace(kept, confidence=self._print.sureness_of(kept, agreeing))


def surest(readings: Sequence[Line]) -> tuple[Line, int]:
    """The surest of a line's readings that read anything, and how many of the others read the same."""
    kept = max(readings, key=lambda line: (bool(line.text), line.confidence))
    return kept, sum(line.text == kept.text for line in readings) - 1


def model_version() -> str:
    """Which recogniser and which models the package reads with: ``saraban-`` and the models' hash.

    Raises:
        MissingToolError: a model file is missing.
    """
    return f"{NAME}-{hash_of(_PRINT, _PEN)}"
