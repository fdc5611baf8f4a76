"""A pool of worker processes with a time limit for each call and a memory limit for each worker.

``concurrent.futures`` has neither, and one dead worker breaks its whole pool. Here a worker
that overstays or dies costs the call that it was running: that call's future gets a
:class:`WorkerTimeoutError` or :class:`WorkerDiedError`, a fresh worker takes its place, and
the other calls never notice. Workers are plain subprocesses, so a pool also works inside
daemonic processes such as those of a Dask cluster.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from multiprocessing import connection
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class WorkerTimeoutError(Exception):
    """The call took longer than its time limit; its worker was killed."""


class WorkerDiedError(Exception):
    """The worker ended in the middle of the call; ``exit_status`` is negative for a signal."""

    def __init__(self, exit_status: int | None) -> None:
        how = (
            f"signal {-exit_status}"
            if exit_status is not None and exit_status < 0
            else f"status {exit_status}"
        )
        super().__init__(f"the worker process ended with {how}")
        self.exit_status = exit_status


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """Limits that hold for each worker process. A call that needs more gets a MemoryError."""

    memory_bytes: int


@dataclass(slots=True)
class _Call:
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    seconds: float
    future: Future[Any]


class _Worker:
    """One worker process and the socket to it."""

    def __init__(self, limits: WorkerLimits) -> None:
        ours, theirs = socket.socketpair()
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "pipeline.isolation.worker",
                str(theirs.fileno()),
                str(limits.memory_bytes),
            ],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            # A group of its own, so that a kill also reaches the programs that the worker runs.
            start_new_session=True,
            env=os.environ | {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1"},
        )
        theirs.close()
        self.connection = Connection(ours.detach())
        self.call: _Call | None = None
        self.deadline = 0.0

    def start(self, call: _Call) -> None:
        self.call = call
        self.deadline = time.monotonic() + call.seconds
        self.connection.send((call.function, call.arguments))

    def kill(self) -> int | None:
        """End the worker with everything that it started; gives its exit status."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.connection.close()
        return self.process.wait()


class IsolatedPool:
    """Calls run in ``size`` worker processes, first come first served. Use as a context manager.

    Functions and arguments must be picklable, the function by name.
    """

    def __init__(self, size: int, limits: WorkerLimits) -> None:
        if size < 1:
            raise ValueError("a pool needs at least one worker")
        self._size = size
        self._limits = limits
        self._waiting: deque[_Call] = deque()
        self._workers: list[_Worker] = []
        self._lock = threading.Lock()
        self._closing = False
        self._waker, self._sleeper = socket.socketpair()
        self._thread = threading.Thread(target=self._dispatch, name="isolated-pool", daemon=True)
        self._thread.start()

    def submit(
        self,
        seconds: float,
        function: Callable[Arguments, Result],
        *arguments: Arguments.args,
        **none: Arguments.kwargs,
    ) -> Future[Result]:
        """Run ``function(*arguments)`` in a worker within ``seconds``, counted from when it starts."""
        if none:
            raise TypeError("calls in a pool take positional arguments only")
        future: Future[Result] = Future()
        with self._lock:
            if self._closing:
                raise RuntimeError("the pool is closed")
            self._waiting.append(_Call(function, arguments, seconds, future))
        self._waker.send(b"!")
        return future

    def close(self) -> None:
        """Kill all workers; calls still running or waiting are cancelled."""
        with self._lock:
            self._closing = True
        with contextlib.suppress(OSError):
            self._waker.send(b"!")
        self._thread.join()

    def __enter__(self) -> IsolatedPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -------------------------------------------------------------- the dispatcher's thread

    def _dispatch(self) -> None:
        try:
            while not self._closing:
                self._serve()
        finally:
            # Whatever happens here, nobody waits for ever for a call that nobody will run.
            with self._lock:
                self._closing = True
            self._end_all()

    def _serve(self) -> None:
        """Hand out calls, then wait for the first answer, new call or end of a time limit."""
        self._hand_out()
        busy = {worker.connection: worker for worker in self._workers if worker.call is not None}
        patience = min((worker.deadline - time.monotonic() for worker in busy.values()), default=None)
        ready = connection.wait([self._sleeper, *busy], None if patience is None else max(0.0, patience))
        for item in ready:
            if item is self._sleeper:
                self._sleeper.recv(4096)
            elif isinstance(item, Connection):
                self._collect(busy[item])
        self._expire()

    def _hand_out(self) -> None:
        """Give waiting calls to idle workers, starting workers while there are fewer than allowed."""
        while True:
            with self._lock:
                idle = next((worker for worker in self._workers if worker.call is None), None)
                if not self._waiting or (idle is None and len(self._workers) >= self._size):
                    return
                call = self._waiting.popleft()
            if not call.future.set_running_or_notify_cancel():
                continue
            try:
                if idle is None:
                    idle = _Worker(self._limits)
                    self._workers.append(idle)
                idle.start(call)
            except (OSError, ValueError) as error:
                if idle is None:  # the system has no process or memory to give
                    call.future.set_exception(error)
                else:  # the idle worker was killed from outside
                    self._workers.remove(idle)
                    call.future.set_exception(WorkerDiedError(idle.kill()))
            except Exception as error:  # what cannot be pickled is the caller's mistake
                if idle is not None:
                    idle.call = None
                call.future.set_exception(error)

    def _collect(self, worker: _Worker) -> None:
        call = worker.call
        assert call is not None
        try:
            failed, value = worker.connection.recv()
        except (EOFError, OSError):
            self._workers.remove(worker)
            # It has ended or is just ending: its own status is the truth, not that of our kill.
            with contextlib.suppress(subprocess.TimeoutExpired):
                worker.process.wait(timeout=1)
            call.future.set_exception(WorkerDiedError(worker.kill()))
            return
        except Exception as error:  # an answer that cannot be unpickled
            failed, value = True, error
        worker.call = None
        if failed:
            call.future.set_exception(value)
        else:
            call.future.set_result(value)

    def _expire(self) -> None:
        now = time.monotonic()
        for worker in [w for w in self._workers if w.call is not None and w.deadline <= now]:
            call = worker.call
            assert call is not None
            self._workers.remove(worker)
            worker.kill()
            call.future.set_exception(WorkerTimeoutError(f"no answer after {call.seconds:g} s"))

    def _end_all(self) -> None:
        for worker in self._workers:
            if worker.call is not None:
                worker.call.future.set_exception(WorkerDiedError(None))
            worker.kill()
        with self._lock:
            for call in self._waiting:
                call.future.cancel()
            self._waiting.clear()
        self._waker.close()
        self._sleeper.close()
