"""Prints the figures of layout on rendered pages: ``python -m benchmarks.layout --bundles 36 --plans 36``.

``--img2table N`` runs img2table with Tesseract on the first N plan pages as well; it is needed
for nothing else and has to be installed for it.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterable

import cv2
import numpy as np

from benchmarks.layout.line_score import LineScore, score_lines
from benchmarks.layout.rendered import MeasuredPage, bundle_pages, plan_pages
from benchmarks.layout.table_score import img2table_cells, saraban_cells, score_tables
from pipeline.layout import find_layout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bundles", type=int, default=36)
    parser.add_argument("--plans", type=int, default=36)
    parser.add_argument("--img2table", type=int, default=0, metavar="PAGES")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    print("letters and what they enclose")
    measure(bundle_pages(range(options.bundles)), 0)
    print("plan tables")
    measure(plan_pages(range(options.plans)), options.img2table)


def measure(pages: Iterable[MeasuredPage], compared: int) -> None:
    """Print the figures of all pages."""
    by_place: dict[str, list[LineScore]] = defaultdict(list)
    by_damage: dict[str, list[LineScore]] = defaultdict(list)
    tables: Counter[str] = Counter()
    common: dict[str, Counter[str]] = defaultdict(Counter)
    seconds: dict[int, list[float]] = defaultdict(list)
    extra = 0
    for place, measured in enumerate(pages):
        started = time.thread_time()
        layout = find_layout(measured.page)
        seconds[measured.page.dpi].append(time.thread_time() - started)
        scores, none = score_lines(layout, measured.truth, measured.page.dpi)
        extra += none
        for score in scores:
            by_place[score.place].append(score)
            by_damage[f"{measured.page.dpi} dpi, {measured.style.damage.value}"].append(score)
        found = score_tables(saraban_cells(layout), measured.truth)
        tables += found
        if place < compared:
            common["saraban"] += found
            common["img2table"] += score_tables(img2table_cells(measured.page, "tha+eng"), measured.truth)
    for groups in (by_place, by_damage):
        for name, held in sorted(groups.items()):
            print(f"  {name:22}", line_figures(held))
    print(f"  lines found that are none: {extra}")
    for name, counts in (("all pages", tables), *common.items()):
        print(f"  {name:22}", table_figures(counts))
    for dpi, each in sorted(seconds.items()):
        print(f"  seconds at {dpi} dpi: median {np.median(each):.2f}, most {np.max(each):.2f}")


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
