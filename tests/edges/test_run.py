"""Whole runs on transcripts: nothing lost, nothing read twice, nothing that depends on chance."""

import hashlib
import json
import os
import shutil
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

from pipeline.catalog import Choice, RunLock
from pipeline.errors import ExitCode, LockedError, StorageError, UsageError
from pipeline.run import ingest


def table(settings, name):
    return pd.read_csv(settings.out / "datasets" / f"{name}.csv", dtype=str, keep_default_na=False)


def hashes(folder, ending):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob(f"*{ending}")}


def test_a_folder_becomes_datasets_and_a_graph(inbox, settings):
    told = []
    summary = ingest([inbox], settings, progress=lambda result, total: told.append((result.path.name, total)))
    assert summary.exit_code == ExitCode.ALL_READ
    assert told == [("bundle.txt", 1)]
    letters = table(settings, "letters")
    assert list(letters.number) == ["นน 0023.4/ว 1234", "นน 0023.4/ว 5678"]
    assert list(letters.date) == ["2022-01-12", "2022-01-10"]
    assert list(letters.sender) == ["ที่ว่าการอำเภอเวียงสา", "ศาลากลางจังหวัดน่าน"]
    references = table(settings, "letter_references")
    assert list(references.status) == ["resolved"]
    assert list(references.target_document_id) == [letters.document_id[1]]
    graph = json.loads((settings.out / "graph" / "citations.json").read_text(encoding="utf-8"))
    assert len(graph["nodes"]) == 2
    assert "Every letter that is cited is held" in (settings.out / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("place", [".", "archive"])
def test_output_within_the_folder_that_is_read_is_not_read(inbox, settings, place):
    inside = settings.model_copy(update={"out": inbox / place})
    for _ in range(2):
        summary = ingest([inbox], inside)
        assert (summary.failed, summary.exit_code) == (0, ExitCode.ALL_READ)
    assert [path.rsplit("/", 1)[-1] for path in table(inside, "files").path] == ["bundle.txt"]


def test_a_catalog_that_cannot_be_opened_leaves_the_folder_free(inbox, settings):
    settings.out.mkdir(exist_ok=True)
    (settings.out / "saraban.sqlite").write_bytes(b"no database" * 100)
    for _ in range(2):
        with pytest.raises(StorageError):
            ingest([inbox], settings)


def test_a_scan_with_nothing_on_it_asks_for_a_look(tmp_path, settings):
    sheet = tmp_path / "blank.png"
    Image.new("L", (1240, 1754), 255).save(sheet, dpi=(150, 150))
    summary = ingest([sheet], settings)
    assert summary.exit_code == ExitCode.ALL_READ
    issues = table(settings, "review_issues")
    assert ("nothing_read", "warning") in set(zip(issues.code, issues.severity, strict=True))


def test_bad_files_are_recorded_and_the_batch_goes_on(inbox, settings):
    (inbox / "empty.pdf").write_bytes(b"")
    (inbox / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    (inbox / "archive.pdf").write_bytes(b"PK\x03\x04" + bytes(200))
    (inbox / "away.pdf").symlink_to("/etc/hostname")
    summary = ingest([inbox], settings)
    assert (summary.done, summary.failed, summary.exit_code) == (1, 4, ExitCode.SOME_FAILED)
    files = table(settings, "files").set_index("path")
    codes = {path.rsplit("/", 1)[-1]: code for path, code in files.error_code.items()}
    assert codes.pop("bundle.txt") == ""
    assert codes == {
        "empty.pdf": "empty_file",
        "broken.pdf": "truncated",
        "archive.pdf": "unsupported",
        "away.pdf": "unreadable",
    }


def test_nothing_read_is_said_so(tmp_path, settings):
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"")
    assert ingest([bad], settings).exit_code == ExitCode.NOTHING_READ


def test_a_second_run_reads_only_what_is_new(inbox, settings, transcript):
    ingest([inbox], settings)
    again = ingest([inbox], settings)
    assert (again.new, again.unchanged) == (0, 1)
    (inbox / "other.txt").write_text(transcript.replace("๑๒๓๔", "๙๙๙๙"), encoding="utf-8")
    third = ingest([inbox], settings)
    assert (third.new, third.done, third.unchanged) == (1, 1, 1)
    assert len(table(settings, "letters")) == 4
    assert ingest([inbox], settings, Choice(force=True)).new == 2


def test_two_runs_over_the_same_input_give_the_same_bytes(inbox, settings, tmp_path):
    ingest([inbox], settings)
    other = settings.model_copy(update={"out": tmp_path / "again"})
    ingest([inbox], other)
    first = hashes(settings.out / "datasets", ".csv")
    assert len(first) == 12
    assert first == hashes(other.out / "datasets", ".csv")
    assert hashes(settings.out / "graph", "") == hashes(other.out / "graph", "")


def test_a_graph_that_was_deleted_comes_back(inbox, settings):
    ingest([inbox], settings)
    before = hashes(settings.out / "graph", "")
    shutil.rmtree(settings.out / "graph")
    ingest([inbox], settings)
    assert hashes(settings.out / "graph", "") == before


def test_the_order_of_arrival_does_not_matter(tmp_path, settings, transcript):
    district, province = transcript.split("\f")
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "a.txt").write_text(district, encoding="utf-8")
    ingest([folder], settings)
    assert list(table(settings, "letter_references").status) == ["not_held"]
    (folder / "b.txt").write_text(province, encoding="utf-8")
    ingest([folder], settings)
    references = table(settings, "letter_references")
    assert list(references.status) == ["resolved"]


