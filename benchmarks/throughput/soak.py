"""Whether memory stays flat: few pages and many, in one file and in many files, every process watched.

    python -m benchmarks.throughput.soak PDF... [--pages 100 1000] [--workers 1] [--dpi 300]

The pages of the PDFs are repeated, which is enough: a run does not know that it has seen a page before.
The memory of a process is its resident set, what it shares with others counted in.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

import psutil
from pypdf import PageObject, PdfReader, PdfWriter

_LOOK_EVERY_SECONDS = 0.2


def write_files(pages: Sequence[PageObject], counts: Sequence[int], folder: Path) -> None:
    """PDFs of so many pages each, ``pages`` repeated through all of them; no two have the same bytes."""
    folder.mkdir()
    endless = cycle(pages)
    for number, count in enumerate(counts):
        writer = PdfWriter()
        writer.add_metadata({"/Title": f"{number}"})
        for page in islice(endless, count):
            writer.add_page(page)
        # One picture of a page in the file, however often it is shown.
        writer.compress_identical_objects()
        writer.write(folder / f"{number:04}.pdf")


def ingest(folder: Path, out: Path, workers: int, dpi: int) -> tuple[float, dict[str, float]]:
    """Seconds of the whole command, and the highest memory in megabytes by kind of process."""
    options = ["--out", str(out), "--workers", str(workers)]
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "ingest", str(folder), *options],
        stdout=subprocess.DEVNULL,
        env=os.environ | {"SARABAN_DPI": str(dpi)},
    )
    peaks = {"catalog": 0.0, "worker": 0.0, "all": 0.0}
    while process.poll() is None:
        for kind, megabytes in _memory(process.pid).items():
            peaks[kind] = max(peaks[kind], megabytes)
        time.sleep(_LOOK_EVERY_SECONDS)
    if process.returncode != 0:
        raise SystemExit(f"the run ended with status {process.returncode}")
    return time.monotonic() - started, peaks


def _memory(pid: int) -> dict[str, float]:
    """Megabytes now: of the process that keeps the catalog, of the largest worker, of all together."""
    now = {"catalog": 0.0, "worker": 0.0, "all": 0.0}
    try:
        running = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return now
    for process in running:
        try:
            megabytes = process.memory_info().rss / 1e6
            is_worker = "pipeline.isolation.worker" in process.cmdline()
        except psutil.NoSuchProcess:
            continue
        now["all"] += megabytes
        if process.pid == pid:
            now["catalog"] = megabytes
        elif is_worker:
            now["worker"] = max(now["worker"], megabytes)
    return now


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pdfs", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--pages-of-file", type=int, default=10, help="in the run over many files")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--dpi", type=int, default=300)
    given = parser.parse_args()
    pages = [page for pdf in given.pdfs for page in PdfReader(pdf).pages]
    with tempfile.TemporaryDirectory() as name:
        for size in (None, given.pages_of_file):
            for count in given.pages:
                place = Path(name) / f"{count}-{size}"
                write_files(pages, [size] * (count // size) if size else [count], place)
                seconds, peaks = ingest(place, place.with_suffix(".out"), given.workers, given.dpi)
                shape = f"files of {size} pages" if size else "one file"
                shown = ", ".join(f"{kind} {megabytes:.0f} MB" for kind, megabytes in peaks.items())
                print(f"{count} pages, {shape}: {seconds:.0f} s; peak memory: {shown}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
