"""Prints the figures of layout on rendered pages: ``python -m benchmarks.layout --bundles 36 --plans 36``.

``--img2table PYTHON`` has img2table with Tesseract read the same plan pages; PYTHON is the
interpreter of a virtual environment of its own, into which it was installed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np

from benchmarks.layout.line_score import LineScore, score_lines
from benchmarks.layout.rendered import MeasuredPage, bundle_pages, plan_pages
from benchmarks.layout.table_score import FoundCell, img2table_cells, saraban_cells, score_tables
from pipeline.layout import find_layout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bundles", type=int, default=36)
    parser.add_argument("--plans", type=int, default=36)
    parser.add_argument("--img2table", type=Path, metavar="PYTHON")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    if options.bundles:
        print("letters and what they enclose")
        measure(bundle_pages(range(options.bundles)), None)
    if options.plans:
        print("plan tables")
        measure(plan_pages(range(options.plans)), options.img2table)


def measure(pages: Iterable[MeasuredPage], img2table: Path | None) -> None:
    """Print the figures of all pages, and those of img2table where the Python that has it is given."""
    by_place: dict[str, list[LineScore]] = defaultdict(list)
    by_damage: dict[str, list[LineScore]] = defaultdict(list)
    tables: dict[str, Counter[str]] = defaultdict(Counter)
    cleaning, finding = list[float](), list[float]()
    extra = 0
    for measured in pages:
        started = time.thread_time()
        layout = find_layout(measured.page)
        finding.append(time.thread_time() - started)
        cleaning.append(measured.seconds)
        style = measured.style
        scores, none = score_lines(layout, measured.truth, measured.page.dpi)
        extra += none
        for score in scores:
            by_place[score.place].append(score)
            by_damage[f"{style.dpi} dpi, {style.damage.value}"].append(score)
        found = score_tables(saraban_cells(layout), measured.truth)
        tables["all pages"] += found
        tables[f"{style.mode.value}, {style.damage.value}"] += found
        if img2table is not None:
            tables["all pages, img2table"] += score_tables(_cells_of(img2table, measured), measured.truth)
    for groups in (by_place, by_damage):
        for name, held in sorted(groups.items()):
            print(f"  {name:22}", line_figures(held))
    print(f"  lines found that are none: {extra}")
    for name, counts in sorted(tables.items()):
        print(f"  {name:22}", table_figures(counts))
    for stage, each in (("cleaning", cleaning), ("layout", finding)):
        print(f"  seconds a page, {stage}: median {np.median(each):.2f}, most {np.max(each):.2f}")


def _cells_of(img2table: Path, measured: MeasuredPage) -> list[FoundCell]:
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder) / "page.png"
        cv2.imwrite(str(image), measured.page.print_ink)
        return img2table_cells(img2table, image)


def line_figures(scores: list[LineScore]) -> str:
    """Recall, and how exact the lines found are; baselines in pixels at 300 dpi."""
    found = [score for score in scores if score.found]
    base = np.abs([score.base_error or 0.0 for score in found])
    body = np.abs([(score.body_ratio or 1.0) - 1.0 for score in found])
    return (
        f"{len(found)}/{len(scores)} found ({len(found) / max(len(scores), 1):.1%}); "
        f"baseline within 1.5 px {np.mean(base <= 1.5):.1%}, within 2.5 {np.mean(base <= 2.5):.1%}; "
        f"body height within 8 % {np.mean(body <= 0.08):.1%}, within 12 % {np.mean(body <= 0.12):.1%}"
    )


def table_figures(counts: Counter[str]) -> str:
    """Cells, whole rows and ticks right."""
    return ", ".join(
        f"{what} {right}/{counts[what]} ({right / max(counts[what], 1):.2%})"
        for what in ("cells", "rows", "ticks")
        for right in (counts[f"{what}_right"],)
    )


if __name__ == "__main__":
    main()
