"""How well a recogniser reads: character error, digit error, exact digit strings and dates.

``python -m training.evaluate MODEL.onnx`` prints the figures on held-out lines (fonts that training
never draws), by font and by degradation.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from rapidfuzz.distance import Levenshtein

from pipeline.ocr.framing import frame
from training.alphabet import decode, encode
from training.batches import collate
from training.network import STEP_PIXELS, Network
from training.synthesis import LineSource, SyntheticLine
from training.synthesis.alphabet import canonical

_THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"

_NUMBER = re.compile(r"[0-9๐-๙]+(?:[./,:-][0-9๐-๙]+)*")
"""A number with its inner marks: ``๐๘๑๐.๓/๒๙๒๗``, ``41,000.00``."""

_DATE = re.compile(
    r"[0-9๐-๙]{1,2} ?(?:ม\.ค\.|ก\.พ\.|มี\.ค\.|เม\.ย\.|พ\.ค\.|มิ\.ย\.|ก\.ค\.|ส\.ค\.|ก\.ย\.|ต\.ค\.|พ\.ย\.|ธ\.ค\.|[ก-์]+(?:คม|ยน|พันธ์)) ?(?:พ\.ศ\. ?)?[0-9๐-๙]{2,4}"
)
"""A date: ``๗ ธันวาคม ๒๕๖๔``, ``20 ธ.ค. 64``."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Error rates over a set of lines (0 to 1), and shares of strings read wholly right."""

    lines: int
    character_error: float
    digit_error: float
    exact_lines: float
    exact_thai_numbers: float
    exact_numbers: float
    exact_dates: float

    def as_dict(self) -> dict[str, float]:
        return {name: round(getattr(self, name), 5) for name in self.__slots__}


def held_out_lines(seed: int, count: int, level: float) -> list[SyntheticLine]:
    """``count`` lines in fonts that training never sees."""
    source = iter(LineSource(seed, level=level, fonts="held_out"))
    lines: list[SyntheticLine] = []
    while len(lines) < count:
        line = next(source)
        if encode(line.text):
            lines.append(line)
    return lines


def read_lines(network: Network, lines: Sequence[SyntheticLine]) -> list[str]:
    """Best-path readings by the PyTorch network, for watching a run."""
    strips = [(frame(line.image, line.region).strip, [0]) for line in lines]
    order = sorted(range(len(lines)), key=lambda index: strips[index][0].shape[1])
    texts = [""] * len(lines)
    device = next(network.parameters()).device
    for start in range(0, len(order), 16):
        part = order[start : start + 16]
        batch = collate([strips[index] for index in part])
        with torch.inference_mode(), torch.autocast(device.type, torch.bfloat16):
            best = network(batch.strips.to(device).float() / 255).argmax(dim=-1).cpu().numpy()
        for row, index in zip(best, part, strict=True):
            steps = -(-strips[index][0].shape[1] // STEP_PIXELS)
            texts[index] = " ".join(decode(row[:steps].tolist()).split())
    return texts


def summarise(lines: Sequence[SyntheticLine], readings: Sequence[str]) -> Scores:
    """Scores of ``readings`` against the lines' texts."""
    truths = [canonical(line.text) for line in lines]
    pairs = list(zip(truths, readings, strict=True))
    characters = sum(len(truth) for truth in truths)
    errors = sum(Levenshtein.distance(truth, reading) for truth, reading in pairs)
    digits = sum(character.isdigit() for truth in truths for character in truth)
    thai = [pair for pair in pairs if any(digit in pair[0] for digit in _THAI_DIGITS)]
    return Scores(
        lines=len(lines),
        character_error=errors / max(characters, 1),
        digit_error=sum(digit_errors(*pair) for pair in pairs) / max(digits, 1),
        exact_lines=float(np.mean([truth == reading for truth, reading in pairs])),
        exact_thai_numbers=_share_exact(thai, re.compile(f"[{_THAI_DIGITS}]+")),
        exact_numbers=_share_exact(pairs, _NUMBER),
        exact_dates=_share_exact(pairs, _DATE),
    )


def digit_errors(truth: str, reading: str) -> int:
    """Digits of ``truth`` lost or changed, and digits that the reading made up."""
    wrong = 0
    for kind, at_truth, at_reading in Levenshtein.editops(truth, reading).as_list():
        lost = kind != "insert" and truth[at_truth].isdigit()
        made = kind != "delete" and reading[at_reading].isdigit()
        wrong += lost or made
    return wrong


def _share_exact(pairs: Sequence[tuple[str, str]], pattern: re.Pattern[str]) -> float:
    """Of the lines that hold the pattern, the share where all that matches it was read right."""
    wanted = [(pattern.findall(truth), pattern.findall(reading)) for truth, reading in pairs]
    judged = [truth == reading for truth, reading in wanted if truth]
    return float(np.mean(judged)) if judged else 1.0
