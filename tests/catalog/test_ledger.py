"""What a run has to read."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import select

from pipeline.catalog import Catalog, Choice, WorkPlan, WorkState, export_datasets
from pipeline.catalog.tables import files
from pipeline.errors import UnreadableFileError
from pipeline.model import ArchivedLetter, FileResult, FileStatus

SETTLED = 1_600_000_000


class Run:
    """Plans and does runs over a folder, and counts what was hashed."""

    def __init__(self, catalog: Catalog, raw: Path, module: ModuleType) -> None:
        self.catalog, self.raw, self.module = catalog, raw, module
        self.hashed: list[str] = []

    def hash_file(self, path: Path) -> str:
        self.hashed.append(path.name)
        return str(self.module.hash_file(path))

    def plan(self, versions: tuple[str, str] = ("1", "model"), **options: Any) -> WorkPlan:
        self.hashed.clear()
        settings = options.pop("settings", None)
        choice = Choice(**options)
        files = self.raw.iterdir()
        return self.catalog.plan_work(files, self.hash_file, *versions, settings=settings, choice=choice)

    def do(self, versions: tuple[str, str] = ("1", "model"), **changes: FileResult) -> None:
        """Read all that is wanted; ``changes`` gives other results by the stem of the name."""
        for item in self.plan(versions).wanted:
            result = changes.get("file_" + item.path.stem) or self.module.read(item.path)
            self.catalog.store(result, *versions)

    def states(self, **options: Any) -> dict[str, WorkState]:
        return {item.path.name: item.state for item in self.plan(**options).items}

    def failure(self, name: str, code: str = "corrupt") -> FileResult:
        result: FileResult = self.module.read(self.raw / name)
        return replace(result, status=FileStatus.FAILED, error_code=code, error="no", pages=(), documents=())


@pytest.fixture
def archive(catalog: Catalog, raw: Path, archive_run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Run:
    # The clock of the inode cannot be set back; a run of tomorrow finds these files settled.
    monkeypatch.setattr("pipeline.catalog.sightings.time.time_ns", lambda: 10**19)
    return Run(catalog, raw, archive_run)


def settle(path: Path, content: str) -> None:
    path.write_text(content)
    os.utime(path, (SETTLED, SETTLED))


def names(plan: WorkPlan) -> list[str]:
    return [item.path.name for item in plan.wanted]


def test_new_then_done(archive: Run) -> None:
    assert set(archive.states().values()) == {WorkState.NEW}
    archive.do()
    assert set(archive.states().values()) == {WorkState.DONE}
    assert names(archive.plan()) == []


def test_unchanged_files_are_not_hashed_again(archive: Run) -> None:
    archive.plan()
    assert len(archive.hashed) == 5
    archive.plan()
    assert archive.hashed == []


def test_a_file_changed_just_now_is_hashed_again(archive: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.plan()
    now = (archive.raw / "1.pdf").stat().st_ctime_ns
    monkeypatch.setattr("pipeline.catalog.sightings.time.time_ns", lambda: now + 1)
    (archive.raw / "6.pdf").write_text("6")
    archive.plan()
    assert archive.hashed == ["6.pdf"]
    archive.plan()
    assert archive.hashed == ["6.pdf"]


def test_a_plan_that_was_not_carried_out_is_made_again(archive: Run) -> None:
    first = archive.plan()
    assert names(archive.plan()) == names(first)


def test_changed_bytes_are_read_and_replace_the_old_records(archive: Run) -> None:
    archive.do()
    settle(archive.raw / "2.pdf", "22")
    plan = archive.plan()
    assert [(i.path.name, i.state) for i in plan.wanted] == [("2.pdf", WorkState.CHANGED)]
    archive.do()
    assert [letter.running_number for letter in sorted_letters(archive.catalog)] == [1, 3, 4, 5, 22]


def sorted_letters(catalog: Catalog) -> list[ArchivedLetter]:
    return sorted(catalog.archived_letters(), key=lambda letter: letter.running_number or 0)


def test_changed_bytes_that_cannot_be_read_keep_the_old_records(archive: Run) -> None:
    archive.do()
    settle(archive.raw / "2.pdf", "22")
    archive.do(file_2=archive.failure("2.pdf"))
    assert [letter.running_number for letter in sorted_letters(archive.catalog)] == [1, 2, 3, 4, 5]
    assert archive.states()["2.pdf"] is WorkState.FAILED


def test_same_size_and_time_with_other_bytes_is_noticed(archive: Run) -> None:
    archive.do()
    settle(archive.raw / "2.pdf", "9")
    assert names(archive.plan()) == ["2.pdf"]


@pytest.mark.parametrize("versions", [("2", "model"), ("1", "other")])
def test_another_version_makes_stale(archive: Run, versions: tuple[str, str]) -> None:
    archive.do()
    plan = archive.plan(versions)
    assert [item.state for item in plan.wanted] == [WorkState.STALE] * 5


def test_settings_of_another_media_type_or_not_known_make_nothing_stale(archive: Run) -> None:
    archive.do()
    assert names(archive.plan(settings={"application/pdf": "dpi 300"})) == []
    for item in archive.plan(force=True).wanted:
        archive.catalog.store(archive.module.read(item.path), "1", "model", "dpi 300")
    assert names(archive.plan(settings={"application/pdf": "dpi 300", "text/plain": "other"})) == []
    assert len(archive.plan(settings={"application/pdf": "dpi 400"}, only_stale=True).wanted) == 5


def test_only_stale_leaves_new_files(archive: Run) -> None:
    archive.do()
    settle(archive.raw / "6.pdf", "6")
    assert names(archive.plan(("2", "model"), only_stale=True)) == [f"{n}.pdf" for n in range(1, 6)]
    assert names(archive.plan(only_stale=True)) == []


def test_failed_files_wait_for_retry_failed_or_a_new_version(archive: Run) -> None:
    archive.do(file_3=archive.failure("3.pdf"))
    assert archive.states()["3.pdf"] is WorkState.FAILED
    assert names(archive.plan()) == []
    assert names(archive.plan(retry_failed=True)) == ["3.pdf"]
    assert "3.pdf" in names(archive.plan(("2", "model")))


def test_a_file_read_in_part_waits_for_retry_failed(archive: Run, archive_run: ModuleType) -> None:
    archive.do(file_3=archive_run.read(archive.raw / "3.pdf", status=FileStatus.PARTIAL))
    assert archive.states()["3.pdf"] is WorkState.PARTIAL
    assert names(archive.plan()) == []
    assert names(archive.plan(retry_failed=True)) == ["3.pdf"]


def test_a_failure_that_is_not_about_the_bytes_is_always_tried_again(archive: Run) -> None:
    archive.do(file_3=archive.failure("3.pdf", "changed"))
    assert names(archive.plan()) == ["3.pdf"]


def test_a_failure_of_a_new_version_does_not_come_back_as_stale(archive: Run) -> None:
    archive.do()
    archive.do(("2", "model"), file_3=archive.failure("3.pdf"))
    assert names(archive.plan(("2", "model"))) == []
    assert names(archive.plan(("2", "model"), retry_failed=True)) == ["3.pdf"]


def test_a_file_read_before_that_fails_as_it_did_changes_nothing(archive: Run) -> None:
    archive.do()
    failure = archive.failure("3.pdf", "changed")
    assert archive.catalog.store(failure, "2", "model")
    assert not archive.catalog.store(failure, "2", "model")
    there = replace(failure, path=Path("raw/3.pdf"), error=f"raw/3.pdf: {failure.error}")
    assert not archive.catalog.store(there, "2", "model")
    assert archive.catalog.store(replace(failure, error="other"), "2", "model")
    assert archive.catalog.store(replace(failure, error="other"), "3", "model")


def test_force_reads_everything_but_copies(archive: Run) -> None:
    archive.do()
    settle(archive.raw / "copy.pdf", "1")
    assert len(archive.plan(force=True).wanted) == 5


def test_the_same_bytes_twice_are_one_file(archive: Run) -> None:
    settle(archive.raw / "0-copy.pdf", "1")
    plan = archive.plan()
    assert [item.state for item in plan.items].count(WorkState.DUPLICATE) == 1
    assert plan.duplicates == ((str(archive.raw / "1.pdf"), str(archive.raw / "0-copy.pdf")),)
    assert len(plan.wanted) == 5
    archive.do()
    assert len(sorted_letters(archive.catalog)) == 5
    assert archive.catalog.find_document("ว 1")["path"].tolist() == [str(archive.raw / "0-copy.pdf")]


def test_a_copy_of_what_was_read_before_is_told_and_found(archive: Run) -> None:
    archive.do()
    settle(archive.raw / "copy.pdf", "1")
    for _ in range(2):
        assert archive.plan().duplicates == ((str(archive.raw / "copy.pdf"), str(archive.raw / "1.pdf")),)
    first = str(archive.raw / "1.pdf")
    assert set(archive.catalog.find_document("copy.pdf")["path"]) == {first}
    (archive.raw / "copy.pdf").unlink()
    assert archive.plan().duplicates == ()


def test_a_moved_file_is_not_read_again_and_gets_its_new_path(archive: Run) -> None:
    archive.do()
    (archive.raw / "2.pdf").rename(archive.raw / "เล่มสอง.pdf")
    plan = archive.plan()
    new = str(archive.raw / "เล่มสอง.pdf")
    assert names(plan) == []
    assert plan.moved == ((str(archive.raw / "2.pdf"), new),)
    assert plan.vanished == ()
    assert archive.catalog.find_document("ว 2")["path"].tolist() == [new]
    assert archive.plan().moved == ()


def test_two_files_that_swap_names_keep_their_records(archive: Run) -> None:
    archive.do()
    first, second, aside = (archive.raw / name for name in ("1.pdf", "2.pdf", "aside"))
    first.rename(aside)
    second.rename(first)
    aside.rename(second)
    plan = archive.plan()
    assert names(plan) == []
    assert archive.catalog.find_document("ว 1")["path"].tolist() == [str(second)]
    assert archive.catalog.find_document("ว 2")["path"].tolist() == [str(first)]
    assert len(sorted_letters(archive.catalog)) == 5


def test_a_vanished_file_is_reported_and_its_records_stay(archive: Run) -> None:
    archive.do()
    (archive.raw / "2.pdf").unlink()
    for _ in range(2):
        assert archive.plan().vanished == (str(archive.raw / "2.pdf"),)
    assert len(sorted_letters(archive.catalog)) == 5
    settle(archive.raw / "2.pdf", "2")
    plan = archive.plan()
    assert (plan.vanished, names(plan)) == ((), [])


def test_a_failure_goes_with_its_file(archive: Run) -> None:
    archive.do(file_2=archive.failure("2.pdf"), file_3=archive.failure("3.pdf"))
    settle(archive.raw / "copy.pdf", "3")
    archive.do()
    for name in ("2.pdf", "3.pdf"):
        (archive.raw / name).unlink()
    assert archive.plan().vanished == ()
    with archive.catalog.engine.connect() as connection:
        failed = connection.execute(select(files.c.path).where(files.c.status == "failed")).scalars().all()
    assert failed == [str(archive.raw / "copy.pdf")]


def test_a_file_that_could_never_be_opened_goes_without_a_trace(archive: Run) -> None:
    def refuse(path: Path) -> str:
        raise UnreadableFileError(path, "permission denied")

    for item in archive.catalog.plan_work(archive.raw.iterdir(), refuse, "1", "model").wanted:
        failed = replace(archive.failure(item.path.name, "unreadable"), sha256=None)
        archive.catalog.store(failed, "1", "model")
    (archive.raw / "2.pdf").unlink()
    export_datasets(archive.catalog, archive.raw.parent / "datasets")
    plan = archive.catalog.plan_work(archive.raw.iterdir(), refuse, "1", "model")
    assert (len(plan.items), plan.vanished, plan.moved) == (4, (), ())
    assert archive.catalog.needs_export
    with archive.catalog.engine.connect() as connection:
        assert len(connection.execute(select(files.c.path)).all()) == 4


def test_files_that_cannot_be_read_are_no_copies_of_one_another(archive: Run) -> None:
    def refuse(path: Path) -> str:
        raise UnreadableFileError(path, "permission denied")

    assert archive.catalog.plan_work(archive.raw.iterdir(), refuse, "1", "model").duplicates == ()


def test_a_vanished_file_that_comes_back_elsewhere_has_moved(archive: Run) -> None:
    archive.do()
    (archive.raw / "2.pdf").unlink()
    archive.plan()
    settle(archive.raw / "back.pdf", "2")
    plan = archive.plan()
    assert (plan.vanished, names(plan)) == ((), [])
    assert plan.moved == ((str(archive.raw / "2.pdf"), str(archive.raw / "back.pdf")),)


def test_files_outside_the_run_have_not_vanished(archive: Run) -> None:
    archive.do()
    plan = archive.catalog.plan_work([archive.raw / "1.pdf"], archive.hash_file, "1", "model")
    assert (plan.vanished, plan.moved, len(plan.items)) == ((), (), 1)


def test_a_file_whose_name_is_no_utf8_has_not_vanished(archive: Run) -> None:
    strange = Path(os.fsdecode(bytes(archive.raw) + b"/scan-\xff.pdf"))
    settle(strange, "7")
    archive.do()
    plan = archive.catalog.plan_work([archive.raw / "1.pdf"], archive.hash_file, "1", "model")
    assert plan.vanished == ()


def test_a_file_that_cannot_be_opened_is_tried_in_every_run(
    archive: Run, archive_run: ModuleType, raw: Path
) -> None:
    def refuse(path: Path) -> str:
        if path.name == "2.pdf":
            raise UnreadableFileError(path, "permission denied")
        return str(archive_run.hash_file(path))

    def plan() -> WorkPlan:
        return archive.catalog.plan_work(raw.iterdir(), refuse, "1", "model")

    assert len(plan().wanted) == 5
    archive.catalog.store(replace(archive.failure("2.pdf", "unreadable"), sha256=None), "1", "model")
    again = [item for item in plan().items if item.path.name == "2.pdf"]
    assert [(item.sha256, item.state, item.wanted) for item in again] == [(None, WorkState.FAILED, True)]


def test_a_copy_of_what_is_known_replaces_what_its_path_held(archive: Run) -> None:
    archive.do()
    settle(archive.raw / "2.pdf", "1")
    assert names(archive.plan()) == []
    assert [letter.running_number for letter in sorted_letters(archive.catalog)] == [1, 3, 4, 5]


@pytest.fixture(autouse=True)
def _inside_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_relative_path_is_the_same_file_as_an_absolute_one(archive: Run) -> None:
    archive.do()
    plan = archive.catalog.plan_work([Path("raw/1.pdf")], archive.hash_file, "1", "model")
    assert ([item.state for item in plan.items], plan.moved) == ([WorkState.DONE], ())
