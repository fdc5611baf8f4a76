"""One file through the worker processes: what goes wrong there is a typed error of that file alone."""

from __future__ import annotations

import io
import threading
from concurrent.futures import Future
from pathlib import Path

import psutil
import pytest
from PIL import Image

from pipeline.errors import CorruptFileError, MemoryLimitError
from pipeline.file_reader import FileReader
from pipeline.model import FileStatus
from pipeline.settings import Settings
from pipeline.worker_calls import pack_page
from tests.edges import hostile


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    settings = Settings(out=tmp_path_factory.mktemp("out"), workers=1, dpi=100, worker_megabytes=450)
    with FileReader(settings) as opened:
        yield opened


def test_what_each_stage_took_is_told(reader, tmp_path):
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(hostile.pdf(3))
    result = reader.read(scan)
    assert (result.status, [page.number for page in result.pages]) == (FileStatus.DONE, [1, 2, 3])
    assert set(result.timings) == {"intake", "rasterise", "clean", "layout", "recognise", "understand"}
    assert 0 < sum(result.timings.values()) <= result.seconds


def test_memory_over_the_limit_costs_that_file_only(reader, tmp_path, transcript):
    packed = io.BytesIO()
    Image.new("RGB", (6000, 6000), "white").save(packed, "PNG", compress_level=1)
    large, fine = tmp_path / "large.png", tmp_path / "fine.txt"
    large.write_bytes(packed.getvalue())
    fine.write_text(transcript, encoding="utf-8")
    assert reader.read(large).error_code == "memory_limit"
    assert reader.read(fine).status is FileStatus.DONE


def test_a_killed_worker_costs_that_file_only(tmp_path, transcript):
    scan, fine = tmp_path / "scan.pdf", tmp_path / "fine.txt"
    scan.write_bytes(hostile.pdf(40))
    fine.write_text(transcript, encoding="utf-8")
    others = set(psutil.Process().children())
    results = []
    with FileReader(Settings(out=tmp_path, workers=1, dpi=100)) as reader:
        reading = threading.Thread(target=lambda: results.append(reader.read(scan)))
        reading.start()
        while not (workers := set(psutil.Process().children()) - others):
            pass
        (worker,) = workers
        while worker.cpu_percent() == 0.0 and reading.is_alive():
            pass
        worker.kill()
        reading.join()
        (result,) = results
        assert (result.status, result.error_code) in (
            (FileStatus.PARTIAL, "worker_crash"),
            (FileStatus.FAILED, "worker_crash"),
        )
        assert "signal 9" in result.error
        assert reader.read(fine).status is FileStatus.DONE


def test_a_page_over_its_time_is_a_page_unread(tmp_path):
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(hostile.pdf(2))
    settings = Settings(out=tmp_path, workers=1, dpi=100, page_seconds=0.001, file_seconds=60)
    with FileReader(settings) as reader:
        result = reader.read(scan)
    assert (result.status, result.error_code) == (FileStatus.FAILED, "time_limit")


def test_a_file_over_its_time_keeps_what_was_read(tmp_path):
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(hostile.pdf(5))
    settings = Settings(out=tmp_path, workers=1, dpi=100, file_seconds=0.001)
    with FileReader(settings) as reader:
        result = reader.read(scan)
    assert (result.status, result.error_code) == (FileStatus.PARTIAL, "time_limit")
    assert 0 < len(result.pages) < 5
    assert {issue.code for issue in result.issues} == {"page_unread"}
    assert {issue.page for issue in result.issues} == set(range(len(result.pages) + 1, 6))
    assert all("time_limit: reading the whole file" in issue.message for issue in result.issues)


def test_each_page_that_could_not_be_read_says_why(tmp_path, monkeypatch):
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(hostile.pdf(3))
    with FileReader(Settings(out=tmp_path, workers=1, dpi=100)) as reader:
        submit = reader._pool.submit

        def failing(seconds, function, *arguments):
            if function is pack_page and arguments[1] in (1, 3):
                raised = Future()
                error = CorruptFileError if arguments[1] == 1 else MemoryLimitError
                raised.set_exception(error(scan, f"fault of {arguments[1]}"))
                return raised
            return submit(seconds, function, *arguments)

        monkeypatch.setattr(reader._pool, "submit", failing)
        result = reader.read(scan)
    assert (result.status, result.error_code) == (FileStatus.PARTIAL, "corrupt")
    assert [issue.message for issue in result.issues if issue.code == "page_unread"] == [
        "page 1 could not be read (corrupt: fault of 1)",
        "page 3 could not be read (memory_limit: fault of 3)",
    ]


def test_no_place_for_the_pages_costs_that_file_only(reader, tmp_path, transcript, monkeypatch):
    scan, fine = tmp_path / "scan.pdf", tmp_path / "fine.txt"
    scan.write_bytes(hostile.pdf(1))
    fine.write_text(transcript, encoding="utf-8")
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: open("/dev/full", "w+b"))  # noqa: PTH123, SIM115
    full = reader.read(scan)
    assert (full.status, full.error_code, "No space left" in full.error) == (FileStatus.FAILED, "spool", True)
    monkeypatch.undo()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    assert reader.read(scan).error_code == "spool"
    assert reader.read(fine).status is FileStatus.DONE


def test_content_that_changed_since_it_was_hashed_is_refused(reader, tmp_path, transcript):
    growing = tmp_path / "growing.txt"
    growing.write_text(transcript, encoding="utf-8")
    assert reader.read(growing, sha256="0" * 64).error_code == "changed"


def test_a_file_that_went_away_is_unreadable_at_once(reader, tmp_path):
    result = reader.read(Path(tmp_path / "gone.pdf"), sha256="0" * 64)
    assert (result.status, result.error_code) == (FileStatus.FAILED, "unreadable")
    assert result.seconds < 30
