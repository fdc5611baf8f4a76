"""Programs that must not outlive the process that started them.

``python -m pipeline.isolation.parent PROGRAM ARGUMENT...`` becomes that program, tied to its parent.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask Linux to kill this process when its parent dies, even by SIGKILL, so that no orphan goes on.

    It stays in force when the process becomes another program. What counts as the parent's death is
    that of the thread which started this process.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    die_with_parent()
    os.execvp(sys.argv[1], sys.argv[1:])
