"""Where the tasks of a run run."""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from prefect.settings import PREFECT_API_URL
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from pipeline.errors import MissingToolError, UsageError
from pipeline.settings import Settings


def task_runner(settings: Settings) -> TaskRunner[Any]:
    """Threads that wait for worker processes; or an existing Dask cluster where one is configured.

    Raises :class:`UsageError` when a cluster of other machines would be told of a server on our loopback,
    and :class:`MissingToolError` when the package for Dask is not installed.
    """
    if settings.dask is None:
        return ThreadPoolTaskRunner(max_workers=settings.workers + 1)
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as error:
        raise MissingToolError("prefect-dask is not installed: pip install 'saraban[dask]'") from error
    if _is_loopback(PREFECT_API_URL.value()) and not _is_loopback(settings.dask):
        raise UsageError("the Dask workers cannot reach a Prefect server on loopback; set PREFECT_API_URL")
    runner: TaskRunner[Any] = DaskTaskRunner(address=settings.dask)
    return runner


def _is_loopback(address: str | None) -> bool:
    host = urlsplit(address or "").hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in ("", "localhost")
