"""A run that is killed at any step, then the same command: nothing of it can be seen."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.catalog.tables import DATASETS

SCRIPT = Path(__file__).with_name("archive_run.py")
_DICE = random.Random(2565)
STEPS = [_DICE.randrange(*part) for part in ((1, 80), (80, 160), (160, 210))]
"""A whole run over five files takes some 210 steps; the last 50 write the datasets."""


def records(out: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(out / "saraban.sqlite") as connection:
        return {
            table.name: connection.execute(
                f"SELECT {', '.join(column.name for column in table.columns)} FROM {table.name} ORDER BY 1, 2"
            ).fetchall()
            for table in DATASETS
        }


def datasets(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (out / "datasets").iterdir()}


@pytest.mark.parametrize("step", STEPS)
def test_killed_then_run_again(tmp_path: Path, undisturbed: Path, archive_run: ModuleType, step: int) -> None:
    raw, out = undisturbed / "raw", tmp_path / "out"
    command = [sys.executable, str(SCRIPT), str(raw), str(out), str(step)]
    ended = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    archive_run.run(raw, out)
    assert records(out) == records(undisturbed / "out")
    assert datasets(out) == datasets(undisturbed / "out")
