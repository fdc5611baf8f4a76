"""Resolves synthetic archives and prints one table: ``python -m benchmarks.citations --letters 10000``."""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.citations.one_more import one_more_letter
from benchmarks.citations.synthetic import SyntheticArchive, synthetic_archive
from pipeline.catalog import Catalog
from pipeline.citations import CitationGraph, graph_issues, resolve, write_graph
from pipeline.model import ReferenceStatus

_ADDED = 50
"""Letters that are added one by one."""


def measure(size: int, seed: int, crowding: int) -> dict[str, Any]:
    """Resolve an archive of ``size`` letters; the figures of one row of the table."""
    archive = synthetic_archive(size, seed, crowding)
    before = _peak_gigabytes()
    started, processor = time.perf_counter(), time.process_time()
    counts = _judged(archive)
    seconds, processor = time.perf_counter() - started, time.process_time() - processor
    linked, held = counts["right"] + counts["wrong"], counts["held"]
    return {
        "letters": len(archive.letters),
        "crowding": crowding,
        "references": len(archive.references),
        "precision": round(counts["right"] / max(linked, 1), 5),
        "recall": round(counts["right"] / max(held, 1), 5),
        "recall_without_twins": round(counts["right_single"] / max(counts["held_single"], 1), 5),
        "ambiguous": counts["ambiguous"],
        "ambiguous_with_right_one": counts["ambiguous_right"],
        "seconds": round(seconds, 1),
        "processor_seconds": round(processor, 1),
        "archive_gigabytes": round(before, 2),
        "peak_gigabytes": round(_peak_gigabytes(), 2),
        **{key: counts[key] for key in ("wrong", "wrong_not_held", "wrong_twin", "missed")},
    }


def _judged(archive: SyntheticArchive) -> Counter[str]:
    counts: Counter[str] = Counter()
    verdicts = resolve(archive.letters, archive.references)
    for verdict, meant, twin in zip(verdicts, archive.meant, archive.has_twin, strict=True):
        right = verdict.target in meant
        counts["held"] += bool(meant)
        counts["held_single"] += bool(meant) and not twin
        counts["right"] += right
        counts["right_single"] += right and not twin
        counts["wrong"] += verdict.target is not None and not right
        counts["wrong_not_held"] += verdict.target is not None and not meant
        counts["wrong_twin"] += verdict.target is not None and not right and twin
        if verdict.status is ReferenceStatus.AMBIGUOUS:
            counts["ambiguous"] += 1
            counts["ambiguous_right"] += any(
                c["document_id"] in meant for c in verdict.evidence["candidates"]
            )
        counts["missed"] += bool(meant) and verdict.status is ReferenceStatus.NOT_HELD
    return counts


def measure_one_more(size: int, seed: int, crowding: int) -> dict[str, Any]:
    """Add letters one by one to a catalog of ``size`` letters; the figures of one row."""
    archive = synthetic_archive(size, seed, crowding)
    with tempfile.TemporaryDirectory() as folder, Catalog.open(Path(folder)) as catalog:
        cost = one_more_letter(archive, catalog, _ADDED)
        resolved_peak, graph_processor = _peak_gigabytes(), time.process_time()
        graph = CitationGraph(catalog)
        write_graph(graph, Path(folder) / "graph")
        graph_issues(graph)
        graph_processor = time.process_time() - graph_processor
        gigabytes = sum(path.stat().st_size for path in Path(folder).glob("*.sqlite*")) / 1024**3
    return {
        "letters": len(archive.letters),
        "crowding": crowding,
        "references": len(archive.references),
        "seconds_for_all": round(cost.all_but_them.clock, 1),
        "processor_seconds_for_all": round(cost.all_but_them.processor, 1),
        "added_one_by_one": len(cost.each),
        "median_seconds": round(median(seconds.clock for seconds in cost.each), 3),
        "median_processor_seconds": round(median(seconds.processor for seconds in cost.each), 3),
        "longest_seconds": round(max(seconds.clock for seconds in cost.each), 3),
        "longest_processor_seconds": round(max(seconds.processor for seconds in cost.each), 3),
        "catalog_gigabytes": round(gigabytes, 2),
        "peak_gigabytes": round(resolved_peak, 2),
        "graph_processor_seconds": round(graph_processor, 1),
        "peak_gigabytes_with_graph": round(_peak_gigabytes(), 2),
    }


def _peak_gigabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--crowding",
        type=int,
        default=1,
        help="as many letters of each office as an archive so many times as large",
    )
    parser.add_argument("--one-more", action="store_true", help="the cost of adding single letters")
    parser.add_argument("--results", type=Path, help="a JSON file to which the row is added")
    arguments = parser.parse_args()
    measured = measure_one_more if arguments.one_more else measure
    row = measured(arguments.letters, arguments.seed, arguments.crowding)
    width = max(map(len, row))
    for name, value in row.items():
        print(f"{name:<{width}}  {value}")
    if arguments.results is not None:
        rows = json.loads(arguments.results.read_text()) if arguments.results.exists() else []
        arguments.results.write_text(json.dumps([*rows, row], indent=1) + "\n")


if __name__ == "__main__":
    main()