def test_a_path_that_is_not_there_is_a_usage_error(tmp_path, settings):
    with pytest.raises(UsageError, match="nowhere"):
        ingest([tmp_path / "nowhere"], settings)


def test_a_locked_folder_is_refused(inbox, settings):
    with RunLock(settings.out), pytest.raises(LockedError, match="another run"):
        ingest([inbox], settings)


def test_moved_and_vanished_files_are_told(inbox, settings, transcript):
    ingest([inbox], settings)
    (inbox / "bundle.txt").rename(inbox / "renamed.txt")
    moved = ingest([inbox], settings)
    assert (moved.new, moved.unchanged, moved.vanished) == (0, 1, ())
    assert moved.moved == ((str(inbox / "bundle.txt"), str(inbox / "renamed.txt")),)
    assert set(table(settings, "documents").path) == {str(inbox / "renamed.txt")}
    (inbox / "other.txt").write_text(transcript.replace("๑๒๓๔", "๙๙๙๙"), encoding="utf-8")
    (inbox / "renamed.txt").unlink()
    vanished = ingest([inbox], settings)
    assert (vanished.vanished, vanished.exit_code) == ((str(inbox / "renamed.txt"),), ExitCode.ALL_READ)
    assert len(table(settings, "letters")) == 4


def test_a_folder_that_lost_all_its_files_is_no_success(inbox, settings):
    ingest([inbox], settings)
    (inbox / "bundle.txt").unlink()
    summary = ingest([inbox], settings)
    assert (len(summary.vanished), summary.exit_code) == (1, ExitCode.SOME_FAILED)
    assert "No file was found, and 1 read before" in (settings.out / "report.html").read_text(
        encoding="utf-8"
    )


def unread(settings):
    files = table(settings, "files")
    return [path.rsplit("/", 1)[-1] for path in files.path[files.status == "failed"]]


def test_a_failure_is_forgotten_once_its_file_is_replaced(inbox, settings, transcript):
    bad = inbox / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7\nnothing more")
    ingest([inbox], settings)
    assert unread(settings) == ["bad.pdf"]
    bad.write_text(transcript.replace("๑๒๓๔", "๙๙๙๙"), encoding="utf-8")
    ingest([inbox], settings)
    assert unread(settings) == []
    assert len(table(settings, "files")) == 2


