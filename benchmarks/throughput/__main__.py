"""Pages per minute, memory and stages of our pipeline, beside OCRmyPDF on the same PDFs in the same run.

    python -m benchmarks.throughput PDF... [--pages 12] [--workers 1 2] [--ocrmypdf ocrmypdf]

OCRmyPDF (``pip install ocrmypdf``, and ghostscript) only recognises, with ``-l tha+eng``; ours also finds
tables, documents, letters and references. Both read the first ``--pages`` pages of each PDF, one after
the other, with the same number of worker processes. Absolute figures are the machine's; what counts is
their ratio.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from pypdf import PdfReader, PdfWriter

from pipeline.catalog import WorkItem, WorkState
from pipeline.file_reader import FileReader
from pipeline.run import read_all
from pipeline.settings import Settings

_LOOK_EVERY_SECONDS = 0.25


@dataclass(slots=True)
class Watch:
    """What this process's children took together: seconds by the clock, seconds of processors, and the
    highest memory in megabytes. On a busy machine only the processor seconds can be compared."""

    seconds: float = 0.0
    processor: float = 0.0
    megabytes: float = 0.0


@contextmanager
def watched() -> Iterator[Watch]:
    """Measure what happens inside the block."""
    watch, over = Watch(), threading.Event()

    def look() -> None:
        while not over.wait(_LOOK_EVERY_SECONDS):
            watch.megabytes = max(watch.megabytes, _memory() / 1e6)

    looking = threading.Thread(target=look)
    looking.start()
    started, spent = time.monotonic(), _processor_seconds()
    try:
        yield watch
    finally:
        watch.seconds = time.monotonic() - started
        watch.processor = _processor_seconds() - spent
        over.set()
        looking.join()


def _processor_seconds() -> float:
    """Of all children that have ended, with theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory() -> int:
    total = 0
    for child in psutil.Process().children(recursive=True):
        try:
            total += child.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def first_pages(pdf: Path, pages: int, folder: Path) -> tuple[Path, int]:
    """A copy of the first pages of ``pdf``, and how many they are."""
    reader = PdfReader(pdf)
    writer = PdfWriter()
    kept = reader.pages[:pages]
    for page in kept:
        writer.add_page(page)
    target = folder / pdf.name
    writer.write(target)
    return target, len(kept)


def ours(pdfs: Sequence[Path], workers: int, out: Path) -> tuple[Watch, Counter[str]]:
    """Read with our pipeline; gives also the seconds of each stage."""
    stages: Counter[str] = Counter()
    items = [WorkItem(pdf, None, WorkState.NEW, True) for pdf in pdfs]
    with watched() as watch, FileReader(Settings(out=out, workers=workers)) as reader:
        for result in read_all(reader, items, workers):
            if result.error:
                print(result.error, file=sys.stderr)
            stages.update(result.timings)
    return watch, stages


def theirs(program: str, pdfs: Sequence[Path], workers: int, out: Path) -> Watch:
    """Recognise with OCRmyPDF."""
    options = [
        "-l",
        "tha+eng",
        "--force-ocr",
        "--output-type",
        "pdf",
        "--optimize",
        "0",
        "--jobs",
        str(workers),
    ]
    with watched() as watch:
        for pdf in pdfs:
            command = [
                program,
                *options,
                "--rotate-pages",
                "--deskew",
                "--quiet",
                str(pdf),
                str(out / pdf.name),
            ]
            subprocess.run(command, check=True, env=_one_thread())
    return watch


def _one_thread() -> dict[str, str]:
    return os.environ | {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pdfs", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=12)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--ocrmypdf", default="ocrmypdf")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies = [first_pages(pdf, given.pages, folder) for pdf in given.pdfs]
        pdfs, pages = [copy for copy, _ in copies], sum(count for _, count in copies)
        (folder / "out").mkdir()
        base: float | None = None
        for workers in given.workers:
            our_watch, stages = ours(pdfs, workers, folder / "out")
            base = base or our_watch.seconds
            _say("saraban", workers, pages, our_watch)
            whole = sum(stages.values())
            shares = ", ".join(f"{stage} {seconds / whole:.0%}" for stage, seconds in stages.most_common())
            print(f"  stages: {shares}; {base / our_watch.seconds:.2f} times one worker", flush=True)
            their_watch = theirs(given.ocrmypdf, pdfs, workers, folder / "out")
            _say("OCRmyPDF", workers, pages, their_watch)
            clock = their_watch.seconds / our_watch.seconds
            processor = their_watch.processor / our_watch.processor
            print(f"  saraban: {clock:.2f} times as fast, {processor:.2f} times by processor seconds")
    return 0


def _say(who: str, workers: int, pages: int, watch: Watch) -> None:
    speed = pages * 60 / watch.seconds
    cost = watch.processor / pages
    print(
        f"{who:9} {workers} workers: {pages} pages, {speed:6.1f} a minute, "
        f"{cost:5.1f} processor seconds a page, {watch.megabytes:6.0f} MB",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
