"""The file reader of this process: that of the flow's own, or of a Dask worker's."""

from __future__ import annotations

import threading

from pipeline.file_reader import FileReader
from pipeline.settings import Settings

_lock = threading.Lock()
_held: tuple[Settings, FileReader] | None = None


def reader_for(settings: Settings) -> FileReader:
    """The reader that this process keeps, with its worker processes; a new one for other settings.

    Tasks that run at once in threads of one process share it. A Dask worker keeps it for the next run.
    """
    global _held
    with _lock:
        if _held is None or _held[0] != settings:
            if _held is not None:
                _held[1].close()
            _held = settings, FileReader(settings)
        return _held[1]


def close_reader() -> None:
    """End the worker processes, if there are any."""
    global _held
    with _lock:
        if _held is not None:
            _held[1].close()
        _held = None
