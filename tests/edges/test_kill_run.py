"""SIGKILL at any moment, several times, then the same command: nothing of it can be seen."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS_OF_A_RUN = (0.4, 0.65, 0.85)


def ingest(inbox: Path, out: Path, seconds: float | None = None) -> float:
    """Run the command as a user does, killed after ``seconds``; gives how long a run took."""
    command = [
        sys.executable,
        "-m",
        "pipeline.cli",
        "ingest",
        str(inbox),
        "--out",
        str(out),
        "--workers",
        "1",
    ]
    started = time.monotonic()
    subprocess.run(command, cwd=ROOT, capture_output=True, timeout=seconds, check=True)
    return time.monotonic() - started


def outcome(out: Path) -> dict[str, bytes]:
    files = [*(out / "datasets").glob("*.csv"), *(out / "graph").iterdir()]
    return {path.name: path.read_bytes() for path in files}


def test_killed_again_and_again_then_run(tmp_path, transcript):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(12):
        text = transcript.replace("๑๒๓๔", f"{1000 + number}").replace("๕๖๗๘", f"{2000 + number}")
        (inbox / f"{number:02}.txt").write_text(text, encoding="utf-8")
    undisturbed = ingest(inbox, tmp_path / "undisturbed")
    killed = 0
    for part in PARTS_OF_A_RUN:
        try:
            ingest(inbox, tmp_path / "disturbed", part * undisturbed)
        except subprocess.TimeoutExpired:
            killed += 1
    ingest(inbox, tmp_path / "disturbed")
    assert killed >= 1
    expected = outcome(tmp_path / "undisturbed")
    assert len(expected) > 10
    assert outcome(tmp_path / "disturbed") == expected
