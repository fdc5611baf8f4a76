"""One writer at a time."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest

from pipeline.catalog import RunLock
from pipeline.errors import ExitCode, LockedError, StorageError


def test_the_second_run_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    holder = re.escape(f"process {os.getpid()} on ")
    with RunLock(tmp_path), pytest.raises(LockedError, match=holder) as caught, RunLock(tmp_path):
        pass
    assert caught.value.exit_code is ExitCode.LOCKED
    assert str(tmp_path) in str(caught.value)


def test_the_lock_is_free_after_a_run_and_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), RunLock(tmp_path):
        raise RuntimeError
    with RunLock(tmp_path):
        pass


def test_two_folders_do_not_disturb_each_other(tmp_path: Path) -> None:
    with RunLock(tmp_path / "a"), RunLock(tmp_path / "b"):
        assert (tmp_path / "b").is_dir()


def test_a_folder_that_cannot_be_made_is_a_typed_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="file"), RunLock(tmp_path / "file" / "out"):
        pass


def test_a_full_disk_is_a_typed_error_and_leaves_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", full)
        with pytest.raises(StorageError, match="No space left"), RunLock(tmp_path):
            pass
    with RunLock(tmp_path):
        pass


def test_a_killed_run_leaves_no_lock(tmp_path: Path) -> None:
    started, told = os.pipe()
    child = os.fork()
    if child == 0:
        with RunLock(tmp_path):
            os.write(told, b".")
            signal.pause()
    os.read(started, 1)
    with pytest.raises(LockedError, match=f"process {child} on"), RunLock(tmp_path):
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with RunLock(tmp_path):
        pass
    os.close(started)
    os.close(told)


def test_a_forked_worker_does_not_hold_the_lock(tmp_path: Path) -> None:
    started, told = os.pipe()
    waits, ends = os.pipe()
    with RunLock(tmp_path):
        child = os.fork()
        if child == 0:
            os.write(told, b".")
            os.read(waits, 1)
            os._exit(0)
        os.read(started, 1)
    try:
        with RunLock(tmp_path):
            pass
    finally:
        os.write(ends, b".")
        os.waitpid(child, 0)
        for descriptor in (started, told, waits, ends):
            os.close(descriptor)
