"""``python -m samples OUT --bundles N --seed S``: an evaluation set of scans and their truth."""

from __future__ import annotations

import argparse
from pathlib import Path

from samples.files import write_pdf, write_truth
from samples.generate import random_bundle
from samples.render import render_bundle
from samples.scan import Damage, Mode, ScanStyle


def main() -> None:
    """Write PDFs and ``truth.json``, or the samples that are kept with the project."""
    given = _arguments()
    if given.committed:
        from samples.committed import write_committed

        write_committed(Path(__file__).resolve().parent.parent)
        return
    given.out.mkdir(parents=True, exist_ok=True)
    truths = []
    for seed in range(given.seed, given.seed + given.bundles):
        style = ScanStyle.any(seed, given.dpi, given.damage, given.mode)
        rendered = render_bundle(random_bundle(seed), style, seed)
        write_pdf(rendered, given.out / rendered.name)
        truths.append(
            {**rendered.truth, "dpi": style.dpi, "mode": style.mode.value, "damage": style.damage.value}
        )
        how = f"{style.dpi} dpi, {style.mode.value}, {style.damage.value}"
        print(f"{rendered.name}: {len(rendered.pages)} pages, {how}")
    write_truth(truths, given.out / "truth.json")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m samples", description="Draw scan-like bundles with their truth."
    )
    parser.add_argument("out", nargs="?", type=Path, help="folder for the PDFs and truth.json")
    parser.add_argument("--bundles", type=int, default=10, metavar="N", help="how many (default 10)")
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="the first bundle's seed (default 1)"
    )
    parser.add_argument("--dpi", type=int, choices=(150, 200, 300), help="resolution (default: mixed)")
    parser.add_argument("--damage", type=Damage, choices=tuple(Damage), help="damage (default: mixed)")
    parser.add_argument(
        "--mode", type=Mode, choices=tuple(Mode), help="colour, grey or bilevel (default: mixed)"
    )
    parser.add_argument("--committed", action="store_true", help="write data/raw and samples/truth again")
    given = parser.parse_args()
    if given.out is None and not given.committed:
        parser.error("name a folder, or use --committed")
    return given


if __name__ == "__main__":
    main()