def test_the_failure_of_bytes_that_lie_elsewhere_too_stays(inbox, settings, transcript):
    for name in ("bad.pdf", "copy.pdf"):
        (inbox / name).write_bytes(b"%PDF-1.7\nnothing more")
    ingest([inbox], settings)
    (inbox / "bad.pdf").write_text(transcript.replace("๑๒๓๔", "๙๙๙๙"), encoding="utf-8")
    ingest([inbox], settings)
    assert unread(settings) == ["copy.pdf"]


def test_a_refused_link_that_became_a_folder_is_no_failure_any_more(inbox, settings, transcript):
    (inbox / "batch").symlink_to("/etc")
    ingest([inbox], settings)
    assert unread(settings) == ["batch"]
    ingest([inbox / "bundle.txt"], settings)
    assert unread(settings) == ["batch"]
    (inbox / "batch").unlink()
    (inbox / "batch").mkdir()
    ingest([inbox], settings)
    assert unread(settings) == []


def test_a_folder_that_can_be_listed_again_is_no_failure_any_more(inbox, settings, monkeypatch):
    (inbox / "batch").mkdir()
    listed = os.scandir

    def refuse(folder):
        if Path(folder).name == "batch":
            raise PermissionError(13, "Permission denied")
        return listed(folder)

    monkeypatch.setattr("pipeline.intake.find.os.scandir", refuse)
    ingest([inbox], settings)
    assert unread(settings) == ["batch"]
    monkeypatch.undo()
    ingest([inbox], settings)
    assert unread(settings) == []


def test_a_file_with_the_bytes_of_another_is_in_the_report(inbox, settings):
    copy = inbox / "copy.txt"
    shutil.copy(inbox / "bundle.txt", copy)
    for _ in range(2):
        assert ingest([inbox], settings).duplicates == ((str(copy), str(inbox / "bundle.txt")),)
        assert str(copy) in (settings.out / "report.html").read_text(encoding="utf-8")


def test_a_failure_that_is_known_makes_no_night_bad(inbox, settings):
    (inbox / "away.pdf").symlink_to("nowhere")
    (inbox / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    first = ingest([inbox], settings)
    assert (first.new, first.failed, first.exit_code) == (3, 2, ExitCode.SOME_FAILED)
    written = (settings.out / "datasets" / "files.csv").stat().st_mtime_ns
    again = ingest([inbox], settings)
    assert (again.seen, again.new, again.failed, again.unchanged) == (3, 0, 0, 3)
    assert again.exit_code == ExitCode.ALL_READ
    assert (settings.out / "datasets" / "files.csv").stat().st_mtime_ns == written
    assert sorted(unread(settings)) == ["away.pdf", "broken.pdf"]
    asked = ingest([inbox], settings, Choice(retry_failed=True))
    assert (asked.new, asked.failed, asked.exit_code) == (2, 2, ExitCode.SOME_FAILED)
    (inbox / "away.pdf").unlink()
    (inbox / "away.pdf").symlink_to("/etc/hostname")
    other = ingest([inbox], settings)
    assert (other.failed, other.exit_code) == (1, ExitCode.SOME_FAILED)


def test_other_settings_make_stale_what_they_change(inbox, settings):
    text = (inbox / "bundle.txt").read_text(encoding="utf-8")
    (inbox / "bundle.txt").write_text(text.replace("\f", "=====\n"), encoding="utf-8")
    ingest([inbox], settings)
    assert len(table(settings, "pages")) == 1
    finer = settings.model_copy(update={"dpi": 400})
    assert ingest([inbox], finer).new == 0
    parted = settings.model_copy(update={"page_break": "====="})
    assert [ingest([inbox], parted).new for _ in range(2)] == [1, 0]
    assert len(table(settings, "pages")) == 2


def test_a_batch_larger_than_what_is_under_way_at_once(inbox, settings, transcript):
    for number in range(7):
        (inbox / f"{number}.txt").write_text(transcript.replace("๑๒๓๔", str(number + 1)), encoding="utf-8")
    summary = ingest([inbox], settings)
    assert (summary.done, len(table(settings, "letters"))) == (8, 16)
