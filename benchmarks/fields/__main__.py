"""Read scans whose truth is known, and print how many values of each field are right.

``python -m benchmarks.fields`` reads the samples in data/raw; with ``--bundles N --seed S`` it draws N
bundles as ``python -m samples`` does and reads those. It ends with 1 where a score is under the floor that
is pinned for the set; ``--pin`` makes the scores the floors.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.fields.floors import below, pin, set_hash
from benchmarks.fields.score import Datasets, Scores, lines_of, score
from pipeline.run import ingest
from pipeline.settings import Settings
from samples.files import write_pdf
from samples.generate import random_bundle
from samples.render import render_bundle
from samples.scan import Damage, ScanStyle

PROJECT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Parse the command line, read, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bundles", type=int, default=0, help="how many to draw (default: read data/raw)")
    parser.add_argument("--seed", type=int, default=5001)
    parser.add_argument("--damage", type=Damage, choices=tuple(Damage), help="damage (default: mixed)")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--misses", action="store_true", help="name what was read wrong")
    parser.add_argument("--pin", action="store_true", help="make the scores the floors of this set")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.bundles:
            scans, truth = draw(Path(folder), given.bundles, given.seed, given.damage)
        else:
            scans, truth = committed()
        scores = measure(scans, truth, given.workers)
        name = set_hash(scans)
    print("\n".join(lines_of(scores)))
    if given.misses:
        for field, count in scores.items():
            for where in count.wrong:
                print(f"{field} | {where}")
    if given.pin:
        pin(scores, name)
    under = below(scores, name)
    if under:
        print("under the floors pinned for this set:", *under, sep="\n  ")
        sys.exit(1)


def committed() -> tuple[list[Path], dict[str, Any]]:
    """The samples kept with the project, and their truth."""
    truths = sorted((PROJECT / "samples" / "truth").glob("*.json"))
    files = [file for path in truths for file in json.loads(path.read_text(encoding="utf-8"))["files"]]
    # Whatever else lies in data/raw has no truth.
    return [PROJECT / "data" / "raw" / file["path"] for file in files], {"files": files}


def draw(folder: Path, bundles: int, seed: int, damage: Damage | None) -> tuple[list[Path], dict[str, Any]]:
    """Bundles as PDF in ``folder``, as ``python -m samples`` draws them, and their truth."""
    scans, truths = [], []
    for number in range(seed, seed + bundles):
        rendered = render_bundle(random_bundle(number), ScanStyle.any(number, None, damage, None), number)
        scans.append(folder / rendered.name)
        write_pdf(rendered, scans[-1])
        truths.append(rendered.truth)
    return scans, {"files": truths}


def measure(scans: Sequence[Path], truth: dict[str, Any], workers: int) -> Scores:
    """Read ``scans`` into a folder of their own, and score the datasets."""
    with tempfile.TemporaryDirectory() as out:
        ingest(scans, Settings(out=Path(out), workers=workers))
        return score(truth, Datasets.read(Path(out) / "datasets"))


if __name__ == "__main__":
    main()
