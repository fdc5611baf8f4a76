"""What ``make ingest`` runs."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_folders_may_have_spaces_in_their_names():
    command = ["make", "--dry-run", "--no-print-directory", "--old-file=.venv/.runtime", "ingest"]
    given = ["INPUT=/scans 2564", "OUT=/archive 2564"]
    printed = subprocess.run([*command, *given], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert shlex.split(printed)[1:] == ["-m", "flows.ingest", "/scans 2564", "--out", "/archive 2564"]
