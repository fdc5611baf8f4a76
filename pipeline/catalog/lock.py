"""One writer at a time in an output folder.

The kernel holds the lock (``flock``) and drops it when the process ends, however it ends: there is no
stale lock to clear away. The file only says who holds it.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from weakref import WeakSet

from pipeline.errors import LockedError, StorageError


class RunLock:
    """``with RunLock(folder):`` runs alone in ``folder``, or raises :class:`LockedError` at once.

    The error names the process that holds the lock. The folder is made if it is not there; where that
    is refused, or the disk is full, :class:`StorageError` is raised.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / ".saraban.lock"
        self._descriptor: int | None = None

    def __enter__(self) -> RunLock:
        descriptor = self._open()
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = _holder(descriptor)
            os.close(descriptor)
            raise LockedError(f"{self._path.parent} is being written by another run: {holder}") from error
        try:
            _write(descriptor, _introduction())
        except OSError as error:
            os.close(descriptor)
            raise StorageError(f"{self._path}: cannot be written: {error.strerror}") from error
        self._descriptor = descriptor
        _held.add(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._descriptor is not None:
            # Unlinking would let two runs lock two files of one name; an empty one says that nobody runs.
            os.ftruncate(self._descriptor, 0)
        self.close()

    def _open(self) -> int:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StorageError(f"{self._path}: cannot be written: {error.strerror}") from error

    def close(self) -> None:
        """Let go of the file; where no other process shares it, the lock is free then."""
        _held.discard(self)
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def is_of(self, folder: Path) -> bool:
        """Whether it locks that folder."""
        return self._path.parent.resolve() == folder.resolve()


_held: WeakSet[RunLock] = WeakSet()


def alone(folder: Path) -> AbstractContextManager[object]:
    """The lock of ``folder``, or nothing where this process has it already."""
    return nullcontext() if any(lock.is_of(folder) for lock in _held) else RunLock(folder)


def _let_go() -> None:
    for lock in tuple(_held):
        lock.close()


# A forked worker shares the locks of its parent and would hold them after that was killed.
os.register_at_fork(after_in_child=_let_go)


def _introduction() -> bytes:
    started = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    return json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "started": started}).encode()


def _write(descriptor: int, content: bytes) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, content, 0)


def _holder(descriptor: int) -> str:
    try:
        holder = json.loads(os.pread(descriptor, 4096, 0))
        return f"process {holder['pid']} on {holder['host']}, since {holder['started']}"
    except (ValueError, KeyError):
        return "it has not said yet which"
