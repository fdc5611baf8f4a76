"""Kills a run at random moments again and again, then lets it end, and compares with an undisturbed run.

    python -m benchmarks.throughput.kills PATH... [--kills 50] [--seed 1]

Each kill is a SIGKILL to the command ``saraban ingest``; the datasets and the graph must be the same,
byte for byte. Exit status 1 where they are not.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path


def ingest(paths: Sequence[Path], out: Path, seconds: float | None = None) -> bool:
    """Run the command, killed after ``seconds``; says whether it came to its end."""
    command = [sys.executable, "-m", "pipeline.cli", "ingest", *map(str, paths), "--out", str(out)]
    try:
        subprocess.run(command, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return False
    return True


def outcome(out: Path) -> dict[str, bytes]:
    """The bytes of the CSV files and of the graph, by name."""
    files = [*(out / "datasets").glob("*.csv"), *(out / "graph").iterdir()]
    return {path.name: path.read_bytes() for path in files}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    dice = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as folder:
        undisturbed, disturbed = Path(folder) / "undisturbed", Path(folder) / "disturbed"
        started = time.monotonic()
        ingest(given.paths, undisturbed)
        whole = time.monotonic() - started
        killed = ended = 0
        while killed < given.kills:
            # A run that came to its end leaves the next one nothing to do: begin anew.
            if ingest(given.paths, disturbed, dice.uniform(0.05, 1.0) * whole):
                ended += 1
                disturbed = Path(folder) / f"disturbed-{ended}"
            else:
                killed += 1
        ingest(given.paths, disturbed)
        same = outcome(disturbed) == outcome(undisturbed)
    verdict = "the same" if same else "DIFFERENT"
    print(f"{killed} runs killed, {ended} ended in between; datasets and graph are {verdict}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
