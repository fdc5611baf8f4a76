"""``python -m benchmarks.recogniser`` prints the comparison and writes it to ``results.md`` beside this file.

Needs the training extra and the training fonts (it draws the lines), Tesseract with the language
data ``tha``, ``eng`` and the script data ``Thai`` (tesseract-ocr-script-thai).
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.recogniser.letters import letter_lines
from pipeline.ocr import NeuralRecogniser, Recogniser, TesseractRecogniser, model_version
from training.evaluate import Scores, by, held_out_lines, read_as_pages, summarise
from training.synthesis import SyntheticLine

RESULTS = Path(__file__).with_name("results.md")
LANGUAGES = ("tha", "tha+eng", "Thai")
DEGRADED_SEED = 910_001
CLEAN_SEED = 910_002
LETTERS_SEED = 910_003


@dataclass(frozen=True, slots=True)
class Run:
    """What one recogniser made of one set of lines."""

    recogniser: str
    readings: list[str]
    seconds: float


@dataclass(frozen=True, slots=True)
class LineSet:
    """Lines to read, and what they are called in the table."""

    name: str
    lines: list[SyntheticLine]


def main() -> None:
    """Read both sets with every recogniser, print and keep the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lines", type=int, default=400, help="lines in each set")
    parser.add_argument("--out", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    sets = (
        LineSet("degraded", _with_text(DEGRADED_SEED, arguments.lines, level=1.0)),
        LineSet("clean", _with_text(CLEAN_SEED, arguments.lines, level=0.0)),
        LineSet("letter", letter_lines(LETTERS_SEED, arguments.lines)),
    )
    recognisers: tuple[Recogniser, ...] = (
        NeuralRecogniser(threads=1),
        *(TesseractRecogniser(languages, seconds=600) for languages in LANGUAGES),
    )
    text = "\n".join(report(sets, recognisers, arguments.lines))
    print(text)
    arguments.out.write_text(text + "\n", encoding="utf-8")


def _with_text(seed: int, count: int, level: float) -> list[SyntheticLine]:
    """Held-out lines, without the signatures and dirt among them, which have no error rate."""
    return [line for line in held_out_lines(seed, count, level) if line.text]


def report(sets: Sequence[LineSet], recognisers: Sequence[Recogniser], lines: int) -> Iterator[str]:
    """The whole results file, line by line."""
    yield "# Recognisers compared"
    yield ""
    yield f"`python -m benchmarks.recogniser --lines {lines}`, model `{model_version()}`, one thread each,"
    yield f"Tesseract {recognisers[-1].version} on {platform.machine()}."
    yield "Lines drawn in fonts that training never uses; lower is better for errors."
    for held in sets:
        runs = [read(recogniser, held.lines) for recogniser in recognisers]
        yield from _comparison(held, runs)
        for title, key in _KEYS.items():
            if len({name for line in held.lines for name in key(line)}) > 1:
                yield from _breakdown(title, key, held.lines, runs)


def read(recogniser: Recogniser, lines: Sequence[SyntheticLine]) -> Run:
    """Readings of ``lines``, and the wall-clock seconds that they took."""
    began = time.perf_counter()
    readings = [line.text for line in read_as_pages(recogniser, lines)]
    return Run(recogniser.name, readings, time.perf_counter() - began)


def _hand_or_print(line: SyntheticLine) -> Iterable[str]:
    return (line.style.split("/")[-1],)


_KEYS: dict[str, Callable[[SyntheticLine], Iterable[str]]] = {
    "font": lambda line: (line.font.split("-")[0],),
    "print or hand": _hand_or_print,
    "damage": lambda line: line.damage or ("none",),
}


def _comparison(held: LineSet, runs: Sequence[Run]) -> Iterator[str]:
    yield ""
    yield f"## {held.name.capitalize()} lines ({len(held.lines)})"
    yield ""
    yield "| | character error | digit error | Thai numbers exact | numbers exact | dates exact | lines/s |"
    yield "|---|---|---|---|---|---|---|"
    for run in runs:
        scores = summarise(held.lines, run.readings)
        shares = (
            scores.character_error,
            scores.digit_error,
            scores.exact_thai_numbers,
            scores.exact_numbers,
            scores.exact_dates,
        )
        cells = " | ".join(f"{share:.2%}" for share in shares)
        yield f"| {run.recogniser} | {cells} | {len(held.lines) / run.seconds:.1f} |"


def _breakdown(
    title: str,
    key: Callable[[SyntheticLine], Iterable[str]],
    lines: Sequence[SyntheticLine],
    runs: Sequence[Run],
) -> Iterator[str]:
    yield ""
    yield f"### By {title}: character error / digit error"
    yield ""
    yield "| | lines | " + " | ".join(run.recogniser for run in runs) + " |"
    yield "|---" * (len(runs) + 2) + "|"
    tables = [by(key, lines, run.readings) for run in runs]
    for name, first in tables[0].items():
        cells = " | ".join(_errors(table[name]) for table in tables)
        yield f"| {name} | {first.lines} | {cells} |"


def _errors(scores: Scores) -> str:
    return f"{scores.character_error:.1%} / {scores.digit_error:.1%}"


if __name__ == "__main__":
    main()
