"""How well a recogniser reads: character error, digit error, exact digit strings and dates.

``python -m training.evaluate [PRINT.onnx PEN.onnx]`` prints the figures on held-out lines (fonts that
training never draws), by font and by degradation.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from rapidfuzz.distance import Levenshtein

from pipeline.model import Box, GreyImage, Line, LineRegion
from pipeline.ocr import NeuralRecogniser, Recogniser
from pipeline.ocr.framing import frame
from training.alphabet import decode, encode
from training.batches import collate
from training.network import STEP_PIXELS, Network
from training.synthesis import LineSource, SyntheticLine
from training.synthesis.alphabet import THAI_DIGITS, canonical

_DIGITS = f"0123456789{THAI_DIGITS}"

LINES_OF_A_PAGE = 40

_NUMBER = re.compile(r"[0-9๐-๙]+(?:[./,:-][0-9๐-๙]+)*")
"""A number with its inner marks: ``๐๘๑๐.๓/๒๙๒๗``, ``41,000.00``."""

_MONTH = r"(?:[มกสตพธ]\.[คพยต]\.|(?:มี|เม|มิ)\.[คย]\.|[ก-์]+(?:คม|ยน|พันธ์))"
"""A month's name or its abbreviation: ``ธันวาคม``, ``มี.ค.``."""

_DATE = re.compile(rf"[0-9๐-๙]{{1,2}} ?{_MONTH} ?(?:พ\.ศ\. ?)?[0-9๐-๙]{{2,4}}")
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
        if encode(line.text) is not None:
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


def read_as_pages(recogniser: Recogniser, lines: Sequence[SyntheticLine]) -> list[Line]:
    """Readings by any recogniser, a page of forty lines at a time."""
    found: list[Line] = []
    for start in range(0, len(lines), LINES_OF_A_PAGE):
        image, regions = page_of(lines[start : start + LINES_OF_A_PAGE])
        found += recogniser.read(image, regions)
    return found


def readings_of(recogniser: NeuralRecogniser, lines: Sequence[SyntheticLine]) -> list[tuple[Line, ...]]:
    """All readings that the recogniser made of each line, a page of forty lines at a time."""
    found: list[tuple[Line, ...]] = []
    for start in range(0, len(lines), LINES_OF_A_PAGE):
        found += recogniser.readings(*page_of(lines[start : start + LINES_OF_A_PAGE]))
    return found


def page_of(lines: Sequence[SyntheticLine]) -> tuple[GreyImage, list[LineRegion]]:
    """The lines' images below one another on white, and where each line is there."""
    width = max(line.image.shape[1] for line in lines)
    page = np.full((sum(line.image.shape[0] for line in lines), width), 255, np.uint8)
    regions, top = [], 0
    for line in lines:
        height = line.image.shape[0]
        page[top : top + height, : line.image.shape[1]] = line.image
        regions.append(_lowered(line.region, top))
        top += height
    return page, regions


def _lowered(region: LineRegion, by: int) -> LineRegion:
    box = region.box
    return LineRegion(
        Box(box.x0, box.y0 + by, box.x1, box.y1 + by),
        region.baseline_left + by,
        region.baseline_right + by,
        region.body_height,
        region.ink,
    )


def summarise(lines: Sequence[SyntheticLine], readings: Sequence[str]) -> Scores:
    """Scores of ``readings`` against the lines' texts."""
    truths = [canonical(line.text) for line in lines]
    pairs = list(zip(truths, readings, strict=True))
    characters = sum(len(truth) for truth in truths)
    errors = sum(Levenshtein.distance(truth, reading) for truth, reading in pairs)
    digits = sum(character in _DIGITS for truth in truths for character in truth)
    thai = [pair for pair in pairs if any(digit in pair[0] for digit in THAI_DIGITS)]
    return Scores(
        lines=len(lines),
        character_error=errors / max(characters, 1),
        digit_error=sum(digit_errors(*pair) for pair in pairs) / max(digits, 1),
        exact_lines=float(np.mean([truth == reading for truth, reading in pairs])),
        exact_thai_numbers=_share_exact(thai, re.compile(f"[{THAI_DIGITS}]+")),
        exact_numbers=_share_exact(pairs, _NUMBER),
        exact_dates=_share_exact(pairs, _DATE),
    )


def digit_errors(truth: str, reading: str) -> int:
    """Digits of ``truth`` lost or changed, and digits that the reading made up."""
    wrong = 0
    for edit in Levenshtein.editops(truth, reading):
        lost = edit.tag != "insert" and truth[edit.src_pos] in _DIGITS
        made = edit.tag != "delete" and reading[edit.dest_pos] in _DIGITS
        wrong += lost or made
    return wrong


def _share_exact(pairs: Sequence[tuple[str, str]], pattern: re.Pattern[str]) -> float:
    """Of the lines that hold the pattern, the share where all that matches it was read right."""
    wanted = [(pattern.findall(truth), pattern.findall(reading)) for truth, reading in pairs]
    judged = [truth == reading for truth, reading in wanted if truth]
    return float(np.mean(judged)) if judged else 1.0


def by(
    key: Callable[[SyntheticLine], Iterable[str]], lines: Sequence[SyntheticLine], readings: Sequence[str]
) -> dict[str, Scores]:
    """Scores of the lines that share a key, such as their font or each damage done to them."""
    groups: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        for name in key(line):
            groups.setdefault(name, []).append(index)
    return {
        name: summarise([lines[i] for i in group], [readings[i] for i in group])
        for name, group in sorted(groups.items())
    }


def main() -> None:
    """Print the scores of two models on held-out lines, as a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("print_model", type=Path, nargs="?", help="the shipped ones unless others are given")
    parser.add_argument("pen_model", type=Path, nargs="?")
    parser.add_argument("--lines", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=900_002)
    parser.add_argument("--level", type=float, default=1.0)
    parser.add_argument("--show", type=int, default=0, help="how many wrong readings to print")
    arguments = parser.parse_args()
    lines = held_out_lines(arguments.seed, arguments.lines, arguments.level)
    recogniser = NeuralRecogniser(arguments.print_model, arguments.pen_model)
    readings = [line.text for line in read_as_pages(recogniser, lines)]
    tables = {"all": summarise(lines, readings)}
    tables |= by(lambda line: [line.font.split("-")[0]], lines, readings)
    tables |= by(lambda line: [line.style], lines, readings)
    tables |= by(lambda line: line.damage, lines, readings)
    print(f"{'':32}{'lines':>6}{'CER':>8}{'digits':>8}{'numbers':>8}{'dates':>8}")
    for name, scores in tables.items():
        print(
            f"{name:32}{scores.lines:6}{scores.character_error:8.4f}{scores.digit_error:8.4f}"
            f"{scores.exact_numbers:8.4f}{scores.exact_dates:8.4f}"
        )
    wrong = [(line, text) for line, text in zip(lines, readings, strict=True) if canonical(line.text) != text]
    for line, text in wrong[: arguments.show]:
        print(f"{line.font} {line.style} {' '.join(line.damage)}\n  {line.text}\n  {text}")


if __name__ == "__main__":
    main()
