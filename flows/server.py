"""The Prefect server of an archive: on loopback only, with its database in the archive's own folder.

Prefect's embedded server outlives a killed run and keeps its port; this one ends with whoever started
it. One server at a time keeps the database; other runs over the same archive use it while it is there.
"""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import httpx
from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings

from pipeline.errors import LockedError, MissingToolError, StorageError

_START_SECONDS = 600.0
"""Starting takes 15 to 20 seconds on a small machine with nothing else to do, minutes on a busy one."""

_STOP_SECONDS = 15.0
_LOOK_EVERY_SECONDS = 0.2


@contextmanager
def prefect_server(home: Path, port: int = 0, *, own: bool = False) -> Iterator[str]:
    """For the time of the block, let Prefect talk to the server of ``home``; gives its API address.

    In this order: the server that ``PREFECT_API_URL`` names, one that runs in ``home`` already, a new
    one on ``port`` (0: a free one). With ``own`` a server that runs already is a :class:`LockedError`,
    since it may end at any time. Raises :class:`MissingToolError` when the server does not start,
    :class:`StorageError` where nothing can be written into ``home``.
    """
    given = PREFECT_API_URL.value()
    if given:
        yield given
        return
    with _lock_file(home) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if own:
                raise LockedError(f"a Prefect server runs in {home} already") from error
            with _client_of(_await_address(home), home) as address:
                yield address
            return
        with _started(home, port or _free_port()) as address, _client_of(address, home):
            _address_file(home).write_text(address, encoding="utf-8")
            try:
                yield address
            finally:
                _address_file(home).unlink(missing_ok=True)


def _lock_file(home: Path) -> TextIO:
    try:
        home.mkdir(parents=True, exist_ok=True)
        return (home / "server.lock").open("a+", encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{home}: cannot be written: {error.strerror}") from error


def _address_file(home: Path) -> Path:
    return home / "server.address"


@contextmanager
def _client_of(address: str, home: Path) -> Iterator[str]:
    with temporary_settings({PREFECT_API_URL: address, PREFECT_HOME: home.absolute()}):
        yield address


@contextmanager
def _started(home: Path, port: int) -> Iterator[str]:
    """A server in a process of its own, healthy, until the end of the block."""
    address = f"http://127.0.0.1:{port}/api"
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    log = home / "server.log"
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.isolation.parent", *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # An interrupt at the terminal is ours to handle: the server must outlive the run's last words.
            start_new_session=True,
            env=os.environ | {"PREFECT_HOME": str(home.absolute()), "PREFECT_UI_API_URL": address},
        )
    try:
        _await_health(address, process, log)
        yield address
    finally:
        _stop(process)


def _await_health(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise MissingToolError(f"the Prefect server ended with status {process.returncode}; see {log}")
        if _is_healthy(address):
            return
        time.sleep(_LOOK_EVERY_SECONDS)
    raise MissingToolError(f"the Prefect server did not answer within {_START_SECONDS:g} s; see {log}")


def _await_address(home: Path) -> str:
    """The address of a server that another process has started or is just starting."""
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if _address_file(home).exists():
            address = _address_file(home).read_text(encoding="utf-8")
            if address and _is_healthy(address):
                return address
        time.sleep(_LOOK_EVERY_SECONDS)
    raise LockedError(f"another process holds {home}, and its Prefect server does not answer")


def _is_healthy(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health", timeout=5, trust_env=False).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
