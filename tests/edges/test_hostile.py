"""A batch of files made to break it: each is read or gets its own error, and the batch completes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from pipeline.catalog import Choice
from pipeline.errors import ExitCode
from pipeline.run import ingest
from pipeline.settings import Settings
from tests.edges import hostile

LINKS_AND_PIPE = ("out-of-the-folder.pdf", "leads-to-itself.pdf", "loop", "pipe.pdf")


@pytest.fixture(scope="module")
def ended(tmp_path_factory, transcript):
    """The hostile set, ingested once: (expected codes, summary, files table, settings, folder)."""
    base = tmp_path_factory.mktemp("hostile")
    folder = base / "inbox"
    folder.mkdir()
    expected = hostile.make(folder, transcript)
    grows = folder / "grows.txt"
    grows.write_text(f"{transcript}0", encoding="utf-8")
    settings = Settings(out=base / "out", workers=2, page_seconds=60, file_seconds=60)
    with hostile.growing(grows):
        summary = ingest([folder], settings)
    return expected, summary, codes_by_name(settings.out, folder), settings, folder


def codes_by_name(out: Path, folder: Path) -> dict[str, str]:
    """The error code of every file in the catalog, empty where it was read."""
    files = pd.read_csv(out / "datasets" / "files.csv", dtype=str, keep_default_na=False)
    return {
        path.removeprefix(f"{folder}/"): code for path, code in zip(files.path, files.error_code, strict=True)
    }


def name_in_catalog(name: bytes) -> str:
    """How the catalog writes a name: bytes that are no UTF-8 as ``\\xff``."""
    return name.decode("utf-8", "backslashreplace")


def test_the_batch_completes_and_says_that_some_failed(ended):
    expected, summary, _, _, _ = ended
    assert summary.exit_code == ExitCode.SOME_FAILED
    assert summary.done == sum(code is None for code in expected.values())


def test_every_file_is_recorded_with_its_error_or_read(ended):
    expected, _, codes, _, _ = ended
    for name, code in expected.items():
        assert codes[name_in_catalog(name)] == (code or ""), name
    for name in LINKS_AND_PIPE:
        assert codes[name] == "unreadable"
    assert codes["grows.txt"] == "changed"
    assert len(codes) == len(expected) + len(LINKS_AND_PIPE) + 1


def test_a_second_run_reads_only_what_may_have_passed(ended):
    expected, _, _, settings, folder = ended
    again = ingest([folder], settings)
    # What the system refuses is refused as before; nothing grows for ever, and bad bytes stay bad.
    assert (again.new, again.failed, again.done) == (1, 0, 1)
    bad = sum(code is not None for code in expected.values())
    assert ingest([folder], settings, Choice(retry_failed=True)).failed == bad + len(LINKS_AND_PIPE)


def test_names_do_not_break_the_report(ended):
    _, _, _, settings, _ = ended
    report = (settings.out / "report.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;เล่ม.pdf" in report
    assert "<b>เล่ม.pdf" not in report


def test_what_may_not_be_read_is_recorded(tmp_path, transcript):
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    (inbox / "private").mkdir(parents=True)
    for name in ("fine.txt", "private.txt", "private/letter.txt"):
        (inbox / name).write_text(transcript + name, encoding="utf-8")
    (inbox / "private.txt").chmod(0)
    (inbox / "private").chmod(0)
    command = ["-m", "pipeline.cli", "ingest", str(inbox), "--out", str(out), "--workers", "1"]
    try:
        ended = subprocess.run(
            [*_without_privileges(), sys.executable, *command], capture_output=True, check=False
        )
    finally:
        (inbox / "private").chmod(0o700)
    assert ended.returncode == ExitCode.SOME_FAILED
    assert codes_by_name(out, inbox) == {
        "fine.txt": "",
        "private.txt": "unreadable",
        "private": "unreadable",
    }


def _without_privileges() -> list[str]:
    """What makes a command mind permissions even where the tests run as root."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("nothing is forbidden to root, and setpriv is not installed")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
