"""A batch of files made to break it: each is read or gets its own error, and the batch completes."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.errors import ExitCode
from pipeline.run import Choice, ingest
from pipeline.settings import Settings
from tests.edges import hostile


@pytest.fixture(scope="module")
def ended(tmp_path_factory, transcript):
    """The hostile set, ingested once: (expected codes, summary, files table, settings, folder)."""
    base = tmp_path_factory.mktemp("hostile")
    folder = base / "inbox"
    folder.mkdir()
    expected = hostile.make(folder, transcript)
    settings = Settings(out=base / "out", workers=2, dpi=100, max_pages=50, page_seconds=60, file_seconds=60)
    summary = ingest([folder], settings)
    files = pd.read_csv(settings.out / "datasets" / "files.csv", dtype=str, keep_default_na=False)
    return expected, summary, files, settings, folder


def name_in_catalog(name: bytes) -> str:
    """How the catalog writes a name: bytes that are no UTF-8 as ``\\xff``."""
    return name.decode("utf-8", "backslashreplace")


def test_the_batch_completes_and_says_that_some_failed(ended):
    expected, summary, _, _, _ = ended
    assert summary.exit_code == ExitCode.SOME_FAILED
    assert summary.done == sum(code is None for code in expected.values())


def test_every_file_is_recorded_with_its_error_or_read(ended):
    expected, _, files, _, folder = ended
    codes = {
        path.removeprefix(f"{folder}/"): code for path, code in zip(files.path, files.error_code, strict=True)
    }
    for name, code in expected.items():
        assert codes[name_in_catalog(name)] == (code or ""), name
    for link in ("out-of-the-folder.pdf", "leads-to-itself.pdf", "loop", "pipe.pdf"):
        assert codes.pop(link) == "unreadable"


def test_a_second_run_reads_none_of_them_again(ended):
    _, _, _, settings, folder = ended
    again = ingest([folder], settings)
    # What the system refuses may be there the next night; bad bytes stay bad.
    assert again.new == again.failed == 4
    assert ingest([folder], settings, Choice(retry_failed=True)).failed == 16


def test_names_do_not_break_the_report(ended):
    _, _, _, settings, _ = ended
    report = (settings.out / "report.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;เล่ม.pdf" in report
    assert "<b>เล่ม.pdf" not in report
