"""The worker's side of :mod:`pipeline.isolation.pool`: take a call, run it, answer, repeat.

Run as ``python -m pipeline.isolation.worker SOCKET MEMORY_BYTES``.
"""

from __future__ import annotations

import pickle
import resource
import signal
import sys
from multiprocessing.connection import Connection

from pipeline.isolation.parent import die_with_parent


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
    die_with_parent()
    # An interrupt at the terminal is the parent's to handle; it then kills us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(int(sys.argv[2]))
    import cv2

    cv2.setNumThreads(1)
    channel = Connection(int(sys.argv[1]))

    def is_out_of_memory(error: Exception) -> bool:
        return isinstance(error, cv2.error) and error.code == cv2.Error.StsNoMem

    while True:
        try:
            function, arguments = channel.recv()
        except (EOFError, OSError):
            return
        try:
            answer: tuple[bool, object] = (False, function(*arguments))
        except Exception as error:
            answer = (True, MemoryError() if is_out_of_memory(error) else _picklable(error))
        channel.send(answer)


if __name__ == "__main__":
    main()
