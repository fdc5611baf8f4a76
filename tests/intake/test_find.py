"""Which files a path means."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from pipeline.errors import UnreadableFileError, UsageError
from pipeline.intake import find_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "archive"
    for name in ("b.pdf", "a.pdf", "sub/c.pdf", ".hidden.pdf", ".git/d.pdf", "หนังสือ.pdf"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return root


def test_a_folder_means_all_files_below_it(folder: Path) -> None:
    names = [str(path.relative_to(folder)) for path in find_files([folder]).files]
    assert names == ["a.pdf", "b.pdf", "sub/c.pdf", "หนังสือ.pdf"]


def test_files_and_folders_together_are_each_taken_once(folder: Path) -> None:
    assert len(find_files([folder / "a.pdf", folder, folder / "sub"]).files) == 4


def test_a_named_file_is_taken_whatever_it_is(folder: Path) -> None:
    assert find_files([folder / ".hidden.pdf"]).files == (folder / ".hidden.pdf",)


def test_hidden_files_and_folders_are_left_out_and_told(folder: Path) -> None:
    found = find_files([folder, folder / "sub"])
    assert found.hidden == (folder / ".git", folder / ".hidden.pdf")
    assert found.refused == ()


def test_what_programs_keep_for_themselves_is_left_out_and_told(tmp_path: Path) -> None:
    for name in ("Thumbs.db", "desktop.ini", "~$scan.docx", "scan.pdf"):
        (tmp_path / name).write_bytes(b"x")
    found = find_files([tmp_path])
    assert found.files == (tmp_path / "scan.pdf",)
    assert {path.name for path in found.hidden} == {"Thumbs.db", "desktop.ini", "~$scan.docx"}


def test_folders_deeper_than_functions_may_nest(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    bottom = f"{tmp_path}/archive"
    for _ in range(1200):
        bottom += "/d"
        os.mkdir(bottom)  # noqa: PTH102 (pathlib would take as many calls)
    try:
        Path(f"{bottom}/letter.pdf").touch()
        assert [path.name for path in find_files([tmp_path]).files] == ["letter.pdf"]
    finally:
        # What clears away the folders of tests does it by recursion.
        subprocess.run(["rm", "-r", tmp_path / "archive"], check=True)


def test_missing_path(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        find_files([tmp_path / "nowhere"])


def test_links_are_kept_inside(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.pdf").write_text("outside")
    (folder / "out.pdf").symlink_to(tmp_path / "outside.pdf")
    (folder / "broken.pdf").symlink_to(folder / "nowhere")
    (folder / "self").symlink_to(folder / "self")
    (folder / "sub" / "up").symlink_to(folder)
    (folder / "again.pdf").symlink_to(folder / "a.pdf")
    (folder / "sub-link").symlink_to(folder / "sub")
    found = find_files([folder, folder / "sub"])
    assert {path.name for path in found.files} == {"a.pdf", "again.pdf", "b.pdf", "c.pdf", "หนังสือ.pdf"}
    assert [error.path.name for error in found.refused] == ["broken.pdf", "out.pdf", "self", "up"]
    assert all(type(error) is UnreadableFileError for error in found.refused)


def test_odd_names_survive(tmp_path: Path) -> None:
    names = {b"line\nbreak", "ลับ".encode(), b"\xff\xfe raw", b"two..dots", b" blank "}
    for name in names:
        (tmp_path / os.fsdecode(name)).write_text("x")
    assert {os.fsencode(path.name) for path in find_files([tmp_path]).files} == names


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_listed(folder: Path) -> None:
    (folder / "sub").chmod(0)
    found = find_files([folder])
    assert len(found.files) == 3
    assert [error.path.name for error in found.refused] == ["sub"]
