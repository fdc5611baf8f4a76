"""How long a run takes that finds nothing new: in an archive of many files.

    python -m benchmarks.throughput.idle [--files 10000]

The files are short transcripts whose readings are stored without reading them, so that making the archive
does not take hours; the run that is measured is the whole command.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pipeline
from pipeline import intake
from pipeline.catalog import Catalog
from pipeline.file_reader import FileReader
from pipeline.ocr import model_version
from pipeline.settings import Settings

_LETTER = "ที่ นน ๐๐๒๓.๔/ว {number}\nศาลากลางจังหวัดน่าน\n๑๐ มกราคม ๒๕๖๕\nเรื่อง การสำรวจ\nเรียน นายอำเภอ\n"


def make_archive(inbox: Path, out: Path, files: int) -> None:
    """Write the files, and a catalog that holds them all."""
    inbox.mkdir()
    with Catalog.open(out) as catalog, FileReader(Settings(out=out, workers=1)) as reader:
        paths = [inbox / f"{number:05}.txt" for number in range(files)]
        for number, path in enumerate(paths):
            path.write_text(_LETTER.format(number=number), encoding="utf-8")
        read, version = reader.read(paths[0]), model_version()
        for path in paths:
            result = replace(read, path=path, sha256=intake.hash_file(path))
            catalog.store(result, pipeline.__version__, version)


def run(inbox: Path, out: Path) -> float:
    """Seconds that the command takes."""
    started = time.monotonic()
    command = [sys.executable, "-m", "pipeline.cli", "ingest", str(inbox), "--out", str(out)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - started


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        inbox, out = Path(name) / "inbox", Path(name) / "out"
        make_archive(inbox, out, given.files)
        print(
            f"first run over {given.files} files: {run(inbox, out):.1f} s (resolution and datasets)",
            flush=True,
        )
        print(f"nothing new: {run(inbox, out):.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
