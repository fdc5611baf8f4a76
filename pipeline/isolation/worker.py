"""The worker's side of :mod:`pipeline.isolation.pool`: take a call, run it, answer, repeat.

Run as ``python -m pipeline.isolation.worker SOCKET MEMORY_BYTES``.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pickle
import resource
import signal
import sys
from multiprocessing.connection import Connection

_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """Ask Linux to kill us when the parent dies, even by SIGKILL, so that no orphan reads on."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() == 1:
        sys.exit(0)


def _limit_memory(limit: int) -> None:
    # RLIMIT_DATA counts memory that can be written; RLIMIT_AS would also count mapped models and libraries.
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _picklable(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def main() -> None:
    """Serve calls until the socket closes."""
    _die_with_parent()
    # An interrupt at the terminal is the parent's to handle; it then kills us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(int(sys.argv[2]))
    import cv2

    cv2.setNumThreads(1)
    channel = Connection(int(sys.argv[1]))
    while True:
        try:
            function, arguments = channel.recv()
        except (EOFError, OSError):
            return
        try:
            answer: tuple[bool, object] = (False, function(*arguments))
        except Exception as error:
            answer = (True, _picklable(error))
        channel.send(answer)


if __name__ == "__main__":
    main()
